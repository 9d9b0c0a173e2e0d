"""A clause while it grows; `outline` makes the record of it."""

from dataclasses import dataclass, field

from ingest.headings import Opening
from ingest.questions import Pair


@dataclass(slots=True)
class Node:
    """A clause while it grows; `end` is the end of its last line of its own.

    Of a question or a heading without a number, `pair` has its words; else it is None.
    """

    kind: str
    rank: int
    label: str
    parent: int
    start: int
    opening: Opening | None
    end: int
    lines: int = 1
    children: list[int] = field(default_factory=list)
    pair: Pair | None = None
