"""A read-only view of the index as questions need it: clauses, facts and units by name.

Lookups are kept in memory for the life of one index generation.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from index.backend import PassageKey, SearchBackend, StoredPassage
from index.encoder import Encoder
from index.folding import fold_text
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Reference,
    Responsibility,
    Target,
)

ClauseKey = tuple[str, int]
"""A clause of the corpus: its document's id and its ordinal there."""


class Corpus:
    """The documents that questions are answered from."""

    def __init__(self, backend: SearchBackend, encoder: Encoder) -> None:
        self.backend = backend
        self.encoder = encoder
        self.document = lru_cache(maxsize=64)(self._document)
        self.clauses = lru_cache(maxsize=256)(self._clauses)
        self._parent_of = lru_cache(maxsize=256)(self._children)

    @cached_property
    def infos(self) -> dict[str, DocumentInfo]:
        """All documents by id, those not held included."""
        return {info.id: info for info in self.backend.documents()}

    @cached_property
    def held(self) -> list[DocumentInfo]:
        """The documents whose text is here."""
        return [info for info in self.infos.values() if info.held]

    @cached_property
    def duties(self) -> dict[ClauseKey, list[Responsibility]]:
        """Responsibility facts by clause, in reading order."""
        found: dict[ClauseKey, list[Responsibility]] = {}
        for fact in self.backend.responsibilities():
            found.setdefault((fact.document_id, fact.clause), []).append(fact)
        return found

    @cached_property
    def units(self) -> list[str]:
        """Every printed unit once, in order of first appearance."""
        return list(dict.fromkeys(f.unit for facts in self.duties.values() for f in facts))

    @cached_property
    def targets(self) -> dict[ClauseKey, list[Target]]:
        """Target facts by clause, in reading order."""
        found: dict[ClauseKey, list[Target]] = {}
        for fact in self.backend.targets():
            found.setdefault((fact.document_id, fact.clause), []).append(fact)
        return found

    @cached_property
    def references(self) -> list[Reference]:
        """Reference facts of all documents."""
        return self.backend.references()

    def _document(self, document_id: str) -> Document:
        return self.backend.document(document_id)

    def _clauses(self, document_id: str) -> Sequence[Clause]:
        return self.backend.clauses(document_id)

    def _children(self, document_id: str) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self.clauses(document_id):
            if clause.parent is not None:
                found.setdefault(clause.parent, []).append(clause)
        return found

    def clause(self, key: ClauseKey) -> Clause:
        """The clause of this key."""
        return self.clauses(key[0])[key[1]]

    def children(self, key: ClauseKey) -> list[Clause]:
        """The clauses directly below, in reading order."""
        return self._parent_of(key[0]).get(key[1], [])

    def text(self, document_id: str) -> str:
        """The text of a document as published."""
        return self.document(document_id).text

    def passages(self, keys: Sequence[PassageKey]) -> list[StoredPassage]:
        """The passages of these keys."""
        return self.backend.get(keys)

    def frequencies(self, terms: Sequence[str]) -> tuple[Sequence[int], int]:
        """In how many passages each folded term occurs, and how many passages there are."""
        return self.backend.frequencies(terms)

    def importance(self, words: Sequence[str]) -> Sequence[float]:
        """How much each word says in general, in [0, 1]; 1 where the encoder does not tell."""
        weigh = getattr(self.encoder, "importance", None)
        return [1.0] * len(words) if weigh is None else weigh(words).tolist()

    def mentions(self, words: str) -> bool:
        """Whether any document says these folded words, looked for among the best lexical hits."""
        hits = self.backend.search_lexical(words, 10)
        return any(words in fold_text(p.text) for p in self.passages([hit.key for hit in hits]))
