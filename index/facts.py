"""Which facts are wanted, and the SQL that finds them by an index of the table.

The table's key is (document_id, start, seq), which is reading order; its indexes begin with the
kind, so a query that names no kind may ask for every kind.
"""

# ruff: noqa: S608 - SQL is put together from our own table and column names, never from input

from typing import NamedTuple

from index.rows import FACT_COLUMNS
from ingest.schema import FACT_KINDS, FactKind

ORDER = "ORDER BY document_id, start, seq"

DUTIES = f"SELECT document_id, clause, who, role FROM facts WHERE kind = 'duty' {ORDER}"
"""The columns of `index.backend.Duty`, of all duties."""


class FactQuery(NamedTuple):
    """Which facts: those that agree with everything that is not None."""

    kind: FactKind | None = None
    document_id: str | None = None
    clause: int | None = None
    who: str | None = None
    what: str | None = None

    def statement(self) -> tuple[str, list[object]]:
        """A statement for `index.rows.FACT_COLUMNS`, ordered by document and place; its values."""
        given = [(name, value) for name, value in self._asdict().items() if value is not None]
        conditions = [f"{name} = ?" for name, _ in given]
        values: list[object] = [value for _, value in given]
        if self.kind is None and (self.clause is not None or (given and self.document_id is None)):
            conditions.append(f"kind IN ({', '.join('?' * len(FACT_KINDS))})")
            values += FACT_KINDS
        # Left alone, SQLite goes through the document, which is in order already.
        index = "" if self.clause is None else "INDEXED BY facts_clause"
        where = " AND ".join(conditions) or "1"
        return f"SELECT {FACT_COLUMNS} FROM facts {index} WHERE {where} {ORDER}", values
