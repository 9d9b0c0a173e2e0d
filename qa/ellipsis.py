"""Ellipsis: what a question leaves out is taken from the one before, where no word points at it.

New matter, old intent (那…呢?), or old matter, new intent (由谁负责?).
"""

import re
from dataclasses import replace

from qa import reference, tables
from qa.expectation import without_kind
from qa.scaffold import Scaffold

MAX_TAIL = 6
"""Longest topic, in code points, of a question that has left its matter to the turn before."""

_EMPTY = re.compile(
    "(?:具体|主要|相关)?(?:要求|内容|措施|举措|安排|做法|规定|责任人|负责人|牵头人|责任领导)"
)
"""What a clause has, whatever it is about: no matter of its own in a question that leans."""


def may_go_on(before: Scaffold, now: Scaffold) -> bool:
    """Whether a question with a matter of its own may still be about the clause before."""
    facts = ("describe", "list", "target", "responsible")
    alone = bool(now.topic) and not (now.units or now.label) and now.intent in facts
    return alone and before.intent != "metadata" and matter(before)


def matter(before: Scaffold) -> bool:
    """Whether a question names anything that the next one may be about."""
    return bool(before.topic or before.label or before.units or before.bound)


def asks_among(now: Scaffold) -> bool:
    """Whether a question asks if a unit is among those of the clause (里面有甲局吗)."""
    if not now.units or now.label or reference.without_pointers(now.topic):
        return False
    if not (now.yes_no or re.search("没有?[?？。]*$|在不在|算不算|有没有", now.text)):
        return False
    if reference.ELSE.search(now.text):
        return False  # 其中的甲局还参与别的任务吗 asks for its tasks
    among = reference.AMONG.search(now.text) and not now.topic
    does = re.search("(?:负责|参与|参加|管|牵头)(?:了)?(?:吗|么)[?？。]*$", now.text)
    return bool(among or does) or reference.WITHIN.search(now.text) is not None


def only_names(now: Scaffold) -> bool:
    """Whether a question only names a new matter, to be asked as the old one was (那5G呢)."""
    return now.text.rstrip("?？").endswith(("呢", "咧")) and not re.search(
        "谁|哪|什么|多少|几", now.text
    )


def points_at_item(now: Scaffold) -> bool:
    """Whether 这项 stands for the clause before; X那项 says itself which one it is."""
    items = list(reference.ITEM.finditer(now.text))
    words = now.topic.split()
    return bool(items) and not any(w in now.text[: i.start()] for i in items for w in words)


def asks_how_many(now: Scaffold) -> bool:
    """Whether a question asks how many there are (一共几项) and not of the document's tasks."""
    counts = reference.COUNT.search(now.text) is not None and len(now.text) <= 2 * MAX_TAIL
    return counts and "任务" not in now.text


def plain(before: Scaffold, now: Scaffold) -> Scaffold:
    """`now` with what it leaves out taken from `before`, where no word points at anything."""
    if now.topic and not now.label and not now.units and not _own_topic(now):
        now = replace(now, topic="")
    has_matter = bool(now.topic or now.label or now.units)
    asks = now.intent not in ("describe", "clause") and not (
        now.intent == "unit_tasks" and not asks_tasks(now)
    )
    if now.intent == "check" and not now.topic and not now.label:
        return on_topic_of(before, now)
    if _lacks_subject(now) and before.topic:
        combined = f"{before.topic} {now.topic}".strip()
        return replace(now, topic=combined, label=before.label, bound=before.bound, leans=True)
    if has_matter and asks:
        return now
    own = re.search("什么|啥|哪|怎|如何|多少|谁", now.text)  # 工具箱有什么特点 asks by itself
    if has_matter and (now.leans or (len(now.text) <= 8 and not asks and not own)):
        return _with_intent_of(before, now)
    if has_matter:
        return now
    return on_topic_of(before, now)


def _own_topic(now: Scaffold) -> bool:
    """Whether the topic says more than what kind of answer is expected (电话多少, 具体要求)."""
    topic = now.topic
    if now.expects is not None:
        topic = without_kind(topic, now.expects)
    topic = _EMPTY.sub(" ", topic)
    return bool(reference.without_pointers(topic))


def _lacks_subject(now: Scaffold) -> bool:
    """Whether a question begins with what it asks (涉及哪几所学校) and so leaves its matter out."""
    if now.intent not in ("list", "target", "describe") or now.units or now.label:
        return False
    short = 0 < len(now.topic) <= MAX_TAIL and not re.search("[a-z0-9]", now.topic)
    return (
        short and not now.subject and re.search("谁|哪|什么|多少|几|啥|为何", now.text) is not None
    )


def asks_tasks(now: Scaffold) -> bool:
    """Whether a question asks what there is to do."""
    return any(p.search(now.text) for p in tables.patterns("unit_tasks"))


def _with_intent_of(before: Scaffold, now: Scaffold) -> Scaffold:
    """New matter, old intent."""
    if now.units and not now.topic and not now.label:
        if before.intent in ("responsible", "check") and (before.topic or before.label):
            return replace(
                before, intent="check", units=now.units, yes_no=True, text=now.text, leans=True
            )
        return replace(now, intent="unit_tasks", leans=True)
    intent = before.intent
    if intent in ("unit_tasks", "metadata", "check"):
        intent = "responsible" if intent == "check" else now.intent
    if now.label and not now.topic and intent in ("describe", "list"):
        intent = "clause"
    return replace(
        now,
        intent=intent,
        units=(),
        expects=now.expects or before.expects,
        text=now.text if before.intent != "target" else f"{now.text} {before.text}",
        leans=True,
    )


def on_topic_of(before: Scaffold, now: Scaffold) -> Scaffold:
    """Old matter, new intent."""
    intent = now.intent
    if (
        before.units
        and intent in ("unit_tasks", "describe", "list", "responsible")
        and not before.topic
    ):
        return replace(before, leans=True)
    if intent in ("describe", "clause") and not now.yes_no and now.expects is None:
        content = reference.CONTENT.search(now.text) or before.intent == "metadata"
        intent = "describe" if content else before.intent
    units = now.units or (before.units if intent in ("check", "unit_tasks") else ())
    if intent == "unit_tasks" and not units:
        intent = "describe"
    return replace(
        now,
        intent=intent,
        topic=before.topic,
        label=before.label,
        bound=before.bound,
        units=units,
        leans=True,
    )
