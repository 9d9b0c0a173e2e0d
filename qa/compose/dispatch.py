"""Which kind of answer a question gets."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.folding import fold_text
from qa.compose import refusal
from qa.compose.about_document import compose_metadata, compose_not_held
from qa.compose.comparison import compose_comparison
from qa.compose.context import Context
from qa.compose.description import compose_description
from qa.compose.elsewhere import compose_elsewhere
from qa.compose.figure_answers import figures_above
from qa.compose.membership import compose_membership
from qa.compose.overview import compose_overview
from qa.compose.parts import compose_parts
from qa.compose.responsible import (
    compose_check,
    compose_responsible,
    compose_unlisted,
)
from qa.compose.span import elsewhere, read_span
from qa.compose.target import compose_target
from qa.compose.unit_kinds import compose_unit_kind
from qa.compose.unit_tasks import compose_unit_tasks
from qa.draft import Draft, Statement, joined
from qa.scope import out_of_scope

_FIGURES = re.compile("指标|目标|量化|数字|数据|数值|figure|target", re.IGNORECASE)
"""What makes a question without a matter one for all figures, and not for any (多少?)."""

COVERED = 0.6
"""A question that a clause covers this well is about policy, whatever words it uses."""


def compose(context: Context) -> Draft:
    """The draft for a question: refusals first, then facts, then sentences."""
    asked = context.asked
    best = context.ranking.best
    covered = best is not None and best.coverage >= COVERED
    if not covered and not asked.label and asked.intent not in ("metadata", "unit_tasks"):
        kind = out_of_scope(fold_text(asked.question))
        if kind:
            return refusal.out_of_scope(context, kind)
    if asked.places:
        return refusal.place_not_covered(context)
    if asked.years:
        return refusal.year_not_covered(context)
    if (draft := compose_elsewhere(context)) is not None:
        return draft
    if asked.document is not None and not context.corpus.infos[asked.document].held:
        return compose_not_held(context, context.corpus.infos[asked.document])
    if asked.label and asked.bound is None:
        return refusal.no_clause(context)
    if (draft := compose_comparison(context) or compose_overview(context)) is not None:
        return draft
    if (draft := compose_unit_kind(context) or compose_parts(context)) is not None:
        return draft
    if (draft := compose_membership(context)) is not None:
        return draft
    if asked.intent == "metadata":
        return compose_metadata(context)
    if asked.intent == "unit_tasks":
        return compose_unit_tasks(context)
    if asked.units and not any(m.printed for m in asked.units) and asked.intent == "check":
        return compose_unlisted(context) or refusal.unit_unknown(context)
    if asked.intent == "check":
        return compose_check(context)
    figures = asked.intent == "target" and _FIGURES.search(asked.text)
    if not asked.topic and asked.bound is None and not figures:
        return refusal.clarify(context)
    if asked.expects is not None and asked.intent == "target":
        above = figures_above(context, best.key) if best is not None else None
        return above or compose_description(context)
    if asked.expects is not None and asked.intent == "responsible":
        what = asked.expects
        return refusal.not_given(context, what.name_en if asked.english else what.name)
    if asked.intent == "responsible":
        return compose_responsible(context)
    if asked.intent == "target" and (draft := compose_target(context)) is not None:
        return _figure_or_words(context, draft)
    return compose_description(context)


def compose_all(contexts: Sequence[Context]) -> Draft:
    """The draft for a question in one or several parts.

    What compares is answered as a whole, whatever parts it can be cut into.
    """
    first, *further = contexts
    if not further:
        return compose(first)
    foreign = any(c.asked.places or c.asked.years for c in contexts)
    if not foreign and (draft := compose_comparison(first)) is not None:
        return draft
    alone = replace(first, asked=replace(first.asked, comparison=None))
    return joined([compose(context) for context in (alone, *further)])


def _figure_or_words(context: Context, draft: Draft) -> Draft:
    """The draft for a figure, unless the reader sees the answer in another place of the text.

    A figure beside what is asked is no answer.  Where none was found, words are offered with care.
    """
    best = context.ranking.best
    if draft.status == "not_found" or best is None:
        return draft
    if not elsewhere(draft, best.key, read_span(context, best.key)):
        return draft
    words = compose_description(context)
    if draft.status == "answered" or words.status != "answered":
        return words
    hedge = Statement(context.say("hedge"))
    return replace(words, status="partial", statements=(hedge, *words.statements))
