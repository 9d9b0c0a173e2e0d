"""Where words occur in a text: found once, then asked of every clause and sentence.

A text is searched once for all its clauses, at the speed of `str.find`; most clauses hold none of
the words, and asking costs a bisection instead of a search.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.schema import Span


def occurrences(text: str, words: Iterable[str]) -> list[int]:
    """Where the words begin, in order.

    >>> occurrences("是指学徒，简称徒", ["简称", "是指"])
    [0, 5]
    """
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + len(word))
    return sorted(found)


def occurs(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, which are in order, lies in the half-open interval."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def spans_in(spans: Sequence[tuple[int, int]], place: Span) -> Sequence[tuple[int, int]]:
    """Those of the spans, which are in order, that lie in a place."""
    first = bisect_left(spans, (place.start, 0))
    return [one for one in spans[first : bisect_left(spans, (place.end, 0))] if one[1] <= place.end]
