"""What a question asks for: its intent, the attribute of a metadata question, the words left.

All texts here are folded; the patterns stand in `data/intents.toml`.
"""

import re
from collections.abc import Container

from index.tokens import word_tokens
from qa import tables
from qa.document_facts import DATES, OF_THINGS, document_facts, facts_ruled_out, means_document
from qa.topic_left import UNIT_HERE, topic_left, without
from qa.understood import Intent
from qa.units import UnitMention

_WHO = re.compile("谁|哪|什么|啥|何|几|多少|归|找|问")
_TOGETHER = re.compile("同时|共同|一起|一同|都|均|俩")
FEW = 4
"""Longest topic, in code points, of a piece that says who asks rather than what about."""
_OF_MATTERS = ("count", "parts")
"""What a piece may also ask of a matter that another piece names (治理这块, 一共几条)."""
_WHICH_TASKS = re.compile("(?:哪些|哪几[项个条]|哪[项条]|几[项个条])(?:任务|工作)")
_PRINTED_IN = re.compile(
    "(?:的?(?:名字|名称|大名))?(?:都|还|也|又|一共|总共|分别)*(?:写|列|出现|挂|印|排|署|登)(?:着|在|进|到|了)*"
    "(?:哪|几|多少)(?:些|几|一)?[项条个处]?(?:任务|工作)?(?:里|的|中)*(?:后面?|背后)?的?(?:括号)?(?:责任)?(?:单位|部门)?(?:里|中|名单|栏)*"
    "|(?:别处|别的地方|其他地方|其它地方|别的(?:任务|条目?|项))[^,，。?？]{0,10}(?:写|列|出现|挂|有)(?:着|了)?"
)
"""名字写在哪几项的责任单位里, 别处还写着它: where a unit is printed."""
_POINTS = re.compile("它|他们|这家|这个(?:局|委|办|单位|部门)|该(?:局|委|单位)|名字")
_ASKS = re.compile("哪[一]?[个家份种条项]|什么(?!时候)")
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
    if (
        units
        and _WHICH_TASKS.search(bare)
        and not topic_left(without(bare, responsible), background)
    ):
        responsible = ()  # 甲局哪些任务是牵头、哪些是配合
    together = len(units) > 1 and _TOGETHER.search(bare) is not None
    if (
        together
        and not label
        and not topic_left(_TOGETHER.sub(" ", without(bare, responsible)), background)
    ):
        return "unit_tasks", "", ""
    if units and _all_places(bare, background):
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
        and _of_document(a, p, bare, [q for q in pieces if q != p], units, background)
    ]
    several = " ".join(dict.fromkeys(found))
    if units or " " in several:
        return several
    whole = _attribute(bare, background)
    if whole in OF_THINGS and any(_names_matter(p, background) for p in pieces):
        whole = ""  # 哪个办法要改,叫什么
    if not whole and several in ("count", "parts") and _matter_first(pieces, several, background):
        return ""  # 惠企利民政策,推几项? counts the matter that is named before, not the tasks
    return whole or several


def _of_document(
    attribute: str,
    piece: str,
    bare: str,
    others: list[str],
    units: bool,
    background: Container[str],
) -> bool:
    """Whether a fact that a piece asks for is one about the document, not of what others name."""
    if attribute in DATES:
        named = any(
            not _attribute(q, background) and len(topic_left(q, background)) > FEW for q in others
        )
        return means_document(piece) or not named
    if attribute not in _OF_MATTERS:
        words = bare if attribute == "number" else piece
        if attribute not in OF_THINGS or means_document(words):
            return True
    elif units:
        return False
    return not any(_names_matter(q, background) for q in others)


def _names_matter(piece: str, background: Container[str]) -> bool:
    """Whether a piece names something and asks for no fact about the document itself."""
    fact = document_facts(piece) or _attribute(piece, background)
    return not fact and (_ASKS.search(piece) is not None or bool(topic_left(piece, background)))


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


def _all_places(bare: str, background: Container[str]) -> bool:
    """Whether a piece of the question asks where else, or in which tasks, a unit is printed."""
    pieces = [p for p in re.split("[,，。;；!！?？]", bare) if p.strip()]
    for i, piece in enumerate(pieces):
        found = _PRINTED_IN.search(piece)
        if found is None or not (UNIT_HERE in piece or _POINTS.search(piece)):
            continue
        alone = topic_left(_PRINTED_IN.sub(" ", piece), background)
        return not alone or (i > 0 and UNIT_HERE not in piece)
    return False


def of_another_piece(text: str, units: tuple[UnitMention, ...]) -> bool:
    """Whether another sentence than those with the units speaks of who is responsible."""
    said = [p for p in re.split("[。;；!！?？]", text) if _any(p, "yes_no", "responsible")]
    return bool(said) and not any(m.words in p for p in said for m in units)


def with_document_facts(text: str, asked: tuple[Intent, str, str]) -> tuple[Intent, str, str]:
    """The same, where nouns that can only be facts about the document say which are meant."""
    intent, attribute, rest = asked
    if facts := document_facts(text):
        also = _facts_of(attribute)
        if "basis" in facts and "title" in also:
            also.remove("title")  # 根据哪些上位文件定的,名字列一下
        named = [*also, *facts] if set(facts) < set(also) else [*facts, *also]
        intent, attribute, rest = "metadata", " ".join(dict.fromkeys(named)), ""
    if intent == "metadata" and (out := facts_ruled_out(text)):
        attribute = " ".join([a for a in _facts_of(attribute) if a not in out]) or attribute
    return intent, attribute, rest


def _facts_of(attribute: str) -> list[str]:
    return attribute.replace("dates", "issued published").split()


def _any(text: str, *path: str) -> bool:
    return any(p.search(text) for p in tables.patterns(*path))


def _found(text: str, name: str) -> tuple[re.Pattern[str], ...]:
    patterns = tables.patterns(name)
    return patterns if any(p.search(text) for p in patterns) else ()
