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

from ingest.characters import SPACE
from ingest.numbers.bounds import bound_before, bound_words, bounds_behind, one_of
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

_GAP = 12
"""At most so many code points stand between the ends of a range."""

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
    done = least = span.start
    for one, following in zip(some, [*some, None][1:], strict=True):
        if one.start < done or one.kind != "number" or one.value is None:
            continue
        high = _high(text, one, following)
        if one.share.startswith("/") or _ATTACHED.match(text, one.start):
            done = high.end if high and one.share else done  # 三分之一至一倍 states no 一倍
            continue
        own = stated = measured(one.share).match(text, one.end, span.end)
        last = high and measured(one.share).match(text, high.end, span.end)
        if high and high.value and last and (one.share or not own or own["unit"] == last["unit"]):
            one, stated = one._replace(value=min(one.value, high.value)), last
        if stated is None:
            continue
        done = (last or stated).end()
        if names is None:  # once a sentence, and only where a quantity may be
            names = [m.span() for m in _NAMES.finditer(text, span.start, span.end)]
        name = bisect_right(names, (one.start, span.end))
        if name and one.start < names[name - 1][1]:
            continue
        if (quantity := _quantity(text, least, one, stated, bool(last))) is not None:
            found.append(quantity)
            least = done
    return found


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"[{SPACE}]*(?:{unit_pattern()})?{RANGE}")


def _high(text: str, one: Number, following: Number | None) -> Number | None:
    """The upper end of a range that begins with `one`: 1～3个, 1个至3个, 百分之五至百分之八."""
    if following is None or following.start > one.end + _GAP or following.kind != "number":
        return None
    if one.share == "%" != following.share:
        return None
    return following if _between().fullmatch(text, one.end, following.start) else None


@cache
def _ahead() -> re.Pattern[str]:
    words = one_of(word_table("bounds.toml")["ahead"])
    return re.compile(rf"(?P<word>{words})[^\d，,。；;：:、（()）\n]{{1,8}}$")


def _quantity(
    text: str, least: int, one: Number, stated: re.Match[str], ranged: bool
) -> Quantity | None:
    lead = text[max(least, one.start - _REACH) : one.start]
    before = bound_before(lead)
    unit, after = one.share or stated["unit"], stated["after"] or ""
    arabic = text[one.start].isdecimal()
    if not (arabic or one.share or _counts(text, one, before.word, stated)):
        return None
    if unit == "日" and not after:
        return None  # 15日 without 内 or 以上 is a day of the month
    bound = _COMPARATORS.get(before.bound)
    if after and (bound is None or before.word in ("至", "到")):
        bound = _COMPARATORS.get(bounds_behind()[after])  # 延伸至五十米以内
    if bound is None and (ahead := _ahead().search(lead[: len(lead) - len(before.words)])):
        bound = _COMPARATORS[bound_words("before")[ahead["word"]]]
    if bound is None and ranged and not before.word:
        bound = "≥"
    return Quantity(
        span=Span(one.start - len(before.words), stated.end()),
        value=one.value or Decimal(0),
        unit=unit,
        comparator=bound or "=",
        compared=bool(before.word),
        counting=unit.split("/")[0] in counting(),
    )


def _counts(text: str, one: Number, prefix: str, stated: re.Match[str]) -> bool:
    """Whether a Chinese numeral counts here, and is not part of a word or a name."""
    unit, after = stated["unit"].split("/")[0], stated["after"] or ""
    table = word_table("measures.toml")
    if text[one.start] == "半" or text.endswith(_NO_NUMERAL_AFTER, 0, one.start):
        return False
    if after not in ("", *_WEAK) or (prefix and prefix not in _WEAK):
        return True
    if unit in table["ranks"]:
        return text.startswith(tuple(table["demands"]), stated.end("unit"))
    if unit not in table["chinese_numeral_units"]:
        return False
    return bool(prefix or after) or text[one.start : one.end] not in ("一", "百", "千")
