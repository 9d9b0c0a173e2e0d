"""Writes to the store of a new segment: nothing of it is seen before it is published.

Nobody reads the file yet, and a kill leaves only a file to throw away.  So it needs no journal,
and whoever publishes it calls fsync once.
"""

# ruff: noqa: S608 - SQL is put together from our own table and column names, never from input

import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import quote

from index import rows
from index.draft import Draft
from index.facts import FactQuery
from index.manifest import KINDS
from index.migrations import migrate
from index.rows import Row
from index.store import Store
from ingest.schema import DocumentInfo

_CACHE_KIB = 131_072  # holds the inner pages of a million passages
_COPIED = ("documents", "texts", *(kind for kind in KINDS if kind != "documents"))


class WritableStore(Store):
    """A store that nobody reads yet; `finish` makes it ready to be published."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, writable=True)
        run = self._connection.execute
        run("PRAGMA page_size = 8192")
        run("PRAGMA locking_mode = EXCLUSIVE")
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run("PRAGMA temp_store = MEMORY")
        run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        run("PRAGMA secure_delete = ON")  # what is erased is overwritten with zeros
        # foreign_keys stay off: doctor verifies them, here they would cost a look-up a row
        migrate(self._connection)
        run("BEGIN")
        self.erased = False

    def put(self, draft: Draft, first_pid: int) -> None:
        """Write a checked document whose id is not here; its passages get pids from `first_pid`."""
        made = draft.rows
        self._insert_document(made.document, draft.digest, draft.origin, draft.reading)
        self._insert("texts", "document_id, text", [(made.document[0], made.text)])
        self._insert("clauses", rows.CLAUSE_COLUMNS, made.clauses)
        numbered = [(pid, *row) for pid, row in enumerate(made.passages, start=first_pid)]
        self._insert("passages", f"pid, {rows.PASSAGE_COLUMNS}", numbered)
        numbered = [(seq, *row) for seq, row in enumerate(made.facts)]
        self._insert("facts", f"seq, {rows.FACT_COLUMNS}", numbered)
        self._insert("names", rows.NAME_COLUMNS, made.names)

    def declare(self, info: DocumentInfo) -> None:
        """Record a document without text whose id is not here."""
        self._insert_document(rows.document_row(info), "", "", "")

    def erase(self, document_id: str) -> None:
        """Take back a document that was put or declared before."""
        for table in _COPIED:
            of = "id" if table == "documents" else "document_id"
            self._connection.execute(f'DELETE FROM "{table}" WHERE {of} = ?', (document_id,))
        self.erased = True

    def copy(self, path: Path, but: Collection[str]) -> None:
        """Copy all records of another store, those of the documents `but` left out."""
        run = self._connection.execute
        run("COMMIT")
        run("ATTACH ? AS source", (f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1",))
        run("CREATE TEMP TABLE dead (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._connection.executemany("INSERT INTO dead VALUES (?)", [(one,) for one in set(but)])
        run("BEGIN")
        for table in _COPIED:
            of = "id" if table == "documents" else "document_id"
            names = [row[1] for row in run(f'PRAGMA main.table_info("{table}")')]
            columns = ", ".join(f'"{name}"' for name in names)
            run(
                f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM source."{table}" '
                f"WHERE {of} NOT IN (SELECT id FROM temp.dead)"
            )
        run("COMMIT")
        run("DROP TABLE temp.dead")
        run("DETACH source")
        run("BEGIN")

    def name_anew(self) -> None:
        """Find the names of all documents by the rules of this version."""
        self._connection.execute("DELETE FROM names")
        for info in self.documents():
            if info.held:
                held = self.document(info.id)
                facts = self.facts(FactQuery("duty", info.id))
                self._insert("names", rows.NAME_COLUMNS, rows.name_rows(held, facts))

    def finish(self) -> None:
        """Commit, and give back the room of what was erased."""
        self._connection.execute("COMMIT")
        if self.erased:
            self._connection.execute("VACUUM")

    def _insert_document(self, row: Row, *more: str) -> None:
        columns = f"{rows.DOCUMENT_COLUMNS}, digest, origin, reading"
        self._insert("documents", columns, [(*row, *more)])

    def _insert(self, table: str, columns: str, values: Iterable[Row]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 1))
        self._connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)


def connect_for_migration(path: Path) -> sqlite3.Connection:
    """A connection to a copy that nobody else reads."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection
