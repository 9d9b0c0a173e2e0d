"""Questions whether the documents say a word at all."""

import pytest
from qa_doubles import SHIPPED, answered, ask, assert_exact, cited, invented, real

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")


@pytest.mark.parametrize(
    "question", ["文件提到区块链了吗", "有没有写到区块链?", "区块链写没写进去"]
)
def test_every_place_that_says_the_word_is_shown(question: str) -> None:
    answer = answered(real(shipped=True), question)
    assert answer.answer.startswith("是的，文件有4处提到“区块链”：")
    assert {"5", "10", "23"} <= cited(answer)
    assert all("区块链" in citation.quote for citation in answer.citations)
    assert_exact(answer, real(shipped=True).corpus)


def test_the_word_is_written_as_it_is_printed() -> None:
    assert "“5G”" in answered(real(shipped=True), "5g有没有写进去").answer


@pytest.mark.parametrize("question", ["数字人民币试点有没有写", "里面讲没讲到无人驾驶"])
def test_what_is_said_nowhere_is_said_to_be_so(question: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status in ("partial", "not_found")
    assert answer.answer.startswith("文件没有提到“")


def test_a_phrase_whose_words_all_occur_is_described() -> None:
    answer = ask(invented(shipped=True), "提到候车亭里的遮阳座椅了吗")
    assert "没有提到" not in answer.answer
    assert "遮阳座椅" in answer.answer


def test_a_question_that_asks_more_is_none_of_these() -> None:
    answer = ask(real(shipped=True), "有没有写到区块链由谁负责?")
    assert "处提到" not in answer.answer
