"""Refusals: typed, naming the matter, the neighbours and whom to ask, and nothing unverified."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from qa_doubles import REAL, SHIPPED, ask, assert_exact, invented, opened, real

from eval.gold import GoldQuestion, read_gold
from ingest.parse import document_files, parse_file
from ingest.schema import Span
from qa.answer import Answer

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")

GOLD = Path(__file__).parent.parent / "eval" / "gold" / "huangpu-2022.jsonl"

UNANSWERABLE = [
    "火星移民补贴怎么发放?",
    "公租房怎么申请?",
    "地铁14号线什么时候开通?",
    "生育津贴怎么领?",
    "水库移民怎么安置?",
    "个人所得税怎么退?",
    "区科委的电话是多少?",
    "IPv6流量占比要到多少?",
    "8项免申即享政策是哪8项?",
    "马立斯菜市场什么时候改造完?",
    "怎么申请揭榜挂帅?",
    "格致中学智能教育由哪家公司中标?",
    "《上海市数据条例》第十条是什么?",
    "“外滩金融科技30条实施细则”第12条写了啥?",
    "区税务局有什么任务?",
    "徐汇区的一网统管怎么做?",
    "2019年要建多少5G基站?",
    "第30项讲了什么?",
    "今天天气怎么样?",
    "谁负责?",
    "区教育局是不是负责网络安全?",
    "5G室外基站要建2500个吗?",
    "仁济医院有没有智能导诊?",
    "智慧早餐点有多少个?",
    "区长是谁?",
]


def asked(question: str) -> Answer:
    return ask(real(shipped=True), question)


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_a_refusal_has_nothing_unverified_and_exact_quotes(question: str) -> None:
    answer = asked(question)
    assert answer.status != "answered"
    assert answer.verification.withheld == 0
    assert "未通过核验" not in answer.answer
    assert_exact(answer, real(shipped=True).corpus)


@pytest.mark.parametrize("question", ["海洋渔业补贴", "旧区改造还剩多少户?", "公租房怎么申请?"])
def test_at_most_two_clauses_are_named_as_the_nearest(question: str) -> None:
    answer = asked(question)
    assert answer.status == "not_found"
    assert answer.answer.startswith("没有在入库文件中找到")
    assert answer.answer.count("最接近的内容是") + answer.answer.count("另见") <= 2


def test_the_neighbours_are_named_with_whom_to_ask() -> None:
    answer = asked("怎么申请揭榜挂帅?")
    assert answer.answer.startswith("文件没有给出揭榜挂帅的办理流程或材料。")
    assert "最接近的内容是第3项（优化市场参与机制）" in answer.answer
    assert "可向责任单位咨询：区科委、区国资委。" in answer.answer
    assert {c.clause for c in answer.citations} == {"3"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("IPv6流量占比要到多少?", "文件没有给出IPv6流量占比的具体数值。"),
        ("万兆入户试点要做多少户?", "文件没有给出万兆入户试点的具体数值。"),
        ("区科委的电话是多少?", "文件没有给出区科委的联系方式。"),
        ("区教育局在哪里办公?", "文件没有给出区教育局的办公地址。"),
        ("7家养老机构是哪7家?", "文件只写明了数量，没有逐一列出。"),
        ("28个“一件事”分别叫什么名字?", "文件只写明了数量，没有逐一列出。"),
        ("马立斯菜市场什么时候改造完?", "文件没有给出马立斯菜市场的具体时间。"),
        ("格致中学智能教育由哪家公司中标?", "文件没有给出格致中学智能教育的中标或承建单位。"),
        ("为什么要做IPv6?", "文件没有说明原因，相关内容如下。"),
    ],
)
def test_what_is_missing_is_named_with_its_matter(question: str, words: str) -> None:
    answer = asked(question)
    assert answer.status in ("partial", "not_found")
    assert answer.answer.startswith(words)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("5G室外基站要建2500个吗?", "5G室外基站超过1930个"),
        ("云客服响应解决率是不是90%?", "响应解决率达到100%"),
        ("网络安全投入不低于20%是真的吗?", "不低于10%"),
        ("引育10家高能级金融科技企业由谁负责?", "区金融办、区科委"),
        ("区卫健委牵头的智慧养老有哪些场景?", "责任单位共2个：区民政局、区残联"),
    ],
)
def test_a_wrong_premise_is_corrected_with_a_citation(question: str, shown: str) -> None:
    answer = asked(question)
    assert answer.status == "partial"
    assert answer.answer.startswith("与文件不符。")
    assert shown in answer.answer
    assert answer.citations


def test_a_number_that_looks_like_a_year_is_a_number() -> None:
    assert asked("5G室外基站是不是超过1930个?").answer.startswith("是的。")


def test_what_a_plan_wants_is_not_said_to_have_come_about() -> None:
    assert not asked("7家养老机构都上互联网医院了吗?").answer.startswith("是的")


@pytest.mark.parametrize(
    ("question", "title", "place"),
    [
        ("“外滩金融科技30条实施细则”第12条写了啥?", "外滩金融科技30条实施细则", "5"),
        ("《黄浦区公共数据管理办法》第三条写了什么?", "黄浦区公共数据管理办法", "2"),
    ],
)
def test_a_document_that_is_not_here_is_named_with_the_place_that_refers_to_it(
    question: str, title: str, place: str
) -> None:
    answer = asked(question)
    assert answer.status == "partial"
    assert answer.answer.startswith(f"《{title}》被文件引用，但正文尚未入库。")
    assert answer.citations[0].clause == place
    assert title in answer.citations[0].quote


def test_a_document_that_nothing_mentions_is_said_to_be_unknown() -> None:
    answer = asked("《上海市数据条例》第十条是什么?")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert "没有《上海市数据条例》，也没有提到它" in answer.answer


def test_who_revises_a_document_is_told_though_its_text_is_not_here() -> None:
    assert "区科委、区大数据中心" in asked("修订《黄浦区公共数据管理办法》由谁负责?").answer


@pytest.mark.parametrize("unit", ["区税务局", "区审计局"])
def test_a_unit_without_a_task_is_said_to_have_none(unit: str) -> None:
    answer = asked(f"{unit}有什么任务?")
    assert answer.status in ("partial", "not_found")
    assert answer.answer.startswith(f"文件没有把“{unit}”列为责任单位。")


@pytest.mark.parametrize(
    ("question", "name"),
    [("仁济医院有没有智能导诊?", "仁济医院"), ("陆家嘴商圈有AR导览吗?", "陆家嘴商圈")],
)
def test_a_name_that_no_document_mentions_is_said_to_be_none(question: str, name: str) -> None:
    answer = asked(question)
    assert answer.status == "partial"
    assert answer.answer.startswith(f"文件没有提到{name}；")


@pytest.mark.parametrize("question", ["谁负责?", "多少?", "这个怎么办?"])
def test_one_question_is_asked_back(question: str) -> None:
    answer = asked(question)
    assert (answer.status, answer.citations) == ("clarify", ())
    assert len(re.findall("[?？]", answer.answer)) == 1


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("爷爷耳背打电话听不清,有什么服务?", "联系方式"),
        ("不会用微信怎么预约看病?", "联系方式"),
        ("买菜的时候想知道肉从哪来的,有办法查吗?", "来源："),
    ],
)
def test_what_is_only_mentioned_is_not_asked_for(question: str, never: str) -> None:
    assert never not in asked(question).answer


def test_another_document_of_the_same_kind_is_not_meant_by_shared_words() -> None:
    answer = ask(invented(shipped=True), "《青屿区社区助餐补贴细则》怎么规定的?")
    assert answer.status == "not_found"
    assert "没有《青屿区社区助餐补贴细则》" in answer.answer


CUT = ("3", "5", "10", "11", "15", "19", "20", "23")
"""Tasks that are cut out of the plan, one at a time, for the test below."""


@cache
def sample() -> dict[str, list[GoldQuestion]]:
    """Gold questions that one of the tasks answers and that say what they are about."""
    kinds = ("responsible", "target", "list")
    found: dict[str, list[GoldQuestion]] = {}
    for one in read_gold(GOLD):
        if one.kind in kinds and not one.history and len(one.clauses) == 1:
            found.setdefault(one.clauses[0], []).append(one)
    return found


def cut_plans() -> Iterator[tuple[str, str, str]]:
    path, stated = next(iter(document_files(REAL)))
    parsed = parse_file(path, stated)
    text = parsed.document.text
    for clause in parsed.clauses:
        if clause.label in CUT and clause.kind == "1.":
            yield clause.label, path.name, _left_out(text, clause.label, clause.span)


def _left_out(text: str, label: str, span: Span) -> str:
    """The text with only the number of a task left, so that the others keep theirs."""
    return f"{text[: span.start]}{label}.略。{text[span.end :]}"


def test_without_the_clause_that_answers_a_question_is_not_answered(tmp_path: Path) -> None:
    """The other tasks speak of other matters; only the goals repeat the words of some of them."""
    answered, wrong = 0, []
    for label, name, text in cut_plans():
        folder = tmp_path / label
        folder.mkdir()
        (folder / name).write_text(text, "utf-8")
        (folder / "sources.toml").write_text((REAL / "sources.toml").read_text("utf-8"), "utf-8")
        service = opened(folder, folder, shipped=True)
        for one in sample().get(label, []):
            if asked(one.question).status != "answered":
                continue
            answered += 1
            answer = ask(service, one.question)
            if answer.status == "answered":
                wrong.append((label, one.question, answer.answer[:80]))
    assert answered >= 15
    assert len(wrong) <= 0.15 * answered, wrong
