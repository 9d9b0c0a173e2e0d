"""The narrow port between retrieval and whatever stores the passages.

`local.LocalIndex` is the embedded implementation; a server database can stand behind the same
port.  Scores say "higher is better"; a passage is named by `PassageKey`, never by an engine's own
row number.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np

from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Fact,
    FactKind,
    ParsedDocument,
    Passage,
)

Fields = Literal["both", "words", "bigrams"]
"""Which terms a lexical search goes by; each with its headings."""


class PassageKey(NamedTuple):
    """A passage of the index: its document and its ordinal there."""

    document_id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the score of one arm (higher is better)."""

    key: PassageKey
    score: float


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its own words: `text == document.text[span.start:span.end]`."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of one document that was given to `add`."""

    document_id: str
    title: str
    change: Literal["added", "replaced", "unchanged"]
    passages: int


class Listed(NamedTuple):
    """A document as a catalogue lists it; dates are ISO text or None, `length` in code points."""

    id: str
    title: str
    number: str
    issuer: str
    region: str
    issued: str | None
    published: str | None
    effective: str | None
    length: int
    held: bool


class Labelled(NamedTuple):
    """A clause by its label ("16", "第十六条") and its path ("二/(一)/16")."""

    document_id: str
    ordinal: int
    kind: str
    label: str
    path: str


class Duty(NamedTuple):
    """A unit that is responsible for a clause, and as what."""

    document_id: str
    clause: int
    unit: str
    role: str


class Part(Protocol):
    """Documents of the index that are read together; all but `withdrawn` never changes.

    What was prepared from a part can be kept for as long as generations name its `source`, so that
    a write costs a reader what was written and not the whole index.
    """

    @property
    def source(self) -> object:
        """Hashable and weakly referable: the same object for the same documents."""

    @property
    def withdrawn(self) -> Collection[str]:
        """The documents that do not count any more."""

    def listed(self) -> list[Listed]:
        """All documents, withdrawn and declared ones included, ordered by id."""

    def labels(self) -> list[Labelled]:
        """All clauses, by document and place."""

    def duties(self) -> list[Duty]:
        """All duties, by document and place."""


class SearchBackend(Protocol):
    """Add, delete and search; then read back the records that were found."""

    def add(self, documents: Iterable[ParsedDocument]) -> list[AddOutcome]:
        """Write documents; one with a known id replaces the old one.  All or nothing."""

    def declare(self, infos: Iterable[DocumentInfo]) -> None:
        """Record documents that are referred to but whose text is not held."""

    def delete(self, document_ids: Iterable[str]) -> None:
        """Withdraw documents; `UnknownDocumentError` if one is not there.

        On return it is durable and no read finds them; their bytes are gone after `compact(True)`.
        """

    def compact(self, full: bool = False) -> None:
        """Tidy up after many writes; with `full`, no byte of a withdrawn document remains.

        No record changes.  Statistics of the lexical arm may count withdrawn passages until then.
        """

    def search_lexical(
        self,
        query: str,
        k: int,
        *,
        documents: Collection[str] | None = None,
        fields: Fields = "both",
    ) -> list[Hit]:
        """BM25 over words and character bigrams, or over one of them, best first."""

    def search_dense(
        self, vector: np.ndarray, k: int, *, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """Inner product with a (dim,) float32 unit vector, best first."""

    def frequencies(self, terms: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each folded word or bigram occurs, and the number of passages."""

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage]:
        """The passages of these keys, in the order asked for."""

    def token_ids(self, keys: Sequence[PassageKey]) -> list[np.ndarray]:
        """(tokens,) uint16 for each key, in that order; read-only.

        What `index.encoder.shipped_encoder().ids` gives for the passage's headings and words;
        `encode_ids` makes vectors of them.
        """

    def documents(self) -> list[DocumentInfo]:
        """All documents, declared ones (`held` False) included, ordered by id."""

    def parts(self) -> Sequence[Part]:
        """The documents in parts, each document counting in one of them, the largest part first."""

    def info(self, document_id: str) -> DocumentInfo:
        """What is known of one document, a declared one included, or `UnknownDocumentError`."""

    def document(self, document_id: str) -> Document:
        """One held document with its text, or `UnknownDocumentError`."""

    def clause(self, document_id: str, ordinal: int) -> Clause:
        """One clause of a held document; `IndexError` if it has none of this ordinal."""

    def clauses(self, document_id: str) -> list[Clause]:
        """The outline of a document in reading order."""

    def passages(self, document_id: str) -> list[StoredPassage]:
        """The passages of a document in reading order."""

    def facts(
        self,
        kind: FactKind | None = None,
        *,
        document_id: str | None = None,
        clause: int | None = None,
        who: str | None = None,
        what: str | None = None,
    ) -> list[Fact]:
        """The facts that agree with everything given, by document and place.

        `who` and `what` are compared as printed.  `UnknownDocumentError` if the document is not
        held, ValueError for a clause without a document.
        """

    def snapshot(self) -> str:
        """The name of the generation that reads see; it changes with every write."""
