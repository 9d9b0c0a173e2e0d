"""Ellipsis and reference: a question that leans on the turns before becomes one of its own.

Three moves: a new topic with the old intent (那…呢?), a new intent on the old topic
(这项由谁负责?), and a question of its own, which inherits nothing.  The standalone question is
shown to the user, so a wrong guess is seen at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.corpus import ClauseKey, Corpus
from qa.scaffold import Scaffold
from qa.scope import out_of_scope


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands on its own; `standalone` is empty where nothing was inherited."""

    scaffold: Scaffold
    standalone: str
    bound: ClauseKey | None = None


def resolve(earlier: Sequence[Scaffold], current: Scaffold, corpus: Corpus) -> Resolved:
    """Resolve `current` against the earlier questions, oldest first."""
    state: Scaffold | None = None
    for turn in earlier:
        state = _joined(state, turn) if state is not None else turn
    joined = _joined(state, current) if state is not None else current
    bound = _labelled(joined, corpus)
    inherited = joined is not current
    return Resolved(joined, standalone(joined) if inherited else "", bound)


def _joined(before: Scaffold, now: Scaffold) -> Scaffold:
    """`now` with what it leaves out taken from `before`."""
    if out_of_scope(now.text):
        return now
    has_matter = bool(now.topic or now.label or now.units)
    asks = now.intent not in ("describe", "clause") and not (
        now.intent == "unit_tasks" and not _asks_tasks(now)
    )
    if now.intent == "metadata":
        return now
    if (
        has_matter
        and asks
        and not now.topic
        and not now.label
        and now.units
        and now.intent == "check"
    ):
        return _on_topic_of(before, now)
    if has_matter and asks:
        return now
    if (has_matter and now.leans) or (has_matter and len(now.text) <= 8 and not asks):
        return _with_intent_of(before, now)
    if has_matter:
        return now
    return _on_topic_of(before, now)


def _asks_tasks(now: Scaffold) -> bool:
    from qa import tables

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


def _labelled(parts: Scaffold, corpus: Corpus) -> ClauseKey | None:
    """The clause that a label names; a task (with units) before any other of the same label."""
    if not parts.label:
        return None
    found: list[ClauseKey] = []
    for info in corpus.held:
        for clause in corpus.clauses(info.id):
            same = clause.label == parts.label or clause.label == f"第{parts.label}条"
            if same and clause.kind != "款":
                found.append((info.id, clause.ordinal))
    found.sort(key=lambda key: key not in corpus.duties)
    return found[0] if found else None


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
