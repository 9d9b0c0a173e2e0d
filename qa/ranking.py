"""Clauses for a topic, best first: lexical, dense and equivalent-word arms in one score.

A weak arm must not hurt a strong one.  So the arms are gated: where the question's own words are
found in a clause they decide; only as the wording gets further from the corpus do meaning
(dense) and equivalents (thesaurus) take over.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from index.backend import Hit, PassageKey, SearchBackend, StoredPassage
from index.encoder import Encoder
from qa.concepts import Topic, coverage, folded
from qa.corpus import ClauseKey, Corpus

POOL = 60
"""Passages taken from each arm."""

GATE_OPEN, GATE_WIDTH = 0.75, 0.5
"""The gate is shut at this coverage and wide open `GATE_WIDTH` below it."""

CLAUSE_SHARE = 0.92
"""What covering a topic over a whole clause counts, against covering it in one passage."""

BM25_SHARE = 0.25
"""Weight of BM25 (scaled to its best hit) beside coverage."""

HEADING_SHARE = 0.8
"""What a topic in the heading adds, in parts of `BM25_SHARE`."""


@dataclass(frozen=True, slots=True)
class RankedClause:
    """A clause with its score and the parts of it, all in [0, 1], higher is better."""

    key: ClauseKey
    score: float
    coverage: float
    similarity: float
    passages: tuple[StoredPassage, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Clauses, best first, and how far the wording is from the corpus (gate 0 near … 1 far)."""

    topic: Topic
    clauses: tuple[RankedClause, ...]
    gate: float

    @property
    def best(self) -> RankedClause | None:
        """The first clause, if any was found."""
        return self.clauses[0] if self.clauses else None


def rank(
    topic: Topic,
    corpus: Corpus,
    encoder: Encoder,
    documents: Collection[str] | None = None,
    extra: Sequence[PassageKey] = (),
) -> Ranking:
    """Rank the clauses of `documents` (None: all) for a topic."""
    backend = corpus.backend
    vector = encoder.encode([topic.text])[0]
    lexical = _lexical(topic, backend, documents)
    dense = backend.search_dense(vector, POOL, documents=documents) if vector.any() else []
    keys = list(dict.fromkeys([*lexical, *(h.key for h in dense), *extra]))
    if not keys:
        return Ranking(topic, (), 1.0)
    stored = corpus.passages(keys)
    similarity = _similarities(stored, vector, corpus, dense)
    best_bm25 = max(lexical.values(), default=1.0) or 1.0
    by_clause: dict[ClauseKey, list[StoredPassage]] = {}
    for passage in stored:
        by_clause.setdefault((passage.passage.document_id, passage.passage.clause), []).append(
            passage
        )
    parts = []
    for key, members in by_clause.items():
        heading = folded(corpus.clause(key).heading)
        texts = [folded(p.text) for p in members]
        covered = max(
            *(coverage(topic, heading + t) for t in texts),
            CLAUSE_SHARE * coverage(topic, heading + "".join(texts)),
        )
        near = max(similarity[_key(p)] for p in members)
        bm25 = max(lexical.get(_key(p), 0.0) for p in members) / best_bm25
        titled = coverage(topic, heading) if heading else 0.0
        parts.append((key, covered, near, bm25 + HEADING_SHARE * titled, tuple(members)))
    gate = min(1.0, max(0.0, (GATE_OPEN - max(p[1] for p in parts)) / GATE_WIDTH))
    ranked = [
        RankedClause(
            key,
            (1 - 0.5 * gate) * ((1 - BM25_SHARE) * covered + BM25_SHARE * bm25)
            + (0.2 + 0.5 * gate) * max(near, 0.0),
            covered,
            near,
            members,
        )
        for key, covered, near, bm25, members in parts
    ]
    ranked.sort(key=lambda r: (-r.score, r.key))
    return Ranking(topic, tuple(ranked), gate)


def _key(stored: StoredPassage) -> PassageKey:
    return PassageKey(stored.passage.document_id, stored.passage.ordinal)


def _lexical(
    topic: Topic, backend: SearchBackend, documents: Collection[str] | None
) -> dict[PassageKey, float]:
    found: dict[PassageKey, float] = {}
    for query, share in ((topic.text, 1.0), (topic.expansion, 0.6)):
        if query:
            for hit in backend.search_lexical(query, POOL, documents=documents):
                found[hit.key] = max(found.get(hit.key, 0.0), share * hit.score)
    return found


def _similarities(
    stored: Sequence[StoredPassage], vector: np.ndarray, corpus: Corpus, dense: Sequence[Hit]
) -> dict[PassageKey, float]:
    """Cosine of the topic with every passage and with its best sentence, in equal parts.

    A passage's vector blurs what a single sentence says; a sentence's vector misses what stands
    around it.  Passages that the dense arm did not return count by their sentence alone.
    """
    known = {hit.key: hit.score for hit in dense}
    found = {}
    for passage in stored:
        vectors = corpus.sentence_vectors(_key(passage), passage)
        best = float((vectors @ vector).max()) if len(vectors) else 0.0
        found[_key(passage)] = (known.get(_key(passage), best) + best) / 2
    return found
