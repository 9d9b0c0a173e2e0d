"""The one amount that a provision gives, so that those of several can be compared and added up."""

from ingest.schema import Fact
from qa.execute.result import Evidence, Side
from qa.retrieval.corpus import Corpus


def amounts(corpus: Corpus, sides: tuple[Side, ...]) -> list[Fact]:
    """An amount of every side, all of one measure; empty where a side has none or several."""
    found = [_amount(corpus, side) for side in sides]
    kept = [fact for fact in found if fact is not None]
    return kept if len(kept) == len(sides) and len({f.measure for f in kept}) == 1 else []


def _amount(corpus: Corpus, side: Side) -> Fact | None:
    if not isinstance(side.found, Evidence) or not side.found.provisions:
        return None
    one = side.found.provisions[0]
    if one.cell is not None:
        return one.cell if one.cell.value is not None else None
    facts = corpus.figures.of(one.key[0])
    inside = [f for some in facts.values() for f in some if one.span.covers(f.span)]
    return inside[0] if len(inside) == 1 and inside[0].value is not None else None
