"""Of a list or a table whose members are alike, the one that is asked for; and what it comes to."""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, opened

from qa.answer import Answer
from qa.service.assistant import Assistant

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the weights are those of the encoder")

TABLE = """临溪区人才补贴办法

一、补贴标准

类别\t租房补贴（元/月）\t购房补贴（万元）
A类\t6000\t100
B类\t4500\t60

二、奖励

（一）市级奖励每家3万元；

（二）国家级奖励每家20万元。

三、租金补贴按实际租金的40%给予，最高不超过8万元。

四、申请人应当在本区连续居住满五年。

附件

示范企业名单

一、东街（2个）

1.晨光公司

2.云帆公司

二、西街（1个）

1.百川公司
"""
ARTICLES = """临溪区停车办法

第一条 首次违规停车的，罚款200元。

第二条 再次违规停车的，罚款500元。
"""


@cache
def service(text: str) -> Assistant:
    folder = Path(tempfile.mkdtemp(prefix="wence-narrow-"))
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.txt").write_text(text, encoding="utf-8")
    return opened(folder, folder / "corpus", shipped=SHIPPED)


def answer(question: str, text: str = TABLE) -> Answer:
    found = ask(service(text), question)
    assert_exact(found, service(text).corpus)
    return found


def test_a_cell_is_told_first_and_its_row_below_the_header() -> None:
    found = answer("B类人才租房补贴每月多少元？")
    assert found.status == "answered"
    assert found.answer.startswith("4500（B类，租房补贴（元/月））")
    assert "类别" in found.answer
    assert "6000" not in found.answer


def test_the_item_that_is_named_is_told_alone() -> None:
    found = answer("国家级奖励每家多少钱？")
    assert "20万元" in found.answer
    assert "3万元" not in found.answer


def test_a_list_that_is_asked_for_is_told_whole() -> None:
    found = answer("奖励有哪些？")
    assert "3万元" in found.answer
    assert "20万元" in found.answer


def test_the_part_of_a_list_that_is_named_is_counted_alone() -> None:
    found = answer("东街有几个示范企业？")
    assert "共2个" in found.answer
    assert "百川" not in found.answer


def test_of_two_articles_of_one_make_the_case_that_is_asked_for() -> None:
    assert "500元" not in answer("首次违规停车罚多少？", ARTICLES).answer
    assert "200元" not in answer("再次违规停车罚多少？", ARTICLES).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("实际租金花了10万元，租金补贴能补多少？", "4万元"),
        ("实际租金30万元，租金补贴能补多少？", "8万元"),
    ],
)
def test_a_rate_of_the_askers_own_sum_keeps_to_the_ceiling(question: str, said: str) -> None:
    found = answer(question)
    assert found.status == "partial"
    assert f"推算：{said}" in found.answer
    assert "40%" in found.answer


@pytest.mark.parametrize(("years", "said"), [("三年", "没有达到"), ("六年", "达到原文")])
def test_a_figure_is_held_against_the_limit(years: str, said: str) -> None:
    found = answer(f"我在临溪区连续居住了{years}，符合申请人的居住要求吗？")
    assert said in found.answer
    assert "满五年" in found.answer
