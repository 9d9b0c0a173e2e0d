"""Ellipsis: whether a question lives on the one before it, and what it says of its own."""

import re
from functools import cache
from typing import Any

from qa.question.ordinals import ordinal
from qa.question.parse import content
from qa.question.places import short_names
from qa.question.plan import Plan
from qa.words import tables


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the table `[dialogue]`."""
    table: dict[str, Any] = tables.toml("question.toml")["dialogue"]
    return re.compile(table[name])


def opening(text: str) -> str:
    """A follow-up without the words that only turn to it (不对,我问的是…); itself if all are."""
    return pattern("opening").sub("", text).strip() or text


def corrects(text: str) -> bool:
    """Whether a question takes back the one before it: 不对,我问的是…."""
    return pattern("corrects").search(text) is not None


def leans(plan: Plan) -> bool:
    """Whether a question lives on the one before it."""
    if plan.leans:
        return True
    if plan.scope.titles or plan.scope.numbers:
        return False
    text = plan.text
    if any(pattern(name).search(text) for name in ("tail", "others", "pointers", "step", "both")):
        return True
    return bool(ordinal(text)) or not _subject(plan)


def _subject(plan: Plan) -> bool:
    """Whether a question names a matter, a unit or a provision of its own."""
    if plan.units or (plan.labels and plan.labels[0].steps[0][0] not in ("款", "项", "目")):
        return True
    return len(own(plan)) > 0


def own(plan: Plan) -> list[str]:
    """The words of its own that a question says on a matter, pointing words aside."""
    topic = plan.topic
    for unit in plan.units:
        topic = topic.replace(unit.words, " ")
    for name in ("opening", "pointers", "others", "step", "tail", "asking"):
        topic = pattern(name).sub(" ", topic)
    for place in plan.scope.places:
        for name in short_names(place):
            topic = topic.replace(name, " ")
    words = [w for w in content(topic) if w not in tables.function_characters()]
    return [w for w in words if len(w) > 1 or w.isascii()]
