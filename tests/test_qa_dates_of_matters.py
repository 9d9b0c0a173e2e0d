"""Dates of a matter are not the document's own; a due date that no text prints is not confirmed."""

import pytest
from qa_doubles import SHIPPED, ask, real

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")


@pytest.mark.parametrize(
    "question",
    ["修订公共数据管理办法,有没有写死的完成日期?", "公共数据质量报告,文件规定每年几月公布?"],
)
def test_the_date_of_a_matter_is_not_the_documents(question: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert "2022" not in answer.answer.split("\n")[0]
    assert answer.answer.startswith("文件没有给出")


@pytest.mark.parametrize(
    "question", ["这份文件什么时候印发的?", "写论文用:这个文件是哪天印发的,具体哪个日子?"]
)
def test_the_documents_own_date_is_given(question: str) -> None:
    assert "2022年7月19日" in ask(real(shipped=True), question).answer


def test_a_due_date_that_is_not_printed_is_not_confirmed() -> None:
    answer = ask(real(shipped=True), "1930个5G室外基站是不是必须在9月底前建好?")
    assert answer.status == "partial"
    assert answer.answer.startswith("文件没有给出期限。")
    assert "1930个" in answer.answer


def test_a_figure_without_a_due_date_is_confirmed() -> None:
    assert ask(real(shipped=True), "5G室外基站要超过1930个,对吗?").answer.startswith("是的")


def test_who_gets_copies_is_not_who_is_addressed() -> None:
    answer = ask(real(shipped=True), "抄送单位有谁?")
    assert answer.status != "answered"
    assert "发送对象" not in answer.answer
