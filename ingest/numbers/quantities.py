"""Numbers with a unit as they stand in a sentence: where they are, and how they are bounded.

超过1930个, 达到80%, 2家以上, 百分之五, 1～3个百分点, 200元/月.  Dates, document numbers, titles in
《》, clause numbers and names such as 5G or IPv6 are no quantities, nor are numerals in words
(一体化) and ranks that name (三级医院).  What is counted is the business of `targets`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ingest.characters import SPACE
from ingest.numbers.bounds import behind, bound_before, bound_words, bounds_behind, one_of
from ingest.numbers.measures import counting, measured, unit_pattern
from ingest.numbers.scanner import RANGE, Number, numbers
from ingest.patterns import pattern as lazy
from ingest.schema import Comparator, Span
from ingest.words import word_table

_NAMES = lazy(  # stretches of text in which a number is part of a name
    rf"《[^》\n]*》?|[〔\[［]\d{{4}}[〕\]］][{SPACE}]*第?\d+号|\d+\.\d+版|\d+\.0(?![\d%％万亿倍])"
    r"|\d{3,4}-\d{7,8}|[*×=＝]\d+[%％]"
)
_ATTACHED = lazy("(?<=[A-Za-z0-9.．/])")
_WEAK = frozenset(("为", "共", "共计", "按", "每", "约", "近", "至", "到", "累计", "内"))
"""Bounding words that don't make a quantity of a Chinese numeral: 为一体, 每一个, 到一家."""

_NO_NUMERAL_AFTER = ("周", "星期", "唯", "统", "同", "专", "单", "其", "逐")
_COMPARATORS: dict[str, Comparator] = {"≥": "≥", "≤": "≤", ">": ">", "<": "<"}
"""≈ and 每 compare as =."""

_REACH = 14
"""How far before a number, in code points, an adverb such as 至少 may begin."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `value` counts `unit`s.

    `span` covers bounding words, number and unit, `compared` tells whether words stand before
    the number, `counting` whether the unit counts things.  A range has its lower end as value.
    """

    span: Span
    value: Decimal
    unit: str
    comparator: Comparator
    compared: bool
    counting: bool


def quantities(text: str, span: Span) -> list[Quantity]:
    """The quantities inside `span`, in order, none overlapping another.

    >>> t = "覆盖率达到百分之八十以上，新建不少于20个站点。"
    >>> [(q.span.of(t), q.comparator, str(q.value), q.unit) for q in quantities(t, Span(0, 24))]
    [('达到百分之八十以上', '≥', '80', '%'), ('不少于20个', '≥', '20', '个')]
    """
    some = list(numbers(text, span.start, span.end))
    found: list[Quantity] = []
    names: list[tuple[int, int]] | None = None
    place, least = 0, span.start
    while place < len(some):
        one, place = some[place], place + 1
        if one.kind != "number" or one.value is None or _ATTACHED.match(text, one.start):
            continue
        following = some[place] if place < len(some) else None
        ranged = following and _ranges().fullmatch(text, one.end, following.start)
        if ranged and one.share.startswith("/"):
            place += 1  # 三分之一至一倍
        stated = _stated(text, span, one, following if ranged else None)
        if stated is None:
            continue
        place += stated.ranged
        if names is None:
            names = [m.span() for m in _NAMES.finditer(text, span.start, span.end)]
        name = bisect_right(names, (one.start, span.end))
        if name and one.start < names[name - 1][1]:
            continue
        if (quantity := _quantity(text, least, one, stated)) is not None:
            found.append(quantity)
            least = quantity.span.end
    return found


class _Stated(NamedTuple):
    """The unit of a number and its bound, which may stand behind the end of a range (1～3个)."""

    unit: str
    after: str
    end: int
    ranged: bool


def _stated(text: str, span: Span, one: Number, following: Number | None) -> _Stated | None:
    """The unit behind `one`, or behind the number that ends the range."""
    if one.share.startswith("/"):
        return None
    if one.share:
        after = behind().match(text, one.end, span.end)
        end = after.end() if after else one.end
        words = after[0] if after else ""
        return _Stated(one.share, words, end, False)
    for last in (following, one):
        if last and last.kind == "number" and (found := measured().match(text, last.end, span.end)):
            return _Stated(found["unit"], found["after"] or "", found.end(), last is following)
    return None


@cache
def _ranges() -> re.Pattern[str]:
    return re.compile(rf"[{SPACE}]*(?:{unit_pattern()})?{RANGE}")


@cache
def _ahead() -> re.Pattern[str]:
    words = one_of(bound_words("ahead"))
    return re.compile(rf"(?P<word>{words})[^\d，,。；;：:、（()）\n]{{1,8}}$")


def _quantity(text: str, least: int, one: Number, stated: _Stated) -> Quantity | None:
    lead = text[max(least, one.start - _REACH) : one.start]
    before = bound_before(lead)
    start = one.start - len(before.words)
    if not (text[one.start].isdecimal() or one.share or _counts(text, one, before.word, stated)):
        return None
    if stated.unit == "日" and not stated.after:
        return None  # 15日 without 内 or 以上 is a day of the month
    bound = _COMPARATORS.get(before.bound)
    if stated.after and (bound is None or before.word in ("至", "到")):
        bound = _COMPARATORS.get(bounds_behind()[stated.after])  # 延伸至五十米以内
    if bound is None and (ahead := _ahead().search(lead[: len(lead) - len(before.words)])):
        bound = _COMPARATORS[bound_words("ahead")[ahead["word"]]]
    if bound is None and stated.ranged and not before.word:
        bound = "≥"
    return Quantity(
        span=Span(start, stated.end),
        value=one.value or Decimal(0),
        unit=stated.unit,
        comparator=bound or "=",
        compared=bool(before.word),
        counting=stated.unit.split("/")[0] in counting(),
    )


def _counts(text: str, one: Number, prefix: str, stated: _Stated) -> bool:
    """Whether a Chinese numeral counts here, and is not part of a word or a name."""
    unit, table = stated.unit.split("/")[0], word_table("measures.toml")
    if text[one.start] == "半" or text.endswith(_NO_NUMERAL_AFTER, 0, one.start):
        return False
    if stated.after not in ("", *_WEAK) or (prefix and prefix not in _WEAK):
        return True
    if unit in table["ranks"]:
        return text.startswith(tuple(table["demands"]), stated.end - len(stated.after))
    if unit not in table["chinese_numeral_units"]:
        return False
    return bool(prefix or stated.after) or text[one.start : one.end] not in ("一", "百", "千")
