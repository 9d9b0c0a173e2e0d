"""The figures of a retrieval run, and how they are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.bench_figures import aligned
from eval.figures import percentile
from eval.retrieval_intervals import LEVEL, RESAMPLES, SEED, intervals
from eval.retrieval_measures import MEASURES, measured
from eval.retrieval_run import DEPTH, FUSED, Outcome

EVIDENCE = "evidence@1"
_LABELS = {FUSED: "融合", "lexical": "词法", "dense": "向量", "soft": "词义"}


@dataclass(frozen=True, slots=True)
class Share:
    """A mean over questions, in [0, 1], higher is better, with the ends of its interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """`shares[order][measure]` for "fused" and each arm; times are wall clock of one search.

    `evidence[order]` is over the `located` questions that name a place, and empty without any.
    """

    questions: int
    shares: dict[str, dict[str, Share]]
    located: int
    evidence: dict[str, Share]
    p50_ms: float
    p95_ms: float


def figures(outcomes: Sequence[Outcome]) -> RetrievalFigures:
    """The figures of a run of at least one question."""
    orders = list(outcomes[0].documents)
    right = [outcome.question.documents for outcome in outcomes]
    each = [measured([outcome.documents[name] for outcome in outcomes], right) for name in orders]
    found = iter(_shares(np.hstack(each)))
    shares = {name: {measure: next(found) for measure in MEASURES} for name in orders}
    located = [outcome.on_evidence for outcome in outcomes if outcome.on_evidence]
    evidence: dict[str, Share] = {}
    if located:
        met = np.array([[float(one[name]) for name in orders] for one in located])
        evidence = dict(zip(orders, _shares(met), strict=True))
    times = [outcome.ms for outcome in outcomes]
    return RetrievalFigures(
        len(outcomes), shares, len(located), evidence, percentile(times, 50), percentile(times, 95)
    )


def as_json(found: RetrievalFigures) -> dict[str, Any]:
    """One object with all figures but evidence@1; `intervals` are [low, high] by order."""
    means = {
        name: {measure: share.mean for measure, share in shares.items()}
        for name, shares in found.shares.items()
    }
    ends = {
        name: {measure: [share.low, share.high] for measure, share in shares.items()}
        for name, shares in found.shares.items()
    }
    return {
        "questions": found.questions,
        "fused": means.pop(FUSED),
        "arms": means,
        "ms": {"p50": round(found.p50_ms, 3), "p95": round(found.p95_ms, 3)},
        "intervals": ends,
    }


def report(found: RetrievalFigures) -> str:
    """A table, one row an order, and what its figures are."""
    rows = [["检索", *MEASURES, *([EVIDENCE] if found.evidence else [])]]
    for name, shares in found.shares.items():
        label = f"{_LABELS[name]} {name}" if name in _LABELS else name
        cells = [str(share) for share in shares.values()]
        rows.append([label, *cells, *([str(found.evidence[name])] if found.evidence else [])])
    lines = [
        aligned(rows, left=1),
        f"{found.questions} 题；方括号内是 {LEVEL}% 置信区间（按题自助抽样 {RESAMPLES} 次，"
        f"百分位法，种子 {SEED}）；每路取 {DEPTH} 段，文件按其最靠前的一段排位。",
        f"一次融合检索：p50 {found.p50_ms:.1f} ms，p95 {found.p95_ms:.1f} ms。",
    ]
    if found.evidence:
        lines.append(
            f"{EVIDENCE}：{found.located} 题标有依据，应检文件最靠前的一段与之重叠的比例。"
        )
    return "\n".join(lines)


def _shares(values: np.ndarray) -> list[Share]:
    ends = intervals(values)
    return [
        Share(float(mean), float(low), float(high))
        for mean, (low, high) in zip(values.mean(axis=0), ends, strict=True)
    ]
