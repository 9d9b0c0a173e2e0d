"""Whether what the program reads out of a document is what a reader wrote down, fact by fact.

Words are compared without white space.  One fact answers one line of a sheet, and as many lines as
possible find one (a maximum matching), so that neither order nor repetition matters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from eval.fact_sheets import Line, Reading
from ingest.characters import without_spaces as plain
from ingest.schema import Clause, Fact, FactKind, Span

NEAR = 80
"""A line's words may stand so many code points from the group of a fact of its clause."""

_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}


class Tally(NamedTuple):
    """How many lines found their fact, of how many lines and of how many facts."""

    right: int
    lines: int
    facts: int

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        """Higher is better; 1 where there was nothing to find."""
        return self.right / self.lines if self.lines else 1.0

    @property
    def precision(self) -> float:
        """Higher is better; 1 where nothing was found."""
        return self.right / self.facts if self.facts else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; higher is better."""
        total = self.lines + self.facts
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure over one document: the counts, the lines without a fact, facts without a line."""

    tally: Tally
    missed: Sequence[Line] = field(default=())
    extra: Sequence[str] = field(default=())


def compare(reading: Reading) -> dict[str, Compared]:
    """Every measure of one document by its name."""
    return {
        name: _compared(reading, kind, of, fits) for name, (kind, of, fits) in _MEASURES.items()
    } | {"items": _items(reading)}


def _compared(
    reading: Reading, kind: str, of: FactKind, fits: Callable[[Reading, Line, Fact], bool]
) -> Compared:
    lines = reading.sheet.lines[kind]
    facts = [f for f in reading.parsed.facts_of(of) if f.span.start < reading.end]
    mine = matching([[i for i, f in enumerate(facts) if fits(reading, x, f)] for x in lines])
    used = set(mine.values())
    return Compared(
        Tally(len(mine), len(lines), len(facts)),
        [line for i, line in enumerate(lines) if i not in mine],
        [_told(reading, fact) for i, fact in enumerate(facts) if i not in used],
    )


def matching(wanted: Sequence[Sequence[int]]) -> dict[int, int]:
    """A maximum matching: for each line that gets one, a fact out of those that would do.

    >>> matching([[0, 1], [0], [0]])
    {0: 1, 1: 0}
    """
    owner: dict[int, int] = {}

    def place(line: int, seen: set[int]) -> bool:
        for fact in wanted[line]:
            if fact not in seen:
                seen.add(fact)
                if fact not in owner or place(owner[fact], seen):
                    owner[fact] = line
                    return True
        return False

    for line in range(len(wanted)):
        place(line, set())
    return dict(sorted((line, fact) for fact, line in owner.items()))


def _duty(reading: Reading, line: Line, fact: Fact) -> bool:
    if plain(line["who"]) != plain(fact.who) or line["role"] != fact.role:
        return False
    return plain(line["at"]) in _around(reading, fact)


def _around(reading: Reading, fact: Fact) -> str:
    """The words of a fact's clause (not of those below it) and near its group."""
    text = reading.parsed.document.text
    clause: Clause = reading.parsed.clauses[fact.clause]
    near = Span(max(0, fact.group.start - NEAR), min(len(text), fact.group.end + NEAR))
    own = "" if clause.parent is None else text[clause.heading_span.start : clause.body.end]
    return f"{plain(near.of(text))}\n{plain(own)}"


def amount(value: str, unit: str) -> tuple[Decimal | None, str]:
    """A number with its unit in one form: 万 and 亿 counted out, 1:0.5 and 2/3 as facts have them.

    >>> amount("2.5", "万元"), amount("1:0.5", ""), amount("100", "千瓦")
    ((Decimal('25000.0'), '元'), (Decimal('0.5'), '1:'), (Decimal('100'), '千瓦'))
    """
    for sign in (":", "/"):
        first, found, second = value.partition(sign)
        if found:
            value, unit = (second, f"{first}:") if sign == ":" else (first, f"/{second}")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None, unit
    while unit[:1] in _SCALES:
        number, unit = number * _SCALES[unit[0]], unit[1:]
    return number, unit.replace("％", "%")


def _number(_: Reading, line: Line, fact: Fact) -> bool:
    number, unit = amount(line["value"], line["unit"])
    return number == fact.value and unit in (fact.measure.replace("％", "%"), "")


def _figure(reading: Reading, line: Line, fact: Fact) -> bool:
    text = reading.parsed.document.text
    subject, said = plain(line["of"]), (plain(fact.what), plain(fact.group.of(text)))
    return _number(reading, line, fact) and any(subject in words for words in said)


def _subject(reading: Reading, line: Line, fact: Fact) -> bool:
    return _number(reading, line, fact) and plain(line["of"]) in plain(fact.what)


def _bound(reading: Reading, line: Line, fact: Fact) -> bool:
    return _figure(reading, line, fact) and line["bound"] == fact.bound


def _date(_: Reading, line: Line, fact: Fact) -> bool:
    return line["iso"] == fact.when and line["meaning"] == fact.what


def _cell(reading: Reading, line: Line, fact: Fact) -> bool:
    """A cell by its column and its words; its row may be named by any of the row's cells."""
    text = reading.parsed.document.text
    if (plain(line["column"]), plain(line["value"])) != (
        plain(fact.what),
        plain(fact.span.of(text)),
    ):
        return False
    row = [one for one in reading.parsed.facts_of("cell") if one.clause == fact.clause]
    names = {plain(fact.who), *(plain(one.span.of(text)) for one in row)}
    return plain(line["row"]) in names


def _definition(reading: Reading, line: Line, fact: Fact) -> bool:
    said = plain(fact.span.of(reading.parsed.document.text))
    if plain(line["term"]) != plain(fact.who):
        return False
    return plain(line["short_for"]) == said if "short_for" in line else plain(line["at"]) in said


def _contact(reading: Reading, line: Line, fact: Fact) -> bool:
    said = fact.span.of(reading.parsed.document.text)
    return line["what"] == fact.what and plain(line["value"]) == plain(said)


def _items(reading: Reading) -> Compared:
    """Lists: as many members as written down, the first and the last beginning as they do."""
    text = reading.parsed.document.text
    lists: dict[tuple[int, Span], list[Fact]] = {}
    for fact in reading.parsed.facts_of("item"):
        if fact.span.start < reading.end:
            lists.setdefault((fact.clause, fact.group), []).append(fact)
    found = list(lists.values())

    def same(line: Line, members: list[Fact]) -> bool:
        ends = (members[0].span.of(text), members[-1].span.of(text))
        return len(members) == int(line["count"]) and all(
            plain(words).find(plain(line[key])) in range(12)  # behind the mark, a quotation mark
            for key, words in zip(("first", "last"), ends, strict=True)
        )

    lines = reading.sheet.lines["items"]
    mine = matching([[i for i, m in enumerate(found) if same(x, m)] for x in lines])
    return Compared(
        Tally(len(mine), len(lines), len(found)),
        [line for i, line in enumerate(lines) if i not in mine],
    )


def _told(reading: Reading, fact: Fact) -> str:
    said = fact.span.of(reading.parsed.document.text)
    words = (fact.who, fact.role, fact.what, said, fact.measure, fact.bound, fact.when)
    return " ".join(dict.fromkeys(plain(word)[:30] for word in words if word))


_MEASURES: Mapping[str, tuple[str, FactKind, Callable[[Reading, Line, Fact], bool]]] = {
    "duties": ("duties", "duty", _duty),
    "figures": ("figures", "figure", _number),
    "figures_in_sentence": ("figures", "figure", _figure),
    "figures_with_subject": ("figures", "figure", _subject),
    "figures_with_bound": ("figures", "figure", _bound),
    "dates": ("dates", "date", _date),
    "cells": ("cells", "cell", _cell),
    "definitions": ("definitions", "definition", _definition),
    "contacts": ("contacts", "contact", _contact),
}
