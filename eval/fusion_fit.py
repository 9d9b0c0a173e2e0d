"""Learns the weights of fusion.toml and says what each arm is worth, by cross-validation.

    python -m eval.fusion_fit --gold eval/gold --corpus corpus --retrieval DIR… [--out TOML]

Each DIR is a folder for `wence eval --retrieval`; the gold questions give clauses of `corpus`
(test sets, *-test*.jsonl, are left out).
A question's documents (or clauses) are scored by their best passage; the loss is the cross-entropy
of the right one among all that the arms brought, the mean over the questions of a set, the sets
weighted as in WEIGHTS.  Weights are not negative: more evidence never counts against a passage.
Folds are by document, so no fold is scored with weights that saw a question of the same document.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from eval.fusion_sets import FOLDS, Question, collection_set, gold_sets
from eval.listwise import Listwise, Ranks
from index.encoder import shipped_encoder
from qa.retrieval.features import ARMS, NAMES, Matrix

GATE = (0.20, 0.45)
WEIGHTS = {
    "ncpp": 1.0,
    "lay-hard": 0.4,
    "lay-natural": 0.7,
    "scenario": 0.5,
    "formal": 0.7,
    "topics": 0.7,
}
STEPS, LEARNING_RATE, DECAY = 300, 0.03, 3e-4
RESAMPLES = 2_000


def fit(sets: Mapping[str, Sequence[Question]], columns: Sequence[int]) -> Matrix:
    """(2 x features,) weights near and far, 0 for features not in `columns`."""
    problems = {name: Listwise(some, GATE) for name, some in sets.items() if some}
    allowed = np.zeros(2 * len(NAMES), dtype=np.float32)
    allowed[[*columns, *(len(NAMES) + column for column in columns)]] = 1.0
    weights = 0.1 * allowed
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba 2015), then back into the allowed range
        gradient = 2 * DECAY * weights
        for name, problem in problems.items():
            gradient = gradient + WEIGHTS[name] * problem.loss_and_gradient(weights)[1]
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        step_size = LEARNING_RATE / (1 - 0.9**step)
        weights = weights - step_size * first / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights, 0).astype(np.float32) * allowed
    return weights


def cross_validated(
    sets: Mapping[str, Sequence[Question | None]], columns: Sequence[int]
) -> dict[str, Ranks]:
    """The rank of every question under weights that its document's questions had no part in."""
    ranks = {name: np.full(len(some), np.inf) for name, some in sets.items()}
    for fold in range(FOLDS):
        seen = {
            name: [one for one in some if one is not None and one.fold != fold]
            for name, some in sets.items()
        }
        weights = fit(seen, columns)
        for name, some in sets.items():
            places = [at for at, one in enumerate(some) if one is not None and one.fold == fold]
            unseen = [one for at in places if (one := some[at]) is not None]
            if unseen:
                ranks[name][places] = Listwise(unseen, GATE).ranks(weights)
    return ranks


def figures(ranks: Ranks) -> str:
    """hit@1, hit@3, MRR@10 and nDCG@10 of one right document a question."""
    gain = np.where(ranks < 10, 1 / np.log2(ranks + 2), 0.0)
    reciprocal = np.where(ranks < 10, 1 / (ranks + 1), 0.0)
    return (
        f"hit@1 {np.mean(ranks < 0.5):.3f}  hit@3 {np.mean(ranks < 2.5):.3f}  "
        f"MRR@10 {reciprocal.mean():.3f}  nDCG@10 {gain.mean():.3f}  (n {len(ranks)})"
    )


def difference(with_it: Ranks, without: Ranks, seed: int = 1) -> str:
    """What an arm adds to MRR@10, with a 95% interval by paired bootstrap over the questions."""
    gain = np.where(with_it < 10, 1 / (with_it + 1), 0.0)
    gain -= np.where(without < 10, 1 / (without + 1), 0.0)
    rng = np.random.default_rng(seed)
    means = gain[rng.integers(len(gain), size=(RESAMPLES, len(gain)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]"


def toml(weights: Matrix) -> str:
    """The weights as fusion.toml keeps them, scaled so that the near ones add up to 1."""
    scaled = weights / weights[: len(NAMES)].sum()
    lines = [
        "# What each feature of a passage counts (see qa/features.py): near, where the question's",
        "# own bigrams are found in the corpus, and far, where they are not; between, a mixture.",
        "# Learned and written by `python -m eval.fusion_fit`; figures in docs/experiments.md.",
        "[gate]",
        f"open = {GATE[0]}",
        f"shut = {GATE[1]}",
    ]
    for side, half in (("near", scaled[: len(NAMES)]), ("far", scaled[len(NAMES) :])):
        lines += ["", f"[{side}]"]
        lines += [f"{name} = {value:.4f}" for name, value in zip(NAMES, half, strict=True)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Describe the questions, cross-validate, ablate, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--retrieval", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, help="where to write the weights; default: nowhere")
    arguments = parser.parse_args()
    encoder = shipped_encoder()
    sets = {folder.name: collection_set(folder, encoder) for folder in arguments.retrieval}
    sets |= dict(gold_sets(arguments.gold, arguments.corpus, encoder))
    if unknown := sorted(set(sets) - set(WEIGHTS)):
        parser.error(f"found folders named {unknown}; expected names among {sorted(WEIGHTS)}")
    every = range(len(NAMES))
    whole = cross_validated(sets, every)
    print(f"all arms, {FOLDS}-fold by document")
    for name, ranks in whole.items():
        print(f"  {name:12} {figures(ranks)}")
    for arm, names in ARMS.items():
        print(f"what {arm} adds to MRR@10")
        without = cross_validated(sets, [at for at in every if NAMES[at] not in names])
        for name, ranks in whole.items():
            print(f"  {name:12} {difference(ranks, without[name])}")
    print("lexical alone")
    alone = cross_validated(sets, [NAMES.index(name) for name in ARMS["lexical"]])
    for name, ranks in alone.items():
        print(f"  {name:12} {figures(ranks)}")
    known = {name: [one for one in some if one is not None] for name, some in sets.items()}
    written = toml(fit(known, every))
    print(written)
    if arguments.out is not None:
        arguments.out.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
