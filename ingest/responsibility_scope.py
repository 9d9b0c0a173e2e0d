"""How far a printed list of units reaches: to one item, or to the whole group that it closes.

A plan may number the measures of a task and print one list for them all, on a line of its own
behind the last: 1.甲。2.乙。（责任单位：…）.  Such a list belongs to the task.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.characters import SPACE
from ingest.schema import Clause, Responsibility

MIN_ITEMS = 2
"""Fewest items that a list may close together."""


def of_groups(
    text: str, clauses: Sequence[Clause], facts: Sequence[Responsibility]
) -> list[Responsibility]:
    """The facts, those that close a group of items moved to the clause above the items."""
    own: dict[int, list[Responsibility]] = {}
    for fact in facts:
        own.setdefault(fact.clause, []).append(fact)
    below: dict[int, list[Clause]] = {}
    for clause in clauses:
        if clause.parent:
            below.setdefault(clause.parent, []).append(clause)
    moved = {
        items[-1].ordinal: parent
        for parent, items in below.items()
        if parent not in own and _closes(text, items, own)
    }
    return [replace(fact, clause=moved.get(fact.clause, fact.clause)) for fact in facts]


def _closes(text: str, items: list[Clause], own: dict[int, list[Responsibility]]) -> bool:
    """Whether the only list of some items stands on a line of its own behind the last of them."""
    last = items[-1]
    if len(items) < MIN_ITEMS or last.ordinal not in own or last.kind == "条":
        return False
    if any(item.ordinal in own for item in items[:-1]):
        return False
    if any(item.kind != last.kind for item in items):
        return False
    groups = {fact.group for fact in own[last.ordinal]}
    first = min(group.start for group in groups)
    line = text.rfind("\n", last.span.start, first) + 1
    return line > 0 and not text[line:first].strip(SPACE)
