"""The paragraphs (款), items (项) and sub-items (目) inside one clause.

A paragraph is a line of the clause's own text, hand-wrapped lines joined.  Items stand on lines of
their own below a lead-in, or run on inside a paragraph; either way they belong to the paragraph in
which their lead-in stands.  A line without a mark between two items goes on with the item above
it; behind the last item it is the next paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.item_marks import ARROWS, ItemMark, inside_run, item_mark
from ingest.lines import lines
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


_CLOSED = lazy(r"[。；;.！!？?：:][”）)]?$")
_PLAIN = ("款", "正文", "落款", "行")
"""Clauses that have no parts: they are paragraphs, signatures and rows themselves."""

_HIGHEST = 4
"""Clauses that rank above an article have their own text only; what is below are clauses."""


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
    ends = {row.header.start: row.header.end for row in table.values() if row.header}
    ends |= {row.span.start: row.span.end for row in table.values()}
    inside = 0
    for line in lines(text):
        start, end = max(line.span.start, region.start), min(line.span.end, region.end)
        if line.furniture or start >= end:
            continue
        part = trim(text, Span(start, end))
        inside = max(inside, ends.get(line.span.start, 0))
        if found and line.span.start < inside:
            found[-1] = Span(found[-1].start, part.end)
        elif len(part):
            found.append(part)
    return found


def _block(text: str, paragraphs: Sequence[Span], first: int) -> tuple[list[Span], int]:
    """A paragraph with the item lines below it, and the number of the next paragraph."""
    marks = [item_mark(text, line) for line in paragraphs]
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
    text: str, paragraphs: Sequence[Span], marks: Sequence[ItemMark | None], at: int, style: str
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


def _goes_on(marks: Sequence[ItemMark | None], style: str, last: int) -> bool:
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
    run = _lines_run(text, block, whole) or inside_run(text, block)
    if not run:
        return []
    ends = [mark.start for mark in run[1:]] + [_last_end(text, run, block, whole)]
    first = trim(text, Span(whole.start, run[0].start))
    lead = first if len(first) else None
    return [
        ((_without_arrow(text, Span(mark.start, end)), mark.number), lead)
        for mark, end in zip(run, ends, strict=True)
    ]


def _without_arrow(text: str, span: Span) -> Span:
    """An item without white space around it and the arrow to the next step."""
    kept = trim(text, span)
    words = kept.of(text).rstrip(f"{ARROWS}>-—－= ")
    return trim(text, Span(kept.start, kept.start + len(words)))


def _lines_run(text: str, block: Sequence[Span], whole: Span) -> list[ItemMark]:
    """The marks of items that each begin a line."""
    marks = [mark for line in block if (mark := item_mark(text, line))]
    if marks and marks[0].start == whole.start and not _repeats(marks):
        marks = marks[1:]  # the mark of the item itself
    if not marks or marks[0].number != 1:
        return []
    run = [marks[0]]
    for mark in marks[1:]:
        if mark.style == run[0].style and mark.number == run[-1].number + 1:
            run.append(mark)
    return run


def _repeats(marks: Sequence[ItemMark]) -> bool:
    return any(m.style == marks[0].style and m.number == marks[0].number + 1 for m in marks[1:])


def _last_end(text: str, run: Sequence[ItemMark], block: Sequence[Span], whole: Span) -> int:
    """Where the last item ends: with the whole, or at its full stop where ；parts the items."""
    line = next(line for line in block if line.start <= run[-1].start < line.end)
    if run[0].start >= line.start and len(run) > 1:
        before = [text[: mark.start].rstrip()[-1:] for mark in run[1:]]
        if all(stop in f"；;，、,{ARROWS}>" for stop in before):
            stop = text.find("。", run[-1].start, line.end)
            return stop + 1 if stop >= 0 else line.end
        return line.end if block[-1] == line else whole.end
    return whole.end
