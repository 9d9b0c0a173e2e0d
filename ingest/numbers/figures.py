"""Figures of a text as values to compare: what is counted, how it is bounded, what stands around.

三家 is 3家, 2.5万元 is 25000元, 百分之八十 and 八成 are 80%, 2022-07-20 is 2022年7月20日; 80% is
not 80, 不低于 is not 不超过, and a figure is what it is said of: 8家 of one thing is no 8家 of
another.  Over folded text without white space; `quantities` reads text as
it is printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.numbers.bounds import REACH, bound_before, bound_behind, bound_of_time
from ingest.numbers.measures import latin_units
from ingest.numbers.numerals import ZERO
from ingest.numbers.printed_dates import date_parts
from ingest.numbers.scanner import Number, numbers
from ingest.patterns import pattern as lazy

LEFT, RIGHT = 24, 12
"""Code points around a figure that say what it is a figure of."""

MEASURE = (
    "[个项家条大路所台人座处种类级倍岁天年月日次件户名场张元成米克吨亩份套支批轮期届周分秒]"
    "|小时|公里|平方|工作日|百分点"
)
_SINGLE = lazy(f"[^{ZERO}](?:{MEASURE})")
_LATIN = lazy("[a-z]+")
_STOP = lazy("[,;。!?:、\n()]")
_SENTENCE = lazy("[;。!?\n]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date in its place.

    `key` is what must agree: kind, value, what follows (a measure), its bound; `around` the words
    before and after it that say what it is a figure of, `near` those of its own piece between
    commas; `span` its place in the text.
    """

    key: tuple[str, ...]
    around: str
    near: str
    span: tuple[int, int]


def figures(text: str) -> list[Figure]:
    """The figures of a text in their order.

    >>> [f.key for f in figures("公共充电桩三家以上,不低于65%")]
    [('number', '3', '家', '≥'), ('number', '65', '%', '≥')]
    >>> [f.key for f in figures("2031年3月8日前")]
    [('date', '2031', '3', '8', 'before')]
    """
    some = [n for n in counted(text) if n.kind != "name"]
    return [
        Figure(_key(text, one), around, around[_comma(around) :], (one.start, sign_end(text, one)))
        for place, one in enumerate(some)
        for around in [_around(text, some, place)]
    ]


def counted(text: str) -> list[Number]:
    """The numbers of a text but the numerals that are words, or parts of words (一体, 第三方)."""
    found = []
    for one in numbers(text):
        arabic = text[one.start].isdecimal()
        latin = _LATIN.match(text, one.end) if arabic and one.kind != "date" else None
        if (latin and latin[0] not in latin_units()) or text.startswith("年级", one.end):
            found.append(one._replace(kind="name"))
        elif arabic or one.end - one.start > 1 or _SINGLE.match(text, one.start):
            found.append(one)
    return found


def _key(text: str, one: Number) -> tuple[str, ...]:
    if one.kind == "date":
        parts = date_parts(text[one.start : one.end])
        values = ("" if part is None else str(part) for part in parts)
        return ("date", *values, bound_of_time(text, one.end).replace("within", ""))
    if one.kind == "time":
        hour, minute = re.findall(r"\d+", text[one.start : one.end])
        return ("time", f"{int(hour)}:{int(minute):02d}", "", bound_of_time(text, one.end))
    before = bound_before(text[max(0, one.start - REACH) : one.start])
    bound = before.bound if before.exact else bound_behind(text, one.end)
    value = text[one.start : one.end] if one.value is None else format(one.value, "f")
    if one.share.startswith("/"):
        return (one.kind, value + one.share, "", bound)
    return (one.kind, value, one.share or _measure(text, one.end), bound)


def sign_end(text: str, one: Number) -> int:
    """Where a number ends, its sign of percent included."""
    return one.end + (text[one.end : one.end + 1] in ("%", "‰"))


def _measure(text: str, end: int) -> str:
    """What a number counts: its first character or its Latin word; nothing where a stop follows."""
    if end >= len(text) or _STOP.match(text, end):
        return ""
    latin = _LATIN.match(text, end)
    return latin[0] if latin else text[end]


def _comma(around: str) -> int:
    """Where the piece between commas begins that a figure (|) stands in."""
    return max(around.rfind(stop, 0, around.index("|")) for stop in ",:、") + 1


def _around(text: str, found: Sequence[Number], place: int) -> str:
    start, end = found[place].start, sign_end(text, found[place])
    low = max(start - LEFT, sign_end(text, found[place - 1]) if place else 0)
    for stop in _SENTENCE.finditer(text, low, start):
        low = stop.end()
    high = min(end + RIGHT, found[place + 1].start if place + 1 < len(found) else len(text))
    if closing := _STOP.search(text, end, high):
        high = closing.start()
    return text[low:start] + "|" + text[end:high]
