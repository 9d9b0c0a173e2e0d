"""Item facts: the members of a list under its lead-in, each with its number.

A list is a run of clauses of one kind side by side (（一）, 1., 一是) that counts from 1, the items
that run on inside a clause's own text (`items`), lines that one sign opens, or the paragraphs below
a heading.  What it lists is said by the words before its first member, or by the heading above.
The whole list is the group of each member, so that how many there are can be told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.clause_lines import line_before, lines_in
from ingest.items import parts
from ingest.numbering import SINGLE, mark_at
from ingest.numbers.numerals import integer
from ingest.occurrences import occurrences, occurs
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span
from ingest.sentences import sentences, trim

MAX_LEAD = 40
"""Longest lead-in that is kept, in code points; of a longer one its end."""

MAX_LABEL = 20
"""Longest line, in code points, that names the list below it without a colon."""

MIN_PARAGRAPHS = 3
"""So many paragraphs below a heading are a list though none has a mark."""

BULLETS = "◆●■▲★○◇□"

_STOP = pattern("[，,。；;：:、！？]")
_WHOLE = pattern("[。！；;][）)”]?$|[）)]$")

_LEAST_RANK = 5
"""Clauses that rank above are parts, chapters and articles: an outline, not a list."""

_NO_ITEMS = ("款", "正文", "落款", "行", "问", "文")
_LEADS_IN = pattern("[：:]$|如下|以下|下列")
_FIRST = (
    *("（一）", "(一)", "（1）", "(1)", "㈠", "⑴", "①", "⒈", "1.", "1．", "1、", "1)", "1）"),
    *("一是", "一要", "一、", "第一"),
)
"""How the first member of a list may be marked."""

_OPENS_AFTER = frozenset("：:；;。，,、\n")


def enumerations(text: str, clauses: Sequence[Clause]) -> list[Fact]:
    """The members of all lists of two and more, in reading order."""
    children: dict[int, list[Clause]] = {}
    for clause in clauses:
        if (
            clause.rank >= _LEAST_RANK
            and clause.parent is not None
            and clause.kind not in _NO_ITEMS
        ):
            children.setdefault(clause.parent, []).append(clause)
    marks = [at for at in occurrences(text, _FIRST) if _opens(text, at)]
    bullets = occurrences(text, BULLETS)
    found: list[Fact] = []
    for clause in clauses:
        for run in _runs(text, children[clause.ordinal]) if clause.ordinal in children else ():
            lead = _lead(text, clause, run[0])
            if clause.parent is not None or _LEADS_IN.search(lead) or _is_label(lead):
                found += _facts(clause, lead, [one.span for one in run])
        if occurs(marks, clause.body.start, clause.body.end):
            found += _inside(text, clause)
        if clause.rank >= _LEAST_RANK and clause.kind not in _NO_ITEMS:
            if occurs(bullets, clause.body.start, clause.body.end):
                found += _bullets(text, clause)
            if clause.ordinal not in children:
                found += _paragraphs(text, clause)
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a mark stands behind a stop, where a member may open."""
    while at and text[at - 1] in " \u3000":
        at -= 1
    return not at or text[at - 1] in _OPENS_AFTER


def _is_label(lead: str) -> bool:
    """Whether a line names what is below it: 所需材料."""
    return 1 < len(lead) <= MAX_LABEL and not _STOP.search(lead)


def _bullets(text: str, clause: Clause) -> list[Fact]:
    """The lines that one sign opens, with what is below each: ◆基础材料."""
    own = lines_in(text, clause.body)
    first = next((s for s in own if text[s.start] in BULLETS), None)
    if first is None:
        return []
    some = lines_in(text, Span(first.start, clause.span.end))
    same = [s.start for s in some if text[s.start] == text[first.start]]
    ends = [*same[1:], clause.span.end]
    members = [trim(text, Span(*place)) for place in zip(same, ends, strict=True)]
    return _facts(clause, clause.heading, members)


def _paragraphs(text: str, clause: Clause) -> list[Fact]:
    """The paragraphs below a heading, each a whole sentence or more, where none has a mark."""
    if text.count("\n", *_ends(clause.body)) < MIN_PARAGRAPHS - 1:
        return []
    some = lines_in(text, clause.body)
    lead = clause.heading
    if not lead and some and len(some[0]) <= MAX_LABEL:
        lead, some = some[0].of(text), some[1:]
    if len(some) < MIN_PARAGRAPHS or not lead:
        return []
    if any(mark_at(text, s.start, s.end) or not _WHOLE.search(s.of(text)) for s in some):
        return []
    return _facts(clause, lead, some)


def _runs(text: str, siblings: Sequence[Clause]) -> Iterator[list[Clause]]:
    """The clauses of one kind that count on from 1."""
    run: list[Clause] = []
    number = 0
    for clause in siblings:
        printed = integer(SINGLE.get(clause.label, clause.label.strip("()"))) or 0
        if not printed and (mark := mark_at(text, clause.span.start, clause.span.end)):
            printed = mark.number
        if run and clause.kind == run[0].kind and printed == number + 1:
            run.append(clause)
        else:
            if len(run) > 1:
                yield run
            run = [clause] if printed == 1 else []
        number = printed
    if len(run) > 1:
        yield run


def _lead(text: str, parent: Clause, first: Clause) -> str:
    """The words right before the first member, or the heading above where there are none."""
    start = max(parent.body.start, parent.heading_span.end)
    if first.span.start <= start:
        return parent.heading
    before = line_before(text, Span(start, first.span.start))
    last = sentences(text, before) if before else []
    return last[-1].of(text)[-MAX_LEAD:] if last else parent.heading


def _inside(text: str, clause: Clause) -> Iterator[Fact]:
    """The items that run on in a clause's own text."""
    alone = replace(clause, span=Span(clause.span.start, max(clause.body.end, clause.span.start)))
    some = parts(text, alone)
    for level in ("项", "目"):
        run: list[Span] = []
        lead = ""
        for part in [*(p for p in some if p.kind == level), None]:
            if part is None or part.number != len(run) + 1:
                yield from _facts(clause, lead, run)
                run = []
            if part is not None:
                run.append(part.span)
                lead = part.lead.of(text)[-MAX_LEAD:] if part.lead else clause.heading


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _facts(clause: Clause, lead: str, members: Sequence[Span]) -> list[Fact]:
    if len(members) < 2:
        return []
    return [
        Fact(
            kind="item",
            document_id=clause.document_id,
            clause=clause.ordinal,
            span=member,
            group=Span(members[0].start, members[-1].end),
            what=lead,
            value=Decimal(number),
        )
        for number, member in enumerate(members, start=1)
    ]
