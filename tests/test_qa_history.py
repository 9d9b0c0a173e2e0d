"""Questions that lean on those before, and questions that only seem to."""

from collections.abc import Callable

import pytest
from qa_doubles import ask, invented, real

from qa.assistant import Assistant

WHO = "护学路由谁负责?"


def clauses(question: str, *history: str) -> set[str]:
    return {c.clause for c in ask(invented(), question, *history).citations}


@pytest.mark.parametrize(
    "question", ["那滨水步道呢?", "滨水步道呢", "换成滨水步道", "那么滨水步道呢？"]
)
def test_a_new_matter_is_asked_as_the_old_one_was(question: str) -> None:
    answer = ask(invented(), question, WHO)
    assert answer.standalone_question == "滨水步道由谁负责?"
    assert "区园林绿化局" in answer.answer
    assert {c.clause for c in answer.citations} == {"4"}


@pytest.mark.parametrize("question", ["这项由谁负责?", "它由哪个部门负责?", "由谁负责?", "谁牵头?"])
def test_a_new_question_is_about_the_old_matter(question: str) -> None:
    answer = ask(invented(), question, "护学路要建多少条?")
    assert answer.standalone_question == WHO
    assert "区教育局、区公安分局" in answer.answer


@pytest.mark.parametrize("question", ["第4项呢?", "那第4项呢?", "第四项呢?"])
def test_another_number_is_asked_as_the_old_one_was(question: str) -> None:
    answer = ask(invented(), question, "第5项由谁负责?")
    assert answer.standalone_question == "第4项由谁负责?"
    assert {c.clause for c in answer.citations} == {"4"}


@pytest.mark.parametrize("question", ["还有哪个单位?", "还有哪些单位?", "还有谁?"])
def test_who_else_asks_for_the_whole_list_again(question: str) -> None:
    answer = ask(invented(), question, WHO)
    assert "区教育局" in answer.answer
    assert "区公安分局" in answer.answer


def test_another_unit_is_checked_against_the_old_matter() -> None:
    answer = ask(invented(), "区公安分局呢?", WHO)
    assert answer.standalone_question == "护学路由区公安分局负责吗?"
    assert answer.answer.startswith("是的")


def test_another_unit_after_a_unit_is_asked_for_its_tasks() -> None:
    answer = ask(invented(), "区教育局呢?", "区财政局有哪些任务?")
    assert answer.standalone_question == "区教育局有哪些任务?"
    assert {c.clause for c in answer.citations} == {"5", "7"}


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("要建多少条?", [WHO]),
        pytest.param(
            "那是多少条?",
            ["滨水步道由谁负责?", "那护学路呢?", "这项的内容是什么?"],
            marks=pytest.mark.xfail(strict=True, reason="是多少条 counts the tasks of a document"),
        ),
    ],
)
def test_the_matter_holds_over_several_turns(question: str, history: list[str]) -> None:
    assert "22条" in ask(invented(), question, *history).answer


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("绿色出行比例要达到多少?", "一"),
        ("区财政局有哪些任务?", "1"),
        ("第6项由谁负责?", "6"),
        ("新能源汽车占比不低于多少?", "6"),
        ("留样时间不少于多久?", "第三条"),
    ],
)
@pytest.mark.parametrize("before", [WHO, "第5项由谁负责?", "区公安分局有哪些任务?"])
def test_a_question_of_its_own_inherits_nothing(question: str, clause: str, before: str) -> None:
    alone = ask(invented(), question)
    after = ask(invented(), question, before)
    assert after.standalone_question == question
    assert after.answer == alone.answer
    assert clause in {c.clause for c in after.citations}


@pytest.mark.parametrize(
    ("question", "service"),
    [
        ("请介绍一下口袋公园的情况", invented),
        ("什么是微循环公交线路?", invented),
        ("绿色出行行动方案一共有几项任务?", invented),
        ("一共有多少项任务?", real),
    ],
)
def test_a_question_without_a_pointer_inherits_nothing(
    question: str, service: Callable[[], Assistant]
) -> None:
    after = ask(service(), question, WHO)
    assert after.standalone_question == question
    assert after.answer == ask(service(), question).answer


def test_a_topic_switch_and_back() -> None:
    assert clauses("这项由谁负责?", "护学路要建多少条?", "新能源汽车占比不低于多少?") == {"6"}


def test_the_first_question_stands_as_it_was_asked() -> None:
    assert ask(invented(), WHO).standalone_question == WHO


@pytest.mark.parametrize("question", ["这项由谁负责?", "那呢?", "还有呢?", "它呢?"])
def test_without_a_history_a_pointer_asks_back(question: str) -> None:
    answer = ask(invented(), question)
    assert answer.status == "clarify"
    assert answer.citations == ()


def test_asking_the_standalone_question_alone_gives_the_same_answer() -> None:
    first = ask(invented(), "那滨水步道呢?", WHO)
    assert ask(invented(), first.standalone_question).answer == first.answer


def test_refused_questions_leave_no_matter_behind() -> None:
    answer = ask(invented(), "护学路呢?", "今天天气怎么样?")
    assert "护学路" in answer.answer
    assert "天气" not in answer.standalone_question
