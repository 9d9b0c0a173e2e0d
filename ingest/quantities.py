"""Numbers with a unit as they stand in a sentence: where they are, and how they are bounded.

超过1930个, 达到80%, 2家以上, 百分之五, 1～3个百分点, 200元/月.  Dates, document numbers, titles in
《》, clause numbers and names such as 5G or IPv6 are no quantities, nor are numerals in words
(一体化) and ranks that name (三级医院).  What is counted is the business of `targets`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.characters import CHINESE_NUMBER, SPACE, printed_number
from ingest.patterns import pattern as lazy
from ingest.schema import Comparator, Span
from ingest.sentences import WHITE
from ingest.words import word_table

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.．]\d+)?[百千万亿]*"
_NUMERALS = CHINESE_NUMBER[1 : CHINESE_NUMBER.index("]")]
_NUMERAL_PAIR = lazy("[一二三四五六七八九两]{2}")
_CHINESE = rf"{CHINESE_NUMBER}(?:万(?:{CHINESE_NUMBER})?)?亿?"
_RANGE = "[-–—－~～至到]"
_PARTS = {"百": "%", "千": "‰", "万": "‱"}
_DAY = r"\d{1,2}月\d{1,2}日?"
_NAMES = lazy(  # stretches of text in which a number is part of a name or a date
    rf"(?=[《\dA-Za-z第〔\[［*×=＝{_NUMERALS}])"  # for speed
    rf"(?:《[^》\n]*》?|\d{{4}}[{SPACE}]*年?{_RANGE}\d{{4}}[{SPACE}]*年"
    rf"|\d{{4}}[{SPACE}]*年(?:[{SPACE}]*\d{{1,2}}[{SPACE}]*月)?(?:[{SPACE}]*\d{{1,2}}[{SPACE}]*日)?"
    rf"(?:{_RANGE}(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?)?"
    rf"|{_DAY}(?:{_RANGE}(?:\d{{1,2}}月)?\d{{1,2}}日)?"
    rf"|[二一][〇零○一二三四五六七八九]{{3}}年(?:{CHINESE_NUMBER}月)?(?:{CHINESE_NUMBER}日)?"
    rf"|{CHINESE_NUMBER}月{CHINESE_NUMBER}日|[〔\[［]\d{{4}}[〕\]］][{SPACE}]*第?\d+号"
    rf"|第[{SPACE}]*(?:\d+|{CHINESE_NUMBER})(?:[、和至或-](?:第?\d+|第?{CHINESE_NUMBER}))*"
    r"|(?<![0-9.])[2-6]G(?![A-Za-z])|IPv[46]|\d+\.\d+版|\d+\.0(?![\d%％万亿倍])|[A-Za-z]+\d+"
    r"|\d{3,4}-\d{7,8}|[*×=＝]\d+[%％])"
)
_WEAK = frozenset(("为", "共", "共计", "按", "每", "约", "近", "至", "到", "累计", "内"))
"""Comparing words that don't make a quantity of a Chinese numeral: 为一体, 每一个, 到一家."""

_NO_NUMERAL_AFTER = ("周", "星期", "唯", "统", "同", "专", "单", "其", "逐")

_REACH = 10
"""How far before the number, in code points, an adverb such as 至少 may stand."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `value` counts `unit`s.

    `span` covers comparing words, number and unit, `compared` tells whether words stand before
    the number, `counting` whether the unit counts things.  A range has its lower end as value.
    """

    span: Span
    value: Decimal
    unit: str
    comparator: Comparator
    compared: bool
    counting: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The tables of quantities.toml, with the patterns made of them."""

    pattern: re.Pattern[str]
    begins: re.Pattern[str]  # where `pattern` is worth trying
    counting: frozenset[str]
    numeral_units: frozenset[str]
    ranks: frozenset[str]
    demands: tuple[str, ...]
    before: dict[str, Comparator]
    before_pattern: re.Pattern[str]
    before_ends: frozenset[str]  # the last character of what `before_pattern` finds
    ahead: dict[str, Comparator]
    ahead_pattern: re.Pattern[str]
    ahead_begins: frozenset[str]
    after: dict[str, Comparator]


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _sides(table: dict[Comparator, list[str]]) -> dict[str, Comparator]:
    return {word: comparator for comparator, words in table.items() for word in words}


@cache
def _words() -> _Words:
    table = word_table("quantities.toml")
    before, ahead, after = (_sides(table[name]) for name in ("before", "ahead", "after"))

    def unit(name: str) -> str:
        others = table["not_followed_by"].get(name, "")
        if name[-1].isascii() and name[-1].isalpha():
            return rf"{name}(?![A-Za-z0-9{others}])"
        return rf"{name}(?![{others}])" if others else name

    names = sorted([*table["measures"], *table["counting"]], key=len, reverse=True)
    first = "".join(sorted({re.escape(name[0]) for name in names}))
    units = f"(?=[{first}])(?:{'|'.join(unit(name) for name in names)})"  # rejects most at once
    number = f"{_ARABIC}|{_CHINESE}"
    rates = rf"(?:[/／](?:{_one_of(table['rates'])}))*"
    pattern = re.compile(
        rf"(?<![A-Za-z0-9.．/])(?:(?P<part>[百千万])分之"
        rf"(?P<ratio>{CHINESE_NUMBER}(?:点{CHINESE_NUMBER})?|\d+(?:\.\d+)?)"
        rf"|(?P<number>{number})(?:[{SPACE}]*(?:{units})?{_RANGE}(?P<high>{number}))?[{SPACE}]*"
        rf"[多余]?(?P<unit>(?:{units}){rates}))"
        rf"(?P<after>{_one_of(after)})?"
    )
    digits = rf"\d{_NUMERALS}万亿,.．"
    both = "".join(sorted({re.escape(name[0]) for name in names} & set(_NUMERALS + "万亿")))
    begins = re.compile(  # bounded, so that long runs of numerals cost no quadratic time
        rf"[\d{_NUMERALS}](?=[{digits}]{{0,24}}+(?:(?<=[{both}])|[{digits}]"
        rf"|[{SPACE}]*[多余]?[{_RANGE[1:-1]}{first}分]))"
    )
    return _Words(
        pattern,
        begins,
        frozenset(table["counting"]),
        frozenset(table["chinese_numeral_units"]),
        frozenset(table["ranks"]),
        tuple(table["demands"]),
        before,
        re.compile(rf"(?:{_one_of(before)})[{SPACE}]*$"),
        frozenset(word[-1] for word in before) | WHITE,
        ahead,
        re.compile(rf"(?P<word>{_one_of(ahead)})[^\d，,。；;：:、（()）\n]{{1,8}}$"),
        frozenset(word[0] for word in ahead),
        after,
    )


def quantities(text: str, span: Span) -> list[Quantity]:
    """The quantities inside `span`, in order, none overlapping another.

    >>> t = "覆盖率达到百分之八十以上，新建不少于20个站点。"
    >>> [(q.span.of(t), q.comparator, str(q.value), q.unit) for q in quantities(t, Span(0, 24))]
    [('达到百分之八十以上', '≥', '80', '%'), ('不少于20个', '≥', '20', '个')]
    """
    words = _words()
    matches = list(_matches(words, text, span))
    if not matches:
        return []
    names = [m.span() for m in _NAMES.finditer(text, span.start, span.end)]
    starts = [start for start, _ in names]
    found = []
    least = span.start
    for match in matches:
        place = match.start("ratio") if match["part"] else match.start("number")
        name = bisect_right(starts, place)
        if name and place < names[name - 1][1]:
            continue
        quantity = _quantity(text, least, match, words)
        if quantity is not None:
            found.append(quantity)
            least = quantity.span.end
    return found


def _matches(words: _Words, text: str, span: Span) -> Iterator[re.Match[str]]:
    """`pattern.finditer`, but tried only where a numeral and a unit stand, which is quicker."""
    pattern = words.pattern
    place = span.start
    while first := words.begins.search(text, place, span.end):
        match = pattern.match(text, first.start(), span.end)
        if match is not None:
            yield match
        place = first.end() if match is None else match.end()


def _quantity(text: str, least: int, match: re.Match[str], words: _Words) -> Quantity | None:
    lead = text[max(least, match.start() - _REACH - 4) : match.start()]
    found = words.before_pattern.search(lead) if lead[-1:] in words.before_ends else None
    start = match.start() - (len(found[0]) if found else 0)
    prefix = found[0].rstrip(SPACE) if found else ""
    suffix = match["after"] or ""
    ahead = None
    if not words.ahead_begins.isdisjoint(lead):
        ahead = words.ahead_pattern.search(lead[: len(lead) - match.start() + start])
    if match["part"]:
        value, unit = printed_number(_decimal(match["ratio"])), _PARTS[match["part"]]
    else:
        value, unit = printed_number(match["number"]), match["unit"]
        if not (match["number"][0].isdecimal() or _counts(text, match, prefix, words)):
            return None
    if value is None or (unit == "日" and not suffix):
        return None  # 15日 without 内 or 以上 is a day of the month
    comparator = words.before.get(prefix, "=")
    if suffix and (comparator == "=" or prefix in ("至", "到")):
        comparator = words.after[suffix]  # 延伸至五十米以内
    if comparator == "=" and ahead:
        comparator = words.ahead[ahead["word"]]
    if match["part"] is None and match["high"] and comparator == "=" and not prefix:
        comparator = "≥"
    counting = unit.split("/")[0] in words.counting
    return Quantity(Span(start, match.end()), value, unit, comparator, bool(prefix), counting)


def _decimal(ratio: str) -> str:
    """百分之零点五 as a number that `printed_number` reads."""
    whole, point, part = ratio.partition("点")
    if not point:
        return ratio
    digits = [printed_number(c) for c in part]
    return f"{printed_number(whole)}." + "".join(str(d) for d in digits)


def _counts(text: str, match: re.Match[str], prefix: str, words: _Words) -> bool:
    """Whether a Chinese numeral counts here, and is not part of a word or a name."""
    number, unit, suffix = match["number"], match["unit"].split("/")[0], match["after"] or ""
    before = text[max(0, match.start() - 2) : match.start()]
    if _NUMERAL_PAIR.search(number) or before.endswith(_NO_NUMERAL_AFTER):
        return False  # 二三级 names two ranks, 周三 a day
    if suffix not in ("", *_WEAK) or (prefix and prefix not in _WEAK):
        return True
    if unit in words.ranks:
        return text.startswith(words.demands, match.end())
    if unit not in words.numeral_units:
        return False
    return bool(prefix or suffix) or number not in ("一", "百", "千")
