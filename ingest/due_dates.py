"""By when something is due, where no full date says so.

2025年底前, 三季度前, 6月底前, （5-7月）, 每年6月15日前.

What names a period is due on its last day.  A month without a year is of the year printed before it
in its sentence, or of the year of the document; what returns every year is written --06-15.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ingest.characters import SPACE
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern
from ingest.schema import DocumentInfo, Span

_SP = f"[{SPACE}]*"
_MONTH = rf"(?P<m>\d{{1,2}}){_SP}月"
_FORMS = (
    # 2025年底前, 2025年6月底前, 2022年7月之前（含7月）; a bare 2025年6月底 says when, not by when
    rf"(?P<y>\d{{4}})年{_SP}(?:{_MONTH})?(?P<by>[底末]?(?:之|以)?前)(?!年|期|款|[述者往])",
    # 到2020年, 到2025年底, 到2026年6月
    r"(?<=到)(?P<to>\d{4})年(?:(?P<tm>\d{1,2})月)?[底末]?(?![度代级间至到—–\-～~\d])",
    # 2023年四季度, 2019年上半年, 三季度前
    r"(?:(?P<qy>\d{4})年)?第?(?:(?P<q>[一二三四1-4])季度|(?P<h>[上下])半年)(?P<qby>[底末]?(?:之|以)?前|[底末]|内)?",
    # 每年6月15日前, 每年10月底前
    r"每年(?P<em>\d{1,2})月(?:(?P<ed>\d{1,2})日|[底末])(?:之|以)?前",
    # 6月底前, 6月30日前, and as a window of its own （5-7月）
    r"(?<![\d年至到—–\-月])(?P<bm>\d{1,2})月(?:(?P<bd>\d{1,2})日|[底末])?(?:之|以)?前(?![述者往])",
    r"(?<=[（(])\d{1,2}月?[-—–~～至到](?P<wm>\d{1,2})月[底末]?(?=[）)])",
    # 应于2022年至2025年建成
    r"(?<=[于在])\d{4}年?[至到—–-](?P<ry>\d{4})年(?![度代])",
)
_DUE = pattern("|".join(f"(?:{form})" for form in _FORMS))
_MAY_BE_DUE = pattern(
    r"[日月年度][底末之以]?[前底末]|到\d{4}年|季度|半年|[（(]\d{1,2}月?[-—–~～至到]\d|[于在]\d{4}年"
)
_YEAR = pattern(r"(?P<y>(?:19|20)\d{2})年")
_TITLED = pattern(r"(?P<y>20\d{2})年")
_RANGE = pattern(
    rf"{FULL_DATE}{_SP}(?:起)?{_SP}[至到—–\-～~]{_SP}(?P<end>{FULL_DATE})(?!{_SP}(?:期间|有效|的《|公布|发布))"
)
_UP_TO = pattern(rf"(?:起|实行|执行|持续|截止?)(?:至|到)?{_SP}(?P<end>{FULL_DATE})(?!{_SP}起)")


class Due(NamedTuple):
    """A day, as an ISO date or --MM-DD, and the words that give it."""

    day: str
    span: Span


def due(text: str, sentence: Span, info: DocumentInfo) -> Iterator[Due]:
    """The days by which a sentence says that something is due, but full dates before 前.

    What lies before the day on which the document was issued is only due where 前 or 到 says so.
    """
    if _MAY_BE_DUE.search(text, sentence.start, sentence.end):
        for mark in _DUE.finditer(text, sentence.start, sentence.end):
            day = _day(text, sentence, mark, info)
            if day:
                yield Due(day, Span(*mark.span()))
    for form in (_RANGE, _UP_TO):
        for mark in form.finditer(text, sentence.start, sentence.end):
            last = printed_date(mark["end"])
            if last and (info.issued is None or last >= info.issued):
                yield Due(last.isoformat(), Span(*mark.span("end")))


def _day(text: str, sentence: Span, mark: re.Match[str], info: DocumentInfo) -> str:
    said = mark.groupdict()
    if said["em"]:
        month = int(said["em"])
        day = int(said["ed"] or _length(2000, month))
        return f"--{month:02d}-{day:02d}" if _last(2000, month, day) else ""
    if said["y"]:
        return _iso(int(said["y"]), int(said["m"] or 12))
    if said["to"]:
        return _iso(int(said["to"]), int(said["tm"] or 12))
    if said["ry"]:
        return _later(_iso(int(said["ry"]), 12), info)
    if said["q"] or said["h"]:
        month = 3 * ("一二三四1234".index(said["q"]) % 4 + 1) if said["q"] else 0
        month = month or (6 if said["h"] == "上" else 12)
        if said["qy"]:
            found = _iso(int(said["qy"]), month)
            return found if said["qby"] else _later(found, info)
        year = _year(text, sentence, mark.start(), info) if said["qby"] else None
        return _iso(year, month) if year else ""
    year = _year(text, sentence, mark.start(), info)
    month = int(said["bm"] or said["wm"])
    return _iso(year, month, int(said["bd"] or 0)) if year else ""


def _later(day: str, info: DocumentInfo) -> str:
    """The day unless the document was issued after it."""
    return day if day and (info.issued is None or day >= info.issued.isoformat()) else ""


def _year(text: str, sentence: Span, end: int, info: DocumentInfo) -> int | None:
    """The year of a month without one."""
    before = [int(m["y"]) for m in _YEAR.finditer(text, sentence.start, end)]
    if before:
        return before[-1]
    if titled := _TITLED.search(info.title):
        return int(titled["y"])
    return info.issued.year if info.issued else None


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1] if 1 <= month <= 12 else 0


def _last(year: int, month: int, day: int = 0) -> date | None:
    try:
        return date(year, month, day or _length(year, month))
    except ValueError:
        return None


def _iso(year: int, month: int, day: int = 0) -> str:
    found = _last(year, month, day)
    return found.isoformat() if found else ""
