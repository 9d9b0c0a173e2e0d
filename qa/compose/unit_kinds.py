"""Units of one kind: which 街道, companies or 委办局 stand among the units of a task.

The kind is told by what a name ends in (a table); the complete list is filtered and counted, and
a question for tasks with units of a kind gets every such task.
"""

import re

from qa import tables
from qa.compose.context import Context
from qa.compose.responsible import responsible_clauses
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

_KINDS = [kind for kind in tables.toml("enumeration.toml")["kinds"] if kind != "个"]
_NAMES = "(?:" + "|".join(sorted(_KINDS, key=len, reverse=True)) + ")(?!门)"  # 部门 is no 部
_WHICH = re.compile(
    r"(?:哪|几|多少|有没有|有无|是否有)(?:些|几)?(?:[\d一二两三四五六七八九十]+)?(?:个|家)?"
    rf"(?P<kind>{_NAMES})"
)
_BEFORE = re.compile(rf"(?P<kind>{_NAMES})(?:都|一共|总共|共|分别|具体)*(?:有|是)?(?:哪|几|多少)")
_OF_KIND = re.compile(
    rf"(?:属于|(?<!不)是|算)(?P<kind>{_NAMES})的?(?:单位)?(?:都)?(?:是|有)?(?:哪|几|多少|谁)"
    rf"|(?:哪|几|多少)(?:个|家|些)(?:单位)?(?:是|属于|算)(?P<kind2>{_NAMES})"
    rf"|(?<![\u3400-\u9fff](?<![的里面中么有那]))(?P<kind3>{_NAMES})"
    "(?:也|都|要|有没有)*(?:参加|参与|在列|在内)"
)
_NO_OFFICE = re.compile("(?:不是|不属于|非)(?:政府|机关|部门|委办局)")
"""不是政府部门的: companies are what else stands among units."""
_ROLE = re.compile(
    "责任单位|单位(?:里|中|名单)|参[与加]|负责|牵头|承担|配合|名单(?:里|中)|任务里|上榜"
)
_TASKS = re.compile(
    rf"(?:有|含|包括|是|涉及|带)(?:了)?(?P<kind>{_NAMES})(?:参与|参加|负责|牵头)?的(?:任务|工作|项|条)"
    rf"|(?:哪些|哪几[项条个])(?:重点|具体)?(?:任务|工作|条目)(?:里|中)?(?:单独|直接)?"
    rf"(?:有|点名|点了?|列了?|写了?|涉及|出现)(?:了|到)?(?P<kind2>{_NAMES})(?=名|单独|参|出现|负责|的?[?？]?$)"
)
_OF_MATTER = "参[与加](?![^,，。]*(?:任务|工作|项|条))[^,，。的]{2,}的"
"""参与数据交易的企业 are companies of a matter, and not units of a task."""
_ALWAYS = ("街道", "委办局", "乡镇", "党委部门", "企业集团", "国企")
"""Kinds that only units are of; the others need a word that units are asked for."""


def compose_unit_kind(context: Context) -> Draft | None:
    """The units of the kind that is asked for; None if the question asks for no kind of unit."""
    asked = context.asked
    if asked.units or not context.corpus.units:
        return None
    text = asked.text
    if tasks := _TASKS.search(text):
        return _tasks_with(context, tasks["kind"] or tasks["kind2"])
    kind = _kind_asked(text)
    if kind is None:
        return None
    of_task = asked.label != "" or (asked.intent == "responsible" and asked.bound is not None)
    of_task = of_task and not _matter(context, kind)
    if not (_ROLE.search(text) or kind in _ALWAYS or of_task) or re.search(_OF_MATTER + kind, text):
        return None
    if asked.bound is None and not _matter(context, kind):
        return _everywhere(context, kind)
    with_kind = [k for k in _nearest(context) if _of_kind(context, k, kind)]
    keys = with_kind or responsible_clauses(context)
    if not keys or not context.duties(keys[0]):
        return None
    key = context.units_place(keys[0])
    units = _of_kind(context, key, kind) or _collective(context, key, kind)
    if not units:
        words = context.say(
            "kind_none", clause=context.name(key), kind=kind, units=context.units(key)
        )
        return Draft("partial", (Statement(words, context.groups(key), asked=(kind,)),))
    words = context.say(
        "kind_units",
        clause=context.name(key),
        kind=kind,
        count=len(units),
        units=context.join(units),
    )
    statement = Statement(words, context.groups(key), computed=(str(len(units)),), asked=(kind,))
    follow = (context.follow_up(key, "{}有哪些具体要求?"),) if context.clause(key).label else ()
    return Draft("answered", (statement,), follow)


def _kind_asked(text: str) -> str | None:
    """The kind of unit that a folded question asks for; None if it asks for none."""
    if _NO_OFFICE.search(text):
        return "企业"
    if match := _OF_KIND.search(text):
        return match["kind"] or match["kind2"] or match["kind3"]
    match = _WHICH.search(text) or _BEFORE.search(text)
    return match["kind"] if match is not None else None


def _matter(context: Context, kind: str) -> bool:
    """Whether the question names a matter beside the kind of unit."""
    return bool(re.sub(rf"{kind}|参加|参与|上榜|名单|有|[ 在]", "", context.asked.topic))


def _nearest(context: Context) -> list[ClauseKey]:
    """The clause that is meant, or the clauses close to the best one, best first."""
    if context.asked.bound is not None:
        return [context.asked.bound]
    ranked = [r for r in context.ranking.clauses[:4] if context.near(r)]
    return [r.key for r in ranked if r.score >= 0.8 * ranked[0].score]


def _of_kind(context: Context, key: ClauseKey, kind: str) -> list[str]:
    endings = tuple(tables.toml("enumeration.toml")["kinds"][kind])
    units = dict.fromkeys(fact.unit for fact in context.duties(key))
    return [unit for unit in units if unit.endswith(endings) and not unit.startswith("各")]


def _collective(context: Context, key: ClauseKey, kind: str) -> list[str]:
    """What names all of a kind at once (各街道)."""
    endings = tuple(tables.toml("enumeration.toml")["kinds"][kind])
    units = dict.fromkeys(fact.unit for fact in context.duties(key))
    return [unit for unit in units if unit.endswith(endings) and unit.startswith("各")]


def _tasks_with(context: Context, kind: str) -> Draft | None:
    """Every task with a unit of the kind, counted."""
    rows = [(key, _of_kind(context, key, kind)) for key in sorted(context.corpus.duties)]
    rows = [
        (key, units) for key, units in rows if units and context.asked.document in (None, key[0])
    ]
    if not rows:
        return None
    head = context.say("kind_tasks", kind=kind, count=len(rows))
    statements = [Statement(head, computed=(str(len(rows)),), asked=(kind,), sums_up=True)]
    for key, units in rows:
        words = f"{context.name(key)}：{context.join(units)}"
        statements.append(Statement(words, context.groups(key), lead=ITEM))
    return Draft("answered", tuple(statements))


def _everywhere(context: Context, kind: str) -> Draft | None:
    """Every unit of the kind that the documents name, with how many tasks it has."""
    tasks: dict[str, list[ClauseKey]] = {}
    for key in sorted(context.corpus.duties):
        if context.asked.document in (None, key[0]):
            for unit in _of_kind(context, key, kind):
                tasks.setdefault(unit, []).append(key)
    if not tasks:
        return None
    head = context.say("kind_all", kind=kind, count=len(tasks))
    statements = [Statement(head, computed=(str(len(tasks)),), asked=(kind,), sums_up=True)]
    for unit, keys in tasks.items():
        words = context.say("most_tasks_item", name=unit, count=len(keys))
        places = [Quote(k, f.group) for k in keys for f in context.duties(k) if f.unit == unit]
        quotes = tuple(dict.fromkeys(places))
        statements.append(Statement(words, quotes, lead=ITEM, computed=(str(len(keys)),)))
    return Draft("answered", tuple(statements))
