"""A read-only view of the index as questions need it: clauses, facts and units by name.

Nothing is read before it is asked for, and hardly anything as a whole: a question costs the same in
a large corpus.  What was read is kept for the life of one index generation, or longer
(`qa.retrieval.catalogue`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import overload

from index.backend import PassageKey, SearchBackend, StoredPassage
from index.encoder import Encoder
from index.errors import UnknownDocumentError
from index.folding import fold_text
from ingest.patterns import pattern
from ingest.references import title_key
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Fact,
)
from ingest.titles import name_keys, passed_on
from qa.draft import ClauseKey
from qa.retrieval.amended import Amended
from qa.retrieval.by_clause import ByClause
from qa.retrieval.catalogue import Heading
from qa.retrieval.concepts import folded
from qa.retrieval.holdings import Holdings

__all__ = ["ClauseKey", "Corpus"]


_TITLE = pattern("《[^》]*》")


class Infos(Mapping[str, DocumentInfo]):
    """What is known of each document, by id; to go through all of them reads them all, once."""

    def __init__(self, backend: SearchBackend) -> None:
        self._backend = backend
        self._one = lru_cache(maxsize=1024)(backend.info)

    def __getitem__(self, document_id: str) -> DocumentInfo:
        """One document; KeyError if it is not there."""
        try:
            return self._one(document_id)
        except UnknownDocumentError as error:
            raise KeyError(document_id) from error

    def __iter__(self) -> Iterator[str]:
        """The ids, in order."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many documents there are, those not held included."""
        return len(self._all)

    @cached_property
    def _all(self) -> dict[str, DocumentInfo]:
        return {info.id: info for info in self._backend.documents()}


class Held(Sequence[DocumentInfo]):
    """The documents whose text is here, by id; counted without reading them."""

    def __init__(self, holdings: Holdings, infos: Mapping[str, DocumentInfo]) -> None:
        self._holdings, self._infos = holdings, infos

    def __len__(self) -> int:
        """How many there are."""
        return len(self._holdings)

    @overload
    def __getitem__(self, place: int) -> DocumentInfo: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[DocumentInfo]: ...
    def __getitem__(self, place: int | slice) -> DocumentInfo | Sequence[DocumentInfo]:
        """A document, or some of them: only these are read, and the ids of those before."""
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return [self._infos[one] for one in islice(self._holdings.ids(), start, stop, step)]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self._infos[next(islice(self._holdings.ids(), place % len(self), None))]

    def __iter__(self) -> Iterator[DocumentInfo]:
        """All of them, which reads all."""
        return (info for info in self._infos.values() if info.held)


class Corpus:
    """The documents that questions are answered from."""

    def __init__(self, backend: SearchBackend, encoder: Encoder) -> None:
        self.backend = backend
        self.encoder = encoder
        self.document = lru_cache(maxsize=64)(self._document)
        self.clauses = lru_cache(maxsize=256)(self._clauses)
        self._folded = lru_cache(maxsize=256)(self._fold)
        self.infos: Mapping[str, DocumentInfo] = Infos(backend)
        self.duties = ByClause(lambda one: backend.facts("duty", document_id=one))
        self.figures = ByClause(lambda one: backend.facts("figure", document_id=one))
        self.cells = ByClause(lambda one: backend.facts("cell", document_id=one))
        self.dates = ByClause(lambda one: backend.facts("date", document_id=one))
        self.told_apart = lru_cache(maxsize=1024)(self._told_apart)
        self._one_clause = lru_cache(maxsize=4096)(backend.clause)
        self._item_numbers = lru_cache(maxsize=256)(self._numbers)
        self._parent_of = lru_cache(maxsize=256)(self._children)

    @cached_property
    def holdings(self) -> Holdings:
        """Names, years, units and labels of all documents, for looking them up."""
        return Holdings(self.backend.parts())

    @cached_property
    def held(self) -> Sequence[DocumentInfo]:
        """The documents whose text is here."""
        return Held(self.holdings, self.infos)

    @property
    def units(self) -> list[str]:
        """Every printed unit once, in order of first appearance."""
        return self.holdings.units

    def duties_of(self, units: Iterable[str]) -> list[Fact]:
        """The duties of these printed units, by document and place."""
        found = [f for unit in dict.fromkeys(units) for f in self.backend.facts("duty", who=unit)]
        return sorted(found, key=lambda one: (one.document_id, one.span))

    def referring(self, title: str) -> list[Fact]:
        """Reference facts that name this title, in reading order."""
        return self._references.get(title_key(title), [])

    @property
    def referred(self) -> Iterable[str]:
        """The titles that documents refer to, as keys for comparing."""
        return self._references

    @cached_property
    def _references(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.backend.facts("reference"):
            found.setdefault(title_key(fact.what), []).append(fact)
        return found

    @cached_property
    def amended(self) -> Amended:
        """What documents do to others."""
        return Amended(self.backend.facts("amendment"))

    def _told_apart(self, document_id: str) -> str:
        info = self.infos[document_id]
        name = name_keys(info.title)[-1]
        piece = title_key(fold_text(passed_on(info.title) or info.title))
        some = (self.infos[d].title for d in self.holdings.titled(piece) if d != document_id)
        if not any(name_keys(title)[-1] == name for title in some):
            return ""
        day = info.effective or info.issued
        mark = info.number or (f"{day.year}年" if day else "")
        return f"（{mark}）" if mark else ""

    def _document(self, document_id: str) -> Document:
        return self.backend.document(document_id)

    def _clauses(self, document_id: str) -> Sequence[Clause]:
        return self.backend.clauses(document_id)

    def _numbers(self, document_id: str) -> Counter[str]:
        return Counter(
            one.label
            for one in self.clauses(document_id)
            if one.kind == "1." and not one.path.startswith("附件")
        )

    def _children(self, document_id: str) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self.clauses(document_id):
            if clause.parent is not None:
                found.setdefault(clause.parent, []).append(clause)
        return found

    def clause(self, key: ClauseKey) -> Clause:
        """The clause of this key, read alone; IndexError if its document has none of it."""
        return self._one_clause(*key)

    def headings(self, document_id: str) -> Sequence[Heading]:
        """The headings of a document in reading order, empty ones included."""
        known = self.holdings.headings(document_id)
        if document_id not in known:
            known[document_id] = [
                Heading(one.ordinal, one.heading, fold_text(one.heading))
                for one in self.clauses(document_id)
            ]
        return known[document_id]

    def children(self, key: ClauseKey) -> list[Clause]:
        """The clauses directly below, in reading order."""
        return self._parent_of(key[0]).get(key[1], [])

    def numbered_once(self, document_id: str, label: str) -> bool:
        """Whether a document numbers its items (1., 2., …) through, and not anew in each section.

        Items of attachments aside, which are another text.
        """
        numbers = self._item_numbers(document_id)
        return numbers[label] == 1 and max(numbers.values()) == 1

    def folded(self, document_id: str) -> str:
        """The title and the text of a document, folded, without white space."""
        return self._folded(document_id)

    def _fold(self, document_id: str) -> str:
        return folded(f"{self.infos[document_id].title}\n{self.text(document_id)}")

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

    def mentions(self, words: str, *, in_titles: bool = True) -> bool:
        """Whether any document says these folded words, looked for among the best lexical hits.

        Without `in_titles`, the titles that a document cites (《…》) do not count.
        """
        hits = self.backend.search_lexical(words, 10)
        some = self.passages([hit.key for hit in hits])
        found = (fold_text(f"{p.text}\n{p.passage.context}") for p in some)
        return any(words in (text if in_titles else _TITLE.sub(" ", text)) for text in found)
