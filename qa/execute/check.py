"""A figure that the question states, held against the one figure of the provision that it meets.

Either a condition (住了8年 against 满10年以上), or a figure that the question takes for the
document's own (是不是50万元 against 24万元).  Where two figures fit equally well, nothing is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from index.folding import fold_text
from ingest.schema import Span
from qa.execute.quantities import Quantity, pattern, quantities
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus
from qa.verify.claims import plain
from qa.verify.figures import figures
from qa.words import tables

_LOWER, _UPPER = ("ge", "gt"), ("le", "lt", "within")
_AMOUNT = re.compile("多少|几[^乎]")
_RUN = re.compile("[\u3400-\u9fff]{2,}")

SURE = 0.5
"""Share of the words beside a figure that the question must have to be corrected by it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the question says and what the provision says of the same thing.

    `meets` says whether the first is within the second; `forbids` that what is within it is
    forbidden; `premise` that the question takes its figure for the document's.  `said` is the
    figure as the question has it, or as it was computed from two of them (`computed`).
    """

    provision: Provision
    stated: Quantity
    said: str
    meets: bool
    forbids: bool = False
    premise: bool = False
    computed: tuple[str, ...] = ()


def check(plan: Plan, corpus: Corpus, provisions: Sequence[Provision]) -> Checked | None:
    """The verdict on a figure of the question by the first provision; None where unsure."""
    if not provisions or plan.english:
        return None
    own = [*given(plan), *_elapsed(plan)]
    if not own:
        return None
    best = provisions[0]
    text = corpus.text(best.key[0])
    stated = quantities(text, best.span)
    found = _premise(plan, own, best, stated, corpus, provisions)
    if found is not None:
        return found
    if not pattern("asks", "check").search(plan.text) or _AMOUNT.search(plan.text):
        return None
    return _condition(plan, own, best, text, stated) or _share(plan, own, best, stated)


def applicable(plan: Plan, corpus: Corpus, provisions: Sequence[Provision]) -> Sequence[Provision]:
    """Provisions without those whose one age the age that the question states does not reach."""
    ages = [q.value for q in given(plan) if q.measure == "岁" and not q.bound]
    if len(ages) != 1 or pattern("asks", "check").search(plan.text):
        return provisions
    kept = []
    for one in provisions:
        limits = [q for q in quantities(corpus.text(one.key[0]), one.span) if q.measure == "岁"]
        bounded = len(limits) == 1 and limits[0].high is None and bool(limits[0].bound)
        if not bounded or _within(ages[0], limits[0]):
            kept.append(one)
    return kept or provisions


def given(plan: Plan) -> list[Quantity]:
    """The quantities that a question states, each as typed; those of titles are none."""
    words = re.sub("《[^》]*》", lambda m: " " * len(m[0]), plan.question)
    return quantities(words, Span(0, len(words)))


def _elapsed(plan: Plan) -> list[Quantity]:
    """The days between two days that a question names, or the years between two months."""
    words = plain(re.sub("《[^》]*》", " ", plan.question))
    dates = [f.key[1:4] for f in figures(words) if f.key[0] == "date" and f.key[2]]
    if len(dates) != 2:
        return []
    (year, *first), (other, *last) = dates
    try:
        if all((*first, *last)):
            days = [
                date(int(y or 2001), int(m), int(d))
                for y, (m, d) in ((year or other, first), (other or year, last))
            ]
            value, measure = Decimal((days[1] - days[0]).days), "日"
        elif year and other:
            months = (int(other) - int(year)) * 12 + int(last[0]) - int(first[0])
            value, measure = Decimal(months) / 12, "年"
        else:
            return []
    except ValueError:
        return []
    count = value.quantize(Decimal("0.1")).normalize()
    shown = f"相隔{count:f}{'天' if measure == '日' else measure}"
    here = Span(0, 0)
    return [Quantity(value, measure, "", shown, "", here, here, here)] if value > 0 else []


def _condition(
    plan: Plan, own: Sequence[Quantity], best: Provision, text: str, stated: Sequence[Quantity]
) -> Checked | None:
    found = []
    for one in own:
        limits = [
            q
            for q in stated
            if q.measure == one.measure and not q.per and q.high is None
            and q.bound in (*_LOWER, *_UPPER)
        ]  # fmt: skip
        if (limit := fitting(plan.text, limits, one)) is not None:
            found.append((one, limit))
    if len(found) != 1:
        return None
    one, limit = found[0]
    meets = _within(one.value, limit)
    before = text[limit.piece.start : limit.span.start]
    forbids = pattern("reading", "forbids").search(before) is not None
    if forbids and not meets:
        return None
    computed = () if one.span else (one.printed,)
    return Checked(best, limit, one.printed, meets, forbids, computed=computed)


def _within(value: Decimal, limit: Quantity) -> bool:
    if limit.bound == "ge":
        return value >= limit.value
    if limit.bound == "gt":
        return value > limit.value
    return value < limit.value if limit.bound == "lt" else value <= limit.value


def _share(
    plan: Plan, own: Sequence[Quantity], best: Provision, stated: Sequence[Quantity]
) -> Checked | None:
    """Two counts of one thing as a percentage: 188 of 200 against 95%以上."""
    if len(own) != 2 or own[0].measure != own[1].measure or own[0].value == own[1].value:
        return None
    part, whole = sorted(own, key=lambda q: q.value)
    limits = [q for q in stated if q.measure == "%" and q.bound in _LOWER and not q.per]
    limit = fitting(plan.text, limits, None)
    if limit is None or not whole.value:
        return None
    share = (part.value / whole.value * 100).quantize(Decimal("0.1")).normalize()
    said = f"{format(share, 'f')}%"
    words = f"{part.printed}÷{whole.printed}＝{said}"
    return Checked(best, limit, words, _within(share, limit), computed=(said,))


def _premise(
    plan: Plan, own: Sequence[Quantity], best: Provision, stated: Sequence[Quantity],
    corpus: Corpus, provisions: Sequence[Provision],
) -> Checked | None:  # fmt: skip
    """A figure that the provisions do not have, where they have one other of the same thing."""
    if len(own) != 1 or not pattern("asks", "premise").search(plan.text):
        return None
    one = own[0]
    every = [q for p in provisions for q in quantities(corpus.text(p.key[0]), p.span)]
    if any(q.measure == one.measure and one.value in (q.value, q.high) for q in every):
        return None
    rivals = [q for q in stated if q.measure == one.measure and q.per == (one.per or q.per)]
    other = fitting(plan.text, [q for q in rivals if q.high is None], one, 2, SURE)
    if other is None or (other.bound in _UPPER and one.value < other.value):
        return None
    return Checked(best, other, one.printed, False, premise=True)


def fitting(
    question: str,
    stated: Sequence[Quantity],
    own: Quantity | None,
    pairs: int = 1,
    share: float = 0.0,
) -> Quantity | None:
    """The one quantity that is said of what the question is about; None where two may be.

    The question must have so many `pairs` of the characters beside it, and that `share` of them.
    """
    asked = fold_text(question)
    if own is not None:
        asked = asked.replace(fold_text(own.printed), " ")
    same = {(q.value, q.high, q.measure, q.per, q.bound): q for q in reversed(stated)}
    rivals = len(same) > 1
    scored = [(_shared(q, asked, rivals), q) for q in same.values()]
    scored = sorted(scored, key=lambda one: -one[0][0])
    if not scored or (not scored[0][0][0] and scored[0][1].measure != "岁"):
        return None
    if rivals and scored[1][0][0] >= scored[0][0][0]:
        return None
    (count, part), best = scored[0]
    enough = (count >= pairs and part >= share) or (pairs == 1 and best.measure == "岁")
    return best if enough else None


def _shared(one: Quantity, asked: str, rivals: bool) -> tuple[int, float]:
    """How many pairs of characters beside a figure the question has, and which share of them.

    Among rivals only the words count that tell it from them: its subject, or what stands right
    before it.
    """
    left, _, right = one.around.partition("|")
    if one.subject or rivals:
        left, right = one.subject or re.split("[,:、()]", left)[-1], ""
    pairs = _pairs(left) | _pairs(right)
    held = {p for p in pairs if p in asked}
    return len(held), len(held) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    generic = tables.generic_words()
    return {r[i : i + 2] for r in _RUN.findall(text) for i in range(len(r) - 1)} - generic
