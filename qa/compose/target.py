"""A figure: joined to the question by what it counts, never by where it stands."""

import re

from ingest.schema import Target
from qa.compose.context import Context
from qa.compose.enumerated import compose_counted
from qa.compose.figure_answers import all_figures, figures_above, listed_figures, one_figure
from qa.compose.figure_fit import (
    ASKED_UNIT,
    LOOSE_UNITS,
    asks_one_kind,
    best_without_figure,
    of_another,
    scored_figures,
    unit_fit,
)
from qa.compose.listing import headed, parts_of
from qa.compose.refusal import matter_of, not_found, not_given
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Statement

MIN_SUBJECT = 0.45
"""Least coverage of the topic by the words around a figure."""
SURE = 0.75
"""Coverage by a figure's own words from which it answers, however far the clause is."""
LAG = 0.25
"""A sentence without a figure that covers the topic this much better than the figure's own words
means that the document names the matter but gives no figure for it."""
EACH = 0.75
"""When several figures are asked for, each must cover the topic by this share of the best."""
QUOTE = 90
_SEVERAL = re.compile("各(?:是|为|有|要|达|应|需)|分别|各自")


def compose_target(context: Context) -> Draft | None:
    """The figure that the topic asks for; None if nothing here is a figure question after all."""
    asked = context.asked
    if not asked.topic and asked.label == "" and asked.bound is None:
        if (listed := compose_counted(context)) is not None:
            return listed
        only = asked.document
        targets = context.corpus.targets
        return all_figures(context, list(targets if only is None else targets.of(only)))
    bound = asked.bound
    if bound is None and (part := headed(context)) is not None:
        return parts_of(context, part)
    scored = scored_figures(context, bound)
    key = context.ranking.best.key if context.ranking.best else None
    if bound is not None and not asked.topic:
        if (listed := compose_counted(context)) is not None:
            return listed
        return all_figures(context, [bound]) if scored else _no_figure(context, bound)
    if not scored and (listed := compose_counted(context)) is not None:
        return listed
    if not scored and key is not None and (above := figures_above(context, key)) is not None:
        return above
    if not scored:
        return _no_figure(context, key) if key and context.found(context.ranking.best) else None
    _, own, place, fact = scored[0]
    silent = best_without_figure(context)
    counted = fact.unit in LOOSE_UNITS
    other_kind = unit_fit(context, fact) < 0 and (asks_one_kind(context) or not counted)
    if own < MIN_SUBJECT or silent > own + LAG or other_kind:
        if (listed := compose_counted(context)) is not None:
            return listed
        if key is not None and (above := figures_above(context, key)) is not None:
            return above
        best = context.ranking.best
        sought = context.near(best) or bool(
            asked.numbers
        )  # a wrong figure makes any answer unlikely
        named = sought and max(own, silent) >= MIN_SUBJECT
        if key is not None and (named or context.found(best)):
            stated = _in_best_sentence(context, key)
            return one_figure(context, key, stated) if stated else _no_figure(context, key)
        return not_found(context)
    if of_another(context, place, fact):
        return _no_figure(context, place)
    if (agreed := _all_stated(context, place)) is not None:
        return agreed
    if _SEVERAL.search(asked.text):
        more = [(k, f) for _, o, k, f in scored[:8] if k == place and o >= EACH * own]
        if len(more) > 1:
            return listed_figures(context, more, context.name(place))
    draft = one_figure(context, place, fact)
    if own >= SURE or context.found(context.ranking.best) or draft.status == "partial":
        return draft
    hedge = Statement(context.say("hedge"))
    return Draft("partial", (hedge, *draft.statements), draft.suggestions)


def _all_stated(context: Context, key: ClauseKey) -> Draft | None:
    """Yes, with every figure, where a question states several and the clause prints all of them."""
    numbers = context.asked.numbers
    if len(set(numbers)) < 2:
        return None
    facts = [f for f in context.corpus.targets.get(key, ()) if str(f.value) in numbers]
    if {str(f.value) for f in facts} != set(numbers):
        return None
    figures = listed_figures(context, [(key, f) for f in facts], context.name(key))
    yes = Statement(context.say("yes"), sums_up=True)
    return Draft("answered", (yes, *figures.statements))


def _in_best_sentence(context: Context, key: ClauseKey) -> Target | None:
    """The one figure, with the unit that is asked for, of the sentence that covers the topic best.

    Of such a sentence nobody may say that it gives no figure.
    """
    asked = ASKED_UNIT.search(context.asked.text)
    best = context.evidence(key)[:1]
    if asked is None or not best or best[0].coverage < MIN_SUBJECT / 2:
        return None
    facts = [f for f in context.corpus.targets.get(key, ()) if f.sentence == best[0].span]
    facts = [f for f in facts if folded(f.unit) == asked[1]]
    return facts[0] if len(facts) == 1 else None


def _no_figure(context: Context, key: ClauseKey) -> Draft:
    evidence = context.evidence(key)
    if not evidence:
        return not_found(context)
    shown, quote = context.quote(key, evidence[0].span, QUOTE)
    matter = matter_of(context, key)
    if not matter:
        return not_given(context, context.say("figure_kind"))
    words = context.say("no_figure_of", matter=matter)
    statements = [
        Statement(words, asked=(matter,)),
        Statement(context.say("says", clause=context.name(key), quote=shown), (quote,), PARAGRAPH),
    ]
    place = context.units_place(key)
    if context.duties(place):
        statements.append(context.ask_units(place))
    return Draft("partial", tuple(statements))
