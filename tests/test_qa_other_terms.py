"""Names by letters tell alike things apart: a figure of 5G is none of 4G."""

import pytest
from qa_doubles import SHIPPED, ask, real

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")


def test_the_figure_of_one_is_not_given_for_the_other() -> None:
    answer = ask(real(shipped=True), "4G网络的平均下载速率要达到多少兆?")
    assert answer.status != "answered"
    assert answer.answer.startswith("文件没有给出")


def test_the_figure_is_given_where_its_sentence_is_about_it() -> None:
    answer = ask(real(shipped=True), "5G网络的平均下载速率要达到多少兆?")
    assert answer.status == "answered"
    assert "600Mbps" in answer.answer


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [("智慧工地用哪些技术、盯哪些环节?", "物联感知", "施工机械")],
)
def test_two_lists_asked_for_in_one_breath_are_both_given(
    question: str, first: str, second: str
) -> None:
    answer = ask(real(shipped=True), question).answer
    assert first in answer
    assert second in answer


def test_what_any_text_may_state_is_no_member_of_a_list() -> None:
    answer = ask(
        real(shipped=True), "花钱方面有没有硬性比例?", "网络和信息安全保障的责任单位有哪些?"
    )
    assert "没有列出" not in answer.answer


def test_who_asks_is_not_asked_about() -> None:
    answer = ask(
        real(shipped=True), "在居委会做了八年,同一张表各条线都来要一遍,今年数据采集会不会变?"
    )
    assert "列为责任单位" not in answer.answer
