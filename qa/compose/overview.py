"""Questions about all units and tasks at once: which unit has most, how many units there are.

Counted over every responsibility fact of the documents, or of the part of one that the question
names, never over what a search brings.
"""

import re

from qa import tables
from qa.chapters import chapter_named, chapter_numbered
from qa.compose.context import Context
from qa.compose.sides import by_document, tasks_below
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement, joined

_MOST = re.compile("最(?:多|重|大|忙)")
_WITHIN = re.compile(
    "(?P<part>[^,，。?？]{2,20}?)(?:这|那)?(?:一)?(?:个|大)?"
    "(?:板块|部分|块|章|节|领域|方面|篇|大类)(?:的)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})?[项个条]?(?:任务|工作)?(?:里面?|中|当中|下面?|内|,|，)"
)
"""生活数字化这一部分里: the part of the document that is looked at."""
SHOWN = 5
"""Places of a ranking that are shown, those that share the last one included."""


def compose_overview(context: Context) -> Draft | None:
    """The answer, if the question is about all units or all tasks; None if it names a matter."""
    asked = context.asked
    if asked.units or asked.label or not context.corpus.units:
        return None
    if asked.inherits and asked.bound is not None:
        return None  # 政府这边的部门有哪些, after a task: those of the task
    for kind in ("most_units", "most_tasks", "all_units"):
        if any(p.search(asked.text) for p in tables.patterns("overview", kind)):
            if kind != "all_units":
                scope = _scope(context)
                fewest = any(p.search(asked.text) for p in tables.patterns("overview", "fewest"))
                if not fewest or not _MOST.search(asked.text):
                    return _ranked(context, kind, fewest, scope)
                both = (_ranked(context, kind, end, scope) for end in (False, True))
                return joined([draft for draft in both if draft is not None])
            return _all_units(context) if not (asked.topic or asked.attribute) else None
    return None


def _scope(context: Context) -> list[ClauseKey] | None:
    """The tasks of the part that a question names (生活这一部分里); None: those of all."""
    if (match := _WITHIN.search(context.asked.text)) is None:
        return None
    corpus = context.corpus
    found = [
        part
        for own in by_document(context)
        if (part := chapter_numbered(corpus, own.only_document, match[0])) is not None
        or (part := chapter_named(corpus, own.only_document, match["part"])) is not None
    ]
    return tasks_below(context, found[0]) if len(found) == 1 else None


def _counted(context: Context, scope: list[ClauseKey] | None) -> list[ClauseKey]:
    """The clauses with units that count, in reading order."""
    if scope is not None:
        return [key for key in scope if context.duties(key)]
    wanted = context.asked.document
    return [
        key
        for key in sorted(context.corpus.duties)
        if wanted in (None, key[0]) and not context.attached(key)
    ]


def _tasks(context: Context, scope: list[ClauseKey] | None = None) -> dict[str, list[ClauseKey]]:
    """The clauses of each printed unit, in reading order; collective names (各部门) are none."""
    found: dict[str, list[ClauseKey]] = {}
    for key in _counted(context, scope):
        for unit in dict.fromkeys(fact.unit for fact in context.duties(key)):
            if not unit.startswith("各"):
                found.setdefault(unit, []).append(key)
    return found


def _ranked(
    context: Context, kind: str, fewest: bool, scope: list[ClauseKey] | None
) -> Draft | None:
    """Units by their tasks, or tasks by their units, most (or fewest) first."""
    if kind == "most_tasks":
        rows = [(unit, keys, len(keys)) for unit, keys in _tasks(context, scope).items()]
    else:
        rows = [
            (context.name(key), [key], len({fact.unit for fact in context.duties(key)}))
            for key in _counted(context, scope)
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
