"""What tells whether a file is in the index already: one line for each held document."""

from typing import NamedTuple

SQL = (
    "SELECT id, title, number, length, sha256, origin, reading, "
    "(SELECT count(*) FROM passages WHERE document_id = documents.id) "
    "FROM documents WHERE held ORDER BY id"
)


class Holding(NamedTuple):
    """A held document: `length` in code points, `sha256` of its file's bytes, in hex.

    `origin` is where its file lay and `reading` the `ingest.fingerprint` of what was read; both
    are empty for documents that came otherwise.
    """

    id: str
    title: str
    number: str
    length: int
    sha256: str
    origin: str
    reading: str
    passages: int
