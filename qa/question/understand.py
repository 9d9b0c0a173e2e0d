"""A request to the plan of its last question: normalised, parsed, cut into parts."""

import re
from functools import cached_property

from ingest.patterns import pattern
from qa.answer import Request
from qa.question.checked import can_be_taken, checked
from qa.question.ellipsis import corrects, opening
from qa.question.lexicon import Lexicon
from qa.question.normalise import Normaliser
from qa.question.parse import content, parse, rules
from qa.question.plan import Plan, Scope
from qa.question.units import UnitNames, bodies, unit_names
from qa.words.language import Script

_PARTS = pattern(
    "[?？;；。]+|(?<=[吗呢么])[,，]|[,，](?=(?:由|归)?(?:谁|哪|什么时候|多少|怎么|如何|有没有|能不能|是否))"
)
_REMARK = pattern("(?<=[\u4e00-\u9fff])[(（][\u4e00-\u9fff]{1,8}[)）](?=部门|机构|机关|单位)")
"""What is said in the middle of a name (综合执法(城管)部门)."""
MOST_PARTS = 3


class Understanding:
    """Plans questions about one corpus; holds what was prepared from it."""

    def __init__(self, corpus: Lexicon) -> None:
        self._corpus = corpus

    @cached_property
    def names(self) -> UnitNames:
        """The units of the corpus by all their names."""
        return unit_names(tuple(self._corpus.units), self._corpus.holdings.regions)

    @cached_property
    def _normaliser(self) -> Normaliser:
        return Normaliser(self._corpus, self.names)

    def plans(self, request: Request) -> list[Plan]:
        """The plans of all questions of a request, each taken by itself, in order."""
        checked(request.question)
        earlier = [turn.question for turn in request.history if can_be_taken(turn.question)]
        how = self._normaliser.script(request.question, request.language)
        scope = Scope(documents=request.documents)
        asked = [*earlier, request.question.strip()]
        return [self._plan(text, how, scope, place > 0) for place, text in enumerate(asked)]

    def _plan(self, question: str, how: Script, scope: Scope, follows: bool = False) -> Plan:
        text = self._normaliser.text(question)
        leaning = follows and corrects(text)
        text = opening(text) if follows else text
        whole = self._parsed(question, text, how, scope).but(leans=leaning)
        if whole.shape == "compare":
            return whole
        parts = [part for part in _PARTS.split(text) if part and part.strip()]
        asked, story = [], ""
        for part in parts:
            plan = self._parsed(question, part, how, scope)
            if _asks(plan):
                asked.append(self._parsed(question, story + part, how, scope) if story else plan)
            story = "" if _asks(plan) else f"{story}{part},"
        if not 1 < len(asked) <= MOST_PARTS or len({_kind(p) for p in asked}) < 2:
            return whole
        if all(p.select == "metadata" for p in asked):  # one document, asked for several facts
            return whole
        first, *rest = asked
        whole_topic = first.topic
        carried = [
            p if content(p.topic) or p.units or p.labels else _on(p, first, whole_topic)
            for p in rest
        ]
        return first.but(further=tuple(carried))

    def _parsed(self, question: str, text: str, how: Script, scope: Scope) -> Plan:
        text = _REMARK.sub("", text)
        units = self.names.find(text)
        if not any(unit.printed for unit in units) and rules().asks["of_body"].search(text):
            plain = re.sub("《[^》]*》", lambda m: " " * len(m[0]), text)
            units = bodies(plain, self._corpus.mentions) or units
        return parse(question, text, how, units, scope)


def _asks(plan: Plan) -> bool:
    """Whether a piece of a question asks for something by itself."""
    return plan.select != "text" or bool(plan.expects) or plan.shape != "text"


def _kind(plan: Plan) -> tuple[object, ...]:
    return (plan.select, plan.shape, tuple(e.name for e in plan.expects), plan.labels)


def _on(plan: Plan, first: Plan, topic: str) -> Plan:
    """A part that leaves out the matter, on the matter of the first."""
    return plan.but(
        topic=f"{topic} {plan.topic}".strip(), text=f"{first.text} {plan.text}",
        units=plan.units or (first.units if plan.select == "task" else ()),
        labels=plan.labels or first.labels, scope=first.scope,
    )  # fmt: skip
