"""Ellipsis and reference: a question that leans on the turns before becomes one of its own.

Three moves: a new topic with the old intent (那…呢?), a new intent on the old topic
(这项由谁负责?), and a question of its own, which inherits nothing.  The standalone question is
shown to the user, so a wrong guess is seen at once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa import tables
from qa.corpus import ClauseKey, Corpus
from qa.scaffold import Scaffold
from qa.scope import out_of_scope


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands on its own; `standalone` is empty where nothing was inherited."""

    scaffold: Scaffold
    standalone: str
    bound: ClauseKey | None = None
    also: tuple[ClauseKey, ...] = ()


Locate = Callable[[Scaffold], ClauseKey | None]
"""The clause that a question is about, or None."""

MAX_TAIL = 6
"""Longest topic, in code points, of a question that has left its matter to the turn before."""

_STEP = re.compile(
    "(?:下|上|前|后)(?:面)?一?(?:项|条|个任务|款)(?:任务)?(?=呢|的|是|由|谁|讲|说|有|$|[?？,，])"
)


def resolve(
    earlier: Sequence[Scaffold], current: Scaffold, corpus: Corpus, locate: Locate
) -> Resolved:
    """Resolve `current` against the earlier questions, oldest first.

    `locate` finds the clause that a question is about, for 下一项 and 上一条.
    """
    state: Scaffold | None = None
    for turn in earlier:
        state = _joined(state, turn, corpus, locate) if state is not None else turn
    joined = _joined(state, current, corpus, locate) if state is not None else current
    bound = _labelled(joined.label, corpus)
    also = tuple(key for label in joined.labels if (key := _labelled(label, corpus)))
    inherited = joined is not current
    return Resolved(joined, standalone(joined) if inherited else "", bound, also)


def _joined(before: Scaffold, now: Scaffold, corpus: Corpus, locate: Locate) -> Scaffold:
    """`now` with what it leaves out taken from `before`."""
    if step := _STEP.search(now.text):
        return _neighbour(before, now, -1 if step[0][0] in "上前" else 1, corpus, locate)
    if now.intent == "metadata" and not (now.leans and now.attribute == "count"):
        return now
    if out_of_scope(now.text):
        return now
    has_matter = bool(now.topic or now.label or now.units)
    asks = now.intent not in ("describe", "clause") and not (
        now.intent == "unit_tasks" and not _asks_tasks(now)
    )
    if now.intent == "metadata" or (now.intent == "check" and not now.topic and not now.label):
        return _on_topic_of(before, now)
    if _lacks_subject(now) and before.topic:
        combined = f"{before.topic} {now.topic}".strip()
        return replace(now, topic=combined, label=before.label, leans=True)
    if has_matter and asks:
        return now
    if has_matter and (now.leans or (len(now.text) <= 8 and not asks)):
        return _with_intent_of(before, now)
    if has_matter:
        return now
    return _on_topic_of(before, now)


def _lacks_subject(now: Scaffold) -> bool:
    """Whether a question begins with what it asks (涉及哪几所学校) and so leaves its matter out."""
    if now.intent not in ("list", "target", "describe") or now.units or now.label:
        return False
    short = 0 < len(now.topic) <= MAX_TAIL and not re.search("[a-z0-9]", now.topic)
    return (
        short and not now.subject and re.search("谁|哪|什么|多少|几|啥|为何", now.text) is not None
    )


def _neighbour(
    before: Scaffold, now: Scaffold, step: int, corpus: Corpus, locate: Locate
) -> Scaffold:
    """The clause before or after the one that was asked about, with the old intent."""
    key = _labelled(before.label, corpus) or locate(before)
    if key is None:
        return now
    clause = corpus.clause(key)
    row = [c for c in corpus.clauses(key[0]) if c.kind == clause.kind and c.label]
    place = [c.ordinal for c in row].index(clause.ordinal) + step if clause in row else -1
    if not 0 <= place < len(row):
        return now
    intent = before.intent if before.intent in ("responsible", "target", "list") else "clause"
    return replace(now, intent=intent, topic="", units=(), label=row[place].label, leans=True)


def _asks_tasks(now: Scaffold) -> bool:
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


def _on_topic_of(before: Scaffold, now: Scaffold) -> Scaffold:
    """Old matter, new intent."""
    intent = now.intent
    if (
        before.units
        and intent in ("unit_tasks", "describe", "list", "responsible")
        and not before.topic
    ):
        return replace(before, leans=True)
    if intent in ("describe", "clause") and not now.yes_no and now.expects is None:
        intent = before.intent if before.intent != "metadata" else "describe"
    return replace(
        now,
        intent=intent,
        topic=before.topic,
        label=before.label,
        units=now.units or (before.units if intent == "check" else ()),
        leans=True,
    )


def _labelled(label: str, corpus: Corpus) -> ClauseKey | None:
    """The clause that a label names; of several, an article for 条, else a task (with units)."""
    return corpus.holdings.labelled(label) if label else None


def standalone(parts: Scaffold) -> str:
    """The question written out."""
    matter = parts.topic or "、".join(u.words for u in parts.units)
    if parts.label:
        number = parts.label if parts.label.startswith("第") else f"第{parts.label}项"
        matter = f"{number}{'中' + parts.topic if parts.topic else ''}"
    forms = {
        "responsible": "{matter}由谁负责?",
        "check": "{matter}由{units}负责吗?",
        "unit_tasks": "{matter}有哪些任务?",
        "target": "{matter}的指标是多少?",
        "list": "{matter}包括哪些内容?",
        "clause": "{matter}的内容是什么?",
        "describe": "{matter}的内容是什么?",
    }
    units = "、".join(u.words for u in parts.units)
    return forms.get(parts.intent, "{matter}").format(matter=matter, units=units)
