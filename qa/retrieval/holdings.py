"""What counts of all parts of the index, looked up without going through the corpus.

Each part has a catalogue that was made once; here what was withdrawn is left out, and what the
parts say is put together.  A document counts in one part only.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge

import numpy as np

from index.backend import Part
from index.folding import fold_text
from ingest.characters import chinese_number
from qa.retrieval.catalogue import Heading, catalogue
from qa.retrieval.labels import ClauseKey, Labels
from qa.retrieval.names import Places
from qa.retrieval.unit_index import Duties, First


class Shelf:
    """What counts of one part."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.catalogue = catalogue(part)
        self._alive = np.ones(len(self.catalogue.ids), bool) if part.withdrawn else None
        if self._alive is not None:
            rows = map(self.catalogue.row_of.get, part.withdrawn)
            self._alive[[row for row in rows if row is not None]] = False

    def counting(self, rows: Places) -> Places:
        """Those of some rows that count."""
        return rows if self._alive is None else rows[self._alive[rows]]

    @cached_property
    def held(self) -> Places:
        """The rows of the documents that count and whose text is here."""
        return self.counting(np.flatnonzero(self.catalogue.held))

    def counts(self, key: ClauseKey) -> bool:
        """Whether the document of a clause of this part counts."""
        return key[0] not in self.part.withdrawn

    @property
    def duties(self) -> Duties:
        """Which units the documents name, withdrawn ones included."""
        return self.catalogue.duties(self.part)

    @property
    def labels(self) -> Labels:
        """The clauses by what they are called, withdrawn ones included."""
        return self.catalogue.labels(self.part)


class Holdings:
    """The documents of one generation; `piece in holdings` tells whether it names one of them."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.shelves = [Shelf(part) for part in parts]

    def __contains__(self, piece: object) -> bool:
        """Whether the title, number, issuer or region of a held document has a folded piece."""
        if not isinstance(piece, str):
            return False
        for shelf in self.shelves:
            names = shelf.catalogue.names
            places = names.places(piece)
            if len(places) and len(shelf.counting(names.rows(places))):
                return True
        return not piece

    def bearing(self, piece: str) -> int:
        """How many held documents have a folded piece in their title, number, issuer or region."""
        found = 0
        for shelf in self.shelves:
            names = shelf.catalogue.names
            found += len(shelf.counting(names.rows(names.places(piece))))
        return found

    def __len__(self) -> int:
        """How many documents are held."""
        return sum(len(shelf.held) for shelf in self.shelves)

    @cached_property
    def length(self) -> int:
        """Code points of all held documents."""
        return sum(int(shelf.catalogue.lengths[shelf.held].sum()) for shelf in self.shelves)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The different regions of held documents, folded."""
        found = {
            str(region)
            for shelf in self.shelves
            for region in shelf.catalogue.regions[np.unique(shelf.catalogue.region_of[shelf.held])]
        }
        return tuple(sorted(fold_text(region) for region in found if region))

    def ids(self) -> Iterator[str]:
        """The held documents, in order."""
        return merge(*(map(s.catalogue.ids.__getitem__, s.held.tolist()) for s in self.shelves))

    def headings(self, document_id: str) -> dict[str, Sequence[Heading]]:
        """Where the headings of a held document are kept for as long as its part is open."""
        for shelf in self.shelves:
            if document_id in shelf.catalogue.row_of and document_id not in shelf.part.withdrawn:
                return shelf.catalogue.headings
        return {}

    @cached_property
    def years(self) -> frozenset[int]:
        """All years that held documents belong to."""
        return frozenset(
            year
            for shelf in self.shelves
            for year, rows in shelf.catalogue.years.items()
            if len(shelf.counting(rows))
        )

    def of_years(self, years: Iterable[int]) -> list[str]:
        """The held documents with one of these years in their titles or dates, in order."""
        nothing = np.zeros(0, np.int64)
        found: dict[str, None] = {}
        for year in years:
            for shelf in self.shelves:
                rows = shelf.counting(shelf.catalogue.said_years.get(year, nothing))
                found |= dict.fromkeys(map(shelf.catalogue.ids.__getitem__, rows.tolist()))
        return sorted(found)

    @cached_property
    def units(self) -> list[str]:
        """Every printed unit once, in order of first appearance."""
        first: First = {}
        for some, _ in self._duties:
            first |= {unit: min(place, first.get(unit, place)) for unit, place in some.items()}
        return sorted(first, key=first.__getitem__)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in which units are named."""
        return frozenset().union(*(roles for _, roles in self._duties))

    def titled(self, piece: str) -> Iterator[str]:
        """The held documents with this piece, folded, in their titles."""
        for shelf in self.shelves:
            names = shelf.catalogue.titles
            rows = shelf.counting(names.rows(names.places(piece)))
            yield from (shelf.catalogue.ids[row] for row in rows[shelf.catalogue.held[rows]])

    def labelled(self, label: str) -> ClauseKey | None:
        """The clause that a label names; of several, an article for 条, else a task (with units).

        Of those that are alike, the first one.
        """
        kind = label[-1] if label[-1:] in ("条", "章", "节") else ""
        number = chinese_number(label.removeprefix("第").removesuffix(kind))
        names = dict.fromkeys([label] if number is None else [label, str(number)])
        articles: list[ClauseKey] = []
        tasks: list[ClauseKey] = []
        others: list[ClauseKey] = []
        for shelf in self.shelves:
            if kind and number is not None:
                articles += filter(shelf.counts, shelf.labels.numbered(kind, number))
            called = [key for name in names for key in shelf.labels.called(name)]
            others += filter(shelf.counts, called)
            tasks += filter(shelf.duties.clauses.__contains__, filter(shelf.counts, called))
        return min(articles or tasks or others, default=None)

    @property
    def _duties(self) -> Iterator[tuple[First, frozenset[str]]]:
        return (shelf.duties.summed_up(shelf.part.withdrawn) for shelf in self.shelves)
