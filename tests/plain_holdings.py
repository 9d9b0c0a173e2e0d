"""What `qa.retrieval.holdings` looks up, the plain way: through documents, clauses and facts."""

import re
from collections.abc import Iterable, Iterator, Sequence

from index.backend import SearchBackend
from index.folding import fold_text
from ingest.characters import chinese_number
from ingest.references import title_key
from qa.retrieval.catalogue import Heading
from qa.retrieval.labels import ClauseKey


class PlainHoldings:
    """In place of `qa.retrieval.holdings.Holdings`."""

    def __init__(self, backend: SearchBackend) -> None:
        self._backend = backend
        self.infos = backend.documents()
        self.held = [info for info in self.infos if info.held]
        self._duties = backend.facts("duty")
        self.regions = tuple(sorted({fold_text(i.region) for i in self.held if i.region}))
        named = [w for i in self.held for w in (title_key(i.title), i.number, i.issuer)]
        self.background = fold_text("|".join([*named, *self.regions]))
        self.length = sum(info.length for info in self.held)
        self.units = list(dict.fromkeys(fact.who for fact in self._duties))
        self.roles = frozenset(fact.role for fact in self._duties)
        self.years = frozenset(
            year
            for info in self.held
            for year in (
                *(d.year for d in (info.issued, info.published, info.effective) if d),
                *map(int, re.findall(r"(?:19|20)\d{2}", info.title)),
            )
        )

    def __contains__(self, piece: object) -> bool:
        return isinstance(piece, str) and piece in self.background

    def bearing(self, piece: str) -> int:
        named = (
            fold_text("|".join((title_key(i.title), i.number, i.issuer, i.region)))
            for i in self.held
        )
        return sum(piece in one for one in named)

    def __len__(self) -> int:
        return len(self.held)

    def ids(self) -> Iterator[str]:
        return (info.id for info in self.held)

    def headings(self, document_id: str) -> dict[str, Sequence[Heading]]:
        return {}

    def of_years(self, years: Iterable[int]) -> list[str]:
        wanted = set(years)
        return [
            info.id
            for info in self.held
            if any(str(year) in info.title for year in wanted)
            or wanted & {d.year for d in (info.issued, info.published) if d}
        ]

    def titled(self, piece: str) -> Iterator[str]:
        return (i.id for i in self.held if piece in title_key(fold_text(i.title)))

    def labelled(self, label: str) -> ClauseKey | None:
        kind = label[-1] if label[-1:] in ("条", "章", "节") else ""
        number = chinese_number(label.removeprefix("第").removesuffix(kind))
        duties = {(fact.document_id, fact.clause) for fact in self._duties}
        found: list[tuple[int, ClauseKey]] = []
        for info in self.held:
            for clause in self._backend.clauses(info.id):
                if clause.kind in ("款", "落款", "正文"):
                    continue
                own = chinese_number(clause.label.removeprefix("第").removesuffix(clause.kind))
                same_kind = bool(kind) and clause.kind == kind and own == number is not None
                task = number is not None and clause.label == str(number)
                if clause.label == label or clause.path == label or same_kind or task:
                    key = (info.id, clause.ordinal)
                    found.append((0 if same_kind else 1 if key in duties else 2, key))
        return min(found)[1] if found else None


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
