"""Date facts: the days that a document gives for itself, and those by which something is due.

In force (本办法自…起施行), no longer in force (有效期至…), signed, published, due (…前完成).  A day
that is not printed is computed: 有效期5年 ends on the day before that of the day in force, and
自印发之日起 is the day on which the document was signed.  A day of something else (《…》自…起施行,
许可证有效期三年) is none of these.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ingest.characters import CJK, SPACE
from ingest.due_dates import due
from ingest.numbers.numerals import CHINESE_NUMBER, integer
from ingest.numbers.printed_dates import CLOCK, FULL_DATE, printed_date
from ingest.patterns import pattern
from ingest.schema import Clause, DateMeaning, Document, DocumentInfo, Fact, Span
from ingest.sentences import trim

_KINDS = (
    "办法|规定|条例|细则|方案|计划|规划|要点|意见|决定|公告|通告|通知|指南|指引|规则|法|纲要|措施"
    "|制度|标准|章程|政策|规程|预案|目录|令"
)
_OWN = rf"本(?:[{CJK}]{{0,6}}?)(?:{_KINDS})"
_IS_OWN = pattern(rf"{_OWN}|现予以?(?:公布|发布|印发)|印发给你们")
_FULL = pattern(FULL_DATE)
_SINCE = pattern("[自从于]$")
_IN_FORCE = pattern("起?(?:正式|开始)*(?:施行|实施|生效|执行|试行)(?!的)")
_SINCE_ISSUE = pattern(
    r"自(?P<day>(?P<how>印发|发布|公布|发文)之日)起(?:正式|开始)*(?:施行|实施|生效|执行|试行)"
)
_VALID = rf"(?:(?<=[，,；;。：:{SPACE}])|^|{_OWN}的?)有效期限?"
_UNTIL = pattern(
    rf"{_VALID}(?!延|调)[^。；;]{{0,30}}(?:至|到|截至|截止到?)$"
    rf"|(?:施行|实施|生效|执行|试行)[，,]?(?:有效期)?(?:至|到|截至|截止到?)$"
)
_NO_LONGER = pattern(rf"{_IN_FORCE.pattern}|起?(?:失效|废止|停止执行)")
_YEARS = pattern(
    rf"(?P<words>(?:{_VALID}|(?<=[，,])(?:试行|施行|暂行)期?限?)[为是：:]?[{SPACE}]*"
    rf"(?P<n>\d{{1,2}}|{CHINESE_NUMBER})[{SPACE}]*年)"
)
_LABELS: dict[str, DateMeaning] = {
    "发布日期|公布日期|发布时间": "发布",
    "成文日期|印发日期|发文日期": "成文",
    "施行日期|实施日期|生效日期": "施行",
    "失效日期|废止日期|有效期至": "失效",
    "截止日期|截止时间|完成时限|完成时间|办理时限|完成日期": "期限",
}
_LABELLED = pattern(rf"({'|'.join(_LABELS)})[{SPACE}]*[：:][{SPACE}]*$")
_DUE = pattern(
    rf"(?:[{SPACE}]*(?:{CLOCK}|\d{{1,2}}[时点]))?(?:(?:之|以)?前|截?止)"
    rf"(?![，,]?(?:已|曾|出生|的))"
)
_WINDOW = pattern(r"(?:时间|时段|期限|日期)[为是：:]?(?:自|从)?$")
_WINDOW_END = pattern(
    rf"起?[{SPACE}]*[至到—–\-－~～]+[{SPACE}]*"
    r"(?P<day>(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})日)"
)
_IMPRINT = pattern(rf"[{CJK}]{{4,30}}[{SPACE}]{{2,}}{FULL_DATE}[{SPACE}]*(?:印发)?")
"""The last line of a document, which tells who printed it, and when."""

_MAY = pattern(r"月|季度|半年|[12]\d{3}|[〇零○一二]{2}|之日起|有效期|[试施暂]行")
_BEFORE = 80
"""So many code points before a date are looked at, which bounds the time that a long line takes."""


class _Day(NamedTuple):
    what: DateMeaning
    day: str
    span: Span
    group: Span


def dates(
    document: Document, clauses: Sequence[Clause], bodies: Sequence[Sequence[Span]]
) -> list[Fact]:
    """The dates of all clauses, in reading order; `bodies` are the sentences of the clauses."""
    return [
        Fact(
            *("date", document.id, clause.ordinal, found.span, found.group),
            what=found.what,
            when=found.day,
        )
        for clause, body in zip(clauses, bodies, strict=True)
        for found in _of_clause(document, _with_heading(document.text, clause, body))
    ]


def _with_heading(text: str, clause: Clause, body: Sequence[Span]) -> Sequence[Span]:
    """The sentences with the heading: before them, or as the beginning of the first."""
    heading = clause.heading_span
    if clause.kind == "行" or not _MAY.search(text, heading.start, heading.end):
        return body
    if body and "\n" not in text[heading.start : body[0].start]:
        return [Span(heading.start, body[0].end), *body[1:]]
    return [heading, *body]


def _of_clause(document: Document, body: Sequence[Span]) -> Iterator[_Day]:
    text = document.text
    in_force: _Day | None = None
    if not body or not _MAY.search(text, body[0].start, body[-1].end):
        return
    for sentence in body:
        if not _MAY.search(text, sentence.start, sentence.end):
            continue
        for found in _of_sentence(text, sentence, document.info):
            in_force = found if found.what == "施行" else in_force
            yield found
        yield from _expiry(text, sentence, document.info, in_force)


def _of_sentence(text: str, sentence: Span, info: DocumentInfo) -> Iterator[_Day]:
    """The days that are printed, and those counted from the issue of the document."""
    found: list[_Day] = []
    passed = sentence.start
    for match in _FULL.finditer(text, sentence.start, sentence.end):
        day = printed_date(match[0])
        if day is None or match.start() < passed:
            continue
        span = trim(text, Span(*match.span()))
        before = text[max(sentence.start, span.start - _BEFORE) : span.start]
        if _WINDOW.search(before) and (end := _WINDOW_END.match(text, span.end, sentence.end)):
            last = _day(end["y"] or day.year, end["m"] or day.month, end["d"])
            if last is not None:
                found.append(_Day("期限", last.isoformat(), Span(*end.span("day")), sentence))
                passed = end.end()
        elif meaning := _meaning(text, sentence, span, before, day == info.issued):
            found.append(_Day(meaning, day.isoformat(), span, sentence))
    known = {one.span.end for one in found}
    for day_due, span in due(text, sentence, info):
        if span.end not in known:
            known.add(span.end)
            found.append(_Day("期限", day_due, span, sentence))
    for match in _SINCE_ISSUE.finditer(text, sentence.start, sentence.end):
        own = text[max(sentence.start, match.start() - _BEFORE) : match.start()]
        days = (info.issued, info.published)
        first = next((d for d in (days if match["how"] in "印发文" else days[::-1]) if d), None)
        if first is not None and _is_own(own):
            found.append(_Day("施行", first.isoformat(), Span(*match.span("day")), sentence))
    yield from sorted(found, key=lambda one: one.span.start)


def _meaning(
    text: str, sentence: Span, span: Span, before: str, issued: bool
) -> DateMeaning | None:
    if label := _LABELLED.search(before):
        return next(meaning for words, meaning in _LABELS.items() if re.fullmatch(words, label[1]))
    if span == sentence:
        return "成文" if issued else None
    if _IMPRINT.fullmatch(text, sentence.start, sentence.end):
        return "发布"
    if _SINCE.search(before) and _IN_FORCE.match(text, span.end, sentence.end):
        return "施行" if _is_own(before[:-1]) else None
    if _UNTIL.search(before):
        return "失效" if _IS_OWN.search(before) else None
    if _SINCE.search(before) and _NO_LONGER.match(text, span.end, sentence.end):
        return "失效" if _is_own(before[:-1]) else None
    return "期限" if _DUE.match(text, span.end, sentence.end) else None


def _is_own(before: str) -> bool:
    """Whether what is said behind these words of a sentence is said of the document itself."""
    return not before.strip() or (_IS_OWN.search(before) is not None and before[-1] not in "》）)")


def _expiry(text: str, sentence: Span, info: DocumentInfo, in_force: _Day | None) -> Iterator[_Day]:
    """有效期5年: from the day in force that the clause names, or the document if it says so."""
    for match in _YEARS.finditer(text, sentence.start, sentence.end):
        own = _IS_OWN.search(text, sentence.start, match.end())
        first = date.fromisoformat(in_force.day) if in_force else info.effective if own else None
        years = integer(match["n"])
        if first is None or not years or not (in_force or own):
            continue
        last = _day(first.year + years, first.month, first.day)
        last = last or date(first.year + years, 3, 1)  # from a 29 February
        start = min(in_force.group.start, sentence.start) if in_force else sentence.start
        group = Span(start, sentence.end)
        yield _Day(
            "失效", (last - timedelta(days=1)).isoformat(), Span(*match.span("words")), group
        )


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
