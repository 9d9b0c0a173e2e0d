"""What a unit has to do: every clause that names it, counted; never the best few."""

import re

from ingest.schema import Responsibility
from qa.compose.context import Context
from qa.compose.description import compose_description
from qa.compose.figure_answers import figures_of
from qa.compose.refusal import not_given, unit_unknown
from qa.compose.span import is_plan
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement
from qa.wording import role_word

NARROWED, SAID = 0.8, 4.0
"""Coverage of the rest of the question, and the least that this rest must say (sum of its words'
weights), from which the question asks for one task and not for all of them."""

WITHIN = 0.6
"""Coverage of the topic from which a task is one of those that say it in other words."""
QUOTE = 90

_FIGURES = re.compile("(?:量化|数字|考核|硬性|约束性)的?(?:指标|目标|要求)|指标(?!任务)")

_ANY_ROLE = re.compile("(?<!牵头)(?:负责|承担)|参与|涉及|(?:牵头|配合)(?:还是|或者?|和|与|、)")
"""What asks for tasks in any role, though it names one: 牵头或者参与, 配合或负责."""

_WITHOUT = re.compile(
    "(?<!有)没有(?!任务|工作|事|活|什么|哪些|啥|[?？。]*$)|不(?:用|需要|涉及|包括|负责|参与)|与.{1,12}无关"
)


def compose_unit_tasks(context: Context) -> Draft:
    """The complete list of tasks of the units named; of two units, the tasks they share."""
    mentions = context.asked.units
    if context.asked.expects is not None:
        what = context.asked.expects
        return not_given(context, what.name_en if context.asked.english else what.name)
    if _in_prose(context):
        return compose_description(context)
    if not all(m.printed for m in mentions):
        return _unprinted(context)
    groups = [set(m.printed) for m in mentions]
    shared = len({frozenset(g) for g in groups}) > 1
    without = bool(_WITHOUT.search(context.asked.text))
    keys = [
        key
        for key in (context.corpus.duties if without else context.corpus.tasks_of(groups[0]))
        if _wanted(context, key)
        and all(g & _units(context, context.duties(key)) for g in groups) != without
    ]
    keys.sort(key=lambda key: (key[0], key[1]))
    attached = [key for key in keys if context.attached(key)]
    if len(attached) < len(keys):
        keys = [key for key in keys if key not in attached]
    names = context.join(list(dict.fromkeys(m.printed[0] for m in mentions)))
    if keys and not context.asked.topic and _FIGURES.search(context.asked.text):
        return figures_of(context, keys, names)
    if context.asked.within and context.asked.topic:
        return _within(context, keys, names)
    if elsewhere := _elsewhere(context, keys):
        return compose_description(context, elsewhere).but("partial")
    if on_topic := _on_topic(context, keys):
        return compose_description(context, on_topic)
    if not keys and not shared and "牵头" in context.asked.text:
        words = context.say("leads_none", unit=names)
        return Draft("not_found", (Statement(words, asked=(names,)),))
    if not keys:
        statement = Statement(context.say("shared_none", units=names), asked=(names,))
        return Draft("not_found", (statement,))
    head = context.say(
        "tasks_without" if without else "shared_tasks" if shared else "unit_tasks",
        units=names,
        unit=names,
        count=len(keys),
    )
    statements = [Statement(head, computed=(str(len(keys)),), asked=(names,), sums_up=True)]
    said = set().union(*groups)
    many = len({key[0] for key in keys}) > 1
    for key in keys:
        title = f"《{context.corpus.document(key[0]).title}》" if many else ""
        printed = set().union(*groups)
        spans = [f.group for f in context.duties(key) if without or f.unit in printed]
        quotes = tuple(Quote(key, g) for g in dict.fromkeys(spans))
        own = {f.role for f in context.duties(key) if f.unit in printed} - {"责任"}
        roles = [role_word(context.asked.script, role) for role in sorted(own, reverse=True)]
        told = f"：{context.join(roles)}" if roles and not (without or shared) else ""
        words = title + context.name(key) + told
        statements.append(Statement(words, quotes, lead=ITEM))
    if attached and attached[0] not in keys:
        listed = context.say(
            "attached_rows",
            clauses=context.join([context.name(key) for key in attached]),
            count=len(attached),
        )
        places = [Quote(k, f.group) for k in attached for f in context.duties(k) if f.unit in said]
        rows = tuple(dict.fromkeys(places))
        statements.append(Statement(listed, rows, lead=PARAGRAPH, computed=(str(len(attached)),)))
    if _lead_only(context):
        statements.append(Statement(context.say("no_lead"), lead=PARAGRAPH))
    if not shared and not without:
        asked = {u for m in mentions for u in m.printed}
        if extra := _collective(context, keys, {key[0] for key in keys}, asked):
            statements.append(extra)
    named = context.clause(keys[0]).label
    follow = (context.follow_up(keys[0], "{}的具体内容是什么?"),) if named else ()
    return Draft("answered", tuple(statements), follow)


def _within(context: Context, keys: list[ClauseKey], names: str) -> Draft:
    """Those of the units' tasks that say the topic, counted, each with the sentence that does."""
    words = context.asked.topic.replace(" ", "")
    said = {key: folded(context.clause(key).span.of(context.text(key))) for key in keys}
    found = [key for key in keys if words in said[key]] or [
        key for key in keys if coverage(context.ranking.topic, said[key]) >= WITHIN
    ]
    known = (str(len(found)),)
    phrase = "tasks_within" if found else "tasks_within_none"
    head = context.say(phrase, units=names, topic=words, count=len(found))
    statements = [Statement(head, computed=known, asked=(names, words), sums_up=True)]
    for key in found:
        evidence = context.evidence(key)
        if not evidence:  # a task whose words all stand in the items below it
            statements.append(Statement(context.name(key), context.groups(key), lead=ITEM))
            continue
        shown, quote = context.quote(key, evidence[0].span, QUOTE)
        text = context.say("says", clause=context.name(key), quote=shown)
        statements.append(Statement(text, (quote,), lead=ITEM))
    return Draft("answered" if found else "partial", tuple(statements))


def _on_topic(context: Context, keys: list[ClauseKey]) -> ClauseKey | None:
    """The task of these that the question narrows the unit's tasks down to, if it does."""
    if not _says_much(context):
        return None
    own = set(keys)
    for ranked in context.ranking.clauses:
        if ranked.key in own:
            return ranked.key if ranked.coverage >= NARROWED else None
    return None


def _in_prose(context: Context) -> bool:
    """Whether a question with a matter of its own is about a document without responsible units.

    There a body is one of those whom the text is about, and no list of its tasks was meant.
    """
    best = context.ranking.best
    if best is None or not _says_much(context) or not context.near(best):
        return False
    document = context.asked.document or best.key[0]
    return best.key[0] == document and not is_plan(context, best.key)


def _wanted(context: Context, key: ClauseKey) -> bool:
    document = context.asked.document
    return document is None or key[0] == document


def _says_much(context: Context) -> bool:
    """Whether the question names a matter beside the unit, more than 落实 or 写总结."""
    said = sum(concept.weight for concept in context.ranking.topic.concepts)
    return bool(context.asked.topic) and said >= SAID


def _elsewhere(context: Context, keys: list[ClauseKey]) -> ClauseKey | None:
    """The task of other units that the question is really about, if it is about one."""
    best = context.ranking.best
    if best is None or not _says_much(context) or best.key in keys:
        return None
    own = any(r.key in keys and r.coverage >= NARROWED for r in context.ranking.clauses)
    close = best.coverage >= NARROWED and bool(context.duties(best.key))
    return best.key if close and not own else None


def _units(context: Context, facts: list[Responsibility]) -> set[str]:
    """The units of a task that count: only those that lead, or support, where that was asked."""
    text = context.asked.text
    roles = {role for role in ("牵头", "配合") if role in text and not _ANY_ROLE.search(text)}
    told_apart = context.corpus.roles - {"责任"}
    return {f.unit for f in facts if not roles or not told_apart or f.role in roles}


def _lead_only(context: Context) -> bool:
    """Whether leading units were asked for and the documents tell no roles apart."""
    return "牵头" in context.asked.text and context.corpus.roles == {"责任"}


def _unprinted(context: Context) -> Draft:
    """A unit that no document names: say so, with the tasks that go to all units of its kind."""
    draft = unit_unknown(context)
    unprinted = next(m for m in context.asked.units if not m.printed)
    if context.asked.places or unprinted.foreign:
        return draft
    extra = _collective(context, [], None, {unprinted.words})
    if extra is None:
        return draft
    return Draft("partial", (*draft.statements, extra), draft.suggestions)


def _collective(
    context: Context, own: list[ClauseKey], documents: set[str] | None, asked: set[str]
) -> Statement | None:
    """Tasks that go to all units at once (各部门, 各街道) and so to the units asked about."""
    if any(u.startswith("各") for u in asked):
        return None
    found: dict[ClauseKey, list[Quote]] = {}
    words: dict[str, None] = {}
    all_of_kind = {u for u in context.corpus.units if u.startswith("各") and _belongs(u, asked)}
    for key in context.corpus.tasks_of(all_of_kind):
        if key in own or (documents is not None and key[0] not in documents):
            continue
        for fact in context.duties(key):
            if fact.unit in all_of_kind:
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
