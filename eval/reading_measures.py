"""The measures of one answer against the span that answers its question.

- rouge_l: ROUGE-L (Lin 2004), F1 over characters without white space: twice the longest common
  subsequence by the lengths of both texts together.  In [0, 1], higher is better.
- contains: whether the quoted places, taken together, cover the gold span, or one quotation says
  its words; white space and punctuation at the ends do not matter.
- ratio: length of the quoted text by that of the gold span, in characters without white space.
"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from ingest.characters import CLOSERS, OPENERS, without_spaces
from ingest.schema import Span

_EDGES = re.escape(" \t\n\u00a0\u3000，,、。.；;：:！!？?" + OPENERS + CLOSERS)
_EDGE = re.compile(f"^[{_EDGES}]+|[{_EDGES}]+$")


def rouge_l(answer: str, gold: str) -> float:
    """ROUGE-L F1 over characters; 0 where either text is empty.

    >>> rouge_l("免征进口关税", "免征 关税"), rouge_l("关税", "免征"), rouge_l("", "免征")
    (0.8, 0.0, 0.0)
    """
    one, other = without_spaces(answer), without_spaces(gold)
    if not one or not other:
        return 0.0
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other))


def contains(quotes: Sequence[str], places: Sequence[Span], gold: str, span: Span) -> bool:
    """Whether `places`, those quoted of the gold span's document, cover it, or a quote says it.

    >>> contains(["免征关税。"], [], " 免征关税", Span(9, 14))
    True
    >>> contains(["甲", "乙"], [Span(0, 3), Span(3, 6)], "甲乙", Span(2, 4))
    True
    """
    bare = _EDGE.sub("", gold)
    wanted = without_spaces(bare)
    if any(wanted in without_spaces(quote) for quote in quotes):
        return True
    start = span.start + gold.find(bare)
    rest = set(range(start, start + len(bare)))
    for place in places:
        rest -= set(range(place.start, place.end))
    return all(not wanted_char.strip() for wanted_char in (gold[i - span.start] for i in rest))


def ratio(answer: str, gold: str) -> float:
    """Length of the answer by that of the gold span.

    >>> ratio("免征 进口关税", "免征关税")
    1.5
    """
    return len(without_spaces(answer)) / len(without_spaces(gold))
