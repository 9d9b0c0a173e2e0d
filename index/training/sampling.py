"""Why this file exists: batches of (query, passage) bags for contrastive training.

Two kinds. Inverse cloze (Lee, Chang and Toutanova 2019, "Latent Retrieval for Weakly Supervised
Open Domain Question Answering"): a span of a piece asks for the rest of it. Supervised: a
question, a title or a paraphrase asks for its passage. A batch holds one domain only, so that
the negatives are of the same kind as the positive and topic alone does not give it away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training.corpus import Pair
from index.training.pieces import MAX_PIECE_WORDS, Ids, Offsets, Pieces, encode_texts

REMOVED_SHARE = 0.8
"""How often the span is taken out of its piece; otherwise matching words may help."""
SENTENCE_SHARE = 0.35
MIN_SPAN, MAX_SPAN = 3, 11
MAX_SENTENCE = 30
MAX_QUERY_WORDS = 60
MIN_PAIR_WORDS = 2
MAX_PASSAGE_WORDS = 160
"""Longest passage of a written question; they are single articles and sentences."""


@dataclass(frozen=True)
class Bags:
    """Texts as flat word ids: ids (words,) int32, offsets (texts + 1,) int64."""

    ids: Ids
    offsets: Offsets


@dataclass(frozen=True)
class Batch:
    """Row i of `queries` belongs to row i of `passages` and to no other."""

    queries: Bags
    passages: Bags


def gather(ids: Ids, starts: Offsets, lengths: Offsets) -> Bags:
    """Copy ids[start : start + length] of each row.

    >>> gather(np.arange(9, dtype=np.int32), np.array([5, 0]), np.array([2, 1]))
    Bags(ids=array([5, 6, 0], dtype=int32), offsets=array([0, 2, 3]))
    """
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    return Bags(ids[np.repeat(starts, lengths) + within], offsets)


class ClozeSampler:
    """Inverse cloze batches of one domain."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """`size` different pieces (fewer when the domain is smaller), a span asking for each."""
        pieces, bounds = self._pieces, self._pieces.bounds
        rows = rng.choice(len(pieces), min(size, len(pieces)), replace=False, shuffle=False)
        starts, ends = bounds[rows], np.minimum(bounds[rows + 1], bounds[rows] + MAX_PIECE_WORDS)
        span_start, span_end = self._spans(rows, starts, ends, rng)
        passages = gather(pieces.ids, starts, ends - starts)
        where = np.arange(len(passages.ids)) - np.repeat(passages.offsets[:-1], ends - starts)
        low = np.repeat(span_start - starts, ends - starts)
        high = np.repeat(span_end - starts, ends - starts)
        removed = np.repeat(rng.random(len(rows)) < REMOVED_SHARE, ends - starts)
        keep = ~(removed & (where >= low) & (where < high))
        kept = np.add.reduceat(keep, passages.offsets[:-1], dtype=np.int64)
        return Batch(
            gather(pieces.ids, span_start, span_end - span_start),
            Bags(passages.ids[keep], np.concatenate([[0], np.cumsum(kept)])),
        )

    def _spans(
        self, rows: Offsets, starts: Offsets, ends: Offsets, rng: np.random.Generator
    ) -> tuple[Offsets, Offsets]:
        """Half-open positions of the query: a whole sentence or a few words, never the piece."""
        length = np.minimum(rng.integers(MIN_SPAN, MAX_SPAN + 1, len(rows)), (ends - starts) // 2)
        start = starts + (rng.random(len(rows)) * (ends - starts - length + 1)).astype(np.int64)
        first, last = self._pieces.pieces[rows], self._pieces.pieces[rows + 1]
        sentence = first + (rng.random(len(rows)) * (last - first)).astype(np.int64)
        sentence_start = self._pieces.sentences[sentence]
        sentence_end = np.minimum(self._pieces.sentences[sentence + 1], ends)
        sentence_end = np.minimum(sentence_end, sentence_start + MAX_SENTENCE)
        whole = (
            (rng.random(len(rows)) < SENTENCE_SHARE)
            & (last - first > 1)
            & (sentence_end - sentence_start >= MIN_SPAN)
        )
        return np.where(whole, sentence_start, start), np.where(whole, sentence_end, start + length)


class PairSampler:
    """Supervised batches of one domain; a long passage is cut around its answer."""

    def __init__(self, tokenizer: Tokenizer, pairs: list[Pair]) -> None:
        texts = [text for pair in pairs for text in (pair.query, pair.passage)]
        self._ids, bounds = encode_texts(tokenizer, texts)
        words = np.diff(bounds).reshape(-1, 2)
        before = [pair.passage[: max(pair.passage.find(pair.answer), 0)] for pair in pairs]
        answers = np.diff(encode_texts(tokenizer, before)[1])
        index = np.flatnonzero((words >= MIN_PAIR_WORDS).all(axis=1))
        self._query, self._query_end = bounds[2 * index], bounds[2 * index + 1]
        self._passage, self._passage_end = bounds[2 * index + 1], bounds[2 * index + 2]
        self._answer = answers[index]
        self._answered = np.array([bool(pairs[i].answer) for i in index])

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """`size` different pairs, each passage a window of at most MAX_PIECE_WORDS words."""
        rows = rng.choice(len(self._query), min(size, len(self._query)), replace=False)
        query = np.minimum(self._query_end[rows] - self._query[rows], MAX_QUERY_WORDS)
        length = self._passage_end[rows] - self._passage[rows]
        taken = np.minimum(length, rng.integers(MAX_PIECE_WORDS // 3, MAX_PIECE_WORDS + 1))
        anywhere = rng.random(len(rows)) * (length - taken + 1)
        around = self._answer[rows] - rng.random(len(rows)) * taken
        start = np.where(self._answered[rows], around, anywhere).astype(np.int64)
        start = self._passage[rows] + np.clip(start, 0, length - taken)
        return Batch(gather(self._ids, self._query[rows], query), gather(self._ids, start, taken))


class QuestionSampler:
    """Supervised batches in which no passage stands twice, however many questions it has.

    Two questions of one passage in a batch would be each other's wrong answers.
    """

    def __init__(self, tokenizer: Tokenizer, pairs: list[Pair]) -> None:
        asked: dict[str, list[str]] = {}
        for pair in pairs:
            asked.setdefault(pair.passage, []).append(pair.query)
        queries = [query for some in asked.values() for query in some]
        self._ids, self._bounds = encode_texts(tokenizer, queries)
        self._passage_ids, self._passage_bounds = encode_texts(tokenizer, asked)
        sizes = [len(some) for some in asked.values()]
        self._first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)

    def draw(self, size: int, rng: np.random.Generator) -> Batch:
        """`size` different passages (fewer when there are fewer), each with one question of it."""
        rows = rng.choice(len(self._first) - 1, min(size, len(self._first) - 1), replace=False)
        first, last = self._first[rows], self._first[rows + 1]
        query = first + (rng.random(len(rows)) * (last - first)).astype(np.int64)
        starts, ends = self._bounds[query], self._bounds[query + 1]
        held, end = self._passage_bounds[rows], self._passage_bounds[rows + 1]
        return Batch(
            gather(self._ids, starts, np.minimum(ends - starts, MAX_QUERY_WORDS)),
            gather(self._passage_ids, held, np.minimum(end - held, MAX_PASSAGE_WORDS)),
        )


Weights = npt.NDArray[np.float64]
Sampler = ClozeSampler | PairSampler | QuestionSampler


class Mixture:
    """Draws a batch from one of several samplers, each with its own share."""

    def __init__(self, samplers: list[tuple[float, Sampler]], size: int, seed: int) -> None:
        self._samplers = [sampler for _, sampler in samplers]
        shares = np.array([share for share, _ in samplers])
        self._shares: Weights = shares / shares.sum()
        self._size = size
        self._rng = np.random.default_rng(seed)

    def draw(self) -> Batch:
        """The next batch; the sequence depends on the seed alone."""
        chosen = self._rng.choice(len(self._samplers), p=self._shares)
        return self._samplers[chosen].draw(self._size, self._rng)
