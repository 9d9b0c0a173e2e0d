"""Passages for a question from every arm, and their one fused order: the facade of retrieval.

What is measured and what others build on is this interface; how the arms are fused is
`qa.ranking`'s concern.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.backend import Hit, PassageKey, SearchBackend
from index.encoder import Encoder
from index.folding import fold_text
from qa.concepts import Topic, topic
from qa.corpus import Corpus
from qa.question import checked
from qa.ranking import rank


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, best first, none twice in one list: the fused order, and that of each arm.

    Scores of an arm are its own (BM25, cosine).  A score of `fused` is 1 / place, in (0, 1], and
    says no more than the place.
    """

    fused: list[Hit]
    arms: Mapping[str, list[Hit]]


class Searcher:
    """Searches one generation of an index; make a new one when the index changes."""

    arms: tuple[str, ...] = ("lexical", "dense")
    """The names of the arms, the keys of `Found.arms`."""

    def __init__(self, index: SearchBackend, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._corpus = Corpus(index, encoder)

    def search(self, question: str, k: int) -> Found:
        """The best `k` passages at most of each order; `QuestionError` if it can't be taken."""
        plain = fold_text(checked(question))
        asked = topic(plain, self._corpus.frequencies, self._corpus.importance)
        vector = self._encoder.encode([plain])[0]
        lexical = self._index.search_lexical(plain, k)
        dense = self._index.search_dense(vector, k) if vector.any() else []
        return Found(self._fused(asked, lexical, k), {"lexical": lexical, "dense": dense})

    def _fused(self, asked: Topic, lexical: list[Hit], k: int) -> list[Hit]:
        """The best passage of every ranked clause, then what else the lexical arm found."""
        ranked = rank(asked, self._corpus, self._encoder).clauses
        best = [clause.passages[0].passage for clause in ranked]
        keys = [PassageKey(passage.document_id, passage.ordinal) for passage in best]
        every = dict.fromkeys([*keys, *(hit.key for hit in lexical)])
        return [Hit(key, 1 / place) for place, key in enumerate(list(every)[:k], start=1)]
