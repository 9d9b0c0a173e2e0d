"""Generated documents come out as they were generated, and no text breaks the reader."""

import itertools
from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.parse import parse_bytes
from ingest.schema import ParsedDocument

DIGITS = "一二三四五六七八九"
INDENTS = ["", "    ", "\u3000\u3000", "\u2002\u2002", "\u00a0 ", "\t"]
SUBJECTS = [
    "服务体系",
    "人才队伍",
    "数据平台",
    "基础设施",
    "公共服务",
    "营商环境",
    "监管机制",
    "学习空间",
]
VERBS = ["健全", "完善", "加强", "优化", "提升", "建设"]
SENTENCES = [
    "各单位要认真落实相关要求。",
    "坚持以人为本，注重实效！",
    "稳步扩大覆盖范围,形成工作合力。",
]
UNITS = st.lists(
    st.builds(
        lambda area, name, end: area + name + end,
        st.sampled_from(["区", "市", "省"]),
        st.sampled_from(["教育", "财政", "民政", "水务", "体育", "医保", "文化和旅游", "市场监管"]),
        st.sampled_from(["局", "委", "厅"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@dataclass(frozen=True)
class Node:
    """A clause as generated: its path, heading and units."""

    path: str
    heading: str
    units: tuple[str, ...]


def number(i: int) -> str:
    return DIGITS[i] if i < 9 else "十" + (DIGITS[i - 10] if i > 9 else "")


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Node]]:
    kinds = draw(
        st.sampled_from([["一、"], ["一、", "(一)"], ["一、", "(一)", "1."], ["一、", "1.", "(1)"]])
    )
    wide = draw(st.booleans())
    indent = draw(st.sampled_from(INDENTS))
    own_line = draw(st.booleans())
    out, nodes = ["关于印发某项工作方案的通知\n\n各部门:\n"], []

    def mark(kind: str, i: int) -> tuple[str, str]:
        if kind == "一、":
            return f"{number(i)}、", number(i)
        if kind == "1.":
            return f"{i + 1}" + ("．" if wide else "."), str(i + 1)
        inner = number(i) if kind == "(一)" else str(i + 1)
        return (f"（{inner}）" if wide else f"({inner})"), f"({inner})"

    def level(depth: int, above: str) -> None:
        for i in range(draw(st.integers(2, 11 if depth == 0 else 4))):
            printed, label = mark(kinds[depth], i)
            path = f"{above}/{label}" if above else label
            heading = draw(st.sampled_from(VERBS)) + draw(st.sampled_from(SUBJECTS))
            leaf = depth == len(kinds) - 1
            units = draw(st.one_of(st.just([]), UNITS)) if leaf else []
            body = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
            if units:
                colon, brackets = (":", "()") if not wide else ("：", "（）")
                body += f"{brackets[0]}责任单位{colon}{'、'.join(units)}{brackets[1]}"
            between = f"\n{indent}" if own_line else "。"
            out.append(f"{indent}{printed}{heading}{between}{body}\n")
            nodes.append(Node(path, heading, tuple(units)))
            if not leaf:
                level(depth + 1, path)

    level(0, "")
    return draw(st.sampled_from(["", "\n"])).join(out), nodes


def check_spans(parsed: ParsedDocument) -> None:
    text = parsed.document.text
    for clause in parsed.clauses[1:]:
        above = parsed.clauses[clause.parent or 0]
        assert above.ordinal < clause.ordinal
        assert above.span.covers(clause.span)
        assert clause.span.covers(clause.body)
        assert clause.span.covers(clause.heading_span)
        assert clause.heading in clause.heading_span.of(text)
    for one, other in itertools.pairwise(parsed.clauses):
        assert one.span.start <= other.span.start
    for first, second in itertools.pairwise(parsed.passages):
        assert first.span.end <= second.span.start
    for passage in parsed.passages:
        assert passage.span.of(text).strip()
        assert parsed.clauses[passage.clause].span.covers(passage.span)
    for duty in parsed.facts_of("duty"):
        assert duty.span.of(text) == duty.who
        assert duty.group.covers(duty.span)
        assert parsed.clauses[duty.clause].body.covers(duty.group)
    for target in parsed.facts_of("figure"):
        assert target.what in text
        assert target.group.covers(target.span)
        assert target.what
    for day in parsed.facts_of("date"):
        assert day.group.covers(day.span)
        assert date.fromisoformat(day.when)
    assert [f.span.start for f in parsed.facts] == sorted(f.span.start for f in parsed.facts)
    for reference in parsed.facts_of("reference"):
        assert reference.span.of(text) == reference.what


@given(documents())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_generated_outline_is_found_again(document: tuple[str, list[Node]]) -> None:
    text, nodes = document
    parsed = parse_bytes(text.encode(), "x.txt")
    check_spans(parsed)
    found = parsed.clauses[1:]
    assert [c.path for c in found] == [node.path for node in nodes]
    assert [c.heading for c in found] == [node.heading for node in nodes]
    for clause, node in zip(found, nodes, strict=True):
        units = [d.who for d in parsed.facts_of("duty") if d.clause == clause.ordinal]
        assert units == list(node.units)


PIECES = [
    *[
        "一、",
        "(一)",
        "（二）",
        "1.",
        "2．",
        "(1)",
        "①",
        "第一章 ",
        "第一条 ",
        "第三条",
        "附件",
        "附件1",
        "目录",
    ],
    *[
        "责任单位:",
        "（牵头单位：",
        "甲局",
        "市乙委",
        "、",
        "等部门",
        "牵头",
        "配合",
        "负责）",
        "（",
        "）",
        ")",
    ],
    *[
        "达到",
        "不低于",
        "8",
        "80%",
        "1-3",
        "个",
        "家以上",
        "百分之五",
        "第",
        "2025年",
        "5月1日",
        "底",
        "每",
        "从",
    ],
    *[
        "《",
        "》",
        "“",
        "”",
        "。",
        "！",
        "，",
        "；",
        "：",
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "\u2002",
        "\t",
    ],
    *[
        "©",
        "温馨提示：",
        "a.pdf",
        "# ",
        "**",
        "甲市人民政府",
        "2022年7月19日",
        "工作要点",
        "推进",
        "同比增长",
    ],
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_mixture_of_marks_breaks_the_reader(text: str) -> None:
    try:
        parsed = parse_bytes(text.encode(), "x.txt")
    except ReadError:
        return
    check_spans(parsed)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_bytes(text.encode("utf-8", "surrogatepass"), "x.txt")
    except ReadError:
        return
    check_spans(parsed)
