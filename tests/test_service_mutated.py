"""Questions cut, joined and strewn with words that point: whatever is asked, there is an answer."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from layouts import mixed
from qa_doubles import ask, assert_exact, invented, real

from qa.service.assistant import Assistant

sys.path.insert(0, str(Path(__file__).parent / "soak"))
import mutated


@pytest.mark.parametrize(
    ("service", "number", "seed"),
    [(mixed, 100, 1), (mixed, 100, 2), (real, 60, 3), (invented, 60, 4)],
)
def test_no_question_breaks_the_answering(
    service: Callable[[], Assistant], number: int, seed: int
) -> None:
    figures = mutated.ask_mutated(service(), number, seed)
    assert figures.errors == []
    assert sum(figures.statuses.values()) > 0.7 * number, "most of them can be taken"
    assert len(figures.statuses) > 2


@pytest.mark.parametrize(
    "question",
    ["工单类型有哪些?", "办理时限最短的是哪个?", "咨询和投诉的办理时限分别是多少?", "第1行是什么?"],
)
def test_a_table_at_the_root_of_a_document_can_be_asked_about(question: str) -> None:
    answer = ask(mixed(), question)
    assert answer.answer
    assert_exact(answer, mixed().corpus)


def test_an_error_would_be_kept_with_its_question(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LookupError("this one")

    service = invented()
    monkeypatch.setattr(service, "steps", fail)
    figures = mutated.ask_mutated(service, 5, 1)
    assert len(figures.errors) + figures.refused == 5
    assert any("this one" in trace for *_, trace in figures.errors)


def test_the_soak_is_documented() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")
    assert "tests/soak/mutated.py" in makefile
