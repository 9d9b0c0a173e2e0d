"""Where in a document the reader may quote from: its headings and what stands below each."""

from collections.abc import Iterable, Sequence

from ingest.lines import lines
from ingest.schema import Clause, Span
from ingest.sentences import trim


def regions(
    text: str, clauses: Sequence[Clause], groups: Iterable[Span], within: Sequence[Span]
) -> list[Span]:
    """Headings and bodies of clauses inside the spans `within`, in reading order.

    Page furniture and the `groups` (printed lists of responsible units) are left out; no region is
    empty or begins or ends with white space.
    """
    holes = sorted({*groups, *(line.span for line in lines(text) if line.furniture)})
    own = sorted({span for clause in clauses for span in (clause.heading_span, clause.body)})
    found = []
    for span in own:
        for window in within:
            start, end = max(span.start, window.start), min(span.end, window.end)
            if start < end:
                found += [trim(text, part) for part in _between(holes, start, end)]
    return [region for region in found if len(region)]


def _between(holes: Sequence[Span], start: int, end: int) -> list[Span]:
    parts = []
    for hole in holes:
        if hole.end > start and hole.start < end:
            if hole.start > start:
                parts.append(Span(start, hole.start))
            start = max(start, hole.end)
    return [*parts, Span(start, end)] if start < end else parts
