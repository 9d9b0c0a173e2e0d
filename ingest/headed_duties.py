"""Duties of the bodies that headings name: （二）区财政局, beside other clauses headed like it."""

from collections.abc import Sequence

from ingest.prose_duties import Said
from ingest.schema import Clause, Span
from ingest.unit_names import names

MIN_SIBLINGS = 2
"""So many clauses side by side have names for headings where one tells its unit's duties."""


def headed(text: str, clauses: Sequence[Clause]) -> dict[int, list[Said]]:
    """By the clause's number, the units that its heading names, where its siblings' do too."""
    groups: dict[tuple[int | None, str], list[tuple[Clause, list[Said]]]] = {}
    for clause in clauses:
        if clause.kind in ("行", "款", "落款", "正文", "问", "文") or not clause.heading:
            continue
        span = Span(clause.heading_span.end - len(clause.heading), clause.heading_span.end)
        if span.of(text) != clause.heading or clause.span.end - span.end < 4:
            continue
        who = names(text, span, generic=False)
        found = [Said(name, "责任", clause.heading_span) for name in who]
        groups.setdefault((clause.parent, clause.kind), []).append((clause, found))
    return {
        clause.ordinal: found
        for members in groups.values()
        if sum(bool(found) for _, found in members) >= max(MIN_SIBLINGS, len(members) * 0.6)
        for clause, found in members
        if found
    }
