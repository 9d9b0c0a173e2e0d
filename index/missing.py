"""Documents that held ones name and that are not held, the most often named first."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.backend import SearchBackend
from index.titles import Named, Titles
from ingest.document_numbers import number_key
from ingest.schema import DocumentInfo, Fact
from ingest.titles import name_key


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that is not held: how often it is named, and by which documents (ids).

    `title` or `number` may be "", not both.  `source` is its address where sources.toml declares
    it, `declared` its id there.
    """

    title: str
    number: str
    count: int
    by: tuple[str, ...]
    declared: str = ""
    source: str = ""


def missing(index: SearchBackend) -> list[MissingDocument]:
    """What is named or declared and not held, by how often it is named, then by title."""
    infos = index.documents()
    held = Titles(info for info in infos if info.held)
    absent = [info for info in infos if not info.held]
    declared, entries = Titles(absent), {info.id: info for info in absent}
    named: dict[str, list[tuple[Named, Fact]]] = {info.id: [] for info in absent}
    for kind in ("reference", "amendment"):
        for fact in index.facts(kind):
            one = Named.by(fact)
            if (kind == "amendment" and fact.what) or held.meant(one):
                continue
            known = declared.meant(one)
            key = known[0] if known else name_key(one.title) or number_key(one.number)
            named.setdefault(key, []).append((one, fact))
    found = [_missing(some, entries.get(key)) for key, some in named.items()]
    return sorted(found, key=lambda one: (-one.count, one.title, one.number))


def _missing(some: Sequence[tuple[Named, Fact]], info: DocumentInfo | None) -> MissingDocument:
    """One document; a place that names it as a reference and as amended counts once."""
    places = {(fact.document_id, fact.span) for _, fact in some}
    title = info.title if info else next((n.title for n, _ in some if n.title != n.number), "")
    number = (
        info.number if info and info.number else next((n.number for n, _ in some if n.number), "")
    )
    return MissingDocument(
        title=title,
        number=number,
        count=len(places),
        by=tuple(dict.fromkeys(fact.document_id for _, fact in some)),
        declared=info.id if info else "",
        source=info.source if info else "",
    )
