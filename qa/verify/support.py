"""Lexical support: how much of what a sentence says stands in the places that it cites.

A sentence of a language model is taken apart into content words (connecting words of
`data/force.toml` say nothing of their own).  A word weighs by its inverse document frequency in the
corpus, and is supported by the share of its characters that lie in a bigram of the cited text; so
an inflected or re-joined word counts in part, and a seam between two words counts not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.tokens import dictionary_words
from ingest.patterns import pattern
from qa.words import tables

MIN_SENTENCE, MIN_PIECE, MAX_GAP = 0.70, 0.50, 3
"""Least support of a sentence, least support of any of its pieces between stops, and most
characters in a row that nothing supports.

Source: `python -m eval.support_calibration` over the 561 answers of 12 characters or more to the
public questions about 599 notices of 2020 (support alone, without the other checks of
`qa.verify.entailment`).  Withheld though true: none, neither as printed nor with pieces dropped,
turned round and common words exchanged.  Passed though false: 2.2% beside another sentence of the
same document, 1.6% beside another document's (numbers and addresses alone, which others check),
1.2% with a strange piece behind a true one.  Of people's free paraphrases of short questions 44%
would be withheld, and 31% of pairs that mean different things would pass: support alone tells no
near miss, which is why figures, bodies and force are checked by themselves.
"""

MIN_PIECE_LENGTH = 4
"""Characters of content from which a piece between stops must be supported by itself."""

SINGLE = 0.5
"""Weight of a character that no word of the dictionary takes, against a word."""

_STOPS = pattern("[,;。!?:、\n“”\"'()《》]")
_ASCII = pattern("[a-z0-9]")
_RUN = pattern("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Support:
    """Shares in [0, 1], higher is better, of sentence and weakest piece; the longest gap."""

    sentence: float
    piece: float
    gap: int

    @property
    def enough(self) -> bool:
        """Whether a sentence may be shown."""
        return self.sentence >= MIN_SENTENCE and self.piece >= MIN_PIECE and self.gap <= MAX_GAP


@cache
def _connecting() -> frozenset[str]:
    return frozenset(tables.toml("force.toml")["connecting"].split())


def content_words(said: str) -> list[str]:
    """The Chinese content words of a folded text, in order.

    >>> content_words("根据文件,区内将建设护学路22条。")
    ['区内', '建设', '护', '学', '路', '条']
    """
    return [word for piece in _STOPS.split(said) for run in _runs(piece) for word in run]


def support(said: str, shown: str, weights: Mapping[str, float]) -> Support:
    """The support of folded `said` by folded `shown`; `weights` are those of `content_words`.

    >>> support("护学路建设22条。", "在学校周边建设护学路22条。", {})
    Support(sentence=1.0, piece=1.0, gap=0)
    """
    total = got = 0.0
    weakest, longest = 1.0, 0
    for piece in _STOPS.split(said):
        piece_total = piece_got = 0.0
        length = 0
        for run in _runs(piece):
            covered = _covered("".join(run), shown)
            longest = max(longest, _gap(covered))
            place = 0
            for word in run:
                share = sum(covered[place : place + len(word)]) / len(word)
                weight = weights.get(word, 1.0) * (1.0 if len(word) > 1 else SINGLE)
                piece_total += weight
                piece_got += weight * share
                place += len(word)
            length += place
        if length >= MIN_PIECE_LENGTH and piece_total:
            weakest = min(weakest, piece_got / piece_total)
        total += piece_total
        got += piece_got
    if not total:  # an address or a number alone, which others check; or nothing at all
        return Support(float(_ASCII.search(said) is not None), weakest, longest)
    return Support(got / total, weakest, longest)


def _runs(piece: str) -> list[list[str]]:
    """Runs of content words that no connecting word, number or Latin word parts."""
    found: list[list[str]] = []
    for run in _RUN.finditer(piece):
        found.append([])
        for word in dictionary_words(run[0]):
            if word in _connecting():
                found.append([])
            else:
                found[-1].append(word)
    return [run for run in found if run]


def _covered(run: str, shown: str) -> list[bool]:
    """For each character whether it lies in a bigram of the text; one alone: whether it occurs."""
    if len(run) == 1:
        return [run in shown]
    covered = [False] * len(run)
    for place in range(len(run) - 1):
        if run[place : place + 2] in shown:
            covered[place] = covered[place + 1] = True
    return covered


def _gap(covered: Sequence[bool]) -> int:
    longest = here = 0
    for one in covered:
        here = 0 if one else here + 1
        longest = max(longest, here)
    return longest
