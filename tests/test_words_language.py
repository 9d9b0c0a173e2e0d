"""The answer's connecting words follow the question's script; quotes stay as printed."""

import pytest
from qa_doubles import ask, assert_exact, invented, real

from qa.words.language import script


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("护学路由谁负责?", "zh"),
        ("護學路由誰負責?", "zh-Hant"),
        ("誰管?", "zh-Hant"),
        ("Who is responsible?", "en"),
        ("IPv6谁负责", "zh"),
        ("5?", "zh"),
    ],
)
def test_the_script_of_a_question(question: str, expected: str) -> None:
    assert script(question) == expected


@pytest.mark.parametrize(
    ("traditional", "simplified", "words"),
    [
        ("護學路由誰負責?", "护学路由谁负责?", "責任單位共2個"),
        ("區財政局有哪些任務?", "区财政局有哪些任务?", "任務共3項"),
        ("護學路要建多少條?", "护学路要建多少条?", "第5項"),
        ("綠色出行行動方案的文號是什麼?", "绿色出行行动方案的文号是什么?", "文號"),
    ],
)
def test_a_traditional_question_is_the_simplified_one_in_other_words(
    traditional: str, simplified: str, words: str
) -> None:
    answer, plain = ask(invented(), traditional), ask(invented(), simplified)
    assert words in answer.answer
    assert answer.citations == plain.citations
    assert answer.status == plain.status == "answered"
    assert_exact(answer, invented().corpus)


def test_units_and_quotations_stay_simplified_as_printed() -> None:
    answer = ask(real(), "誰負責金融科技?").answer
    assert "區金融辦" not in answer
    assert "区金融办、区科委" in answer
    assert "責任單位" in answer


def test_a_refusal_follows_the_script() -> None:
    answer = ask(invented(), "杭州市誰負責護學路?").answer
    assert "無法" in answer


def test_a_simplified_question_gets_no_traditional_words() -> None:
    assert "責" not in ask(invented(), "护学路由谁负责?").answer


def test_the_question_itself_is_repeated_as_it_was_asked() -> None:
    question = "護學路由誰負責?"
    assert ask(invented(), question).standalone_question == question
