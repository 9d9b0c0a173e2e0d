"""What counts of all parts of the index, looked up without going through the corpus.

Each part has a catalogue that was made once; here what was withdrawn is left out, and what the
parts say is put together.  A document counts in one part only.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge

import numpy as np

from index.backend import Part
from index.folding import fold_text
from qa.retrieval.catalogue import Heading, catalogue
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

    @property
    def duties(self) -> Duties:
        """Which units the documents name, withdrawn ones included."""
        return self.catalogue.duties(self.part)


class Holdings:
    """The documents of one generation."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.shelves = [Shelf(part) for part in parts]

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
    def units(self) -> list[str]:
        """Every printed unit once, in order of first appearance."""
        first: First = {}
        for shelf in self.shelves:
            some = shelf.duties.first(shelf.part.withdrawn)
            first |= {unit: min(place, first.get(unit, place)) for unit, place in some.items()}
        return sorted(first, key=first.__getitem__)

    def titled(self, piece: str) -> Iterator[str]:
        """The held documents with this piece, folded, in their titles."""
        for shelf in self.shelves:
            names = shelf.catalogue.titles
            rows = shelf.counting(names.rows(names.places(piece)))
            yield from (shelf.catalogue.ids[row] for row in rows[shelf.catalogue.held[rows]])
