"""Character classes that the readers and grammars share.

Published texts mix half and full width, and indent with many kinds of space; the patterns here
accept all of them so that the text itself never has to be changed.
"""

from decimal import Decimal
from functools import lru_cache

from ingest.patterns import pattern

SPACE = " \t\r\f\v\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
"""White space inside a line, for use in a character class."""

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
"""Unified ideographs, for use in a character class."""

OPENERS = "(（[［【〔〈《“‘「『"
CLOSERS = ")）]］】〕〉》”’」』"

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHINESE_NUMBER = "[零〇一二两三四五六七八九十百千]{1,16}"
"""Bounded, so that a long run of numerals costs no quadratic time."""

_PLAIN = pattern(r"\d+(?:[.．]\d+)?")
_SPACES = pattern(f"[{SPACE}\n]+")


def without_spaces(text: str) -> str:
    """The text with all white space taken out, for comparing only.

    >>> without_spaces("工作 领导\u2002小组")
    '工作领导小组'
    """
    return _SPACES.sub("", text)


def chinese_number(text: str) -> int | None:
    """The value of a Chinese or Arabic integer, or None if it is neither.

    >>> [chinese_number(t) for t in ("十九", "一百零二", "二〇二二", "23", "两", "甲")]
    [19, 102, 2022, 23, 2, None]
    """
    if text.isdecimal():
        return int(text)
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit = 0
        elif c in _LARGE:
            total += (section + digit) * _LARGE[c]
            section = digit = 0
        else:
            return None
    return total + section + digit


@lru_cache(maxsize=4_096)  # most numbers of a corpus are met again and again
def printed_number(text: str) -> Decimal | None:
    """The value of a number as printed, with group commas and 万/亿, or None.

    >>> [str(printed_number(t)) for t in ("1,930", "2.5万", "五", "８０")]
    ['1930', '25000', '5', '80']
    """
    plain = text.replace(",", "").replace("，", "")
    factor = 1
    while plain and plain[-1] in "百千万亿" and plain[0].isdecimal():
        factor *= (_LARGE | _SMALL)[plain[-1]]
        plain = plain[:-1]
    if _PLAIN.fullmatch(plain):
        number = Decimal(plain.replace("．", ".")) * factor
        return number.quantize(Decimal(1)) if factor > 1 and number == int(number) else number
    value = chinese_number(plain)
    return None if value is None else Decimal(value * factor)
