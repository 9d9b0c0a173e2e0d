"""Whether a clause gives the kind of thing that a question expects: a number to call, an amount."""

import re

from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.evidence import Evidence
from qa.reading import Run

MOST_NAMES = 60
"""The largest number that is taken for how many names are asked for."""

_STOPS = re.compile("[,，;；。:：]")


def holds_expected(
    context: Context, key: ClauseKey, evidence: list[Evidence], run: Run | None = None
) -> bool:
    """Whether what was read or the best sentences give the kind of thing that is expected."""
    text = context.text(key)
    expected = context.asked.expects
    if expected is None:
        return True
    said = [folded(e.span.of(text)) for e in evidence[:2]]
    if run is not None and re.search(expected.holds, folded(run.span.of(text))):
        return True
    if expected.in_piece:
        pieces = [piece for sentence in said for piece in _STOPS.split(sentence)]
        said = [max(pieces, key=lambda piece: coverage(context.ranking.topic, piece))]
        if (wanted := _how_many(context)) and said[0].count("、") + 1 < wanted:
            return False  # 服务、资金、补贴等8项 does not name the eight
    return any(re.search(expected.holds, words) for words in said)


def _how_many(context: Context) -> int:
    """How many names the question asks for, where it says so; else 0."""
    numbers = [int(n) for n in context.asked.numbers if n.isdecimal()]
    return min(numbers, default=0) if numbers and max(numbers) <= MOST_NAMES else 0
