"""What a question asks for: its intent, the attribute of a metadata question, the words left.

All texts here are folded; the patterns stand in `data/intents.toml`.
"""

import re
from collections.abc import Container

from index.tokens import word_tokens
from qa import tables
from qa.topic_left import UNIT_HERE, topic_left, without
from qa.understood import Intent
from qa.units import UnitMention

_WHO = re.compile("谁|哪|什么|啥|何|几|多少|归|找|问")
_TOGETHER = re.compile("同时|共同|一起|一同|都|均|俩")
_OF_MATTERS = ("count", "parts")
"""What a piece may also ask of a matter that another piece names (治理这块, 一共几条)."""
_PIECES = re.compile("[,，。;；!！?？、 ]|和")
_THINGS = frozenset(
    "肉菜水电气粮米油盐药车房楼路桥树花草狗猫鱼虾鸡鸭蛋奶茶酒烟钱税费饭货书报信票卡证病癌"
)
"""Ideographs that are words by themselves and name what citizens ask about."""


def intent_of(
    bare: str, units: tuple[UnitMention, ...], label: str, yes_no: bool, background: Container[str]
) -> tuple[Intent, str, str]:
    """The intent, the attribute of a metadata question, and the words left for the topic."""
    responsible = _found(bare, "responsible")
    if units and not any(_WHO.search(m[0]) for p in responsible for m in p.finditer(bare)):
        responsible = ()  # 作为责任单位的任务 asks for the tasks of the unit that is named
    together = len(units) > 1 and _TOGETHER.search(bare) is not None
    if (
        together
        and not label
        and not topic_left(_TOGETHER.sub(" ", without(bare, responsible)), background)
    ):
        return "unit_tasks", "", ""
    if units and yes_no and not responsible and _any(bare, "yes_no", "responsible"):
        rest = without(bare, tables.patterns("yes_no", "responsible"))
        if label or topic_left(rest, background):
            return "check", "", rest
    if not label and (attributes := _attributes(bare, background, bool(units))):
        return "metadata", attributes, ""
    if responsible:
        return "responsible", "", without(bare, responsible)
    target = _found(bare, "target")
    rest = without(without(bare, target), _found(bare, "list"))
    if units and not label and (_any(bare, "unit_tasks") or not topic_left(rest, background)):
        return "unit_tasks", "", rest
    if (found := _found(bare, "tasks_on")) and topic_left(without(bare, found), background):
        return "tasks_on", "", without(bare, found)
    if (found := _found(bare, "tasks_wide")) and topic_left(without(bare, found), background):
        return "tasks_on", "", without(bare, found)
    if target:
        return "target", "", without(bare, target)
    if found := _found(bare, "list"):
        return "list", "", without(bare, found)
    if label and not topic_left(bare, background):
        return "clause", "", ""
    return "describe", "", bare


def _attributes(bare: str, background: Container[str], units: bool) -> str:
    """The facts about the document that a question asks for, joined by spaces.

    The question as a whole may ask for one; else its pieces may, with whatever people say around
    them (我是档案室的，麻烦报一下文号).  Where units are named, only a piece without them counts.
    """
    if units and _any(bare, "unit_tasks"):
        return ""
    pieces = [p for p in _PIECES.split(bare) if p.strip()]
    found = [
        a
        for p in pieces
        if UNIT_HERE not in p
        and (a := _attribute(p, background))
        and (a not in _OF_MATTERS or not any(topic_left(q, background) for q in pieces if q != p))
    ]
    several = " ".join(dict.fromkeys(found))
    if units or " " in several:
        return several
    whole = _attribute(bare, background)
    if not whole and several in ("count", "parts") and _matter_first(pieces, several, background):
        return ""  # 惠企利民政策,推几项? counts the matter that is named before, not the tasks
    return whole or several


def _matter_first(pieces: list[str], attribute: str, background: Container[str]) -> bool:
    """Whether a piece with a matter of its own stands before the one that asks for a count."""
    first = next(i for i, p in enumerate(pieces) if _attribute(p, background) == attribute)
    return any(len(topic_left(p, background)) > 4 for p in pieces[:first])


def _attribute(bare: str, background: Container[str]) -> str:
    """The one fact about the document that a piece asks for, if it asks for nothing else."""
    for attribute in tables.toml("intents.toml")["metadata"]:
        patterns = tables.patterns("metadata", attribute)
        fits = all(p.search(bare) for p in patterns)
        rest = without(bare, patterns)
        if fits and not topic_left(rest, background) and not _thing(rest):
            return str(attribute)
    return ""


def _thing(rest: str) -> bool:
    """Whether a single ideograph is left that is a thing: 肉从哪来 asks for no source."""
    return any(token.text in _THINGS for token in word_tokens(rest))


def _any(text: str, *path: str) -> bool:
    return any(p.search(text) for p in tables.patterns(*path))


def _found(text: str, name: str) -> tuple[re.Pattern[str], ...]:
    patterns = tables.patterns(name)
    return patterns if any(p.search(text) for p in patterns) else ()
