"""The sides of a question that asks for two things at once, each as a plan of its own.

Units, labels and titles are sides where there are two of them; else the words joined by 和 or 、
right before what is asked of both (分别, 各, 哪个更高, 有什么不同).  Each side keeps what both
share: the words before and behind them, and places and years that are not the other side's own.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache

from ingest.patterns import pattern as lazy
from qa.question.parse import content, rules
from qa.question.places import place_names
from qa.question.plan import Plan
from qa.words import tables

LONGEST, NAME, MOST, BARE = 40, 30, 4, 4
"""Code points of a side's words and of what it is called, how many sides there are, and code points
of a noun that says nothing without what stands before the side before it."""

_STOP = lazy("[,，。?？:：;；!！]")
_TOGETHER = lazy(
    "(?:这|那)?(?:两|二|三|四|[2-9])[个种类项处地边者方家](?:地方|城市|地区|办法|文件|方面)?"
)
_FILLER = lazy("^(?:在|对|从|按|把|将|请问|同样是|关于|至于)+|[的在里中]+$")
_KIND = lazy(
    r"(?:办法|草案|方案|计划|规定|意见|条例|文件|通知|政策|规划|措施)[^\u4e00-\u9fff]*(?:\d+[-—]\d+年)?\W*$"
)
_YEAR = lazy(r"(?:19|20)\d{2}(?=年)")

Documents = Callable[[str], Collection[str]]
"""A place → the documents that are of that place."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words set side by side, with what stands before and behind them.

    `shared` is what the first side says for the others, too.
    """

    before: str
    sides: tuple[str, ...]
    behind: str
    shared: str = ""


@cache
def _table() -> dict[str, re.Pattern[str]]:
    table = tables.toml("comparison.toml")
    return {name: re.compile(table[name]) for name in ("connectors", "frame", "asks")}


def sides(plan: Plan, documents_of: Documents = lambda _: ()) -> tuple[Plan, ...]:
    """The sides of a plan, each called by its `standalone`; none if it has no two.

    A side whose place has documents of its own looks in those.
    """
    asks = _table()["asks"].search(plan.text) is not None
    if plan.shape != "compare" and not asks:
        return ()
    base = replace(plan, shape="text", sides=(), together=False)
    counted = plan.select == "task" or (plan.shape == "compare" and plan.select in ("duty", "text"))
    if len(plan.units) > 1 and counted and not plan.together:
        names = [unit.words for unit in plan.units]
        topic = _but(plan.topic, names)
        topic = " ".join(content(re.sub("任务|工作|负责|更|多|少|比|和|与|跟|的", " ", topic)))
        return tuple(
            replace(
                base, units=(u,), select="task", together=False, topic=topic, standalone=u.words
            )
            for u in plan.units
        )
    if len(plan.labels) > 1:
        return tuple(replace(base, labels=(one,), standalone=one.printed) for one in plan.labels)
    if plan.text.count("《") > 1 and len(plan.scope.titles) > 1:
        return tuple(_titled(base, title) for title in plan.scope.titles)
    if plan.labels or plan.select in ("task", "figure"):
        return ()
    words = _spoken(plan.text, place_words(plan.scope.places))
    return _worded(base, words, documents_of) if words is not None else ()


def _titled(base: Plan, title: str) -> Plan:
    others = [f"《{t}》" for t in base.scope.titles if t != title]
    others += [t for t in base.scope.titles if t != title]
    text, topic = _but(base.text, others), _but(base.topic, others)
    scope = replace(base.scope, titles=(title,))
    return replace(base, scope=scope, text=text, topic=topic, standalone=f"《{title}》")


def _but(text: str, words: Collection[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def _spoken(text: str, places: tuple[str, ...] = ()) -> _Words | None:
    """What is joined right before one of the words that ask for both sides.

    >>> _spoken("甲区打工的家庭和种田的家庭分别看多久的收入?").sides
    ('甲区打工的家庭', '种田的家庭')
    """
    table = _table()
    for frame in table["frame"].finditer(text):
        before = text[: frame.start()]
        joints = [
            j
            for j in table["connectors"].finditer(before)
            if before[: j.start()].count("“") == before[: j.start()].count("”")
            and before[: j.start()].count("(") == before[: j.start()].count(")")
        ]
        for joint in reversed(joints):
            found = _around(text, before, joint, joints, places)
            if found is not None:
                return found
    return None


def _around(
    text: str,
    before: str,
    joint: re.Match[str],
    joints: list[re.Match[str]],
    places: tuple[str, ...],
) -> _Words | None:
    left_end, right = joint.start(), before[joint.end() :]
    while left_end and before[left_end - 1] in ",，":
        left_end -= 1
    start = max((m.end() for m in _STOP.finditer(before, 0, left_end)), default=0)
    sides = [before[start:left_end]]
    for other in reversed(joints):  # 甲、乙和丙
        if other.end() <= left_end and other[0] == "、" and other.start() > start:
            first = sides.pop(0)
            cut = other.start() - start
            sides = [first[:cut], first[cut + 1 :], *sides]
    stop = _STOP.search(right)
    last, shared = (right[: stop.start()], right[stop.start() :]) if stop else (right, "")
    last, tail = _split(sides[-1], last, places)
    sides.append(last)
    opening = before[:start]
    if last.startswith("“") and "“" in sides[0]:
        cut = sides[0].index("“")
        opening, sides[0] = opening + sides[0][:cut], sides[0][cut:]
    if len(sides) > MOST or not all(0 < len(s) <= LONGEST and content(s) for s in sides):
        return None
    behind = f"{tail} {shared} {text[len(before) :]}"
    return _Words(opening, tuple(sides), behind, _prefix(sides[0], last))


def _split(left: str, right: str, places: tuple[str, ...] = ()) -> tuple[str, str]:
    """The last side, and what follows for all: it ends as the side before it does.

    >>> _split("小学生", "高中生补助标准"), _split("甲区", "乙区的门面房租")
    (('高中生', '补助标准'), ('乙区', '的门面房租'))
    """
    if left.endswith(places):
        for name in places:
            if right.startswith(name):
                return name, right[len(name) :]
    if (end := _TOGETHER.search(right)) and end.start():
        return right[: end.start()], right[end.end() :]
    if right.startswith("“") and "”" in right:
        cut = right.index("”") + 1
        return right[:cut], right[cut:]
    for size in range(min(len(left), 6), 0, -1):
        at = right.find(left[-size:])
        if at >= 0 and at + size > 1 and left[-size] != "的":
            return right[: at + size], right[at + size :]
    head, of, tail = right.partition("的")
    return (head, of + tail) if of and len(head) > 1 else (right, "")


def _prefix(left: str, right: str) -> str:
    """What the first side says for all: 甲的 of 甲的比例 and 上限, 甲 of 甲装修费 and 维修费."""
    if "的" in left and "的" not in right and len(right) <= BARE:
        return left[: left.rindex("的") + 1]
    ends = len(right) < len(left) and left[-2:] == right[-2:] and "的" not in left
    return left[: len(left) - len(right)] if ends else ""


def _worded(base: Plan, words: _Words, documents_of: Documents) -> tuple[Plan, ...]:
    owned = [_owned(base, side) for side in words.sides]
    places = [tuple(p for p in base.scope.places if _says(side, p)) for side in words.sides]
    held = [frozenset(d for p in some for d in documents_of(p)) for some in places]
    apart = len(set(held)) == len(held) and all(held)
    shared = tuple(p for p in base.scope.places if not any(p in some for some in places))
    titles = tuple(t for t in base.scope.titles if not any(t in side for side in words.sides))
    found = []
    for i, side in enumerate(words.sides):
        text = f"{words.before}{words.shared if i else ''}{side}{words.behind}"
        own = places[i] or (places[0] if words.sides[0].startswith(place_words(places[0])) else ())
        scope = replace(base.scope, titles=titles, places=(*shared, *own), years=owned[i])
        if apart:
            scope = replace(scope, places=shared, documents=tuple(sorted(held[i])))
            rest = _but(side, place_words(places[i]))  # where it names the document, it is no topic
            text = f"{words.before}{'' if _KIND.search(rest) else rest}{words.behind}"
        elif places[i] and not held[i]:
            scope = replace(scope, places=shared)  # a place inside the document, not its own
        name = _FILLER.sub("", re.sub("[“”]", "", side))
        name = places[i][0] if apart and len(places[i]) == 1 else name
        found.append(
            replace(base, text=text, topic=_topic(text), scope=scope, standalone=name[:NAME])
        )
    return tuple(found)


def place_words(places: Collection[str]) -> tuple[str, ...]:
    """All names of some places, the long ones first."""
    names = [name for place in places for name in place_names(place) if len(name) > 1]
    return tuple(sorted(names, key=len, reverse=True))


def _owned(base: Plan, side: str) -> tuple[int, ...]:
    """The years of a side, or those of the question where it names none."""
    own = tuple(int(y) for y in _YEAR.findall(side))
    return own or (base.scope.years if len(base.scope.years) == 1 else ())


def _says(side: str, place: str) -> bool:
    return any(len(name) > 1 and name in side for name in place_names(place))


def _topic(text: str) -> str:
    for pattern in rules().scaffold:
        text = pattern.sub(" ", text)
    text = rules().asks["duty_words"].sub(" ", _table()["frame"].sub(" ", text))
    return re.sub(r"[\s?？!！,，。;；:：、\"“”'()（）《》]+", " ", text).strip()
