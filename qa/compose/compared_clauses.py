"""Clauses side by side: what each says, what they share, which of them say some words."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.schema import Span
from qa.compose.compared_lists import units_of
from qa.compose.context import Context
from qa.compose.figure_fit import figure_segment
from qa.compose.responsible import unit_statement
from qa.compose.sides import Placed, plain, side_context
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.sides import STRONG, Comparison

QUOTE = 120
"""Longest quotation of what a compared clause says, in code points."""
RUN, TERMS, COMMON = 4, 5, 0.25
"""Least code points of a run of words that two clauses share, how many are shown, and the share of
all clauses from which it says nothing of either."""
LAG = 0.15
"""A sentence that another side has already is shown again if it covers a side so much better."""
_TRIM = " 的和与等及在为对"
_PIECE = re.compile("[^，,。；;：:、“”\"'()（）]+")


def compare_contents(
    context: Context, compared: Comparison, sides: Sequence[Placed]
) -> Draft | None:
    """What each side says on the matter, and what they share; a lone sentence is shown as it is.

    None if the sides are only asked for and one sentence says it all: any question gets that.
    """
    apart = len({placed.key for placed in sides}) == len(sides)
    spans = _spans(context, compared, sides)
    if len({(p.key, span) for p, span in zip(sides, spans, strict=True)}) < len(sides):
        return _in_one(context, sides[0].key, spans[0]) if compared.cues & STRONG else None
    statements: list[Statement] = []
    if apart and compared.cues & {"differ", "shared"}:
        statements += _shared(context, compared, sides)
    for placed, span in zip(sides, spans, strict=True):
        if span is None:
            continue
        shown, quote = context.quote(placed.key, span, QUOTE)
        name = plain(placed.side)
        numbered = placed.side.label or not placed.side.topic or apart
        phrase = "says" if numbered else "compare_side"
        words = context.say(phrase, clause=context.name(placed.key), side=name, quote=shown)
        known = () if folded(name) in folded(shown) else (name,)
        statements.append(Statement(words, (quote,), lead=ITEM, asked=known))
        statements += _facts(context, placed) if apart else []
    return Draft("answered", tuple(statements)) if statements else None


def _in_one(context: Context, key: ClauseKey, span: Span | None) -> Draft | None:
    """The one sentence that says all that is said of the sides, which does not tell them apart."""
    if span is None:
        return None
    shown, quote = context.quote(key, span, QUOTE)
    words = context.say("compare_in_one", clause=context.name(key), quote=shown)
    statements = [Statement(words, (quote,))]
    if context.duties(key):
        statements.append(context.ask_units(key))
    return Draft("partial", tuple(statements))


def _shared(context: Context, compared: Comparison, sides: Sequence[Placed]) -> list[Statement]:
    """The units that all sides have, and the words."""
    found = []
    lists = [units_of(context, placed) for placed in sides]
    if all(lists):
        common = [unit for unit in lists[0] if all(unit in units for units in lists[1:])]
        phrase = "compare_common" if common else "compare_no_common"
        words = context.say(phrase, units=context.join(common), count=len(common))
        quotes = [q for p in sides for key in p.tasks for q in context.groups(key)]
        known = (str(len(common)),)
        found.append(
            Statement(words, tuple(dict.fromkeys(quotes)), computed=known, asked=tuple(common))
        )
    if "shared" in compared.cues and len(sides) == 2 and (terms := _terms(context, sides)):
        words = context.say("compare_terms", terms=context.join([f"“{t}”" for t, _ in terms]))
        found.append(Statement(words, tuple(q for _, qs in terms for q in qs)))
    return found


def _terms(context: Context, sides: Sequence[Placed]) -> list[tuple[str, tuple[Quote, ...]]]:
    """Runs of words that two clauses share and few others have, longest first, with places."""
    one, other = (context.clause(p.key).body for p in sides)
    first, second = (
        span.of(context.text(p.key)) for span, p in zip((one, other), sides, strict=True)
    )
    document = sides[0].key[0]
    bodies = [c.body.of(context.text(sides[0].key)) for c in context.corpus.clauses(document)]
    own = {fact.unit for p in sides for fact in context.duties(p.key)}
    found: dict[str, tuple[Quote, ...]] = {}
    for start, begin, words in sorted(_runs(first, second), key=lambda run: -len(run[2])):
        said = sum(words in body for body in bodies)
        known = any(words in u or u in words for u in own) or any(words in t for t in found)
        if known or said > max(2, COMMON * len(bodies)):
            continue
        places = (one.start + start, other.start + begin)
        found[words] = tuple(
            Quote(p.key, Span(place, place + len(words)))
            for place, p in zip(places, sides, strict=True)
        )
    return list(found.items())[:TERMS]


def _runs(first: str, second: str) -> list[tuple[int, int, str]]:
    """Runs of words between stops that two texts share, with where they begin in each."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    found = []
    for block in matcher.get_matching_blocks():
        for piece in _PIECE.finditer(first, block.a, block.a + block.size):
            words = piece[0].strip(_TRIM)
            if len(words) >= RUN:
                start = piece.start() + piece[0].index(words)
                found.append((start, start - block.a + block.b, words))
    return found


def _spans(context: Context, compared: Comparison, sides: Sequence[Placed]) -> list[Span | None]:
    """The sentence of each side: the best for the matter or for its own words, no two the same."""
    taken: list[tuple[ClauseKey, Span]] = []
    found: list[Span | None] = []
    alike = len({p.key for p in sides}) < len(sides)
    for placed in sides:
        text = context.text(placed.key)
        spans = context.sentences(placed.key)
        best: Span | None = None
        numbered = [p.side.topic.strip("在里中的") for p in sides if p.side.label]
        for words in " ".join([compared.matter, *numbered]).split():
            best = best or next((s for s in spans if words in folded(s.of(text))), None)
        if best is None and (placed.side.topic or alike):
            own = side_context(context, placed.side, "describe")
            evidence = own.evidence(placed.key)
            free = [e for e in evidence if (placed.key, e.span) not in taken]
            if free and evidence and free[0].coverage + LAG < evidence[0].coverage:
                free = []
            best = (free or evidence)[0].span if evidence else None
        if best is None and spans:
            best = spans[0]
        if best is not None:
            taken.append((placed.key, best))
        found.append(best)
    return found


def _facts(context: Context, placed: Placed) -> list[Statement]:
    """The figures of a clause that is meant as a whole, and its units."""
    facts = () if placed.side.topic else context.corpus.targets.get(placed.key, ())
    spans = dict.fromkeys(
        figure_segment(context, placed.key, fact) for fact in facts if fact.comparator != "="
    )
    text = context.text(placed.key)
    found = [
        Statement(
            context.say("compare_figure", quote=span.of(text)), (Quote(placed.key, span),), ITEM
        )
        for span in spans
    ]
    if context.duties(placed.key):
        found.append(unit_statement(context, placed.key, lead=ITEM))
    return found


def compare_places(context: Context, compared: Comparison, sides: Sequence[Placed]) -> Draft:
    """Whether all sides stand in one clause, and what it or each says of them."""
    one = len({placed.key for placed in sides}) == 1
    verdict = Statement(context.say("yes" if one else "no"), sums_up=True)
    quotes: dict[Quote, str] = {}
    for placed, span in zip(sides, _spans(context, compared, sides), strict=True):
        if span is not None:
            shown, quote = context.quote(placed.key, span, QUOTE)
            quotes[quote] = context.say("says", clause=context.name(placed.key), quote=shown)
    said = [Statement(words, (quote,), lead=ITEM) for quote, words in quotes.items()]
    return Draft("answered" if one else "partial", (verdict, *said))


def compare_mentions(context: Context, words: str, sides: Sequence[Placed]) -> Draft:
    """Which of the sides say some words: all, some or none, each with the sentence that does."""
    said = [(p, _saying(context, p.key, words)) for p in sides]
    have = [context.name(p.key) for p, span in said if span is not None]
    lack = [context.name(p.key) for p, span in said if span is None]
    phrase = "compare_mention_all" if not lack else "compare_mention_some"
    phrase = phrase if have else "compare_mention_none"
    clauses, others = context.join(have), context.join(lack)
    text = context.say(phrase, words=words, clauses=clauses, others=others)
    labels = tuple(context.clause(p.key).label for p in sides)
    asked = (words, *(context.name(p.key) for p in sides))
    statements = [Statement(text, computed=labels, asked=asked, sums_up=True)]
    for placed, span in said:
        if span is not None:
            shown, quote = context.quote(placed.key, span, QUOTE)
            line = context.say("says", clause=context.name(placed.key), quote=shown)
            statements.append(Statement(line, (quote,), lead=ITEM))
    return Draft("answered" if have else "partial", tuple(statements))


def _saying(context: Context, key: ClauseKey, words: str) -> Span | None:
    """The first sentence of a clause that says the words, or its list of units."""
    text = context.text(key)
    spans = [*context.sentences(key), *(quote.span for quote in context.groups(key))]
    return next((span for span in spans if words in folded(span.of(text))), None)
