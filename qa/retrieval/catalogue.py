"""What questions look up of one part of the index: names, years, units and labels.

A part never changes, so its catalogue is made once, when it is first asked for, and lives as long
as the part is open.  What was withdrawn since is left out by `qa.retrieval.holdings`.
"""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from index.backend import Listed, Part
from index.folding import fold_text
from ingest.references import title_key
from qa.retrieval.labels import Labels
from qa.retrieval.names import Names, Places
from qa.retrieval.unit_index import Duties


class Heading(NamedTuple):
    """A clause's heading as printed, and folded."""

    ordinal: int
    printed: str
    folded: str


Years = dict[int, Places]
"""The rows of the documents of each year, ascending."""

_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEAR_WITHIN = re.compile(r"(?=((?:19|20)[0-9]{2}))")  # 12022 holds 2022


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
        self.names = Names(list(_names(listed)), fold_text)
        """All that names a held document: title, number, issuer and region."""
        self.years = _years(listed, _YEAR, "issued", "published", "effective")
        """Years that held documents belong to."""
        self.said_years = _years(listed, _YEAR_WITHIN, "issued", "published")
        """Years by which held documents are meant."""
        self.headings: dict[str, Sequence[Heading]] = {}
        """The headings of documents that somebody asked for, by id."""
        self._duties: Duties | None = None
        self._labels: Labels | None = None

    def duties(self, part: Part) -> Duties:
        """Which units the documents name, and where."""
        if self._duties is None:  # another thread may make the same: no harm
            self._duties = Duties(part.duties())
        return self._duties

    def labels(self, part: Part) -> Labels:
        """The clauses by what they are called."""
        if self._labels is None:
            self._labels = Labels(part.labels(), self.row_of)
        return self._labels


def catalogue(part: Part) -> Catalogue:
    """The catalogue of a part, made on first use."""
    with _LOCK:
        found = _CATALOGUES.get(part.source)
        if found is None:
            found = _CATALOGUES[part.source] = Catalogue(part)
    return found


def _names(listed: Sequence[Listed]) -> Iterator[str]:
    keys = title_key("\0".join(one.title.replace("\0", "") for one in listed)).split("\0")
    for key, one in zip(keys, listed, strict=False):
        yield "|".join((key, one.number, one.issuer, one.region)) if one.held else ""


def _years(listed: Sequence[Listed], printed: re.Pattern[str], *dates: str) -> Years:
    """The years of held documents: those in their titles, and those of the dates named."""
    found: dict[int, set[int]] = {}
    dated = attrgetter(*dates)
    for row, one in enumerate(listed):
        if not one.held:
            continue
        for date in dated(one):
            if date is not None:
                found.setdefault(int(date[:4]), set()).add(row)
        if "19" in one.title or "20" in one.title:
            for year in printed.findall(one.title):
                found.setdefault(int(year), set()).add(row)
    return {year: np.array(sorted(rows), np.int64) for year, rows in found.items()}


_CATALOGUES: WeakKeyDictionary[object, Catalogue] = WeakKeyDictionary()
_LOCK = Lock()
