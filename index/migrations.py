"""The tables of the store, as numbered steps that are only ever appended.

A step that has been released is never edited: the next change is the next step.  The number of
steps taken stands in SQLite's `user_version` and, as `schema`, in the manifest.
"""

import sqlite3
from collections.abc import Sequence

_FIRST = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, number TEXT NOT NULL, issuer TEXT NOT NULL,
    issued TEXT, published TEXT, effective TEXT, repealed TEXT,
    status TEXT NOT NULL, level TEXT NOT NULL, region TEXT NOT NULL, source TEXT NOT NULL,
    media_type TEXT NOT NULL, sha256 TEXT NOT NULL, length INTEGER NOT NULL,
    held INTEGER NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE texts (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, text TEXT NOT NULL
);
CREATE TABLE clauses (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, parent INTEGER, kind TEXT NOT NULL, rank INTEGER NOT NULL,
    label TEXT NOT NULL, path TEXT NOT NULL, heading TEXT NOT NULL, heading_path TEXT NOT NULL,
    heading_start INTEGER NOT NULL, heading_end INTEGER NOT NULL,
    body_start INTEGER NOT NULL, body_end INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
-- pid is the passage's number in the lexical and the dense index; never used twice.
CREATE TABLE passages (
    pid INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, clause INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL,
    UNIQUE (document_id, ordinal)
);
CREATE TABLE responsibilities (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, clause INTEGER NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    group_start INTEGER NOT NULL, group_end INTEGER NOT NULL, open_ended INTEGER NOT NULL,
    PRIMARY KEY (document_id, seq)
) WITHOUT ROWID;
CREATE INDEX responsibilities_unit ON responsibilities (unit);
CREATE TABLE targets (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, clause INTEGER NOT NULL, subject TEXT NOT NULL,
    comparator TEXT NOT NULL, value TEXT, unit TEXT NOT NULL, printed TEXT NOT NULL,
    deadline TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    PRIMARY KEY (document_id, seq)
) WITHOUT ROWID;
CREATE TABLE "references" (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, clause INTEGER NOT NULL, title TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, target TEXT,
    PRIMARY KEY (document_id, seq)
) WITHOUT ROWID;
"""

# Each passage with its own words, so that reading it does not read the whole document; pids are
# given by the writer, across segments.
_SECOND = """
CREATE TABLE passages_2 (
    pid INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, clause INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL, text TEXT NOT NULL
);
INSERT INTO passages_2
    SELECT pid, document_id, ordinal, clause, start, "end", context,
           substr(text, start + 1, "end" - start)
    FROM passages JOIN texts USING (document_id) ORDER BY pid;
DROP TABLE passages;
ALTER TABLE passages_2 RENAME TO passages;
CREATE UNIQUE INDEX passages_key ON passages (document_id, ordinal);
"""

# The names of each document, which are found anew whenever the rules of the terms change: an index
# that takes this step has other terms than this version makes, and is rebuilt.
_THIRD = """
CREATE TABLE names (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    name TEXT NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (document_id, name)
) WITHOUT ROWID;
CREATE INDEX names_name ON names (name);
"""

# One table of facts in place of three.  Dates are not among them until their document is added
# again, which replaces it, since its digest is another.
_FOURTH = """
CREATE TABLE facts (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, clause INTEGER NOT NULL,
    "end" INTEGER NOT NULL, group_start INTEGER NOT NULL, group_end INTEGER NOT NULL,
    who TEXT NOT NULL, role TEXT NOT NULL, what TEXT NOT NULL, value TEXT, measure TEXT NOT NULL,
    bound TEXT NOT NULL, "when" TEXT NOT NULL, open INTEGER NOT NULL, target TEXT,
    PRIMARY KEY (document_id, start, seq)
) WITHOUT ROWID;
INSERT INTO facts
    SELECT document_id, start, row_number() OVER (PARTITION BY document_id ORDER BY part, seq) - 1,
           kind, clause, "end", group_start, group_end, who, role, what, value, measure, bound,
           "when", open, target
    FROM (
        SELECT 1 AS part, document_id, start, seq, 'duty' AS kind, clause, "end", group_start,
               group_end, unit AS who, role, '' AS what, NULL AS value, '' AS measure,
               '' AS bound, '' AS "when", open_ended AS open, NULL AS target
        FROM responsibilities
        UNION ALL
        SELECT 2, document_id, start, seq, 'figure', clause, "end", sentence_start, sentence_end,
               '', '', subject, value, unit, comparator, deadline, 0, NULL
        FROM targets
        UNION ALL
        SELECT 3, document_id, start, seq, 'reference', clause, "end", start, "end",
               '', '', title, NULL, '', '', '', 0, target
        FROM "references"
    );
DROP TABLE responsibilities;
DROP TABLE targets;
DROP TABLE "references";
-- The key of the table is the tail of each index: what is found comes in reading order.
CREATE INDEX facts_who ON facts (kind, who);
CREATE INDEX facts_clause ON facts (kind, document_id, clause);
CREATE INDEX facts_what ON facts (kind, what);
"""

# Where the pages of a printed document begin, and whether its text was read from an image.
_FIFTH = """
ALTER TABLE documents ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN recognized INTEGER NOT NULL DEFAULT 0;
"""

# Where the file of a document lay and what its records follow from (`ingest.fingerprint`): by these
# the same file is known again.  Empty for documents that were added before.
_SIXTH = """
ALTER TABLE documents ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN reading TEXT NOT NULL DEFAULT '';
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH)
SCHEMA = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, steps: Sequence[str] = MIGRATIONS) -> int:
    """Take the steps that this store has not taken yet; returns how many were taken."""
    (taken,) = connection.execute("PRAGMA user_version").fetchone()
    for number, step in enumerate(steps[taken:], start=taken + 1):
        connection.executescript(step)
        connection.execute(f"PRAGMA user_version = {number}")
    return max(0, len(steps) - int(taken))
