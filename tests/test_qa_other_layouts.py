"""Plans in layouts that the seed plan does not have, each a corpus with its gold questions."""

from functools import cache
from pathlib import Path

import pytest
from qa_doubles import SHIPPED, _temporary, ask, opened

from eval.gold import read_gold
from eval.run import evaluate
from qa.service.assistant import Assistant

FOLDER = Path(__file__).parents[1] / "eval" / "gold" / "other-layouts"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))
DOCUMENTS = [path for path in DOCUMENTS if path.with_suffix(".jsonl").is_file()]

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not here")


@cache
def over(name: str) -> Assistant:
    return opened(_temporary(), next(p for p in DOCUMENTS if p.stem == name), shipped=True)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_gold_questions_of_other_layouts(path: Path) -> None:
    service = over(path.stem)
    outcomes = evaluate(
        read_gold(path.with_suffix(".jsonl")),
        service.ask,
        lambda document: service.corpus.document(document).text,
    )
    wrong = [o.gold.id for o in outcomes if not o.judgement.answer_correct]
    assert len(wrong) <= 0.06 * len(outcomes), wrong


@pytest.mark.parametrize(
    ("plan", "question", "said"),
    [
        ("linjiang-2024", "扩大老年助餐服务什么时候完成?", "完成时限：2024年9月底前"),
        ("linjiang-2024", "规范补贴由谁负责?", "牵头单位：市民政局"),
        ("linjiang-2024", "市残联要干啥?", "二(五)（做实居家养老服务）"),
        ("linjiang-2024", "二(四)3由谁负责?", "市市场监管局"),
        ("linjiang-2024", "第二部分有多少项任务?", "12个部分"),
        ("linjiang-2024", "附表里的约束性指标有几个?", "共5项"),
        ("qinglan-2024", "全文总共多少条?", "22条"),
        ("qinglan-2024", "这份措施由哪个单位解释?", "区发展改革局负责解释"),
        ("qinglan-2024", "“一业一证”改革由哪家牵头?", "牵头单位：区行政审批局"),
        ("shiqiao-2031", "小微水体整治的完成时限是哪天?", "2031年11月底前"),
        ("shiqiao-2031", "镇财政所有哪些任务?", "共有2项任务"),
        ("baixi-2031", "街道派出所牵头什么工作?", "二4（畅通消防车通道）：牵头"),
    ],
)
def test_what_is_said_of_a_layout(plan: str, question: str, said: str) -> None:
    assert said in ask(over(plan), question).answer


def test_deadlines_are_no_units() -> None:
    answer = ask(over("linjiang-2024"), "医养结合由哪些部门负责?").answer
    assert "市卫生健康委、市民政局" in answer
    assert "完成时限" not in answer
    assert "共2个" in answer


def test_roles_printed_behind_a_unit_are_told_apart() -> None:
    answer = ask(over("qinglan-2024"), "免申即享由谁牵头?").answer
    assert "没有区分" not in answer
    assert "（牵头）" not in answer
