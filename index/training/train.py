"""Why this file exists: one command makes the default encoder again, from text to model folder.

    python -m index.training.train --data <folder> --thesaurus qa/words/data/thesaurus.tsv \\
        --out index/models/wence-static-zh

Takes about 20 minutes on two cores that other programs share, and 5 GB of memory. Every random
choice comes from the seed. The settings are the ones of the shipped model; docs/experiments.md
says which others were tried. `--without` leaves parts out, for the ablation there.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training import contrastive, late_interaction
from index.training.cooccurrence import initial_vectors
from index.training.corpus import Corpus, Pair, read_corpus
from index.training.lay_cloze import Group, cloze_pairs, read_thesaurus, thesaurus_pairs
from index.training.model_folder import write_model_folder
from index.training.pieces import build_pieces
from index.training.sampling import ClozeSampler, Mixture, PairSampler, QuestionSampler, Sampler
from index.training.vocabulary import build_tokenizer, choose_vocabulary, count_words, mix_counts
from index.training.written import written_pairs

Vectors = npt.NDArray[np.float32]

WORDS = 21_500
CHARACTERS = 5_000
DIM = 288
"""21,500 x 288 float32 are 24.8 MB; the word table of the soft arm is 2.8 MB."""

BATCH = 1_024
LATE_BATCH = 192
START_LENGTH = 0.1
"""Root mean square of the initial vectors' entries: sets how far a step of Adam moves them."""

COUNT_WEIGHTS = {
    "news": 0.5,
    "reports": 5.0,
    "messages": 3.0,
    "questions": 3.0,
    "written": 10.0,
    "thesaurus": 20.0,
}
"""How often an occurrence counts when the vocabulary is chosen; 1 for domains not named."""

CLOZE_SHARES = {
    "laws": 0.26,
    "news": 0.1625,
    "messages": 0.078,
    "reports": 0.065,
    "encyclopedia": 0.052,
    "court": 0.0325,
}
PAIR_SHARES = {
    "notices": 0.0875,
    "encyclopedia": 0.0875,
    "paraphrase": 0.07,
    "court": 0.0525,
    "messages": 0.0525,
}
"""How the batches that need no data of ours share what the others leave; both tables make 1."""

OWN_SHARES = {"written": 0.42, "lay_cloze": 0.15, "thesaurus": 0.04}
"""Shares of all batches: written questions, sentences in lay words, groups of the thesaurus."""

CLOZE_DOMAINS = ("laws", "reports", "messages", "news")
CLOZE_NEWS = 20_000
"""Where sentences in lay words come from; so many news texts, the others whole."""


def make_tokenizer(corpus: Corpus, written: list[Pair], groups: list[Group]) -> Tokenizer:
    """Vocabulary from all texts, each domain weighted."""
    counts = {
        domain: count_words(sentence for document in documents for sentence in document)
        for domain, documents in corpus.documents.items()
    }
    counts["questions"] = count_words(
        pair.query for pairs in corpus.pairs.values() for pair in pairs
    )
    counts["written"] = count_words(pair.query for pair in written)
    counts["thesaurus"] = count_words(
        word for group in groups for word in (*group.lay, *group.official)
    )
    return build_tokenizer(choose_vocabulary(mix_counts(counts, COUNT_WEIGHTS), WORDS, CHARACTERS))


class Training:
    """The texts as the tokenizer cuts them, ready to be drawn from."""

    def __init__(
        self,
        corpus: Corpus,
        tokenizer: Tokenizer,
        own: dict[str, list[Pair]],
        seed: int,
    ) -> None:
        self._seed = seed
        self._pieces = {
            domain: build_pieces(tokenizer, documents)
            for domain, documents in corpus.documents.items()
        }
        rest = 1 - sum(OWN_SHARES[name] for name in own)
        self._samplers: list[tuple[float, Sampler]] = [
            (rest * share, ClozeSampler(self._pieces[domain]))
            for domain, share in CLOZE_SHARES.items()
        ]
        self._samplers += [
            (rest * share, PairSampler(tokenizer, corpus.pairs[domain]))
            for domain, share in PAIR_SHARES.items()
        ]
        self._samplers += [
            (OWN_SHARES[name], QuestionSampler(tokenizer, pairs)) for name, pairs in own.items()
        ]

    def start(self) -> Vectors:
        """(WORDS, DIM) float32: co-occurrence vectors."""
        start = initial_vectors(list(self._pieces.values()), WORDS, DIM, self._seed)
        start *= START_LENGTH * np.sqrt(DIM) / np.sqrt((start**2).sum(axis=1).mean())
        return start

    def batches(self, size: int) -> Mixture:
        """Batches of all kinds in their shares."""
        return Mixture(self._samplers, size, self._seed)


def own_pairs(
    data: Path, corpus: Corpus, groups: list[Group], without: Collection[str], seed: int
) -> dict[str, list[Pair]]:
    """What this project wrote, by the names of OWN_SHARES, but for those in `without`."""
    documents = [
        document
        for domain in CLOZE_DOMAINS
        for document in corpus.documents[domain][: CLOZE_NEWS if domain == "news" else None]
    ]
    makers: dict[str, Callable[[], list[Pair]]] = {
        "written": lambda: written_pairs(data),
        "lay_cloze": lambda: cloze_pairs(documents, groups, seed),
        "thesaurus": lambda: thesaurus_pairs(groups),
    }
    return {name: make() for name, make in makers.items() if name not in without}


def _log(message: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {message}", flush=True)


def _report(step: int, loss: float) -> None:
    _log(f"{step} {loss:.4f}")


def main() -> None:
    """Read, count, cut, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="see index/training/corpus.py")
    parser.add_argument("--thesaurus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--seed", type=int, default=contrastive.Settings.seed)
    parser.add_argument("--steps", type=int, default=contrastive.Settings.steps)
    parser.add_argument("--late-steps", type=int, default=late_interaction.Settings.steps)
    parser.add_argument("--without", nargs="*", default=(), choices=tuple(OWN_SHARES))
    arguments = parser.parse_args()
    corpus = read_corpus(arguments.data)
    groups = read_thesaurus(arguments.thesaurus)
    own = own_pairs(arguments.data, corpus, groups, arguments.without, arguments.seed)
    _log(f"texts read; of our own { ({name: len(pairs) for name, pairs in own.items()}) }")
    tokenizer = make_tokenizer(corpus, own.get("written", []), groups)
    _log("vocabulary")
    training = Training(corpus, tokenizer, own, arguments.seed)
    start = training.start()
    _log("initial vectors")
    settings = replace(contrastive.Settings(), seed=arguments.seed, steps=arguments.steps)
    vectors = contrastive.train(start, training.batches(BATCH).draw, settings, _report)
    late = replace(late_interaction.Settings(), seed=arguments.seed, steps=arguments.late_steps)
    table = late_interaction.train(vectors, training.batches(LATE_BATCH).draw, late, _report)
    write_model_folder(arguments.out, tokenizer, vectors, table)
    _log(f"written to {arguments.out}; measure it with python -m index.training.evaluate")


if __name__ == "__main__":
    main()
