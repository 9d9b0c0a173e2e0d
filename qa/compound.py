"""Questions that ask several things at once: 基站要建多少个,谁来建? and A和B分别由谁负责?

Such a question is a small conversation: each part that asks is resolved against the parts before
it as a follow-up would be, and gets an answer of its own.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from qa import tables
from qa.document_facts import OF_THINGS, document_facts, means_document
from qa.scaffold import Scaffold

_STOP = re.compile(
    r"[,，;；?？。!！]+|(?<=[几少][项个家条所类种处路件座台场级])[、和与]"
    r"|[、和](?=[\u3400-\u9fff]{0,3}(?:哪些|什么|多少|几[个家项条所]))|(?<=.)(?:以及|还有(?=[谁哪什多几怎])|另外|顺便问?)"
)
_ASKS = re.compile(
    "谁|哪|什么|多[少高大快长久远]|(?<![这那前后])几(?=[个家项条所种类处路件座台场级])|啥|怎么|如何|为什么|为何"
)
_EACH = re.compile("分别|各自|汇总|各(?=是|由|有|负责|要|达|承担|归|做|干|领)")
_AND = re.compile("[和与跟及、]|以及")
_OF_BEFORE = ("", "count", "parts")
"""Facts that a later part asks of what stands before it (是哪几项), not of the document."""

_BOTH = re.compile(
    "^(?P<a>[^,，和与跟及、]{2,14})[和与跟及](?P<b>[^,，]{2,14}?)(?:这?两(?:项|条|个|块|边|家))?(?:分别|各自|各)"
)
"""A和B分别…: the two matters before the word for each."""

_STRUCTURED = ("responsible", "check", "unit_tasks", "target", "list", "tasks_on")


def asked_parts(whole: Scaffold, apart: Callable[[str], Scaffold]) -> tuple[Scaffold, ...]:
    """The parts of a question that asks several things, in order; empty if it asks one.

    `apart` takes the folded text of a part apart as it does with a question.
    """
    groups = _groups([p.strip() for p in _STOP.split(whole.text) if p.strip()], apart)
    if len(groups) > 1:
        parts = [apart(text) for text in groups]
        first, *later = parts
        later = [p for p in later if p.intent != "list" or p.topic or p.units or p.label]
        if not later:
            return ()  # 有没有?有的话是哪些 asks once
        parts = [first, *later]
        named = first.topic or first.units or first.label or first.attribute
        asks = all(p.intent in _STRUCTURED or p.expects or not _of_before(p, first) for p in later)
        if named and asks and not all(p.intent == "metadata" for p in parts):
            return tuple(part for one in parts for part in (_each(one, apart) or (one,)))
        return ()
    return _each(whole, apart)


def _of_before(part: Scaffold, first: Scaffold) -> bool:
    """Whether a later part asks a fact of what stands before it: 建哪个平台?平台叫什么?"""
    said = means_document(part.text) or bool(document_facts(part.text))
    named = part.attribute not in OF_THINGS or said
    return part.attribute in _OF_BEFORE or (bool(first.topic) and not named)


def _groups(pieces: list[str], apart: Callable[[str], Scaffold]) -> list[str]:
    """Pieces put together so that each group asks once.

    What asks nothing leads to what asks, unless that names its matter itself (我住城东,A由谁负责).
    """
    groups: list[str] = []
    before: list[str] = []
    for piece in pieces:
        parts = apart(piece)
        if parts.intent in _STRUCTURED and (parts.topic or parts.units or parts.label):
            before = []
        before.append(piece)
        if _ASKS.search(piece) or parts.yes_no:
            groups.append(",".join(before))
            before = []
    if before and groups:
        groups[-1] = ",".join([groups[-1], *before])
    return groups


def _each(whole: Scaffold, apart: Callable[[str], Scaffold]) -> tuple[Scaffold, ...]:
    """One part a matter, a unit or a year, where a question asks for each of several."""
    compares = any(p.search(whole.text) for p in tables.patterns("compare", "patterns"))
    if not (_EACH.search(whole.text) or compares):
        return ()
    if whole.label:
        labels = (whole.label, *whole.labels)
        alone = len(labels) < 2 or compares or whole.intent in ("responsible", "check")
        return () if alone else tuple(replace(whole, label=one, labels=()) for one in labels)
    if len(whole.years) > 1 and whole.topic:
        return tuple(replace(whole, years=(year,)) for year in whole.years)
    if whole.intent == "unit_tasks" and len(whole.units) > 1 and not compares:
        return tuple(replace(whole, units=(unit,)) for unit in whole.units)
    topics = [t.strip() for t in _AND.split(whole.topic) if len(t.strip()) > 1]
    if len(topics) < 2 and (both := _BOTH.search(whole.text)):
        topics = [t for t in (apart(both["a"]).topic, apart(both["b"]).topic) if t]
    intents = ("responsible", "target", "describe") if compares else ("responsible", "target")
    if whole.intent in intents and len(topics) > 1 and not whole.units:
        return tuple(replace(whole, topic=topic) for topic in topics)
    return ()
