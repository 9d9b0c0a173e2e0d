"""What the engines need of passages, derived from their words alone, so any process may do it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from index.dense import Vectors
from index.encoder import Encoder, StaticEncoder
from index.folding import fold_text
from index.pieces import Ids
from index.tokens import folded_bigrams, folded_words

Text = tuple[str, str]
"""A passage's context (title and headings) and its own words."""


class Terms(NamedTuple):
    """What the lexical index takes of a passage: terms parted by spaces."""

    words: str
    bigrams: str
    context_words: str
    context_bigrams: str


class Derived(NamedTuple):
    """Terms and pieces of some passages; `vectors` is None when another encoder makes them."""

    terms: list[Terms]
    pieces: list[Ids]
    vectors: Vectors | None


def dense_input(context: str, text: str) -> str:
    """The text whose vector stands for a passage: its headings, then its own words."""
    return f"{context}\n{text}" if context else text


def derive(texts: Sequence[Text], cutter: StaticEncoder | None, *, encode: bool) -> Derived:
    """Terms and pieces of passages, and vectors if `encode`: then `cutter` is the encoder, too.

    Without a cutter there are terms only.
    """
    pieces = [] if cutter is None else cutter.ids([dense_input(*text) for text in texts])
    vectors = cutter.encode_ids(pieces) if encode and cutter is not None else None
    return Derived([terms(*text) for text in texts], pieces, vectors)


def terms(context: str, text: str) -> Terms:
    """The terms of one passage."""
    return Terms(*_terms(text), *_context_terms(context))


def encoded(texts: Sequence[Text], encoder: Encoder) -> Vectors:
    """The encoder's vectors of passages, (n, dim), as it returns them."""
    return np.asarray(encoder.encode([dense_input(*text) for text in texts]))


@lru_cache(maxsize=256)
def _context_terms(context: str) -> tuple[str, str]:
    """Passages of one clause share their headings."""
    return _terms(context)


def _terms(text: str) -> tuple[str, str]:
    """Words and bigrams, folded once for both."""
    folded = fold_text(text)
    return " ".join(folded_words(folded)), " ".join(folded_bigrams(folded))
