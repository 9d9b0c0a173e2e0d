"""The lines inside a clause, looked up by place rather than by going through the whole text."""

from bisect import bisect_left, bisect_right
from functools import lru_cache

from ingest.lines import lines
from ingest.schema import Span


@lru_cache(maxsize=2)
def line_starts(text: str) -> tuple[int, ...]:
    """Where the lines of a text begin, in order."""
    return tuple(line.span.start for line in lines(text))


def lines_in(text: str, place: Span) -> list[Span]:
    """The lines inside a place, as far as they lie in it."""
    starts = line_starts(text)
    first = max(0, bisect_right(starts, place.start) - 1)
    some = lines(text)[first : bisect_left(starts, place.end)]
    return [
        Span(max(one.span.start, place.start), min(one.span.end, place.end))
        for one in some
        if place.start < one.span.end
    ]


def line_before(text: str, place: Span) -> Span | None:
    """The last line inside a place, as far as it lies in it; None where there is none."""
    at = bisect_left(line_starts(text), place.end) - 1
    if at < 0 or (end := min(lines(text)[at].span.end, place.end)) <= place.start:
        return None
    return Span(max(lines(text)[at].span.start, place.start), end)


def begins_line(text: str, place: int) -> bool:
    """Whether a line begins at a place."""
    starts = line_starts(text)
    at = bisect_left(starts, place)
    return at < len(starts) and starts[at] == place
