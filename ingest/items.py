"""The paragraphs (款), items (项) and sub-items (目) inside one clause.

A paragraph is a line of the clause's own text, hand-wrapped lines joined.  Items stand on lines of
their own below a lead-in, or run on inside a paragraph; either way they belong to the paragraph in
which their lead-in stands.  A line without a mark between two items goes on with the item above
it; behind the last item it is the next paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.characters import SPACE
from ingest.lines import lines
from ingest.numbering import CIRCLED, SINGLE, mark_at
from ingest.numbers.numerals import CHINESE_NUMBER, integer
from ingest.patterns import pattern as lazy
from ingest.schema import Clause, Span
from ingest.sentences import trim
from ingest.table_rows import rows

Level = Literal["款", "项", "目"]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, item or sub-item: `number` counts from 1 as printed, or in order for a 款.

    `span` covers the whole part with its mark and, for a paragraph, with its items.  `lead` is the
    lead-in under which an item or sub-item stands; None where nothing is printed before it, and
    for a paragraph.
    """

    kind: Level
    number: int
    span: Span
    lead: Span | None


_SP = f"[{SPACE}]*"
_STYLES = {
    "(一)": rf"[（(]{_SP}({CHINESE_NUMBER}){_SP}[）)]|([㈠-㈩])",
    "(1)": rf"[（(]{_SP}(\d{{1,2}}){_SP}[）)]|([⑴-⒇])",
    "1.": rf"(\d{{1,2}}){_SP}(?:[．、]|\.(?!\d))|([⒈-⒛])",
    "1)": r"(\d{1,2})[）)]",
    "①": f"([{CIRCLED}])",
    "一是": rf"({CHINESE_NUMBER})(?:是|要)",
    "一、": rf"({CHINESE_NUMBER}){_SP}、",
    "第一，": rf"第({CHINESE_NUMBER})(?:步[：:，,、]?|[，,、])",
    "a": r"([a-hA-H])[.．、](?![a-zA-Z\d])",
}
"""How the items of a list are numbered, tried in this order."""

_MARKS = {name: re.compile(pattern) for name, pattern in _STYLES.items()}
_STOPS = "：:；;。，,、！？!?）)”"
"""What stands before a mark that opens an item inside a line."""

_CLOSED = lazy(r"[。；;.！!？?：:][”）)]?$")
_PLAIN = ("款", "正文", "落款", "行")
"""Clauses that have no parts: they are paragraphs, signatures and rows themselves."""

_HIGHEST = 4
"""Clauses that rank above an article have their own text only; what is below are clauses."""


@dataclass(frozen=True, slots=True)
class _Mark:
    style: str
    number: int
    start: int


def parts(text: str, clause: Clause) -> list[Part]:
    """The parts of a clause in reading order; empty if it has no text of its own.

    >>> from ingest.outline import outline
    >>> t = "第一条 甲。\\n申请人应当提交：（一）身份证；（二）户口簿。\\n第二条 乙。"
    >>> [(p.kind, p.number, p.span.of(t)) for p in parts(t, outline("d", t)[1])]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('款', 1, '甲。'), ('款', 2, '申请人应当提交：（一）身份证；（二）户口簿。'),
     ('项', 1, '（一）身份证；'), ('项', 2, '（二）户口簿。')]
    """
    found: list[Part] = []
    paragraphs = _paragraphs(text, _region(clause))
    start = 0
    while start < len(paragraphs):
        block, start = _block(text, paragraphs, start)
        number = sum(part.kind == "款" for part in found) + 1
        found.append(Part("款", number, Span(block[0].start, block[-1].end), None))
        found += _items(text, block)
    return found


def _region(clause: Clause) -> Span:
    """The text behind the heading: with its children, unless those are articles and the like."""
    if clause.parent is None or clause.kind in _PLAIN:
        return Span(clause.body.end, clause.body.end)
    if clause.rank < _HIGHEST:
        return clause.body
    return Span(min(clause.body.start, clause.span.end), clause.span.end)


def _paragraphs(text: str, region: Span) -> list[Span]:
    """The lines of the region; the rows of a table and what stands above them are one."""
    found: list[Span] = []
    table = rows(text)
    heads = {row.header.start for row in table.values() if row.header}
    for line in lines(text):
        start, end = max(line.span.start, region.start), min(line.span.end, region.end)
        if line.furniture or start >= end:
            continue
        part = trim(text, Span(start, end))
        if found and (line.span.start in table or line.span.start in heads):
            found[-1] = Span(found[-1].start, part.end)
        elif len(part):
            found.append(part)
    return found


def _mark(text: str, line: Span) -> _Mark | None:
    """The mark that opens a line, where it could open an item."""
    printed = mark_at(text, line.start, line.end)
    start = printed.start if printed is not None else line.start
    for style, pattern in _MARKS.items():
        if found := pattern.match(text, start, line.end):
            number = _number(found)
            if number:
                return _Mark(style, number, line.start)
    return None


def _number(found: re.Match[str]) -> int:
    given = next(group for group in found.groups() if group)
    given = SINGLE.get(given, given)
    if given.isascii() and given.isalpha():
        return ord(given.lower()) - ord("a") + 1
    return integer(given) or 0


def _block(text: str, paragraphs: Sequence[Span], first: int) -> tuple[list[Span], int]:
    """A paragraph with the item lines below it, and the number of the next paragraph."""
    marks = [_mark(text, line) for line in paragraphs]
    opened = marks[first]
    style, last = (opened.style, opened.number) if opened else ("", 0)
    at = end = first + 1
    while at < len(paragraphs):
        mark = marks[at]
        if mark is None:
            own = _has_text(text, paragraphs, marks, at, style)
            if not style or not (own or _goes_on(marks[at:], style, last)):
                break
        elif not style:
            if mark.number != 1:
                break
            style, last = mark.style, 1
        elif mark.style == style:
            if mark.number != last + 1:
                break
            last = mark.number
        at = end = at + 1
    return list(paragraphs[first:end]), end


def _has_text(
    text: str, paragraphs: Sequence[Span], marks: Sequence[_Mark | None], at: int, style: str
) -> bool:
    """Whether an unmarked line below the last item is text of it.

    So it is where most items before have such lines, or the item is a heading without a stop.
    """
    own = [i for i in range(at) if (mark := marks[i]) and mark.style == style]
    longer = [None in marks[a:b] for a, b in pairwise(own)]
    if len(longer) > 1 and sum(longer) * 2 > len(longer):
        return True
    if own[-1:] != [at - 1] or _CLOSED.search(paragraphs[at - 1].of(text)):
        return False
    return len(own) == 1 or own[-1] - own[-2] > 1


def _goes_on(marks: Sequence[_Mark | None], style: str, last: int) -> bool:
    """Whether the list goes on with its next number, and does not begin anew before that."""
    for mark in marks:
        if mark is not None and mark.style == style:
            return mark.number == last + 1
    return False


def _items(text: str, block: Sequence[Span]) -> list[Part]:
    """The items of a paragraph and their sub-items."""
    found: list[Part] = []
    whole = Span(block[0].start, block[-1].end)
    for item, lead in _list(text, block, whole):
        found.append(Part("项", item[1], item[0], lead))
        inside = _lines_in(block, item[0])
        found += [
            Part("目", number, span, under)
            for (span, number), under in _list(text, inside, item[0])
        ]
    return found


def _lines_in(block: Sequence[Span], span: Span) -> list[Span]:
    """The lines of the block as far as they lie inside an item."""
    return [
        Span(max(line.start, span.start), min(line.end, span.end))
        for line in block
        if line.start < span.end and span.start < line.end
    ]


def _list(
    text: str, block: Sequence[Span], whole: Span
) -> list[tuple[tuple[Span, int], Span | None]]:
    """The items of the outermost list in `block`, each with its lead-in.

    `whole` is the paragraph or item that holds the list; a mark at its very start that has no
    second one beside it is its own mark.
    """
    run = _lines_run(text, block, whole) or _inside_run(text, block)
    if not run:
        return []
    ends = [mark.start for mark in run[1:]] + [_last_end(text, run, block, whole)]
    first = trim(text, Span(whole.start, run[0].start))
    lead = first if len(first) else None
    return [
        ((trim(text, Span(mark.start, end)), mark.number), lead)
        for mark, end in zip(run, ends, strict=True)
    ]


def _lines_run(text: str, block: Sequence[Span], whole: Span) -> list[_Mark]:
    """The marks of items that each begin a line."""
    marks = [mark for line in block if (mark := _mark(text, line))]
    if marks and marks[0].start == whole.start and not _repeats(marks):
        marks = marks[1:]  # the mark of the item itself
    if not marks or marks[0].number != 1:
        return []
    run = [marks[0]]
    for mark in marks[1:]:
        if mark.style == run[0].style and mark.number == run[-1].number + 1:
            run.append(mark)
    return run


def _repeats(marks: Sequence[_Mark]) -> bool:
    return any(m.style == marks[0].style and m.number == marks[0].number + 1 for m in marks[1:])


def _inside_run(text: str, block: Sequence[Span]) -> list[_Mark]:
    """The marks of items that run on in one line: 1, 2 and so on, at least two of one style."""
    best: list[_Mark] = []
    for line in block:
        for style, pattern in _MARKS.items():
            run: list[_Mark] = []
            for found in pattern.finditer(text, line.start, line.end):
                start, number = found.start(), _number(found)
                before = text[line.start : start].rstrip()[-1:]
                if (not before or before in _STOPS) and number == len(run) + 1:
                    run.append(_Mark(style, number, start))
            if len(run) >= 2 and (not best or run[0].start < best[0].start):
                best = run
        if best:
            return best
    return []


def _last_end(text: str, run: Sequence[_Mark], block: Sequence[Span], whole: Span) -> int:
    """Where the last item ends: with the whole, or at its full stop where ；parts the items."""
    line = next(line for line in block if line.start <= run[-1].start < line.end)
    if run[0].start >= line.start and len(run) > 1:
        before = [text[: mark.start].rstrip()[-1:] for mark in run[1:]]
        if all(stop in ("；", ";", "，", "、", ",") for stop in before):
            stop = text.find("。", run[-1].start, line.end)
            return stop + 1 if stop >= 0 else line.end
        return line.end if block[-1] == line else whole.end
    return whole.end
