"""The store: one SQLite file with every record, the only truth of the index.

A reader opens its file as immutable, so it takes no lock, writes nothing and keeps what it saw
even after the file was unlinked.  Lexical and dense index know a passage by its `pid`, which is
never used twice.
"""

# ruff: noqa: S608 - SQL is put together from our own table and column names, never from input

import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from index import rows
from index.backend import PassageKey, StoredPassage
from ingest.errors import CorruptIndexError, UnknownDocumentError
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Reference,
    Responsibility,
    Target,
)

_COUNTED = ("documents", "clauses", "passages", "responsibilities", "targets", "references")


class Indexable(NamedTuple):
    """What the lexical and dense index need of a passage."""

    pid: int
    document_id: str
    context: str
    text: str


class Store:
    """Reads of the store; thread-safe."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        mode = "rwc" if writable else "ro&immutable=1"
        uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
        self._path = path
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                uri, uri=True, check_same_thread=False, isolation_level=None
            )
        except sqlite3.OperationalError as error:
            if writable:
                raise
            raise self._corrupt(error) from error
        # close() is this finalizer: a store that was only forgotten is closed, too.
        self.close = weakref.finalize(self, self._connection.close)

    def schema(self) -> int:
        """The number of migrations this file has seen."""
        return int(self._rows("PRAGMA user_version")[0][0])

    def counts(self) -> dict[str, int]:
        """Rows per kind of record; documents include declared ones."""
        return {name: self._count(name) for name in _COUNTED}

    def last_pid(self) -> int:
        """The largest pid ever given, 0 before the first."""
        found = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        return int(found[0][0]) if found else 0

    def documents(self) -> list[DocumentInfo]:
        """Metadata of all documents, ordered by id."""
        found = self._rows(f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents ORDER BY id")
        return [rows.document_of(row) for row in found]

    def document(self, document_id: str) -> Document:
        """A held document, or UnknownDocumentError."""
        found = self._rows(
            f"SELECT {rows.DOCUMENT_COLUMNS}, text FROM documents JOIN texts "
            "ON document_id = id WHERE id = ?",
            document_id,
        )
        if not found:
            raise unknown(document_id)
        return Document(rows.document_of(found[0][:-1]), found[0][-1])

    def clauses(self, document_id: str) -> list[Clause]:
        """The outline in reading order."""
        found = self._of("clauses", rows.CLAUSE_COLUMNS, "ordinal", document_id)
        return [rows.clause_of(row) for row in found]

    def passages(self, document_id: str) -> list[StoredPassage]:
        """The passages of a document in reading order."""
        found = self._of("passages", rows.PASSAGE_COLUMNS, "ordinal", document_id)
        return self._with_text(found)

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage]:
        """The passages of `keys` in that order; UnknownDocumentError for one that is not there."""
        found: dict[PassageKey, StoredPassage] = {}
        for document_id in dict.fromkeys(key.document_id for key in keys):
            ordinals = {key.ordinal for key in keys if key.document_id == document_id}
            marks = ", ".join("?" * len(ordinals))
            for stored in self._with_text(
                self._rows(
                    f"SELECT {rows.PASSAGE_COLUMNS} FROM passages "
                    f"WHERE document_id = ? AND ordinal IN ({marks})",
                    document_id,
                    *ordinals,
                )
            ):
                found[PassageKey(document_id, stored.passage.ordinal)] = stored
        missing = next((key for key in keys if key not in found), None)
        if missing is not None:
            raise unknown(f"{missing.document_id} 第 {missing.ordinal} 段")
        return [found[key] for key in keys]

    def responsibilities(
        self, document_id: str | None = None, unit: str | None = None
    ) -> list[Responsibility]:
        """Responsibilities in reading order, of one document or one printed unit or all."""
        found = self._facts("responsibilities", rows.RESPONSIBILITY_COLUMNS, document_id, unit)
        return [rows.responsibility_of(row) for row in found]

    def targets(self, document_id: str | None = None) -> list[Target]:
        """Targets in reading order."""
        found = self._facts("targets", rows.TARGET_COLUMNS, document_id)
        return [rows.target_of(row) for row in found]

    def references(self, document_id: str | None = None) -> list[Reference]:
        """References in reading order."""
        found = self._facts('"references"', rows.REFERENCE_COLUMNS, document_id)
        return [rows.reference_of(row) for row in found]

    def keys(self, pids: Collection[int]) -> dict[int, PassageKey]:
        """The key of each pid that is there."""
        found: dict[int, PassageKey] = {}
        wanted = list(pids)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT pid, document_id, ordinal FROM passages WHERE pid IN ({marks})"
            found.update((pid, PassageKey(*key)) for pid, *key in self._rows(sql, *some))
        return found

    def pids(self, documents: Collection[str] | None = None) -> list[int]:
        """The pids of all passages or of some documents, ascending."""
        if documents is None:
            return [pid for (pid,) in self._rows("SELECT pid FROM passages ORDER BY pid")]
        sql = "SELECT pid FROM passages WHERE document_id = ?"
        return sorted(pid for one in set(documents) for (pid,) in self._rows(sql, one))

    def indexable(self, after: int = 0) -> Iterator[Indexable]:
        """Passages with a pid above `after`, document by document."""
        found = self._rows(
            f"SELECT pid, {rows.PASSAGE_COLUMNS} FROM passages WHERE pid > ? ORDER BY pid", after
        )
        for _, same in groupby(found, itemgetter(1)):
            chosen = list(same)
            texts = self._with_text([row[1:] for row in chosen])
            for row, stored in zip(chosen, texts, strict=True):
                yield Indexable(row[0], row[1], stored.passage.context, stored.text)

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file: damage and orphan rows."""
        damage = [str(row[0]) for row in self._rows("PRAGMA integrity_check")]
        orphans = [
            f"{table} 有一行无主记录（上级表 {parent}）"
            for table, _, parent, _ in self._rows("PRAGMA foreign_key_check")
        ]
        return [line for line in damage if line != "ok"] + orphans

    def _count(self, table: str) -> int:
        return int(self._rows(f'SELECT count(*) FROM "{table}"')[0][0])

    def _of(self, table: str, columns: str, order: str, document_id: str) -> list[rows.Row]:
        self._expect_held(document_id)
        return self._rows(
            f"SELECT {columns} FROM {table} WHERE document_id = ? ORDER BY {order}", document_id
        )

    def _facts(
        self, table: str, columns: str, document_id: str | None, unit: str | None = None
    ) -> list[rows.Row]:
        if document_id is not None:
            self._expect_held(document_id)
        wanted = [("document_id = ?", document_id), ("unit = ?", unit)]
        given = [(condition, value) for condition, value in wanted if value is not None]
        where = " AND ".join(condition for condition, _ in given) or "1"
        return self._rows(
            f"SELECT {columns} FROM {table} WHERE {where} ORDER BY document_id, start, seq",
            *(value for _, value in given),
        )

    def _expect_held(self, document_id: str) -> None:
        if not self._rows("SELECT 1 FROM texts WHERE document_id = ?", document_id):
            raise unknown(document_id)

    def _with_text(self, found: list[rows.Row]) -> list[StoredPassage]:
        passages = [rows.passage_of(row) for row in found]
        texts = {
            one: self._rows("SELECT text FROM texts WHERE document_id = ?", one)[0][0]
            for one in {passage.document_id for passage in passages}
        }
        return [
            StoredPassage(passage, passage.span.of(texts[passage.document_id]))
            for passage in passages
        ]

    def _rows(self, sql: str, *values: Any) -> list[rows.Row]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.ProgrammingError):  # closed: a fault of the caller
                raise
            raise self._corrupt(error) from error

    def _corrupt(self, error: sqlite3.Error) -> CorruptIndexError:
        return CorruptIndexError(
            f"{self._path.name} 读取失败（{error}）",
            "完好的 SQLite 文件",
            "从备份恢复索引文件夹，或删除后用 `wence add` 重建",
        )


def unknown(document_id: str) -> UnknownDocumentError:
    """The error for a document, or a passage of it, that is not held."""
    return UnknownDocumentError(
        f"索引中没有 {document_id}", "索引中已有的文档", "用 `wence ls` 查看现有文档的 id"
    )
