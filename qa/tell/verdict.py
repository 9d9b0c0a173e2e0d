"""The first line that follows from figures: a condition that is met or not, an amount computed.

Nothing is said here that `qa.execute.check` or `qa.execute.combine` is not sure of; the whole
provision stands below in any case.
"""

import re
from collections.abc import Sequence

from ingest.schema import Clause, Span
from qa.draft import Quote, Statement
from qa.execute.check import Checked, check
from qa.execute.combine import Amount, amount, members, plain, printed, value_of
from qa.execute.compare import sides
from qa.execute.quantities import Quantity, pattern
from qa.execute.result import Comparison, Evidence, Provision, Result
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus
from qa.words.language import Script
from qa.words.wording import say

_MARK = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条|[(（]?[\d一二三四五六七八九十]+[)）.、]|且|并)"
)


def verdict(corpus: Corpus, plan: Plan, provisions: Sequence[Provision]) -> list[Statement]:
    """What the question's own figures come to by the first provision; nothing where unsure."""
    if (found := amount(plan, corpus, provisions)) is not None:
        return [_amount(found, plan.script)]
    if len(parts := sides(plan)) > 1 and provisions:
        return together(corpus, plan, [(part.standalone, provisions[0]) for part in parts])
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
    words = _MARK.sub("", re.sub(r"\s+", "", quote.of(text)).strip("，,。；;、"))
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
    """What the sides of a comparison come to."""
    told = [
        (side.name, side.found.provisions[0])
        for side in found.sides
        if isinstance(side.found, Evidence) and side.found.provisions
    ]
    if len(told) != len(found.sides):
        return []
    sure = all(isinstance(s.found, Evidence) and s.found.certain for s in found.sides)
    if not sure and not pattern("asks", "count").search(result.plan.text):
        return []
    if result.plan.select == "duty":
        return _responsible(told, result.plan.script)
    return together(corpus, result.plan, told)


def _responsible(told: Sequence[tuple[str, Provision]], script: Script) -> list[Statement]:
    """The units of every side, and those that all of them name."""
    units = [dict.fromkeys(fact.who for fact in one.duties) for _, one in told]
    if not all(units):
        return []
    listed = "；".join(f"{name}：{'、'.join(u)}" for (name, _), u in zip(told, units, strict=True))
    shared = [u for u in units[0] if all(u in some for some in units[1:])]
    words = say(script, "side_values", values=listed)
    if shared:
        words += say(script, "side_shared", units="、".join(shared))
    facts = [fact for _, one in told for fact in one.duties]
    quotes = tuple(dict.fromkeys(Quote((f.document_id, f.clause), f.group) for f in facts))
    return [Statement(words, quotes, asked=tuple(name for name, _ in told))]


def together(corpus: Corpus, plan: Plan, told: Sequence[tuple[str, Provision]]) -> list[Statement]:
    """The values of all sides, and which is higher, by how much, or their sum, if that is asked."""
    script = plan.script
    asked = tuple(name for name, _ in told)
    if pattern("asks", "count").search(plan.text):
        lists = [members(corpus, name, one) for name, one in told]
        if all(lists):
            return [_counted(told, lists, script)]
    values = [value_of(corpus, name, one) for name, one in told]
    if not any(pattern("asks", a).search(plan.text) for a in ("figure", "higher", "total")):
        return []
    known = [v for v in values if v is not None and v.high is None]
    alike = len({(v.measure, v.per) for v in known}) == 1
    places = {(one.key[0], v.span) for (_, one), v in zip(told, known, strict=False)}
    if not alike or len(known) != len(told) or len(places) != len(told):
        return []
    listed = "；".join(f"{name}：{v.printed}" for name, v in zip(asked, known, strict=True))
    quotes = tuple(_quote(one, v) for (_, one), v in zip(told, known, strict=True))
    unit = known[0].measure
    if pattern("asks", "total").search(plan.text):
        total = printed(sum((v.value for v in known[1:]), known[0].value), unit)
        words = say(script, "side_total", total=total, values=listed)
        return [Statement(words, quotes, computed=_numbers((total,)), asked=asked)]
    if len(known) != 2 or not pattern("asks", "higher").search(plan.text):
        return [Statement(say(script, "side_values", values=listed), quotes, asked=asked)]
    one, other = known
    if one.value == other.value:
        return [Statement(say(script, "side_equal", values=listed), quotes, asked=asked)]
    high = 0 if one.value > other.value else 1
    gap = abs(one.value - other.value)
    difference = f"{plain(gap)}个百分点" if unit == "%" else printed(gap, unit)
    words = say(script, "side_higher", high=asked[high], difference=difference, values=listed)
    return [Statement(words, quotes, computed=_numbers((difference,)), asked=asked)]


def _counted(
    told: Sequence[tuple[str, Provision]], lists: Sequence[Sequence[Clause]], script: Script
) -> Statement:
    """How many items of a list each side has, every one of them cited."""
    counts = [str(len(some)) for some in lists]
    listed = "；".join(f"{n}：{c}个" for (n, _), c in zip(told, counts, strict=True))
    quotes = tuple(Quote((c.document_id, c.ordinal), c.span) for some in lists for c in some)
    names = tuple(name for name, _ in told)
    words = say(script, "side_values", values=listed)
    return Statement(words, quotes, computed=tuple(counts), asked=names)
