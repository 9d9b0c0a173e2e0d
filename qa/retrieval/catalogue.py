"""What questions look up of one part of the index: titles, headings and units.

A part never changes, so its catalogue is made once, when it is first asked for, and lives as long
as the part is open.  What was withdrawn since is left out by `qa.retrieval.holdings`.
"""

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from index.backend import Part
from index.folding import fold_text
from ingest.references import title_key
from qa.retrieval.names import Names
from qa.retrieval.unit_index import Duties


class Heading(NamedTuple):
    """A clause's heading as printed, and folded."""

    ordinal: int
    printed: str
    folded: str


class Catalogue:
    """Of all documents of a part, ordered by id; a row is a document's place in that order.

    It must not hold the part: what is kept for a part would keep the part, then.
    """

    def __init__(self, part: Part) -> None:
        listed = part.listed()
        self.ids = [one.id for one in listed]
        self.row_of = {document_id: row for row, document_id in enumerate(self.ids)}
        self.held = np.array([one.held for one in listed], bool)
        self.lengths = np.array([one.length for one in listed], np.int64)
        self.regions, self.region_of = np.unique(
            [one.region for one in listed], return_inverse=True
        )
        """The different regions (r,) and each document's (n,), as a number of them."""
        self.titles = Names([one.title for one in listed], lambda text: title_key(fold_text(text)))
        """The title of each document, for telling which one a question means."""
        self.headings: dict[str, Sequence[Heading]] = {}
        """The headings of documents that somebody asked for, by id."""
        self._duties: Duties | None = None

    def duties(self, part: Part) -> Duties:
        """Which units the documents name, and where."""
        if self._duties is None:  # another thread may make the same: no harm
            self._duties = Duties(part.duties())
        return self._duties


def catalogue(part: Part) -> Catalogue:
    """The catalogue of a part, made on first use."""
    with _LOCK:
        found = _CATALOGUES.get(part.source)
        if found is None:
            found = _CATALOGUES[part.source] = Catalogue(part)
    return found


_CATALOGUES: WeakKeyDictionary[object, Catalogue] = WeakKeyDictionary()
_LOCK = Lock()
