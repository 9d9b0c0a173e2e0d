"""Risk against coverage: what share of the questions is answered, and how many of those wrongly.

Selective prediction (El-Yaniv and Wiener 2010; Geifman and Ziv 2017): coverage is the share of all
questions whose probability reaches a threshold, risk the share of unanswerable ones among them.
AURC is the mean risk over all coverages, lower is better.  Both sides count half, whatever their
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """(n,) each, from the strictest threshold to the loosest; shares in [0, 1]."""

    thresholds: Scores
    coverage: Scores
    risk: Scores

    @property
    def aurc(self) -> float:
        """The area under the risk-coverage curve, in [0, 1]; lower is better."""
        widths = np.diff(np.concatenate([[0.0], self.coverage]))
        return float((widths * self.risk).sum() / widths.sum())


def curve(answerable: Scores, unanswerable: Scores) -> Curve:
    """The curve over all thresholds that tell some two questions apart."""
    if not len(answerable) or not len(unanswerable):
        raise ValueError(
            f"found {len(answerable)} answerable and {len(unanswerable)} unanswerable questions; "
            "expected some of both; add the missing ones"
        )
    thresholds = np.unique(np.concatenate([answerable, unanswerable]))[::-1]
    right = reached(answerable, thresholds)
    wrong = reached(unanswerable, thresholds)
    return Curve(thresholds, (right + wrong) / 2, wrong / (right + wrong))


def reached(scores: Scores, thresholds: Scores) -> Scores:
    """(thresholds,) the share of scores that reach each threshold.

    >>> reached(np.array([0.2, 0.6]), np.array([0.6, 0.1])).tolist()
    [0.5, 1.0]
    """
    below = np.searchsorted(np.sort(scores), thresholds, side="left")
    shares: Scores = 1 - below / len(scores)
    return shares


def refused_at(answerable: Scores, unanswerable: Scores, wrongly: float) -> float:
    """The share of unanswerable questions refused where at most `wrongly` of the others are.

    >>> refused_at(np.array([0.5, 0.6, 0.7, 0.8]), np.array([0.1, 0.55, 0.9]), 0.25)
    0.6666666666666666
    """
    threshold = np.sort(answerable)[int(wrongly * len(answerable))]
    return float((unanswerable < threshold).mean())


def auroc(answerable: Scores, unanswerable: Scores) -> float:
    """The chance that an answerable question stands above an unanswerable one; ties count half."""
    order = np.sort(unanswerable)
    below = np.searchsorted(order, answerable, side="left")
    not_above = np.searchsorted(order, answerable, side="right")
    return float((below + not_above).mean() / 2 / len(order))


def draw(curves: dict[str, Curve], path: Path) -> None:
    """The curves as a picture; SVG or PNG by the ending of the path.  Needs matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 4.2))
    for name, one in curves.items():
        axes.plot(one.coverage, one.risk, label=f"{name} (AURC {one.aurc:.3f})")
    axes.set_xlabel("coverage: share of questions answered")
    axes.set_ylabel("risk: share unanswerable among them")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 0.5)
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(figure)
