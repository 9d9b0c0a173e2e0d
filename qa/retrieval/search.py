"""Passages for a question from every arm, and their one fused order: the facade of retrieval.

What is measured and what others build on is this interface; how the arms are fused is
`qa.retrieval.fusion`'s concern.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.backend import Hit, PassageKey, SearchBackend
from index.encoder import Encoder
from index.folding import fold_text
from index.reranker import TOP, Reranker
from qa.question.checked import checked
from qa.retrieval.candidates import DENSE, LEXICAL, Depth, candidates
from qa.retrieval.concepts import topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import NAMES, Matrix
from qa.retrieval.fusion import shipped
from qa.retrieval.reranking import reranked_hits


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, best first, none twice in one list: the fused order, and that of each arm.

    Scores of an arm are its own (BM25, cosine, late interaction).  Scores of `fused` are those of
    `qa.retrieval.fusion`; what the arms brought beyond the passages that it looked at comes after
    them, with scores that say no more than the place.
    """

    fused: list[Hit]
    arms: Mapping[str, list[Hit]]


class Searcher:
    """Searches one generation of an index; make a new one when the index changes."""

    arms: tuple[str, ...] = ("lexical", "dense", "soft")
    """The names of the arms, the keys of `Found.arms`; soft orders what the others brought."""

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
        depth = Depth(max(k, LEXICAL), max(k, DENSE))
        found = candidates(
            plain, asked, self._index, self._encoder, self.corpus.frequencies, depth=depth
        )
        if found is None:
            return Found([], {arm: [] for arm in self.arms})
        keys = found.found.keys
        fused = _ordered(keys, shipped().scores(found.features))
        scored = {hit.key for hit in fused}
        last = fused[-1].score
        rest = dict.fromkeys(
            hit.key for arm in found.arms.values() for hit in arm if hit.key not in scored
        )
        fused += [Hit(key, last - place) for place, key in enumerate(rest, start=1)]
        # Reranked before it is cut to k: the best of many is what a reranker is for.
        ordered = reranked_hits(plain, fused, self.corpus, self._reranker, self._rerank_top)
        soft = _ordered(keys, found.features[:, NAMES.index("soft")])
        arms = {"lexical": found.arms["lexical"], "dense": found.arms["dense"], "soft": soft}
        return Found(ordered[:k], {arm: hits[:k] for arm, hits in arms.items()})


def _ordered(keys: Sequence[PassageKey], scores: Matrix) -> list[Hit]:
    """The passages by score, ties by key."""
    hits = [Hit(key, score) for key, score in zip(keys, scores.tolist(), strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))
