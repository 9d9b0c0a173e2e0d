"""Cross references: the provisions of its own document that a clause names.

违反本办法第五条第二款 is one; articles of other documents (《某法》第五条) are none.
`what` is the label as printed, `value` the ordinal of the clause that it points to: the item where
that is a clause, or the article.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.characters import CJK
from ingest.numbers.numerals import CHINESE_NUMBER, integer
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span

_N = rf"(?:{CHINESE_NUMBER}|\d{{1,3}})"
_LABEL = pattern(
    rf"第(?P<article>{_N})条(?:之{CHINESE_NUMBER})?(?:第{_N}款)?(?:第[（(]?(?P<item>{_N})[）)]?项)?"
)
_OWN = pattern(rf"(?:本[{CJK}]{{0,6}}|(?<![{CJK}])|[反照据合和及或至除与从对将按依有属由])$")
_LISTED = pattern("^(?:[、，,]|和|及|与|或者?|至|到)$")
_OTHER = pattern(r"》[^，,。；;\n]{0,40}$")


def crossrefs(text: str, clauses: Sequence[Clause]) -> list[Fact]:
    """The labels of all clauses that point into the document, in reading order."""
    labels = list(_labels(text, clauses))
    articles = _articles(clauses) if labels else {}
    if not articles:
        return []
    items = {
        (c.parent, integer(c.label.strip("()"))): c.ordinal
        for c in clauses
        if c.parent and c.label.startswith("(")
    }
    found: list[Fact] = []
    for clause, mark in labels:
        place = _nearest(articles.get(integer(mark["article"]) or 0, ()), clause.ordinal)
        if place is not None and mark["item"]:
            place = items.get((place, integer(mark["item"])), place)
        found.append(_fact(clause, Span(*mark.span()), mark[0], place))
    return found


def _labels(text: str, clauses: Sequence[Clause]) -> Iterator[tuple[Clause, re.Match[str]]]:
    """The labels that mean this document, each with the clause that says it."""
    for clause in clauses:
        own, last = True, -1
        for mark in _LABEL.finditer(text, clause.body.start, clause.body.end):
            goes_on = last >= 0 and _LISTED.match(text[last : mark.start()])
            own = own if goes_on else _is_own(text, clause.body.start, mark.start())
            last = mark.end()
            if own:
                yield clause, mark


def _fact(clause: Clause, span: Span, label: str, place: int | None) -> Fact:
    return Fact(
        *("crossref", clause.document_id, clause.ordinal, span, span),
        what=label,
        value=None if place is None else Decimal(place),
        target=clause.document_id,
    )


def _articles(clauses: Sequence[Clause]) -> Mapping[int, Sequence[int]]:
    """The ordinals of the articles by their number; several where several texts are printed."""
    found: dict[int, list[int]] = {}
    for clause in clauses:
        if clause.kind == "条" and "之" not in clause.label:
            number = integer(clause.label.removeprefix("第").removesuffix("条"))
            if number:
                found.setdefault(number, []).append(clause.ordinal)
    return found


def _nearest(places: Sequence[int], ordinal: int) -> int | None:
    return min(places, key=lambda place: abs(place - ordinal), default=None)


def _is_own(text: str, least: int, start: int) -> bool:
    """Whether the words before a label leave it to this document."""
    before = text[max(least, start - 44) : start]
    if before.endswith(tuple("》)）")):
        return False
    if own := _OWN.search(before):
        return own[0].startswith("本") or not _OTHER.search(before)
    return False
