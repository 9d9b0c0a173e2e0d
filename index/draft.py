"""A document as the store takes it: read if it is still a file, checked, made into rows."""

from typing import NamedTuple

from index import validation
from index.rows import DocumentRows
from ingest.parse import Unread, parse
from ingest.schema import ParsedDocument

Given = ParsedDocument | Unread
"""What may be added to an index."""


class Draft(NamedTuple):
    """A document's rows and their digest."""

    rows: DocumentRows
    digest: str

    @classmethod
    def of(cls, parsed: ParsedDocument) -> "Draft":
        """The rows of a document that was checked before."""
        made = DocumentRows.of(parsed)
        return cls(made, made.digest())


def draft(given: Given) -> Draft:
    """The rows of what is given; raises what reading raises, and ReadError for a wrong record."""
    parsed = parse(given) if isinstance(given, Unread) else given
    validation.check(parsed)
    return Draft.of(parsed)
