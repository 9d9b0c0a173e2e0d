"""What a provision comes to for the asker's own figure: a rate of it, so much for each, or a limit.

Only where one figure of the question and one of the provision's best sentence belong together: a
sum with a percentage or a multiple of it, a number of things with a sum for each, a figure with a
limit of its own unit.  What is worked out is said to be worked out, and never alone: the provision
stands below it.
"""

import re

from ingest.numbers.quantities import Quantity, quantities
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import sentences
from qa.execute.result import Provision
from qa.execute.worked import Worked
from qa.question.plan import Plan
from qa.retrieval.concepts import Topic, coverage, folded
from qa.retrieval.corpus import Corpus

_SUM = "元"
_EACH = pattern(r"每一?(?P<each>[^每，,。；;\d]{1,4}?)(?:[^每，,。；;\d]{0,8})$")


def worked(plan: Plan, corpus: Corpus, asked: Topic, one: Provision) -> Worked | None:
    """What the question's own figure comes to by a provision; None where that is not certain."""
    if plan.english or not plan.details.claims:
        return None
    given = plan.details.stated
    text = corpus.text(one.key[0])
    found = [s for s in sentences(text, one.span) if quantities(text, s)]
    if not found or len({(q.value, q.unit) for q, _ in given}) != 1:
        return None
    best = max(found, key=lambda s: coverage(asked, folded(s.of(text))))
    (mine, said), stated = given[0], quantities(text, best)
    if "amount" in plan.marks and mine.unit == _SUM:
        return _rate(text, said, mine, stated)
    if "amount" in plan.marks and (made := _each(text, best, said, mine, stated)):
        return made
    return _limit(text, said, mine, stated) if plan.yes_no else None


def _rate(text: str, said: str, mine: Quantity, stated: list[Quantity]) -> Worked | None:
    rates = [q for q in stated if q.unit in ("%", "倍")]
    ranged = len(rates) == 2 and [q.comparator for q in rates] == ["≥", "≤"]
    if len(rates) != 1 and not ranged:
        return None
    results = [mine.value * q.value / (100 if q.unit == "%" else 1) for q in rates]
    limits = [q for q in stated if q.unit == _SUM]
    if len(limits) > 1 or any(q.comparator != "≤" for q in limits):
        return None
    cap = ""
    if limits:
        cap = limits[0].span.of(text)
        results = [min(value, limits[0].value) for value in results]
    return Worked("rate", said, tuple(q.span.of(text) for q in rates), tuple(results), cap)


def _each(
    text: str, sentence: Span, said: str, mine: Quantity, stated: list[Quantity]
) -> Worked | None:
    sums = []
    for one in stated:
        if one.unit == f"{_SUM}/{mine.unit}":
            sums.append(one)
        elif one.unit == _SUM:
            before = _EACH.search(text[sentence.start : one.span.start])
            behind = re.match(rf"[/／每]{re.escape(mine.unit)}(?![时瓦])", text[one.span.end :])
            if behind or (before and before["each"].startswith(mine.unit)):
                sums.append(one)
    if len(sums) != 1:
        return None
    return Worked("each", said, (sums[0].span.of(text),), (mine.value * sums[0].value,))


def _limit(text: str, said: str, mine: Quantity, stated: list[Quantity]) -> Worked | None:
    alike = [q for q in stated if q.unit == mine.unit]
    if len(alike) != 1 or alike[0].comparator == "=":
        return None
    limit = alike[0]
    meets = {
        "≥": mine.value >= limit.value,
        ">": mine.value > limit.value,
        "≤": mine.value <= limit.value,
        "<": mine.value < limit.value,
    }[limit.comparator]
    return Worked("limit", said, (limit.span.of(text),), meets=meets, cap=limit.comparator)
