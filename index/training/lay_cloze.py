"""Why this file exists: the thesaurus turned into training questions, by the tens of thousands.

Where an official text prints a term that the thesaurus has everyday words for, the words around
it, with the term replaced by an everyday one, ask for the sentence: an inverse cloze that teaches
what lay and official words have to do with each other.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.training.corpus import Document, Pair
from index.training.sources import read_table

PER_TERM = 60
"""Most sentences that one official term is taken from, so that none rules the rest."""
MOST = 150_000
MIN_SENTENCE, MAX_SENTENCE = 12, 120
AROUND = 8
"""Most code points kept on either side of the replaced term."""
ALONE = 0.3
"""Share of questions that are the everyday words alone."""
TWO_TERMS = 0.25
"""Share of questions of a sentence with several terms that say a second one, too."""
WITH_NEIGHBOURS = 0.5
"""Share of passages that keep the sentences beside theirs."""

_STOPS = "，、；。：（） "


@dataclass(frozen=True)
class Group:
    """One row of the thesaurus: words that people say, and terms that official texts print."""

    field: str
    lay: tuple[str, ...]
    official: tuple[str, ...]


def read_thesaurus(path: Path) -> list[Group]:
    """The rows `field, lay|lay…, official|official…` of the thesaurus."""
    return [
        Group(field, tuple(lay.split("|")), tuple(official.split("|")))
        for field, lay, official in read_table(path, 3)
    ]


def thesaurus_pairs(groups: Iterable[Group]) -> list[Pair]:
    """Each everyday word asks for the official terms of its group.

    >>> thesaurus_pairs([Group("jobs", ("被裁了",), ("失业", "解除劳动合同"))])
    [Pair(query='被裁了', passage='失业，解除劳动合同', answer='')]
    """
    return [Pair(word, "，".join(group.official)) for group in groups for word in group.lay]


def cloze_pairs(
    documents: Sequence[Document], groups: Iterable[Group], seed: int, most: int = MOST
) -> list[Pair]:
    """Questions in everyday words, each with the official sentence that it asks for."""
    rng = random.Random(seed)  # noqa: S311 - chooses training data, guards nothing
    said: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for term in group.official:
            if len(term) > 1:
                said[term] += group.lay
    if not said:
        return []
    by_start: dict[str, list[str]] = defaultdict(list)
    for term in sorted(said, key=lambda t: (-len(t), t)):
        by_start[term[:2]].append(term)
    used: Counter[str] = Counter()
    found: list[Pair] = []
    for document in rng.sample(documents, len(documents)):
        for place, sentence in enumerate(document):
            if not MIN_SENTENCE <= len(sentence) <= MAX_SENTENCE:
                continue
            terms = [(t, at) for t, at in _terms(sentence, by_start) if used[t] < PER_TERM]
            if not terms:
                continue
            term, at = rng.choice(terms)
            used[term] += 1
            query = rng.choice(said[term])
            if rng.random() >= ALONE:
                query = _around(sentence, at, at + len(term), query)
            if len(terms) > 1 and rng.random() < TWO_TERMS:
                query += " " + rng.choice(said[rng.choice(terms)[0]])
            near = document[max(0, place - 1) : place + 2]
            passage = "".join(near) if rng.random() < WITH_NEIGHBOURS else sentence
            found.append(Pair(query, passage))
        if len(found) >= most:
            break
    return found


def _terms(sentence: str, by_start: Mapping[str, Sequence[str]]) -> list[tuple[str, int]]:
    """The terms in a sentence with their places, longest first at each, none inside another.

    Looked up by their first two characters: one regular expression of thousands of alternatives
    takes minutes.
    """
    found, place = [], 0
    while place < len(sentence) - 1:
        candidates = by_start.get(sentence[place : place + 2], ())
        term = next((t for t in candidates if sentence.startswith(t, place)), None)
        if term is not None:
            found.append((term, place))
        place += len(term) if term is not None else 1
    return found


def _around(sentence: str, start: int, end: int, word: str) -> str:
    """The words beside a term up to a comma or AROUND code points, with `word` in its place.

    >>> _around("依法领取失业保险金的人员，可以", 4, 9, "下岗的钱")
    '依法领取下岗的钱的人员'
    """
    left = max(start - AROUND, *(sentence.rfind(c, 0, start) + 1 for c in _STOPS))
    right = min(end + AROUND, len(sentence))
    right = min([right, *(at for c in _STOPS if (at := sentence.find(c, end)) >= 0)])
    return sentence[left:start] + word + sentence[end:right]
