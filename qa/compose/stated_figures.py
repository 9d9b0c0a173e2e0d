"""Figures that a question states itself: whether the printed ones agree."""

import re
from decimal import Decimal

from ingest.schema import Target
from qa.compose.context import Context
from qa.concepts import folded

_DONE = re.compile("已经?|了(?:吗|么|没|没有)|实际|完成情况")
_NUMBER = r"(?P<n>\d+(?:\.\d+)?)"
_ABOVE = re.compile(rf"(?<!不)(?:超过|超|多于|大于|高于|不止|突破|不少于|不低于|至少){_NUMBER}")
_BELOW = re.compile(rf"(?:低于|少于|小于|不到|不足|不超过|不高于|至多|最多){_NUMBER}")


def compared(context: Context, fact: Target) -> bool | None:
    """Whether the printed figure is above or below the one of the question (有没有超过150项).

    None if the question compares nothing, or if a bound leaves it open (至少100, 有没有超过150).
    """
    match = _ABOVE.search(context.asked.text) or _BELOW.search(context.asked.text)
    if match is None or not context.asked.yes_no:
        return None
    asked = Decimal(match["n"])
    if asked == fact.value:
        return None
    above = match.re is _ABOVE
    bigger = fact.value > asked
    if fact.comparator in ("≥", ">") and not bigger:
        return None
    if fact.comparator in ("≤", "<") and bigger:
        return None
    return bigger == above


def stated(context: Context, words: str) -> bool | None:
    """Whether the number that a yes-no question states is printed; None if it states none."""
    asked = context.asked
    if not asked.numbers:
        return None
    printed = set(re.findall(r"\d+(?:\.\d+)?", folded(words)))
    agree = all(n in printed for n in asked.numbers)
    if agree and _DONE.search(asked.text):
        return None  # a plan says what is to be, not what has come about
    return agree if asked.yes_no or not agree else None
