"""Questions about all units and tasks at once: which unit has most, how many units there are.

Counted over every responsibility fact of the documents, never over what a search brings.
"""

from qa import tables
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

SHOWN = 5
"""Places of a ranking that are shown, those that share the last one included."""


def compose_overview(context: Context) -> Draft | None:
    """The answer, if the question is about all units or all tasks; None if it names a matter."""
    asked = context.asked
    if asked.units or asked.label or not context.corpus.units:
        return None
    for kind in ("most_units", "most_tasks", "all_units"):
        if any(p.search(asked.text) for p in tables.patterns("overview", kind)):
            if kind != "all_units":
                return _ranked(context, kind)
            return _all_units(context) if not (asked.topic or asked.attribute) else None
    return None


def _tasks(context: Context) -> dict[str, list[ClauseKey]]:
    """The clauses of each printed unit, in reading order; collective names (各部门) are none."""
    found: dict[str, list[ClauseKey]] = {}
    for key in sorted(context.corpus.duties):
        if context.asked.document in (None, key[0]) and not context.attached(key):
            for unit in dict.fromkeys(fact.unit for fact in context.duties(key)):
                if not unit.startswith("各"):
                    found.setdefault(unit, []).append(key)
    return found


def _ranked(context: Context, kind: str) -> Draft | None:
    """Units by their tasks, or tasks by their units, most (or fewest) first."""
    fewest = any(p.search(context.asked.text) for p in tables.patterns("overview", "fewest"))
    if kind == "most_tasks":
        rows = [(unit, keys, len(keys)) for unit, keys in _tasks(context).items()]
    else:
        wanted = context.asked.document
        rows = [
            (context.name(key), [key], len({fact.unit for fact in facts}))
            for key, facts in sorted(context.corpus.duties.items())
            if wanted in (None, key[0]) and not context.attached(key)
        ]
    if not rows:
        return None
    rows.sort(key=lambda row: row[2] if fewest else -row[2])
    best = rows[0][2]
    first = [row for row in rows if row[2] == best]
    names = context.join([row[0] for row in first])
    head = context.say(f"{kind}_{'fewest' if fewest else 'first'}", names=names, count=best)
    places = [q for name, keys, _ in first for q in _lists(context, kind, name, keys[0])[:1]]
    known = (str(best), *(context.clause(row[1][0]).label for row in first))
    statements = [Statement(head, tuple(dict.fromkeys(places)), computed=known, sums_up=True)]
    last = rows[min(SHOWN, len(rows)) - 1][2]
    shown = [row for row in rows if (row[2] <= last if fewest else row[2] >= last)]
    for name, keys, count in shown if len(shown) <= 2 * SHOWN else first:
        words = context.say(f"{kind}_item", name=name, count=count)
        quotes = tuple(dict.fromkeys(q for key in keys for q in _lists(context, kind, name, key)))
        statements.append(Statement(words, quotes, lead=ITEM, computed=(str(count),)))
    return Draft("answered", tuple(statements))


def _lists(context: Context, kind: str, name: str, key: ClauseKey) -> list[Quote]:
    """The printed lists of units of a clause; those that name the unit, where one is counted."""
    facts = context.duties(key)
    return [Quote(key, f.group) for f in facts if kind == "most_units" or f.unit == name]


def _all_units(context: Context) -> Draft | None:
    """Every unit that has a task, with how many it has."""
    tasks = _tasks(context)
    if not tasks:
        return None
    head = context.say("all_units", count=len(tasks))
    statements = [Statement(head, computed=(str(len(tasks)),), sums_up=True)]
    counts = sorted({len(keys) for keys in tasks.values()}, reverse=True)
    for count in counts:
        units = [unit for unit, keys in tasks.items() if len(keys) == count]
        words = context.say("all_units_item", names=context.join(units), count=count)
        places = {q: None for u in units for q in _lists(context, "most_tasks", u, tasks[u][0])[:1]}
        statements.append(Statement(words, tuple(places), lead=ITEM, computed=(str(count),)))
    return Draft("answered", tuple(statements))
