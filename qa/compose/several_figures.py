"""Two or more figures of one clause, asked for in one breath: 要多少项,占比有啥要求?

Each piece of the question gets the figure that fits it best.  Where all of them stand in one
sentence, nothing is to be told apart, and `figure_answers.one_figure` shows the sentence.
"""

import re
from dataclasses import replace

from ingest.schema import Target
from qa.compose.context import Context
from qa.compose.figure_answers import listed_figures
from qa.compose.figure_fit import ASKS_FIGURE, asking_pieces, figure_segment, unit_fit
from qa.concepts import Topic, coverage, folded, topic
from qa.corpus import ClauseKey
from qa.draft import Draft

_MONEY = re.compile("多少钱|补|奖|封顶|出多少|拿多少|资金|交多少|缴|收费|贷|租金")
_HIGHEST = re.compile("封顶|上限|最[高多长]")
_SHARE = re.compile("几成|百分|比例|占比|比重|率")
_LENGTH = re.compile("多久|多长|期限|最长|几年|几个?月|几天")
LEAST = 0.25
"""Least fit of a figure to the piece of the question that asks for it."""


def compose_several_figures(context: Context) -> Draft | None:
    """A figure of the best clause for each piece that asks for one; None unless two are found."""
    asked = context.asked
    if asked.intent not in ("target", "describe", "list") or asked.units or asked.further:
        return None
    pieces = asking_pieces(asked.text)
    best = context.ranking.best
    key = asked.bound or (best.key if best is not None and context.found(best) else None)
    if len(pieces) < 2 or key is None:
        return None
    facts = context.corpus.targets.get(key, [])
    chosen: list[Target] = []
    for piece in pieces:
        rows = [
            (_fit(context, key, fact, piece), -i)
            for i, fact in enumerate(facts)
            if fact not in chosen
        ]
        score, place = max(rows, default=(0.0, 0))
        if score < LEAST:
            return None
        chosen.append(facts[-place])
    spans = {figure_segment(context, key, fact) for fact in chosen}
    if len(spans) < 2:
        return None
    return listed_figures(context, [(key, fact) for fact in chosen], context.name(key))


def _fit(context: Context, key: ClauseKey, fact: Target, piece: str) -> float:
    """How well a figure is what a piece of the question asks for."""
    own = folded(figure_segment(context, key, fact).of(context.text(key)))
    words = _words(context, ASKS_FIGURE.sub(" ", piece))
    said = coverage(words, own) if words.concepts else 0.0
    part = replace(context, asked=replace(context.asked, text=piece))
    unit = folded(fact.unit)
    fit = unit_fit(part, fact)
    if _HIGHEST.search(piece):
        fit += 0.2 if fact.comparator in ("≤", "<") else -0.1
    if _MONEY.search(piece) and not _SHARE.search(piece):
        fit = max(fit, 0.25) if unit.endswith("元") else min(fit, 0.0)
    elif _LENGTH.search(piece):
        fit = max(fit, 0.25) if unit.endswith(("年", "月", "天", "日", "时")) else -0.15
    return said + fit


def _words(context: Context, text: str) -> Topic:
    return topic(text.strip(), context.corpus.frequencies, context.corpus.importance)
