"""Sentences of a text as spans.

A sentence ends at 。！？ or at the end of its line, closing quotes and brackets included, so a
line that lacks its full stop is a sentence too.  A half-width ? or ! counts only where no ASCII
letter follows, which keeps web addresses whole.
"""

import re

from ingest.characters import CLOSERS, SPACE
from ingest.schema import Span

_END = re.compile(rf"(?:[。！？!?…]+(?<![!?](?=[A-Za-z0-9=&]))[{re.escape(CLOSERS)}\"]*)|\n")
_EDGE = re.compile(rf"[{SPACE}\n]*")


def trim(text: str, span: Span) -> Span:
    """The span without white space at either end.

    >>> trim("  正文 ", Span(0, 5))
    Span(start=2, end=4)
    """
    if span.start < span.end and _inner(text[span.start]) and _inner(text[span.end - 1]):
        return span  # most are trimmed already
    lead = _EDGE.match(text, span.start, span.end)
    start = lead.end() if lead else span.start
    end = span.end
    while end > start and _EDGE.fullmatch(text, end - 1, end):
        end -= 1
    return Span(start, end)


def _inner(char: str) -> bool:
    """Whether this is certainly no white space: there is hardly any beyond U+3000."""
    return char > "\u3000" and char != "\ufeff"


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences inside `span`, in order, without surrounding white space.

    >>> t = "推进试点。力争达到8家！(责任单位:甲局)"
    >>> [s.of(t) for s in sentences(t, Span(0, len(t)))]
    ['推进试点。', '力争达到8家！', '(责任单位:甲局)']
    """
    found = []
    start = span.start
    while start < span.end:
        match = _END.search(text, start, span.end)
        end = match.end() if match else span.end
        sentence = trim(text, Span(start, end))
        if len(sentence):
            found.append(sentence)
        start = end
    return found
