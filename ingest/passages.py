"""Passages: what retrieval finds, one or more whole sentences of one clause.

Short sentences are packed together so that a passage says enough to be matched; a clause's list of
responsible units stays with the sentence before it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from ingest.cell_values import is_value
from ingest.lines import lines
from ingest.schema import Clause, Fact, Passage, Span
from ingest.sentences import sentences
from ingest.table_rows import Row, rows

TARGET_LENGTH = 120
"""A passage is closed at the first sentence end past this many code points."""

MAX_LENGTH = 200
"""A sentence that would make a passage longer than this starts a new one."""

SHORT_ROW = 60
"""A row of figures longer than this, in code points, is a passage of its own."""

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
    table = rows(text)
    for clause, body in zip(clauses, bodies, strict=True):
        if clause.kind == "行" and _of_figures(text, table[clause.span.start]):
            continue  # a passage of the clause that the table stands in: see below
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
        for run, names in _figures_below(text, clause, clauses, table):
            said = " ".join((context, *names))[:MAX_CONTEXT]
            for span in _packed(run, None):
                found.append(Passage(clause.document_id, len(found), place, span, said))
    return found


def _figures_below(
    text: str, clause: Clause, clauses: Sequence[Clause], table: Mapping[int, Row]
) -> Iterator[tuple[list[Span], tuple[str, ...]]]:
    """The rows of figures of each table right below a clause, with the names of its columns.

    Alone, a row of figures says nothing that a search could find.
    """
    run: list[Span] = []
    names: tuple[str, ...] = ()
    for place in range(clause.ordinal + 1, len(clauses)):
        one = clauses[place]
        if one.kind != "行" or one.parent != clause.ordinal:
            break
        row = table[one.span.start]
        if not _of_figures(text, row):
            continue
        if run and row.titles != names:
            yield run, names
            run = []
        run.append(row.span)
        names = row.titles
    if run:
        yield run, names


def _of_figures(text: str, row: Row) -> bool:
    """Whether a row is short and holds mostly figures."""
    cells = [cell.of(text) for cell in row.cells]
    return len(row.span) <= SHORT_ROW and sum(is_value(c) for c in cells) * 2 >= len(cells)


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
