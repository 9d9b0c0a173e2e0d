"""Contact facts: telephones, addresses, e-mail, hours, persons, fax and web addresses, as labelled.

联系人：张三　电话：1234567, or a table whose column is headed by such a word.  `what` is a
`ContactKind`; `who` the person or office of the line, or the row's name.
"""

from collections.abc import Iterator, Sequence

from ingest.characters import CJK, SPACE
from ingest.clause_lines import lines_in
from ingest.occurrences import occurrences, occurs
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span
from ingest.sentences import trim
from ingest.table_rows import Row, rows

_SP = f"[{SPACE}]*"
_PHONE = (
    r"(?:\(?（?0\d{2,3}）?\)?[-—－ ]?)?\d{7,8}(?:[-—－转]\d{1,5})?|1[3-9]\d{9}"
    r"|[48]00[-—－ ]?\d{3}[-—－ ]?\d{4}|[19]\d{4}(?!\d)"
)
_EMAIL = r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_WEB = r"(?:https?://|www\.)[\w./?=&#%:~+-]+|[\w-]+(?:\.[\w-]+)+\.(?:cn|com|net|org)(?:/[\w./?=&#%-]*)?"
_REST = rf"[^{SPACE}，,；;。\n）)][^；;。\n]{{1,80}}"
_VALUES = {
    "电话": _PHONE,
    "传真": _PHONE,
    "邮箱": _EMAIL,
    "网址": _WEB,
    "联系人": rf"[{CJK}·]{{2,4}}(?=[{SPACE}、，,；;。（(）)\n]|$)",
    "地址": _REST,
    "时间": rf"(?=[^；;。\n]{{0,40}}(?:\d[:：]\d\d|\d[时点]|[周上下][一二三四五六日午]|星期))"
    rf"{_REST}",
}
_LABELS = {
    "电话": "(?:联系|咨询|办公|监督|投诉|举报|服务|受理|办理|报名|查询|值班)*"
    "(?:电话|热线|电话号码|联系方式)",
    "传真": "传真(?:电话|号码)?",
    "邮箱": "(?:电子)?(?:邮箱|信箱)(?:地址)?|电子邮件|[Ee]-?mail",
    "网址": "网址|官方网站|官网|网站(?:地址)?",
    "联系人": "(?:业务)?(?:联系人|咨询人|经办人)(?:员)?",
    "地址": "(?:联系|办公|通讯|通信|办理|受理|邮寄|收件|单位|现场|窗口)*(?:地址|地点)",
    "时间": "(?:办公|工作|办理|服务|受理|接待|开放|营业|咨询)时间",
}
_LABEL = pattern("|".join(rf"(?P<w{i}>{words})" for i, words in enumerate(_LABELS.values())))
_SAID = pattern(
    rf"(?<![{CJK}])(?:(?<=[；;。，,\n{SPACE}])(?P<office>[{CJK}（）()]{{2,20}}?){_SP}[，,：:]?{_SP})?"
    rf"(?:{'|'.join(rf'(?P<w{i}>{words})' for i, words in enumerate(_LABELS.values()))})"
    rf"(?:[（(][^（）()]{{1,12}}[）)])?{_SP}[：:为是]{_SP}"
)
_PREFIX = pattern(
    "(?:联系|咨询|办公|监督|投诉|举报|服务|受理|办理|报名|查询|值班|通讯|通信|邮寄|收件|现场|窗口|业务)+$"
)
"""What a label may begin with is no part of the office before it."""

_LISTED = pattern(rf"{_SP}[、，,；;/或]{_SP}")
_EMAILS = pattern(_EMAIL)
_LABEL_ENDS = frozenset("话线真箱件址站网人点间式l）) \u3000")
"""What stands before the colon of a label."""


def contacts(text: str, clauses: Sequence[Clause]) -> list[Fact]:
    """The contacts of all clauses, in reading order."""
    found: list[Fact] = []
    signs = [
        at
        for at in occurrences(text, ("@", "：", ":"))
        if text[at] == "@" or text[at - 1 : at] in _LABEL_ENDS
    ]
    for clause in clauses if signs else ():
        if clause.kind == "行":
            continue
        body = clause.body
        if not occurs(signs, body.start, body.end):
            continue
        for part in lines_in(text, body):
            found += [_fact(clause, *one, part) for one in _of_line(text, part)]
    table = rows(text)
    for clause in clauses:
        if clause.kind == "行":
            row = table[clause.span.start]
            found += [_fact(clause, *one, row.span) for one in _of_row(text, row)]
    return found


def _of_row(text: str, row: Row) -> Iterator[tuple[str, Span, str]]:
    who = row.cells[row.name].of(text)
    for place, (cell, title) in enumerate(zip(row.cells, row.titles, strict=False)):
        kind = _kind(title)
        if not kind or not len(cell):
            continue
        spans = [Span(*m.span()) for m in pattern(_VALUES[kind]).finditer(text, *_ends(cell))]
        for span in spans[:1] if kind in ("地址", "时间") else spans:
            yield kind, span, "" if place == row.name else who


def _kind(title: str) -> str:
    found = _LABEL.fullmatch(title)
    return _named(found.lastgroup) if found else ""


def _named(group: str | None) -> str:
    return list(_LABELS)[int((group or "w0")[1:])]


def _of_line(text: str, line: Span) -> Iterator[tuple[str, Span, str]]:
    persons: list[str] = []
    taken: set[int] = set()
    marks = list(_SAID.finditer(text, *_ends(line)))
    for i, mark in enumerate(marks):
        kind = _named(next(n for n in _labels() if mark[n]))
        end = marks[i + 1].start() if i + 1 < len(marks) else line.end
        values = _values(text, kind, Span(mark.end(), end))
        office = _PREFIX.sub("", mark["office"] or "")
        for place, span in enumerate(values):
            paired = len(persons) == len(values) and kind != "联系人"
            taken.add(span.start)
            yield kind, span, persons[place] if paired else office
        if kind == "联系人":
            persons = [span.of(text) for span in values]
    for email in _EMAILS.finditer(text, *_ends(line)):
        if email.start() not in taken:
            yield "邮箱", Span(*email.span()), ""


def _labels() -> list[str]:
    return [f"w{i}" for i in range(len(_LABELS))]


def _values(text: str, kind: str, window: Span) -> list[Span]:
    """The values in a row right behind a label."""
    one = pattern(_VALUES[kind])
    found: list[Span] = []
    at = window.start
    while value := one.match(text, at, window.end):
        found.append(trim(text, Span(*value.span())))
        gap = _LISTED.match(text, value.end(), window.end)
        if gap is None or kind in ("地址", "时间"):
            break
        at = gap.end()
    return found


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _fact(clause: Clause, what: str, span: Span, who: str, group: Span) -> Fact:
    return Fact("contact", clause.document_id, clause.ordinal, span, group, who=who, what=what)
