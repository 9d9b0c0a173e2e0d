"""Tasks told by which units stand among theirs and which don't: X有而Y没有, 不算统写的各街道."""

import re

from qa import tables
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.units import UnitMention

_STOP = re.compile("[,，;；、。?？!！]|而(?!且)|却|但是?|同时")
_ABSENT = re.compile(
    "(?<!有)没|(?<!尚)未|无(?!论)|缺|除(?:了|去|开|外)|刨|抛开|撇开|去掉|剔除|排除"
    "|不(?:在|含|算|计|列|包|涉及|参|负责|属于|写|提|归|见|出现|同时|和|跟|与)"
)
_RIGHT_BEFORE = re.compile(f"(?:{_ABSENT.pattern})[^,，;；]{{0,8}}$")
_HAS = re.compile('[”"]?(?:也|都|却|倒|则)?(?:有|在|负责|承担|参与|参加|牵头|列|写|出现)')
_KINDS = ("街道", "乡镇", "国企", "企业", "公司", "集团", "委办局")
"""Kinds of units that a task may be asked not to have; those with a name of their own."""
_LEADS = re.compile('[”"]?(?:来|去|主要)?(?:牵头|挑头|主抓)')
_ASKS = re.compile("哪|几|多少|什么|列|找|任务|[项条]|的[?？。 ]*$")


def compose_unit_conditions(context: Context) -> Draft | None:
    """Every task that some named units have and others have not; None if none is ruled out."""
    asked = context.asked
    if asked.label or asked.intent in ("responsible", "check", "metadata") or asked.further:
        return None
    if not asked.units or not all(m.printed for m in asked.units) or not _ASKS.search(asked.text):
        return None
    kind = _kind_absent(asked.text)
    absent = [_is_absent(asked.text, asked.units, i) for i in range(len(asked.units))]
    wanted = [set(m.printed) for m, out in zip(asked.units, absent, strict=True) if not out]
    ruled_out = {u for m, out in zip(asked.units, absent, strict=True) if out for u in m.printed}
    if kind:
        endings = tuple(tables.toml("enumeration.toml")["kinds"][kind])
        ruled_out |= {unit for unit in context.corpus.units if unit.endswith(endings)}
    if not wanted or not ruled_out or any(group & ruled_out for group in wanted):
        return None
    led = [m for m in asked.units if _LEADS.match(asked.text, m.end)]
    keys = []
    for key in context.corpus.tasks_of(wanted[0]):
        units = {fact.unit for fact in context.duties(key)}
        if not all(_leads(context, key, m) for m in led):
            continue
        if asked.document not in (None, key[0]) or units & ruled_out:
            continue
        if all(group & units for group in wanted):
            keys.append(key)
    names = [m.printed[0] for m in asked.units]
    have = context.join([n for n, out in zip(names, absent, strict=True) if not out])
    others = [n for n, out in zip(names, absent, strict=True) if out]
    lack = context.join([*others, kind] if kind else others)
    phrase = "units_but" if keys else "units_but_none"
    words = context.say(phrase, units=have, others=lack, count=len(keys))
    statements = [Statement(words, computed=(str(len(keys)),), asked=(have, lack), sums_up=True)]
    for key in sorted(keys):
        title = f"《{context.corpus.document(key[0]).title}》" if _many(keys) else ""
        spans = [f.group for f in context.duties(key) if any(f.unit in g for g in wanted)]
        quotes = tuple(Quote(key, span) for span in dict.fromkeys(spans))
        statements.append(Statement(title + context.name(key), quotes, lead=ITEM))
    return Draft("answered" if keys else "partial", tuple(statements))


def _leads(context: Context, key: ClauseKey, mention: UnitMention) -> bool:
    """Whether a unit leads a task, as far as the documents tell who does."""
    roles = {fact.role for fact in context.duties(key) if fact.unit in mention.printed}
    return "牵头" in roles or context.corpus.roles == {"责任"}


def _kind_absent(text: str) -> str:
    """A kind of units that the tasks must not have (没有街道参与); empty if none is named."""
    kinds = [kind for kind in _KINDS if re.search(f"(?:{_ABSENT.pattern}){{1}}有?{kind}", text)]
    return max(kinds, key=len, default="")


def _many(keys: list[tuple[str, int]]) -> bool:
    return len({key[0] for key in keys}) > 1


def _is_absent(text: str, mentions: tuple[UnitMention, ...], i: int) -> bool:
    """Whether a mention is one of a unit that the tasks must not have."""
    one = mentions[i]
    before = _gap(text, mentions, i)
    if _RIGHT_BEFORE.search(before) and not (i and _of_left(text, mentions, i)):
        return True
    if i + 1 == len(mentions):
        return _ABSENT.search(_STOP.split(text[one.end :])[0]) is not None
    behind = _STOP.split(text[one.end : mentions[i + 1].start])
    found = _ABSENT.search(behind[0])
    if found is None:
        return False
    return len(behind) > 1 or _of_left(text, mentions, i + 1)


def _gap(text: str, mentions: tuple[UnitMention, ...], i: int) -> str:
    """What stands between a mention and the stop or the mention before it."""
    start = mentions[i - 1].end if i else 0
    return _STOP.split(text[start : mentions[i].start])[-1]


def _of_left(text: str, mentions: tuple[UnitMention, ...], i: int) -> bool:
    """Whether 没有 between two mentions is said of the left one: 甲没有乙有, not 有甲没有乙."""
    between = text[mentions[i - 1].end : mentions[i].start]
    if _STOP.search(between):
        return False
    return _HAS.match(text, mentions[i].end) is not None
