"""Rows: tasks counted and cited, groups with numbers, figures with their sentences."""

import pytest
from qa_doubles import ask, assert_exact, cited, invented, planned, real, units

from qa.execute.result import Result, Tasks
from qa.service.assistant import Assistant
from qa.tell.rows import tasks


def test_tasks_without_a_unit_are_told_document_by_document() -> None:
    answer = ask(invented(), "哪些任务没有区财政局?")
    assert "共4项" in answer.answer
    assert "共1项" in answer.answer
    assert [c.clause for c in answer.citations] == ["2", "3", "5", "7", "第五条"]


@pytest.mark.parametrize(
    ("question", "count", "clauses"),
    [
        ("区财政局有哪些任务?", 3, ["1", "4", "6"]),
        ("区教育局有哪些任务?", 2, ["5", "7"]),
        ("区财政局和区水务局共同负责哪些任务?", 1, ["4"]),
    ],
)
def test_tasks_are_counted_and_each_has_its_place(
    question: str, count: int, clauses: list[str]
) -> None:
    answer = ask(invented(), question)
    assert answer.status == "answered"
    assert f"共{count}项" in answer.answer
    assert answer.answer.count("\n- ") == count
    assert [c.clause for c in answer.citations] == clauses
    assert_exact(answer, invented().corpus)


def test_roles_are_told_apart() -> None:
    answer = ask(invented(), "区财政局有哪些任务?").answer
    assert answer.count("（配合）") == 3


def test_no_task_at_all_is_no_answer() -> None:
    none = Tasks(("区财政局",), ())
    plan = planned(select="task", units=units("区财政局"))
    draft = tasks(invented().corpus, Result(plan, none), none)
    assert draft.status != "answered"


@pytest.mark.parametrize("service", [invented, real])
def test_most_comes_with_its_number_and_the_next_ones(service: object) -> None:
    made: Assistant = service()  # type: ignore[operator]
    answer = ask(made, "哪个单位的任务最多?")
    assert answer.status == "answered"
    counts = [int(line.split("：")[1].split("项")[0]) for line in answer.answer.split("\n- ")[1:]]
    assert counts == sorted(counts, reverse=True)
    assert f"共{counts[0]}项" in answer.answer


def test_figures_are_those_of_the_document_that_is_named() -> None:
    answer = ask(invented(), "绿色出行行动方案的量化指标有哪些?")
    assert answer.status == "answered"
    assert {c.document_id for c in answer.citations} == {"travel"}
    assert {"一", "1", "2", "5", "6"} <= cited(answer)
    assert "共7条" in answer.answer
    text = invented().corpus.text("travel")
    marked = {text[a:b] for c in answer.citations for a, b in c.highlights}
    assert {"15条", "86座", "22条"} <= marked


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("哪项任务的责任单位最多?", "责任单位最多"),
        ("哪项任务的责任单位最少?", "责任单位最少"),
    ],
)
def test_the_task_with_most_and_with_fewest_units(question: str, words: str) -> None:
    answer = ask(real(), question)
    assert answer.status == "answered"
    assert words in answer.answer
    assert_exact(answer, real().corpus)
