"""Learns qa/words/data/answerability.toml: when a question is answered, hedged or refused.

    python -m eval.refusal_fit --gold PATH… --corpus corpus --retrieval DIR… --others FILE
                               [--every N] [--out TOML] [--plot SVG]

Each DIR is a folder for `wence eval --retrieval`; --others are questions (JSONL of id, question,
answer) of the kind of the first DIR whose documents are not in it.  Gold questions of test sets
(*-test*.jsonl) are left out.  The loss is the cross-entropy of a logistic regression, the weights
not negative; pools count alike, and so do the answerable and the unanswerable questions of a pool.
Folds are by document: every figure printed is of questions that the weights had no part in.  The
thresholds are read off those out-of-fold probabilities by the shares in `BARS`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from eval.refusal_sets import FOLDS, Described, Posed, beside, described, gold_questions
from eval.retrieval_collection import read_collection
from eval.retrieval_run import indexed, indexed_folder
from eval.risk_coverage import Scores, auroc, curve, draw, refused_at
from index.encoder import shipped_encoder
from qa.reader.answerability import NAMES

Sets = Mapping[str, Sequence[Described]]
"""Questions by "pool/kind"; the kind is ANSWERABLE or one of UNANSWERABLE."""

ANSWERABLE = "answerable"
UNANSWERABLE = {"unanswerable": 1.0, "outside": 1.0, "beside": 1.0, "hole": 0.5}
"""Kinds of unanswerable questions and what each weighs within its pool.  A hole is often filled by
a near copy of the document that was left out, so it counts for less."""

BARS = {"answered": 0.05, "near": 0.02, "named": 0.75}
"""answered: outside questions that still get an answer; near: answerable ones that are refused;
named: outside ones to which a refusal names a nearest clause all the same; means over pools."""

DECAY = 2e-4
WRONGLY = (0.02, 0.05, 0.10)


def fit(sets: Sets) -> tuple[Scores, float]:
    """(len(NAMES),) weights, none negative, and the bias."""
    rows = np.array([one.row for some in sets.values() for one in some], dtype=np.float64)
    right = np.array([_right(name) for name, some in sets.items() for _ in some])
    mass = np.array([_mass(name, sets) / len(some) for name, some in sets.items() for _ in some])
    mass /= mass.sum()
    sign = np.where(right, 1.0, -1.0)

    def loss(free: Scores) -> tuple[float, Scores]:
        margin = sign * (rows @ free[:-1] + free[-1])
        value = (mass * np.logaddexp(0, -margin)).sum() + DECAY * (free[:-1] ** 2).sum()
        slope = -mass * sign / (1 + np.exp(margin))
        return float(value), np.append(rows.T @ slope + 2 * DECAY * free[:-1], slope.sum())

    bounds = [(0.0, None)] * len(NAMES) + [(None, None)]
    found = minimize(loss, np.zeros(len(NAMES) + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])


def _right(name: str) -> bool:
    return name.endswith("/" + ANSWERABLE)


def _mass(name: str, sets: Sets) -> float:
    """What a set weighs: every pool has 1 for what it answers and 1 for what it does not."""
    pool, _, kind = name.partition("/")
    if kind == ANSWERABLE:
        return 1.0
    kinds = [other.partition("/")[2] for other in sets if other.startswith(pool + "/")]
    return UNANSWERABLE[kind] / sum(UNANSWERABLE[k] for k in kinds if k != ANSWERABLE)


def out_of_fold(sets: Sets) -> dict[str, Scores]:
    """The probability of every question under weights that its document had no part in."""
    found = {name: np.zeros(len(some)) for name, some in sets.items()}
    for fold in range(FOLDS):
        seen = {n: [one for one in some if one.fold != fold] for n, some in sets.items()}
        weights, bias = fit({name: some for name, some in seen.items() if some})
        for name, some in sets.items():
            at = [place for place, one in enumerate(some) if one.fold == fold]
            found[name][np.array(at, dtype=np.int64)] = probabilities(
                [some[place] for place in at], weights, bias
            )
    return found


def probabilities(some: Sequence[Described], weights: Scores, bias: float) -> Scores:
    """(n,) the probability of each question."""
    rows = np.array([one.row for one in some], dtype=np.float64).reshape(-1, len(NAMES))
    scores: Scores = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return scores


def thresholds(found: Mapping[str, Scores]) -> dict[str, float]:
    """Where to cut, by BARS, each pool weighing the same."""
    right = [s for name, s in found.items() if _right(name)]
    outside = [s for name, s in found.items() if name.endswith("/outside")]
    return {
        "answered": _quantile(outside, 1 - BARS["answered"]),
        "near": _quantile(right, BARS["near"]),
        "named": _quantile(outside, 1 - BARS["named"]),
    }


def _quantile(pools: Sequence[Scores], share: float) -> float:
    """The quantile of all pools laid together, each weighing the same."""
    values = np.concatenate(pools)
    weights = np.concatenate([np.full(len(pool), 1 / len(pool) / len(pools)) for pool in pools])
    order = np.argsort(values, kind="stable")
    at = int(np.searchsorted(np.cumsum(weights[order]), share))
    return float(values[order][min(at, len(values) - 1)])


def report(found: Mapping[str, Scores], cut: Mapping[str, float]) -> Iterator[str]:
    """Lines of a table: what is answered, hedged and refused; then each pool's two sides."""
    yield f"{'set':26} {'n':>5} {'answered':>9} {'hedged':>7} {'refused':>8}"
    for name, scores in found.items():
        top, low = (scores >= cut["answered"]).mean(), (scores < cut["near"]).mean()
        yield f"{name:26} {len(scores):5} {top:9.3f} {1 - top - low:7.3f} {low:8.3f}"
    shares = "  ".join(f"refused at {share:.0%}" for share in WRONGLY)
    yield f"{'pair':40} {'AUROC':>6} {'AURC':>6}  {shares}"
    for name, scores in found.items():
        pool = name.partition("/")[0]
        if _right(name) or (right := found.get(f"{pool}/{ANSWERABLE}")) is None:
            continue
        reach = "  ".join(f"{refused_at(right, scores, s):13.3f}" for s in WRONGLY)
        area = curve(right, scores).aurc
        yield f"{name:40} {auroc(right, scores):6.3f} {area:6.3f}  {reach}"


def toml(weights: Scores, bias: float, cut: Mapping[str, float]) -> str:
    """The calibration as qa/words/data/answerability.toml keeps it."""
    lines = [
        "# How probable it is that a question is answered by what was found for it: a logistic",
        "# regression over the features of qa/answerability.py.  From the first threshold on it is",
        "# answered, from the second with a word of caution; below the third a refusal names no",
        "# clause as the nearest.",
        "# Learned and written by `python -m eval.refusal_fit`; figures in docs/experiments.md.",
        f"bias = {bias:.4f}",
        "",
        "[thresholds]",
        *(f"{name} = {value:.4f}" for name, value in cut.items()),
        "",
        "[weights]",
        *(f"{name} = {value:.4f}" for name, value in zip(NAMES, weights, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def collected(arguments: argparse.Namespace) -> dict[str, list[Described]]:
    """All sets, described."""
    encoder = shipped_encoder()
    gold = gold_questions(arguments.gold, answerable=True)
    pools = {folder.name: read_collection(folder) for folder in arguments.retrieval}
    own = {
        name: [Posed(one.question, one.documents[0]) for one in collection.questions]
        for name, collection in pools.items()
    }
    sets: dict[str, list[Described]] = {}
    with indexed_folder(arguments.corpus, encoder) as index:
        posed = {
            ANSWERABLE: gold,
            "unanswerable": gold_questions(arguments.gold, answerable=False),
            "outside": [
                *(one for some in own.values() for one in some),
                *beside(arguments.others, None, 2 * arguments.every),
            ],
        }
        sets |= {f"plan/{kind}": described(some, index, encoder) for kind, some in posed.items()}
    for place, (name, collection) in enumerate(pools.items()):
        with indexed(collection, encoder) as index:
            away = [frozenset(one.documents) for one in collection.questions]
            others = [one for other, some in own.items() if other != name for one in some]
            posed = {
                ANSWERABLE: own[name],
                "hole": [
                    Posed(one.question, one.group, (), out)
                    for one, out in zip(own[name], away, strict=True)
                ],
                "outside": gold + (others if place == 0 else own[arguments.retrieval[0].name][::2]),
            }
            if place == 0:
                posed["beside"] = beside(arguments.others, index, arguments.every)
            sets |= {f"{name}/{kind}": described(p, index, encoder) for kind, p in posed.items()}
    return sets


def main() -> None:
    """Describe the questions, cross-validate, choose the thresholds, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--retrieval", type=Path, nargs="+", required=True)
    parser.add_argument("--others", type=Path, required=True)
    parser.add_argument("--every", type=int, default=3, help="take every so many of --others")
    parser.add_argument("--out", type=Path, help="where to write the weights; default: nowhere")
    parser.add_argument("--plot", type=Path, help="where to draw the risk-coverage curves")
    arguments = parser.parse_args()
    sets = {name: some for name, some in collected(arguments).items() if some}
    learned(sets, arguments.out, arguments.plot)


def learned(sets: Sets, out: Path | None, plot: Path | None) -> None:
    """Print the figures; write the calibration and the picture where they are wanted."""
    found = out_of_fold(sets)
    cut = thresholds(found)
    print("\n".join(report(found, cut)))
    written = toml(*fit(sets), cut)
    print(written)
    if out is not None:
        out.write_text(written, encoding="utf-8")
    if plot is not None:
        pairs = {name: name.partition("/")[0] for name in found if not _right(name)}
        draw({n: curve(found[f"{p}/{ANSWERABLE}"], found[n]) for n, p in pairs.items()}, plot)


if __name__ == "__main__":
    main()
