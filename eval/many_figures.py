"""The figures of a run over `eval/gold/many`: each measure with its denominator.

Shares are in 0..1.  Higher is better for `right`, `first_document`, `evidence`, `exact` and
`refused_unanswerable`; lower for the others.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.figures import percentile
from eval.many_judge import Verdict, words
from eval.matching import normalized
from eval.replies import Judged


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    met: int
    of: int

    @property
    def value(self) -> float | None:
        """In 0..1; None of none."""
        return self.met / self.of if self.of else None

    def __str__(self) -> str:
        return "-" if self.value is None else f"{self.value:.3f}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A share over questions: of those that it `counts`, those that are `met`.

    `label` is its name in a report, `of` what it is a share of.
    """

    name: str
    label: str
    of: str
    counts: Callable[[Judged], bool]
    met: Callable[[Verdict], bool | None]


def _all(_: Judged) -> bool:
    return True


def _answerable(one: Judged) -> bool:
    return one.gold.answerable


def _unanswerable(one: Judged) -> bool:
    return not one.gold.answerable


_ALL, _WITH, _WITHOUT = "全部题", "有答案的题", "无答案的题"

MEASURES = (
    Measure("right", "答对", _ALL, _all, lambda v: v.right),
    Measure("right_answerable", "答对", _WITH, _answerable, lambda v: v.right),
    Measure("right_unanswerable", "答对", _WITHOUT, _unanswerable, lambda v: v.right),
    Measure("first_document", "首条引文的文件对", _WITH, _answerable, lambda v: v.first_document),
    Measure("evidence", "引到依据", _WITH, _answerable, lambda v: v.evidence),
    Measure("confident_wrong", "自信而错", _ALL, _all, lambda v: v.confident_and_wrong),
    Measure("hedged", "部分作答", _ALL, _all, lambda v: v.status == "partial"),
    Measure("refused_answerable", "拒答", _WITH, _answerable, lambda v: v.refused),
    Measure("refused_unanswerable", "拒答", _WITHOUT, _unanswerable, lambda v: v.refused),
    Measure("exact", "引文逐字一致", _ALL, _all, lambda v: v.exact),
    Measure("crashed", "出错", _ALL, _all, lambda v: v.status == "crash"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares by measure; of all sentences that were composed those `withheld`.

    Lengths are of answers without white space and markers, in code points; times are wall clock.
    Both are over the questions that did not crash.
    """

    questions: int
    shares: dict[str, Share]
    withheld: Share
    median_length: float
    p90_length: float
    median_ms: float
    p95_ms: float


def figures(outcomes: Sequence[Judged]) -> Figures:
    """The figures of at least one question."""
    shares = {}
    for measure in MEASURES:
        counted = [one.verdict for one in outcomes if measure.counts(one)]
        shares[measure.name] = Share(sum(bool(measure.met(v)) for v in counted), len(counted))
    came = [(one.reply.answer, one.reply.ms) for one in outcomes if one.reply.answer is not None]
    answers = [answer for answer, _ in came]
    lengths = [len(normalized(words(answer))) for answer in answers] or [0]
    times = [ms for _, ms in came] or [0.0]
    withheld = sum(answer.verification.withheld for answer in answers)
    shown = sum(answer.verification.sentences for answer in answers)
    return Figures(
        questions=len(outcomes),
        shares=shares,
        withheld=Share(withheld, withheld + shown),
        median_length=statistics.median(lengths),
        p90_length=percentile(lengths, 90),
        median_ms=statistics.median(times),
        p95_ms=percentile(times, 95),
    )


def by_kind(outcomes: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The outcomes of each kind of question, kinds in alphabetical order."""
    kinds = sorted({one.gold.kind for one in outcomes})
    return {kind: [one for one in outcomes if one.gold.kind == kind] for kind in kinds}
