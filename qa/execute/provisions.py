"""How far a provision reaches: from the clause that search finds to what is told whole.

A clause is told with all its items; an item with its lead-in; of a clause too long to print, whole
paragraphs around what was found.  Nothing is ever cut inside a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span
from ingest.sentences import sentences, trim
from ingest.table_rows import rows
from qa.draft import ClauseKey
from qa.execute.result import Provision
from qa.question.orders import speaks_to_machine
from qa.retrieval.concepts import folded
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking

ROOM, MOST = 400, 3
"""Code points of all provisions together, unless one alone is longer, and how many there are."""

LIST_ROOM = 1600
"""Code points of a list that is asked for as a whole."""

SMALL = 260
"""A clause above the one that was found is told as a whole, if it is no longer than this."""

SCANT = 40
"""A clause shorter than this says little without its neighbours."""

ALONE = 120
"""A clause longer than this is no mere item of the list above it."""

TELLING = 8
"""A lead-in shorter than this (具体措施：) says nothing that its items need."""

LOOKED_AT = 10
NEAR, FAR = 0.7, 0.9
"""Share of the best score that a further provision needs, in the same document and in others."""

_CONTAINERS = frozenset({"文", "附件", "编", "章", "节"})
ROW = "行"
"""The kind of a row of a table, which is told with its header."""
_ITEM = frozenset({"(一)", "1.", "(1)", "1)", "①", "款", "项", "目"})
_OPENS = pattern(r"[:：]\s*$|(?:如下|下列[^。]{0,12}|以下[^。]{0,12})[:：]?\s*$")
_MARK = pattern(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[㈠-㈩①-⑳]|\d{1,2}[.．、)）](?!\d)|[一二三四五六七八九十]+、|[一二三四五六七八九十]+是|[-•·●*])"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How much is wanted: a list as a whole, and how many code points in all."""

    whole_lists: bool = False
    room: int = ROOM
    most: int = MOST


def choose(corpus: Corpus, ranking: Ranking, reach: Reach) -> tuple[Provision, ...]:
    """The provisions of the best clauses, the best first, within the room that there is."""
    found: list[Provision] = []
    room = reach.room
    if not ranking.clauses:
        return ()
    best = ranking.clauses[0]
    alone: list[Provision] = []
    for ranked in ranking.clauses[:LOOKED_AT]:
        share = NEAR if ranked.key[0] == best.key[0] else FAR
        if found and ranked.score < share * best.score:
            continue
        hit = ranked.passages[0].passage.span if ranked.passages else None
        one = provision(corpus, ranked.key, ranking, reach, hit)
        if any(covers(other, one) for other in found) or any(
            _beside(corpus, o, one) for o in alone
        ):
            continue
        if found and one.length > room:
            continue
        found = [other for other in found if not covers(one, other)]
        found.append(one)
        if not reach.whole_lists and singled_out(corpus, corpus.clause(one.key), ranking):
            alone.append(one)
        room = reach.room - sum(other.length for other in found)
        if len(found) == reach.most or room < SCANT:
            break
    return tuple(found)


def covers(one: Provision, other: Provision) -> bool:
    """Whether all that a provision tells is told by another one."""
    return one.key[0] == other.key[0] and one.span.covers(other.span)


def _beside(corpus: Corpus, one: Provision, other: Provision) -> bool:
    """Whether two provisions are items of one list."""
    first, second = corpus.clause(one.key), corpus.clause(other.key)
    return (
        one.key[0] == other.key[0] and first.parent == second.parent and first.kind == second.kind
    )


def singled_out(corpus: Corpus, clause: Clause, ranking: Ranking | None) -> bool:
    """Whether the question's words are those of one item of a list, and of none beside it."""
    if ranking is None or clause.parent is None or clause.kind not in (*_ITEM, ROW):
        return False
    text = corpus.text(clause.document_id)
    beside = [
        folded(c.span.of(text))
        for c in corpus.children((clause.document_id, clause.parent))
        if c.ordinal != clause.ordinal and c.kind == clause.kind
    ]
    if not beside:
        return False
    own_words = folded(clause.span.of(text))
    asked = [c for c in ranking.topic.concepts if len(c.word) > 1]
    mine = [c for c in asked if c.word in own_words]
    return any(all(c.word not in other for other in beside) for c in mine)


def provision(
    corpus: Corpus, key: ClauseKey, ranking: Ranking | None, reach: Reach, hit: Span | None = None
) -> Provision:
    """The provision that a clause belongs to; `hit` is the place in it that was found."""
    text = corpus.text(key[0])
    clause = corpus.clause(key)
    if reach.whole_lists or not (clause.kind == ROW or singled_out(corpus, clause, ranking)):
        clause = _whole(corpus, clause, ranking, reach)
    if clause.kind == ROW and (row := rows(text).get(clause.span.start)):
        head = Span(row.header[0].start, row.header[-1].end)
        return Provision((key[0], clause.ordinal), row.span, trim(text, head))
    span = _without_orders(text, trim(text, clause.span), hit)
    longest = LIST_ROOM if reach.whole_lists else reach.room
    lead = None
    if len(span) > longest:
        span = paragraphs(text, own(corpus, clause), hit or span, reach)
    elif len(span) < SCANT and clause.parent and clause.kind not in _ITEM:
        span = _with_neighbours(corpus, clause, span, reach.room)
    if clause.kind in _ITEM and clause.parent:
        lead = lead_in(text, corpus.clause((key[0], clause.parent)))
    elif not lead and span.start > clause.body.start and _MARK.match(text[span.start :]):
        lead = lead_before(text, clause.body, span.start)
    return Provision((key[0], clause.ordinal), span, lead)


def _without_orders(text: str, span: Span, hit: Span | None) -> Span:
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
    if above.kind in _CONTAINERS and not _OPENS.search(above.body.of(text)):
        return None
    if len(above.body):
        if not _OPENS.search(above.body.of(text)):
            return None
        last = sentences(text, above.body)[-1:]
        return last[0] if last and len(last[0]) >= TELLING else None
    return above.heading_span if _OPENS.search(above.heading_span.of(text)) else None


def lead_before(text: str, body: Span, start: int) -> Span | None:
    """The lead-in of an item inside a body: the nearest sentence before it that opens a list."""
    for one in reversed(sentences(text, Span(body.start, start))):
        if _OPENS.search(one.of(text)):
            return one
        if not _MARK.match(one.of(text)):
            return None
    return None


def paragraphs(text: str, body: Span, hit: Span, reach: Reach) -> Span:
    """Whole paragraphs of a long body around a place, as many as there is room for."""
    pieces = blocks(text, body, reach.room)
    if not pieces:
        return trim(text, body)
    at = next((i for i, p in enumerate(pieces) if p.end > hit.start), len(pieces) - 1)
    first = last = at
    room = LIST_ROOM if reach.whole_lists else reach.room
    size = len(pieces[at])

    def fits(one: Span) -> bool:
        return size + len(one) <= room

    opened = _OPENS.search(pieces[last].of(text)) or reach.whole_lists
    while opened and last + 1 < len(pieces) and fits(pieces[last + 1]):
        if last > at and not _MARK.match(pieces[last + 1].of(text)):
            break
        last += 1
        size += len(pieces[last])
    if reach.whole_lists:
        while first and _MARK.match(pieces[first].of(text)) and fits(pieces[first - 1]):
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


def _whole(corpus: Corpus, clause: Clause, ranking: Ranking | None, reach: Reach) -> Clause:
    """The clause to tell: the found one, or the one above it where that is short or the list."""
    while clause.parent:
        if any(f.role for f in corpus.duties.get((clause.document_id, clause.ordinal)) or ()):
            break  # a task with its own list of units is no part of its neighbours
        above = corpus.clause((clause.document_id, clause.parent))
        if above.kind in _CONTAINERS and not (reach.whole_lists and above.kind == "附件"):
            break
        if len(above.span) > (LIST_ROOM if reach.whole_lists else SMALL):
            break
        if len(above.span) > SMALL and (
            _stands_alone(clause) or not _is_list(corpus, above, ranking)
        ):
            break
        clause = above
    return clause


def _stands_alone(clause: Clause) -> bool:
    """Whether a clause says enough by itself to be no mere item of a list."""
    return len(clause.span) > ALONE


def _is_list(corpus: Corpus, above: Clause, ranking: Ranking | None) -> bool:
    """Whether several items of a clause were found, or it opens a list."""
    text = corpus.text(above.document_id)
    if _OPENS.search(above.body.of(text) or above.heading):
        return True
    below = {c.ordinal for c in corpus.children((above.document_id, above.ordinal))}
    keys = [r.key for r in ranking.clauses[:6]] if ranking else []
    return sum(k[0] == above.document_id and k[1] in below for k in keys) > 1


def _with_neighbours(corpus: Corpus, clause: Clause, span: Span, room: int) -> Span:
    """A scant clause with those that follow it under the same one, as far as there is room."""
    text = corpus.text(clause.document_id)
    siblings = corpus.children((clause.document_id, clause.parent or 0))
    at = next((i for i, c in enumerate(siblings) if c.ordinal == clause.ordinal), len(siblings))
    for following in siblings[at + 1 :]:
        wider = trim(text, Span(span.start, following.span.end))
        if len(wider) > room // 2 or following.kind != clause.kind:
            break
        span = wider
    return span


def with_duties(corpus: Corpus, one: Provision) -> Provision:
    """The provision with the units that it, or else a clause above it, makes responsible."""
    document, ordinal = one.key
    inside = [
        fact
        for key, facts in corpus.duties.of(document).items()
        for fact in facts
        if one.span.covers(fact.span) and corpus.clause(key).ordinal >= ordinal
    ]
    if not inside:
        inside = duties_above(corpus, one.key)
    return replace(one, duties=tuple(inside))


def duties_above(corpus: Corpus, key: ClauseKey) -> list[Fact]:
    """The units of a clause, or of the nearest clause above that has any."""
    clause: Clause | None = corpus.clause(key)
    while clause is not None:
        if facts := corpus.duties.get((key[0], clause.ordinal)):
            return facts
        clause = corpus.clause((key[0], clause.parent)) if clause.parent is not None else None
    return []


def texts(corpus: Corpus, provisions: Sequence[Provision]) -> str:
    """The words of provisions, one under the other."""
    parts: list[str] = []
    for one in provisions:
        text = corpus.text(one.key[0])
        parts += [one.lead.of(text)] if one.lead else []
        parts.append(one.span.of(text))
    return "\n".join(parts)


__all__ = ["LIST_ROOM", "MOST", "ROOM", "Reach", "choose", "provision", "texts", "with_duties"]
