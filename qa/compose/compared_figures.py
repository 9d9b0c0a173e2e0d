"""Figures side by side: what each is, which is higher, by how much or how many times.

Figures of different units are shown but not compared, and it is said why.  What a side has no
figure for is named; a nearby figure never stands in for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.schema import Target
from qa.compose.context import Context
from qa.compose.figure_fit import (
    LOOSE_UNITS,
    figure_segment,
)
from qa.compose.side_figures import SideFigure, side_figures
from qa.compose.sides import answered_first, plain
from qa.concepts import coverage, folded, topic
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.sides import STRONG, Comparison, Side

NAMED = 0.5
"""Coverage of a side by the printed subject of its figure from which that names it."""
_SCALES = (("亿", Decimal(10**8)), ("万", Decimal(10**4)), ("", Decimal(1)))
_LESS = re.compile("(?<!多)少|低|短|小|慢|轻|便宜")
"""What asks for the lower figure."""
_PLACES = Decimal("0.01")
"""To what ratios are rounded."""


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
    facts = side_figures(context, compared)
    if all(fact is None for fact in facts):
        return None
    names = _names(context, compared.sides, facts)
    figures = [
        Figure(found.key, found.fact, name) if found is not None else None
        for found, name in zip(facts, names, strict=True)
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


def _names(
    context: Context, sides: Sequence[Side], facts: Sequence[SideFigure | None]
) -> list[str]:
    """What each figure counts, as printed; in the question's words where these say it better."""
    corpus = context.corpus
    printed = [one.fact.subject if one is not None else "" for one in facts]
    said = [
        coverage(topic(side.topic, corpus.frequencies, corpus.importance), folded(subject))
        for side, subject in zip(sides, printed, strict=True)
    ]
    if min(said) >= NAMED and len(set(printed)) == len(printed):
        return printed
    return [plain(side) for side in sides]


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
        less = _LESS.search(compared.frame) is not None
        phrase = (
            ("compare_lower" if less else "compare_higher")
            if high.unit == "%"
            else ("compare_smaller" if less else "compare_larger")
        )
        scale, by = next(
            (word, size) for word, size in _SCALES if all(word in f.fact.printed for f in figures)
        )
        known = (_number(difference / by) + scale,)
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
