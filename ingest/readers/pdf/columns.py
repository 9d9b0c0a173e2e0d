"""Reading order of a page: its lines from top to bottom, or two columns one after the other.

Two columns are seen only where they are beyond doubt: many lines in a row stop at the same gutter
and go on behind it, and on both sides most of them fill their column.  A list with figures at its
right edge is no column, nor are two signatures beside each other.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.character import Character
from ingest.readers.pdf.lines import Line, line_of, rows_of

GUTTER = 1.2
"""Narrowest gutter, in ems."""

MIN_ROWS = 8
"""Fewest lines of two columns."""

FILLED = 0.75
"""The median line on either side fills at least this part of its column."""


def in_order(characters: Sequence[Character], page: int, width: float) -> list[Line]:
    """The lines of a page, `width` points wide, as they are read."""
    rows = rows_of(characters)
    gutter = _gutter(rows, width)
    if gutter is None:
        return [line for row in rows if (line := line_of(row, page))]
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(one.left < gutter < one.right and one.text.strip() for one in row):
            found += [*left, *right]
            left, right = [], []
            found += [line] if (line := line_of(row, page)) else []
            continue
        for side, lines, column in (
            ([one for one in row if one.left < gutter], left, 1),
            ([one for one in row if one.left >= gutter], right, 2),
        ):
            if line := line_of(side, page, column):
                lines.append(line)
    return [*found, *left, *right]


def _gutter(rows: Sequence[Sequence[Character]], width: float) -> float | None:
    """Where two columns are parted, or None if there is one column."""
    gaps: list[tuple[float, float]] = []
    for row in rows:
        printed = [one for one in row if one.text.strip()]
        size = median([one.size for one in printed] or [1.0])
        for before, after in pairwise(printed):
            if after.left - before.right >= GUTTER * size:
                gaps.append((before.right, after.left))
    middle = [gap for gap in gaps if 0.35 * width < (gap[0] + gap[1]) / 2 < 0.65 * width]
    if len(middle) < MIN_ROWS:
        return None
    start, end = median(gap[0] for gap in middle), median(gap[1] for gap in middle)
    for at in ((start + end) / 2, max(gap[0] for gap in middle) + 0.1):
        if _parts(rows, at, width):
            return at
    return None


def _parts(rows: Sequence[Sequence[Character]], at: float, width: float) -> bool:
    """Whether the lines that stop at `at` fill a column on both sides of it."""
    lefts, rights, crossing = [], [], 0
    for row in rows:
        printed = [one for one in row if one.text.strip()]
        if any(one.left < at < one.right for one in printed):
            crossing += 1
            continue
        lefts.append([one for one in printed if one.left < at])
        rights.append([one for one in printed if one.left >= at])
    both = sum(bool(left and right) for left, right in zip(lefts, rights, strict=True))
    if both < MIN_ROWS or crossing > both / 2:
        return False
    for side in (lefts, rights):
        whole = [row for row in side if row]
        near = min(row[0].left for row in whole)
        far = max(row[-1].right for row in whole)
        lengths = [row[-1].right - row[0].left for row in whole]
        if far - near < 0.25 * width or median(lengths) < FILLED * (far - near):
            return False
    return True
