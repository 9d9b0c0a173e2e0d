"""Ellipsis and reference: a question that leans on the turns before becomes one of its own.

A new topic may take the old intent (那…呢?), a new intent the old topic (这项由谁负责?), a
pronoun the unit or the clause of a turn before; a question of its own inherits nothing.  The
standalone question is shown to the user, so a wrong guess is seen at once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa import reference
from qa.concepts import coverage, folded
from qa.concepts import topic as topic_of
from qa.corpus import ClauseKey, Corpus
from qa.ellipsis import (
    asks_among,
    asks_how_many,
    asks_tasks,
    matter,
    may_go_on,
    on_topic_of,
    only_names,
    plain,
    points_at_item,
)
from qa.expectation import expected
from qa.listed_parts import ListedParts
from qa.positions import from_end, in_row, listed
from qa.scaffold import Scaffold
from qa.scope import out_of_scope
from qa.standalone import standalone
from qa.units import UnitMention


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands on its own; `standalone` is empty where nothing was inherited.

    `beside` is the clause that the turn before was about, where the question has a matter of its
    own that may or may not be in the same clause.
    """

    scaffold: Scaffold
    standalone: str
    bound: ClauseKey | None = None
    also: tuple[ClauseKey, ...] = ()
    beside: ClauseKey | None = None


Locate = Callable[[Scaffold, ClauseKey | None], ClauseKey | None]
"""The clause that a question is about, or None; given the one that it may go on about."""

SAID, HARDLY = 0.9, 0.3
"""Coverage by another clause from which it says what is asked, and up to which the clause asked
about hardly does: only then a pronoun does not hold the conversation there."""

_TASKS = ("unit_tasks", "describe", "list", "responsible", "clause", "tasks_on", "target")


class History:
    """What the turns before leave to the next: the last question, and the units named in all."""

    def __init__(self, corpus: Corpus, locate: Locate) -> None:
        self._corpus, self._locate = corpus, locate
        self.last: Scaffold | None = None
        self._turns: list[Scaffold] = []
        self._leant: list[Scaffold | None] = []  # what each turn may go on about
        self.units: tuple[UnitMention, ...] = ()
        self._row: list[ClauseKey] = []  # the clauses that a turn listed, while turns go through it

    def then(self, now: Scaffold) -> Scaffold:
        """The next question with what it leaves out, and remembered."""
        before = self.before(now)
        joined = self._joined(before, now) if before is not None else now
        named = [*self.units, *joined.units]
        latest = {unit.printed or (unit.words,): unit for unit in named}
        order = list(dict.fromkeys(u.printed or (u.words,) for u in reversed(named)))
        self.units = tuple(latest[key] for key in reversed(order))
        self.last = joined
        self._turns.append(joined)
        own = before is not None and joined.topic == now.topic and may_go_on(before, now)
        self._leant.append(before if own else None)
        row = listed(joined, self._corpus)
        if row or joined.bound is None or joined.bound not in self._row:
            self._row = row
        return joined

    def before(self, now: Scaffold) -> Scaffold | None:
        """The question that the next one leans on: the last, or the one that it points at."""
        if now.turn is not None and -len(self._turns) <= now.turn < len(self._turns):
            return self._turns[now.turn]
        return self.last

    def _joined(self, before: Scaffold, now: Scaffold) -> Scaffold:
        parts = ListedParts(self._corpus, self._row, self.clause_of)
        if (key := in_row(now, self._row, self._corpus)) is not None:
            return parts.of_row(key, now)
        if step := reference.STEP.search(now.text):
            return self._neighbour(before, now, -1 if re.search("[上前]", step[0]) else 1)
        if (one := parts.nth(before, now)) is not None:
            return one
        if (about := self._about_units(before, now)) is not None:
            return about
        if (part := parts.of_chapter(before, now) or parts.on_topic(now)) is not None:
            return part
        if (kind := parts.of_kind(before, now)) is not None:
            return kind
        if reference.HOW_MANY.search(now.text) and before.intent in ("responsible", "list"):
            return replace(before, leans=True)  # the answer counts what it lists
        if now.intent == "metadata":
            pointed = reference.ITEM.search(now.text) or now.leans or asks_how_many(now)
            bare = reference.ALL_OF_THEM.search(now.text) and not reference.WHOLE.search(now.text)
            if (thing := reference.COUNTED.search(now.text)) and matter(before):
                key = self.clause_of(before)
                asks = replace(now, intent="target", attribute="", topic=thing["noun"])
                return replace(asks, expects=expected(now.text, "target"), bound=key, leans=True)
            if bare and before.intent == "target" and before.topic:
                listed_too = replace(now, intent="list", attribute="", topic=before.topic)
                return replace(listed_too, bound=self.clause_of(before), leans=True)
            if reference.WHOLE.search(now.text) or not pointed or not matter(before):
                return now
            return self._not_metadata(before, now)
        if out_of_scope(now.text):
            return now
        if (member := parts.member(before, now)) is not None:
            return member
        if reference.OTHER.search(now.text) and before.topic and not now.units and not now.label:
            return replace(
                now, intent="describe", topic=before.topic, bound=self.clause_of(before), leans=True
            )
        alone = self._row[0] if len(self._row) == 1 and before is self.last else None
        named = now.label or now.units or reference.without_pointers(now.topic)
        if alone and before.units and now.intent == "responsible" and not named:
            return replace(now, topic="", bound=alone, leans=True)
        if asks_among(now) and before.intent != "unit_tasks" and matter(before):
            again = on_topic_of(before, replace(now, intent="check", topic="", yes_no=True))
            return replace(again, bound=before.bound or self.clause_of(before))
        if now.topic and not now.label and matter(before) and points_at_item(now):
            return self._of_item(before, now)
        if (more := reference.MORE_OF.search(now.text)) and before.topic and now.topic:
            text = f"{more['noun']}有哪些"
            return replace(
                now,
                text=text,
                intent="list",
                yes_no=False,
                bound=self.clause_of(before),
                leans=True,
            )
        if (going := self._going_on(before, now)) is not None:
            return going
        joined = self._staying(before, plain(before, now), now)
        if joined.intent == "list" and joined.topic != now.topic and joined.bound is None:
            return replace(joined, bound=self.clause_of(before))
        if joined.intent == "target" and now.numbers and now.yes_no and not now.topic:
            return replace(joined, bound=self.clause_of(before))
        return joined

    def _about_units(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """A question about units that are named by a pronoun, or about some of their tasks."""
        if now.units or now.label or not self.units:
            return None
        topic = reference.without_pointers(now.topic)
        tasks = replace(now, intent="unit_tasks", attribute="", leans=True, topic=topic)
        tasks = replace(tasks, expects=expected(now.text, "unit_tasks"))
        asks = now.intent in _TASKS or now.attribute in ("count", "parts")
        if reference.PAIR.search(now.text) and len(self.units) > 1:
            return replace(tasks, units=self.units[-2:], topic="")
        for pattern, place in ((reference.FORMER, 0), (reference.LATTER, -1)):
            if pattern.search(now.text) and len(before.units) > 1 and asks:
                return replace(tasks, units=(before.units[place],), topic="")
        one = reference.UNIT.search(now.text) and before.units
        more = reference.ELSE.search(now.text) or asks_tasks(now)
        who = now.intent == "responsible" or re.search("谁|单位|部门|机构|哪家", now.text)
        if before.intent == "check" and more and not topic and asks and not who:
            return replace(tasks, units=before.units)
        if one and more and asks and now.intent != "responsible":
            return replace(tasks, units=before.units[-1:], within=bool(topic))
        of_units = before.intent == "unit_tasks" and not before.topic
        if of_units and reference.WITHIN.search(now.text) and topic and len(self._row) == 1:
            return replace(now, topic=topic, bound=self._row[0], leans=True)  # in the only task
        if of_units and reference.WITHIN.search(now.text) and topic and asks:
            return replace(tasks, units=before.units, within=True)
        if of_units and not now.topic and (asks_how_many(now) or now.attribute == "count"):
            return None if reference.WHOLE.search(now.text) else replace(before, leans=True)
        return None

    def _going_on(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """它主要盯着哪几类问题: more about the clause asked about, in words of its own."""
        points = reference.GOES_ON.search(now.text)
        facts = ("describe", "list", "target", "responsible")
        if not points or now.units or now.label or now.intent not in facts or not matter(before):
            return None
        topic = reference.without_pointers(now.topic)
        if not topic or before.intent == "metadata" or only_names(now):
            return None
        if before.intent == "unit_tasks" and len(self._row) != 1:
            return None
        key = self._row[0] if before.intent == "unit_tasks" else self.clause_of(before)
        if key is None or self._said_elsewhere(replace(now, topic=topic), key):
            return None
        return replace(now, topic=topic, bound=key, leans=True)

    def _staying(self, before: Scaffold, joined: Scaffold, now: Scaffold) -> Scaffold:
        """那机构护理呢: what the clause asked about says word for word is asked of that clause.

        Unless another clause has it in its heading.
        """
        words = joined.topic.replace(" ", "")
        if joined is now or joined.topic != now.topic or not words or joined.label or joined.bound:
            return joined
        facts = ("describe", "list", "target")
        if joined.intent not in facts or joined.units or not matter(before):
            return joined
        key = self.clause_of(before)
        if key is None or words not in self._folded(key).replace(" ", ""):
            return joined
        best = self._locate(joined, None)
        named = best is not None and words in folded(self._corpus.clause(best).heading)
        return joined if named and best != key else replace(joined, bound=key)

    def _said_elsewhere(self, now: Scaffold, key: ClauseKey) -> bool:
        """Whether another clause says what is asked and this one hardly does."""
        best = self._locate(now, None)
        if best is None or best == key:
            return False
        corpus = self._corpus
        asked = topic_of(now.topic, corpus.frequencies, corpus.importance)
        here, there = coverage(asked, self._folded(key)), coverage(asked, self._folded(best))
        return there >= SAID and here <= HARDLY

    def _not_metadata(self, before: Scaffold, now: Scaffold) -> Scaffold:
        """A question that looks like one about the document but points at a matter (一共几项?)."""
        if now.attribute == "count" and now.units:
            return replace(now, intent="unit_tasks", attribute="", leans=True)
        if now.attribute == "count" and before.intent == "responsible":
            return replace(before, leans=True)  # the units are counted where they are listed
        intent = before.intent if now.attribute == "parts" else "target"
        if now.attribute not in ("count", "parts"):
            intent = "describe"
        again = replace(
            now, intent=intent, attribute="", expects=expected(now.text, intent), leans=True
        )
        return on_topic_of(before, again)

    def _of_item(self, before: Scaffold, now: Scaffold) -> Scaffold:
        """这项的责任单位里有企业吗: the clause asked about, with what is asked of it."""
        key = self.clause_of(before)
        if key is None:
            return plain(before, now)
        return replace(now, bound=key, leans=True)

    def clause_of(self, asked: Scaffold) -> ClauseKey | None:
        """The clause that a question is about: the one that it names, or the best one."""
        if asked is self.last and not asked.bound and len(self._row) == 1:
            return self._row[0]
        if key := asked.bound or labelled(asked.label, self._corpus):
            return key
        place = next((i for i, turn in enumerate(self._turns) if turn is asked), None)
        before = self._leant[place] if place is not None else None
        return self._locate(asked, self.clause_of(before) if before is not None else None)

    def _folded(self, key: ClauseKey) -> str:
        return folded(self._corpus.clause(key).span.of(self._corpus.text(key[0])))

    def _neighbour(self, before: Scaffold, now: Scaffold, step: int) -> Scaffold:
        """The clause before or after the one that was asked about, with what is asked of it."""
        key = self.clause_of(before)
        if key is None:
            return now
        clause = self._corpus.clause(key)
        row = [c for c in self._corpus.clauses(key[0]) if c.kind == clause.kind and c.label]
        place = [c.ordinal for c in row].index(clause.ordinal) + step if clause in row else -1
        if not 0 <= place < len(row):
            return now
        asks = ("responsible", "target", "list")
        intent = now.intent if now.intent in asks else before.intent
        if reference.CONTENT.search(now.text) or intent not in asks:
            intent = "clause"
        found = replace(now, intent=intent, topic="", units=(), attribute="", leans=True)
        return replace(found, label=row[place].label, bound=(key[0], row[place].ordinal))


def resolve(
    earlier: Sequence[Scaffold], current: Scaffold, corpus: Corpus, locate: Locate
) -> Resolved:
    """Resolve `current` against the earlier questions, oldest first.

    `locate` finds the clause that a question is about, for 下一项 and 这项.
    """
    history = History(corpus, locate)
    for turn in earlier:
        history.then(turn)
    before = history.before(current)
    beside = (
        history.clause_of(before) if before is not None and may_go_on(before, current) else None
    )
    joined = history.then(current)
    bound = joined.bound or labelled(joined.label, corpus)
    also = tuple(key for label in joined.labels if (key := labelled(label, corpus)))
    inherited = joined is not current
    if joined.label.startswith("-"):
        joined = replace(joined, label=corpus.clause(bound).label if bound else "")
    words = standalone(joined, corpus) if inherited else ""
    own = not inherited or (bound is None and joined.topic == current.topic)
    return Resolved(joined, words, bound, also, beside if own else None)


def labelled(label: str, corpus: Corpus) -> ClauseKey | None:
    """The clause that a label names; of several, an article for 条, else a task (with units)."""
    if label.startswith("-"):
        return from_end(label, corpus)
    return corpus.holdings.labelled(label) if label else None
