"""Ellipsis and reference: a question that leans on the turns before becomes one of its own.

A new topic may take the old intent (那…呢?), a new intent the old topic (这项由谁负责?), a
pronoun the unit or the clause of a turn before; a question of its own inherits nothing.  The
standalone question is shown to the user, so a wrong guess is seen at once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa import reference, tables
from qa.chapters import chapter_counted
from qa.concepts import coverage, folded
from qa.concepts import topic as topic_of
from qa.corpus import ClauseKey, Corpus
from qa.expectation import expected
from qa.ordinals import ordinal
from qa.positions import from_end, in_row, listed
from qa.scaffold import Scaffold
from qa.scope import out_of_scope
from qa.standalone import standalone, topic_words
from qa.units import UnitMention
from qa.wanted import wanted


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

MAX_TAIL = 6
"""Longest topic, in code points, of a question that has left its matter to the turn before."""

SAID, HARDLY = 0.9, 0.3
"""Coverage by another clause from which it says what is asked, and up to which the clause asked
about hardly does: only then a pronoun does not hold the conversation there."""

_EMPTY = re.compile(
    "(?:具体|主要|相关)?(?:要求|内容|措施|举措|安排|做法|规定|责任人|负责人|牵头人|责任领导)"
)
"""What a clause has, whatever it is about: no matter of its own in a question that leans."""

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
        own = before is not None and joined.topic == now.topic and _may_go_on(before, now)
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
        if (key := in_row(now, self._row, self._corpus)) is not None:
            return self._of_row(key, now)
        if step := reference.STEP.search(now.text):
            return self._neighbour(before, now, -1 if re.search("[上前]", step[0]) else 1)
        if (one := self._nth(before, now)) is not None:
            return one
        if (about := self._about_units(before, now)) is not None:
            return about
        if (part := self._of_chapter(before, now) or self._in_row_on(now)) is not None:
            return part
        if (kind := self._of_kind(before, now)) is not None:
            return kind
        if reference.HOW_MANY.search(now.text) and before.intent in ("responsible", "list"):
            return replace(before, leans=True)  # the answer counts what it lists
        if now.intent == "metadata":
            pointed = reference.ITEM.search(now.text) or now.leans or _asks_how_many(now)
            bare = reference.ALL_OF_THEM.search(now.text) and not reference.WHOLE.search(now.text)
            if (thing := reference.COUNTED.search(now.text)) and _matter(before):
                key = self.clause_of(before)
                asks = replace(now, intent="target", attribute="", topic=thing["noun"])
                return replace(asks, expects=expected(now.text, "target"), bound=key, leans=True)
            if bare and before.intent == "target" and before.topic:
                listed_too = replace(now, intent="list", attribute="", topic=before.topic)
                return replace(listed_too, bound=self.clause_of(before), leans=True)
            if reference.WHOLE.search(now.text) or not pointed or not _matter(before):
                return now
            return self._not_metadata(before, now)
        if out_of_scope(now.text):
            return now
        if (member := self._member(before, now)) is not None:
            return member
        if reference.OTHER.search(now.text) and before.topic and not now.units and not now.label:
            return replace(
                now, intent="describe", topic=before.topic, bound=self.clause_of(before), leans=True
            )
        alone = self._row[0] if len(self._row) == 1 and before is self.last else None
        named = now.label or now.units or reference.without_pointers(now.topic)
        if alone and before.units and now.intent == "responsible" and not named:
            return replace(now, topic="", bound=alone, leans=True)
        if _asks_among(now) and before.intent != "unit_tasks" and _matter(before):
            again = _on_topic_of(before, replace(now, intent="check", topic="", yes_no=True))
            return replace(again, bound=before.bound or self.clause_of(before))
        if now.topic and not now.label and _matter(before) and _points_at_item(now):
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
        joined = self._staying(before, _plain(before, now), now)
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
        more = reference.ELSE.search(now.text) or _asks_tasks(now)
        who = now.intent == "responsible" or re.search("谁|单位|部门|机构|哪家", now.text)
        if before.intent == "check" and more and not topic and asks and not who:
            return replace(tasks, units=before.units)
        if one and more and asks and now.intent != "responsible":
            return replace(tasks, units=before.units[-1:], within=bool(topic))
        of_units = before.intent == "unit_tasks" and not before.topic
        if of_units and reference.WITHIN.search(now.text) and topic and asks:
            return replace(tasks, units=before.units, within=True)
        if of_units and not now.topic and (_asks_how_many(now) or now.attribute == "count"):
            return None if reference.WHOLE.search(now.text) else replace(before, leans=True)
        return None

    def _nth(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """头一个单位还管别的吗, 第二所搞什么: one of what the answer before listed."""
        found = ordinal(now.text)
        printed = any(unit.printed for unit in now.units)
        if found is None or printed or len(before.units) > 1 or self._row:
            return None
        if found.item and not reference.ITEMS_ASKED.search(before.text):
            return None
        if before.intent == "metadata" and before.attribute == "basis":
            return replace(before, nth=found.place, leans=True)
        rest = f"{now.text[: found.start]} {now.text[found.end :]}".strip(" ,，的?？")
        said = now.text[found.start : found.end]
        topic = " ".join(w for w in now.topic.replace(said, " ").split() if w not in said)
        topic = reference.without_pointers(topic)
        key = self.clause_of(before) if _matter(before) else None
        if key is None:
            return None
        if found.body or before.intent in ("responsible", "check"):
            units = list(dict.fromkeys(fact.unit for fact in self._corpus.duties.get(key, ())))
            if endings := tables.toml("enumeration.toml")["kinds"].get(found.body):
                units = [unit for unit in units if unit.endswith(tuple(endings))]
            if not 0 < abs(found.place) <= len(units):
                return None
            unit = units[found.place - (found.place > 0)]
            of = UnitMention(unit, (unit,), 0, 0)
            asks = replace(now, intent="unit_tasks", attribute="", label="", labels=())
            asks = replace(asks, expects=expected(now.text, "unit_tasks"), leans=True)
            return replace(asks, units=(of,), topic=topic, within=bool(topic))
        if before.intent not in ("list", "describe", "target") or wanted(before.text) is None:
            return None
        new = topic and topic not in before.text
        of_item = rest if new or reference.OF_ITEM.search(rest) else ""
        return replace(before, nth=found.place, of_item=of_item, bound=key, leans=True)

    def _of_chapter(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """第三块是什么 of the parts that were listed; 里面有几条任务 of the part asked about."""
        if (part := chapter_counted(now.text, self._row, self._corpus)) is not None:
            return replace(now, intent="clause", topic="", attribute="", bound=part, leans=True)
        of_parts = now.intent == "metadata" and now.attribute in ("count", "parts")
        if not (of_parts and reference.WITHIN.search(now.text) and before.bound is not None):
            return None
        if not self._corpus.children(before.bound):
            return None
        return replace(now, intent="list", topic="", attribute="", bound=before.bound, leans=True)

    def _in_row_on(self, now: Scaffold) -> Scaffold | None:
        """其中跟消防有关的: the clause of those listed that says a topic, where one does."""
        topic = reference.without_pointers(now.topic).replace(" ", "")
        if len(self._row) < 2 or now.units or now.label or not topic:
            return None
        if not reference.ON_TOPIC.search(now.text):
            return None
        saying = [key for key in self._row if topic in self._folded(key)]
        if len(saying) != 1:
            return None
        intent = now.intent if now.intent in ("responsible", "target") else "describe"
        return replace(now, intent=intent, attribute="", topic=topic, bound=saying[0], leans=True)

    def _of_kind(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """里面属于企业的是哪几家: units of one kind of the clause asked about."""
        if not reference.KIND.search(now.text) or now.units or now.label or not _matter(before):
            return None
        if reference.without_pointers(reference.KIND_WORDS.sub(" ", now.topic)):
            return None
        key = self.clause_of(before)
        return replace(
            now, intent="responsible", attribute="", topic="", expects=None, bound=key, leans=True
        )

    def _going_on(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """它主要盯着哪几类问题: more about the clause asked about, in words of its own."""
        points = reference.GOES_ON.search(now.text)
        facts = ("describe", "list", "target", "responsible")
        if not points or now.units or now.label or now.intent not in facts or not _matter(before):
            return None
        topic = reference.without_pointers(now.topic)
        if not topic or before.intent == "metadata" or _only_names(now):
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
        if joined.intent not in facts or joined.units or not _matter(before):
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
        return _on_topic_of(before, again)

    def _member(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """豫园也在里头吗: a word that the clause asked about says."""
        words = reference.without_pointers(now.topic).replace(" ", "").removesuffix("也")
        short = 0 < len(words) <= 2 * MAX_TAIL and not now.units and not now.label
        asks = now.yes_no or "不" in now.text
        if not (short and asks and reference.MEMBER.search(now.text)):
            return None
        key = self.clause_of(before)
        if before.intent == "list" and before.topic and key is not None:
            text = f"{topic_words(before)}里面有{words}吗"
            return replace(
                now, text=text, intent="describe", topic=words, bound=key, yes_no=True, leans=True
            )
        if key is None or words not in self._folded(key):
            return None
        return replace(now, intent="describe", topic=words, bound=key, leans=True)

    def _of_item(self, before: Scaffold, now: Scaffold) -> Scaffold:
        """这项的责任单位里有企业吗: the clause asked about, with what is asked of it."""
        key = self.clause_of(before)
        if key is None:
            return _plain(before, now)
        return replace(now, bound=key, leans=True)

    def _of_row(self, key: ClauseKey, now: Scaffold) -> Scaffold:
        """其中第二项由谁负责: one of the clauses that were listed, with what is asked of it."""
        intent = now.intent
        if intent in ("metadata", "unit_tasks", "tasks_on"):
            intent = "describe" if now.attribute != "count" else "target"
        topic = reference.without_pointers(now.topic)
        if intent in ("describe", "list") and not topic and not now.yes_no:
            intent = "clause"
        label = self._corpus.clause(key).label
        found = replace(now, intent=intent, attribute="", topic=topic, units=(), leans=True)
        return replace(found, label=label, labels=(), bound=key)

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
        history.clause_of(before) if before is not None and _may_go_on(before, current) else None
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


def _may_go_on(before: Scaffold, now: Scaffold) -> bool:
    """Whether a question with a matter of its own may still be about the clause before."""
    facts = ("describe", "list", "target", "responsible")
    alone = bool(now.topic) and not (now.units or now.label) and now.intent in facts
    return alone and before.intent != "metadata" and _matter(before)


def _matter(before: Scaffold) -> bool:
    return bool(before.topic or before.label or before.units or before.bound)


def _asks_among(now: Scaffold) -> bool:
    """Whether a question asks if a unit is among those of the clause (里面有区卫生健康委吗)."""
    if not now.units or now.label or reference.without_pointers(now.topic):
        return False
    if not (now.yes_no or re.search("(?:有|在|算)?没有?[?？。]*$", now.text)):
        return False
    if reference.ELSE.search(now.text):
        return False  # 其中的甲局还参与别的任务吗 asks for its tasks
    among = reference.AMONG.search(now.text) and not now.topic
    does = re.search("(?:负责|参与|参加|管|牵头)(?:了)?(?:吗|么)[?？。]*$", now.text)
    return bool(among or does) or reference.WITHIN.search(now.text) is not None


def _only_names(now: Scaffold) -> bool:
    """Whether a question only names a new matter, to be asked as the old one was (那5G呢)."""
    return now.text.rstrip("?？").endswith(("呢", "咧")) and not re.search(
        "谁|哪|什么|多少|几", now.text
    )


def _points_at_item(now: Scaffold) -> bool:
    """Whether 这项 stands for the clause before; X那项 says itself which one it is."""
    items = list(reference.ITEM.finditer(now.text))
    words = now.topic.split()
    return bool(items) and not any(w in now.text[: i.start()] for i in items for w in words)


def _asks_how_many(now: Scaffold) -> bool:
    counts = reference.COUNT.search(now.text) is not None and len(now.text) <= 2 * MAX_TAIL
    return counts and "任务" not in now.text


def _plain(before: Scaffold, now: Scaffold) -> Scaffold:
    """`now` with what it leaves out taken from `before`, where no word points at anything."""
    if now.topic and not now.label and not now.units and not _own_topic(now):
        now = replace(now, topic="")
    has_matter = bool(now.topic or now.label or now.units)
    asks = now.intent not in ("describe", "clause") and not (
        now.intent == "unit_tasks" and not _asks_tasks(now)
    )
    if now.intent == "check" and not now.topic and not now.label:
        return _on_topic_of(before, now)
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
    return _on_topic_of(before, now)


def _own_topic(now: Scaffold) -> bool:
    """Whether the topic says more than what kind of answer is expected (电话多少, 具体要求)."""
    topic = now.topic
    if now.expects is not None:
        for entry in tables.toml("intents.toml")["expects"]:
            if entry["name"] == now.expects.name:
                for pattern in (entry["asks"], entry.get("names", "")):
                    topic = re.sub(pattern, " ", topic) if pattern else topic
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


def labelled(label: str, corpus: Corpus) -> ClauseKey | None:
    """The clause that a label names; of several, an article for 条, else a task (with units)."""
    if label.startswith("-"):
        return from_end(label, corpus)
    return corpus.holdings.labelled(label) if label else None
