"""The loss that fusion is learned by: the right document against all others that were brought.

Listwise softmax cross-entropy (Cao and others 2007, "Learning to Rank: From Pairwise Approach to
Listwise Approach", with one right document), a document scored by its best passage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from eval.fusion_sets import Question
from qa.retrieval.features import Matrix
from qa.retrieval.fusion import Fusion

Ranks = npt.NDArray[np.float64]

SHARPNESS = 10.0
"""What scores are multiplied with, the inverse of the softmax temperature."""


class Listwise:
    """Questions laid end to end, for the loss and its gradient over all of them at once."""

    def __init__(self, questions: Sequence[Question], gate: tuple[float, float]) -> None:
        none = np.empty(0, np.float32)
        fusion = Fusion(none, none, *gate)
        rows, unit, owner, right = [], [], [], []
        units = 0
        for place, one in enumerate(questions):
            g = fusion.gate(one.rows)
            rows.append(np.concatenate([(1 - g) * one.rows, g * one.rows], axis=1))
            unit.append(one.unit + units)
            owner += [place] * (int(one.unit.max()) + 1)
            right += [(units + at, place) for at in one.right]
            units = len(owner)
        self._rows = np.concatenate(rows)
        self._unit = np.concatenate(unit)
        self._order = np.argsort(self._unit, kind="stable")
        self._starts = np.searchsorted(self._unit[self._order], np.arange(units))
        self._owner = np.array(owner)
        self._right = np.array(right, dtype=np.int64)
        self._count = len(questions)

    def best(self, weights: Matrix) -> tuple[Matrix, npt.NDArray[np.int64]]:
        """(units,) the score of each unit's best row, and which row that is."""
        scores = (self._rows @ weights)[self._order]
        best = np.maximum.reduceat(scores, self._starts)
        ends = np.append(self._starts[1:], len(scores))
        top = scores == np.repeat(best, ends - self._starts)
        first = np.flatnonzero(top)
        _, chosen = np.unique(self._unit[self._order][first], return_index=True)
        return best, self._order[first[chosen]]

    def loss_and_gradient(self, weights: Matrix) -> tuple[float, Matrix]:
        """Mean cross-entropy of the right units and its (2 x features,) gradient."""
        best, row = self.best(weights)
        logits = SHARPNESS * best.astype(np.float64)
        peak = np.full(self._count, -np.inf)
        np.maximum.at(peak, self._owner, logits)
        mass = np.exp(logits - peak[self._owner])
        total = np.bincount(self._owner, mass, minlength=self._count)
        at, owner = self._right.T
        good = np.bincount(owner, mass[at], minlength=self._count)
        loss = float(np.mean(np.log(total) - np.log(np.maximum(good, 1e-300))))
        slope = mass / total[self._owner]
        np.subtract.at(slope, at, mass[at] / np.maximum(good[owner], 1e-300))
        gradient: Matrix = self._rows[row].T @ (SHARPNESS * slope / self._count).astype(np.float32)
        return loss, gradient

    def ranks(self, weights: Matrix) -> Ranks:
        """(questions,) how many units stand before the best right one; ties count half."""
        best, _ = self.best(weights)
        at, owner = self._right.T
        right = np.full(self._count, -np.inf, dtype=np.float32)
        np.maximum.at(right, owner, best[at])
        others = np.ones(len(best), dtype=bool)
        others[at] = False
        before = (best > right[self._owner]) & others
        tied = (best == right[self._owner]) & others
        ahead = np.bincount(self._owner, before + tied / 2, minlength=self._count)
        return ahead.astype(np.float64)
