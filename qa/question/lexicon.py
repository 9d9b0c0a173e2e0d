"""What understanding a question needs to know of the corpus: its words and names, nothing else."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from ingest.schema import DocumentInfo


class Printed(Protocol):
    """A heading, folded."""

    @property
    def folded(self) -> str:
        """The heading in its folded form."""


class Sized(Protocol):
    """The documents held, as far as their size counts."""

    @property
    def length(self) -> int:
        """Code points of all held documents."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of held documents, folded."""


class Lexicon(Protocol):
    """Names and words of a corpus; `qa.retrieval.corpus.Corpus` is one."""

    @property
    def holdings(self) -> Sized:
        """The documents as a whole."""

    @property
    def held(self) -> Sequence[DocumentInfo]:
        """The documents whose text is here."""

    @property
    def infos(self) -> Mapping[str, DocumentInfo]:
        """What is known of each document."""

    @property
    def units(self) -> list[str]:
        """Every printed unit once."""

    def text(self, document_id: str) -> str:
        """The text of a document."""

    def headings(self, document_id: str) -> Sequence[Printed]:
        """The headings of a document."""

    def mentions(self, words: str) -> bool:
        """Whether any document says these folded words."""
