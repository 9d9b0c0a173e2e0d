"""Why this file exists: one command makes the default encoder again, from text to model folder.

    python -m index.training.train_static --data <folder> --out index/models/wence-static-zh

Takes about 15 minutes on one core that other programs share, and 4 GB of memory. Every random
choice comes from the seed; on the same machine with the same library versions the training loop
gives the same bytes again. The settings are the ones of the shipped model;
docs/experiments.md says which others were tried.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training.contrastive import Settings, train
from index.training.cooccurrence import initial_vectors
from index.training.corpus import Corpus, read_corpus
from index.training.model_folder import write_model_folder
from index.training.pieces import build_pieces
from index.training.sampling import ClozeSampler, Mixture, PairSampler
from index.training.vocabulary import build_tokenizer, choose_vocabulary, count_words, mix_counts

Vectors = npt.NDArray[np.float32]

WORDS = 21_500
CHARACTERS = 5_000
DIM = 320
"""21,500 x 320 float32 are 27.5 MB; more words with fewer dimensions measured worse."""

BATCH = 1_024
START_LENGTH = 0.1
"""Root mean square of the initial vectors' entries: sets how far a step of Adam moves them."""

COUNT_WEIGHTS = {"news": 0.5, "reports": 5.0, "messages": 3.0, "questions": 3.0}
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
"""Shares of the batches; both tables together make 1."""


def make_tokenizer(corpus: Corpus) -> Tokenizer:
    """Vocabulary from all texts, each domain weighted."""
    counts = {
        domain: count_words(sentence for document in documents for sentence in document)
        for domain, documents in corpus.documents.items()
    }
    counts["questions"] = count_words(
        pair.query for pairs in corpus.pairs.values() for pair in pairs
    )
    return build_tokenizer(choose_vocabulary(mix_counts(counts, COUNT_WEIGHTS), WORDS, CHARACTERS))


def make_vectors(corpus: Corpus, tokenizer: Tokenizer, settings: Settings) -> Vectors:
    """(WORDS, DIM) float32: co-occurrence vectors, then contrastive training."""
    pieces = {
        domain: build_pieces(tokenizer, documents) for domain, documents in corpus.documents.items()
    }
    _log(f"pieces { ({domain: len(cut) for domain, cut in pieces.items()}) }")
    start = initial_vectors(list(pieces.values()), WORDS, DIM, settings.seed)
    start *= START_LENGTH * np.sqrt(DIM) / np.sqrt((start**2).sum(axis=1).mean())
    _log("initial vectors")
    samplers: list[tuple[float, ClozeSampler | PairSampler]] = [
        (share, ClozeSampler(pieces[domain])) for domain, share in CLOZE_SHARES.items()
    ]
    samplers += [
        (share, PairSampler(tokenizer, corpus.pairs[domain]))
        for domain, share in PAIR_SHARES.items()
    ]
    mixture = Mixture(samplers, BATCH, settings.seed)
    return train(start, mixture.draw, settings, lambda step, loss: _log(f"{step} {loss:.4f}"))


def _log(message: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {message}", flush=True)


def main() -> None:
    """Read, count, cut, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="see index/training/corpus.py")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--steps", type=int, default=Settings.steps)
    arguments = parser.parse_args()
    settings = replace(Settings(), seed=arguments.seed, steps=arguments.steps)
    corpus = read_corpus(arguments.data)
    _log("texts read")
    tokenizer = make_tokenizer(corpus)
    _log("vocabulary")
    vectors = make_vectors(corpus, tokenizer, settings)
    write_model_folder(arguments.out, tokenizer, vectors)
    _log(f"written to {arguments.out}; measure it with python -m index.training.evaluate")


if __name__ == "__main__":
    main()
