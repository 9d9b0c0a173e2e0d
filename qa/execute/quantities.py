"""Quantities of a question and of a provision as values in one measure, so that they compare.

500千瓦 is 500000 瓦, 两年 is 2 年, 2%以上4%以下 is one range, 0.2元/瓦 and 每平方米补贴15元 are
rates.  Numbers are those of `qa.verify.figures`, units stand in `qa/words/data/measures.toml`.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise

from index.folding import fold
from ingest.respective import respective
from ingest.schema import Span
from ingest.sentences import sentences
from qa.verify.figures import Figure, figures
from qa.words import tables

TABLE = "measures.toml"

_BETWEEN = re.compile("(?:以上)?(?:[-—－~～至到]+|并处)?")
_BEHIND = re.compile(r"\([^()]{1,12}\)(?:及)?以([上下内])")
_NAMES = re.compile("行动|计划|规划|滚动")
_PER = re.compile("每(?:个)?")
_PIECE = re.compile("[,:]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of `measure`s, in its place.

    `high` is the upper end of a range.  `bound` is ge, gt, le, lt, within, …, `per` the measure
    that it is a rate of; `printed` how it stands, unit and all; `around` the words beside it in its
    sentence, `piece` its words between commas, `subject` what 分别 gives it to, all folded.
    """

    value: Decimal
    measure: str
    bound: str
    printed: str
    around: str
    piece: Span
    span: Span
    sentence: Span
    high: Decimal | None = None
    per: str = ""
    subject: str = ""


@cache
def _units() -> tuple[re.Pattern[str], dict[str, tuple[str, Decimal]]]:
    table = tables.toml(TABLE)["units"]
    units = {
        name: (measure, Decimal(factor))
        for measure, names in table.items()
        for name, factor in names.items()
    }
    ordered = sorted(units, key=len, reverse=True)
    forms = (re.escape(u) + ("(?![a-z])" if u[-1].isascii() and u != "%" else "") for u in ordered)
    return re.compile("|".join(forms)), units


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of the table."""
    return re.compile(tables.toml(TABLE)[section][name])


def quantities(text: str, span: Span) -> list[Quantity]:
    """The quantities of a stretch of text in their order; dates and ordinals are none."""
    return [one for sentence in sentences(text, span) for one in _of_sentence(text, sentence)]


def _of_sentence(text: str, sentence: Span) -> list[Quantity]:
    folded = fold(sentence.of(text))
    kept = [i for i, c in enumerate(folded.text) if not c.isspace()]
    plain = "".join(folded.text[i] for i in kept)

    def original(start: int, end: int) -> Span:
        own = folded.to_original(kept[start], kept[end - 1] + 1)
        return Span(sentence.start + own.start, sentence.start + own.end)

    found: list[tuple[Quantity, int, int]] = []
    numbers = [f for f in figures(plain) if f.key[0] == "number"]
    shared = respective(plain, Span(0, len(plain)), [Span(*f.span) for f in numbers])
    least = 0
    for place, figure in enumerate(numbers):
        unit = _unit(plain, figure)
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if (
            unit is None
            and following
            and _BETWEEN.fullmatch(plain[figure.span[1] : following.span[0]])
        ):
            unit = _unit(plain, following)  # 10—50%
            unit = (unit[0], unit[1], figure.span[1]) if unit else None
        value = _number(figure.key[1])
        if value is None or unit is None:
            continue
        measure, factor, end = unit
        start = figure.span[0]
        bound = _bound(plain, start, end, figure.key[3])
        if plain[start] == "一" and value == 1 and not bound and measure != "倍":
            continue  # 一次性, 一年下来
        per, end = _rate(plain, least, start, end)
        edges = [least, *(m.end() for m in _PIECE.finditer(plain, least, start)), start]
        stop = re.search("[,:;]", plain[end:])
        piece = original(edges[-2], end + stop.start() if stop else len(plain))
        one = Quantity(
            value * factor, measure, bound,
            original(start, end).of(text), figure.around, piece, original(start, end), sentence,
            per=per, subject=shared[place].of(plain) if place in shared else "",
        )  # fmt: skip
        found.append((one, start, end))
        least = end
    return _ranges(text, plain, found)


def _unit(plain: str, figure: Figure) -> tuple[str, Decimal, int] | None:
    """The measure behind a number, its factor and where it ends; a percentage carries its own."""
    names, units = _units()
    if figure.key[2] == "%":
        return "%", Decimal(1), figure.span[1]
    match = names.match(plain, figure.span[1])
    if match is not None and _NAMES.match(plain, match.end()):
        return None  # 三年行动计划 is a name
    if match is None:
        return ("", Decimal(1), figure.span[1]) if plain[figure.span[1] - 1] in "万亿" else None
    return *units[match[0]], match.end()


def _rate(plain: str, least: int, start: int, end: int) -> tuple[str, int]:
    """What a quantity is a rate of, by what stands behind it (元/瓦) or before it (每平方米)."""
    names, units = _units()
    if plain[end : end + 1] in ("/", "每") and (unit := names.match(plain, end + 1)):
        return units[unit[0]][0], unit.end()
    if plain[end : end + 1] == "/" and plain[end + 1 : end + 2] in ("月", "年", "日", "天"):
        return plain[end + 1], end + 2
    per = ""
    for match in _PER.finditer(plain, least, start):
        if plain[match.end()] in "月":
            per = "月"
        elif unit := names.match(plain, match.end()):
            per = units[unit[0]][0]
    return per, end


def _bound(plain: str, start: int, end: int, bound: str) -> str:
    if bound:
        return bound
    if behind := _BEHIND.match(plain, end):
        return "ge" if behind[1] == "上" else "le"
    before = plain[max(0, start - 20) : start]
    if pattern("reading", "minimum").search(before):
        return "ge"
    return "le" if pattern("reading", "only").search(before) else ""


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _ranges(text: str, plain: str, found: list[tuple[Quantity, int, int]]) -> list[Quantity]:
    """Two quantities that are the ends of one range as one."""
    result: list[Quantity] = []
    skip = False
    for (one, _, end), (other, start, _) in pairwise([*found, *found[-1:]]):
        if skip:
            skip = False
            continue
        between = plain[end:start] if start > end else "?"
        ends = (one.bound == "ge" and other.bound == "le") or one.bound == other.bound == ""
        if one.measure == other.measure and ends and between and _BETWEEN.fullmatch(between):
            span = Span(one.span.start, other.span.end)
            if one.bound == "ge":  # 2%以上4%以下
                span = Span(span.start, min(span.end + 2, one.sentence.end))
            whole = replace(
                one,
                    high=other.value,
                    bound="",
                    span=span,
                    printed=span.of(text),
                    per=one.per or other.per,
                    around=one.around + other.around,
            )  # fmt: skip
            result.append(whole)
            skip = True
        else:
            result.append(one)
    return result
