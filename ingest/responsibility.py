"""Duty facts: which units a clause makes responsible, and in what role.

Plans print the list at the end of a task, in brackets or on a line of its own:
（责任单位：甲局、乙委）, （牵头单位：甲局；配合单位：乙委）, （甲局牵头，乙委配合）.
The closing bracket may be missing, the separator between two units too, and the list may stay
open (等相关部门).  Every unit is the text under its span.  A role may
stand behind a single unit, in brackets (甲局（牵头）、乙委), and a deadline among the units
(；完成时限：6月底前), which is no unit: see `deadlines`.  What sentences say beside such a list is
read by `prose_duties`, what headings say by `headed_duties`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.characters import CJK, SPACE
from ingest.headed_duties import headed
from ingest.patterns import pattern
from ingest.prose_duties import said
from ingest.schema import Clause, Fact, Role, Span
from ingest.sentences import sentences, trim
from ingest.table_rows import rows
from ingest.unit_lists import CLOSE, role_of, unit_lists, unit_words

MAX_UNIT = 30
"""A piece longer than this, in code points, is prose and no name of a unit."""

_SEPARATORS = pattern("[、，,；;/]|以及|和(?=[区市县省各])|及(?=[区市县省各]|[相有]关)")
_TIMES = pattern(r"\d{4}年|\d{1,2}月|[年季月]度?(?:底|末|内)|^(?:长期|持续|全年|常态)")
"""What tells that a piece is a time (6月底前, 持续推进) and no unit."""
_OPEN_END = pattern(rf"等(?:[相有]关|各|其他)?[{CJK}]{{0,8}}$")


def responsibilities(
    text: str, clauses: Sequence[Clause], bodies: Sequence[Sequence[Span]] | None = None
) -> list[Fact]:
    """The duty facts of all clauses, in reading order.

    `bodies` are the sentences of the clauses, if they are known.
    """
    some = bodies or [sentences(text, clause.body) for clause in clauses]
    by_heading = headed(text, clauses)
    facts = [
        fact
        for clause, body in zip(clauses, some, strict=True)
        for fact in [
            *(
                _fact(clause, one.unit, one.role, one.group, one.unit.of(text))
                for one in by_heading.get(clause.ordinal, ())
            ),
            *_of_clause(
                text, clause, body, [one.unit for one in by_heading.get(clause.ordinal, ())]
            ),
        ]
    ]
    known = Counter(fact.who for fact in facts)
    return [part for fact in facts for part in _parted(fact, known)]


def _of_clause(text: str, clause: Clause, body: Sequence[Span], own: Sequence[Span]) -> list[Fact]:
    facts: list[Fact] = []
    if clause.kind == "行":  # a cell under 责任单位 is a list of units
        for cell, word in rows(text)[clause.span.start].under(list(unit_words().roles)):
            facts += _units(text, clause, cell, unit_words().roles[word], cell)
        return facts
    for group in unit_lists(text, clause.body):
        facts += _announced(text, clause, group) or _with_verbs(text, clause, group)
    if clause.parent is not None and clause.kind != "落款":
        listed = {(fact.who, fact.role) for fact in facts}
        printed = [fact.group for fact in facts]
        facts = [
            _fact(clause, one.unit, one.role, one.group, one.unit.of(text))
            for one in said(text, clause.body, body, own)
            if (one.unit.of(text), one.role) not in listed
            and not any(group.covers(one.unit) for group in printed)
        ] + facts
    if clause.kind == "款" and clause.parent:  # a line under the sub-items of the clause above
        facts = [replace(fact, clause=clause.parent) for fact in facts]
    return facts


def _announced(text: str, clause: Clause, group: Span) -> list[Fact]:
    """责任单位：甲、乙；配合单位：丙."""
    names = unit_words()
    marks = list(names.parts.finditer(text, group.start, group.end))
    facts = []
    for i, mark in enumerate(marks):
        end = marks[i + 1].start() if i + 1 < len(marks) else group.end
        if mark["role"] is None and mark["unknown"] is None:
            continue
        role = names.roles.get(mark["role"] or "") or _role(mark["unknown"])
        facts += _units(text, clause, Span(mark.end(), end), role, group)
    return facts


def _role(word: str) -> Role:
    """The role that a word of no table gives: 统筹协助单位."""
    if re.search("[配协支参辅]", word):
        return "配合"
    return "牵头" if re.search("[牵主]", word) else "责任"


def _with_verbs(text: str, clause: Clause, group: Span) -> list[Fact]:
    """（甲牵头，乙、丙配合）: units are collected until a verb gives them their role."""
    names = unit_words()
    facts: list[Fact] = []
    pending: list[Span] = []
    end = group.end - (text[group.end - 1] in CLOSE)
    for piece in _pieces(text, Span(group.start + 1, end)):
        words = piece.of(text)
        verb = names.closing_verb.search(words)
        name = Span(piece.start, piece.start + verb.start()) if verb else piece
        if len(name):
            pending.append(trim(text, name))
        if verb:
            if not all(_is_unit(p.of(text)) for p in pending):
                return []
            role = role_of(verb["verb"])
            for p in pending:
                facts += _units(text, clause, p, role, group)
            pending = []
    return facts


def _is_unit(words: str) -> bool:
    words = _OPEN_END.sub("", words) or words
    return len(words) <= MAX_UNIT and words.endswith(unit_words().suffixes)


def _pieces(text: str, span: Span) -> list[Span]:
    found = []
    start = span.start
    for separator in _SEPARATORS.finditer(text, span.start, span.end):
        if separator[0] in ("和", "及") and not text.endswith(
            unit_words().suffixes, start, separator.start()
        ):
            continue  # 文化和旅游局 is one unit
        found.append(trim(text, Span(start, separator.start())))
        start = separator.end()
    found.append(trim(text, Span(start, span.end)))
    return [piece for piece in found if len(piece)]


def _units(text: str, clause: Clause, span: Span, role: Role, group: Span) -> list[Fact]:
    end = span.end
    while end > span.start and text[end - 1] in CLOSE + "。.；;" + SPACE + "\n":
        if text[end - 1] in "）)" and text.count("（", span.start, end) + text.count(
            "(", span.start, end
        ) >= text.count("）", span.start, end) + text.count(")", span.start, end):
            break  # the bracket belongs to a name: 甲局(乙办)
        end -= 1
    facts = []
    open_ended = False
    for piece in _pieces(text, Span(span.start, end)):
        words = piece.of(text)
        if tail := _OPEN_END.search(words):
            open_ended = True
            piece = Span(piece.start, piece.start + tail.start())
        if len(piece) > 2 and text[piece.start] == "由":
            piece = Span(piece.start + 1, piece.end)
        own = role
        if behind := unit_words().own_role.search(piece.of(text)):
            own = role_of(behind["role"])
            piece = trim(text, Span(piece.start, piece.start + behind.start()))
        if verb := unit_words().closing_verb.search(piece.of(text)):
            piece = Span(piece.start, piece.start + verb.start())
        if _TIMES.search(piece.of(text)) and not _is_unit(piece.of(text)):
            continue
        if 2 <= len(piece) <= MAX_UNIT:
            facts.append(_fact(clause, piece, own, group, piece.of(text)))
    return [replace(fact, open=open_ended) for fact in facts]


def _fact(clause: Clause, unit: Span, role: Role, group: Span, who: str) -> Fact:
    return Fact(
        kind="duty",
        document_id=clause.document_id,
        clause=clause.ordinal,
        span=unit,
        group=group,
        who=who,
        role=role,
    )


def _parted(fact: Fact, known: Counter[str]) -> list[Fact]:
    """Two units that were printed with no separator between them, as two facts.

    Parted where both look like units and at least one of them stands alone elsewhere in the
    document, so that 区城市监督局 is never cut.
    """
    names = unit_words()
    inside = fact.who[2:-1]
    if not any(area in inside for area in names.areas):
        return [fact]
    for cut in range(len(fact.who) - 2, 1, -1):
        left, right = fact.who[:cut], fact.who[cut:]
        if not (left.endswith(names.suffixes) and right.startswith(names.areas)):
            continue
        if right.endswith(names.suffixes) and (known[right] or known[left]):
            middle = fact.span.start + cut
            first = replace(fact, who=left, span=Span(fact.span.start, middle))
            second = replace(fact, who=right, span=Span(middle, fact.span.end))
            return [*_parted(first, known), second]
    return [fact]
