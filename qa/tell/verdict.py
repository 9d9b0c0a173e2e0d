"""The first line that follows from figures: a condition that is met or not, an amount computed.

Nothing is said here that `qa.execute.check` or `qa.execute.combine` is not sure of; the whole
provision stands below in any case.
"""

import re
from collections.abc import Sequence

from ingest.schema import Span
from qa.draft import Quote, Statement
from qa.execute.check import Checked, check
from qa.execute.combine import Amount, amount, plain, printed, value_of
from qa.execute.quantities import Quantity, pattern
from qa.execute.result import Comparison, Provision, Result
from qa.words.language import Script
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus
from qa.words.wording import say


def verdict(corpus: Corpus, plan: Plan, provisions: Sequence[Provision]) -> list[Statement]:
    """What the question's own figures come to by the first provision; nothing where unsure."""
    if (found := amount(plan, corpus, provisions)) is not None:
        return [_amount(found, plan.script)]
    if (held := check(plan, corpus, provisions)) is not None:
        return [_checked(corpus, held, plan.script)]
    return []


def _checked(corpus: Corpus, held: Checked, script: Script) -> Statement:
    text = corpus.text(held.provision.key[0])
    quote = Span(held.stated.piece.start, max(held.stated.piece.end, held.stated.span.end))
    if held.premise:
        phrase = "check_premise"
    elif held.forbids:
        phrase = "check_forbidden"
    elif held.meets:
        phrase = "check_meets"
    else:
        phrase = "check_fails" if held.stated.bound in ("ge", "gt") else "check_over"
    words = re.sub(r"\s+", "", quote.of(text)).strip("，,。；;、")
    statement = say(script, phrase, quote=words, said=held.said)
    place = _quote(held.provision, held.stated)
    return Statement(statement, (place,), computed=held.computed, asked=(held.said,))


def _amount(found: Amount, script: Script) -> Statement:
    if found.capped:
        phrase = "computed_capped"
    elif found.cap:
        phrase = "computed_cap"
    else:
        phrase = "computed_most" if found.upper else "computed"
    words = say(script, phrase, formula=found.formula, cap=found.cap)
    place = _quote(found.provision, found.rate)
    return Statement(words, (place,), computed=_numbers(found.computed), asked=found.asked)


def _quote(one: Provision, figure: Quantity) -> Quote:
    return Quote(one.key, one.span, (figure.span,))


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    """The numbers in computed words, as the verifier reads them."""
    return tuple(n for w in words for n in re.findall(r"\d+(?:\.\d+)?[万亿]*%?", w))


def compared(corpus: Corpus, result: Result, found: Comparison) -> list[Statement]:
    """The values of all sides, and which is higher, by how much, or their sum, if that is asked."""
    plan, script = result.plan, result.plan.script
    values = [value_of(corpus, side, found.sides) for side in found.sides]
    known = [v for v in values if v is not None]
    alike = {(v.measure, v.per) for v in known}
    if len(known) != len(found.sides) or len(alike) != 1 or any(v.high is not None for v in known):
        return []
    listed = "；".join(
        f"{side.name}：{v.printed}" for side, v in zip(found.sides, known, strict=True)
    )
    quotes = tuple(
        _quote(side.found.provisions[0], v)  # type: ignore[union-attr]
        for side, v in zip(found.sides, known, strict=True)
    )
    asked = tuple(side.name for side in found.sides)
    unit = known[0].measure
    if pattern("asks", "total").search(plan.text):
        total = printed(sum((v.value for v in known[1:]), known[0].value), unit)
        words = say(script, "side_total", total=total, values=listed)
        return [Statement(words, quotes, computed=_numbers((total,)), asked=asked)]
    if len(known) == 2 and pattern("asks", "higher").search(plan.text) and not any(v.bound for v in known):
        one, other = known
        if one.value == other.value:
            return [Statement(say(script, "side_equal", values=listed), quotes, asked=asked)]
        high = 0 if one.value > other.value else 1
        gap = abs(one.value - other.value)
        difference = f"{plain(gap)}个百分点" if unit == "%" else printed(gap, unit)
        words = say(script, "side_higher", high=asked[high], difference=difference, values=listed)
        return [Statement(words, quotes, computed=_numbers((difference,)), asked=asked)]
    return [Statement(say(script, "side_values", values=listed), quotes, asked=asked)]
