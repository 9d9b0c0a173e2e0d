"""How far a provision reaches: whole clauses and lists, with lead-ins; never a cut sentence."""

import re
from collections.abc import Callable

import pytest
from index_doubles import HashingEncoder
from layouts import mixed
from qa_doubles import found, invented, planned, real

from index.local import LocalIndex
from ingest.parse import parse_bytes
from ingest.schema import Span
from qa.execute.paragraphs import blocks
from qa.execute.provisions import provision
from qa.execute.reach import LIST_ROOM, MOST, ROOM, Reach
from qa.execute.result import Evidence
from qa.retrieval.corpus import Corpus
from qa.service.assistant import Assistant

PLAIN = Reach()


def told(service: Assistant, words: str, reach: Reach = PLAIN) -> tuple[str, str]:
    """The lead-in and the words of the provision of the innermost clause that prints some words."""
    corpus = service.corpus
    for info in corpus.held:
        text = corpus.text(info.id)
        if words in text:
            at = text.index(words)
            inner = max(
                c.ordinal for c in corpus.clauses(info.id) if c.span.start <= at < c.span.end
            )
            one = provision(corpus, (info.id, inner), reach)
            return (one.lead.of(text) if one.lead else "", one.span.of(text))
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("最高不超过28万元", "第三条 补贴按", "扣除市级补贴后计算。"),
        ("业主同意书", "第四条 申请补贴应当提交下列材料:", "(四)付款凭证。"),
        ("四层以上", "第二条 申请补贴应当符合下列条件:", "(三)已办理规划许可。"),
    ],
)
def test_a_clause_is_told_with_all_its_items(words: str, begins: str, ends: str) -> None:
    lead, said = told(mixed(), words)
    assert (lead, said.startswith(begins), said.endswith(ends)) == ("", True, True)


def test_a_task_with_units_of_its_own_is_told_alone() -> None:
    assert told(invented(), "护学路22条")[1].startswith("5.建设护学路")
    assert "步道" not in told(invented(), "护学路22条")[1]


LONG = "关于办理事项的规定\n\n第一条 办理时应当遵守下列要求:\n\n" + "".join(
    f"({n})第{n}类事项由窗口受理,受理后应当在{k + 1}日内出具受理通知书,并且说明不予受理的理由,"
    "以及救济途径,通知书应当加盖印章并送达申请人。申请人可以查询进度。\n\n"
    for k, n in enumerate("一二三四五六七八九")
)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    encoder, folder = HashingEncoder(), tmp_path_factory.mktemp("long") / "index"
    with LocalIndex.create(folder, encoder) as index:
        index.add([parse_bytes(LONG.encode(), "long", {"id": "long"})])
    return Corpus(LocalIndex.open(folder, encoder), encoder)


def test_an_item_of_a_long_list_has_its_lead_in(long: Corpus) -> None:
    (item,) = [c for c in long.clauses("long") if c.label == "(五)"]
    one = provision(long, ("long", item.ordinal), Reach())
    assert one.lead is not None
    assert one.lead.of(LONG).endswith("应当遵守下列要求:")
    assert one.span.of(LONG).startswith("(五)第五类事项")
    assert one.length <= ROOM


def test_a_list_that_is_asked_for_is_told_whole(long: Corpus) -> None:
    (item,) = [c for c in long.clauses("long") if c.label == "(五)"]
    one = provision(long, ("long", item.ordinal), Reach(whole_lists=True))
    said = one.span.of(LONG)
    assert all(f"({n})" in said for n in "一二三四五六七八九")
    assert one.length <= LIST_ROOM


@pytest.mark.parametrize("service", [invented, mixed, real])
def test_no_provision_begins_or_ends_inside_a_sentence(service: Callable[[], Assistant]) -> None:
    corpus = service().corpus
    checked = 0
    for info in corpus.held:
        text = corpus.text(info.id)
        for clause in corpus.clauses(info.id):
            if not clause.ordinal:
                continue
            one = provision(corpus, (info.id, clause.ordinal), Reach())
            before, after = text[: one.span.start], text[one.span.end :]
            assert not before or re.search(r"[\s。;；!！?？|）)\"”]$", before), one.span.of(text)
            assert (
                not after or re.match(r"[\s(（|]|$", after) or one.span.of(text)[-1] in "。;；"
            ), one.span.of(text)[-30:]
            checked += 1
    assert checked > 10


def test_paragraphs_of_a_body_that_is_too_long_are_whole_sentences() -> None:
    text = "甲要办。乙要办。\n" + "丙要办,丁也要办。" * 30
    pieces = [one.of(text) for one in blocks(text, Span(0, len(text)), 50)]
    assert "".join(pieces) == text.replace("\n", "")
    assert all(piece.endswith("。") for piece in pieces)


@pytest.mark.parametrize("service", [invented, mixed, real])
def test_provisions_keep_to_their_room(service: Callable[[], Assistant]) -> None:
    """At most three, and 400 code points in all unless one alone is longer."""
    made, several = service(), 0
    for topic in ("建设 改造", "服务 要求", "数字化 平台", "补贴 材料", "公交 步道", "办理 时间"):
        result = found(made, planned(topic))
        if isinstance(result, Evidence):
            lengths = [one.length for one in result.provisions]
            assert len(lengths) <= MOST
            assert len(lengths) == 1 or sum(lengths) <= ROOM
            several += len(lengths) > 1
    assert several or service is real
