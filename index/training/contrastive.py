"""Why this file exists: the training loop, apart from the data it is fed with.

Word vectors are moved so that the normalised sum of a query's words is nearer to its own
passage than to the other passages of the batch, and the reverse (symmetric InfoNCE). A word's
weight is the length of its vector, learned along with its direction.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from scipy import sparse
from torch import Tensor
from torch.nn import functional

from index.training.sampling import Bags, Batch

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """scale: what cosines are multiplied with, the inverse of the softmax temperature.

    dropout: share of a passage's words left out, so that no single word decides.
    """

    steps: int = 2_500
    learning_rate: float = 5e-3
    warm_up: int = 200
    scale: float = 20.0
    dropout: float = 0.2
    seed: int = 20260101
    threads: int = 1


class SumOfRows(torch.autograd.Function):
    """Bags @ weights as a sparse product both ways, ten times faster than `embedding_bag`."""

    @staticmethod
    def forward(ctx: Any, weights: Tensor, bags: sparse.csr_matrix) -> Tensor:
        """(size, dim) and (texts, size) → (texts, dim)."""
        ctx.bags = bags
        return torch.from_numpy(bags @ weights.detach().numpy())

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None]:
        """(texts, dim) → (size, dim); the unknown word gets no gradient."""
        grad = torch.from_numpy(ctx.bags.T @ grads[0].numpy())
        grad[0] = 0
        return grad, None


def embed(weights: Tensor, bags: Bags, dropout: float, rng: np.random.Generator) -> Tensor:
    """(texts, dim): normalised sums of the rows of `weights`."""
    kept = np.ones(len(bags.ids), dtype=np.float32)
    if dropout:
        kept = (rng.random(len(bags.ids), dtype=np.float32) >= dropout).astype(np.float32)
    shape = (len(bags.offsets) - 1, len(weights))
    matrix = sparse.csr_matrix((kept, bags.ids, bags.offsets.astype(np.int32)), shape=shape)
    summed: Tensor = SumOfRows.apply(weights, matrix)  # type: ignore[no-untyped-call]
    return functional.normalize(summed, dim=-1)


def batch_loss(
    weights: Tensor, batch: Batch, settings: Settings, rng: np.random.Generator
) -> Tensor:
    """Mean cross-entropy of both directions."""
    queries = embed(weights, batch.queries, 0.0, rng)
    passages = embed(weights, batch.passages, settings.dropout, rng)
    logits = settings.scale * queries @ passages.T
    both = torch.logsumexp(logits, dim=0).mean() + torch.logsumexp(logits, dim=1).mean()
    return both / 2 - logits.diagonal().mean()


def learning_rate_at(step: int, settings: Settings) -> float:
    """Linear warm-up, then half a cosine down to zero.

    >>> settings = Settings(steps=100, warm_up=10, learning_rate=1.0)
    >>> [round(learning_rate_at(step, settings), 2) for step in (0, 9, 55, 99)]
    [0.1, 1.0, 0.5, 0.0]
    """
    if step < settings.warm_up:
        return settings.learning_rate * (step + 1) / settings.warm_up
    done = (step - settings.warm_up) / max(settings.steps - settings.warm_up, 1)
    return settings.learning_rate * (1 + math.cos(math.pi * done)) / 2


def train(
    start: Vectors,
    draw: Callable[[], Batch],
    settings: Settings,
    report: Callable[[int, float], None],
    every: int = 500,
) -> Vectors:
    """(size, dim) float32 → the same shape, trained; row 0 (unknown) stays zero.

    report: called with the step and the mean loss since the last call.
    """
    torch.set_num_threads(settings.threads)
    rng = np.random.default_rng(settings.seed)
    weights = torch.from_numpy(start.copy()).requires_grad_()
    with torch.no_grad():
        weights[0] = 0
    optimizer = torch.optim.Adam([weights], lr=settings.learning_rate, fused=True)
    losses: list[float] = []
    for step in range(settings.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate_at(step, settings)
        optimizer.zero_grad(set_to_none=True)
        loss = batch_loss(weights, draw(), settings, rng)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(float(loss.detach()))
        if (step + 1) % every == 0:
            report(step + 1, float(np.mean(losses)))
            losses = []
    trained: Vectors = weights.detach().numpy().copy()
    return trained
