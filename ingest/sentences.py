"""Sentences of a text as spans.

A sentence ends at 。！？ or at the end of its line, closing quotes and brackets included, so a
line that lacks its full stop is a sentence too, unless it was wrapped by hand.  A half-width ? or
! counts only where no ASCII letter follows, which keeps web addresses whole.
"""

import re

from ingest.characters import CLOSERS, SPACE
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.wrapping import wrapped

_END = pattern(rf"(?:[。！？!?…]+(?<![!?](?=[A-Za-z0-9=&]))[{re.escape(CLOSERS)}\"]*)|\n")
_MAY_END = pattern(r"[。！？!?…\n]")
"""What every match of `_END` begins with: a class alone is found much faster."""

_EDGE = pattern(rf"[{SPACE}\n]")
WHITE = frozenset(c for c in map(chr, range(0x10000)) if _EDGE.match(c))


def trim(text: str, span: Span) -> Span:
    """The span without white space at either end.

    >>> trim("  正文 ", Span(0, 5))
    Span(start=2, end=4)
    """
    start, end = _inner(text, span.start, span.end)
    return span if start == span.start and end == span.end else Span(start, end)


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in WHITE:
        start += 1
    while end > start and text[end - 1] in WHITE:
        end -= 1
    return start, end


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences inside `span`, in order, without surrounding white space.

    >>> t = "推进试点。力争达到8家！(责任单位:甲局)"
    >>> [s.of(t) for s in sentences(t, Span(0, len(t)))]
    ['推进试点。', '力争达到8家！', '(责任单位:甲局)']
    """
    found = []
    start = span.start
    while start < span.end:
        end = _end(text, start, span.end)
        first, last = _inner(text, start, end)
        if first < last:
            found.append(Span(first, last))
        start = end
    return found


def _end(text: str, start: int, most: int) -> int:
    """Where the sentence ends that begins at `start`."""
    while first := _MAY_END.search(text, start, most):
        match = _END.match(text, first.start(), most)
        if match and not (match[0] == "\n" and match.start() in wrapped(text)):
            return match.end()
        start = first.end()
    return most
