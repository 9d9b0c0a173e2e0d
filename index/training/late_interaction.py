"""Why this file exists: training of the word table that the soft arm matches words with.

A question's score for a passage is the weighted mean, over the question's words, of each word's
best match among the passage's words (late interaction: Khattab and Zaharia 2020, "ColBERT";
without a transformer).  Words of the question are hidden from its own passage most of the time,
so that the table must learn which other words say the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from index.training.sampling import Bags, Batch

Vectors = npt.NDArray[np.float32]
Words = npt.NDArray[np.int64]

MAX_QUERY, MAX_PASSAGE = 24, 72
"""Most different words of a question and of a passage that a step looks at."""
_ROWS = 256
"""Question words compared with all passages at once: bounds memory."""


@dataclass(frozen=True)
class Settings:
    """hidden: share of the question's words that are taken out of its own passage.

    scale: what scores are multiplied with, the inverse of the softmax temperature.
    """

    steps: int = 1_500
    dim: int = 128
    learning_rate: float = 2e-3
    warm_up: int = 50
    scale: float = 15.0
    hidden: float = 0.6
    seed: int = 20260101
    threads: int = 1


@dataclass(frozen=True)
class Table:
    """vectors: (size, dim) float32, rows of length 1. weights: (size,) float32, positive."""

    vectors: Vectors
    weights: Vectors


def principal_directions(static: Vectors, dim: int) -> Vectors:
    """(size, dim) float32: directions of the static vectors, turned so that few dimensions do."""
    unit = static / np.maximum(np.linalg.norm(static, axis=1, keepdims=True), 1e-9)
    _, directions = np.linalg.eigh(static.T @ static)
    turned: Vectors = (unit @ directions[:, ::-1][:, :dim]).astype(np.float32)
    return turned


def padded(bags: Bags, longest: int) -> Words:
    """(texts, at most `longest`): each text's different words, 0 where it has fewer.

    >>> padded(Bags(np.array([5, 3, 5, 7], np.int32), np.array([0, 3, 4])), 9)
    array([[3, 5],
           [7, 0]])
    """
    texts = [np.unique(part) for part in np.split(bags.ids, bags.offsets[1:-1])]
    texts = [part[part > 0][:longest] for part in texts]
    found = np.zeros((len(texts), max(1, *map(len, texts))), dtype=np.int64)
    for row, part in zip(found, texts, strict=True):
        row[: len(part)] = part
    return found


def hide(queries: Words, passages: Words, share: float, rng: np.random.Generator) -> None:
    """Take words of each query out of its own passage, in place; never all the passage has."""
    for query, passage in zip(queries, passages, strict=True):
        hidden = np.isin(passage, query) & (passage > 0)
        hidden &= rng.random(len(passage)) < share
        if hidden.sum() < (passage > 0).sum():
            passage[hidden] = 0


def scores(
    vectors: torch.Tensor, weights: torch.Tensor, queries: Words, passages: Words
) -> torch.Tensor:
    """(queries, passages): weighted mean of each question word's best match, in [-1, 1]."""
    asked, asked_at = np.unique(queries, return_inverse=True)
    held, held_at = np.unique(passages, return_inverse=True)
    at = torch.from_numpy(held_at.reshape(passages.shape))
    similar = vectors[torch.from_numpy(asked)] @ vectors[torch.from_numpy(held)].T
    with torch.no_grad():  # which word matches best; its gradient comes through `similar` alone
        masked = similar.detach().clone()
        masked[:, torch.from_numpy(held == 0)] = -2.0
        rows = torch.arange(len(passages))[None, :]
        best = torch.cat(
            [at[rows, masked[k : k + _ROWS][:, at].argmax(-1)] for k in range(0, len(asked), _ROWS)]
        )
    matched = similar.gather(1, best)
    weight = weights[torch.from_numpy(queries)] * torch.from_numpy(queries > 0)
    weight = weight / weight.sum(1, keepdim=True).clamp(min=1e-6)
    return (weight[:, :, None] * matched[torch.from_numpy(asked_at.reshape(queries.shape))]).sum(1)


def train(
    static: Vectors,
    draw: Callable[[], Batch],
    settings: Settings,
    report: Callable[[int, float], None],
    every: int = 100,
) -> Table:
    """The table for a vocabulary, started from its (size, dim) float32 static vectors.

    report: called with the step and the mean loss since the last call.
    """
    torch.set_num_threads(settings.threads)
    rng = np.random.default_rng(settings.seed)
    vectors = torch.from_numpy(principal_directions(static, settings.dim)).requires_grad_()
    lengths = np.maximum(np.linalg.norm(static, axis=1), 0.05).astype(np.float32)
    weights = torch.from_numpy(np.log(lengths)).requires_grad_()
    optimizer = torch.optim.Adam([vectors, weights], lr=settings.learning_rate)
    losses: list[float] = []
    for step in range(settings.steps):
        share = min(1.0, (step + 1) / settings.warm_up)
        share *= (1 + math.cos(math.pi * step / settings.steps)) / 2
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * share
        batch = draw()
        queries = padded(batch.queries, MAX_QUERY)
        passages = padded(batch.passages, MAX_PASSAGE)
        hide(queries, passages, settings.hidden, rng)
        unit = functional.normalize(vectors, dim=1)
        logits = settings.scale * scores(unit, torch.exp(weights), queries, passages)
        loss = functional.cross_entropy(logits, torch.arange(len(logits)))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
        if (step + 1) % every == 0:
            report(step + 1, float(np.mean(losses)))
            losses = []
    with torch.no_grad():
        unit = functional.normalize(vectors, dim=1)
        return Table(unit.numpy().copy(), torch.exp(weights).numpy().copy())
