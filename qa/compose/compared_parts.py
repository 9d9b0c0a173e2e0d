"""Parts of a document side by side: how many tasks each has, and which they are."""

from collections.abc import Sequence

from qa.compose.context import Context
from qa.compose.sides import FEWEST, answered_first, tasks_below
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.sides import Comparison


def compare_parts(
    context: Context, compared: Comparison, keys: Sequence[ClauseKey], sections: bool = False
) -> Draft:
    """The tasks of each part, counted and named; the first sentence says which has more.

    `sections` asks for what stands directly below each instead.
    """
    below = _sections if sections else tasks_below
    tasks = [below(context, key) for key in keys]
    counts = [len(some) for some in tasks]
    rows = [
        context.say("compare_part", clause=context.name(key), count=count)
        for key, count in zip(keys, counts, strict=True)
    ]
    ordered = sorted(zip(counts, keys, strict=True), key=lambda row: -row[0])
    difference = ordered[0][0] - ordered[-1][0]
    if not difference:
        verdict = context.say("compare_part_same")
    elif len(keys) == 2:
        more = context.name(ordered[0][1])
        verdict = context.say("compare_part_more", more=more, difference=difference)
    else:
        end = -1 if FEWEST.search(compared.text) is not None else 0
        top = [context.name(key) for count, key in ordered if count == ordered[end][0]]
        phrase = "compare_least" if end else "compare_most"
        verdict = context.say(phrase, names=context.join(top))
    known = (*map(str, [*counts, difference]), *(context.clause(key).label for key in keys))
    places = tuple(_heading(context, key) for key in keys)
    names = tuple(context.name(key) for key in keys)
    head = context.join(rows) + verdict
    statements = answered_first(context, compared, counts)
    statements += [Statement(head, places, computed=known, asked=names, sums_up=True)]
    for key, some in zip(keys, tasks, strict=True):
        listed = context.join([context.name(task) for task in some])
        words = context.say("compare_part_item", clause=context.name(key), tasks=listed)
        quotes = (_heading(context, key), *(_heading(context, task) for task in some))
        statements.append(Statement(words, quotes, lead=ITEM, asked=(context.name(key),)))
    return Draft("answered", tuple(statements))


def _sections(context: Context, key: ClauseKey) -> list[ClauseKey]:
    """The clauses directly below a part."""
    return [(key[0], c.ordinal) for c in context.corpus.children(key) if c.label]


def _heading(context: Context, key: ClauseKey) -> Quote:
    """The printed heading of a clause; its first sentence, where it has none."""
    clause = context.clause(key)
    if len(clause.heading_span):
        return Quote(key, clause.heading_span)
    sentences = context.sentences(key)
    return Quote(key, sentences[0] if sentences else clause.span)
