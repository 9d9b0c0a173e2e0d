"""A segment of the index as it is read: its files, and which of its documents still count.

Files are opened once and shared by the generations that name the segment, since they never change.
What was withdrawn differs between generations, so each has a `View` of its own.
"""

import weakref
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from index import dense
from index.backend import Duty, Labelled, Listed, PassageKey, StoredPassage
from index.dense import Bits, DenseIndex, Numbers
from index.encoder import shipped_encoder
from index.errors import CorruptIndexError, ForeignIndexError
from index.manifest import Segment
from index.migrations import SCHEMA
from index.ranking import Scored
from index.store import Store
from index.token_ids import TokenIds

T = TypeVar("T")

STORE = "store.sqlite"
DENSE = "dense.faiss"


class OpenSegment:
    """The opened files of a segment; `release` closes them when nobody else has them."""

    def __init__(self, folder: Path, segment: Segment, dim: int) -> None:
        self.folder = folder
        self.store = Store(folder / STORE)
        if self.store.schema() != SCHEMA:
            raise CorruptIndexError(
                f"{folder.name} 的数据结构是第 {self.store.schema()} 版",
                f"第 {SCHEMA} 版，如清单所写",
                "从备份恢复索引文件夹，或删除后用 `wence add` 重建",
            )
        self.dense = DenseIndex(folder / DENSE, dim, segment.dense)
        self.token_ids = TokenIds(folder)
        self._users: weakref.WeakSet[object] = weakref.WeakSet()

    def hold(self, user: object) -> None:
        """Keep the files open until `user` releases them or is gone."""
        self._users.add(user)

    def release(self, user: object) -> None:
        """Close the files unless another user holds them."""
        self._users.discard(user)
        if not self._users:
            self.store.close()
            self.dense.close()


class View:
    """The part of a segment that counts in one generation."""

    def __init__(self, opened: OpenSegment, segment: Segment) -> None:
        self.segment = segment
        self.opened = opened
        self.store = opened.store
        self.token_ids = opened.token_ids
        self.withdrawn = frozenset(segment.withdrawn)

    @property
    def name(self) -> str:
        """The name of the segment's folder."""
        return self.segment.name

    @property
    def source(self) -> OpenSegment:
        """What the views of one segment have in common."""
        return self.opened

    def listed(self) -> list[Listed]:
        """All documents, withdrawn and declared ones included, ordered by id."""
        return [
            Listed._make((*row[:-1], bool(row[-1])))
            for row in self.store.columns("documents", Listed._fields, "id")
        ]

    def labels(self) -> list[Labelled]:
        """All clauses, by document and place."""
        found = self.store.columns("clauses", Labelled._fields, "document_id, ordinal")
        return list(map(Labelled._make, found))

    def duties(self) -> list[Duty]:
        """All duties, by document and place."""
        return self.store.duties()

    def holds(self, document_id: str) -> bool:
        """Whether the text of this document is here and counts."""
        return document_id not in self.withdrawn and self.store.holds(document_id)

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage | None]:
        """The passages of `keys` in that order, None for one that does not count or is not here."""
        found = self.store.get(keys)
        return found if not self.withdrawn else self._counting(keys, found)

    def pids_of(self, keys: Sequence[PassageKey]) -> list[int | None]:
        """The pids of `keys` in that order, None for one that does not count or is not here."""
        found = self.store.pids_of(keys)
        return found if not self.withdrawn else self._counting(keys, found)

    def search_dense(
        self, vector: dense.Vectors, limit: int, documents: Collection[str] | None
    ) -> list[Scored]:
        """At most `limit` pids with their inner products, best first."""
        if documents is None:
            among = self._alive if self.withdrawn else None
            return self.opened.dense.search(vector, limit, among)
        pids = self.store.pids(set(documents) - self.withdrawn)
        if not pids:
            return []
        among = dense.bits(np.asarray(pids, np.int64), self.segment.last_pid + 1)
        return self.opened.dense.search(vector, min(limit, len(pids)), among, every=True)

    def expect_cutter(self) -> None:
        """Raise ForeignIndexError if another tokenizer than the shipped one made the token ids."""
        if self.segment.pieces != shipped_encoder().fingerprint:
            raise ForeignIndexError(
                f"{self.name} 的词片由 {self.segment.pieces} 切分",
                f"{shipped_encoder().fingerprint}（自带的编码器）",
                "用 `wence add` 写入一次，索引会随之重建",
            )

    @cached_property
    def dead(self) -> Numbers:
        """The pids of what was withdrawn, ascending."""
        return np.asarray(self.store.pids(self.withdrawn), np.int64)

    @cached_property
    def _alive(self) -> Bits:
        return dense.bits(
            self.token_ids.pids[~np.isin(self.token_ids.pids, self.dead)], self.segment.last_pid + 1
        )

    def _counting(self, keys: Sequence[PassageKey], found: list[T | None]) -> list[T | None]:
        return [
            None if key.document_id in self.withdrawn else one
            for key, one in zip(keys, found, strict=True)
        ]
