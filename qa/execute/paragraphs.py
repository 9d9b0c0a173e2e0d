"""Cutting a clause to the room that there is: whole paragraphs, with the lead-in of their items.

Nothing is ever cut inside a sentence.
"""

import re
from itertools import pairwise

from ingest.patterns import pattern
from ingest.schema import Clause, Span
from ingest.sentences import sentences, trim
from qa.execute.reach import ROOM, Reach
from qa.question.orders import speaks_to_machine
from qa.retrieval.concepts import folded
from qa.retrieval.corpus import Corpus

TELLING = 8
"""A lead-in shorter than this (具体措施：) says nothing that its items need."""

CONTAINERS = frozenset({"文", "附件", "编", "分编", "章", "节"})
"""Kinds of clauses that hold others and are not told for one of them."""
OPENS = pattern(r"[:：]\s*$|(?:如下|下列[^。]{0,12}|以下[^。]{0,12})[:：]?\s*$")
"""The end of a lead-in."""
ITEM = pattern(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[㈠-㈩①-⑳]|\d{1,2}[.．、)）](?!\d)|[一二三四五六七八九十]+、|[一二三四五六七八九十]+是|[-•·●*])"
)
"""The mark at the beginning of an item."""


def own(corpus: Corpus, clause: Clause) -> Span:
    """What a clause says itself: heading and body, without the clauses below it."""
    text = corpus.text(clause.document_id)
    start = (
        min(clause.heading_span.start, clause.body.start) if len(clause.body) else clause.span.start
    )
    end = max(clause.heading_span.end, clause.body.end)
    return trim(text, Span(start, max(start, end)))


def lead_in(text: str, above: Clause) -> Span | None:
    """The last sentence of a clause's own words, where it opens a list."""
    if above.kind in CONTAINERS and not OPENS.search(above.body.of(text)):
        return None
    if len(above.body):
        if not OPENS.search(above.body.of(text)):
            return None
        last = sentences(text, above.body)[-1:]
        return last[0] if last and len(last[0]) >= TELLING else None
    return above.heading_span if OPENS.search(above.heading_span.of(text)) else None


def lead_before(text: str, body: Span, start: int) -> Span | None:
    """The lead-in of an item inside a body: the nearest sentence before it that opens a list."""
    for one in reversed(sentences(text, Span(body.start, start))):
        if OPENS.search(one.of(text)):
            return one
        if not ITEM.match(one.of(text)):
            return None
    return None


def paragraphs(text: str, body: Span, hit: Span, reach: Reach) -> Span:
    """Whole paragraphs of a long body around a place, as many as there is room for."""
    pieces = blocks(text, body, reach.room)
    if not pieces:
        return trim(text, body)
    at = next((i for i, p in enumerate(pieces) if p.end > hit.start), len(pieces) - 1)
    first = last = at
    room = reach.longest
    size = len(pieces[at])

    def fits(one: Span) -> bool:
        return size + len(one) <= room

    opened = OPENS.search(pieces[last].of(text)) or reach.whole_lists
    while opened and last + 1 < len(pieces) and fits(pieces[last + 1]):
        if last > at and not ITEM.match(pieces[last + 1].of(text)):
            break
        last += 1
        size += len(pieces[last])
    if reach.whole_lists:
        while first and ITEM.match(pieces[first].of(text)) and fits(pieces[first - 1]):
            first -= 1
            size += len(pieces[first])
    half = room // 2
    while size < half and last + 1 < len(pieces) and fits(pieces[last + 1]):
        last += 1
        size += len(pieces[last])
    while size < half and first and fits(pieces[first - 1]):
        first -= 1
        size += len(pieces[first])
    return trim(text, Span(pieces[first].start, pieces[last].end))


def blocks(text: str, body: Span, room: int) -> list[Span]:
    """The paragraphs of a body; one that is longer than `room` by its sentences."""
    found: list[Span] = []
    edges = (
        [body.start]
        + [body.start + m.end() for m in re.finditer("\n+", body.of(text))]
        + [body.end]
    )
    for start, end in pairwise(edges):
        one = trim(text, Span(start, end))
        if not len(one):
            continue
        found += [one] if len(one) <= room else sentences(text, one)
    return found


def without_orders(text: str, span: Span, hit: Span | None) -> Span:
    """The span without lines that speak to a program instead of stating policy."""
    if not speaks_to_machine(folded(span.of(text))):
        return span
    fine = [b for b in blocks(text, span, ROOM) if not speaks_to_machine(folded(b.of(text)))]
    if not fine:
        return span
    best = next((b for b in fine if hit is not None and b.end > hit.start), fine[0])
    first = last = fine.index(best)
    while last + 1 < len(fine) and not text[fine[last].end : fine[last + 1].start].strip():
        last += 1
    return Span(fine[first].start, fine[last].end)
