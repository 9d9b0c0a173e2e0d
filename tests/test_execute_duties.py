"""What a unit has to do, end to end: all of its tasks, with their count."""

import pytest
from qa_doubles import SHIPPED, answered, ask, cited, invented, real


@pytest.mark.parametrize(
    ("unit", "clauses"),
    [
        ("区财政局", ["1", "4", "6"]),
        ("区教育局", ["5", "7"]),
        ("区公安分局", ["3", "5"]),
        ("区城管执法局", ["2", "3"]),
        ("区交通局", ["1", "2"]),
        ("各街道", ["1", "7"]),
    ],
)
def test_all_tasks_of_a_unit_are_listed_and_counted(unit: str, clauses: list[str]) -> None:
    answer = answered(invented(), f"{unit}有哪些任务?")
    assert f"共有{len(clauses)}项任务" in answer.answer
    assert [c.clause for c in answer.citations] == clauses
    assert answer.answer.count("\n- ") == len(clauses)


def test_the_tasks_that_two_units_share() -> None:
    answer = answered(invented(), "区财政局和区水务局共同负责哪些任务?")
    assert "共同负责1项任务" in answer.answer
    assert cited(answer) == {"4"}


def test_two_units_that_share_nothing() -> None:
    answer = ask(invented(), "区水务局和区教育局共同负责哪些任务?")
    assert answer.status == "not_found"
    assert "没有同时列出区水务局、区教育局" in answer.answer


def test_every_unit_of_the_real_plan_gets_all_its_tasks() -> None:
    corpus = real().corpus
    for unit in corpus.units:
        own = {k for k, facts in corpus.duties.items() if unit in {f.unit for f in facts}}
        answer = ask(real(), f"{unit}有哪些任务?")
        assert f"{unit}共有{len(own)}项任务" in answer.answer
        assert {corpus.clause(k).label for k in own} <= cited(answer)


@pytest.mark.parametrize("own", [True, False], ids=["real", "invented"])
def test_tasks_without_a_unit_are_the_parts_that_hold_them_all(own: bool) -> None:
    service = real() if own else invented()
    answer = answered(service, "有哪些任务?")
    parts = {(c.document_id, c.clause_path) for c in answer.citations}
    corpus = service.corpus
    held = {(key[0], corpus.clause(key).path.rpartition("/")[0]) for key in corpus.duties}
    assert parts == held
    assert f"分为{len(parts)}个部分" in answer.answer


def test_the_tasks_that_a_unit_leads() -> None:
    assert cited(answered(invented(), "区园林绿化局牵头哪些任务?")) == {"4"}


def test_tasks_that_a_unit_only_supports_are_not_those_it_leads() -> None:
    answer = ask(invented(), "区财政局牵头哪些任务?")
    assert (answer.status, answer.citations) == ("not_found", ())


def test_a_unit_that_leads_nothing_is_not_said_to_have_no_tasks() -> None:
    assert "没有同时列出" not in ask(invented(), "区财政局牵头哪些任务?").answer


def test_the_tasks_that_a_unit_supports_are_all_listed() -> None:
    assert cited(answered(invented(), "区财政局配合哪些任务?")) == {"1", "4", "6"}


def test_tasks_without_a_unit_are_all_others() -> None:
    answer = answered(invented(), "哪些任务没有区财政局?")
    assert "没有列出区财政局的任务共4项" in answer.answer
    assert cited(answer) == {"2", "3", "5", "7"}


def test_the_tasks_of_all_departments_are_told_apart_from_those_of_one() -> None:
    answer = answered(real(), "区教育局有哪些任务?")
    own, _, shared = answer.answer.partition("此外，")
    assert "区教育局共有1项任务" in own
    assert "第11项" in own
    assert "由各部门共同负责" in shared
    assert cited(answer) == {"11", "1", "22", "23"}


@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not built yet")
def test_a_street_that_is_not_printed_gets_no_tasks_of_others() -> None:
    answer = ask(real(shipped=True), "半淞园路街道有哪些任务?")
    assert "16" not in cited(answer)
