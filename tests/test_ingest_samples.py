"""Real web pages and Word files: their outlines and facts as written down by reading them."""

import html
import re
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ingest.parse import parse_bytes
from ingest.schema import Clause, ParsedDocument

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")
BLOCKS = "p|div|br|tr|li|h[1-6]|table|ul|ol|section|article|title|td|th|dd|dt"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMERALS = "零一二三四五六七八九"


def page_text(data: bytes) -> str:
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->", "", data.decode())
    text = re.sub(rf"(?i)</?(?:{BLOCKS})\b[^>]*>", "\n", re.sub(r"\s*\n\s*", " ", text))
    return html.unescape(re.sub("<[^>]+>", "", text))


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    return "\n".join(
        "".join(t.text or "" for t in p.iter(WORD + "t")) for p in root.iter(WORD + "p")
    )


@cache
def sample(start: str) -> ParsedDocument:
    (path,) = [*SAMPLES.glob(f"html/{start}*"), *SAMPLES.glob(f"docx/{start}.docx")]
    text = page_text(path.read_bytes()) if path.suffix == ".html" else word_text(path)
    return parse_bytes(text.encode(), path.stem + ".txt")


def numeral(n: int) -> str:
    """1 to 99 as printed: 十二, 二十."""
    tens, ones = divmod(n, 10)
    return (
        ("" if tens < 2 else NUMERALS[tens])
        + ("十" if tens else "")
        + (NUMERALS[ones] * (ones > 0))
    )


def paths(parsed: ParsedDocument, *kinds: str) -> list[str]:
    return [c.path for c in parsed.clauses if c.kind in kinds]


def clause(parsed: ParsedDocument, path: str) -> Clause:
    return next(c for c in parsed.clauses if c.path == path)


def test_a_plan_in_three_levels() -> None:
    plan = sample("08_")
    assert plan.document.info.number == "穗卫函〔2023〕1930号"
    assert plan.document.title.endswith("高质量发展实施方案的通知")
    main = [c for c in plan.clauses if not c.path.startswith("附件")]
    assert [c.heading for c in main if c.kind == "一、"] == ["主要目标", "主要任务", "组织实施"]
    sizes = {p: sum(c.path.startswith(f"{p}/") for c in main) for p in paths(plan, "(一)")}
    assert sizes == {
        "二/(一)": 4,
        "二/(二)": 8,
        "二/(三)": 5,
        "二/(四)": 4,
        "三/(一)": 0,
        "三/(二)": 0,
        "三/(三)": 0,
    }
    assert clause(plan, "二/(三)/4").heading == "完善互联网+签约服务"
    assert clause(plan, "三/(一)").heading == "加强组织领导"


def test_the_items_of_its_annex_keep_their_own_lists() -> None:
    plan = sample("08_")
    top = [p for p in paths(plan, "1.") if re.fullmatch(r"附件1/\d+", p)]
    assert top == [f"附件1/{i}" for i in range(1, 20)]
    inner = [p for p in paths(plan, "1.") if re.fullmatch(r"附件1/17/\d+", p)]
    assert inner == [f"附件1/17/{i}" for i in range(1, 6)]


def test_its_targets() -> None:
    plan = sample("08_")
    goal = clause(plan, "一").ordinal
    found = [
        (t.what, t.bound, t.value, t.when) for t in plan.facts_of("figure") if t.clause == goal
    ]
    assert found == [
        ("重点人群签约服务覆盖率", "≥", Decimal(80), "到2023年"),
        ("重点人群续约率", "≥", Decimal(80), "到2023年"),
        ("全人群和重点人群签约服务覆盖率", "≥", Decimal(1), ""),
        ("签约服务覆盖率", "≥", Decimal(75), "到2035年"),
        ("重点人群签约服务覆盖率", "≥", Decimal(95), "到2035年"),
        ("满意度", "≥", Decimal(90), "到2035年"),
    ]


def test_a_notice() -> None:
    notice = sample("06_")
    assert paths(notice, "一、") == [numeral(i) for i in range(1, 8)]
    assert [c.heading for c in notice.clauses if c.kind == "一、"] == [
        *("参保范围", "缴费标准", "参保缴费时间", "医保待遇享受时间"),
        *("参保登记及缴费渠道", "缴费方式", "注意事项"),
    ]
    assert [p for p in paths(notice, "(一)") if p.startswith("一/")] == [
        f"一/({numeral(i)})" for i in range(1, 7)
    ]
    (signature,) = [c for c in notice.clauses if c.kind == "落款"]
    assert "2025年10月14日" in signature.body.of(notice.document.text)
    place = clause(notice, "二/(一)").ordinal
    fees = [t.value for t in notice.facts_of("figure") if t.clause == place]
    assert fees == [413, 956]


def test_rules_in_chapters_and_articles() -> None:
    rules = sample("37_")
    chapters = [c.heading for c in rules.clauses if c.kind == "章"]
    assert chapters == ["总则", "登记事项", "登记规范", "监督管理", "法律责任", "附则"]
    assert paths(rules, "条") == [f"第{numeral(i)}条" for i in range(1, 56)]
    inside = {c.path for c in rules.clauses if c.kind == "(一)" and c.path.startswith("第九条")}
    assert inside == {f"第九条/({numeral(i)})" for i in range(1, 10)}
    assert clause(rules, "第八条").heading_path == ("第二章\u3000登记事项", "第八条")


def test_measures_in_articles_only() -> None:
    measures = sample("33_")
    assert paths(measures, "条") == [f"第{numeral(i)}条" for i in range(1, 20)]
    assert str(measures.document.info.effective) == "2021-05-01"
    measures = sample("36b_")
    assert paths(measures, "条") == [f"第{numeral(i)}条" for i in range(1, 14)]
    assert paths(measures, "款")[0] == "第六条"


def test_four_levels_of_numbering() -> None:
    notice = sample("13_")
    assert [p for p in paths(notice, "一、", "(一)", "1.", "(1)") if p.startswith("五")] == [
        *("五", "五/(一)", "五/(二)", "五/(二)/1", "五/(二)/1/(1)", "五/(二)/1/(2)", "五/(二)/2")
    ]


def test_questions_and_answers() -> None:
    page = sample("19_")
    questions = [c for c in page.clauses if c.kind == "问" and c.parent == 0][:16]
    assert [c.label for c in questions] == [numeral(i) for i in range(1, 17)]
    assert questions[0].heading == "领取失业保险金需要符合什么条件？"
    assert questions[6].heading == "哪些情况需要申报停领失业保险金？"
    assert clause(page, "一/(二)/4/(3)").label == "(3)"
    page = sample("15_")
    assert [c.label for c in page.clauses if c.kind == "问"] == [numeral(i) for i in range(1, 8)]


@pytest.mark.parametrize(
    ("name", "articles", "chapters"),
    [
        ("中华人民共和国行政许可法", 83, 8),
        ("中华人民共和国商业银行法", 95, 9),
        ("反兴奋剂条例", 47, 6),
        ("烟花爆竹安全管理条例", 46, 7),
        ("检验检测机构监督管理办法", 28, 0),
    ],
)
def test_a_statute_from_a_word_file(name: str, articles: int, chapters: int) -> None:
    parsed = sample(name)
    assert parsed.document.title == name
    assert paths(parsed, "条") == [f"第{numeral(i)}条" for i in range(1, articles + 1)]
    assert [c.label for c in parsed.clauses if c.kind == "章"] == [
        f"第{numeral(i)}章" for i in range(1, chapters + 1)
    ]


def test_a_chapter_whose_number_the_word_processor_makes_is_bridged() -> None:
    parsed = sample("证券公司监督管理条例")
    chapters = [c.label for c in parsed.clauses if c.kind == "章"]
    assert chapters == [f"第{numeral(i)}章" for i in (1, 2, 3, 5, 6, 7, 8)]
    assert paths(parsed, "条") == [f"第{numeral(i)}条" for i in range(1, 98)]


def test_a_title_over_two_lines_is_joined() -> None:
    assert (
        sample("中华人民共和国对外合作开采陆上石油资源条例").document.title
        == "中华人民共和国对外合作开采陆上石油资源条例"
    )
