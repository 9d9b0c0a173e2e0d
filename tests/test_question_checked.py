"""Which questions are taken, and what is said of those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qa_doubles import ask, invented

from qa.answer import Request, Turn
from qa.errors import (
    ControlCharacterError,
    EmptyQuestionError,
    QuestionError,
    QuestionTooLongError,
    UnknownModelError,
)
from qa.question.checked import MAX_LENGTH, checked


@pytest.mark.parametrize("question", ["", " \n\t ", "？！……", "《》", "　", "😀"])
def test_a_question_without_letters_is_empty(question: str) -> None:
    with pytest.raises(EmptyQuestionError, match="问题是空的"):
        checked(question)


def test_the_limit_is_the_longest_question() -> None:
    assert len(checked("长" * MAX_LENGTH)) == MAX_LENGTH
    with pytest.raises(QuestionTooLongError, match=f"{MAX_LENGTH + 1}字"):
        checked("长" * (MAX_LENGTH + 1))


def test_ten_thousand_characters_are_refused_by_the_service() -> None:
    with pytest.raises(QuestionTooLongError, match="10000字"):
        ask(invented(), "谁" * 10_000)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("谁\x00负责", "第2字是控制字符U+0000"),
        ("\x1b[31m谁负责", "第1字是控制字符U+001B"),
        ("谁负责\x85", "第4字是控制字符U+0085"),
        ("谁\ud800负责", "第2字是控制字符U+D800"),
    ],
)
def test_control_characters_and_lone_surrogates_are_named(question: str, named: str) -> None:
    with pytest.raises(ControlCharacterError) as caught:
        checked(question)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "question",
    [
        "护学路😀谁负责",
        "护学路👨‍👩‍👧谁负责",
        "护学路\n谁\t负责",
        "𠮷野路谁负责",
        "护学路\u200b谁负责",
        "\U0001fae8护学路谁负责",  # newer than the table of Python 3.11
    ],
)
def test_emoji_line_ends_rare_and_invisible_characters_are_taken(question: str) -> None:
    assert checked(question) == question


@given(st.text(max_size=80))
def test_any_text_is_taken_as_it_is_or_refused(question: str) -> None:
    try:
        taken = checked(question)
    except QuestionError:
        return
    assert taken == question.strip()
    assert any(c.isalnum() for c in taken)


@pytest.mark.parametrize("earlier", ["\ud800", "a\x00b", "？？", "长" * 5000])
def test_a_bad_earlier_question_harms_no_good_one(earlier: str) -> None:
    answer = invented().ask(Request("护学路由谁负责?", (Turn(earlier),)))
    assert "区教育局" in answer.answer


def test_an_unknown_model_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownModelError, match=r"没有名为oracle的模型.*extractive"):
        invented().ask(Request("护学路由谁负责?", model="oracle"))
