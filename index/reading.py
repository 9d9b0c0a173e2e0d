"""Reads over all segments of a generation, as if they were one store.

A document counts in at most one segment, so lists are merged and nothing is found twice.  Ask the
largest segments first: most of what is looked for is there.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter

from index import dense, dictionary, lexical, ranking
from index.backend import Fields, Hit, PassageKey, StoredPassage
from index.dense import Vectors
from index.facts import FactQuery
from index.folding import fold_text
from index.generation import Generation
from index.holding import Holding
from index.names import stretches
from index.ranking import Scored
from index.segments import View
from index.store import unknown
from index.token_ids import Ids
from ingest.schema import Clause, Document, DocumentInfo, Fact

_REMEMBERED = 20_000
"""Passages whose place is kept in memory; about 4 MB."""


class Reader:
    """Reads of one generation; thread-safe."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.manifest = generation.manifest
        self._views = sorted(
            generation.views, key=lambda view: view.segment.counts["passages"], reverse=True
        )
        self._places: dict[PassageKey, tuple[View, int]] = {}

    @property
    def views(self) -> Sequence[View]:
        """What counts of the segments, the largest first."""
        return self._views

    @property
    def passage_count(self) -> int:
        """The number of passages that count."""
        return self.manifest.counts["passages"]

    def holder(self, document_id: str) -> View:
        """The segment that holds a document's text, or UnknownDocumentError."""
        for view in self._views:
            if view.holds(document_id):
                return view
        raise unknown(document_id)

    def documents(self) -> list[DocumentInfo]:
        """All documents, declared ones included, ordered by id."""
        found = [
            [info for info in view.store.documents() if info.id not in view.withdrawn]
            for view in self._views
        ]
        return list(merge(*found, key=attrgetter("id")))

    def holdings(self) -> list[Holding]:
        """All held documents with what tells them again."""
        return [
            one
            for view in self._views
            for one in view.store.holdings()
            if one.id not in view.withdrawn
        ]

    def info(self, document_id: str) -> DocumentInfo:
        """What is known of one document, a declared one included, or UnknownDocumentError."""
        for view in self._views:
            if document_id not in view.withdrawn and (found := view.store.state(document_id)):
                return found[0]
        raise unknown(document_id)

    def document(self, document_id: str) -> Document:
        """One held document with its text, or UnknownDocumentError."""
        return self.holder(document_id).store.document(document_id)

    def clause(self, document_id: str, ordinal: int) -> Clause:
        """One clause of a held document; UnknownDocumentError, or IndexError for its ordinal."""
        for view in self._views:
            if document_id not in view.withdrawn:
                found = view.store.clause(document_id, ordinal)
                if found is not None:
                    return found
        self.holder(document_id)
        raise IndexError(f"found ordinal {ordinal}, expected one of a clause of {document_id}")

    def clauses(self, document_id: str) -> list[Clause]:
        """The outline of a held document, or UnknownDocumentError."""
        return self.holder(document_id).store.clauses(document_id)

    def passages(self, document_id: str) -> list[StoredPassage]:
        """The passages of a held document, or UnknownDocumentError."""
        return self.holder(document_id).store.passages(document_id)

    def facts(self, wanted: FactQuery) -> list[Fact]:
        """The facts that are wanted in reading order, or UnknownDocumentError."""
        if wanted.document_id is not None:
            return self.holder(wanted.document_id).store.facts(wanted)
        found = [
            [fact for fact in view.store.facts(wanted) if fact.document_id not in view.withdrawn]
            for view in self._views
        ]
        return list(merge(*found, key=attrgetter("document_id")))

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage]:
        """The passages of `keys` in that order; UnknownDocumentError for one that is not there."""
        places = self._placed(keys)
        found: dict[int, StoredPassage] = {}
        for view, pids in _by_view(places):
            found.update(view.store.at(pids))
        return [found[pid] for _, pid in places]

    def token_ids(self, keys: Sequence[PassageKey]) -> list[Ids]:
        """The token ids of the passages of `keys`, or UnknownDocumentError."""
        places = self._placed(keys)
        found: dict[int, Ids] = {}
        for view, pids in _by_view(places):
            view.expect_cutter()
            found.update(zip(pids, view.token_ids.of(pids), strict=True))
        return [found[pid] for _, pid in places]

    def _placed(self, keys: Sequence[PassageKey]) -> list[tuple[View, int]]:
        """Where each passage is; those that a search found are known already."""
        known = self._places  # another thread may forget them meanwhile
        found = {key: known[key] for key in keys if key in known}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        for view in self._views:
            if not missing:
                break
            for key, pid in zip(missing, view.pids_of(missing), strict=True):
                if pid is not None:
                    found[key] = (view, pid)
            missing = [key for key in missing if key not in found]
        if missing:
            raise _no_passage(missing[0])
        return [found[key] for key in keys]

    def names_in(self, text: str) -> set[str]:
        """The names of the dictionary that a text holds, folded, also inside one another."""
        possible = stretches(fold_text(text))
        found = [view.store.known(possible, view.withdrawn) for view in self._views]
        return set[str]().union(*found)

    def names(self) -> dict[str, int]:
        """How many different names the dictionary has, by kind."""
        found = [view.store.names(view.withdrawn) for view in self._views]
        return dictionary.total(set[tuple[str, str]]().union(*found))

    def search_lexical(
        self, query: str, k: int, documents: Collection[str] | None, fields: Fields
    ) -> list[Hit]:
        """BM25 over the chosen fields, best first."""
        index = self.generation.lexical
        names = self.names_in(query)

        def fetch(limit: int) -> Sequence[Scored]:
            return index.search(query, limit, documents, fields, names)

        return ranking.best(fetch, self.keys, k, lexical.TOLERANCE)

    def search_dense(self, vector: Vectors, k: int, documents: Collection[str] | None) -> list[Hit]:
        """Inner product, best first; every passage scores 0 against the zero vector."""
        if not vector.any() and documents is None:
            return self._unscored(k)

        def fetch(limit: int) -> Sequence[Scored]:
            found = [view.search_dense(vector, limit, documents) for view in self._views]
            return sorted((one for some in found for one in some), key=_best_first)[:limit]

        return ranking.best(fetch, self.keys, k, dense.TOLERANCE)

    def keys(self, pids: Sequence[int]) -> dict[int, PassageKey]:
        """The key of each of these pids."""
        found: dict[int, PassageKey] = {}
        for view in self._views:
            first, last = view.segment.first_pid, view.segment.last_pid
            inside = [pid for pid in pids if first <= pid <= last and pid not in found]
            if inside:
                here = view.store.keys(inside)
                found.update(here)
                self._remember(view, here)
            if len(found) == len(pids):
                break
        return found

    def _remember(self, view: View, found: Mapping[int, PassageKey]) -> None:
        """What was found is mostly read next; forgotten as a whole when it gets too much."""
        if len(self._places) > _REMEMBERED:
            self._places = {}
        self._places.update((key, (view, pid)) for pid, key in found.items())

    def _unscored(self, k: int) -> list[Hit]:
        ranking.expect_k(k)
        found: list[Iterator[PassageKey]] = [
            iter(view.store.first_keys(k, view.withdrawn)) for view in self._views
        ]
        return [Hit(key, 0.0) for key in islice(merge(*found), k)]


def _best_first(scored: Scored) -> tuple[float, int]:
    return -scored[1], scored[0]


def _no_passage(key: PassageKey) -> Exception:
    return unknown(f"{key.document_id} 第 {key.ordinal} 段")


def _by_view(places: Sequence[tuple[View, int]]) -> list[tuple[View, list[int]]]:
    """The pids of each view, every pid once."""
    found: dict[str, tuple[View, dict[int, None]]] = {}
    for view, pid in places:
        found.setdefault(view.name, (view, {}))[1][pid] = None
    return [(view, list(pids)) for view, pids in found.values()]
