"""Versions of one document that are held side by side: which one counts, and how they differ."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ingest.characters import without_spaces
from ingest.schema import Clause, DocumentInfo
from ingest.sentences import trim
from ingest.titles import name_keys
from qa.execute.reach import LIST_ROOM
from qa.execute.result import Comparison, Evidence, Provision, Side
from qa.execute.validity import ENDS, changes_of, standing
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus

_YEAR = re.compile(r"(?:19|20)\d{2}")


def family(info: DocumentInfo) -> str:
    """What all versions of a document are called: the title it goes by, without its year."""
    return re.sub(r"(?:19|20)\d{2}年?(?:度|版)?", "", name_keys(info.title)[-1])


def years(info: DocumentInfo) -> frozenset[int]:
    """The years by which one would tell a version: of title, number, entry into force, issue."""
    said = [int(year) for year in _YEAR.findall(f"{info.title} {info.number}")]
    days = (info.effective, info.issued) if not said else ()
    return frozenset([*said, *(day.year for day in days if day is not None)])


def outdated(
    corpus: Corpus, documents: Iterable[str], on: date, asked: Sequence[int] = ()
) -> frozenset[str]:
    """Those of some documents that another one of them takes the place of on a day.

    That one is another version, or repeals it.  A version of a year that is asked for counts.
    """
    some = list(dict.fromkeys(documents))
    families: dict[str, list[str]] = {}
    for document in some:
        families.setdefault(family(corpus.infos[document]), []).append(document)
    behind: set[str] = set()
    for versions in families.values():
        if len(versions) > 1:
            meant = [d for d in versions if years(corpus.infos[d]) & set(asked)]
            meant = meant or [d for d in versions if standing(corpus, d, on).state == "in_force"]
            behind |= set(versions) - set(meant) if meant else set()
    for document in some if len(some) > 1 else ():
        ends = [c for c in changes_of(corpus, document, ENDS) if c.when <= str(on)]
        if not asked and any(c.document_id in some for c in ends):
            behind.add(document)
    return frozenset(behind)


def compared(corpus: Corpus, plan: Plan, documents: Sequence[str]) -> Comparison | None:
    """Two versions, of the two years that a question names, provision by provision where they differ.

    None where no two versions of one document are of these years.
    """
    asked = sorted(plan.scope.years)
    if len(asked) != 2:
        return None
    of_year = {year: [d for d in documents if year in years(corpus.infos[d])] for year in asked}
    pairs = [
        (one, other)
        for one in of_year[asked[0]]
        for other in of_year[asked[1]]
        if one != other and family(corpus.infos[one]) == family(corpus.infos[other])
    ]
    return _differences(corpus, *pairs[0], asked) if pairs else None


def _differences(corpus: Corpus, old: str, new: str, asked: Sequence[int]) -> Comparison | None:
    room = LIST_ROOM
    sides: list[Side] = []
    before, after = _tops(corpus, old), _tops(corpus, new)
    for label in dict.fromkeys([*before, *after]):
        pair = [(old, before.get(label)), (new, after.get(label))]
        said = [without_spaces(c.span.of(corpus.text(d))) if c else "" for d, c in pair]
        if said[0] == said[1] or room <= 0:
            continue
        for year, (document, clause) in zip(asked, pair, strict=True):
            name = f"{year}年{label}"
            if clause is None:
                continue
            one = Provision((document, clause.ordinal), trim(corpus.text(document), clause.span))
            sides.append(Side(name, Evidence((one,), 1.0, True)))
            room -= one.length
    return Comparison(tuple(sides)) if sides else None


def _tops(corpus: Corpus, document: str) -> dict[str, Clause]:
    """The provisions of a document that are compared: its articles, or else its highest parts."""
    clauses = [c for c in corpus.clauses(document) if c.ordinal and c.label]
    some = [c for c in clauses if c.kind == "条"] or [c for c in clauses if c.parent == 0]
    return {c.label: c for c in some}
