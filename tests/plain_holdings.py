"""What `qa.retrieval.holdings` looks up, the plain way: through documents, clauses and facts."""

import re
from collections.abc import Iterator, Sequence

from index.backend import SearchBackend
from index.folding import fold_text
from ingest.references import title_key
from qa.retrieval.catalogue import Heading


class PlainHoldings:
    """In place of `qa.retrieval.holdings.Holdings`."""

    def __init__(self, backend: SearchBackend) -> None:
        self._backend = backend
        self.infos = backend.documents()
        self.held = [info for info in self.infos if info.held]
        self._duties = backend.facts("duty")
        self.regions = tuple(sorted({fold_text(i.region) for i in self.held if i.region}))
        self.length = sum(info.length for info in self.held)
        self.units = list(dict.fromkeys(fact.who for fact in self._duties))

    def __len__(self) -> int:
        return len(self.held)

    def ids(self) -> Iterator[str]:
        return (info.id for info in self.held)

    def headings(self, document_id: str) -> dict[str, Sequence[Heading]]:
        return {}

    def titled(self, piece: str) -> Iterator[str]:
        return (i.id for i in self.held if piece in title_key(fold_text(i.title)))


def document_meant(text: str, holdings: PlainHoldings) -> str | None:
    """In place of `qa.retrieval.titles.document_meant`."""
    key = title_key(text)
    infos = holdings.infos
    shares = {i.id: longest_common(key, title_key(fold_text(i.title))) for i in infos}
    best = max(shares.values(), key=len, default="")
    if len(best) < 5:
        return None
    meant = [i for i in infos if shares[i.id] == best]
    others = [i for i in infos if i not in meant]
    if any(best in title_key(fold_text(i.title)) for i in others):
        return None
    if len(meant) > 1:
        near = [i for i in meant if any(n in key for n in _region_names(i.region))]
        meant = near or meant
    if len(meant) > 1 and any(i.held for i in meant):
        return None
    return meant[0].id


def longest_common(one: str, other: str) -> str:
    """The longest common substring, of several the first in `one`."""
    best = ""
    for start in range(len(one)):
        while start + len(best) < len(one) and one[start : start + len(best) + 1] in other:
            best = one[start : start + len(best) + 1]
    return best


def _region_names(region: str) -> list[str]:
    last = re.findall("[^省市区县]+[省市区县]", fold_text(region))[-1:]
    return [n for area in last for n in (area, area[:-1]) if len(n) > 1]
