"""Lists of units side by side: the units that all clauses or parts have, and those of only one."""

from collections.abc import Sequence

from qa.compose.context import Context
from qa.compose.responsible import unit_statement
from qa.compose.sides import Placed
from qa.draft import ITEM, Draft, Quote, Statement
from qa.sides import Comparison


def compare_unit_lists(context: Context, compared: Comparison, sides: Sequence[Placed]) -> Draft:
    """The units of each side; first those of all, last those of only one.

    Where only the units of each are asked for, nothing else is said.
    """
    lists = [units_of(context, placed) for placed in sides]
    statements: list[Statement] = []
    plainly = compared.cues <= {"each"}
    if not plainly:
        common = [unit for unit in lists[0] if all(unit in units for units in lists[1:])]
        places = [q for placed in sides for key in placed.tasks for q in context.groups(key)]
        phrase = "compare_common" if common else "compare_no_common"
        words = context.say(phrase, units=context.join(common), count=len(common))
        first = tuple(dict.fromkeys(places))
        known = (str(len(common)),)
        statements.append(Statement(words, first, computed=known, asked=tuple(common)))
    if "sum" in compared.cues:
        every = str(len({unit for units in lists for unit in units}))
        words = context.say("compare_sum_units", count=every)
        places = [q for placed in sides for key in placed.tasks for q in context.groups(key)]
        quoted = tuple(dict.fromkeys(places))
        statements.insert(0, Statement(words, quoted, computed=(every,), sums_up=True))
    if compared.cues & {"more", "amount", "most"}:
        statements.insert(0, _unit_counts(context, sides, [len(units) for units in lists]))
    if context.asked.yes_no and (named := [set(m.printed) for m in context.asked.units]):
        agree = all(names & set(units) for names in named for units in lists)
        verdict = Statement(context.say("yes" if agree else "no"), sums_up=True)
        statements.insert(0, verdict)
    for placed, units in zip(sides, lists, strict=True):
        statements.append(_unit_list(context, placed, units))
    for placed, units in zip(sides, lists, strict=True):
        others = {u for p, us in zip(sides, lists, strict=True) if p is not placed for u in us}
        own = [unit for unit in units if unit not in others]
        if own and not plainly and len(own) < len(units):
            words = context.say(
                "compare_only_units", clause=context.name(placed.key), units=context.join(own)
            )
            quotes = [
                Quote(key, fact.group)
                for key in placed.tasks
                for fact in context.duties(key)
                if fact.unit in own
            ]
            label = (context.clause(placed.key).label,)
            places_ = tuple(dict.fromkeys(quotes))
            statements.append(Statement(words, places_, lead=ITEM, computed=label))
    return Draft("answered", tuple(statements))


def same_unit_list(context: Context, placed: Placed) -> Draft:
    """The units of the one clause in which all sides stand."""
    label = (context.clause(placed.key).label,)
    words = context.say("compare_one_place", clause=context.name(placed.key))
    first = Statement(words, context.groups(placed.key), computed=label)
    return Draft("answered", (first, unit_statement(context, placed.key, lead=ITEM)))


def units_of(context: Context, placed: Placed) -> list[str]:
    """The printed units of a side, in reading order."""
    facts = (fact for key in placed.tasks for fact in context.duties(key))
    return list(dict.fromkeys(fact.unit for fact in facts))


def _unit_counts(context: Context, sides: Sequence[Placed], counts: list[int]) -> Statement:
    """How many units each side has, and which has more."""
    rows = [
        context.say("compare_unit_counts", clause=context.name(p.key), count=n)
        for p, n in zip(sides, counts, strict=True)
    ]
    ordered = sorted(zip(counts, sides, strict=True), key=lambda row: -row[0])
    difference = ordered[0][0] - ordered[-1][0]
    more = context.join([context.name(p.key) for n, p in ordered if n == ordered[0][0]])
    if not difference:
        text = context.say("compare_part_same")
    elif len(sides) == 2:
        text = context.say("compare_units_more", more=more, difference=difference)
    else:
        text = context.say("compare_most", names=more)
    known = tuple(map(str, [*counts, difference]))
    quotes = tuple(q for p in sides for key in p.tasks for q in context.groups(key))
    words = context.join(rows) + text
    return Statement(words, tuple(dict.fromkeys(quotes)), computed=known, sums_up=True)


def _unit_list(context: Context, placed: Placed, units: list[str]) -> Statement:
    """The units of one side: of a clause as printed, of a part together."""
    if len(placed.tasks) == 1:
        return unit_statement(context, placed.tasks[0], lead=ITEM)
    words = context.say(
        "responsible",
        clause=context.name(placed.key),
        count=len(units),
        units=context.join(units),
    )
    quotes = tuple(dict.fromkeys(q for key in placed.tasks for q in context.groups(key)))
    known = (str(len(units)), context.clause(placed.key).label)
    name = (context.name(placed.key),)
    return Statement(words, quotes, lead=ITEM, computed=known, asked=name)
