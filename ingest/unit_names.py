"""Whether words are the name of a public body, judged without the help of a printed list.

Lists that are announced (责任单位：) may hold any name.  In prose and headings the words themselves
must tell: how they end, what they do not contain, and the area before a vague ending (区中心).
"""

import re
from collections.abc import Sequence

from ingest.characters import CJK, SPACE
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim
from ingest.unit_lists import unit_words
from ingest.words import word_table

MAX_NAME = 20
"""Longest name in prose, in code points, without a remark in brackets behind it."""

_SEPARATOR = pattern("[、]|以及|和|及|与")
_REMARK = pattern(r"[（(][^（）()]{1,20}[）)]$")
_BY = pattern("(?<!自)由")
_SHORT_FORM = pattern(r"[（(]以下[简统]?称[^（）()]{1,30}[）)]$")
_GENERIC = pattern(rf"(?:各|其他|市|区|县)?(?:有关|相关|其他)[{CJK}]{{0,6}}(?:部门|单位|机构|机关)")
"""Names that name nobody (相关行业部门)."""

_OPEN_END = pattern(rf"等(?:[相有]关|各|其他)?[{CJK}]{{0,12}}$")
_AREA = pattern(
    "^(?:[区市县省州旗国镇乡]|各|中央|中共|全[区市县省]|[\u4e00-\u9fff]{2,6}?(?:省|市|区|县|州|镇|乡))"
)


def is_name(words: str) -> bool:
    """Whether the words are one name of a public body.

    >>> [is_name(w) for w in ("区园林局", "公安机关", "用人单位", "对口支援的部门", "应急局")]
    [True, True, False, False, True]
    """
    words = _REMARK.sub("", words)
    table = word_table("units.toml")["no_names"]
    if not 2 <= len(words) <= MAX_NAME or words in table["whole"]:
        return False
    if not words.endswith(unit_words().suffixes) or words.startswith(tuple(table["starts"])):
        return False
    if any(part in words for part in table["inside"]) or re.search(rf"[^{CJK}“”]", words):
        return False
    if _GENERIC.fullmatch(words):
        return False
    vague = words.endswith(tuple(table["vague"])) and not words.endswith(("委员会", "管委会"))
    return not vague or _AREA.match(words) is not None


def names(text: str, span: Span) -> Sequence[Span]:
    """The names in `span` if it is a list of names and nothing else; otherwise nothing.

    A list may end in 等 and a word for the rest; generic members (有关部门) are left out.  What
    stands before 由 is what the body does, and no part of its name.

    >>> t = "区经委、区文化和旅游局和各街镇等有关单位"
    >>> [s.of(t) for s in names(t, Span(0, len(t)))]
    ['区经委', '区文化和旅游局', '各街镇']
    """
    span = trim(text, span)
    for by in _BY.finditer(text, span.start, span.end):
        span = Span(by.end(), span.end)
    if tail := _OPEN_END.search(span.of(text)):
        span = Span(span.start, span.start + tail.start())
    found: list[Span] = []
    for piece in _pieces(text, span):
        if short := _SHORT_FORM.search(piece.of(text)):
            piece = Span(piece.start, piece.start + short.start())
        if is_name(piece.of(text)):
            found.append(piece)
        elif not _GENERIC.fullmatch(piece.of(text)):
            return ()
    return found


def _pieces(text: str, span: Span) -> list[Span]:
    """The parts of a list; 和 parts two only where a name ends before it and one begins behind."""
    found, start, depth = [], span.start, 0
    for at in range(span.start, span.end):
        depth += (text[at] in "（(") - (text[at] in "）)")
        mark = _SEPARATOR.match(text, at, span.end)
        if depth or mark is None or at < start:
            continue
        if mark[0] != "、" and not (
            is_name(text[start:at].strip(SPACE)) and len(text[mark.end() : span.end]) > 1
        ):
            continue
        found.append(trim(text, Span(start, at)))
        start = mark.end()
    found.append(trim(text, Span(start, span.end)))
    return [piece for piece in found if len(piece)]
