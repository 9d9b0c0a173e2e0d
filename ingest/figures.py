"""Figures and dates of a text as values: what is counted, how it is bounded, what stands around it.

三家 is 3家, 2.5万元 is 25000元, 百分之八十 and 八成 are 80%, 2022-07-20 is 2022年7月20日; 80% is
not 80, 不低于 is not 不超过, and a figure is what it is said of: 8家 of one thing is no 8家 of
another.  Over folded text without white space; quantities as they stand in a
text are found by `quantities`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from ingest.characters import CHINESE_NUMBER, chinese_number
from ingest.patterns import pattern as lazy
from ingest.words import word_table

LEFT, RIGHT = 24, 12
"""Code points around a figure that say what it is a figure of."""

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億参", "一二三四五六七八九十百千万亿三")
_ZERO = str.maketrans("〇○零", "000")
_CN = CHINESE_NUMBER
_CN_DATE = "[〇○零一二三四五六七八九十]"
_DATE = lazy(
    rf"(?P<y>\d{{4}}|[〇○零一二三四五六七八九]{{4}})(?:年|[-/.](?=\d{{1,2}}[-/.]\d))"
    rf"(?:(?P<m>\d{{1,2}}|{_CN_DATE}{{1,3}})(?:月|[-/.])(?:(?P<d>\d{{1,2}}|{_CN_DATE}{{1,3}})[日号]?)?)?"
    rf"|(?P<m2>\d{{1,2}}|{_CN_DATE}{{1,3}})月(?:(?P<d2>\d{{1,2}}|{_CN_DATE}{{1,3}})[日号])?(?!份?额)"
)
MEASURE = (
    "[个项家条大路所台人座处种类级倍岁天年月日次件户名场张元成米克吨亩份套支批轮期届周分秒]"
    "|小时|公里|平方|工作日|百分点"
)
_NUMBER = lazy(
    rf"百分之(?P<cent>{_CN}(?:点{_CN})?|\d+(?:\.\d+)?)"
    rf"|(?P<part>{_CN}|\d+)分之(?P<whole>{_CN}|\d+)"
    rf"|(?P<tenth>[一二三四五六七八九]|\d)成(?!立|为|果|本|员|长|功|效|就(?!够|行|可|算|好|是)|都|人|套|年|型)"
    r"|(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>[十百千万亿]*)(?P<sign>[%‰]?)"
    rf"|(?P<run>[零〇一二三四五六七八九十百千两]{{2,16}}[万亿]*|[一二三四五六七八九十两百千][万亿]+)"
    rf"|(?P<one>[一二三四五六七八九十百千两半])(?={MEASURE})"
)
_LATIN = lazy("[a-z]+")
_LATINMEASURES = frozenset(
    {"m", "km", "cm", "mm", "kg", "mg", "t", "ml", "kw", "kwh", "mw", "kv", "mbps", "gbps", "kbps"}
    | {"kb", "mb", "gb", "tb", "pb", "ph", "hz", "ghz", "db"}
)
_CANONICAL = lazy(
    "(?=.)(?:[一二两三四五六七八九]千)?(?:[零〇]?[一二两三四五六七八九]百)?"
    "(?:[零〇]?[一二三四五六七八九]?十)?(?:[零〇]?[一二两三四五六七八九])?[万亿]*|[零〇一二三四五六七八九]{3,}"
)
"""A numeral that is one number; 十四五 names a plan and is compared as it stands."""

_STOP = lazy("[,;。!?:、\n()]")
_TIME = lazy("个?(?:工作日|自然日|天|日|月|年|小时|分钟|周|星期|季度)")
_SENTENCE = lazy("[;。!?\n]")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


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
    [('number', '3', '家', 'ge'), ('number', '65', '%', 'ge')]
    >>> [f.key for f in figures("2031年3月8日前")]
    [('date', '2031', '3', '8', 'before')]
    """
    text = text.translate(_FORMAL)
    found: list[tuple[int, int, tuple[str, ...]]] = []
    taken = [False] * (len(text) + 1)
    for match in _DATE.finditer(text):
        start, end = match.span()
        year, month, day = match["y"], match["m"] or match["m2"], match["d"] or match["d2"]
        if start and text[start - 1].isdigit():
            continue
        values = tuple("" if v is None else _date_part(v) for v in (year, month, day))
        suffix = _matched("after", text[end : end + 2], ("before", "since"))
        found.append((start, end, ("date", *values, suffix)))
        taken[start:end] = [True] * (end - start)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        if match["digits"] and _in_a_name(text, start, end):
            continue  # ipv6, 5g: names, compared as words
        value, after = _value(match, text[end : end + 5])
        kind = "ordinal" if start and text[start - 1] == "第" else "number"
        found.append((start, end, (kind, value, after, _bound(text, start, end))))
    found.sort()
    return [
        Figure(key, around, around[_comma(around) :], (start, end))
        for place, (start, end, key) in enumerate(found)
        for around in [_around(text, found, place)]
    ]


def _date_part(text: str) -> str:
    text = text.translate(_ZERO) if len(text) == 4 else text.replace("○", "〇")
    if len(text) == 4:
        return "".join(str(chinese_number(c)) if not c.isdigit() else c for c in text)
    value = chinese_number(text)
    return text if value is None else str(value)


def _in_a_name(text: str, start: int, end: int) -> bool:
    if start and text[start - 1].isascii() and text[start - 1].isalpha():
        return True
    latin = _LATIN.match(text, end)
    return latin is not None and latin[0] not in _LATINMEASURES


def _value(match: re.Match[str], following: str) -> tuple[str, str]:
    if match["cent"]:
        return _chinese_decimal(match["cent"]), "%"
    if match["part"]:
        part, whole = chinese_number(match["part"]), chinese_number(match["whole"])
        return f"{whole}/{part}", ""
    if match["tenth"]:
        return str((chinese_number(match["tenth"]) or 0) * 10), "%"
    if match["digits"]:
        digits = match["digits"].replace(",", "")
        if "." in digits and not match["scale"]:
            return digits, match["sign"] or _measure(following)  # 2.0 may be a version
        value = Decimal(digits)
        for scale in match["scale"]:
            value *= _SCALES[scale]
        return _printed(value), match["sign"] or _measure(following)
    words = match["run"] or match["one"]
    number = chinese_number(words) if _CANONICAL.fullmatch(words) else None
    return (words if number is None else str(number)), _measure(following)


def _chinese_decimal(text: str) -> str:
    whole, _, part = text.partition("点")
    if not part:
        value = chinese_number(whole)
        return text if value is None and not _decimal(whole) else _printed(Decimal(value or whole))
    digits = "".join(str(chinese_number(c)) for c in part)
    return _printed(Decimal(f"{chinese_number(whole)}.{digits}"))


def _decimal(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


def _printed(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _measure(following: str) -> str:
    """What a number counts: its first character or its Latin word; nothing where a stop follows."""
    if not following or _STOP.match(following):
        return ""
    latin = _LATIN.match(following)
    return latin[0] if latin else following[0]


def bound_words() -> list[str]:
    """The words that bound a figure, as regular expressions."""
    return [w for side in word_table("figures.toml")["bounds"].values() for w in side.values()]


@cache
def _bounds(side: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = word_table("figures.toml")["bounds"][side]
    form = "(?:{})(?:达到?|到|为|有)?$" if side == "before" else "(?:{})"
    return tuple((name, re.compile(form.format(words))) for name, words in table.items())


def _matched(side: str, text: str, names: Sequence[str]) -> str:
    for name, pattern in _bounds(side):
        if name in names and (pattern.match(text) if side == "after" else pattern.search(text)):
            return name
    return ""


def _bound(text: str, start: int, end: int) -> str:
    """How a number is bounded: by words right before it, or right after what it counts."""
    before = text[max(0, start - 8) : start]
    for name, pattern in _bounds("before"):
        if pattern.search(before):
            return name
    after = text[end : end + 7]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    for name, pattern in _bounds("after"):
        limit = 1 if name in ("gt",) else 5
        if name in ("before", "since", "within"):  # only of a time, and only right behind it
            if (time := _TIME.match(after)) and pattern.match(after, time.end()):
                return name
            continue
        for place in range(min(limit, len(after))):
            if pattern.match(after, place):
                return name
    return ""


def _comma(around: str) -> int:
    """Where the piece between commas begins that a figure (|) stands in."""
    return max(around.rfind(stop, 0, around.index("|")) for stop in ",:、") + 1


def _around(text: str, found: Sequence[tuple[int, int, tuple[str, ...]]], place: int) -> str:
    start, end, _ = found[place]
    low = max(start - LEFT, found[place - 1][1] if place else 0)
    for stop in _SENTENCE.finditer(text, low, start):
        low = stop.end()
    high = min(end + RIGHT, found[place + 1][0] if place + 1 < len(found) else len(text))
    if closing := _STOP.search(text, end, high):
        high = closing.start()
    return text[low:start] + "|" + text[end:high]
