"""Trains the reader of spans (`qa/reading.py`), and says what it gives by cross-validation.

    python -m eval.reading_fit --data DIR --passages question_passage.jsonl.xz
        [--folds DIR] [--out qa/words/data/reading.safetensors]

First over the passages, then over the questions of DIR, from `VOTERS` starts.  Folds are by
document; `--folds` keeps their weights for `wence eval --reading DIR --readers DIR`, so that no
question is answered by weights that saw its document.  Every random choice comes from the seed.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn
from torch.nn import functional

from eval.reading_examples import FOLDS, Example, examples, of_folder, of_passages
from qa.reader.reading import KNEES, MAX_RUN, STEP, Reader, measured

VOTERS = 3
FIRST_EPOCHS, EPOCHS = 6, 8
WIDTH, DROPOUT, DECAY, RATE = 64, 0.3, 1e-3, 2e-3
CELLS = 2_400
"""Stretches in one batch, padding included."""
WARM_UP = 50
SHARPNESS, LIKELIHOOD, RISK = 0.06, 0.7, 2.4
"""The loss is LIKELIHOOD x cross-entropy with softmax(F1 / SHARPNESS) over all runs, less RISK x
expected F1 (minimum risk training: Shen and others 2016)."""
LONGEST = 13.0
"""Longest run in training, as `measured`: about 1,000 code points."""
SEED = 0


class Spans(nn.Module):
    """The same network as `qa.reader.reading.Network`, batched."""

    def __init__(self, features: int, kinds: int) -> None:
        super().__init__()
        self.first = nn.Linear(features, WIDTH)
        self.near = nn.Conv1d(WIDTH, WIDTH, 5, padding=2)
        self.far = nn.Conv1d(WIDTH, WIDTH, 5, padding=4, dilation=2)
        self.out = nn.Linear(3 * WIDTH, 3)
        self.length = nn.Linear(kinds + 1, KNEES)
        nn.init.zeros_(self.length.weight)
        nn.init.zeros_(self.length.bias)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, batch: Batch) -> torch.Tensor:
        """(questions, stretches, MAX_RUN) logits, -10,000 for what is no run."""
        held = batch.held[..., None].float()
        first = self.drop(torch.relu(self.first(batch.rows))) * held
        near = self.drop(torch.relu(self.near(first.transpose(1, 2)).transpose(1, 2))) * held
        far = self.drop(torch.relu(self.far(near.transpose(1, 2)).transpose(1, 2))) * held
        begin, end, inside = self.out(torch.cat([first, near, far], -1)).unbind(-1)
        count = begin.shape[1]
        before = functional.pad(torch.cumsum(inside, 1), (1, 0))
        ends = functional.pad(end, (0, MAX_RUN)).unfold(1, MAX_RUN, 1)[:, :count]
        sums = functional.pad(before[:, 1:], (0, MAX_RUN)).unfold(1, MAX_RUN, 1)[:, :count]
        found = begin[:, :, None] + ends + sums - before[:, :count, None]
        slopes = self.length(functional.pad(batch.kinds, (0, 1), value=1.0))
        for knee in range(KNEES):
            found = found + slopes[:, knee, None, None] * torch.relu(batch.lengths - STEP * knee)
        logits: torch.Tensor = found.masked_fill(~batch.runs, -1e4)
        return logits


@dataclass(frozen=True)
class Batch:
    """Questions side by side: rows (q, n, features), held (q, n), kinds (q, kinds); lengths, runs,
    f1 (q, n, MAX_RUN): each run's length, whether it is one, and its F1 with the answer."""

    rows: torch.Tensor
    held: torch.Tensor
    kinds: torch.Tensor
    lengths: torch.Tensor
    runs: torch.Tensor
    f1: torch.Tensor


def batched(some: Sequence[Example], mean: np.ndarray, deviation: np.ndarray) -> Batch:
    """One batch; features are scaled."""
    count = max(len(one.starts) for one in some)
    rows = np.zeros((len(some), count, len(mean)), dtype=np.float32)
    held = np.zeros((len(some), count), dtype=bool)
    starts, ends, region = np.zeros((3, len(some), count), dtype=np.int64)
    for at, one in enumerate(some):
        size = len(one.starts)
        rows[at, :size] = (one.rows.astype(np.float32) - mean) / deviation
        held[at, :size] = True
        starts[at, :size], ends[at, :size], region[at, :size] = one.starts, one.ends, one.region
    last = np.arange(count)[:, None] + np.arange(MAX_RUN)
    runs = (last < count)[None] & held[:, :, None]
    last = np.minimum(last, count - 1)
    runs &= held[:, last] & (region[:, last] == region[:, :, None])
    size = np.maximum(ends[:, last] - starts[:, :, None], 1)
    lengths = measured(size)
    answer = np.array([(one.answer.start, one.answer.end) for one in some])[:, :, None, None]
    common = np.minimum(ends[:, last], answer[:, 1]) - np.maximum(starts[:, :, None], answer[:, 0])
    f1 = 2 * np.maximum(common, 0) / (size + answer[:, 1] - answer[:, 0])
    runs &= lengths < LONGEST
    return Batch(
        torch.from_numpy(rows),
        torch.from_numpy(held),
        torch.from_numpy(np.stack([one.kinds for one in some])),
        torch.from_numpy(lengths),
        torch.from_numpy(runs),
        torch.from_numpy((f1 * runs).astype(np.float32)),
    )


def train(
    model: Spans,
    some: Sequence[Example],
    scale: tuple[np.ndarray, np.ndarray],
    epochs: int,
    seed: int,
) -> None:
    """Adam with a warm-up and a cosine."""
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    order = np.argsort([len(one.starts) + 30 * random.random() for one in some], kind="stable")
    groups: list[list[Example]] = [[]]
    for at in order.tolist():
        groups[-1].append(some[at])
        if len(groups[-1]) * len(some[at].starts) > CELLS:
            groups.append([])
    batches = [batched(group, *scale) for group in groups if group]
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = epochs * len(batches), 0
    model.train()
    for _ in range(epochs):
        for at in random.permutation(len(batches)).tolist():
            for parameters in optimizer.param_groups:
                warm = min(1.0, (step + 1) / WARM_UP)
                parameters["lr"] = RATE * warm * (1 + math.cos(math.pi * step / steps)) / 2
            optimizer.zero_grad()
            _loss(model, batches[at]).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            step += 1


def _loss(model: Spans, batch: Batch) -> torch.Tensor:
    chances = functional.log_softmax(model(batch).flatten(1), 1)
    f1, runs = batch.f1.flatten(1), batch.runs.flatten(1)
    wanted = torch.softmax((f1 / SHARPNESS).masked_fill(~runs, -1e4), 1)
    likelihood = -(wanted * chances.clamp(min=-50)).sum(1)
    expected = (chances.exp() * f1).sum(1)
    return (LIKELIHOOD * likelihood - RISK * expected).mean()


def arrays_of(
    models: Sequence[Spans], scale: tuple[np.ndarray, np.ndarray]
) -> dict[str, np.ndarray]:
    """What `qa/words/data/reading.safetensors` holds."""
    found = {"mean": scale[0], "deviation": scale[1]}
    for voter, model in enumerate(models):
        for name, tensor in model.state_dict().items():
            found[f"{voter}.{name}"] = tensor.numpy().astype(np.float16)
    return found


def fitted(
    first: Mapping[str, torch.Tensor],
    some: Sequence[Example],
    scale: tuple[np.ndarray, np.ndarray],
) -> dict[str, np.ndarray]:
    """The weights of all voters, each trained on from the `first` ones."""
    models = []
    for voter in range(VOTERS):
        model = Spans(some[0].rows.shape[1], len(some[0].kinds))
        model.load_state_dict(first)
        train(model, some, scale, EPOCHS, SEED + 1 + voter)
        models.append(model)
    return arrays_of(models, scale)


def main() -> None:
    """Describe, train over passages, cross-validate, train on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--folds", type=Path, help="where to keep the weights of the folds")
    parser.add_argument("--out", type=Path, help="where to write the weights; default: nowhere")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    some = examples(of_folder(arguments.data))
    rows = np.concatenate([one.rows.astype(np.float32) for one in some])
    scale = (rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-3))
    torch.manual_seed(SEED)
    base = Spans(rows.shape[1], len(some[0].kinds))
    train(base, examples(of_passages(arguments.passages)), scale, FIRST_EPOCHS, SEED)
    first = base.state_dict()
    judged: list[tuple[float, bool, float]] = []
    for fold in range(FOLDS):
        weights = fitted(first, [one for one in some if one.fold != fold], scale)
        if arguments.folds is not None:
            arguments.folds.mkdir(parents=True, exist_ok=True)
            save_file(weights, arguments.folds / f"{fold}.safetensors")
        reader = Reader.of(weights)
        judged += [_judged(reader, one) for one in some if one.fold == fold]
    f1, contained, ratio = np.array(judged, dtype=np.float64).T
    print(
        f"{FOLDS} folds by document, {len(judged)} questions: F1 {f1.mean():.3f}, "
        f"contains {contained.mean():.3f}, median length ratio {np.median(ratio):.2f}"
    )
    if arguments.out is not None:
        save_file(fitted(first, some, scale), arguments.out)


def _judged(reader: Reader, one: Example) -> tuple[float, bool, float]:
    """F1, whether the run contains the answer, and its length by the answer's."""
    rows = one.rows.astype(np.float32)
    run = reader.best(rows, one.kinds, one.starts, one.ends, one.region).span
    answer = one.answer
    common = max(0, min(run.end, answer.end) - max(run.start, answer.start))
    whole = run.start <= answer.start and answer.end <= run.end + 1
    return 2 * common / (len(run) + len(answer)), whole, len(run) / len(answer)


if __name__ == "__main__":
    main()
