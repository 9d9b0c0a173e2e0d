"""The numbers of automatic lists as Word prints them: 一, 十二, 壹, 甲, iv, ab, ①.

The names are those of ST_NumberFormat (ECMA-376, part 1, 17.18.59).
"""

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def printed(number: int, form: str) -> str:
    """A number in a format; an unknown format prints decimals, as Word does.

    >>> [printed(n, "chineseCountingThousand") for n in (8, 10, 12, 20, 101, 110)]
    ['八', '十', '十二', '二十', '一百零一', '一百一十']
    >>> printed(12, "ideographDigital"), printed(4, "lowerRoman"), printed(28, "upperLetter")
    ('一二', 'iv', 'BB')
    """
    made = _FORMATS.get(form)
    return made(number) if made else str(number)


def _spoken(number: int, digits: str, units: str = "十百千", zero: str = "零") -> str:
    """Below 10,000 with units: 一百零一; with plain digits a leading 一十 is 十."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += zero if gap and text else ""
            text += digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text[1:] if text.startswith("一十") else text


def _below_hundred(number: int) -> str:
    """chineseCounting: with units up to 99, figure by figure from 100 on."""
    return _spoken(number, _DIGITS) if number < 100 else _figures(number)


def _thousand(number: int) -> str:
    """chineseCountingThousand: with units up to 9,999."""
    return _spoken(number, _DIGITS)


def _japanese(number: int) -> str:
    """japaneseCounting: like the Chinese one, without 零 and without 一 before a unit."""
    text = _spoken(number, _DIGITS, zero="")
    for unit in "十百千":
        text = text.replace("一" + unit, unit)
    return text


def _figures(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letter(number: int) -> str:
    """A to Z, AA, BB: the letter repeated, as Word does, and no base of 26."""
    if not 0 < number <= 26 * 9:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _cyclic(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _enclosed(*ranges: tuple[int, int, int]) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode: `(first number, last number, first code point)`."""

    def sign(number: int) -> str:
        for first, last, start in ranges:
            if first <= number <= last:
                return chr(start + number - first)
        return str(number)

    return sign


_CIRCLE = _enclosed((0, 0, 0x24EA), (1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "chineseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _japanese,
    "koreanCounting": _japanese,
    "ideographDigital": _figures,
    "taiwaneseDigital": _figures,
    "japaneseDigitalTenThousand": _figures,
    "chineseLegalSimplified": lambda n: _spoken(n, _SIMPLIFIED, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _spoken(n, _TRADITIONAL, "拾佰仟"),
    "japaneseLegal": lambda n: _spoken(n, _TRADITIONAL, "拾佰仟"),
    "ideographTraditional": _cyclic(_STEMS),
    "ideographZodiac": _cyclic(_BRANCHES),
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "decimalEnclosedCircle": _CIRCLE,
    "decimalEnclosedCircleChinese": _CIRCLE,
    "decimalEnclosedParen": _enclosed((1, 20, 0x2474)),
    "decimalEnclosedFullstop": _enclosed((1, 20, 0x2488)),
    "ideographEnclosedCircle": _enclosed((1, 10, 0x3280)),
    "numberInDash": lambda n: f"- {n} -",
}
