"""Questions that lean on those before, and questions that only seem to."""

from collections.abc import Callable

import pytest
from qa_doubles import ask, invented, real

from qa.service.assistant import Assistant

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
        ("那是多少条?", ["滨水步道由谁负责?", "那护学路呢?", "这项的内容是什么?"]),
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


TASKS = "区财政局有哪些任务?"


@pytest.mark.parametrize("question", ["一共几项?", "总共多少条?", "一共有几个?"])
def test_how_many_counts_what_was_listed(question: str) -> None:
    answer = ask(invented(), question, TASKS)
    assert "区财政局共有3项任务" in answer.answer


@pytest.mark.parametrize("question", ["其中跟步道有关的是哪项?", "这几项里哪个讲步道?"])
def test_some_of_what_was_listed(question: str) -> None:
    answer = ask(invented(), question, TASKS)
    assert answer.answer.startswith("区财政局的任务中与“步道”有关的共1项")
    assert {c.clause for c in answer.citations} == {"4"}


def test_none_of_what_was_listed() -> None:
    answer = ask(invented(), "其中讲候车亭的是哪几项?", TASKS)
    assert answer.status == "partial"
    assert "没有提到“候车亭”" in answer.answer


@pytest.mark.parametrize("question", ["它俩共同负责哪项?", "两者有没有共同的任务?"])
def test_a_pair_is_the_two_units_named_last(question: str) -> None:
    answer = ask(invented(), question, "区公安分局有哪些任务?", "那区教育局呢?")
    assert "共同负责1项任务" in answer.answer
    assert {c.clause for c in answer.citations} == {"5"}


@pytest.mark.parametrize(
    ("question", "unit"), [("前者还有别的任务吗?", "区教育局"), ("后者还管什么?", "区公安分局")]
)
def test_the_former_and_the_latter(question: str, unit: str) -> None:
    answer = ask(invented(), question, "区教育局和区公安分局都参与护学路吗?")
    assert f"{unit}共有2项任务" in answer.answer


def test_what_else_a_unit_has_to_do() -> None:
    answer = ask(invented(), "它还管别的吗?", "共享单车停放是区公安分局负责吗?")
    assert "区公安分局共有2项任务" in answer.answer


@pytest.mark.parametrize(
    "question", ["不对,我问的是滨水步道", "不是,我是问滨水步道", "我是说滨水步道"]
)
def test_a_correction_is_asked_as_before(question: str) -> None:
    answer = ask(invented(), question, WHO)
    assert answer.standalone_question == "滨水步道由谁负责?"


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("它前面那条讲什么?", "4"),
        ("下面一项呢", "6"),
        ("再往下一条", "6"),
        ("上一项由谁负责?", "4"),
    ],
)
def test_a_step_to_the_neighbour(question: str, clause: str) -> None:
    assert clause in clauses(question, WHO)


def test_a_step_can_be_asked_about_again() -> None:
    assert "区水务局" in ask(invented(), "这条由谁负责?", WHO, "它前面那条讲什么?").answer


@pytest.mark.parametrize("question", ["具体怎么做?", "这项讲了什么内容?"])
def test_the_content_is_told_whatever_was_asked_before(question: str) -> None:
    assert "在学校周边建设护学路22条" in ask(invented(), question, WHO).answer


def test_a_word_that_the_same_clause_says() -> None:
    answer = ask(invented(), "口袋公园也在里面吗?", "滨水步道由谁负责?")
    assert {c.clause for c in answer.citations} == {"4"}


def test_a_stated_number_is_checked_against_the_clause_before() -> None:
    assert ask(invented(), "一共22条,没错吧?", WHO).answer.startswith("是的")
    assert "与文件不符" in ask(invented(), "一共20条,没错吧?", WHO).answer


def test_that_one_may_be_named_in_the_same_breath() -> None:
    answer = ask(invented(), "刚才护学路那项由谁负责?", WHO, "区财政局有哪些任务?")
    assert {c.clause for c in answer.citations} == {"5"}


@pytest.mark.parametrize(
    "question", ["这是哪个区的政策?", "它有哪几个部分?", "这叫什么?", "一共几项?"]
)
@pytest.mark.parametrize("before", [TASKS, "区财政局和区教育局共同负责哪些任务?", WHO, "你好"])
def test_what_leans_on_units_never_loses_them(question: str, before: str) -> None:
    assert ask(invented(), question, before).status
