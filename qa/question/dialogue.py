"""A follow-up is the earlier plan with parts replaced.

What the new question says replaces the part of the same kind; what it leaves out is carried on.
`Earlier` tells what the turn before was about, so that 第二项, 下一条 and 它 have something to
point at.  Where a question says words of its own, the engine decides by them whether it stays with
the provision of the turn before (`Plan.near`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.numbers.numerals import integer
from ingest.schema import Span
from qa.draft import ClauseKey
from qa.question.ellipsis import leans, own, pattern
from qa.question.labels import Label
from qa.question.ordinals import ordinal
from qa.question.parse import content, rules
from qa.question.places import short_names
from qa.question.plan import Plan
from qa.question.units import UnitMention

BARE = 3
"""Words of its own with which a question that asks nothing else leans on the one before."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing of a list that was told: a clause, or an item in it; `number` as printed."""

    key: ClauseKey
    span: Span | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """A turn: its plan, the clause that its answer was about, and what that named.

    `listed` and `units` are what the answer listed and which units it named; `following` and
    `preceding` what stands next to the clause or the item that was asked about.
    """

    plan: Plan
    anchor: ClauseKey | None
    listed: tuple[Listed, ...] = ()
    units: tuple[str, ...] = ()
    following: Listed | None = None
    preceding: Listed | None = None


def merged(plan: Plan, turns: Sequence[Earlier]) -> Plan:
    """The plan of a question that was asked after others, the oldest first."""
    earlier = turns[0] if pattern("first").search(plan.question) else turns[-1]
    before = earlier.plan
    plan = bare_label(plan, before)
    document = earlier.anchor[0] if earlier.anchor else ""
    beside = replace(plan.scope, beside=document)
    if (
        plan.select == "metadata"
        and not plan.subject
        and not (plan.scope.titles or plan.scope.numbers)
    ):
        fixed = (document,) if document else before.scope.documents
        return plan.but(
            scope=replace(plan.scope, documents=fixed),
            leans=True,
            topic="",
            standalone=_told(plan, before),
        )
    if plan.kind and before.select == "duty" and plan.select == "text" and len(own(plan)) <= 1:
        plan = plan.but(select="duty", topic="", expects=(), leans=True)  # 一共几个街道
    if not leans(plan):
        alone = plan.units or plan.labels or plan.scope.places or plan.scope.years
        words = [] if alone else own(plan)
        near = earlier.anchor if words else None
        return plan.but(scope=beside, near=near, own=" ".join(words))
    if (pointed := _pointed(plan, turns, earlier)) is not None:
        return pointed.but(leans=True, scope=beside, standalone=_told(plan, before))
    if plan.labels and plan.labels[0].steps[0][0] in ("款", "项", "目", "#"):
        return _labelled(plan, before, document)
    if plan.labels:
        fixed = (document,) if document else ()
        return plan.but(scope=replace(beside, documents=fixed), leans=True)
    if plan.units and not own(plan):
        return _other_unit(plan, earlier, beside.beside)
    if (task := _of_unit(plan, earlier)) is not None:
        return task.but(leans=True, scope=beside, standalone=_told(plan, before))
    words = own(plan)
    if not words and (len(plan.scope.places) == 1 or plan.scope.years):
        return _elsewhere(plan, before)
    asks = plan.select != "text" or bool(plan.expects) or plan.wants_list or plan.shape != "text"
    near = earlier.anchor
    if not words:
        if not asks:
            return before.but(
                leans=True, anchor=near, question=plan.question, standalone=_told(plan, before)
            )
        return _same_matter(plan, earlier)
    bare = len(words) <= BARE and pattern("tail").search(plan.text)
    if not asks or (bare and plan.select == "text"):
        return _other_subject(plan, before, near, document)
    topic = (
        plan.topic if plan.select == "duty" or len(words) > BARE else f"{plan.topic} {before.topic}"
    )
    return plan.but(
        topic=topic.strip(), leans=True, near=near, own=" ".join(words), scope=beside,
        standalone=_told(plan, before),
    )  # fmt: skip


def _pointed(plan: Plan, turns: Sequence[Earlier], earlier: Earlier) -> Plan | None:
    """The clause or item that a question points at by its place: 下一项, 最后一个, 第二项."""
    before = earlier.plan
    inherited = plan
    if not own(plan) and plan.select in ("text", "clause") and before.select == "duty":
        inherited = plan.but(select="duty", shape="text")
    if step := pattern("step").search(plan.text):
        at = earlier.following if step["next"] else earlier.preceding
        if at is not None:
            return inherited.but(labels=(), anchor=at.key, within=at.span)
        return None
    if pattern("both").search(plan.text) and rules().asks["unit"].search(plan.text):
        anchors = list(dict.fromkeys(t.anchor for t in turns if t.anchor is not None))[-2:]
        if len(anchors) == 2:
            side = plan.but(select="duty", shape="text", labels=(), expects=())
            sides = tuple(side.but(anchor=one) for one in anchors)
            return plan.but(select="duty", sides=sides, shape="compare")
    place = ordinal(plan.text)
    listed = earlier.listed
    if not place or not listed:
        return None
    inside = pattern("inside").search(plan.text) is not None
    found = next((one for one in listed if one.number == place and not inside), None)
    if found is None and abs(place) <= len(listed):
        numbered = any(one.number for one in listed) and plan.labels and not inside
        told = numbered and place > max(one.number for one in listed)
        found = None if told else listed[place - 1 if place > 0 else place]
    return inherited.but(labels=(), anchor=found.key, within=found.span) if found else None


def _labelled(plan: Plan, before: Plan, document: str) -> Plan:
    """第二款 after 第五条 is 第五条第二款."""
    outer = ("编", "章", "节", "条")
    steps = tuple(s for label in before.labels[:1] for s in label.steps if s[0] in outer)
    label = plan.labels[0]
    scope = replace(plan.scope, documents=(document,) if document else before.scope.documents)
    if steps and label.steps[0][0] != "#":
        plan = plan.but(labels=(replace(label, steps=(*steps, *label.steps)),))
    return plan.but(leans=True, scope=scope, standalone=_told(plan, before))


def _of_unit(plan: Plan, earlier: Earlier) -> Plan | None:
    """它还管别的吗, 其中讲数商的是哪一项: a question about the tasks of the unit before."""
    before = earlier.plan
    units = before.units
    if len(units) > 1 and (which := pattern("which").search(plan.text)):
        units = units[:1] if which["one"] else units[-1:]
    elif pattern("this_unit").search(plan.text):
        known = {name for one in (*before.units, *before.beside) for name in one.printed}
        shown = [name for name in earlier.units if name not in known] or list(earlier.units)
        units = tuple(UnitMention(name, (name,), 0, 0) for name in shown[:1])
    if not units or plan.units:
        return None
    rule = rules()
    more = pattern("others").search(plan.text) is not None
    asks = rule.task.search(plan.text) or rule.asks["task"].search(plan.text)
    counted = before.select == "task" and plan.shape == "count"
    if rule.asks["unit"].search(plan.text) or not (asks or counted or more):
        return None
    if before.select not in ("task", "duty") and before.shape != "check":
        return None
    topic = "" if more else " ".join(own(plan))
    return plan.but(select="task", units=units, topic=topic, labels=(), anchor=None)


def _other_unit(plan: Plan, earlier: Earlier, document: str) -> Plan:
    """那区教育局呢 after a question on another unit, or on who is responsible for a matter."""
    before = earlier.plan
    scope = replace(plan.scope, beside=document)
    if plan.select in ("task", "metadata") or plan.shape in ("most", "fewest", "compare"):
        return plan.but(leans=True, scope=scope)
    told = before.question
    for old, new in zip(before.units, plan.units, strict=False):
        told = told.replace(old.words, new.words)
    if before.select == "task" or before.shape == "check":
        return before.but(
            question=plan.question, units=plan.units, leans=True, standalone=told,
            anchor=earlier.anchor if before.shape == "check" else None,
            scope=replace(before.scope, beside=document),
        )  # fmt: skip
    told = _told(plan, before)
    if before.select == "duty" and earlier.anchor is not None:
        return plan.but(
            select="duty",
            shape="check",
            anchor=earlier.anchor,
            leans=True,
            scope=scope,
            standalone=told,
        )
    topic = f"{plan.topic} {before.topic}"
    return plan.but(topic=topic, leans=True, scope=scope, standalone=told)


def _elsewhere(plan: Plan, before: Plan) -> Plan:
    """那乙区呢, 2021年的呢: the same question about another place or year."""
    text, topic = before.text, before.topic
    for place in before.scope.places:
        for word in short_names(place):
            text, topic = text.replace(word, ""), topic.replace(word, "")
    for year in before.scope.years:
        text, topic = text.replace(str(year), ""), topic.replace(str(year), "")
    if plan.expects or plan.select != "text":
        return plan.but(topic=f"{plan.topic} {topic}", leans=True, standalone=_told(plan, before))
    places = plan.scope.places or before.scope.places
    years = plan.scope.years or before.scope.years
    return before.but(
        question=plan.question,
        text=f"{''.join(places)}{text}",
        topic=f"{' '.join(places)} {topic}".strip(),
        leans=True,
        scope=replace(plan.scope, places=places, years=years),
        standalone=_told(plan, before),
    )


def _same_matter(plan: Plan, earlier: Earlier) -> Plan:
    """期限呢, 由谁负责: another question on the matter of the turn before."""
    before = earlier.plan
    document = earlier.anchor[0] if earlier.anchor else ""
    matter = before.topic or before.text
    return plan.but(
        topic=f"{matter} {plan.topic}".strip() if plan.select == "text" else matter,
        units=plan.units or (before.units if plan.select == "task" else ()),
        leans=True,
        near=earlier.anchor,
        anchor=earlier.anchor if plan.select == "duty" else None,
        scope=replace(before.scope, beside=document),
        standalone=_told(plan, before),
    )


def _other_subject(plan: Plan, before: Plan, near: ClauseKey | None, document: str) -> Plan:
    """那高中生呢: what was asked of one thing, asked of another."""
    said = own(plan)
    subject = " ".join(said)
    topic, text = before.topic, before.text
    for word in content(topic):  # 高中生 takes the place of 小学生, and nothing else does
        if word not in said and len(word) > 1 and any(word[-1] == s[-1] for s in said):
            topic, text = topic.replace(word, " "), text.replace(word, " ")
    select = before.select if before.select in ("text", "duty") else "text"
    topic = subject if select == "duty" else f"{subject} {subject} {topic}"
    return before.but(
        question=plan.question, topic=topic, text=f"{subject} {text}", select=select,
        shape="text" if before.shape == "check" else before.shape, labels=(), anchor=None,
        units=(), near=None if select == "duty" else near, own=subject, leans=True,
        scope=replace(before.scope, beside=document), standalone=_told(plan, before),
    )  # fmt: skip


def bare_label(plan: Plan, before: Plan) -> Plan:
    """那20呢 after 第19项 is 第20项."""
    match = pattern("number").fullmatch(plan.text)
    if match is None or not before.labels:
        return plan
    number = integer(match["n"]) or 0
    kind = before.labels[0].steps[-1][0]
    return plan.but(labels=(Label(((kind, number),), match["n"]),), topic="")


def _told(plan: Plan, before: Plan) -> str:
    """The question as it was understood: the earlier one and the new one."""
    earlier = (before.standalone or before.question).rstrip("?？。! ！")
    return f"{earlier}；{plan.question}"
