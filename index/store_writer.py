"""Writes to the store: one document in, one document out, nothing seen before it is published.

The file is a copy that nobody reads yet.  A kill leaves only a copy to throw away, so the copy
needs no journal, and whoever publishes it calls fsync once.
"""

# ruff: noqa: S608 - SQL is put together from our own table and column names, never from input

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from index import rows
from index.migrations import migrate
from index.store import Store, unknown
from ingest.schema import DocumentInfo, ParsedDocument


class WritableStore(Store):
    """A store that nobody reads yet; `finish` makes it ready to be published."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, writable=True)
        run = self._connection.execute
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run("PRAGMA secure_delete = ON")  # what is erased is overwritten with zeros
        run("PRAGMA foreign_keys = ON")
        self.removed: list[int] = []
        self.changed = migrate(self._connection) > 0
        run("BEGIN")

    def put(self, parsed: ParsedDocument) -> Literal["added", "replaced", "unchanged"]:
        """Write a checked document in place of any older one of its id."""
        document_id, digest = parsed.document.id, rows.digest(parsed)
        old = self._rows("SELECT held, digest FROM documents WHERE id = ?", document_id)
        if old and old[0][1] == digest:
            return "unchanged"
        if old:
            self._erase(document_id)
        self._insert_document(parsed.document.info, digest)
        self._insert("texts", "document_id, text", [(document_id, parsed.document.text)])
        self._insert("clauses", rows.CLAUSE_COLUMNS, map(rows.clause_row, parsed.clauses))
        self._insert("passages", rows.PASSAGE_COLUMNS, map(rows.passage_row, parsed.passages))
        for table, columns, found in (
            (
                "responsibilities",
                rows.RESPONSIBILITY_COLUMNS,
                [rows.responsibility_row(fact) for fact in parsed.responsibilities],
            ),
            ("targets", rows.TARGET_COLUMNS, [rows.target_row(fact) for fact in parsed.targets]),
            (
                '"references"',
                rows.REFERENCE_COLUMNS,
                [rows.reference_row(fact) for fact in parsed.references],
            ),
        ):
            numbered = [(seq, *row) for seq, row in enumerate(found)]
            self._insert(table, f"seq, {columns}", numbered)
        return "replaced" if old and old[0][0] else "added"

    def declare(self, info: DocumentInfo) -> None:
        """Record a document without text; one that is held already stays as it is."""
        old = self._rows(f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents WHERE id = ?", info.id)
        if old and (old[0][-1] or rows.document_of(old[0]) == info):
            return
        if old:
            self._erase(info.id)
        self._insert_document(info, "")

    def remove(self, document_id: str) -> None:
        """Erase a document with all that belongs to it, or UnknownDocumentError."""
        if not self._rows("SELECT 1 FROM documents WHERE id = ?", document_id):
            raise unknown(document_id)
        self._erase(document_id)

    def finish(self) -> None:
        """Commit, and give back the room of what was erased."""
        self._connection.execute("COMMIT")
        if self.removed:
            self._connection.execute("VACUUM")

    def _erase(self, document_id: str) -> None:
        self.removed += self.pids([document_id])
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self.changed = True

    def _insert_document(self, info: DocumentInfo, digest: str) -> None:
        columns = f"{rows.DOCUMENT_COLUMNS}, digest"
        self._insert("documents", columns, [(*rows.document_row(info), digest)])
        self.changed = True

    def _insert(self, table: str, columns: str, values: Iterable[rows.Row]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 1))
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
