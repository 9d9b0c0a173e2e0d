"""A document as the store takes it: read if it is still a file, checked, made into rows."""

from typing import NamedTuple, Protocol

from index import validation
from index.rows import DocumentRows
from ingest.errors import ReadError
from ingest.fingerprint import fingerprint
from ingest.parse import Unread, parse
from ingest.schema import ParsedDocument

Given = ParsedDocument | Unread
"""What may be added to an index."""


class Draft(NamedTuple):
    """A document's rows and their digest, and by what its file is known again.

    `origin` is where the file lay, `reading` its `ingest.fingerprint`; both empty if there was no
    file.  `supersedes` is the id of another document in whose place this one comes, if any.
    """

    rows: DocumentRows
    digest: str
    origin: str = ""
    reading: str = ""
    supersedes: str = ""

    @property
    def document_id(self) -> str:
        """The id of the document."""
        return str(self.rows.document[0])

    @property
    def title(self) -> str:
        """The title of the document."""
        return str(self.rows.document[1])

    @property
    def number(self) -> str:
        """The number (文号) of the document, "" if it has none."""
        return str(self.rows.document[2])

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file's bytes, in hex."""
        return str(self.rows.document[13])

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
    if not isinstance(given, Unread):
        validation.check(given)
        return Draft.of(given)
    parsed = _parsed(given)
    validation.check(parsed)
    made = Draft.of(parsed)
    if not given.origin:
        return made
    reading = fingerprint(given.path.name, given.stated, parsed.document.info.sha256)
    return made._replace(origin=given.origin, reading=reading)


def _parsed(unread: Unread) -> ParsedDocument:
    """The records of a file; a fault of a reader is a failure of this file and of no other."""
    try:
        return parse(unread)
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        raise ReadError(
            f"{unread.path.name}解析时出错({type(error).__name__}: {error})",
            "本程序能解析的文件",
            "把文件和这句话一起报告",
        ) from error
