"""Two units or two clauses side by side: what each has, what they share, which has more."""

from qa import tables
from qa.compose.context import Context
from qa.compose.figure_fit import figure_segment
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement

QUOTE = 80
"""Longest quotation of what a compared clause says, in code points."""


def compose_comparison(context: Context) -> Draft | None:
    """The comparison that is asked for; None if nothing, or not two things, are to be compared."""
    asked = context.asked
    if not any(p.search(asked.text) for p in tables.patterns("compare", "patterns")):
        return None
    named = [m.printed for m in asked.units if m.printed]
    if asked.bound is not None and asked.also:
        return _clauses(context, list(dict.fromkeys((asked.bound, *asked.also))))
    if len(set(named)) == 2 and len(named) == len(asked.units) and not asked.topic:
        return _units(context, named[0], named[1])
    return None


def _units(context: Context, one: tuple[str, ...], other: tuple[str, ...]) -> Draft:
    """How many tasks each unit has, which has more, and which they share."""
    mine, theirs = _tasks(context, one), _tasks(context, other)
    shared = [key for key in mine if key in theirs]
    difference = abs(len(mine) - len(theirs))
    more = (one if len(mine) > len(theirs) else other)[0]
    verdict = "compare_more" if difference else "compare_same"
    words = context.say(
        "compare_units", one=one[0], count=len(mine), other=other[0], number=len(theirs)
    ) + context.say(verdict, more=more, difference=difference)
    known = (str(len(mine)), str(len(theirs)), str(difference))
    names = (one[0], other[0])
    statements = [Statement(words, computed=known, asked=names, sums_up=True)]
    groups = (
        ("compare_shared", "", shared),
        ("compare_only", one[0], [key for key in mine if key not in shared]),
        ("compare_only", other[0], [key for key in theirs if key not in shared]),
    )
    for phrase, unit, keys in groups:
        if keys:
            clauses = context.join([context.name(key) for key in keys])
            text = context.say(phrase, unit=unit, count=len(keys), clauses=clauses)
            quotes = tuple(
                dict.fromkeys(
                    Quote(key, fact.group)
                    for key in keys
                    for fact in context.duties(key)
                    if fact.unit in (*one, *other)
                )
            )
            counted = (str(len(keys)),)
            statements.append(Statement(text, quotes, lead=ITEM, computed=counted, asked=names))
    return Draft("answered", tuple(statements))


def _tasks(context: Context, unit: tuple[str, ...]) -> list[ClauseKey]:
    """The clauses that name a unit, in reading order."""
    wanted = context.asked.document
    return [key for key in context.corpus.tasks_of(unit) if wanted in (None, key[0])]


def _clauses(context: Context, keys: list[ClauseKey]) -> Draft:
    """Units, figures and the first words of each clause, then the units that all of them have."""
    statements: list[Statement] = []
    for key in keys:
        if context.duties(key):
            count = len({fact.unit for fact in context.duties(key)})
            words = context.say(
                "responsible",
                clause=context.name(context.owner(key)),
                count=count,
                units=context.units(key),
            )
            known = (str(count),)
            groups = context.groups(key)
            head = Statement(words + context.say("stop"), groups, PARAGRAPH, computed=known)
            statements.append(head)
        for sentence in context.sentences(key)[:1]:
            shown, quote = context.quote(key, sentence, QUOTE)
            text = context.say("says", clause=context.name(key), quote=shown)
            statements.append(Statement(text, (quote,), lead=ITEM))
        figures = dict.fromkeys(
            figure_segment(context, key, fact)
            for fact in context.corpus.targets.get(key, ())
            if fact.comparator != "="
        )
        for span in figures:
            text = context.say("compare_figure", quote=span.of(context.text(key)))
            statements.append(Statement(text, (Quote(key, span),), lead=ITEM))
    lists = [{fact.unit for fact in context.duties(key)} for key in keys]
    if all(lists):
        of_first = dict.fromkeys(fact.unit for fact in context.duties(keys[0]))
        common = [unit for unit in of_first if all(unit in units for units in lists)]
        phrase = "compare_common" if common else "compare_no_common"
        words = context.say(phrase, units=context.join(common))
        places = tuple(dict.fromkeys(q for key in keys for q in context.groups(key)))
        first = Statement(words, places if common else (), asked=tuple(common))
        statements.insert(0, first)
    return Draft("answered", tuple(statements))
