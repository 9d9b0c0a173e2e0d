"""Clauses by what they are called: 第十六条, 16, 一/(三).

Thousands of documents have an article 16, so only numbers are kept of each clause: which document,
which place, which label.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np

from index.backend import Labelled
from ingest.characters import chinese_number
from qa.draft import ClauseKey
from qa.retrieval.names import Places

N = TypeVar("N", bound=Hashable)

_UNLABELLED = frozenset(("款", "落款", "正文"))
"""Kinds of clauses that nobody names by a label."""


class Labels:
    """The labelled clauses of some documents; `row_of` gives each document's number."""

    def __init__(self, clauses: Sequence[Labelled], row_of: Mapping[str, int]) -> None:
        named = [one for one in clauses if one.kind not in _UNLABELLED]
        self._ids = list(row_of)
        self._by_label = _Groups([(one.kind, one.label) for one in named])
        longer = np.array([one.path != one.label for one in named], bool)
        self._by_path = _Groups([one.path for one in named if one.path != one.label])
        self._longer = np.flatnonzero(longer)
        self._rows = np.array([row_of[one.document_id] for one in named], np.int32)
        self._ordinals = np.array([one.ordinal for one in named], np.int32)
        self._numbers: dict[tuple[str, int], list[tuple[str, str]]] = {}
        self._kinds: dict[str, list[tuple[str, str]]] = {}
        for kind, label in self._by_label.names:
            self._kinds.setdefault(label, []).append((kind, label))
            number = chinese_number(label.removeprefix("第").removesuffix(kind))
            if number is not None:
                self._numbers.setdefault((kind, number), []).append((kind, label))

    def numbered(self, kind: str, number: int) -> Iterator[ClauseKey]:
        """The clauses of a kind (条, 章, 节) with this number, in reading order of each name."""
        for name in self._numbers.get((kind, number), ()):
            yield from self._keys(self._by_label.of(name))

    def called(self, label: str) -> Iterator[ClauseKey]:
        """The clauses with this label or path, each group in reading order."""
        for name in self._kinds.get(label, ()):
            yield from self._keys(self._by_label.of(name))
        yield from self._keys(self._longer[self._by_path.of(label)])

    def _keys(self, places: Places) -> Iterator[ClauseKey]:
        for place in places.tolist():
            yield self._ids[self._rows[place]], int(self._ordinals[place])


class _Groups(Generic[N]):
    """Places by name, in few numbers: those of one name stand together, ascending."""

    def __init__(self, named: Sequence[N]) -> None:
        self.names: dict[N, int] = {}
        codes = np.array([self.names.setdefault(one, len(self.names)) for one in named], np.int32)
        self._places = np.argsort(codes, kind="stable").astype(np.int32)
        self._starts = np.append(0, np.cumsum(np.bincount(codes, minlength=len(self.names))))

    def of(self, name: N) -> Places:
        number = self.names.get(name)
        if number is None:
            return np.zeros(0, np.int64)
        found = self._places[self._starts[number] : self._starts[number + 1]]
        return found.astype(np.int64)
