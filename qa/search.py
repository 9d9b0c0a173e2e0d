"""Passages for a question from every arm, and their one fused order: the facade of retrieval.

What is measured and what others build on is this interface; how the arms are fused is
`qa.ranking`'s concern.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.backend import Hit, PassageKey, SearchBackend
from index.encoder import Encoder, encode_queries
from index.folding import fold_text
from index.reranker import TOP, Reranker
from qa.concepts import Topic, topic
from qa.corpus import Corpus
from qa.question import checked
from qa.ranking import rank
from qa.reranking import reranked_hits


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

    def __init__(
        self,
        index: SearchBackend,
        encoder: Encoder,
        reranker: Reranker | None = None,
        rerank_top: int = TOP,
    ) -> None:
        self.corpus = Corpus(index, encoder)
        self._index = index
        self._encoder = encoder
        self._reranker = reranker
        self._rerank_top = rerank_top

    def search(self, question: str, k: int) -> Found:
        """The best `k` passages at most of each order; `QuestionError` if it can't be taken."""
        plain = fold_text(checked(question))
        asked = topic(plain, self.corpus.frequencies, self.corpus.importance)
        vector = encode_queries(self._encoder, [plain])[0]
        lexical = self._index.search_lexical(plain, k)
        dense = self._index.search_dense(vector, k) if vector.any() else []
        # Reranked before it is cut to k: the best of many is what a reranker is for.
        fused = self._fused(asked, lexical, max(k, self._rerank_top) if self._reranker else k)
        ordered = reranked_hits(plain, fused, self.corpus, self._reranker, self._rerank_top)
        return Found(ordered[:k], {"lexical": lexical, "dense": dense})

    def _fused(self, asked: Topic, lexical: list[Hit], k: int) -> list[Hit]:
        """The best passage of every ranked clause, then what else the lexical arm found."""
        ranked = rank(asked, self.corpus, self._encoder).clauses
        best = [clause.passages[0].passage for clause in ranked]
        keys = [PassageKey(passage.document_id, passage.ordinal) for passage in best]
        every = dict.fromkeys([*keys, *(hit.key for hit in lexical)])
        return [Hit(key, 1 / place) for place, key in enumerate(list(every)[:k], start=1)]
