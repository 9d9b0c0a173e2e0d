"""The sides of a comparison: what the question sets side by side, each as a plan of its own."""

import re
from dataclasses import replace

from qa.question.parse import content, rules
from qa.question.plan import Plan, Scope

_JOINT = re.compile("(?:和|与|跟|同|比|还是|以及|、|,|，|vs)")
_AFTER = re.compile(
    "(?:的)?(?:哪|谁|有(?:什么|啥|何|没有)?(?:区别|不同|差别)|区别|差别|相比|比较|对比|相差|差多少|分别|各|一样|是不是一样|更|都|共同|之间)"
)
LONGEST = 24


def sides(plan: Plan) -> tuple[Plan, ...]:
    """The sides of a plan that compares, each with what all of them share; none if it has no two.

    Units, places, years, titles and numbered provisions are sides where there are two of them;
    else the words on either side of 和, 与, 比 before what asks for the difference.
    """
    base = replace(plan, shape="text", sides=(), standalone="")
    if len(plan.units) > 1 and plan.select in ("task", "duty", "text"):
        return tuple(
            replace(base, units=(unit,), select="task", together=False, topic=_topic(plan, [u.words for u in plan.units]))
            for unit in plan.units
        )
    if len(plan.labels) > 1:
        return tuple(replace(base, labels=(label,)) for label in plan.labels)
    if len(plan.scope.titles) > 1:
        return tuple(replace(base, scope=replace(plan.scope, titles=(t,)), text=_but(plan.text, plan.scope.titles, t), topic=_but(plan.topic, plan.scope.titles, t)) for t in plan.scope.titles)
    if len(plan.scope.places) > 1:
        return tuple(_placed(base, plan, p) for p in plan.scope.places)
    if len(plan.scope.years) > 1 and not plan.scope.titles:
        return tuple(replace(base, scope=replace(plan.scope, years=(y,))) for y in plan.scope.years)
    words = _spoken(plan.text)
    return tuple(_worded(base, side, rest) for side, rest in words)


def _placed(base: Plan, plan: Plan, place: str) -> Plan:
    others = [p for p in plan.scope.places if p != place]
    short = [re.sub("[省市区县]$", "", p) for p in others]
    text, topic = plan.text, plan.topic
    for word in [*others, *short]:
        if len(word) > 1:
            text, topic = text.replace(word, ""), topic.replace(word, "")
    return replace(base, scope=replace(plan.scope, places=(place,)), text=text, topic=topic)


def _but(text: str, words: tuple[str, ...], kept: str) -> str:
    for word in words:
        if word != kept:
            text = text.replace(f"《{word}》", "").replace(word, "")
    return text


def _topic(plan: Plan, words: list[str]) -> str:
    topic = plan.topic
    for word in words:
        topic = topic.replace(word, " ")
    topic = re.sub("(?:任务|工作|负责|更|多|少|比|和|与|跟|的)+", " ", topic)
    return " ".join(content(topic))


def _spoken(text: str) -> list[tuple[str, str]]:
    """The words of each side with what follows both: (小学生, 补助), (初中生, 补助)."""
    stop = _AFTER.search(text)
    if stop is None:
        return []
    before, after = text[: stop.start()], text[stop.end() :]
    for joint in _JOINT.finditer(before):
        left, right = before[: joint.start()], before[joint.end() :]
        left = re.split("[,，。?？:：;；]", left)[-1]
        if not content(left) or not content(right) or len(left) > LONGEST or len(right) > LONGEST:
            continue
        tail = _shared(right)
        rest = " ".join(content(after))
        return [(left, f"{tail} {rest}".strip()), (right, rest)]
    return []


def _shared(right: str) -> str:
    """What the last side says for both: 的补贴标准 in 初中生的补贴标准."""
    return right.rpartition("的")[2] if "的" in right else ""


def _worded(base: Plan, side: str, rest: str) -> Plan:
    words = side
    for pattern in rules().scaffold:
        words = pattern.sub(" ", words)
    topic = f"{words} {rest}".strip()
    return replace(base, text=f"{side} {rest}", topic=topic, standalone=side.strip(), scope=replace(base.scope) if base.scope else Scope())
