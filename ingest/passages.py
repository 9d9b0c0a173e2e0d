"""Passages: what retrieval finds, one or more whole sentences of one clause.

Short sentences are packed together so that a passage says enough to be matched; a clause's list of
responsible units stays with the sentence before it.
"""

from bisect import bisect_right
from collections.abc import Sequence

from ingest.lines import lines
from ingest.schema import Clause, Fact, Passage, Span
from ingest.sentences import sentences

TARGET_LENGTH = 120
"""A passage is closed at the first sentence end past this many code points."""

MAX_LENGTH = 200
"""A sentence that would make a passage longer than this starts a new one."""

MAX_CONTEXT = 200
"""Most code points of title and headings in a passage's context."""


def passages(
    title: str,
    text: str,
    clauses: Sequence[Clause],
    duties: Sequence[Fact] = (),
    bodies: Sequence[Sequence[Span]] | None = None,
) -> list[Passage]:
    """The passages of a document, in reading order.

    `bodies` are the sentences of the clauses, if they are known.
    """
    groups = {fact.clause: fact.group for fact in duties}
    lists = set(groups.values())
    furniture = [line.span for line in lines(text) if line.furniture]
    starts = [span.start for span in furniture]
    has_child = {clause.parent for clause in clauses}
    found: list[Passage] = []
    if bodies is None:
        bodies = [sentences(text, clause.body) for clause in clauses]
    for clause, body in zip(clauses, bodies, strict=True):
        spans = [
            s
            for s in body
            if not (place := bisect_right(starts, s.start)) or not furniture[place - 1].covers(s)
        ]
        if not spans and clause.ordinal not in has_child and len(clause.heading_span):
            spans = [clause.heading_span]
        context = " ".join((title, *clause.heading_path))[:MAX_CONTEXT]
        place = clause.ordinal
        if clause.kind == "款" and clause.parent and lists.issuperset(spans):
            place = clause.parent  # the units of the clause above, on a line under its sub-items
        for span in _packed(spans, groups.get(place)):
            found.append(Passage(clause.document_id, len(found), place, span, context))
    return found


def _packed(spans: list[Span], group: Span | None) -> list[Span]:
    packed: list[Span] = []
    for span in spans:
        if packed and (
            (group is not None and span.start <= group.start < span.end and len(span) == len(group))
            or (len(packed[-1]) < TARGET_LENGTH and span.end - packed[-1].start <= MAX_LENGTH)
        ):
            packed[-1] = Span(packed[-1].start, span.end)
        else:
            packed.append(span)
    return packed
