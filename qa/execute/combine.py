"""Amounts that follow from one rate of a provision and a figure of the question, with the formula.

10万元 × 60% = 6万元, 500千瓦 × 0.2元/瓦 = 10万元, 3200元/月 × 36个月 = 115200元.  Computed only where one rate
fits the question's words, and the provision does not make its use depend on anything further.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.execute.check import fitting, given
from qa.execute.quantities import Quantity, pattern, quantities
from qa.execute.result import Evidence, Provision, Side
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus

_MONTHS = {"月": Decimal(1), "年": Decimal(12)}
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
    """The amount that the first provision gives for the question's own figure; None where unsure."""
    if not provisions or plan.english or not pattern("asks", "amount").search(plan.text):
        return None
    best = provisions[0]
    text = corpus.text(best.key[0])
    stated = quantities(text, best.span)
    own = given(plan)
    unsure = pattern("reading", "unsure")
    pays = pattern("reading", "pays")
    stated = [
        q
        for q in stated
        if not unsure.search(q.sentence.of(text)) and pays.search(q.sentence.of(text))
    ]
    return _by_rate(plan, own, best, text, stated) or _by_month(plan, own, best, text, stated)


def _by_rate(
    plan: Plan, own: Sequence[Quantity], best: Provision, text: str, stated: Sequence[Quantity]
) -> Amount | None:
    """A percentage or a multiple of a sum of money or a number of people, or a price per unit."""
    rates = [
        q
        for q in stated
        if q.bound not in ("ge", "gt") and (q.measure in ("%", "倍") or q.measure == "元" and q.per)
    ]
    found = []
    for rate in rates:
        for one in own:
            if rate.measure == "元":
                fits = rate.per == one.measure and one.measure not in ("", "月", "年")
            else:
                fits = one.measure in ("元", "", "人")
            if fits and not one.per and one.high is None:
                found.append((rate, one))
    bases = list(dict.fromkeys(one for _, one in found))
    if len(bases) != 1:
        return None
    base = bases[0]
    rate_ = fitting(plan.text, [rate for rate, _ in found], base)
    if rate_ is None:
        return None
    share = Decimal(100) if rate_.measure == "%" else Decimal(1)
    unit = "元" if rate_.measure == "元" else base.measure or "元"
    low = base.value * rate_.value / share
    high = base.value * rate_.high / share if rate_.high is not None else None
    shown = printed(low, unit) if high is None else f"{printed(low, unit)}—{printed(high, unit)}"
    said = base.printed if base.measure else f"{base.printed}元"
    cap = _cap(text, rate_, stated) if unit == "元" and high is None else None
    return Amount(
        best, f"{said}×{rate_.printed}＝{shown}", rate_, (said, base.printed),
        tuple(printed(v, unit) for v in (low, high) if v is not None),
        rate_.bound in _UPPER, cap.printed if cap else "", cap is not None and cap.value < low,
    )  # fmt: skip


def _by_month(
    plan: Plan, own: Sequence[Quantity], best: Provision, text: str, stated: Sequence[Quantity]
) -> Amount | None:
    """What is paid by the month over the months that the question or else the provision names."""
    if not pattern("asks", "total").search(plan.text):
        return None
    monthly = [q for q in stated if q.measure == "元" and q.per in ("月", "年") and q.high is None]
    rate = fitting(plan.text, monthly, None)
    spans = [q for q in own if q.measure in _MONTHS and not q.per] or [
        q for q in stated if q.measure in _MONTHS and not q.per and q.bound in _UPPER
    ]
    if rate is None or len(spans) != 1:
        return None
    months = spans[0].value * _MONTHS[spans[0].measure]
    count = months if rate.per == "月" else months / 12
    if count != count.to_integral_value():
        return None
    times = f"{plain(count)}{'个月' if rate.per == '月' else '年'}"
    total = printed(rate.value * count, "元")
    price = rate.printed if "/" in rate.printed else f"每{rate.per}{rate.printed}"
    asked = tuple(q.printed for q in spans if q in own)
    return Amount(best, f"{price}×{times}＝{total}", rate, asked, (times, plain(count), total))


def _cap(text: str, rate: Quantity, stated: Sequence[Quantity]) -> Quantity | None:
    """The ceiling in the sentence of a rate, where it has one."""
    caps = [
        q
        for q in stated
        if q.sentence == rate.sentence and q.measure == "元" and not q.per and q.bound == "le"
        and q.span.start > rate.span.start
    ]  # fmt: skip
    return caps[0] if len(caps) == 1 else None


def printed(value: Decimal, unit: str) -> str:
    """A value with its unit, sums of money in 万 and 亿 where they are round.

    >>> printed(Decimal(60000), "元"), printed(Decimal(115200), "元"), printed(Decimal(100), "人")
    ('6万元', '115200元', '100人')
    """
    if unit == "元":
        for size, name in ((10**8, "亿元"), (10**4, "万元")):
            if value >= size and value % (size // 100) == 0:
                return f"{plain(value / size)}{name}"
    return f"{plain(value)}{unit}"


def plain(value: Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    return format(value.normalize(), "f")


def value_of(corpus: Corpus, side: Side, others: Sequence[Side]) -> Quantity | None:
    """The one quantity that the provision of a side gives for it."""
    found = side.found
    if not isinstance(found, Evidence) or not found.provisions:
        return None
    one = found.provisions[0]
    stated = quantities(corpus.text(one.key[0]), one.span)
    return stated[0] if len(stated) == 1 else fitting(side.name, stated, None)
