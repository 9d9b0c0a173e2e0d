"""Which kind of answer a question gets."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.folding import fold_text
from qa.compose import refusal
from qa.compose.about_document import compose_metadata, compose_not_held
from qa.compose.bare import compose_bare
from qa.compose.chapter_heading import compose_chapter_heading
from qa.compose.comparison import compose_comparison
from qa.compose.completed import compose_completed
from qa.compose.context import Context
from qa.compose.date_interval import compose_interval
from qa.compose.deadline import compose_deadline
from qa.compose.description import compose_description
from qa.compose.document_check import compose_document_check
from qa.compose.elsewhere import compose_elsewhere
from qa.compose.figure_answers import figures_above
from qa.compose.figure_fit import asks_one_kind
from qa.compose.membership import compose_membership
from qa.compose.mention import compose_mention
from qa.compose.near_figure import compose_near_figure
from qa.compose.nth_item import compose_nth_item
from qa.compose.overview import compose_overview
from qa.compose.part_figures import compose_part_figures
from qa.compose.parts import compose_parts
from qa.compose.premise import (
    asks_why,
    with_assumption_corrected,
    with_place_cautioned,
    years_printed,
)
from qa.compose.printed_words import compose_printed_words
from qa.compose.references import compose_references
from qa.compose.responsible import (
    compose_check,
    compose_responsible,
    compose_unlisted,
)
from qa.compose.several_figures import compose_several_figures
from qa.compose.situation import asks_as_one
from qa.compose.span import elsewhere, read_span
from qa.compose.stated_figures import compose_stated
from qa.compose.table_row import compose_rows
from qa.compose.target import compose_target
from qa.compose.unassigned import compose_unassigned
from qa.compose.unit_conditions import compose_unit_conditions
from qa.compose.unit_counts import compose_unit_count
from qa.compose.unit_kinds import compose_unit_kind
from qa.compose.unit_tasks import compose_unit_tasks
from qa.document_facts import facts_hinted
from qa.draft import Draft, Statement, joined
from qa.scope import out_of_scope

_FIGURES = re.compile("指标|目标|量化|数字|数据|数值|figure|target", re.IGNORECASE)
"""What makes a question without a matter one for all figures, and not for any (多少?)."""

_WHOLE = (
    compose_references,
    compose_interval,
    compose_completed,
    compose_printed_words,
    compose_chapter_heading,
    compose_unassigned,
    compose_unit_conditions,
    compose_unit_count,
    compose_comparison,
    compose_overview,
    compose_part_figures,
    compose_unit_kind,
    compose_parts,
    compose_rows,
    compose_mention,
    compose_membership,
)
"""Answers that look at whole documents or parts of them; each takes only questions of its kind."""
_NUMBER = re.compile(
    "[0-9]|[一二两三四五六七八九十百千半]+(?:[万亿]|个|天|日|月|周|年|小时|分钟|元|倍|成|名|人|家|户|次|项|条|吨|米)"
)

MATTER = 8
"""Longest topic, in code points, of a question that may mean the document by a noun like 标题."""
COVERED = 0.6
"""A question that a clause covers this well is about policy, whatever words it uses."""


def compose(context: Context) -> Draft:
    """The draft for a question, with what it takes wrongly for granted put right."""
    if (draft := compose_nth_item(context, compose)) is not None:
        return draft
    draft = _composed(context)
    if draft.status == "not_found" and (facts := _document_instead(context)) is not None:
        return facts
    return with_assumption_corrected(context, draft)


def _document_instead(context: Context) -> Draft | None:
    """The facts about the document that a question's nouns may mean, if they are all given."""
    asked = context.asked
    facts = facts_hinted(asked.text)
    if out_of_scope(fold_text(asked.question)):
        return None
    if not facts or asked.intent == "metadata" or asked.places or asked.years or asked.label:
        return None
    if len(asked.topic.replace(" ", "")) > MATTER:
        return None
    if asked.units or asked.inherits or context.only_document is None:
        return None
    meant = replace(asked, intent="metadata", attribute=" ".join(facts))
    found = compose_metadata(replace(context, asked=meant))
    return found if found.status == "answered" else None


def _composed(context: Context) -> Draft:
    """Refusals first, then facts, then sentences."""
    asked = context.asked
    best = context.ranking.best
    covered = best is not None and best.coverage >= COVERED
    if not covered and not asked.label and asked.intent not in ("metadata", "unit_tasks"):
        kind = out_of_scope(fold_text(asked.question))
        if kind:
            return refusal.out_of_scope(context, kind)
    if (draft := compose_document_check(context)) is not None:
        return draft
    if asked.places:
        return refusal.place_not_covered(context)
    if asked.years and not years_printed(context):
        return refusal.year_not_covered(context)
    if (draft := compose_elsewhere(context)) is not None:
        return draft
    if asked.document is not None and not context.corpus.infos[asked.document].held:
        return compose_not_held(context, context.corpus.infos[asked.document])
    if asked.label and asked.bound is None:
        return refusal.no_clause(context)
    for whole in _WHOLE:
        if (draft := whole(context)) is not None:
            return draft
    if asked.intent == "metadata":
        return compose_metadata(context)
    if asked.intent in ("unit_tasks", "responsible") and asked.topic and asks_why(context):
        return compose_description(context)
    if asked.intent in ("unit_tasks", "check") and asks_as_one(context):
        return compose_description(context)
    if asked.intent == "unit_tasks":
        return compose_unit_tasks(context)
    if asked.units and not any(m.printed for m in asked.units) and asked.intent == "check":
        return compose_unlisted(context) or refusal.unit_unknown(context)
    if asked.intent == "check":
        return compose_check(context)
    if (draft := compose_bare(context)) is not None:
        return draft
    if (draft := compose_several_figures(context) or compose_deadline(context)) is not None:
        return draft
    figures = asked.intent == "target" and _FIGURES.search(asked.text)
    if not asked.topic and asked.bound is None and not figures:
        return refusal.clarify(context)
    if asked.expects is not None and asked.intent == "target":
        above = figures_above(context, best.key) if best is not None else None
        return above or compose_description(context)
    if asked.expects is not None and asked.intent == "responsible":
        return compose_description(context)  # whoever it names, or word that it names nobody
    if asked.intent == "responsible":
        return compose_responsible(context)
    if asked.intent == "target" and (draft := compose_target(context)) is not None:
        return with_place_cautioned(context, _figure_or_words(context, draft))
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


def _nearest_figure(context: Context) -> Draft | None:
    """What is nearest to a figure question by meaning, with care; None where nothing is.

    A figure of the kind asked for; where no kind is told (多少), else the words of the clause.
    """
    if (figure := compose_near_figure(context)) is not None:
        return figure
    best = context.ranking.best
    if asks_one_kind(context) or best is None or not context.near(best):
        return None
    if not context.clause(best.key).path:
        return None  # the head of a document tells of the document only
    words = compose_description(context)
    if words.status != "answered":
        return words if words.status == "partial" else None
    return _with_care(context, words)


def _figure_or_words(context: Context, draft: Draft) -> Draft:
    """The draft for a figure, unless the reader sees the answer in another place of the text.

    A figure beside what is asked is no answer.  Where none was found, words are offered with care,
    if they have a number at all.
    """
    best = context.ranking.best
    if draft.status == "not_found" and best is not None:
        draft = compose_stated(context, best.key) or _nearest_figure(context) or draft
    if best is None:
        return draft
    if draft.status == "not_found":
        run = read_span(context, best.key) if context.near(best) else None
        if run is None or not _NUMBER.search(fold_text(run.span.of(context.text(best.key)))):
            return draft
        return _with_care(context, compose_description(context))
    if not elsewhere(draft, best.key, read_span(context, best.key)):
        return draft
    words = compose_description(context)
    if draft.status == "answered":
        return words
    return _with_care(context, words)


def _with_care(context: Context, draft: Draft) -> Draft:
    """A draft that answers, as one that only may."""
    if draft.status != "answered":
        return draft
    hedge = Statement(context.say("hedge"))
    return replace(draft, status="partial", statements=(hedge, *draft.statements))
