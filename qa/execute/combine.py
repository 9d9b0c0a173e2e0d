"""Amounts that follow from one rate of a provision and a figure of the question, with the formula.

10万元 × 60% = 6万元, 500千瓦 × 0.2元/瓦 = 10万元, 3200元/月 × 36个月 = 115200元.  Computed only
where one rate fits the question's words, and its sentence has no further conditions of figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.folding import fold_text
from ingest.schema import Clause
from qa.execute.check import fitting, given
from qa.execute.quantities import Quantity, pattern, quantities
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus

_MONTHS = {"月": Decimal(1), "年": Decimal(12)}
PAIRS = 2
"""Pairs of characters beside a percentage that the question must have."""
_BASES = ("元", "", "瓦", "千瓦时", "平方米", "亩", "吨")
LISTED, SHORT = 5, 60
"""Items from which a list of short ones is counted, and code points of its longest."""
_UPPER = ("le", "lt", "within")


@dataclass(frozen=True, slots=True)
class Amount:
    """A computed amount: `formula` as it is shown, its result, and the cap that holds it down.

    `asked` are figures of the question, `computed` those that no text prints; `upper` says that
    the rate is a maximum; `capped` that the cap is less than what the formula gives.
    """

    provision: Provision
    formula: str
    rate: Quantity
    asked: tuple[str, ...]
    computed: tuple[str, ...]
    upper: bool = False
    cap: str = ""
    capped: bool = False


def amount(plan: Plan, corpus: Corpus, provisions: Sequence[Provision]) -> Amount | None:
    """The amount that the provisions give for the question's own figure; None where unsure."""
    if not provisions or plan.english or not pattern("asks", "amount").search(plan.text):
        return None
    own = given(plan)
    if any(q.measure in ("%", "倍") for q in own) or pattern("asks", "premise").search(plan.text):
        return None  # the question states the rate itself
    unsure, pays = pattern("reading", "unsure"), pattern("reading", "pays")
    stated = {
        q: one
        for one in provisions
        for text in [corpus.text(one.key[0])]
        if pays.search(one.span.of(text))
        for q in quantities(text, one.span)
        if not unsure.search(q.sentence.of(text))
    }
    return _by_rate(plan, own, stated, provisions[0]) or _by_month(plan, own, stated)


def unresolved(plan: Plan) -> bool:
    """Whether a question asks what its own figures come to."""
    if plan.english or not pattern("asks", "amount").search(plan.text):
        return False
    return any(q.measure in _BASES for q in given(plan))


def _by_rate(
    plan: Plan, own: Sequence[Quantity], stated: Mapping[Quantity, Provision], first: Provision
) -> Amount | None:
    """A percentage or a multiple of a sum of money or a number of people, or a price per unit."""
    found = [
        (rate, one)
        for rate in stated
        if rate.bound not in ("ge", "gt") and (rate.measure == "元" or stated[rate] is first)
        for one in own
        if not one.per and one.high is None and _applies(rate, one)
    ]
    bases = list(dict.fromkeys(one for _, one in found))
    if len(bases) != 1:
        return None
    base = bases[0]
    rates = [rate for rate, _ in found]
    rate = fitting(plan.text, rates, base, PAIRS if rates[0].measure != "元" else 1)
    if rate is None:
        return None
    share = Decimal(100) if rate.measure == "%" else Decimal(1)
    unit = "元" if rate.measure == "元" else base.measure or "元"
    ends = [base.value * end / share for end in (rate.value, rate.high) if end is not None]
    shown = [printed(end, unit) for end in ends]
    said = base.printed if base.measure else f"{base.printed}元"
    caps = _caps(rate, stated) if unit == "元" and len(ends) == 1 else []
    if len(caps) > 1:
        return None
    cap = caps[0] if caps else None
    return Amount(
        stated[rate], f"{said}×{rate.printed}＝{'—'.join(shown)}", rate, (said, base.printed),
        tuple(shown), rate.bound in _UPPER, cap.printed if cap else "",
        cap is not None and cap.value < ends[0],
    )  # fmt: skip


def _applies(rate: Quantity, base: Quantity) -> bool:
    if rate.measure == "元":
        return bool(rate.per) and rate.per == base.measure and base.measure not in _MONTHS
    return rate.measure in ("%", "倍") and base.measure in ("元", "", "人")


def _by_month(
    plan: Plan, own: Sequence[Quantity], stated: Mapping[Quantity, Provision]
) -> Amount | None:
    """What is paid by the month over the months that the question or else the provision names."""
    if not pattern("asks", "total").search(plan.text):
        return None
    monthly = [q for q in stated if q.measure == "元" and q.per in _MONTHS and q.high is None]
    rate = fitting(plan.text, monthly, None)
    if rate is None:
        return None
    spans = [q for q in own if q.measure in _MONTHS and not q.per] or [
        q
        for q, one in stated.items()
        if q.measure in _MONTHS and not q.per and q.bound in _UPPER and one == stated[rate]
    ]
    if len(spans) != 1:
        return None
    months = spans[0].value * _MONTHS[spans[0].measure]
    count = months if rate.per == "月" else months / 12
    if count != count.to_integral_value():
        return None
    times = f"{plain(count)}{'个月' if rate.per == '月' else '年'}"
    total = printed(rate.value * count, "元")
    price = rate.printed if "/" in rate.printed else f"每{rate.per}{rate.printed}"
    asked = tuple(q.printed for q in spans if q in own)
    return Amount(stated[rate], f"{price}×{times}＝{total}", rate, asked, (times, total))


def _caps(rate: Quantity, stated: Mapping[Quantity, Provision]) -> list[Quantity]:
    """The ceilings in the sentence of a rate, else those of its provision."""
    caps = [
        q
        for q, one in stated.items()
        if one == stated[rate] and q.measure == "元" and not q.per and q.bound == "le"
        and q.span.start > rate.span.start
    ]  # fmt: skip
    return [q for q in caps if q.sentence == rate.sentence] or caps


def printed(value: Decimal, unit: str) -> str:
    """A value with its unit, sums of money in 万 and 亿 where they are round.

    >>> printed(Decimal(60000), "元"), printed(Decimal(115200), "元"), printed(Decimal(1234), "元")
    ('6万元', '11.52万元', '1234元')
    """
    if unit == "元":
        for size, name in ((10**8, "亿元"), (10**4, "万元")):
            if value >= size and value % (size // 100) == 0:
                return f"{plain(value / size)}{name}"
    return f"{plain(value)}{unit}"


def plain(value: Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    return format(value.normalize(), "f")


def value_of(corpus: Corpus, name: str, one: Provision) -> Quantity | None:
    """The one quantity that a provision gives for what is called so."""
    stated = quantities(corpus.text(one.key[0]), one.span)
    return stated[0] if len(stated) == 1 else fitting(name, stated, None)


def members(corpus: Corpus, name: str, one: Provision) -> list[Clause]:
    """The items of the list that a provision is an item of, as far as they say a name."""
    clause = corpus.clause(one.key)
    if clause.parent is None:
        return []
    text = corpus.text(one.key[0])
    beside = corpus.children((one.key[0], clause.parent))
    if len(beside) < LISTED or any(len(c.span) > SHORT for c in beside):
        return []
    return [c for c in beside if name in fold_text(c.span.of(text))]
