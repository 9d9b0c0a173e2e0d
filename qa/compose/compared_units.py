"""Units side by side: how many tasks each has, which has more, and which they share."""

from collections.abc import Sequence

from qa.compose.context import Context
from qa.compose.sides import FEWEST, answered_first
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.sides import Comparison
from qa.units import UnitMention


def compare_units(
    context: Context, compared: Comparison, units: Sequence[UnitMention], only: bool = False
) -> Draft:
    """The tasks of two or more units, counted; a unit that no document names is said to have none.

    The first sentence says the counts and which has most; lists of what they share and of what
    only one of them has follow, these first where `only` they are asked for.
    """
    listed = [unit for unit in units if unit.printed]
    names = [unit.printed[0] if unit.printed else unit.words for unit in units]
    tasks = {n: _tasks(context, u) for n, u in zip(names, units, strict=True) if u.printed}
    counts = {name: len(tasks.get(name, ())) for name in names}
    statements = [
        *answered_first(context, compared, list(counts.values())),
        Statement(
            _verdict(context, counts, FEWEST.search(compared.text) is not None),
            computed=tuple(str(n) for n in _known(counts)),
            asked=tuple(names),
            sums_up=True,
        ),
    ]
    if "sum" in compared.cues:
        every = str(len({key for keys in tasks.values() for key in keys}))
        words = context.say("compare_sum_tasks", count=every)
        statements.append(Statement(words, computed=(every,), sums_up=True))
    missing = [unit.words for unit in units if not unit.printed]
    statements += [Statement(context.say("unit_none", unit=w), asked=(w,)) for w in missing]
    if len(listed) > 1:
        shared = _in_all(list(tasks.values()))
        groups = [("compare_shared", "", shared)]
        for name, keys in tasks.items():
            others = [key for other, some in tasks.items() if other != name for key in some]
            groups.append(("compare_only", name, [key for key in keys if key not in others]))
        groups = [*groups[1:], groups[0]] if only else groups
    else:
        groups = [("compare_only", name, keys) for name, keys in tasks.items()]
    for phrase, unit, keys in groups:
        if keys:
            statements.append(_list(context, phrase, unit, keys, units, tuple(names)))
        elif only and unit == names[0]:
            words = context.say("compare_only_none", unit=unit)
            statements.insert(0, Statement(words, asked=(unit,), sums_up=True))
    return Draft("partial" if missing else "answered", tuple(statements))


def _tasks(context: Context, unit: UnitMention) -> list[ClauseKey]:
    """The clauses that name a unit, in reading order."""
    wanted = context.asked.document
    return [key for key in context.corpus.tasks_of(unit.printed) if wanted in (None, key[0])]


def _in_all(lists: list[list[ClauseKey]]) -> list[ClauseKey]:
    return [key for key in lists[0] if all(key in other for other in lists[1:])]


def _known(counts: dict[str, int]) -> list[int]:
    """The numbers that a verdict prints: the counts, and what the first has more than the next."""
    ordered = sorted(counts.values(), reverse=True)
    return [*ordered, ordered[0] - ordered[1]]


def _verdict(context: Context, counts: dict[str, int], fewest: bool) -> str:
    """How many each has, and which has more, or most."""
    ordered = sorted(counts.items(), key=lambda row: -row[1])
    difference = ordered[0][1] - ordered[1][1]
    if len(counts) == 2:
        (one, count), (other, number) = counts.items()
        words = context.say("compare_units", one=one, count=count, other=other, number=number)
        verdict = "compare_more" if difference else "compare_same"
        return words + context.say(verdict, more=ordered[0][0], difference=difference)
    each = [context.say("compare_one", unit=u, count=n) for u, n in counts.items()]
    if ordered[0][1] == ordered[-1][1]:
        return context.join(each) + context.say("compare_part_same")
    end = -1 if fewest else 0
    top = [unit for unit, n in ordered if n == ordered[end][1]]
    phrase = "compare_least" if fewest else "compare_most"
    return context.join(each) + context.say(phrase, names=context.join(top))


def _list(
    context: Context,
    phrase: str,
    unit: str,
    keys: list[ClauseKey],
    units: Sequence[UnitMention],
    names: tuple[str, ...],
) -> Statement:
    """Some clauses by name, each with the printed list that names one of the units."""
    printed = {name for mention in units for name in mention.printed}
    clauses = context.join([context.name(key) for key in keys])
    text = context.say(phrase, unit=unit, count=len(keys), clauses=clauses)
    quotes = [
        Quote(key, fact.group)
        for key in keys
        for fact in context.duties(key)
        if fact.unit in printed
    ]
    known = (str(len(keys)),)
    return Statement(text, tuple(dict.fromkeys(quotes)), lead=ITEM, computed=known, asked=names)
