"""A follow-up is the earlier plan with parts replaced.

What the new question says replaces the part of the same kind; what it leaves out is carried on.
`Earlier` tells what the turn before was about, so that 第二项 and 它 have something to point at.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ingest.characters import chinese_number
from qa.draft import ClauseKey
from qa.question.parse import content
from qa.question.plan import Plan
from qa.words import tables

BARE = 3
"""Words of its own with which a question that asks nothing else leans on the one before."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The plan of the turn before, the clause that its answer was about, and what it listed."""

    plan: Plan
    anchor: ClauseKey | None
    listed: tuple[ClauseKey, ...] = ()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    table: dict[str, Any] = tables.toml("question.toml")["dialogue"]
    return re.compile(table[name])


def leans(plan: Plan) -> bool:
    """Whether a question lives on the one before it."""
    if plan.scope.titles or plan.scope.numbers:
        return False
    text = plan.text
    if _pattern("tail").search(text) or _pattern("others").search(text):
        return True
    if _pattern("pointers").search(text):
        return True
    if ordinal(text) and not plan.scope.titles:
        return True
    return not _subject(plan)


def _subject(plan: Plan) -> bool:
    """Whether a question names a matter, a unit or a provision of its own."""
    if plan.units or (plan.labels and plan.labels[0].steps[0][0] not in ("款", "项", "目")):
        return True
    return len(_own(plan)) > 0


def _own(plan: Plan) -> list[str]:
    """The words of its own that a question says on a matter, pointing words aside."""
    topic = _pattern("pointers").sub(" ", plan.topic)
    topic = _pattern("tail").sub(" ", topic)
    for name in _ASKING:
        topic = topic.replace(name, " ")
    return content(topic)


_ASKING = tuple(
    ["电话", "期限", "时间", "日期", "文号", "标准", "金额", "条件", "材料", "流程", "程序", "单位", "部门", "上限", "下限", "比例", "依据", "地址", "牵头", "配合", "责任", "施行", "生效", "有效期", "截止", "数量", "最高", "最低", "最多", "最少", "范围", "要求", "内容", "规定", "处罚", "后果", "例外", "联系", "方式", "负责", "主管", "指标", "目标", "名额", "结果", "原因", "目的", "对象"]
)


def ordinal(text: str) -> int:
    """The place in a list that a question names: 2 of 第二项, -1 of 最后一项; 0 for none."""
    match = _pattern("ordinal").search(text)
    if match is None:
        return 0
    if match["n"]:
        return chinese_number(match["n"]) or 0
    return -1 if match["last"] else 1


def merged(plan: Plan, earlier: Earlier) -> Plan:
    """The plan of a question that was asked after another one."""
    before = earlier.plan
    document = earlier.anchor[0] if earlier.anchor else ""
    beside = replace(plan.scope, beside=document)
    if not leans(plan):
        return plan.but(scope=beside)
    place = ordinal(plan.text)
    if place and earlier.listed and abs(place) <= len(earlier.listed):
        at = earlier.listed[place - 1 if place > 0 else place]
        return plan.but(labels=(), anchor=at, leans=True, scope=beside, standalone=_told(plan, before))
    if plan.labels and plan.labels[0].steps[0][0] in ("款", "项", "目", "#"):
        return _labelled(plan, before, document)
    if plan.labels:
        return plan.but(scope=replace(beside, documents=(document,) if document else ()), leans=True)
    if plan.attributes and plan.select == "metadata":
        fixed = (document,) if document else before.scope.documents
        return plan.but(scope=replace(plan.scope, documents=fixed), leans=True, topic="", standalone=_told(plan, before))
    if plan.units and not _own_beside_units(plan):
        return _other_unit(plan, before, earlier)
    own = _own(plan)
    if not own and (plan.scope.places or plan.scope.years):
        return _elsewhere(plan, before)
    asks = plan.select != "text" or bool(plan.expects) or plan.wants_list or plan.shape != "text"
    if not own:
        return _same_matter(plan, before, earlier) if asks else before.but(leans=True, anchor=earlier.anchor, question=plan.question)
    if not asks or (len(own) <= BARE and _pattern("tail").search(plan.text) and plan.select == "text"):
        return _other_subject(plan, before, document)
    topic = f"{plan.topic} {before.topic}".strip() if len(own) <= BARE else plan.topic
    return plan.but(topic=topic, leans=True, scope=beside, standalone=_told(plan, before))


def _own_beside_units(plan: Plan) -> list[str]:
    words = plan.topic
    for unit in plan.units:
        words = words.replace(unit.words, " ")
    return _own(plan.but(topic=words))


def _labelled(plan: Plan, before: Plan, document: str) -> Plan:
    """第二款 after 第五条 is 第五条第二款."""
    steps = tuple(s for label in before.labels[:1] for s in label.steps if s[0] in ("编", "章", "节", "条"))
    label = plan.labels[0]
    fixed = (document,) if document else before.scope.documents
    scope = replace(plan.scope, documents=fixed)
    if not steps or label.steps[0][0] == "#":
        return plan.but(leans=True, scope=scope, standalone=_told(plan, before))
    named = replace(label, steps=(*steps, *label.steps))
    return plan.but(labels=(named,), leans=True, scope=scope, standalone=_told(plan, before))


def _other_unit(plan: Plan, before: Plan, earlier: Earlier) -> Plan:
    """那区教育局呢 after a question on another unit, or on who is responsible for a matter."""
    asks = plan.select in ("task", "metadata") or plan.shape in ("most", "fewest", "compare")
    scope = replace(plan.scope, beside=earlier.anchor[0] if earlier.anchor else "")
    if asks:
        return plan.but(leans=True, scope=scope)
    told = before.question
    for old, new in zip(before.units, plan.units, strict=False):
        told = told.replace(old.words, new.words)
    if before.select == "task" or before.shape == "check":
        return before.but(
            question=plan.question, units=plan.units, leans=True, anchor=earlier.anchor if before.shape == "check" else None,
            standalone=told, scope=replace(before.scope, beside=scope.beside),
        )  # fmt: skip
    if before.select == "duty" and earlier.anchor is not None:
        return plan.but(select="duty", shape="check", anchor=earlier.anchor, leans=True, scope=scope, standalone=_told(plan, before))
    return plan.but(topic=f"{plan.topic} {before.topic}", leans=True, scope=scope, standalone=_told(plan, before))


def _elsewhere(plan: Plan, before: Plan) -> Plan:
    """那乙区呢, 2021年的呢: the same question about another place or year."""
    text, topic = before.text, before.topic
    for place in before.scope.places:
        for word in (place, re.sub("[省市区县]$", "", place)):
            if len(word) > 1:
                text, topic = text.replace(word, ""), topic.replace(word, "")
    for year in before.scope.years:
        text, topic = text.replace(str(year), ""), topic.replace(str(year), "")
    places = plan.scope.places or before.scope.places
    years = plan.scope.years or before.scope.years
    return before.but(
        question=plan.question, text=f"{''.join(places)}{text}", topic=f"{' '.join(places)} {topic}".strip(), leans=True,
        scope=replace(plan.scope, places=places, years=years), standalone=_told(plan, before),
    )  # fmt: skip


def _same_matter(plan: Plan, before: Plan, earlier: Earlier) -> Plan:
    """期限呢, 由谁负责: another question on the matter of the turn before."""
    document = earlier.anchor[0] if earlier.anchor else ""
    bound = earlier.anchor if plan.select == "duty" else None
    matter = before.topic or before.text
    return plan.but(
        topic=f"{matter} {plan.topic}".strip() if plan.select == "text" else matter,
        text=plan.text, units=plan.units or (before.units if plan.select == "task" else ()),
        leans=True, anchor=bound, scope=replace(before.scope, beside=document), standalone=_told(plan, before),
    )  # fmt: skip


def _other_subject(plan: Plan, before: Plan, document: str) -> Plan:
    """那高中生呢: what was asked of one thing, asked of another."""
    subject = " ".join(_own(plan))
    select = before.select if before.select in ("text", "duty") else "text"
    return before.but(
        question=plan.question, topic=f"{subject} {subject} {before.topic}", text=f"{subject} {before.text}",
        select=select, labels=(), anchor=None, units=(), leans=True,
        scope=replace(before.scope, beside=document), standalone=_told(plan, before),
    )  # fmt: skip


def _told(plan: Plan, before: Plan) -> str:
    """The question as it was understood: the earlier one and the new one."""
    earlier = (before.standalone or before.question).rstrip("?？。! ！")
    return f"{earlier}；{plan.question}"
