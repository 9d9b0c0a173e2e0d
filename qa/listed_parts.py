"""One part of what the answer before listed, told by its place, by what it says, or by its kind.

第二所搞什么, 里面属于企业的是哪几家, 其中跟消防有关的, 预警处置算不算.
"""

from collections.abc import Callable
from dataclasses import replace

from qa import reference, tables
from qa.chapters import chapter_counted
from qa.concepts import folded
from qa.corpus import ClauseKey, Corpus
from qa.ellipsis import MAX_TAIL, matter
from qa.expectation import expected
from qa.ordinals import ordinal
from qa.scaffold import Scaffold
from qa.standalone import topic_words
from qa.units import UnitMention
from qa.wanted import wanted


class ListedParts:
    """The parts that the last turn listed.

    `row` holds the clauses among them; `clause_of` tells the clause that a question is about.
    """

    def __init__(
        self,
        corpus: Corpus,
        row: list[ClauseKey],
        clause_of: Callable[[Scaffold], ClauseKey | None],
    ) -> None:
        self._corpus, self._row, self._clause_of = corpus, row, clause_of

    def nth(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
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
        key = self._clause_of(before) if matter(before) else None
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

    def of_chapter(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """第三块是什么 of the parts that were listed; 里面有几条任务 of the part asked about."""
        if (part := chapter_counted(now.text, self._row, self._corpus)) is not None:
            return replace(now, intent="clause", topic="", attribute="", bound=part, leans=True)
        of_parts = now.intent == "metadata" and now.attribute in ("count", "parts")
        if not (of_parts and reference.WITHIN.search(now.text) and before.bound is not None):
            return None
        if not self._corpus.children(before.bound):
            return None
        return replace(now, intent="list", topic="", attribute="", bound=before.bound, leans=True)

    def on_topic(self, now: Scaffold) -> Scaffold | None:
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

    def of_kind(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """里面属于企业的是哪几家: units of one kind of the clause asked about."""
        if not reference.KIND.search(now.text) or now.units or now.label or not matter(before):
            return None
        if reference.without_pointers(reference.KIND_WORDS.sub(" ", now.topic)):
            return None
        key = self._clause_of(before)
        return replace(
            now, intent="responsible", attribute="", topic="", expects=None, bound=key, leans=True
        )

    def member(self, before: Scaffold, now: Scaffold) -> Scaffold | None:
        """豫园也在里头吗: a word that the clause asked about says."""
        words = reference.without_pointers(now.topic).replace(" ", "").removesuffix("也")
        short = 0 < len(words) <= 2 * MAX_TAIL and not now.units and not now.label
        asks = now.yes_no or "不" in now.text
        if not (short and asks and reference.MEMBER.search(now.text)):
            return None
        key = self._clause_of(before)
        if before.intent == "list" and before.topic and key is not None:
            text = f"{topic_words(before)}里面有{words}吗"
            return replace(
                now, text=text, intent="describe", topic=words, bound=key, yes_no=True, leans=True
            )
        if key is None or words not in self._folded(key):
            return None
        return replace(now, intent="describe", topic=words, bound=key, leans=True)

    def of_row(self, key: ClauseKey, now: Scaffold) -> Scaffold:
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

    def _folded(self, key: ClauseKey) -> str:
        return folded(self._corpus.clause(key).span.of(self._corpus.text(key[0])))
