"""Answers that state figures: one of them, or all of a part, of a unit or of a sentence."""

import re

from ingest.schema import Span, Target
from qa.compose.context import Context
from qa.compose.figure_fit import asking_pieces, figure_segment, unit_fit
from qa.compose.refusal import not_found
from qa.compose.stated_figures import (
    ambiguous,
    bound_differs,
    compared,
    due_differs,
    due_missing,
    stated,
)
from qa.compose.table_row import row_statement
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

_YEARS = (("今年", 0), ("年底前", 0), ("明年", 1), ("后年", 2))
_YEAR = re.compile(r"(?<!\d)(\d{4})年")
SENTENCE = 200
"""Longest sentence, in code points, that is shown whole where its figure alone would mislead or
several of its figures are asked for."""


def one_figure(context: Context, key: ClauseKey, fact: Target) -> Draft:
    """One figure as printed; says first whether it agrees with what the question states."""
    segment = figure_segment(context, key, fact)
    several = [f for f in context.corpus.targets.get(key, ()) if f.sentence == fact.sentence]
    if (
        len(several) > 1
        and len(fact.sentence) <= SENTENCE
        and len(asking_pieces(context.asked.text)) > 1
    ):
        segment = _unstopped(context, key, fact)
    words = segment.of(context.text(key))
    statements = [
        row_statement(context, key, lead="")
        or Statement(
            context.say("figure", clause=context.name(key), quote=words) + context.say("stop"),
            (Quote(key, segment),),
        )
    ]
    if (other := _other_year(context, key, fact)) is not None:
        statements = [
            Statement(
                context.say("figure", clause=context.name(key), quote=other.of(context.text(key)))
                + context.say("stop"),
                (Quote(key, other),),
            )
        ]
        statements.insert(0, Statement(context.say("premise"), sums_up=True))
        return Draft("partial", tuple(statements))
    agree = compared(context, fact)
    agree = stated(context, words) if agree is None else agree
    late = due_differs(context, key, fact)
    if agree and bound_differs(context, fact):
        agree = False
    if late or (agree and ambiguous(context, key, fact)):
        agree = False if late else None  # the reader sees the whole sentence and judges
        shown, quote = context.quote(key, fact.sentence, SENTENCE)
        whole = context.say("figure", clause=context.name(key), quote=shown.rstrip("。；;"))
        whole += context.say("stop")
        statements = [Statement(whole, (quote,))]
    if due_missing(context, key, fact.sentence):
        agree = False
        what = context.say("date_kind")
        statements.insert(0, Statement(context.say("not_given", what=what), asked=(what,)))
    elif agree is not None:
        statements.insert(0, Statement(context.say("yes" if agree else "premise"), sums_up=True))
    named = context.clause(key).label and context.duties(key)
    follow = (context.follow_up(key, "{}由谁负责?"),) if named else ()
    return Draft("partial" if agree is False else "answered", tuple(statements), follow)


def _other_year(context: Context, key: ClauseKey, fact: Target) -> Span | None:
    """The sentence of a figure, where a yes-no question takes another year for granted than it.

    今年 is the year of the document.
    """
    info = context.corpus.infos[key[0]]
    asked = set(context.asked.said_years)
    dated = info.issued or info.published
    if dated is not None:
        asked |= {dated.year + ahead for word, ahead in _YEARS if word in context.asked.text}
    printed = {int(y) for y in _YEAR.findall(fact.sentence.of(context.text(key)))}
    if not context.asked.yes_no or not asked or not printed or asked & printed:
        return None
    return _unstopped(context, key, fact)


def _unstopped(context: Context, key: ClauseKey, fact: Target) -> Span:
    """The whole sentence of a figure, without its full stop."""
    words = fact.sentence.of(context.text(key))
    return Span(fact.sentence.start, fact.sentence.start + len(words.rstrip("。")))


def all_figures(context: Context, keys: list[ClauseKey]) -> Draft:
    """Every bounded figure of the clauses, counted."""
    items = [
        (key, fact)
        for key in sorted(keys)
        for fact in context.corpus.targets.get(key, ())
        if fact.comparator != "=" or len(keys) == 1
    ]
    if not items:
        return not_found(context)
    scope = context.name(keys[0]) if len(keys) == 1 else context.say("documents")
    return listed_figures(context, items, scope)


def figures_of(context: Context, keys: list[ClauseKey], scope: str) -> Draft:
    """Every bounded figure of a unit's clauses, counted; says so if they state none."""
    items = [
        (key, fact)
        for key in keys
        for fact in context.corpus.targets.get(key, ())
        if fact.comparator != "="
    ]
    if not items:
        words = context.say("no_figures", scope=scope, count=len(keys))
        known = (str(len(keys)),)
        return Draft("partial", (Statement(words, computed=known, asked=(scope,)),))
    return listed_figures(context, items, context.say("tasks_of", unit=scope))


def listed_figures(context: Context, items: list[tuple[ClauseKey, Target]], scope: str) -> Draft:
    """A list of figures, each as printed, in reading order."""
    found = {(item[0], _piece(context, item)) for item in items}
    pieces = {  # a piece that a longer one holds is said by that
        (key, span)
        for key, span in found
        if not any(k == key and s != span and s.covers(span) for k, s in found)
    }
    if len(pieces) == 1:
        return one_figure(context, *next(i for i in items if (i[0], _piece(context, i)) in pieces))
    ordered = sorted(pieces, key=lambda p: (p[0], p[1].start, p[1].end))
    labels = dict.fromkeys(context.clause(key).label for key, _ in ordered)
    head = context.say("all_targets", scope=scope, count=len(pieces))
    statements = [
        Statement(head, computed=(str(len(pieces)), *labels), asked=(scope,), sums_up=True)
    ]
    for key, span in ordered:
        statements.append(Statement(span.of(context.text(key)), (Quote(key, span),), lead=ITEM))
    return Draft("answered", tuple(statements))


def _piece(context: Context, item: tuple[ClauseKey, Target]) -> Span:
    return figure_segment(context, *item)


def figures_above(context: Context, key: ClauseKey) -> Draft | None:
    """The figures of the sentence that introduces the item (有下列行为之一的，处…罚款：(一)…)."""
    parent = context.clause(key).parent
    if not parent or not context.found(context.ranking.best):
        return None
    place = (key[0], parent)
    facts = context.corpus.targets.get(place, [])
    sentences = context.sentences(place)
    last = [f for f in facts if sentences and f.sentence == sentences[-1]]
    introduces = sentences and sentences[-1].of(context.text(place)).endswith(("：", ":"))
    if not last or not introduces or all(unit_fit(context, f) < 0 for f in last):
        return None
    return listed_figures(context, [(place, f) for f in last], context.name(place))
