"""Documents that a text names: 《title》 with its number in brackets, or a number alone."""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.characters import CJK, SPACE, without_spaces
from ingest.document_numbers import NUMBER
from ingest.patterns import pattern
from ingest.schema import Span

_ORDER_NUMBER = rf"[{CJK}]{{2,30}}令[（(]?第?[{SPACE}]*\d{{1,5}}[{SPACE}]*号"
_TITLED = pattern(
    r"《(?P<title>[^《》]{2,150}(?:《[^《》]{2,80}》[^《》]{0,80}){0,3})》"
    rf"(?P<said>[{SPACE}]*[（(](?P<number>[^（()）]{{2,40}}?号)[^（()）]{{0,24}}[)）])?"
)
_BEFORE = pattern(
    rf"(?P<number>{NUMBER.pattern}|{_ORDER_NUMBER})(?:颁布|公布|发布|印发|文印发)?(?:实施)?的?$"
)
_LEADING = pattern("^.*(?:日|年|以|由|原)(?=.{3})")
_LONGEST = 60
"""Code points before a title in which its number may stand."""


class Mention(NamedTuple):
    """A document as named: its title ("": only the number is), its number, and the place of both.

    `name` covers the title alone, or the number.
    """

    title: str
    number: str
    span: Span
    name: Span


def mentions(text: str) -> Iterator[Mention]:
    """The documents that a text names, in reading order."""
    passed = 0
    for match in _TITLED.finditer(text):
        yield from _numbers(text, passed, match.start())
        passed = match.end()
        number, start = match["number"] or "", match.start()
        before = text[max(0, start - _LONGEST) : start]
        if not number and (found := _BEFORE.search(before)):
            number = _LEADING.sub("", found["number"])
        title = without_spaces(match["title"])
        span = Span(start, match.end())
        yield Mention(title, without_spaces(number), span, Span(*match.span("title")))
    yield from _numbers(text, passed, len(text))


def _numbers(text: str, start: int, end: int) -> Iterator[Mention]:
    """Numbers that stand for a document: not alone on their line, nor behind a title."""
    for match in NUMBER.finditer(text, start, end):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        rest = text[match.end() : match.end() + 1]
        if line.strip(SPACE) or rest not in ("\n", "", " "):
            own = _OWN.search(match[0])
            place = match.start() + (own.end() if own else 0)
            span = Span(place, match.end())
            yield Mention("", without_spaces(span.of(text)), span, span)


_OWN = pattern("^.*(?:废止|延长|修改|将|对|的|原|和|及)")
