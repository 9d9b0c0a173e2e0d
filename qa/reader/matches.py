"""Where the words of a question stand in the stretches of a text, for all stretches at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import StaticEncoder
from index.folding import fold_codes
from index.late_interaction import WordTable
from index.threads import one_thread_for_algebra
from qa.reader.question_kinds import Question
from qa.reader.segments import Numbers, Stretches

Matrix = npt.NDArray[np.float32]
Held = npt.NDArray[Any]
"""(stretches, terms) bool or float32: how far each stretch holds each term."""

_PAIR = np.uint64(1 << 21)
"""A code point has at most 21 bits; two fit into 64."""


class Matches:
    """`pairs` (n, pairs) bool; `soft` (n, pieces) float32; the rest (n,) float32.

    `share` is the share of a stretch's characters that the question's bigrams cover, `head` and
    `tail` how many characters stand before the first of them and after the last, `said` how far
    the question says the stretch's own words and `new` how much it does not say.
    """

    def __init__(
        self,
        text: str,
        cut: Stretches,
        question: Question,
        encoder: StaticEncoder,
        table: WordTable,
    ) -> None:
        origin = int(cut.starts[0])
        starts, ends = cut.starts - origin, cut.ends - origin
        self.texts = [
            text[a:b] for a, b in zip(cut.starts.tolist(), cut.ends.tolist(), strict=True)
        ]
        self.lengths: Matrix = (ends - starts).astype(np.float32)
        self._starts, self._ends = starts, ends
        self._codes = fold_codes(text[origin : int(cut.ends[-1])]).astype(np.uint64)
        self.pairs, matched = self._pairs(question)
        self.share: Matrix = self.count(matched) / self.lengths
        self.head, self.tail = _edges(matched, starts, ends)
        pieces = [row[(row > 0) & (row < len(table))] for row in encoder.ids(self.texts)]
        self.soft = table.matches(question.pieces, pieces)
        self.said, self.new = _answered(question, pieces, table)
        self.vectors = encoder.encode_ids(pieces)

    def count(self, marked: npt.NDArray[np.bool_]) -> Matrix:
        """(characters,) → (n,): how many characters of each stretch are marked."""
        total = np.concatenate([[0], np.cumsum(marked)])
        found: Matrix = (total[self._ends] - total[self._starts]).astype(np.float32)
        return found

    def characters(self, wanted: str) -> Matrix:
        """(n,): how many of these characters each stretch has."""
        return self.count(np.isin(self._codes, np.array([ord(c) for c in wanted], np.uint64)))

    def _pairs(self, question: Question) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """(n, pairs) which pairs each stretch holds; (characters,) which characters they cover."""
        size = len(self._codes)
        held = np.zeros((len(self._starts), len(question.pairs)), dtype=bool)
        matched = np.zeros(size, dtype=bool)
        if not question.pairs or size < 2:
            return held, matched
        wanted = np.array(
            [(ord(pair[0]) << 21) + ord(pair[1]) for pair in question.pairs], dtype=np.uint64
        )
        order = np.argsort(wanted)
        both = self._codes[:-1] * _PAIR + self._codes[1:]
        at = np.searchsorted(wanted[order], both).clip(max=len(wanted) - 1)
        places = np.flatnonzero(wanted[order][at] == both)
        owner = np.searchsorted(self._starts, places, side="right") - 1
        inside = places + 1 < self._ends[owner]
        places, owner = places[inside], owner[inside]
        held[owner, order[at[places]]] = True
        matched[places] = matched[places + 1] = True
        return held, matched


def together(held: Held, length: int) -> Held:
    """What each stretch and the `length - 1` before it hold together."""
    found = held.copy()
    for back in range(1, length):
        np.maximum(found[back:], held[:-back], out=found[back:])
    return found


def earlier(held: Held, group: Numbers) -> Held:
    """What the stretches before each one in its group hold together."""
    found = np.zeros_like(held)
    for row in range(1, len(held)):
        if group[row] == group[row - 1]:
            found[row] = np.maximum(found[row - 1], held[row - 1])
    return found


def _edges(matched: npt.NDArray[np.bool_], starts: Numbers, ends: Numbers) -> tuple[Matrix, Matrix]:
    """(n,) each: characters before the first matched one and after the last; all if none is."""
    size = len(matched)
    places = np.arange(size)
    upcoming = np.minimum.accumulate(np.where(matched, places, size)[::-1])[::-1]
    past = np.maximum.accumulate(np.where(matched, places, -1))
    head = np.minimum(upcoming[starts], ends) - starts
    tail = ends - 1 - np.maximum(past[ends - 1], starts - 1)
    return head.astype(np.float32), tail.astype(np.float32)


def _answered(
    question: Question, pieces: Sequence[npt.NDArray[np.uint16]], table: WordTable
) -> tuple[Matrix, Matrix]:
    count = len(pieces)
    said, new = np.zeros(count, np.float32), np.zeros(count, np.float32)
    lengths = np.array([len(row) for row in pieces])
    filled = np.flatnonzero(lengths)
    if not len(filled) or not len(question.pieces):
        return said, new
    words = np.concatenate([pieces[at] for at in filled.tolist()])
    one_thread_for_algebra()
    with np.errstate(invalid="ignore"):  # some kernels report lanes that hold nothing
        near = table.directions(words) @ table.directions(question.pieces).T
    best = near.max(axis=1).clip(0)
    weight = table.weights[words]
    starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
    total = np.add.reduceat(weight, starts)
    known = np.add.reduceat(weight * best, starts)
    said[filled] = known / np.maximum(total, 1e-6)
    new[filled] = np.log1p(np.maximum(total - known, 0))
    return said, new
