"""Why this file exists: one retrieval figure per encoder, on real notices and real questions.

The pool is bench/ncpp: questions that people asked of government notices. A notice is cut into
passages of whole sentences; its score is the best cosine among them. The questions' ids part
them into two halves, so that choices can be made on one and reported on the other.

    python -m index.training.evaluate --data <folder> [--model <folder or hub name>]
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rjieba

from index.encoder import Encoder, load_encoder
from index.training.corpus import read_rows
from index.training.sentences import split_sentences

Scores = npt.NDArray[np.float32]

PASSAGE_CHARACTERS = 160
K1, B = 1.2, 0.75
"""Okapi BM25's usual constants (Lucene's variant of the IDF, which is never negative)."""

FUSION_WEIGHT = 1.0
"""What a cosine counts beside a BM25 score divided by the question's best; not tuned."""


@dataclass(frozen=True)
class Pool:
    """documents: ids. owners: (passages,) index of each passage's document."""

    documents: list[str]
    passages: list[str]
    owners: npt.NDArray[np.int64]
    questions: list[str]
    relevant: list[frozenset[int]]
    odd_id: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """Shares in 0..1, higher is better; `mrr` is the mean reciprocal rank within the first 10."""

    questions: int
    hit1: float
    hit3: float
    mrr: float

    def __str__(self) -> str:
        return (
            f"hit@1 {self.hit1:.3f}  hit@3 {self.hit3:.3f}  MRR@10 {self.mrr:.3f}"
            f"  ({self.questions} questions)"
        )


def cut_passages(text: str, characters: int = PASSAGE_CHARACTERS) -> list[str]:
    """Whole sentences, joined until `characters` would be passed.

    >>> cut_passages("甲乙丙。丁戊。己。", 7)
    ['甲乙丙。丁戊。', '己。']
    """
    passages: list[str] = []
    for sentence in split_sentences(text):
        if passages and len(passages[-1]) + len(sentence) <= characters:
            passages[-1] += sentence
        else:
            passages.append(sentence)
    return passages


def read_pool(data: Path) -> Pool:
    """The notices as passages and the questions with the notices that answer them."""
    documents = list(read_rows(data / "bench/ncpp/documents.jsonl"))
    questions = list(read_rows(data / "bench/ncpp/questions.jsonl"))
    cut = [cut_passages(row["text"]) for row in documents]
    place = {row["id"]: position for position, row in enumerate(documents)}
    return Pool(
        [row["id"] for row in documents],
        [passage for passages in cut for passage in passages],
        np.repeat(np.arange(len(cut)), [len(passages) for passages in cut]),
        [row["question"] for row in questions],
        [frozenset(place[d] for d in row["documents"]) for row in questions],
        np.array([int(row["id"][-1], 16) % 2 == 1 for row in questions]),
    )


def best_passages(scores: Scores, owners: npt.NDArray[np.int64]) -> Scores:
    """(questions, passages) → (questions, documents), the maximum of each document's passages."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    best: Scores = np.maximum.reduceat(scores, starts, axis=1)
    return best


def dense_scores(encoder: Encoder, pool: Pool) -> Scores:
    """(questions, documents) float32 cosines."""
    passages = encoder.encode(pool.passages)
    return best_passages(encoder.encode(pool.questions) @ passages.T, pool.owners)


def bm25_scores(pool: Pool) -> Scores:
    """(questions, documents) BM25 over jieba's search-mode words, the best passage counting."""
    passages = [Counter(rjieba.cut_for_search(text.lower())) for text in pool.passages]
    lengths = np.array([words.total() for words in passages], dtype=np.float32)
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = {}
    for position, words in enumerate(passages):
        for word, count in words.items():
            postings.setdefault(word, []).append((position, count))
    scores = np.zeros((len(pool.questions), len(passages)), dtype=np.float32)
    for row, question in enumerate(pool.questions):
        for word in rjieba.cut_for_search(question.lower()):
            found = postings.get(word, [])
            idf = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
            for position, count in found:
                scores[row, position] += idf * count * (K1 + 1) / (count + norm[position])
    return best_passages(scores, pool.owners)


def fused_scores(lexical: Scores, dense: Scores) -> Scores:
    """(questions, documents): BM25 as a share of the question's best, plus the cosine.

    >>> fused_scores(np.array([[4.0, 2.0]]), np.array([[0.1, 0.9]])).tolist()
    [[1.1, 1.4]]
    """
    best = lexical.max(axis=1, keepdims=True)
    fused: Scores = lexical / np.where(best > 0, best, 1) + FUSION_WEIGHT * dense
    return fused


def measure(scores: Scores, relevant: Sequence[frozenset[int]]) -> Figures:
    """Rank the documents of each question; ties go to the earlier document.

    >>> measure(np.array([[0.1, 0.9], [0.8, 0.2]]), [frozenset({1}), frozenset({1})])
    Figures(questions=2, hit1=0.5, hit3=1.0, mrr=0.75)
    """
    ranks = []
    for row, right in zip(scores, relevant, strict=True):
        order = np.argsort(-row, kind="stable")
        ranks.append(1 + next(i for i, document in enumerate(order) if document in right))
    rank = np.array(ranks)
    return Figures(
        len(rank),
        float((rank == 1).mean()),
        float((rank <= 3).mean()),
        float(np.where(rank <= 10, 1 / rank, 0).mean()),
    )


def measure_halves(scores: Scores, pool: Pool) -> dict[str, Figures]:
    """Figures of all questions and of the two halves that the last digit of the id makes."""
    rows = {
        "all": np.ones_like(pool.odd_id),
        "even ids": ~pool.odd_id,
        "odd ids": pool.odd_id,
    }
    return {
        name: measure(scores[mask], [pool.relevant[i] for i in np.flatnonzero(mask)])
        for name, mask in rows.items()
    }


def main() -> None:
    """Print the figures of BM25, of one encoder and of both together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder above bench/")
    parser.add_argument("--model", default=None, help="the shipped default when absent")
    arguments = parser.parse_args()
    pool = read_pool(arguments.data)
    encoder = load_encoder(arguments.model)
    lexical, dense = bm25_scores(pool), dense_scores(encoder, pool)
    for name, scores in (
        ("BM25", lexical),
        (encoder.fingerprint, dense),
        ("both", fused_scores(lexical, dense)),
    ):
        for half, figures in measure_halves(scores, pool).items():
            print(f"{name:28} {half:14} {figures}")


if __name__ == "__main__":
    main()
