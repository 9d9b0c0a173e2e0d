"""Clauses and passages in a cross-encoder's order, where a reranker is set.

The order becomes the reranker's; the scores stay those of the fusion, handed out anew from the
best on.  What composes an answer compares them with each other and with thresholds, and a
cross-encoder's scores are on no scale that it knows.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.backend import Hit, StoredPassage
from index.reranker import TOP, Reranker, rerank
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking


def reranked_clauses(
    question: str, ranking: Ranking, reranker: Reranker | None, top: int = TOP
) -> Ranking:
    """The ranking with its first `top` clauses in the reranker's order."""
    if reranker is None:
        return ranking
    clauses = ranking.clauses
    head = [(one, _read(one.passages)) for one in clauses[:top]]
    ordered = [*rerank(question, head, reranker, top), *clauses[top:]]
    scored = [replace(one, score=at.score) for one, at in zip(ordered, clauses, strict=True)]
    return replace(ranking, clauses=tuple(scored))


def reranked_hits(
    question: str, hits: Sequence[Hit], corpus: Corpus, reranker: Reranker | None, top: int = TOP
) -> list[Hit]:
    """The hits with their first `top` in the reranker's order; each place keeps its score."""
    if reranker is None:
        return list(hits)
    keys = [hit.key for hit in hits]
    texts = [_read([stored]) for stored in corpus.passages(keys[:top])]
    head = list(zip(keys[:top], texts, strict=True))
    ordered = [*rerank(question, head, reranker, top), *keys[top:]]
    return [Hit(key, hit.score) for key, hit in zip(ordered, hits, strict=True)]


def _read(passages: Sequence[StoredPassage]) -> str:
    """What a reranker reads: the headings, then the words of the passages."""
    heading = passages[0].passage.context if passages else ""
    return "\n".join(filter(None, [heading, *(stored.text for stored in passages)]))
