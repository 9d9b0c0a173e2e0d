"""The figures of a run: each measure over all questions and over each kind.

Shares are in 0..1, higher is better, except `refused`, which is better high on unanswerable
questions and low on the others.
"""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.run import Outcome

MEASURES = ("answer_correct", "first_citation_right", "citations_exact", "refused")


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares over `questions` questions; times are wall clock.

    `first_citation_right` is over those that name a clause, None when none does.
    """

    questions: int
    answer_correct: float
    first_citation_right: float | None
    citations_exact: float
    refused: float
    median_ms: float
    p95_ms: float

    def share(self, measure: str) -> float | None:
        """The share of one of `MEASURES`."""
        value: float | None = getattr(self, measure)
        return value


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of all questions, and of each kind in the order of the gold file."""

    overall: Figures
    kinds: dict[str, Figures]


def score(outcomes: Sequence[Outcome]) -> Scores:
    """The figures of a run of at least one question."""
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.gold.kind, []).append(outcome)
    return Scores(_figures(outcomes), {kind: _figures(some) for kind, some in kinds.items()})


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` % of the values do not exceed (nearest rank).

    >>> percentile([5.0, 1.0, 4.0, 2.0, 3.0], 95), percentile([1.0, 2.0], 50)
    (5.0, 1.0)
    """
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1]


def _figures(outcomes: Sequence[Outcome]) -> Figures:
    judgements = [outcome.judgement for outcome in outcomes]
    firsts = [j.first_citation_right for j in judgements if j.first_citation_right is not None]
    times = [outcome.ms for outcome in outcomes]
    return Figures(
        questions=len(outcomes),
        answer_correct=_share(j.answer_correct for j in judgements),
        first_citation_right=_share(firsts) if firsts else None,
        citations_exact=_share(j.citations_exact for j in judgements),
        refused=_share(j.refused for j in judgements),
        median_ms=statistics.median(times),
        p95_ms=percentile(times, 95),
    )


def _share(flags: Iterable[bool]) -> float:
    counted = list(flags)
    return sum(counted) / len(counted)
