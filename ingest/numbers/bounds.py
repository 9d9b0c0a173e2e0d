"""The words that bound a number (不低于, 至少, 以上, 以内), as bounds.toml lists them."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ingest.characters import SPACE
from ingest.patterns import pattern
from ingest.words import word_table

REACH = 8
"""How far before a number, in code points, its bound may begin."""

_TIME = pattern("个?(?:工作日|自然日|天|日|月|年|小时|分钟|周|星期|季度)")
_MORE = pattern("余|多(?=[个家项人万])")
_PIECE = pattern(r"(?:[^,;。!?:、\n()]|\(含\))+")


class Bound(NamedTuple):
    """A bound, its `word` in the table, and the `words` up to the number (不低于 of 不低于到).

    `exact` is False of words of change (达到), which bound nothing, and of none.
    """

    bound: str = ""
    word: str = ""
    words: str = ""
    exact: bool = False


def one_of(words: Iterable[str]) -> str:
    """The words as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def bound_words(*tables: str) -> dict[str, str]:
    """The bounding words of these tables, each with its bound."""
    table = word_table("bounds.toml")
    return {
        word: bound for name in tables for bound, words in table[name].items() for word in words
    }


@cache
def _pattern(table: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?P<word>{one_of(bound_words(table))}){behind}")


def bound_before(words: str) -> Bound:
    """The bound that these words before a number end with.

    >>> [bound_before(t)[:2] for t in ("比例不低于", "总数达到", "应当")]
    [('≥', '不低于'), ('≥', '达到'), ('', '')]
    """
    for table, more in (("before", "(?:达到?|到|为|有)?"), ("reached", "")):
        if found := _pattern(table, behind=f"{more}[{SPACE}]*$").search(words):
            word = found["word"]
            return Bound(bound_words(table)[word], word, found[0], table == "before")
    return Bound()


@cache
def bounds_behind() -> dict[str, str]:
    """The bounding words that may stand right behind a unit, in text as printed."""
    return {"内": "≤", **bound_words("after")}


def bound_of_time(text: str, end: int) -> str:
    """before, since or within, where words say so right behind a time or date that ends here."""
    found = _pattern("of_time").match(text, end)
    return bound_words("of_time")[found[0]] if found else ""


def bound_behind(text: str, end: int) -> str:
    """The bound behind a number and what it counts, in text without white space.

    >>> [bound_behind(t, 1) for t in ("9分钟以内", "2家(含)以上", "8余人", "3个,以上")]
    ['within', '≥', '>', '']
    """
    if _MORE.match(text, end):
        return ">"
    if (time := _TIME.match(text, end)) and (bound := bound_of_time(text, time.end())):
        return bound
    words = _PIECE.match(text, end, end + REACH)
    found = _pattern("after", ".{0,4}?").match(words[0]) if words else None
    return bound_words("after")[found["word"]] if found else ""
