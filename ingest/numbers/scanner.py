"""Every number of a text: where it stands, its value, and whether it is a date, a time or a rank.

What is not a number here: a year in 二〇二二年 apart from its month, the 5 of 5G or the 6 of IPv6.
What a number counts and how it is bounded is the business of `quantities` and `figures`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from ingest.characters import SPACE
from ingest.numbers.numerals import DIGIT, FORMAL, NUMERALS, value
from ingest.numbers.printed_dates import CLOCK, DATE
from ingest.patterns import pattern

RANGE = "[-–—－~～至到]"
"""What stands between the ends of a range."""

_UNITS = "百分点|千瓦|(?<=[十百])千"
"""What stands in units, not in numbers: 三十千克, but 三千克."""

_RUN = (
    rf"(?!{_UNITS})(?:[{NUMERALS}]|[{FORMAL}](?=[{FORMAL}零万亿萬億元圆]))"
    rf"(?:(?!{_UNITS})[{NUMERALS}{FORMAL}万亿萬億])*+"
)
_POINT = rf"(?:[.．](?!\d{{4}}[{SPACE}]*年|\d{{1,2}}[{SPACE}]*月)\d+)?"
_ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+){_POINT}"
_SCALE = f"(?:(?!{_UNITS})[百千万亿])*"
_CHINESE = rf"{_RUN}(?:点[{DIGIT}]+(?![{NUMERALS}分刻时是、滴点])[百千万亿]*)?"
_NUMBER = pattern(
    rf"(?=[\d{NUMERALS}{FORMAL}半万])(?:"
    rf"(?P<date>{DATE})"
    rf"|(?P<time>{CLOCK})"
    rf"|(?P<part>[百千万])分之(?P<share>{_CHINESE}|{_ARABIC})"
    rf"|(?P<of>{_RUN}|\d+)分之(?P<count>{_RUN}|\d+)"
    r"|(?P<tenth>[一二三四五六七八九]|\d)成"
    r"(?!立|为|果|本|员|长|功|效|就(?!够|行|可|算|好|是)|都|人|套|年|型)"
    rf"|(?P<arabic>(?:{_ARABIC}{_SCALE})(?:(?<=[万亿])\d+{_SCALE}(?<=[百千万]))*)"
    rf"|(?P<chinese>{_CHINESE})|(?P<half>半))"
)
_LISTED = pattern("[、和至或-]第?")
_SEVERAL = pattern("[一二两三四五六七八九]{2,}")
_GENERATION = pattern("(?<![0-9.])[2-6][Gg](?![A-Za-z])")
_GAP = 4
"""So many spaces at most are looked past for the 第 of an ordinal number."""

_SHARES = {"百": "%", "千": "‰", "万": "‱"}
_HALF = Decimal("0.5")

Kind = Literal["number", "ordinal", "date", "time", "name"]


class Number(NamedTuple):
    """A number in its place, half-open.

    `value` is None for a run of numerals that is no one number (十四五), a date and a time.
    `share` is % of 百分之五 and of 八成, /3 of 三分之二, else "".  A "name" is 5G or IPv6's 6.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal | None = None
    share: str = ""


def numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The numbers of `text[start:end]`, in order; text as printed, or without white space.

    >>> t = "第三条：2031年3月8日8:30前，八成以上、2.5万元和叁拾家"
    >>> [(t[n.start : n.end], n.kind) for n in numbers(t)][:3]
    [('三', 'ordinal'), ('2031年3月8日', 'date'), ('8:30', 'time')]
    >>> [(t[n.start : n.end], str(n.value), n.share) for n in numbers(t)][3:]
    [('八成', '80', '%'), ('2.5万', '25000', ''), ('叁拾', '30', '')]
    """
    rank = -1
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        one = _number(text, match, rank)
        yield one
        rank = one.end if one.kind == "ordinal" else -1


def _number(text: str, match: re.Match[str], rank: int) -> Number:
    """What was found; `rank` is where an ordinal number ends right before it, else -1."""
    (begin, close), form = match.span(), match.lastgroup
    if form == "date":
        return Number(begin, close, "date")
    if form == "time":
        return Number(begin, close, "time")
    if form == "share":
        return Number(begin, close, "number", value(match["share"]), _SHARES[text[begin]])
    if form == "count":
        return Number(begin, close, "number", value(match["count"]), f"/{value(match['of'])}")
    if form == "tenth":
        tens = value(match["tenth"]) or 0
        return Number(begin, close, "number", Decimal(tens * 10), "%")
    if form == "half":
        return Number(begin, close, "number", _HALF)
    before = text[begin - 1 : begin]
    if form == "arabic" and (
        (before.isascii() and before.isalpha()) or _GENERATION.match(text, begin)
    ):
        return Number(begin, close, "name")
    several = form == "chinese" and _SEVERAL.fullmatch(match[0])
    ranked = before == "第" or (
        before.isspace() and text[max(0, begin - _GAP) : begin].rstrip(SPACE).endswith("第")
    )
    listed = rank >= 0 and _LISTED.fullmatch(text, rank, begin)
    if ranked or listed:
        return Number(begin, close, "ordinal", value(match[0]))
    return Number(begin, close, "number", None if several else value(match[0]))
