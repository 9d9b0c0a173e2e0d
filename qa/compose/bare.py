"""Questions too bare to answer: a measure without a matter (比例是多少), 那个平台 out of the blue.

The matters that it may be about are named, each with its place, and the reader chooses.
"""

import re

from ingest.schema import Span
from qa.compose.context import Context
from qa.compose.figure_answers import one_figure
from qa.compose.figure_fit import LOOSE_UNITS, figure_segment
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

MOST = 8
"""Candidates that are named at most."""
SEVERAL = 2
"""Candidates from which the question is open; one is the answer."""
SHORT = 3
"""Longest matter, in code points, that 那个 may stand before and still say nothing of its own."""
PART = 3
"""Code points by which a question may be longer than what is understood of it as a whole."""
MAX_CLAUSES = 400

_MEASURES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile("(?:比例|占比|比重|比率|百分比|百分之)"), ("%", "％")),
    (re.compile("数量|个数|数目|总数|总量|规模"), tuple(LOOSE_UNITS)),
    (re.compile("速率|速度|带宽|网速"), ("mbps", "gbps", "kbps")),
    (re.compile("等级|级别|几级"), ("级",)),
    (re.compile("金额|钱数"), ("元",)),
)
_ONLY = re.compile(
    "^(?:的|这|那|个|项|比例|占比|比重|比率|百分比|数量|个数|数目|总数|总量|规模|速率|速度|带宽|网速|等级"
    "|级别|金额|钱数|要求|目标|指标|标准|具体|今年| )+$"
)
_POINTS = re.compile("(?:那|这|该|此)(?:个|项|条|种|套|家|些|类)?")


def compose_bare(context: Context) -> Draft | None:
    """The matters that a bare question may mean; None if it says what it is about."""
    asked = context.asked
    if asked.bound is not None or asked.units or asked.label or asked.inherits:
        return None
    if len(folded(asked.question)) > len(folded(asked.text)) + PART:
        return None  # one part of a question, which another part says the matter of
    if asked.intent == "target" and asked.expects is None and not asked.yes_no:
        return _figures(context)
    if asked.intent in ("responsible", "describe", "target", "list"):
        return _pointed_at(context)
    return None


def _figures(context: Context) -> Draft | None:
    """The figures of the measure that is all the question says."""
    text = context.asked.text
    units = next((units for pattern, units in _MEASURES if pattern.search(text)), None)
    if units is None or not _ONLY.match(context.asked.topic or " "):
        return None
    only = context.only_document
    found = [
        (key, fact)
        for key, facts in (context.corpus.targets.of(only).items() if only else ())
        for fact in facts
        if folded(fact.unit).endswith(units) and fact.comparator != "="
    ]
    if not found:
        return None
    if len(found) < SEVERAL:
        return one_figure(context, *found[0])
    places = [
        (key, figure_segment(context, key, fact))
        for key, fact in sorted(found, key=lambda one: one[1].span.start)
    ]
    return _which(context, places)


def _pointed_at(context: Context) -> Draft | None:
    """The clauses that say what 那个 points at, where no turn before says which one is meant."""
    word = context.asked.topic.strip()
    only = context.only_document
    pointed = re.search(f"{_POINTS.pattern}{re.escape(word)}", context.asked.text)
    if not 2 <= len(word) <= SHORT or pointed is None or only is None:
        return None
    places: list[tuple[ClauseKey, Span]] = []
    for clause in context.corpus.clauses(only)[:MAX_CLAUSES]:
        key = (only, clause.ordinal)
        if context.corpus.children(key) or not clause.heading:
            continue
        if word in folded(clause.body.of(context.text(key))):
            places.append((key, clause.heading_span))
    return _which(context, places) if len(places) > SEVERAL else None


def _which(context: Context, places: list[tuple[ClauseKey, Span]]) -> Draft:
    """Which of these places is meant."""
    statements = [Statement(context.say("clarify_which"))]
    for key, span in dict.fromkeys(places[:MOST]):
        words = span.of(context.text(key)).strip("。 \n")
        statements.append(Statement(words, (Quote(key, span),), lead=ITEM))
    return Draft("clarify", tuple(statements))
