"""The printed lines of a page: characters put together by where they stand, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.character import Character
from ingest.readers.pdf.wide import is_ideograph, is_wide

WORD_GAP = 0.2
"""Between letters or digits, a gap from this part of an em on is a space."""

WIDE_GAP = 0.6
"""The same where an ideograph or full-width stop stands on one side: the edge of a stop is empty,
and some programs part ideographs and digits by a quarter of an em."""

FULL_GAP = 0.75
"""From this part of an em on a gap is a full-width space."""

BETWEEN_IDEOGRAPHS = 0.22
"""The same between ideographs, beyond the gap that most characters of the line have."""

SAME_PLACE = 0.15
"""A character printed again within this part of an em is meant to look bold."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; places in points from the top left corner of the upright page.

    `column` is 0 for a line across the page, 1 and 2 for the left and the right of two columns.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page: int = 0
    column: int = 0

    @property
    def top(self) -> float:
        """The height of its top edge."""
        return self.baseline - 0.85 * self.size


def lines_of(characters: Sequence[Character], page: int = 0) -> list[Line]:
    """The lines of some characters from top to bottom, whatever order the file has them in."""
    return [line for row in rows_of(characters) if (line := line_of(row, page))]


def rows_of(characters: Sequence[Character]) -> list[list[Character]]:
    """The characters line by line from top to bottom, each line from left to right."""
    rows: list[list[Character]] = []
    for run in sorted(_runs(characters), key=lambda run: _middle(run)):
        size = _size(run)
        for row in reversed(rows[-3:]):
            apart = abs(_middle(row) - _middle(run))
            if apart < 0.5 * max(size, _size(row)) and not _covers(row, run):
                row += run
                break
        else:
            rows.append(list(run))
    rows = [_once(sorted(row, key=lambda one: one.left)) for row in rows]
    return sorted(rows, key=lambda row: _middle(row))


def line_of(row: Sequence[Character], page: int = 0, column: int = 0) -> Line | None:
    """The line of characters in their order, or None if they are all white space."""
    first = next((at for at, one in enumerate(row) if not one.text.isspace()), None)
    if first is None:
        return None
    last = max(at for at, one in enumerate(row) if not one.text.isspace())
    row = row[first : last + 1]
    printed = [one for one in row if not one.text.isspace()]
    size = median(one.size for one in printed)
    return Line(
        _words(row, size),
        row[0].left,
        max(one.right for one in row),
        median(one.baseline for one in printed),
        size,
        sum(one.bold for one in printed) > 0.8 * len(printed),
        page,
        column,
    )


def _runs(characters: Sequence[Character]) -> list[list[Character]]:
    """Characters that the file has one behind the other on one line."""
    runs: list[list[Character]] = []
    last: Character | None = None
    for one in characters:
        if (
            last is None
            or abs(one.baseline - last.baseline) > 0.15 * last.size
            or abs(one.size - last.size) > 0.25 * last.size
            or not -0.6 * last.size < one.left - last.right < 3 * last.size
        ):
            runs.append([])
        runs[-1].append(one)
        last = one
    return [run for run in runs if any(not one.text.isspace() for one in run)]


def _size(row: Sequence[Character]) -> float:
    return max(one.size for one in row)


def _middle(row: Sequence[Character]) -> float:
    return median(one.middle for one in row)


def _covers(row: Sequence[Character], run: Sequence[Character]) -> bool:
    """Whether most of a run stands where a line has other characters already."""
    if len(row) < 2 or len(run) < 2:
        return False
    taken = 0
    for one in run:
        middle = (one.left + one.right) / 2
        taken += any(o.left < middle < o.right and o.text != one.text for o in row)
    return taken > len(run) / 2


def _once(row: Sequence[Character]) -> list[Character]:
    """Without the second of two equal characters in one place."""
    kept: list[Character] = []
    for one in row:
        near = (o for o in kept[-3:] if abs(o.left - one.left) < SAME_PLACE * one.size)
        if one.text.isspace() or not any(o.text == one.text for o in near):
            kept.append(one)
    return kept


def _words(row: Sequence[Character], size: float) -> str:
    """The text of a line: spaces as printed, and where a gap is as good as one."""
    gaps = [
        (right.left - left.right) / size
        for left, right in pairwise(row)
        if not left.text.isspace() and not right.text.isspace()
    ]
    # Of print that is spaced out, only what is wider than its usual gap counts.
    tracking = max(0.0, median(gaps)) if len(gaps) > 2 else 0.0
    parts = [row[0].text]
    for left, right in pairwise(row):
        gap = (right.left - left.right) / size - tracking
        if not left.text.isspace() and not right.text.isspace():
            if gap >= FULL_GAP:
                parts.append("\u3000")
            elif gap >= _space(left.text, right.text):
                parts.append(" ")
        parts.append(right.text)
    return "".join(parts)


def _space(left: str, right: str) -> float:
    """From which part of an em on a gap between two characters is a space."""
    if is_ideograph(left) and is_ideograph(right):
        return BETWEEN_IDEOGRAPHS
    return WIDE_GAP if is_wide(left) or is_wide(right) else WORD_GAP
