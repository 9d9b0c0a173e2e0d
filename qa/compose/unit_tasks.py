"""What a unit has to do: every clause that names it, counted; never the best few."""

from qa.compose.context import Context
from qa.compose.description import compose_description
from qa.compose.refusal import unit_unknown
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement

NARROWED = 0.7
"""Coverage of the rest of the question from which it asks for one task and not for all."""


def compose_unit_tasks(context: Context) -> Draft:
    """The complete list of tasks of the units named; of two units, the tasks they share."""
    mentions = context.asked.units
    if not all(m.printed for m in mentions):
        return unit_unknown(context)
    groups = [set(m.printed) for m in mentions]
    shared = len({frozenset(g) for g in groups}) > 1
    keys = [
        key
        for key, facts in context.corpus.duties.items()
        if _wanted(context, key) and all(g & {f.unit for f in facts} for g in groups)
    ]
    keys.sort(key=lambda key: (key[0], key[1]))
    names = context.join([m.printed[0] for m in mentions])
    if on_topic := _on_topic(context, keys):
        return compose_description(context, on_topic)
    if not keys:
        statement = Statement(context.say("shared_none", units=names), asked=(names,))
        return Draft("not_found", (statement,))
    head = context.say(
        "shared_tasks" if shared else "unit_tasks", units=names, unit=names, count=len(keys)
    )
    statements = [Statement(head, computed=(str(len(keys)),), asked=(names,))]
    many = len({key[0] for key in keys}) > 1
    for key in keys:
        title = f"《{context.corpus.document(key[0]).title}》" if many else ""
        printed = set().union(*groups)
        spans = [f.group for f in context.duties(key) if f.unit in printed]
        quotes = tuple(Quote(key, g) for g in dict.fromkeys(spans))
        statements.append(Statement(title + context.name(key), quotes, lead=ITEM))
    if not shared and (extra := _collective(context, keys)):
        statements.append(extra)
    label = context.clause(keys[0]).label
    return Draft("answered", tuple(statements), (f"第{label}项的具体内容是什么?",) if label else ())


def _on_topic(context: Context, keys: list[ClauseKey]) -> ClauseKey | None:
    """The task of these that the question narrows the unit's tasks down to, if it does."""
    if not context.asked.topic:
        return None
    own = set(keys)
    for ranked in context.ranking.clauses:
        if ranked.key in own:
            return ranked.key if ranked.coverage >= NARROWED else None
    return None


def _wanted(context: Context, key: ClauseKey) -> bool:
    document = context.asked.document
    return document is None or key[0] == document


def _collective(context: Context, own: list[ClauseKey]) -> Statement | None:
    """Tasks that go to all units at once (各部门) in the documents that name this unit."""
    documents = {key[0] for key in own}
    asked = {u for m in context.asked.units for u in m.printed}
    if any(u.startswith("各") for u in asked):
        return None
    found: dict[ClauseKey, list[Quote]] = {}
    words: dict[str, None] = {}
    for key, facts in context.corpus.duties.items():
        if key in own or key[0] not in documents:
            continue
        for fact in facts:
            if fact.unit.startswith("各") and _belongs(fact.unit, asked):
                found.setdefault(key, []).append(Quote(key, fact.group))
                words[fact.unit] = None
    if not found:
        return None
    quotes = tuple(dict.fromkeys(q for qs in found.values() for q in qs))
    clauses = context.join([context.name(key) for key in found])
    text = context.say("collective", clauses=clauses, units=context.join(list(words)))
    return Statement(text, quotes, lead=PARAGRAPH)


def _belongs(collective: str, units: set[str]) -> bool:
    """Whether a collective name includes one of the units: 各街道 takes in every 街道."""
    kind = collective[1:]
    streets = any(unit.endswith("街道") for unit in units)
    if kind == "街道" or streets:
        return kind == "街道" and streets
    return kind in ("部门", "单位", "委办局", "有关部门", "相关部门")
