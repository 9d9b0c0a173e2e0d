"""Two sides of one question: each is searched by itself and told under its own name."""

import pytest
from layouts import mixed
from qa_doubles import SHIPPED, ask, cited, found, invented, planned, units

from qa.execute.result import Comparison
from qa.question.labels import labels
from qa.question.plan import Scope
from qa.question.sides import sides


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ({"units": units("区财政局", "区教育局"), "select": "task"}, ["区财政局", "区教育局"]),
        ({"labels": labels("第2项和第5项")}, ["第2项", "第5项"]),
        ({"scope": Scope(titles=("甲办法", "乙办法"))}, ["《甲办法》", "《乙办法》"]),
        ({"units": units("区财政局"), "select": "task"}, []),
        ({}, []),
    ],
)
def test_what_two_sides_are(parts: dict[str, object], names: list[str]) -> None:
    titles = "".join(f"《{title}》" for title in parts.get("scope", Scope()).titles)  # type: ignore[attr-defined]
    plan = planned(f"{titles}任务 更多", shape="compare", **parts)
    assert [side.standalone for side in sides(plan)] == names


def test_the_sides_of_two_units_are_their_tasks() -> None:
    names = units("区财政局", "区教育局")
    result = found(invented(), planned("任务", select="task", shape="compare", units=names))
    assert isinstance(result, Comparison)
    assert [side.name for side in result.sides] == ["区财政局", "区教育局"]


@pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")
@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("滨水步道和护学路分别由谁负责?", {"4", "5"}),
        ("候车亭和护学路分别要建多少?", {"2", "5"}),
    ],
)
def test_of_two_matters_none_is_dropped_in_silence(question: str, clauses: set[str]) -> None:
    answer = ask(invented(), question)
    assert clauses <= cited(answer), answer.answer


def test_two_documents_are_told_apart() -> None:
    question = "《澄湖区加装电梯补贴办法》和《青屿区社区助餐服务管理办法》的施行日期分别是哪天?"
    answer = ask(mixed(), question)
    assert "2030年9月1日" in answer.answer
    assert "2030年6月1日" in answer.answer
