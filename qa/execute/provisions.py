"""How far a provision reaches: from the clause that search finds to what is told whole.

A clause is told with all its items; an item with its lead-in; of a clause too long to print, whole
paragraphs around what was found.
"""

from collections.abc import Sequence

from ingest.schema import Clause, Span
from ingest.sentences import trim
from ingest.table_rows import rows
from qa.draft import ClauseKey
from qa.execute.paragraphs import (
    CONTAINERS,
    ITEM,
    OPENS,
    lead_before,
    lead_in,
    own,
    paragraphs,
    without_orders,
)
from qa.execute.reach import LIST_ROOM, Reach
from qa.execute.result import Provision
from qa.retrieval.concepts import folded
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking

SMALL = 260
"""A clause above the one that was found is told as a whole, if it is no longer than this."""

SCANT = 40
"""A clause shorter than this says little without its neighbours."""

ALONE = 120
"""A clause longer than this is no mere item of the list above it."""

ROW = "行"
"""The kind of a row of a table, which is told with its header."""
_ITEM = frozenset({"(一)", "1.", "(1)", "1)", "①", "款", "项", "目"})


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
    span = without_orders(text, trim(text, clause.span), hit)
    lead = None
    if len(span) > reach.longest:
        span = paragraphs(text, own(corpus, clause), hit or span, reach)
    elif len(span) < SCANT and clause.parent and clause.kind not in _ITEM:
        span = _with_neighbours(corpus, clause, span, reach.room)
    if clause.kind in _ITEM and clause.parent:
        lead = lead_in(text, corpus.clause((key[0], clause.parent)))
    elif not lead and span.start > clause.body.start and ITEM.match(text[span.start :]):
        lead = lead_before(text, clause.body, span.start)
    return Provision((key[0], clause.ordinal), span, lead)


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


def _whole(corpus: Corpus, clause: Clause, ranking: Ranking | None, reach: Reach) -> Clause:
    """The clause to tell: the found one, or the one above it where that is short or the list."""
    while clause.parent:
        if any(f.role for f in corpus.duties.get((clause.document_id, clause.ordinal)) or ()):
            break  # a task with its own list of units is no part of its neighbours
        above = corpus.clause((clause.document_id, clause.parent))
        if above.kind in CONTAINERS and not (reach.whole_lists and above.kind == "附件"):
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
    if OPENS.search(above.body.of(text) or above.heading):
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


def texts(corpus: Corpus, provisions: Sequence[Provision]) -> str:
    """The words of provisions, one under the other."""
    parts: list[str] = []
    for one in provisions:
        text = corpus.text(one.key[0])
        parts += [one.lead.of(text)] if one.lead else []
        parts.append(one.span.of(text))
    return "\n".join(parts)
