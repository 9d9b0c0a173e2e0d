"""What became of each file that was to be added."""

from dataclasses import dataclass
from typing import Literal

from ingest.errors import ReadError

Change = Literal["added", "replaced", "unchanged", "duplicate", "skipped", "failed"]
"""The last two have an error; what is skipped has no reader and was never opened."""
Relation = Literal["text", "near", "title"]
"""What another document has in common: its whole text, nearly all of it, its title."""


@dataclass(frozen=True, slots=True)
class Note:
    """Another document that a keeper may want to know of."""

    relation: Relation
    document_id: str
    title: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file; `file` is its path from what was given.

    `document_id` and `title` are of its document, the id empty where there is none: a duplicate's
    first note names the document that has its text.
    """

    file: str
    change: Change
    document_id: str = ""
    title: str = ""
    passages: int = 0
    error: ReadError | None = None
    notes: tuple[Note, ...] = ()

    @property
    def read(self) -> bool:
        """Whether the file could be read."""
        return self.change not in ("skipped", "failed")
