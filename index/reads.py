"""The reading side of the port over whatever generation is current."""

from collections.abc import Collection, Sequence

import numpy as np

from index import dense
from index.backend import Fields, Hit, Part, PassageKey, SearchBackend, StoredPassage
from index.facts import FactQuery
from index.holding import Holding
from index.reading import Reader
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Fact,
    FactKind,
)


class Reads(SearchBackend):
    """The read methods of `SearchBackend`; `_reader` is replaced when a write is published."""

    _reader: Reader

    def search_lexical(
        self,
        query: str,
        k: int,
        *,
        documents: Collection[str] | None = None,
        fields: Fields = "both",
    ) -> list[Hit]:
        """BM25, best first; statistics are of the whole index whatever `documents` says."""
        return self._reader.search_lexical(query, k, documents, fields)

    def search_dense(
        self, vector: np.ndarray, k: int, *, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """Inner product with a (dim,) vector, best first; ValueError for another shape."""
        now = self._reader
        return now.search_dense(dense.query(vector, now.manifest.encoder.dim), k, documents)

    def frequencies(self, terms: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each folded word or bigram occurs, and the number of passages.

        Withdrawn passages may count as such until they are compacted away.
        """
        now = self._reader
        count = now.passage_count
        return [min(count, n) for n in now.generation.lexical.frequencies(terms)], count

    def names(self) -> dict[str, int]:
        """How many different names the dictionary of the corpus has, by kind."""
        return self._reader.names()

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage]:
        """The passages in the order of `keys`; UnknownDocumentError if one is not there."""
        return self._reader.get(keys)

    def token_ids(self, keys: Sequence[PassageKey]) -> list[np.ndarray]:
        """Each passage's token ids by the shipped encoder's tokenizer: uint16, read-only.

        UnknownDocumentError if a passage is not there; ForeignIndexError if the token ids are of
        another version of the tokenizer.
        """
        return self._reader.token_ids(keys)

    def documents(self) -> list[DocumentInfo]:
        """All documents, declared ones included, ordered by id."""
        return self._reader.documents()

    def holdings(self) -> list[Holding]:
        """All held documents with what tells them again."""
        return self._reader.holdings()

    def parts(self) -> Sequence[Part]:
        """The segments, the largest first."""
        return self._reader.views

    def info(self, document_id: str) -> DocumentInfo:
        """What is known of one document, a declared one included, or UnknownDocumentError."""
        return self._reader.info(document_id)

    def document(self, document_id: str) -> Document:
        """One held document with its text, or UnknownDocumentError."""
        return self._reader.document(document_id)

    def clause(self, document_id: str, ordinal: int) -> Clause:
        """One clause of a held document; UnknownDocumentError, or IndexError for its ordinal."""
        return self._reader.clause(document_id, ordinal)

    def clauses(self, document_id: str) -> list[Clause]:
        """The outline of a held document in reading order, or UnknownDocumentError."""
        return self._reader.clauses(document_id)

    def passages(self, document_id: str) -> list[StoredPassage]:
        """The passages of a held document in reading order, or UnknownDocumentError."""
        return self._reader.passages(document_id)

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

        UnknownDocumentError if the document is not held, ValueError for a clause without one.
        """
        if clause is not None and document_id is None:
            raise ValueError(f"found clause {clause} of no document, expected its document_id, too")
        return self._reader.facts(FactQuery(kind, document_id, clause, who, what))

    def snapshot(self) -> str:
        """The name of the generation that reads see."""
        return self._reader.manifest.name
