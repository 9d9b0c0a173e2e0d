"""The concepts of a topic and how well a text covers them.

A concept is a word of the question with everything that official texts may say for it.  Its weight
is the inverse document frequency of the word in this corpus; a text covers it fully with the word
itself and partly with an official equivalent.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from index.folding import fold_text
from index.tokens import bigrams, words
from qa.words import tables

EQUIVALENT = 0.75
"""Coverage by an official equivalent of a lay word; fitted by eye on development questions."""

PAIRS_ABOVE, PAIRS_BELOW = 0.5, 0.3
"""Weight of bigrams where they see more than the words do, and where they see less: in a question
far from the corpus' wording hardly any bigram can be found."""

NUMBER_SHARE = 0.3
"""Weight of a bare number against a word: what is counted makes the topic, not how many."""

MAX_LAY = 8
"""Longest lay phrase of the thesaurus, in code points."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the topic, its equivalents (both folded), and its weight (idf, nats)."""

    word: str
    equivalents: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic taken apart for matching; `pairs` are its character bigrams with their weights."""

    text: str
    concepts: tuple[Concept, ...]
    pairs: Mapping[str, float]

    @property
    def expansion(self) -> str:
        """All equivalents in one string, for a second lexical search."""
        return " ".join(dict.fromkeys(e for c in self.concepts for e in c.equivalents))


Frequencies = Callable[[Sequence[str]], tuple[Sequence[int], int]]
"""Terms in → in how many passages each occurs, and how many passages there are."""


Importance = Callable[[Sequence[str]], Sequence[float]]
"""Words in → how much each says in general, in [0, 1]."""


def topic(text: str, frequencies: Frequencies, importance: Importance) -> Topic:
    """Take a folded topic apart.

    A word weighs by how rare it is in this corpus and by how much it says in general, because a
    word that no document has (我妈, 每次) may be anything from the heart of the matter to a filler.
    """
    lay = _lay_phrases(text)
    rest = text
    for phrase in lay:
        rest = rest.replace(phrase, " ")
    generic = tables.generic_words()
    plain = [w for w in dict.fromkeys(words(rest)) if w not in generic]
    pairs = list(dict.fromkeys(bigrams(text)))
    terms = list(dict.fromkeys([*lay, *plain, *pairs]))
    rare = rarity(terms, frequencies)
    weight = {
        term: (NUMBER_SHARE if term.isdecimal() else 1.0) * said * rare[term]
        for term, said in zip(terms, importance(terms), strict=True)
    }
    concepts = [Concept(p, lay[p], weight[p]) for p in lay] + [
        Concept(w, tables.lay_terms().get(w, ()), weight[w]) for w in plain
    ]
    return Topic(text, tuple(concepts), {p: weight[p] for p in pairs})


def rarity(terms: Sequence[str], frequencies: Frequencies) -> dict[str, float]:
    """The inverse document frequency of each term, in nats: Lucene's, which is never negative."""
    counts, total = frequencies(terms)
    return {
        term: log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in zip(terms, counts, strict=True)
    }


def coverage(topic: Topic, text: str) -> float:
    """Share of the topic's weight that folded `text` covers, in [0, 1], higher is better.

    Mostly the share of words (with equivalents), partly that of character bigrams, which see
    what segmentation missed; a bigram is no witness where an equivalent stands for its word.
    """
    got = 0.0
    credited: set[str] = set()
    for concept in topic.concepts:
        if _stands(concept.word, text):
            got += concept.weight
        elif any(e in text for e in concept.equivalents):
            got += EQUIVALENT * concept.weight
            credited.update(bigrams(concept.word))
    pairs = {p: w for p, w in topic.pairs.items() if p not in credited}
    all_pairs = sum(pairs.values())
    all_words = sum(c.weight for c in topic.concepts)
    by_pair = sum(w for p, w in pairs.items() if p in text) / all_pairs if all_pairs else None
    by_word = got / all_words if all_words else None
    if by_word is None or by_pair is None:
        return by_word if by_word is not None else by_pair or 0.0
    share = PAIRS_ABOVE if by_pair > by_word else PAIRS_BELOW
    return (1 - share) * by_word + share * by_pair


def covered(topic: Topic, text: str) -> frozenset[str]:
    """The words of a topic that folded `text` has, itself or by an equivalent."""
    return frozenset(
        concept.word
        for concept in topic.concepts
        if _stands(concept.word, text) or any(e in text for e in concept.equivalents)
    )


def _stands(word: str, text: str) -> bool:
    """Whether a text has a word; Latin words and numbers only whole (10 is not in 100)."""
    if not word.isascii() or word not in text:
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def _lay_phrases(text: str) -> dict[str, tuple[str, ...]]:
    """The thesaurus' lay phrases in `text`, longest first, none inside another."""
    table = tables.lay_terms()
    found: dict[str, tuple[str, ...]] = {}
    start = 0
    while start < len(text):
        for length in range(min(MAX_LAY, len(text) - start), 1, -1):
            piece = text[start : start + length]
            if piece in table:
                found[piece] = table[piece]
                start += length
                break
        else:
            start += 1
    return found


def folded(text: str) -> str:
    """Folded text without white space, for `coverage`."""
    return fold_text(text).replace(" ", "")
