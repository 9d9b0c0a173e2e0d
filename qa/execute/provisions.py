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
    lead_before,
    lead_in,
    own,
    paragraphs,
    without_orders,
)
from qa.execute.reach import LIST_ROOM, Reach
from qa.execute.result import Provision
from qa.retrieval.corpus import Corpus

SMALL = 260
"""A clause above the one that was found is told as a whole, if it is no longer than this."""

ALONE = 120
"""A clause longer than this is no mere item of the list above it."""

ROW = "行"
"""The kind of a row of a table, which is told with its header."""
_ITEM = frozenset({"(一)", "1.", "(1)", "1)", "①", "款", "项", "目"})


def provision(corpus: Corpus, key: ClauseKey, reach: Reach, hit: Span | None = None) -> Provision:
    """The provision that a clause belongs to; `hit` is the place in it that was found."""
    text = corpus.text(key[0])
    clause = corpus.clause(key)
    if reach.whole_lists or clause.kind != ROW:
        clause = _whole(corpus, clause, reach)
    if clause.kind == ROW and (row := rows(text).get(clause.span.start)):
        return Provision((key[0], clause.ordinal), row.span, row.header)
    span = without_orders(text, trim(text, clause.span), hit)
    lead = None
    if len(span) > reach.longest:
        span = paragraphs(text, own(corpus, clause), hit or span, reach)
    if clause.kind in _ITEM and clause.parent:
        lead = lead_in(text, corpus.clause((key[0], clause.parent)))
    elif not lead and span.start > clause.body.start and ITEM.match(text[span.start :]):
        lead = lead_before(text, clause.body, span.start)
    return Provision((key[0], clause.ordinal), span, lead)


def _whole(corpus: Corpus, clause: Clause, reach: Reach) -> Clause:
    """The clause to tell: the found one, or the one above it where that is short or the list."""
    while clause.parent:
        if any(f.role for f in corpus.duties.get((clause.document_id, clause.ordinal)) or ()):
            break  # a task with its own list of units is no part of its neighbours
        if reach.counted and len(clause.span) > ALONE:
            break
        above = corpus.clause((clause.document_id, clause.parent))
        if above.kind in CONTAINERS and not (reach.whole_lists and above.kind == "附件"):
            break
        if len(above.span) > (LIST_ROOM if reach.whole_lists else SMALL):
            break
        clause = above
    return clause


def texts(corpus: Corpus, provisions: Sequence[Provision]) -> str:
    """The words of provisions, one under the other."""
    parts: list[str] = []
    for one in provisions:
        text = corpus.text(one.key[0])
        parts += [one.lead.of(text)] if one.lead else []
        parts.append(one.span.of(text))
    return "\n".join(parts)
