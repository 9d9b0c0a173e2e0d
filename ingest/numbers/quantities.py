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

from ingest.characters import CJK, SPACE
from ingest.numbers.bounds import bound_before, bound_words, bounds_behind, one_of
from ingest.numbers.measures import counting, measured, unit_pattern
from ingest.numbers.numerals import FORMAL, NUMERALS
from ingest.numbers.scanner import RANGE, Number, numbers
from ingest.patterns import pattern as lazy
from ingest.schema import Comparator, Span
from ingest.words import word_table

_NAMES = lazy(  # stretches of text in which a number is part of a name
    rf"《[^》\n]*》?|[〔\[［]\d{{4}}[〕\]］][{SPACE}]*第?\d+号|\d+\.\d+版|\d+\.0(?![\d%％万亿倍])"
    r"|\d{3,4}-\d{7,8}|[*×=＝]\d+[%％]"
)
_ATTACHED = lazy("(?<=[A-Za-z0-9.．/])")
_NUMERAL = lazy(rf"[\d{NUMERALS}{FORMAL}半万]")
_ONLY = lazy(
    rf"(?:(?:只能?|仅|限|各|选择其?|享受)[{CJK}]{{0,2}}"
    rf"|每(?:年|月|季度|周|日|半年|学期|学年|户|人)[{CJK}]{{0,6}})$"
)
"""What makes a count of 一: 只能登记一个, 每年结算一次, 各一份."""

_RESTRICTED = lazy(rf"(?:只能?|仅|限)[{CJK}]{{0,2}}$")
_SIGNED = lazy(rf"[{CJK}、，,：:（(/]|$")
_WEAK = frozenset(("为", "共", "共计", "按", "每", "约", "近", "至", "到", "累计", "内"))
"""Bounding words that don't make a quantity of a Chinese numeral: 为一体, 每一个, 到一家."""

_NO_NUMERAL_AFTER = ("周", "星期", "唯", "统", "同", "专", "单", "逐")
_COMPARATORS: dict[str, Comparator] = {"≥": "≥", "≤": "≤", ">": ">", "<": "<"}
"""≈ and 每 compare as =."""

_RATIO = (":", "：", "∶")

_GAP = 12
"""At most so many code points stand between the ends of a range."""

_SHARE_REACH = 60
"""How far before a share, in code points, the bound of what it is of may begin."""

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
    if not _NUMERAL.search(text, span.start, span.end):
        return []  # at the speed of a character class: half of all sentences have none
    some = list(numbers(text, span.start, span.end))
    found: list[Quantity] = []
    names: list[tuple[int, int]] | None = None
    done = least = span.start
    for one, following in zip(some, [*some, None][1:], strict=True):
        if one.start < done or one.kind != "number" or one.value is None:
            continue
        high = _high(text, one, following)
        if (high and one.share.startswith("/")) or _ATTACHED.match(text, one.start):
            done = high.end if high and one.share else done  # 三分之一至一倍 states no 一倍
            continue
        if (ratio := _ratio(text, one, following)) is not None:
            one, following = ratio, None
        own = stated = measured(one.share).match(text, one.end, span.end)
        last = high and measured(one.share).match(text, high.end, span.end)
        if high and high.value and last and (one.share or not own or own["unit"] == last["unit"]):
            one, stated = one._replace(value=min(one.value or high.value, high.value)), last
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


def _ratio(text: str, one: Number, following: Number | None) -> Number | None:
    """1:0.5 as one number, whose share is 1: and whose value is what stands behind it."""
    if following is None or following.kind != "number" or one.value != 1 or one.share:
        return None
    if following.start != one.end + 1 or text[one.end] not in _RATIO:
        return None
    if text[following.end : following.end + 1] in _RATIO or text[one.start - 1] in _RATIO:
        return None  # 1:2:3
    return Number(one.start, following.end, "number", following.value, "1:")


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
    start, value = _signed(text, least, one, stated)
    lead = text[max(least, start - _REACH) : start]
    before = bound_before(lead)
    unit, after = one.share or stated["unit"], stated["after"] or _after_noun(text, stated)
    arabic = text[one.start].isdecimal()
    if not (arabic or one.share or _counts(text, one, before.word, unit, after, stated)):
        return None
    if unit == "日" and not after and value <= 31 and text[start - 1 : start] not in ("为", "是"):
        return None  # 15日 without 内 or 以上 is a day of the month; a term of 六十日 is none
    if unit == "时" and not ranged:
        return None  # 8时 is a time of the day, 6时至22时 says how long
    bound = _COMPARATORS.get(before.bound)
    if after and (bound is None or before.word in ("至", "到")):
        bound = _COMPARATORS.get(bounds_behind()[after])  # 延伸至五十米以内
    if bound is None and (ahead := _ahead().search(lead[: len(lead) - len(before.words)])):
        bound = _COMPARATORS[bound_words("before")[ahead["word"]]]
    if bound is None and (share := _share_of(text, least, start - len(before.words))):
        bound = share
    if bound is None and _RESTRICTED.search(lead):
        bound = "≤"
    if bound is None and ranged and not before.word:
        bound = "≥"
    return Quantity(
        span=Span(start - len(before.words), stated.end()),
        value=value,
        unit=unit,
        comparator=bound or "=",
        compared=bool(before.word),
        counting=unit.split("/")[0] in counting(),
    )


def _signed(text: str, least: int, one: Number, stated: re.Match[str]) -> tuple[int, Decimal]:
    """Where a percentage begins and its value, with its sign: 浮动幅度-5%, but not 10-5%."""
    value = one.value or Decimal(0)
    sign = text[max(least, one.start - 1) : one.start]
    if (
        one.share
        or stated["unit"] not in ("%", "％", "℃")
        or sign not in ("+", "＋", "-", "－", "−")
    ):
        return one.start, value
    if not _SIGNED.match(text[max(0, one.start - 2) : one.start - 1]):
        return one.start, value
    return one.start - 1, value if sign in ("+", "＋") else -value


@cache
def _behind_noun() -> re.Pattern[str]:
    words = one_of(word for word in bounds_behind() if len(word) > 1)
    return re.compile(rf"(?:[{CJK}]{{1,4}}?|[（(][^（()）]{{1,8}}[）)])(?P<after>{words})")


def _after_noun(text: str, stated: re.Match[str]) -> str:
    """The bound behind what is counted or a remark: 一个国家以上, 300kW(kVA)以上."""
    found = _behind_noun().match(text, stated.end())
    if found is None or not (stated.re.groupindex.get("unit") and stated["unit"]):
        return ""
    counts = stated["unit"] in counting() or text[stated.end()] in "（("
    return found["after"] if counts else ""


@cache
def _of_which() -> re.Pattern[str]:
    words = one_of(word_table("bounds.toml")["ahead"])
    return re.compile(
        rf"(?P<word>{words})(?:[^\d，,。；;：:（）()\n]|[（(][^（()）]*[）)]){{1,40}}的$"
    )


def _share_of(text: str, least: int, start: int) -> Comparator | None:
    """The bound before what a share is of: 按不超过实际投资额的20%."""
    found = _of_which().search(text, max(least, start - _SHARE_REACH), start)
    return _COMPARATORS[bound_words("before")[found["word"]]] if found else None


def _counts(
    text: str, one: Number, prefix: str, unit: str, after: str, stated: re.Match[str]
) -> bool:
    """Whether a Chinese numeral counts here, and is not part of a word or a name."""
    unit = unit.split("/")[0]
    table = word_table("measures.toml")
    if text[one.start] == "半" or text.endswith(_NO_NUMERAL_AFTER, 0, one.start):
        return False
    if after not in ("", *_WEAK) or (prefix and prefix not in _WEAK):
        return True
    if unit in table["ranks"]:
        return text.startswith(tuple(table["demands"]), stated.end("unit"))
    words = text[one.start : one.end]
    if words in ("一", "百", "千"):
        if unit in table["chinese_numeral_units"] and (prefix or after):
            return True
        before = text[max(0, one.start - _REACH) : one.start]
        return (unit in counting() or unit == "次") and _ONLY.search(before) is not None
    return unit in table["chinese_numeral_units"] or (unit in ("次", "档") and words != "二")
