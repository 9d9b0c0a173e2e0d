"""Learns the weights of qa/data/fusion.toml and says what each arm is worth, by cross-validation.

    python -m eval.fusion_fit --gold eval/gold --corpus corpus --retrieval DIR… [--out TOML]

Each DIR is a folder for `wence eval --retrieval`; the gold questions give clauses of `corpus`.
A question's documents (or clauses) are scored by their best passage; the loss is the cross-entropy
of the right one among all that the arms brought, the mean over the questions of a set, the sets
weighted as in WEIGHTS.  Weights are not negative: more evidence never counts against a passage.
Folds are by document, so no fold is scored with weights that saw a question of the same document.
"""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.gold import read_gold
from eval.retrieval_collection import read_collection
from eval.retrieval_run import indexed
from index.encoder import Encoder, shipped_encoder
from index.folding import fold_text
from index.local import LocalIndex
from ingest.parse import document_files, parse_file
from ingest.schema import Clause
from qa.answer import Request, Turn
from qa.candidates import candidates
from qa.concepts import topic
from qa.corpus import Corpus
from qa.features import ARMS, NAMES
from qa.fusion import Fusion
from qa.understand import Understanding

Matrix = npt.NDArray[np.float32]
Ranks = npt.NDArray[np.float64]

GATE = (0.20, 0.45)
WEIGHTS = {
    "ncpp": 1.0,
    "lay-hard": 0.4,
    "lay-natural": 0.7,
    "scenario": 0.5,
    "formal": 0.7,
    "topics": 0.7,
}
"""`topics` are the gold questions as the program asks them: freed of what is not their topic, with
what earlier turns add."""
FORMAL = ("responsible", "target", "list")
SETS = {"scenario": ("scenario",), "formal": FORMAL, "topics": ("scenario", *FORMAL, "followup")}
"""Which kinds of gold questions make which set."""
FOLDS = 5
SHARPNESS = 10.0
"""What scores are multiplied with in the loss, the inverse of the softmax temperature."""
STEPS, LEARNING_RATE, DECAY = 300, 0.03, 3e-4
RESAMPLES = 2_000


@dataclass(frozen=True)
class Question:
    """rows: (passages, features). unit: which document each row belongs to. right: right units."""

    fold: int
    rows: Matrix
    unit: npt.NDArray[np.int64]
    right: tuple[int, ...]


def question(
    text: str, wanted: Sequence[str], corpus: Corpus, encoder: Encoder, *, clauses: bool
) -> Question | None:
    """What the arms bring for one question; None if none of what is wanted is among it."""
    plain = fold_text(text)
    asked = topic(plain, corpus.frequencies, corpus.importance)
    found = candidates(plain, asked, corpus.backend, encoder, corpus.frequencies)
    if found is None:
        return None
    names = [
        str(stored.passage.clause) if clauses else key.document_id
        for key, stored in zip(found.found.keys, found.found.passages, strict=True)
    ]
    units = {name: place for place, name in enumerate(dict.fromkeys(names))}
    right = tuple(units[name] for name in wanted if name in units)
    fold = zlib.crc32(wanted[0].encode()) % FOLDS
    unit = np.array([units[name] for name in names], dtype=np.int64)
    return Question(fold, found.features, unit, right) if right else None


def collection_set(folder: Path, encoder: Encoder) -> list[Question | None]:
    """The questions of a retrieval folder."""
    collection = read_collection(folder)
    with indexed(collection, encoder) as index:
        corpus = Corpus(index, encoder)
        return [
            question(one.question, one.documents, corpus, encoder, clauses=False)
            for one in collection.questions
        ]


def gold_sets(
    gold: Path, documents: Path, encoder: Encoder
) -> Iterator[tuple[str, list[Question | None]]]:
    """The gold questions without earlier turns that name the clause of a folder's one document."""
    with tempfile.TemporaryDirectory(prefix="wence-fusion-") as scratch:
        parsed = [parse_file(path, stated) for path, stated in document_files(documents)]
        with LocalIndex.create(Path(scratch) / "index", encoder) as index:
            index.add(parsed)
            corpus = Corpus(index, encoder)
            held = parsed[0].clauses
            understanding = Understanding(corpus)
            for name, kinds in SETS.items():
                found: list[Question | None] = []
                for one in (
                    one for path in sorted(gold.glob("*.jsonl")) for one in read_gold(path)
                ):
                    if one.kind not in kinds or not one.answerable or not one.clauses:
                        continue
                    text = one.question
                    if name == "topics":
                        history = tuple(Turn(earlier, "") for earlier in one.history)
                        asked = understanding(Request(one.question, history))
                        text = asked.topic
                    elif one.history:
                        continue
                    wanted = [str(c.ordinal) for c in held if _named(c, one.clauses)]
                    if text and wanted:
                        found.append(question(text, wanted, corpus, encoder, clauses=True))
                yield name, found


def _named(clause: Clause, names: Sequence[str]) -> bool:
    """Whether gold names this clause, by its label or by the end of its path."""
    return any(
        name in (clause.label, clause.path) or clause.path.endswith(f"/{name}") for name in names
    )


class Listwise:
    """Questions laid end to end, for the loss and its gradient over all of them at once."""

    def __init__(self, questions: Sequence[Question], gate: tuple[float, float]) -> None:
        none = np.empty(0, np.float32)
        fusion = Fusion(none, none, *gate)
        rows, unit, owner, right = [], [], [], []
        units = 0
        for place, one in enumerate(questions):
            g = fusion.gate(one.rows)
            rows.append(np.concatenate([(1 - g) * one.rows, g * one.rows], axis=1))
            unit.append(one.unit + units)
            owner += [place] * (int(one.unit.max()) + 1)
            right += [(units + at, place) for at in one.right]
            units = len(owner)
        self._rows = np.concatenate(rows)
        self._unit = np.concatenate(unit)
        self._order = np.argsort(self._unit, kind="stable")
        self._starts = np.searchsorted(self._unit[self._order], np.arange(units))
        self._owner = np.array(owner)
        self._right = np.array(right, dtype=np.int64)
        self._count = len(questions)

    def best(self, weights: Matrix) -> tuple[Matrix, npt.NDArray[np.int64]]:
        """(units,) the score of each unit's best row, and which row that is."""
        scores = (self._rows @ weights)[self._order]
        best = np.maximum.reduceat(scores, self._starts)
        ends = np.append(self._starts[1:], len(scores))
        top = scores == np.repeat(best, ends - self._starts)
        first = np.flatnonzero(top)
        _, chosen = np.unique(self._unit[self._order][first], return_index=True)
        return best, self._order[first[chosen]]

    def loss_and_gradient(self, weights: Matrix) -> tuple[float, Matrix]:
        """Mean cross-entropy of the right units and its (2 x features,) gradient."""
        best, row = self.best(weights)
        logits = SHARPNESS * best.astype(np.float64)
        peak = np.full(self._count, -np.inf)
        np.maximum.at(peak, self._owner, logits)
        mass = np.exp(logits - peak[self._owner])
        total = np.bincount(self._owner, mass, minlength=self._count)
        at, owner = self._right.T
        good = np.bincount(owner, mass[at], minlength=self._count)
        loss = float(np.mean(np.log(total) - np.log(np.maximum(good, 1e-300))))
        slope = mass / total[self._owner]
        np.subtract.at(slope, at, mass[at] / np.maximum(good[owner], 1e-300))
        gradient: Matrix = self._rows[row].T @ (SHARPNESS * slope / self._count).astype(np.float32)
        return loss, gradient

    def ranks(self, weights: Matrix) -> Ranks:
        """(questions,) how many units stand before the best right one; ties count half."""
        best, _ = self.best(weights)
        at, owner = self._right.T
        right = np.full(self._count, -np.inf, dtype=np.float32)
        np.maximum.at(right, owner, best[at])
        others = np.ones(len(best), dtype=bool)
        others[at] = False
        before = (best > right[self._owner]) & others
        tied = (best == right[self._owner]) & others
        ahead = np.bincount(self._owner, before + tied / 2, minlength=self._count)
        return ahead.astype(np.float64)


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
    """The weights as qa/data/fusion.toml keeps them, scaled so that the near ones add up to 1."""
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
