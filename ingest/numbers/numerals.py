"""Numerals and their value: 1,930, 2.5万, 1亿2000万, 十九, 二〇二二, 三点五, 壹佰元's 壹佰.

Every reader of numbers takes its characters and its values from here.
"""

from decimal import Decimal
from functools import lru_cache

from ingest.patterns import pattern

ZERO = "零〇○"
DIGIT = f"{ZERO}一二两俩三四五六七八九"
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Forms that can't be changed by a stroke; each is also a common word (大陆, 队伍)."""

NUMERALS = f"{DIGIT}十百千"
"""What a Chinese number below 万 consists of, for use in a character class."""

CHINESE_NUMBER = f"[{NUMERALS}]{{1,16}}"
"""A Chinese integer below 万; bounded, so that a long run of numerals costs no quadratic time."""

MAX_NUMERALS = 24
"""A longer run of Chinese numerals is no number."""

_COMMON = str.maketrans(f"{ZERO}两俩{FORMAL}萬億", "〇〇〇二二一二三四五六七八九十百千万亿")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_TENS = {"百": "十", "千": "百", "万": "千"}
_BELOW = "(?:[一-九]?千)?(?:〇?[一-九]?百)?(?:〇?[一-九]?十)?(?:〇?[一-九])?".replace(
    "一-九", "一二三四五六七八九"
)
_POSITIONAL = pattern(f"(?=[^万亿])(?:{_BELOW}万?亿)?(?:{_BELOW}万)?{_BELOW}")
_ARABIC = pattern(r"(?:(?<![.\d])\d+(?:\.\d+)?[百千万亿]+)*(?:\d+(?:\.\d+)?[百千万亿]*)")
_PART = pattern(r"(\d+(?:\.\d+)?)([百千万亿]*)")
_DECIMAL = pattern(f"(?P<whole>[^点]+)点(?P<part>[{''.join(_DIGITS)}]+)(?P<scale>[百千万亿]*)")


@lru_cache(maxsize=4_096)  # most numbers of a corpus are met again and again
def value(text: str) -> Decimal | None:
    """The value of a number as printed, or None if it is none.

    >>> [str(value(t)) for t in ("1,930", "2.5万", "1亿2000万", "８０", "三点五万", "叁拾伍")]
    ['1930', '25000', '120000000', '80', '35000', '35']
    >>> [str(value(t)) for t in ("一百零二", "二〇二二", "三万五", "两", "十四五", "甲")]
    ['102', '2022', '35000', '2', 'None', 'None']
    """
    plain = text.replace(",", "").replace("．", ".").translate(_COMMON)
    if _ARABIC.fullmatch(plain):
        return sum((_scaled(Decimal(n), scale) for n, scale in _PART.findall(plain)), Decimal(0))
    if found := _DECIMAL.fullmatch(plain):
        whole, part = value(found["whole"]), value(found["part"])
        return None if whole is None else _scaled(Decimal(f"{whole}.{part}"), found["scale"])
    if len(plain) > MAX_NUMERALS:
        return None
    if plain and all(c in _DIGITS for c in plain):
        return Decimal("".join(str(_DIGITS[c]) for c in plain))
    return Decimal(_positional(plain)) if _POSITIONAL.fullmatch(plain) else None


def integer(text: str) -> int | None:
    """The value of a whole number, or None if it is none.

    >>> [integer(t) for t in ("十九", "23", "壹", "1.5", "")]
    [19, 23, 1, None, None]
    """
    found = value(text)
    return int(found) if found is not None and found == int(found) else None


def _scaled(number: Decimal, scale: str) -> Decimal:
    for sign in scale:
        number *= _SCALES[sign]
    return number.quantize(Decimal(1)) if scale and number == int(number) else number


def _positional(text: str) -> int:
    total = section = digit = 0
    if text[-2:-1] in _TENS and text[-1] in _DIGITS:
        text += _TENS[text[-2]]  # 五万五 is 55000
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c == "亿":
            total, section, digit = (total + section + digit) * _SCALES[c], 0, 0
        elif c == "万":
            total, section, digit = total + (section + digit) * _SCALES[c], 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES[c], 0
    return total + section + digit
