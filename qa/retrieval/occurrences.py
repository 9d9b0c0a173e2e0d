"""How often each term of a question stands in each passage of a pile, counted all at once.

The passages are laid end to end and folded in one go; character grams are compared as numbers,
words are looked for in the whole.  Doing it passage by passage takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.folding import fold_codes

Counts = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint64]

_GAP = "\n"
_SHIFT = 21
"""Bits of a code point; two fit into 64 bits, three into 63."""
_SPACE = ord(" ")


class Pile:
    """Texts that are searched together; folded, white space taken out."""

    def __init__(self, texts: Sequence[str]) -> None:
        codes = fold_codes(_GAP.join(texts) + _GAP)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        owner = np.repeat(np.arange(len(texts)), lengths)
        gaps = np.cumsum(lengths) - 1
        codes = codes.copy()
        codes[gaps] = 0  # parts the texts: no term holds it
        kept = codes != _SPACE
        self._codes = codes[kept].astype(np.uint64)
        self._owner = owner[kept]
        self._text = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
        self.lengths: Counts = (np.bincount(self._owner, minlength=len(texts)) - 1).astype(
            np.float32
        )

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.lengths)

    def grams(self, grams: Sequence[str]) -> Counts:
        """(texts, grams) float32: how often each gram of two or three characters occurs.

        >>> Pile(["数据 数据", "据"]).grams(["数据"]).tolist()
        [[2.0], [0.0]]
        """
        found = np.zeros((len(self), len(grams)), dtype=np.float32)
        for size in (2, 3):
            columns = [place for place, gram in enumerate(grams) if len(gram) == size]
            if columns:
                found[:, columns] = self._grams([grams[column] for column in columns], size)
        single = [place for place, gram in enumerate(grams) if len(gram) == 1]
        if single:
            found[:, single] = self.words([grams[column] for column in single])
        return found

    def words(self, words: Sequence[str]) -> Counts:
        """(texts, words) float32: how often each folded word occurs; Latin ones only whole.

        >>> Pile(["建10个点", "建100个"]).words(["10", "个"]).tolist()
        [[1.0, 1.0], [0.0, 1.0]]
        """
        found = np.zeros((len(self), len(words)), dtype=np.float32)
        for column, word in enumerate(words):
            if word:
                found[:, column] = np.bincount(self._owner[self._places(word)], minlength=len(self))
        return found

    def _places(self, word: str) -> list[int]:
        if word.isascii():
            whole = rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
            return [match.start() for match in re.finditer(whole, self._text)]
        places, at = [], self._text.find(word)
        while at >= 0:
            places.append(at)
            at = self._text.find(word, at + len(word))
        return places

    def _grams(self, grams: Sequence[str], size: int) -> Counts:
        wanted = np.array([_number(gram) for gram in grams], dtype=np.uint64)
        order = np.argsort(wanted)
        shifted = self._codes[: len(self._codes) - size + 1]
        for step in range(1, size):
            shifted = (shifted << np.uint64(_SHIFT)) | self._codes[
                step : len(self._codes) - size + 1 + step
            ]
        place = np.searchsorted(wanted[order], shifted)
        place[place == len(wanted)] = 0
        hit = np.flatnonzero(wanted[order][place] == shifted)
        cell = self._owner[hit] * len(grams) + order[place[hit]]
        counts = np.bincount(cell, minlength=len(self) * len(grams))
        return counts.reshape(len(self), len(grams)).astype(np.float32)


def _number(gram: str) -> int:
    number = 0
    for character in gram:
        number = number << _SHIFT | ord(character)
    return number
