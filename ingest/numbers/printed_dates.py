"""Dates as printed: 2022年7月19日, 二〇二二年七月十九日, 2022-07-20, 2022.7.20, 7月19日."""

from datetime import date

from ingest.characters import CJK, SPACE
from ingest.numbers.numerals import ZERO, integer
from ingest.patterns import pattern

_S = f"[{SPACE}]*"
_YEAR = rf"(?:(?<!\d)\d{{4}}|[一二][{ZERO}Oo０一二三四五六七八九]{{3}})"
_PART = rf"(?:\d{{1,2}}|[{ZERO}一二三四五六七八九十]{{1,3}})"
_DASH = rf"{_S}[-./]{_S}"
_FORMS = (
    rf"{_DASH}{_PART}{_DASH}{_PART}(?!\d)(?:{_S}日)?"
    rf"|{_S}年{_S}{_PART}{_S}月{_S}{_PART}(?:{_S}[日号]|(?![\d{CJK}]))"
)
FULL_DATE = f"{_YEAR}(?:{_FORMS})"
"""A date with year, month and day, as a pattern without groups."""

DATE = (
    rf"(?:{_YEAR}(?:{_FORMS}|{_S}年(?:{_S}{_PART}{_S}月)?)|{_PART}{_S}月(?:{_S}{_PART}{_S}[日号])?)"
)
"""A date of which parts may be missing, as a pattern without groups."""

_TYPED = str.maketrans("Oo０", "〇〇〇")
"""What is typed for 〇."""

CLOCK = r"\d{1,2}(?:[:：]\d{2}(?!\d)|[时点]\d{1,2}分(?!钟))"
"""A time of the day with its minutes, as a pattern without groups."""

_FULL = pattern(FULL_DATE)
_PARTS = pattern(rf"\d+|[{ZERO}Oo０一二三四五六七八九十]+")


def date_parts(printed: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of what `DATE` matches; None for what it lacks.

    >>> [date_parts(t) for t in ("二〇二二年七月", "7月19日", "2022.7.20")]
    [(2022, 7, None), (None, 7, 19), (2022, 7, 20)]
    """
    year, month, day = None, None, None
    parts = _PARTS.findall(printed)
    if len(parts[0]) == 4:
        first = parts.pop(0)
        year = integer(first if first.isdecimal() else first.translate(_TYPED))
    if parts:
        month = integer(parts.pop(0))
    if parts:
        day = integer(parts.pop(0))
    return year, month, day


def printed_date(text: str) -> date | None:
    """The first full date in `text`, or None; a date that does not exist counts as none.

    >>> [str(printed_date(t)) for t in ("二〇二二年七月十九日", "2022-07-20", "2022年13月1日")]
    ['2022-07-19', '2022-07-20', 'None']
    """
    for match in _FULL.finditer(text):
        year, month, day = date_parts(match[0])
        try:
            return date(year or 0, month or 0, day or 0)
        except ValueError:
            continue
    return None
