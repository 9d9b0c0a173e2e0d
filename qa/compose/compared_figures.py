"""Figures side by side: what each is, which is higher, by how much or how many times.

Figures of different units are shown but not compared, and it is said why.  What a side has no
figure for is named; a nearby figure never stands in for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from ingest.schema import Target
from qa.compose.context import Context
from qa.compose.figure_fit import (
    LOOSE_UNITS,
    MIN_SUBJECT_LENGTH,
    best_without_figure,
    figure_segment,
    scored_figures,
)
from qa.compose.sides import answered_first, plain, side_context
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.sides import STRONG, Comparison, Side

MIN_OWN = 0.45
"""Least coverage of a side by the words around its figure."""
LAG = 0.25
"""A sentence without a figure that covers a side so much better has the matter without one."""
CANDIDATES = 5
"""Figures of each side that are tried when the sides must have different ones."""
_PLACES = Decimal("0.01")
"""To what ratios are rounded."""
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)([a-z%]+|[\u4e00-\u9fff]{1,2})?")


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of one side with its clause, and by what name it is shown."""

    key: ClauseKey
    fact: Target
    name: str

    @property
    def unit(self) -> str:
        """What it is counted in, folded."""
        return folded(self.fact.unit)


def compare_figures(context: Context, compared: Comparison) -> Draft | None:
    """The figures of all sides; None if not even one of them has one."""
    facts = _assigned(context, compared.sides)
    if all(fact is None for fact in facts):
        return None
    figures = [
        Figure(found[0], found[1], _name(found[1], side)) if found is not None else None
        for found, side in zip(facts, compared.sides, strict=True)
    ]
    have = [f for f in figures if f is not None]
    lost = [plain(s) for s, f in zip(compared.sides, figures, strict=True) if f is None]
    if lost and not compared.cues & {"more", "amount", "ratio"}:
        return None  # whatever else the side may be asked for
    statements = [] if lost else _verdict(context, compared, have)
    statements += [Statement(context.say("no_figure_of", matter=w), asked=(w,)) for w in lost]
    places = dict.fromkeys((f.key, figure_segment(context, f.key, f.fact)) for f in have)
    for key, span in places:
        words = context.say("figure", clause=context.name(key), quote=span.of(context.text(key)))
        statements.append(Statement(words, (Quote(key, span),), lead=ITEM))
    return Draft("partial" if lost else "answered", tuple(statements))


def _assigned(context: Context, sides: Sequence[Side]) -> list[tuple[ClauseKey, Target] | None]:
    """The figure of each side, all different; None for a side that has none of its own."""
    rows: list[list[tuple[float, ClauseKey, Target] | None]] = []
    for side in sides:
        own = side_context(context, side, "target")
        found = [
            (score, key, fact)
            for score, covered, key, fact in scored_figures(own, own.asked.bound)
            if covered >= MIN_OWN or _states(side, fact)
        ]
        scored = scored_figures(own, own.asked.bound)
        best = max((covered for _, covered, _, _ in scored), default=0.0)
        if found and best_without_figure(own) > best + LAG:
            found = []
        stated = [row for row in found if _states(side, row[2])]
        rows.append([*(stated or found)[:CANDIDATES], None])
    best_choice = max(product(*rows), key=_worth)
    return [None if row is None else (row[1], row[2]) for row in best_choice]


def _worth(rows: Sequence[tuple[float, ClauseKey, Target] | None]) -> tuple[float, ...]:
    """How good a choice of figures is: as many as can be, no two alike, then the best scores."""
    chosen = [row for row in rows if row is not None]
    same = len(chosen) - len({(row[1], row[2].span) for row in chosen})
    return (-same, len(chosen), sum(row[0] for row in chosen))


def _states(side: Side, fact: Target) -> bool:
    """Whether a side is a quantity and the figure is just that: 600Mbps."""
    said = _QUANTITY.search(folded(side.words))
    if said is None or not said[2]:
        return False
    return Decimal(said[1]) == fact.value and folded(fact.unit).startswith(said[2])


def _name(fact: Target, side: Side) -> str:
    """What is counted, as printed; as it was asked where the printed words are too short."""
    return fact.subject if len(fact.subject) >= MIN_SUBJECT_LENGTH else plain(side)


def _verdict(context: Context, compared: Comparison, figures: list[Figure]) -> list[Statement]:
    """The result in one sentence with all values."""
    quotes = tuple(
        dict.fromkeys(Quote(f.key, figure_segment(context, f.key, f.fact)) for f in figures)
    )
    names = tuple(f.name for f in figures)
    each = [context.say("compare_value", name=f.name, value=f.fact.printed) for f in figures]
    words = context.join(each)
    units = context.join(list(dict.fromkeys(f.fact.unit for f in figures)))
    alike = len({f.unit for f in figures}) == 1
    if not compared.cues & STRONG:
        return [Statement(words + context.say("compare_values"), quotes, asked=names, sums_up=True)]
    if not alike and not all(f.unit in LOOSE_UNITS for f in figures):
        text = words + context.say("compare_units_differ", units=units)
        return [Statement(text, quotes, asked=names, sums_up=True)]
    if not alike:
        words += context.say("compare_measures", units=units)
    ordered = sorted(figures, key=lambda f: -f.fact.value)
    known: tuple[str, ...] = ()
    high, low = ordered[0], ordered[-1]
    difference = high.fact.value - low.fact.value
    if len(figures) > 2:
        row = " > ".join(f.name for f in ordered)
        text = words + context.say("compare_order", names=row)
    elif not difference:
        text = words + context.say("compare_equal")
    else:
        unit = high.fact.unit if alike else ""
        unit = context.say("percentage_points") if high.unit == "%" else unit
        phrase = "compare_higher" if high.unit == "%" else "compare_larger"
        known = (_number(difference),)
        text = words + context.say(
            phrase, high=high.name, low=low.name, difference=known[0], unit=unit
        )
    if "ratio" in compared.cues and low.fact.value:
        ratio = _number((high.fact.value / low.fact.value).quantize(_PLACES))
        known = (*known, ratio)
        text += context.say("compare_ratio", high=high.name, low=low.name, ratio=ratio)
    values = [figure.fact.value for figure in figures]
    first = answered_first(context, compared, values)
    return [*first, Statement(text, quotes, computed=known, asked=names, sums_up=True)]


def _number(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    return f"{value.normalize():f}"
