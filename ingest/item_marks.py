"""How the items of a list are numbered: on lines of their own, or run on inside a line.

More forms than `numbering` has: 一是, 第一，, a. and the arrows of a process; they open no clauses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import SPACE
from ingest.numbering import CIRCLED, REFERS, SINGLE, mark_at
from ingest.numbers.numerals import CHINESE_NUMBER, integer
from ingest.patterns import pattern as lazy
from ingest.schema import Span

_SP = f"[{SPACE}]*"
_STYLES = {
    "(一)": rf"[（(]{_SP}({CHINESE_NUMBER}){_SP}[）)](?![项項款目]{REFERS})|([㈠-㈩])",
    "(1)": rf"[（(]{_SP}(\d{{1,2}}){_SP}[）)]|([⑴-⒇])",
    "1.": rf"(\d{{1,2}}){_SP}(?:[．、]|\.(?!\d))|([⒈-⒛])",
    "1)": r"(\d{1,2})[）)]",
    "①": f"([{CIRCLED}])",
    "一是": rf"({CHINESE_NUMBER})(?:是|要)",
    "一、": rf"({CHINESE_NUMBER}){_SP}、",
    "第一，": rf"第({CHINESE_NUMBER})(?:步[：:，,、]?|[，,、])",
    "a": r"([a-hA-H])[.．、](?![a-zA-Z\d])",
}
"""How the items of a list are numbered, tried in this order."""

ARROWS = "→⇒➔➜➝⟶►"
_ARROW = lazy(rf"{_SP}[-—－=]*(?:[{ARROWS}]|(?<=[-=])>){_SP}")
_MARKS = {name: re.compile(pattern) for name, pattern in _STYLES.items()}
_STOPS = "：:；;。，,、！？!?）)”"
"""What stands before a mark that opens an item inside a line."""


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The mark of an item: how it is numbered, its number, and where it stands."""

    style: str
    number: int
    start: int


def item_mark(text: str, line: Span) -> ItemMark | None:
    """The mark that opens a line, where it could open an item."""
    printed = mark_at(text, line.start, line.end)
    start = printed.start if printed is not None else line.start
    for style, pattern in _MARKS.items():
        if found := pattern.match(text, start, line.end):
            number = _number(found)
            if number:
                return ItemMark(style, number, line.start)
    return None


def _number(found: re.Match[str]) -> int:
    given = next(group for group in found.groups() if group)
    given = SINGLE.get(given, given)
    if given.isascii() and given.isalpha():
        return ord(given.lower()) - ord("a") + 1
    return integer(given) or 0


def inside_run(text: str, block: Sequence[Span]) -> list[ItemMark]:
    """The marks of items that run on in one line: 1, 2 and so on, at least two of one style.

    The steps of a process that arrows part are such items, too: 申请→受理→发证.
    """
    for line in block:
        best: list[ItemMark] = []
        for style, pattern in _MARKS.items():
            run: list[ItemMark] = []
            for found in pattern.finditer(text, line.start, line.end):
                start, number = found.start(), _number(found)
                before = text[line.start : start].rstrip()[-1:]
                if (not before or before in _STOPS + ARROWS) and number == len(run) + 1:
                    run.append(ItemMark(style, number, start))
            if len(run) >= 2 and (not best or run[0].start < best[0].start):
                best = run
        if best or (best := _steps(text, line)):
            return best
    return []


def _steps(text: str, line: Span) -> list[ItemMark]:
    """The steps of a line with at least two arrows; the first one begins behind a stop."""
    arrows = [found.span() for found in _ARROW.finditer(text, line.start, line.end)]
    if len(arrows) < 2:
        return []
    first = max(text.rfind(stop, line.start, arrows[0][0]) for stop in "：:。；;") + 1
    starts = [first or line.start, *(end for _, end in arrows)]
    return [ItemMark("→", number, start) for number, start in enumerate(starts, start=1)]
