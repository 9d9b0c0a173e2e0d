"""A document as the store takes it: read if it is still a file, checked, made into rows."""

from typing import NamedTuple, Protocol

from index import validation
from index.rows import DocumentRows
from ingest.errors import ReadError
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


class Intake(Protocol):
    """Whoever gives documents and wants a say in each, in the order in which they were given.

    Both are called in the process that writes, when the document's turn has come; by then some
    more may have been asked for, since files are read ahead.
    """

    def read(self, made: Draft) -> Draft | None:
        """What to add of a document, None for nothing."""

    def unreadable(self, unread: Unread, error: ReadError) -> None:
        """Return if a file that can't be read may be left out, raise otherwise."""


def draft(given: Given) -> Draft:
    """The rows of what is given; raises what reading raises, and ReadError for a wrong record."""
    parsed = parse(given) if isinstance(given, Unread) else given
    validation.check(parsed)
    return Draft.of(parsed)
