"""The figure of each side of a comparison, joined to it by the words that lead up to it.

Figures that are compared mostly stand in one sentence (本科4万元、大专3万元), so the words between
the figure before and this one tell whose it is; behind 分别 the n-th figure belongs to the n-th
thing enumerated before.  All sides are joined at once: no figure belongs to two of them, and
figures of one kind, sentence and clause are preferred.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, product

from ingest.schema import Target
from qa.compose.context import Context
from qa.compose.figure_fit import best_without_figure, unit_fit
from qa.compose.sides import side_context
from qa.concepts import Topic, coverage, folded, topic
from qa.corpus import ClauseKey
from qa.sides import Comparison, Side

MIN_OWN, BESIDE = 0.45, 0.2
"""Least coverage of a side by the words that lead up to its figure, and where the figure of another
side stands in the same clause and is of the same kind."""
NEAR = 0.15
"""A figure whose words cover a side by so much less than the best one's do is not its figure."""
LAG = 0.25
"""A sentence without a figure that covers a side so much better has the matter without one."""
FAR, SENTENCE = 0.9, 0.8
"""What covering a side counts beyond the last comma, and anywhere in the sentence or heading."""
WHOLE, ASKED, LEADING = 0.5, 0.3, 0.5
"""Weight of how well sentence and heading cover the whole question, of how well the words around
the figure cover what is asked of all sides (的租房补贴), and of its own leading words."""
BOUND = 0.1
"""What a bound (不低于65%) is worth against a plain figure."""
SAME_UNIT, SAME_SENTENCE, SAME_CLAUSE = 0.3, 0.2, 0.1
"""What two figures are worth together that share these."""
NUMBER = 0.6
"""What it is worth that a number of the side leads up to its figure (80岁以上…4元)."""
CLAUSES, CANDIDATES = 20, 6
"""Clauses whose figures are looked at; figures of each side that are tried together."""

_STOP = re.compile("[，,；;。！？：:]")
_EACH = re.compile("分别|各")
_SEPARATOR = re.compile("、|以及|和|及|与")
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)([a-z%]+|[\u4e00-\u9fff]{1,2})?")


@dataclass(frozen=True, slots=True)
class SideFigure:
    """A figure that a side may mean: how well it fits, and what of the side's words is near it."""

    score: float
    own: float
    key: ClauseKey
    fact: Target


def side_figures(context: Context, compared: Comparison) -> list[SideFigure | None]:
    """The figure of each side, all different; None for a side that has none of its own."""
    rows: list[list[SideFigure | None]] = []
    for side in compared.sides:
        rows.append([*_candidates(context, compared, side)[:CANDIDATES], None])
    return list(max(product(*rows), key=_worth))


def _worth(chosen: Iterable[SideFigure | None]) -> tuple[float, ...]:
    """How good a choice is: no two alike, as many as can be, then what they are worth together."""
    found = [one for one in chosen if one is not None]
    firm = [one for one in found if one.own >= MIN_OWN]
    if any(not _beside(one, firm) for one in found if one.own < MIN_OWN):
        return (-1.0, 0.0, 0.0)
    alike = len(found) - len({(one.key, one.fact.span) for one in found})
    together = sum(one.score for one in found)
    for one, other in pairwise(found):
        together += SAME_UNIT * (one.fact.unit == other.fact.unit)
        together += SAME_CLAUSE * (one.key == other.key)
        same = one.key == other.key and one.fact.sentence == other.fact.sentence
        together += SAME_SENTENCE * same
    return (-alike, len(found), together)


def _beside(one: SideFigure, firm: Sequence[SideFigure]) -> bool:
    """Whether a figure stands in the clause of another side's and is counted alike."""
    return any(one.key == other.key and one.fact.unit == other.fact.unit for other in firm)


def _candidates(context: Context, compared: Comparison, side: Side) -> list[SideFigure]:
    """The figures that a side may mean, best first; one that it states itself stands alone."""
    corpus = context.corpus
    own = side_context(context, side, "target")
    wide = Side(compared.text, f"{compared.matter} {side.topic} {compared.topic}")
    whole = side_context(context, wide, "target")
    head, _, tail = side.topic.rpartition("的") if len(compared.sides) > 1 else ("", "", "")
    head = head if len(head) > 1 else side.topic
    words, asks = (
        topic(text or " ", corpus.frequencies, corpus.importance)
        for text in (head or own.asked.topic, f"{tail} {compared.topic}")
    )
    asked = replace(own, asked=replace(own.asked, text=f"{side.words} {compared.frame}"))
    keys = [own.asked.bound] if own.asked.bound is not None else []
    if not keys:
        ranked = [*own.ranking.clauses[:CLAUSES], *whole.ranking.clauses[:CLAUSES]]
        keys = list(dict.fromkeys(r.key for r in ranked))
    found = []
    for key in keys:
        for fact in corpus.targets.get(key, ()):
            near = _own(context, key, fact, side, words)
            leading = _leading(context, key, fact)
            text = folded(fact.sentence.of(context.text(key)) + context.clause(key).heading)
            score = near + WHOLE * coverage(whole.ranking.topic, text)
            score += ASKED * coverage(asks, folded(leading[0] + fact.subject))
            score += LEADING * coverage(words, folded(leading[2] or leading[0]))
            score += unit_fit(asked, fact) + BOUND * (fact.comparator != "=")
            found.append(SideFigure(score, near, key, fact))
    stated = [one for one in found if _states(side, one.fact)]
    if stated:
        return sorted(stated, key=_order)
    best = max((one.own for one in found), default=0.0)
    if best >= MIN_OWN and best_without_figure(own) > best + LAG:
        return []
    return sorted((one for one in found if one.own >= max(BESIDE, best - NEAR)), key=_order)


def _order(one: SideFigure) -> tuple[float, ClauseKey, int]:
    return (-one.score, one.key, one.fact.span.start)


def _own(context: Context, key: ClauseKey, fact: Target, side: Side, words: Topic) -> float:
    """How well the words that lead up to a figure cover a side, in [0, 1] or a bit above."""
    text = context.text(key)
    near, far, item = _leading(context, key, fact)
    sentence = fact.sentence.of(text) + context.clause(key).heading
    best = max(
        coverage(words, folded(near)),
        coverage(words, folded(fact.subject)),
        FAR * coverage(words, folded(far)),
        SENTENCE * coverage(words, folded(sentence)),
        coverage(words, folded(item)) if item else 0.0,
    )
    if item and coverage(words, folded(item)) < MIN_OWN:
        best *= SENTENCE  # another thing's figure
    numbers = re.findall(r"\d+(?:\.\d+)?", side.words)
    printed = re.findall(r"\d+(?:\.\d+)?", folded(far))
    return best + NUMBER * any(n in printed for n in numbers)


def _leading(context: Context, key: ClauseKey, fact: Target) -> tuple[str, str, str]:
    """The words before a figure: to the last stop, to the last figure of its kind, and the thing
    that it belongs to by its place behind 分别 ("" if there is none).
    """
    text = context.text(key)
    facts = [f for f in context.corpus.targets.get(key, ()) if f.sentence == fact.sentence]
    alike = [f for f in facts if f.unit == fact.unit]
    start = max(
        (f.span.end for f in alike if f.span.end <= fact.span.start), default=fact.sentence.start
    )
    far = text[start : fact.span.start]
    near = _STOP.split(far)[-1]
    return near, far, _in_turn(text, fact, alike)


def _in_turn(text: str, fact: Target, alike: Sequence[Target]) -> str:
    """The n-th of the things before 分别, for the n-th of the figures behind it."""
    row = [fact]
    for other in reversed([f for f in alike if f.span.end <= fact.span.start]):
        if not _SEPARATOR.fullmatch(text[other.span.end : row[0].span.start].strip()):
            break
        row.insert(0, other)
    place = len(row) - 1
    for other in (f for f in alike if f.span.start >= fact.span.end):
        if not _SEPARATOR.fullmatch(text[row[-1].span.end : other.span.start].strip()):
            break
        row.append(other)
    before = text[fact.sentence.start : row[0].span.start]
    if len(row) < 2 or not (each := list(_EACH.finditer(before))):
        return ""
    for piece in reversed(_STOP.split(before[: each[-1].start()])):
        items = _SEPARATOR.split(piece)
        if len(items) == len(row):
            return items[place]
    return ""


def _states(side: Side, fact: Target) -> bool:
    """Whether a side is a quantity and the figure is just that: 600Mbps."""
    return any(
        Decimal(said[1]) == fact.value and folded(fact.unit).startswith(said[2])
        for said in _QUANTITY.finditer(folded(side.words))
        if said[2]
    )
