"""The figures of a reading run, and how they are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.bench_figures import aligned
from eval.figures import percentile
from eval.reading_run import Reading
from eval.retrieval_intervals import LEVEL, RESAMPLES, SEED, intervals
from eval.retrieval_report import Share

MEASURES = ("rouge_l", "rouge_l_answer", "contains", "refused", "partial")


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """`shares` are means over all questions; `ratio` is the median over those with a quotation.

    `by_retrieval` and `by_reading` are questions whose answer misses the gold span: with the first
    citation in another document, or in a right one.  A refusal counts to neither.
    """

    questions: int
    shares: dict[str, Share]
    ratio: Share | None
    by_retrieval: int
    by_reading: int
    refusals: int
    p50_ms: float
    p95_ms: float


def figures(outcomes: Sequence[Reading]) -> ReadingFigures:
    """The figures of a run of at least one question."""
    columns = [
        [
            one.rouge_quotes,
            one.rouge_answer,
            float(one.contains),
            float(one.refused),
            float(one.status == "partial"),
        ]
        for one in outcomes
    ]
    values = np.array(columns, dtype=np.float64)
    ends = intervals(values)
    shares = {
        name: Share(float(mean), float(low), float(high))
        for name, mean, (low, high) in zip(MEASURES, values.mean(axis=0), ends, strict=True)
    }
    missed = [one for one in outcomes if not one.contains and not one.refused]
    by_retrieval = sum(not one.right_document for one in missed)
    times = [one.ms for one in outcomes]
    return ReadingFigures(
        questions=len(outcomes),
        shares=shares,
        ratio=_median([one.ratio for one in outcomes if one.ratio is not None]),
        by_retrieval=by_retrieval,
        by_reading=len(missed) - by_retrieval,
        refusals=sum(one.refused for one in outcomes),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
    )


def as_json(found: ReadingFigures) -> dict[str, Any]:
    """One object; `intervals` are [low, high] by measure."""
    named = dict(found.shares)
    if found.ratio is not None:
        named["length_ratio"] = found.ratio
    return {
        "questions": found.questions,
        **{name: share.mean for name, share in named.items()},
        "missed": {
            "retrieval": found.by_retrieval,
            "reading": found.by_reading,
            "refused": found.refusals,
        },
        "ms": {"p50": round(found.p50_ms, 3), "p95": round(found.p95_ms, 3)},
        "intervals": {name: [share.low, share.high] for name, share in named.items()},
    }


def report(found: ReadingFigures, given: bool) -> str:
    """A table, one row a measure, and what its figures are."""
    labels = (
        ("ROUGE-L 引文", found.shares["rouge_l"]),
        ("ROUGE-L 全文", found.shares["rouge_l_answer"]),
        ("含标准答案", found.shares["contains"]),
        ("长度比（中位数）", found.ratio),
        ("拒答", found.shares["refused"]),
        ("部分作答", found.shares["partial"]),
    )
    where = "限于应答的文件" if given else "全部文件"
    rows = [["阅读", where], *([name, "无" if one is None else str(one)] for name, one in labels)]
    return "\n".join(
        [
            aligned(rows, left=1),
            f"{found.questions} 题标有答案的位置；方括号内是 {LEVEL}% 置信区间（按题自助抽样 "
            f"{RESAMPLES} 次，百分位法，种子 {SEED}）；ROUGE-L 按字，F1，拒答计 0。",
            f"未含标准答案：{found.by_retrieval} 题首条引文不在应答的文件，"
            f"{found.by_reading} 题文件对而文字不全，{found.refusals} 题拒答。",
            f"一次回答：p50 {found.p50_ms:.1f} ms，p95 {found.p95_ms:.1f} ms。",
        ]
    )


def _median(values: Sequence[float]) -> Share | None:
    """The median with its percentile bootstrap interval; None of nothing."""
    if not values:
        return None
    known = np.array(values, dtype=np.float64)
    draws = np.random.default_rng(SEED).integers(len(known), size=(RESAMPLES, len(known)))
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(np.median(known[draws], axis=1), [tail, 100 - tail])
    return Share(float(np.median(known)), float(low), float(high))
