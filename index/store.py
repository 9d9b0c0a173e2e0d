"""The store of one segment: a SQLite file with every record, the only truth of the index.

A reader opens its file as immutable, so it takes no lock, writes nothing and keeps what it saw
even after the file was unlinked.  Lexical and dense index know a passage by its `pid`, which is
never used twice.  What was withdrawn since is not the store's business: `segments.View` leaves it
out.
"""

# ruff: noqa: S608 - SQL is put together from our own table and column names, never from input

import json
import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import quote

from index import rows
from index.backend import Duty, PassageKey, StoredPassage
from index.errors import CorruptIndexError, UnknownDocumentError
from index.facts import DUTIES, FactQuery
from index.holding import SQL as HOLDINGS
from index.holding import Holding
from index.manifest import KINDS, REMEDY
from ingest.schema import Clause, Document, DocumentInfo, Fact, ParsedDocument

_MAPPED_BYTES = 128 << 20  # of the file read through a mapping: shared, but counted as resident
_MOST_VALUES = 500  # of one statement; SQLite may have been built for 999
_READ_AT_ONCE = 2_000


class Indexable(NamedTuple):
    """What the lexical and dense index need of a passage; `names` are those of its document."""

    pid: int
    document_id: str
    context: str
    text: str
    names: tuple[str, ...] = ()


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
        if not writable:
            self._rows(f"PRAGMA mmap_size = {_MAPPED_BYTES}")

    def schema(self) -> int:
        """The number of migrations this file has seen."""
        return int(self._rows("PRAGMA user_version")[0][0])

    def counts(self) -> dict[str, int]:
        """Rows per kind of record, by reading all of the file."""
        return {kind: self._rows(f'SELECT count(*) FROM "{kind}"')[0][0] for kind in KINDS}

    def counts_of(self, document_id: str) -> dict[str, int]:
        """Rows per kind of record that belong to one document, itself included."""
        of = {kind: "id" if kind == "documents" else "document_id" for kind in KINDS}
        return {
            kind: self._rows(
                f'SELECT count(*) FROM "{kind}" WHERE {of[kind]} = ?', document_id
            )[0][0]
            for kind in KINDS
        }  # fmt: skip

    def state(self, document_id: str) -> tuple[DocumentInfo, str] | None:
        """A document's metadata and digest ("" if it is only declared), None if it is not here."""
        sql = f"SELECT {rows.DOCUMENT_COLUMNS}, digest FROM documents WHERE id = ?"
        found = self._rows(sql, document_id)
        return (rows.document_of(found[0][:-1]), found[0][-1]) if found else None

    def documents(self) -> list[DocumentInfo]:
        """Metadata of all documents, ordered by id."""
        found = self._rows(f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents ORDER BY id")
        return [rows.document_of(row) for row in found]

    def holds(self, document_id: str) -> bool:
        """Whether the text of this document is here."""
        return bool(self._rows("SELECT 1 FROM texts WHERE document_id = ?", document_id))

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

    def clause(self, document_id: str, ordinal: int) -> Clause | None:
        """One clause, None if it is not here."""
        sql = f"SELECT {rows.CLAUSE_COLUMNS} FROM clauses WHERE document_id = ? AND ordinal = ?"
        found = self._rows(sql, document_id, ordinal)
        return rows.clause_of(found[0]) if found else None

    def clauses(self, document_id: str) -> list[Clause]:
        """The outline in reading order."""
        sql = f"SELECT {rows.CLAUSE_COLUMNS} FROM clauses WHERE document_id = ? ORDER BY ordinal"
        return [rows.clause_of(row) for row in self._rows(sql, document_id)]

    def passages(self, document_id: str) -> list[StoredPassage]:
        """The passages of a document in reading order."""
        sql = f"SELECT {rows.PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY ordinal"
        return [rows.passage_of(row) for row in self._rows(sql, document_id)]

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage | None]:
        """The passages of `keys` in that order, None for one that is not here."""
        sql = f"SELECT {rows.PASSAGE_COLUMNS} FROM passages WHERE document_id = ? AND ordinal = ?"
        return [None if row is None else rows.passage_of(row) for row in self._each(sql, keys)]

    def pids_of(self, keys: Sequence[PassageKey]) -> list[int | None]:
        """The pids of `keys` in that order, None for one that is not here."""
        sql = "SELECT pid FROM passages WHERE document_id = ? AND ordinal = ?"
        return [None if row is None else row[0] for row in self._each(sql, keys)]

    def facts(self, wanted: FactQuery) -> list[Fact]:
        """The facts that are wanted, by document and place."""
        sql, values = wanted.statement()
        return [rows.fact_of(row) for row in self._rows(sql, *values)]

    def duties(self) -> list[Duty]:
        """Who is responsible for which clause, by document and place."""
        return list(map(Duty._make, self._rows(DUTIES)))

    def holdings(self) -> list[Holding]:
        """All held documents with what tells them again, ordered by id."""
        return list(map(Holding._make, self._rows(HOLDINGS)))

    def columns(self, table: str, names: Sequence[str], order: str) -> list[rows.Row]:
        """Some columns of all rows of a table."""
        return self._rows(f'SELECT {", ".join(names)} FROM "{table}" ORDER BY {order}')

    def parsed(self, document_id: str) -> ParsedDocument:
        """A held document with all its records, or UnknownDocumentError."""
        return ParsedDocument(
            self.document(document_id),
            self.clauses(document_id),
            [stored.passage for stored in self.passages(document_id)],
            self.facts(FactQuery(document_id=document_id)),
        )

    def keys(self, pids: Collection[int]) -> dict[int, PassageKey]:
        """The key of each pid that is here."""
        sql = "SELECT pid, document_id, ordinal FROM passages WHERE pid IN"
        return {row[0]: PassageKey(*row[1:]) for row in self._among(sql, list(pids))}

    def at(self, pids: Sequence[int]) -> dict[int, StoredPassage]:
        """The passage of each pid that is here."""
        sql = f"SELECT pid, {rows.PASSAGE_COLUMNS} FROM passages WHERE pid IN"
        return {row[0]: rows.passage_of(row[1:]) for row in self._among(sql, pids)}

    def first_keys(self, count: int, but: Collection[str]) -> list[PassageKey]:
        """The first `count` keys in order, those of the documents `but` left out."""
        found: list[PassageKey] = []
        after: tuple[str, int] = ("", -1)
        sql = (
            "SELECT document_id, ordinal FROM passages WHERE (document_id, ordinal) > (?, ?) "
            "ORDER BY document_id, ordinal LIMIT ?"
        )
        while len(found) < count:
            some = self._rows(sql, *after, count + 100)
            found += [PassageKey(*row) for row in some if row[0] not in but]
            if len(some) < count + 100:
                break
            after = some[-1]
        return found[:count]

    def pids(self, documents: Collection[str] | None = None) -> list[int]:
        """The pids of all passages or of some documents, ascending."""
        if documents is None:
            return [pid for (pid,) in self._rows("SELECT pid FROM passages ORDER BY pid")]
        sql = "SELECT pid FROM passages WHERE document_id = ?"
        return sorted(pid for one in set(documents) for (pid,) in self._rows(sql, one))

    def indexable(self, after: int = 0) -> Iterator[Indexable]:
        """Passages with a pid above `after`, ascending."""
        sql = (
            "SELECT pid, document_id, context, text FROM passages WHERE pid > ? "
            f"ORDER BY pid LIMIT {_READ_AT_ONCE}"
        )
        of, names = "", cast(tuple[str, ...], ())
        while found := self._rows(sql, after):
            for pid, document_id, context, text in found:
                if document_id != of:  # a document's passages follow one another
                    of, names = document_id, tuple(n for n, _ in self.names_of(document_id))
                yield Indexable(pid, document_id, context, text, names)
            after = found[-1][0]

    def names_of(self, document_id: str) -> list[tuple[str, str]]:
        """The names that a document gives, with their kinds, ordered by name."""
        sql = "SELECT name, kind FROM names WHERE document_id = ? ORDER BY name"
        return self._rows(sql, document_id)

    def names(self, but: Collection[str]) -> set[tuple[str, str]]:
        """All names with their kinds, those of the documents `but` left out."""
        found = self._rows("SELECT DISTINCT name, kind, document_id FROM names")
        return {(name, kind) for name, kind, document_id in found if document_id not in but}

    def known(self, stretches: Sequence[str], but: Collection[str]) -> set[str]:
        """Which of some stretches of text are names of a document that is not one of `but`."""
        sql = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM names WHERE name = value)"
        found = {name for (name,) in self._rows(sql, json.dumps(list(stretches)))}
        of = "SELECT document_id FROM names WHERE name = ?"
        return {n for n in found if not but or any(d not in but for (d,) in self._rows(of, n))}

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file: damage and orphan rows."""
        damage = [str(row[0]) for row in self._rows("PRAGMA integrity_check")]
        orphans = [
            f"{table} 有一行无主记录（上级表 {parent}）"
            for table, _, parent, _ in self._rows("PRAGMA foreign_key_check")
        ]
        return [line for line in damage if line != "ok"] + orphans

    def _rows(self, sql: str, *values: Any) -> list[rows.Row]:
        with self._reading():
            return self._connection.execute(sql, values).fetchall()

    def _among(self, sql: str, pids: Sequence[int]) -> Iterator[rows.Row]:
        """The rows of some pids, in any order: one statement for hundreds of them."""
        for start in range(0, len(pids), _MOST_VALUES):
            some = pids[start : start + _MOST_VALUES]
            yield from self._rows(f"{sql} ({','.join('?' * len(some))})", *some)

    def _each(self, sql: str, wanted: Sequence[rows.Row]) -> list[rows.Row | None]:
        """The one row of each of `wanted`: SQLite's planner scans the table for `(a, b) IN …`."""
        with self._reading():
            run = self._connection.execute
            return [run(sql, one).fetchone() for one in wanted]

    def _reading(self) -> "_Reading":
        return _Reading(self._lock, self._corrupt)

    def _corrupt(self, error: sqlite3.Error) -> CorruptIndexError:
        return CorruptIndexError(
            f"{self._path.name} 读取失败（{error}）", "完好的 SQLite 文件", REMEDY
        )


class _Reading:
    """One thread at the connection, and SQLite's errors in our words."""

    def __init__(self, lock: threading.Lock, corrupt: Any) -> None:
        self._lock, self._corrupt = lock, corrupt

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._lock.release()
        # ProgrammingError: the store was closed, a fault of the caller
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.ProgrammingError
        ):
            raise self._corrupt(error) from error


def unknown(document_id: str) -> UnknownDocumentError:
    """The error for a document, or a passage of it, that is not held."""
    return UnknownDocumentError(
        f"索引中没有 {document_id}", "索引中已有的文档", "用 `wence ls` 查看现有文档的 id"
    )
