"""Ruled lines: the strokes of a path, or thin rectangles that it fills."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.frame import bounds

THIN = 2.5
"""A filled rectangle up to this wide or high, in points, is drawn as a line."""

STRAIGHT = 0.7
"""So far, in points, may the ends of a level or upright line be out of line."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: level from `start` to `end` at the height `at`, or upright at that x."""

    level: bool
    at: float
    start: float
    end: float


def ruled(points: Sequence[Point], stroked: bool) -> Iterator[Rule]:
    """The level and upright lines of a straight-sided outline, stroked or else filled."""
    left, top, right, bottom = bounds(points)
    if min(right - left, bottom - top) <= THIN:
        if right - left > bottom - top:
            yield Rule(True, (top + bottom) / 2, left, right)
        else:
            yield Rule(False, (left + right) / 2, top, bottom)
    elif stroked:
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(y1 - y0) <= STRAIGHT:
                yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            elif abs(x1 - x0) <= STRAIGHT:
                yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
