"""Query expansion by the thesaurus read by meaning: which groups a question means, found or not.

A lay phrase seldom stands in a question word for word.  A group of the thesaurus is meant where
late interaction finds one of its lay phrases in the question; each word of the question that the
phrase explains is then met by a text that has an official term of the group.  A term that every
text has tells none apart and counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import shipped_encoder
from index.late_interaction import default_table
from index.threads import one_thread_for_algebra
from qa import tables
from qa.concepts import MAX_LAY

Matrix = npt.NDArray[np.float32]

MEANT = 0.8
"""Share of a lay phrase's weight that a question must meet; chosen with GROUPS, STRENGTH and RARITY
from seven settings on citizens' questions (docs/experiments.md)."""
GROUPS = 6
"""Most groups that one question means."""
STRENGTH = 4
"""A group that is met to a share s counts s to this power."""
RARITY = 2
"""The same for how rare its official terms are among the texts that are compared."""
EXPLAINED = 0.5
"""Late interaction from which a word of a question is explained by a word of a lay phrase."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A group that a question means: its official terms, folded, and (words,) float32 in [0, 1],
    how far it explains each of the question's words."""

    officials: tuple[str, ...]
    explained: Matrix


class Thesaurus:
    """Lay phrases as word pieces, row by row, for all groups at once."""

    def __init__(self, groups: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
        """`groups` are (lay phrases, official terms), folded."""
        self._officials = [official for _, official in groups]
        phrases = [phrase for lay, _ in groups for phrase in lay]
        self._rows = {phrase: row for row, phrase in enumerate(phrases)}
        self._group = np.repeat(np.arange(len(groups)), [len(lay) for lay, _ in groups])
        table = default_table()
        cut = [ids[(ids > 0) & (ids < len(table))] for ids in shipped_encoder().ids(phrases)]
        longest = max(map(len, cut), default=0)
        pieces = np.zeros((len(cut), longest), dtype=np.int64)
        for row, ids in enumerate(cut):
            pieces[row, : len(ids)] = ids
        weights = np.where(pieces > 0, table.weights[pieces], 0).astype(np.float32)
        self._weights: Matrix = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
        words, place = np.unique(pieces, return_inverse=True)
        self._directions = table.directions(words)
        self._pieces = place.reshape(pieces.shape)

    def meant(self, text: str, asked: npt.NDArray[Any]) -> tuple[Meant, ...]:
        """The groups that a folded question means, the nearest first.

        `asked` are the question's different known word pieces.
        """
        if not len(asked) or not self._rows:
            return ()
        one_thread_for_algebra()
        with np.errstate(invalid="ignore"):  # some kernels report lanes that hold nothing
            similar = default_table().directions(asked) @ self._directions.T
        np.maximum(similar, 0.0, out=similar)
        met = (self._weights * similar.max(axis=0)[self._pieces]).sum(axis=1)
        met[self._said(text)] = 1.0
        order = np.argsort(-met, kind="stable")
        found: dict[int, Meant] = {}
        for row in order[: np.count_nonzero(met >= MEANT)].tolist():
            group = int(self._group[row])
            if group in found:
                continue
            own = self._pieces[row][self._weights[row] > 0]
            near = similar[:, own].max(axis=1, initial=0.0)
            explained = np.where(near >= EXPLAINED, near, 0) * met[row] ** STRENGTH
            found[group] = Meant(self._officials[group], explained.astype(np.float32))
            if len(found) == GROUPS:
                break
        return tuple(found.values())

    def _said(self, text: str) -> list[int]:
        """The rows of the phrases that stand in a text as they are."""
        pieces = {
            text[start : start + length]
            for start in range(len(text))
            for length in range(2, MAX_LAY + 1)
        }
        return sorted(self._rows[piece] for piece in pieces if piece in self._rows)


def bridged(meant: Sequence[Meant], held: Sequence[npt.NDArray[np.bool_]], empty: Matrix) -> Matrix:
    """(texts, words) float32 in [0, 1]: how far the groups meet each word of the question.

    `held` are (texts, official terms) for each group in `meant`: which text has which term;
    `empty` are zeros of the shape of the result.
    """
    found, texts = empty, len(empty)
    for one, has in zip(meant, held, strict=True):
        rarity = np.log((1 + texts) / (1 + has.sum(axis=0))) / np.log(1 + texts)
        reached = (has * rarity**RARITY).max(axis=1, initial=0.0).astype(np.float32)
        found = np.maximum(found, reached[:, None] * one.explained[None, :])
    return found


@cache
def shipped_thesaurus() -> Thesaurus:
    """The thesaurus of `qa/data/thesaurus.tsv`."""
    return Thesaurus(
        [
            (tuple(lay.lower().split("|")), tuple(official.lower().split("|")))
            for _, lay, official, *_ in tables.rows("thesaurus.tsv")
        ]
    )
