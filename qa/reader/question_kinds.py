"""A question as the reader of spans compares it with a text."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import StaticEncoder
from index.folding import fold_text
from index.late_interaction import WordTable
from index.tokens import bigrams
from qa.question.details import details
from qa.retrieval.concepts import Frequencies, rarity
from qa.words import tables

Matrix = npt.NDArray[np.float32]

TABLE = "reading.toml"
REACH = 5.0
"""Code points over which closeness to the question word falls to a third."""


class Question:
    """What of a question is compared.

    `pairs` are its character bigrams, `weights` (pairs,) what they count by their rarity in the
    corpus and `focus` (pairs,) by their closeness to the question word too, each adding up to 1;
    `pieces` its known word pieces; `vector` (dim,) its direction; `kinds` (kinds,) 1 for each kind
    of thing that it may ask for.
    """

    def __init__(
        self, text: str, encoder: StaticEncoder, table: WordTable, frequencies: Frequencies
    ) -> None:
        self.text = fold_text(text)
        self.pairs = list(dict.fromkeys(pair for pair in bigrams(self.text) if len(pair) == 2))
        rare = rarity(self.pairs, frequencies)
        weights = np.array([rare[pair] for pair in self.pairs], dtype=np.float32)
        self.weights = in_shares(weights)
        said = details(self.text)
        asked = said.question_words or (len(self.text),)
        places = np.array([self.text.find(pair) for pair in self.pairs], dtype=np.float32)
        far = np.abs(places[:, None] - np.array(asked, dtype=np.float32)).min(axis=1, initial=99)
        self.focus = in_shares(weights * np.exp(-far / REACH))
        ids = np.unique(encoder.ids([self.text])[0])
        self.pieces: npt.NDArray[np.uint16] = ids[(ids > 0) & (ids < len(table))]
        self.shares: Matrix = table.shares(self.pieces)
        self.vector: Matrix = encoder.encode([self.text])[0]
        self.kinds: Matrix = np.array(said.asks_for(TABLE), dtype=np.float32)


def kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What a question may ask for and what shows that a stretch gives it."""
    return tables.kinds_of(TABLE)


def in_shares(weights: Matrix) -> Matrix:
    """(n,) float32 that add up to 1, or zeros."""
    shares: Matrix = (weights / max(float(weights.sum()), 1e-6)).astype(np.float32)
    return shares


def weighed(rows: npt.NDArray[Any], weights: Matrix) -> Matrix:
    """(n, terms) and (terms,) → (n,) float32: the product, without BLAS."""
    found: Matrix = np.einsum("nt,t->n", rows.astype(np.float32, copy=False), weights)
    return found
