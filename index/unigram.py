"""The shipped tokenizer's cuts for many texts at once, with numpy: a third of the library's time.

Why beside `tokenizers`: cutting took a quarter of building an index.  The result is the same, id
for id: the same scores are added in the same order, and ties go to the same side.  What is rare
(a character outside the tables below, an endless run) is left to the library.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ids = npt.NDArray[np.uint16]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = tuple[Places, npt.NDArray[np.float64], Ids]
"""Where words begin, their scores and ids."""

_NORMALIZER = {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]}
_PRE_TOKENIZER = {
    "type": "Split",
    "pattern": {"Regex": "[^\\p{L}\\p{N}]+"},
    "behavior": "Removed",
    "invert": False,
}
_UNK_PENALTY = 10.0  # tokenizers' K_UNK_PENALTY: below the least score of the vocabulary
_RANGES = ((0x09, 0x0D), (0x20, 0x7E), (0xA0, 0xB7), (0xD7, 0xD7), (0x2000, 0x203B))
_MORE_RANGES = (
    *((0x2150, 0x217F), (0x2190, 0x25FF), (0x3000, 0x303E), (0x30FB, 0x30FB)),
    *((0x3400, 0x9FFF), (0xFF01, 0xFF5E)),
)
"""Where no two characters compose, so that each can be normalised alone."""

_RARE, _GAP = 0, 32
"""In the table: a character for the library, and one that parts runs."""

_LONGEST_RUN = 64  # code points; a longer one is left to the library


class Unigram:
    """Cuts texts as the tokenizer does that it was made `of`."""

    def __init__(self, tokenizer: Tokenizer, vocabulary: Sequence[tuple[str, float]], unk: int):
        self._unk = unk
        self._unk_score = min(score for _, score in vocabulary) - _UNK_PENALTY
        self._table = _table(tokenizer)
        nodes: dict[str, int] = {"": 0}
        for word, _ in vocabulary:
            for end in range(1, len(word) + 1):
                nodes.setdefault(word[:end], len(nodes))
        self._depth = max(map(len, nodes))
        self._score = np.full(len(nodes), -np.inf)
        self._id = np.full(len(nodes), unk, np.uint16)
        for number, (word, score) in enumerate(vocabulary):
            self._score[nodes[word]], self._id[nodes[word]] = score, number
        steps = [
            (nodes[word[:-1]] << 16 | ord(word[-1]), node)
            for word, node in nodes.items()
            if word and ord(word[-1]) < 0x10000
        ]
        self._roots = np.zeros(0x10000, np.int64)
        for step, node in steps:
            if step < 0x10000:
                self._roots[step] = node
        self._steps = _Steps(steps)

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Unigram | None:
        """The same cuts, or None for a tokenizer that is made otherwise."""
        made: dict[str, Any] = json.loads(tokenizer.to_str())
        model = made["model"]
        if (
            made["normalizer"] != _NORMALIZER
            or made["pre_tokenizer"] != _PRE_TOKENIZER
            or made["added_tokens"]
            or model["type"] != "Unigram"
            or model["unk_id"] is None
            or model.get("byte_fallback")
            or len({word for word, _ in model["vocab"]}) < len(model["vocab"])
            or len(model["vocab"]) > np.iinfo(np.uint16).max + 1
        ):
            return None
        return cls(tokenizer, [(word, score) for word, score in model["vocab"]], model["unk_id"])

    def cut(self, texts: Sequence[str]) -> list[Ids | None]:
        """The ids of each text's words; None where the library must be asked."""
        joined = "\n".join([*texts, ""])
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        letters = self._table[np.minimum(codes, 0xFFFF)]
        text_ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        rare = letters == _RARE
        gaps = rare | (letters == _GAP)
        here = np.arange(len(letters), dtype=np.int64)
        offsets = here - np.maximum.accumulate(np.where(gaps, here, -1)) - 1  # -1 on a gap
        rare |= offsets >= _LONGEST_RUN
        gaps |= rare
        offsets[gaps] = -1
        lengths, ids = self._best(letters, gaps, offsets)
        ends = _ends(lengths, offsets, gaps)
        long, found = lengths[ends], ids[ends]
        # Unknown characters that touch are one unknown word.
        again = np.zeros(len(ends), np.bool_)
        again[1:] = (
            (found[1:] == self._unk) & (found[:-1] == self._unk) & ((offsets[ends] - long)[1:] >= 0)
        )
        ends, found = ends[~again], found[~again]
        stops = np.searchsorted(ends, text_ends).tolist()
        asked = set(np.searchsorted(text_ends, np.flatnonzero(rare), side="right").tolist())
        starts = chain((0,), stops)
        return [
            None if number in asked else found[start:stop]
            for number, (start, stop) in enumerate(zip(starts, stops, strict=False))
        ]

    def _best(self, letters: Places, gaps: Flags, offsets: Places) -> tuple[Places, Ids]:
        """The length and the id of the word that ends at each place on the best way there."""
        till = np.full(len(letters) + 1, -np.inf)  # the best score of what ends before a place
        till[np.flatnonzero(offsets == 0)] = 0.0
        lengths = np.zeros(len(letters), np.int64)
        ids = np.full(len(letters), self._unk, np.uint16)
        words = self._words(letters, gaps)
        # By where they end in their run; each word begins where all shorter ways have ended.
        slices = []
        for length, (starts, scores, numbers) in words:
            last = (offsets[starts] + length - 1).astype(np.int16)
            order = np.argsort(last, kind="stable")
            bounds = np.searchsorted(last[order], np.arange(_LONGEST_RUN + 1)).tolist()
            slices.append((length, starts[order], scores[order], numbers[order], bounds))
        slices.reverse()  # ties go to the longer word
        for offset in range(int(offsets.max(initial=-1)) + 1):
            for length, starts, scores, numbers, bounds in slices:
                low, high = bounds[offset], bounds[offset + 1]
                if low == high:
                    continue
                first = starts[low:high]
                found = till[first] + scores[low:high]
                after = first + length
                better = found > till[after]
                after = after[better]
                till[after] = found[better]
                lengths[after - 1] = length
                ids[after - 1] = numbers[low:high][better]
        return lengths, ids

    def _words(self, letters: Places, gaps: Flags) -> list[tuple[int, Words]]:
        """All words of the vocabulary in the text, by their length."""
        places = np.flatnonzero(~gaps)
        nodes = self._roots[letters[places]]
        scores = self._score[nodes]
        scores[np.isneginf(scores)] = self._unk_score
        found = [(1, (places, scores, self._id[nodes]))]
        places, nodes = places[nodes > 0], nodes[nodes > 0]
        for length in range(2, self._depth + 1):
            nodes = self._steps.to(nodes << 16 | letters[places + length - 1])
            there = nodes > 0
            places, nodes = places[there], nodes[there]
            scores = self._score[nodes]
            whole = np.isfinite(scores)
            found.append((length, (places[whole], scores[whole], self._id[nodes[whole]])))
        return found


class _Steps:
    """From a node and a letter to the next node: a table by hash, at a third of a binary search.

    Keys are hashed by multiplying (Knuth, TAOCP vol. 3, 6.4) and go to the next free place.
    """

    _BITS = 18  # eight places or more for each step of the shipped vocabulary
    _FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 over the golden ratio

    def __init__(self, steps: Sequence[tuple[int, int]]) -> None:
        self._bits = max(self._BITS, len(steps).bit_length() + 2)
        keys = np.array([key for key, _ in steps], np.int64)
        taken: dict[int, tuple[int, int]] = {}
        for place, step in zip(self._places(keys).tolist(), steps, strict=True):
            while place in taken:
                place += 1
            taken[place] = step
        # The last keys may go past the end, so that no look-up ever goes round.
        self._keys = np.full(max([(1 << self._bits) - 1, *taken]) + 2, -1, np.int64)
        self._nodes = np.zeros(len(self._keys), np.int64)
        at = np.fromiter(taken, np.int64, len(taken))
        self._keys[at] = [key for key, _ in taken.values()]
        self._nodes[at] = [node for _, node in taken.values()]

    def to(self, keys: Places) -> Places:
        """The next nodes, 0 where there is none; as many as `keys`."""
        places = self._places(keys)
        found = self._keys[places]
        nodes = np.where(found == keys, self._nodes[places], 0)
        left = np.flatnonzero((found != keys) & (found >= 0))
        places = places[left]
        while len(left):
            places = places + 1
            found = self._keys[places]
            here = found == keys[left]
            nodes[left[here]] = self._nodes[places[here]]
            more = ~here & (found >= 0)
            left, places = left[more], places[more]
        return nodes

    def _places(self, keys: Places) -> Places:
        hashed = (keys.astype(np.uint64) * self._FACTOR) >> np.uint64(64 - self._bits)
        return hashed.astype(np.int64)


def _ends(lengths: Places, offsets: Places, gaps: Flags) -> Places:
    """The last places of all words, ascending."""
    is_end = np.zeros(len(gaps), np.bool_)
    ends = np.flatnonzero(~gaps[:-1] & gaps[1:])
    while len(ends):
        is_end[ends] = True
        ends = (ends - lengths[ends])[offsets[ends] >= lengths[ends]]
    return np.flatnonzero(is_end)


def _table(tokenizer: Tokenizer) -> npt.NDArray[np.int64]:
    """Code point to the one letter it is for the tokenizer, `_GAP` or `_RARE`; (65536,)."""
    codes = [
        code
        for low, high in (*_RANGES, *_MORE_RANGES)
        for code in range(low, high + 1)
        if not unicodedata.combining(chr(code))
    ]
    lines = {code: str(tokenizer.normalizer.normalize_str(chr(code))) for code in codes}
    together = "\n".join(lines.values())
    letters = {piece for piece, _ in tokenizer.pre_tokenizer.pre_tokenize_str(together)}
    table = np.full(0x10000, _RARE, np.int64)
    for code, line in lines.items():
        if line in letters and len(line) == 1 and ord(line) < 0x10000:
            table[code] = ord(line)
        elif letters.isdisjoint(line) and line not in letters:
            table[code] = _GAP
    return table
