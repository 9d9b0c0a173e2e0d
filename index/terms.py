"""What the engines need of passages, derived from their words alone, so any process may do it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from index import bulk_terms
from index.dense import Vectors
from index.dictionary import name_terms
from index.encoder import Encoder, StaticEncoder
from index.folding import fold_lines, fold_text
from index.token_ids import Ids
from index.tokens import folded_bigrams, folded_words

Names = tuple[str, ...]

Text = tuple[str, str, Names]
"""A passage's context (title and headings), its own words, and the names of its document."""

_MANY = 64
"""Fewer texts are cut one by one, which needs no tables."""


class Terms(NamedTuple):
    """What the lexical index takes of a passage: terms parted by spaces."""

    words: str
    bigrams: str
    context_words: str
    context_bigrams: str
    names: str = ""
    context_names: str = ""


class Derived(NamedTuple):
    """Terms and token ids of some passages; `vectors` is None when another encoder makes them."""

    terms: list[Terms]
    token_ids: list[Ids]
    vectors: Vectors | None


def dense_input(context: str, text: str) -> str:
    """The text whose vector stands for a passage: its headings, then its own words."""
    return f"{context}\n{text}" if context else text


def derive(texts: Sequence[Text], cutter: StaticEncoder | None, *, encode: bool) -> Derived:
    """Terms and token ids of passages, and vectors if `encode`: then `cutter` is the encoder, too.

    Without a cutter there are terms only.
    """
    token_ids = [] if cutter is None else cutter.ids([dense_input(*text[:2]) for text in texts])
    vectors = cutter.encode_ids(token_ids) if encode and cutter is not None else None
    return Derived(_terms_of_many(texts), token_ids, vectors)


def _terms_of_many(texts: Sequence[Text]) -> list[Terms]:
    """`terms` of each text; passages of one clause share their headings, which are cut once."""
    if len(texts) < _MANY:
        return [terms(*text) for text in texts]
    contexts = list(dict.fromkeys(context for context, _, _ in texts))
    codes = fold_lines([*(text for _, text, _ in texts), *contexts])
    folded = codes.tobytes().decode("utf-32-le", "surrogatepass").split("\n")
    cut = list(zip(bulk_terms.words(codes), bulk_terms.bigrams(codes), folded, strict=False))
    above = dict(zip(contexts, cut[len(texts) :], strict=True))
    found = []
    for (context, _, names), (words, bigrams, own) in zip(texts, cut, strict=False):
        context_words, context_bigrams, over = above[context]
        known = (name_terms(own, names), name_terms(over, names)) if names else ()
        found.append(Terms(words, bigrams, context_words, context_bigrams, *known))
    return found


def terms(context: str, text: str, names: Names = ()) -> Terms:
    """The terms of one passage, whose document has these names."""
    words, bigrams, found = _terms(text, names)
    context_words, context_bigrams, above = _context_terms(context, names)
    return Terms(words, bigrams, context_words, context_bigrams, found, above)


def encoded(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Vectors:
    """The encoder's vectors of passages, (n, dim), as it returns them."""
    return np.asarray(encoder.encode([dense_input(*text) for text in texts]))


@lru_cache(maxsize=256)
def _context_terms(context: str, names: Names) -> tuple[str, str, str]:
    """Passages of one clause share their headings."""
    return _terms(context, names)


def _terms(text: str, names: Names) -> tuple[str, str, str]:
    """Words, bigrams and names, folded once for all."""
    folded = fold_text(text)
    words, bigrams = folded_words(folded), folded_bigrams(folded)
    return " ".join(words), " ".join(bigrams), name_terms(folded, names)
