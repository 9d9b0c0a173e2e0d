"""Headings without a number, as guides to services print them: 办理条件, 【申请材料】.

A short line of mere words over text is a heading only where the page is made that way: several of
its lines are, hardly any other line is as short, and no higher number (一、, 第一条) orders it.
"""

from collections.abc import Container, Sequence
from itertools import pairwise

from ingest.characters import CJK, SPACE
from ingest.lines import Line
from ingest.numbering import ATTACHMENT, Mark
from ingest.patterns import pattern
from ingest.questions import Pair
from ingest.schema import Span

MIN_TITLES = 2
"""So many of these lines make a page that is ordered by them."""

SHARE = 0.7
"""Least share of headings among all lines that are as short as one."""

HIGHEST = 6
"""The rank from which on numbers may stand below such headings: （一）, 1., ①."""

_SHORT = pattern(rf"[{CJK}]{{2,12}}[：:]?$")
_BRACKETED = pattern(rf"【[{CJK}A-Za-z]{{2,12}}】[{SPACE}]*[：:]?[{SPACE}]*")
_ENDED = pattern(r"[。；;！!？?）)]$|[\d→]")
"""A line that ends, or tells something (东街1号) that is no beginning of a sentence."""


def titles(
    text: str, content: Sequence[Line], marks: Sequence[Mark | None], taken: Container[int]
) -> dict[int, Pair]:
    """The headings by the number of their line, each with the place where its text begins.

    `taken` are the starts of lines that are rows of tables.
    """
    if any(m is not None and m.kind is not ATTACHMENT and m.kind.rank < HIGHEST for m in marks):
        return {}
    found = _bracketed(text, content, marks) or _short(text, content, marks, taken)
    return found if _begin_anew(marks, found) else {}


def _begin_anew(marks: Sequence[Mark | None], found: Container[int]) -> bool:
    """Whether the numbers below each heading begin with 1, as they do below what orders a page."""
    fresh: set[str] = set()
    headed = False
    for i, mark in enumerate(marks):
        if i in found:
            headed = True
            fresh.clear()
        elif mark is not None and headed and mark.kind.name not in fresh:
            if mark.number != 1:
                return False
            fresh.add(mark.kind.name)
    return True


def _bracketed(text: str, content: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, Pair]:
    """The lines that begin with a heading in 【】, with text behind it or below."""
    found = {}
    for i, (line, below) in enumerate(pairwise([*content, None])):
        match = _BRACKETED.match(text, line.span.start, line.span.end) if line else None
        if line is None or match is None or marks[i] is not None:
            continue
        words = Span(match.start() + 1, text.index("】", match.start()))
        if match.end() < line.span.end:
            found[i] = Pair("", words, i, match.end())
        elif below is not None and text[below.span.start] != "【":
            found[i] = Pair("", words, i, below.span.start)
    return found if len(found) >= MIN_TITLES else {}


def _short(
    text: str, content: Sequence[Line], marks: Sequence[Mark | None], taken: Container[int]
) -> dict[int, Pair]:
    """The short lines of mere words, each below an ended line and above a line of text."""
    short = [
        i
        for i, line in enumerate(content)
        if i and marks[i] is None and _SHORT.match(text, line.span.start, line.span.end)
    ]
    if len(short) < MIN_TITLES or any(line.span.start in taken for line in content):
        return {}
    known, found = set(short), {}
    for i in short:
        span = content[i].span
        above = content[i - 1].span
        ended = i == 1 or marks[i - 1] is not None or _ENDED.search(above.of(text))
        if ended and i + 1 < len(content) and i + 1 not in known:
            end = span.end - (text[span.end - 1] in "：:")
            found[i] = Pair("", Span(span.start, end), i, content[i + 1].span.start)
    return found if MIN_TITLES <= len(found) >= SHARE * len(short) else {}
