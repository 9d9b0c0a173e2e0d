"""Learns qa/words/data/answerability.toml: when a question is answered, hedged or refused.

    python -m eval.refusal_fit --many SHARED --gold PATH… [--every N] [--out TOML]

Two pools: `many`, the part `worked` of the questions over many documents, all documents in one
index; and `plan`, the plan's gold questions (never *-test*), every so many of them.  Positive is an
answerable question for which what would be printed holds the evidence, negative every other one.
The loss is the cross-entropy of a logistic regression, the weights not negative; within a pool
positive and negative ones count alike.  Folds are by document: every figure printed is of questions
that the weights had no part in, and the thresholds are read off those by `BARS`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from eval.beside import beside
from eval.collection import PARTS, materialized, read_part, read_sources, texts_of
from eval.gold import development_files, read_gold
from eval.refusal_sets import FOLDS, Described, described, quoted, said
from eval.retrieval_run import indexed_folder
from index.encoder import shipped_encoder
from qa.reader.answerability import NAMES

Scores = npt.NDArray[np.float64]
Pools = Mapping[str, Sequence[Described]]
"""Questions by the name of their pool."""

MANY, PLAN = "many", "plan"
WEIGHTS = {MANY: 2.0, PLAN: 1.0}
"""What the pools weigh: documents of all kinds are the normal case."""

BARS = {"answered": 0.15, "near": 0.015}
"""answered: unanswerable questions of `many` that are answered plainly; near: positive ones of any
pool that are refused; each at most.  A refusal names a nearest clause from half of `near` on."""

DECAY = 2e-4
SHOWN = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
GRID = np.arange(1, 100) / 100


def fit(pools: Pools) -> tuple[Scores, float]:
    """(len(NAMES),) weights, none negative, and the bias."""
    rows = np.array([one.row for some in pools.values() for one in some], dtype=np.float64)
    sign = np.array([1.0 if one.positive else -1.0 for some in pools.values() for one in some])
    mass = np.concatenate([_mass(some) * WEIGHTS[name] for name, some in pools.items()])
    mass /= mass.sum()

    def loss(free: Scores) -> tuple[float, Scores]:
        margin = sign * (rows @ free[:-1] + free[-1])
        value = (mass * np.logaddexp(0, -margin)).sum() + DECAY * (free[:-1] ** 2).sum()
        slope = -mass * sign / (1 + np.exp(margin))
        return float(value), np.append(rows.T @ slope + 2 * DECAY * free[:-1], slope.sum())

    bounds = [(0.0, None)] * len(NAMES) + [(None, None)]
    found = minimize(loss, np.zeros(len(NAMES) + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])


def _mass(some: Sequence[Described]) -> Scores:
    """What each question of a pool counts: 1/2 all positive ones, 1/2 all negative ones."""
    positive = np.array([one.positive for one in some], dtype=bool)
    masses: Scores = 0.5 / np.where(positive, positive.sum(), (~positive).sum())
    return masses


def out_of_fold(pools: Pools) -> dict[str, Scores]:
    """The probability of every question under weights that its document had no part in."""
    found = {name: np.zeros(len(some)) for name, some in pools.items()}
    for fold in range(FOLDS):
        weights, bias = fit({n: [one for one in s if one.fold != fold] for n, s in pools.items()})
        for name, some in pools.items():
            own = np.array([one.fold == fold for one in some], dtype=bool)
            found[name][own] = probabilities(some, weights, bias)[own]
    return found


def probabilities(some: Sequence[Described], weights: Scores, bias: float) -> Scores:
    """(n,) the probability of each question."""
    rows = np.array([one.row for one in some], dtype=np.float64).reshape(-1, len(NAMES))
    scores: Scores = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return scores


def auroc(positive: Scores, negative: Scores) -> float:
    """The chance that a positive question stands above a negative one; ties count half.

    >>> auroc(np.array([0.9, 0.6]), np.array([0.8, 0.3]))
    0.75
    """
    order = np.sort(negative)
    below = np.searchsorted(order, positive, side="left")
    not_above = np.searchsorted(order, positive, side="right")
    return float((below + not_above).mean() / 2 / len(order))


def thresholds(pools: Pools, found: Mapping[str, Scores]) -> dict[str, float]:
    """Where to cut, in hundredths, by BARS."""
    without = found[MANY][[not one.answerable for one in pools[MANY]]]
    answered = next(t for t in GRID if _reached(without, t) <= BARS["answered"])
    right = [found[name][[one.positive for one in some]] for name, some in pools.items()]
    near = max(
        (t for t in GRID if all((one < t).mean() <= BARS["near"] for one in right)),
        default=GRID[0],
    )
    near = min(near, answered)
    return {"answered": float(answered), "near": float(near), "named": float(near) / 2}


def _reached(scores: Scores, threshold: float) -> float:
    """The share of scores that reach a threshold; 0 of none."""
    return float((scores >= threshold).mean()) if len(scores) else 0.0


def report(pools: Pools, found: Mapping[str, Scores]) -> Iterator[str]:
    """For each pool how well the two sides are told apart, and what each threshold does."""
    for name, some in pools.items():
        scores = found[name]
        positive = np.array([one.positive for one in some], dtype=bool)
        answerable = np.array([one.answerable for one in some], dtype=bool)
        yield f"{name}: {len(some)} questions, {positive.sum()} positive, " + (
            f"{(~answerable).sum()} unanswerable, "
            f"AUROC {auroc(scores[positive], scores[~positive]):.3f}"
        )
        yield "threshold  hedged  unanswerable  no evidence  confident and wrong"
        for t in SHOWN:
            yield (
                f"{t:9.1f} {1 - _reached(scores[positive], t):7.3f} "
                f"{_reached(scores[~answerable], t):13.3f} "
                f"{_reached(scores[answerable & ~positive], t):12.3f} "
                f"{(scores[~positive] >= t).sum() / len(some):20.3f}"
            )


def toml(weights: Scores, bias: float, cut: Mapping[str, float]) -> str:
    """The calibration as qa/words/data/answerability.toml keeps it."""
    lines = [
        "# How probable it is that what was found answers: a logistic regression over the features",
        "# of qa/reader/answerability.py.  From `answered` on the answer is plain, below it says",
        "# that it is uncertain, below `near` it is refused, below `named` without a nearest",
        "# clause.",
        "# Learned and written by `python -m eval.refusal_fit`; figures in docs/experiments.md.",
        f"bias = {bias:.4f}",
        "",
        "[thresholds]",
        *(f"{name} = {value:.4g}" for name, value in cut.items()),
        "",
        "[weights]",
        *(f"{name} = {value:.4f}" for name, value in zip(NAMES, weights, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def collected(shared: Path, gold: Sequence[Path], every: int) -> Pools:
    """Both pools, described."""
    encoder, sources = shipped_encoder(), read_sources()
    with (
        materialized(texts_of(shared, sources)) as folder,
        indexed_folder(folder, encoder) as index,
    ):
        many = described(read_part(PARTS[0], sources), index, encoder, quoted)
    questions = [one for path in development_files(gold) for one in read_gold(path)]
    with beside({}) as assistant:
        plan = described(questions[::every], assistant.index, encoder, said)
    return {MANY: many, PLAN: plan}


def main() -> None:
    """Describe the questions, cross-validate, choose the thresholds, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=Path, required=True, help="the shared folder")
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--every", type=int, default=2, help="take every so many of --gold")
    parser.add_argument("--out", type=Path, help="where to write the weights; default: nowhere")
    arguments = parser.parse_args()
    pools = collected(arguments.many, arguments.gold, arguments.every)
    learned(pools, arguments.out)


def learned(pools: Pools, out: Path | None) -> None:
    """Print the figures; write the calibration where it is wanted."""
    found = out_of_fold(pools)
    print("\n".join(report(pools, found)))
    written = toml(*fit(pools), thresholds(pools, found))
    print(written)
    if out is not None:
        out.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
