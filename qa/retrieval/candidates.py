"""The passages that are worth a closer look: what each arm brings for a question, put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.backend import Hit, PassageKey, SearchBackend
from index.encoder import Encoder, encode_queries, shipped_encoder
from index.late_interaction import WordTable, default_table
from qa.retrieval.concepts import Frequencies, Topic
from qa.retrieval.features import Found, Matrix, features
from qa.retrieval.parallel import both

LEXICAL, DENSE, EXPANDED = 80, 80, 25
"""Passages taken from each arm: the question's own terms, its meaning, and the official words
that the thesaurus has for its lay ones."""

SIDE_BY_SIDE = 500_000
"""Passages of an index from which the arms search at the same time.

With 100,000 and 300,000 passages, on two cores that others kept busy, it gained nothing (medians
1.02 and 1.05 times those of one after the other); an arm takes 1.5 ms there, 3.5 with a million.
"""


@dataclass(frozen=True, slots=True)
class Candidates:
    """`features` (n, len(features.NAMES)) belong row by row to the passages of `found`.

    `arms` are the hits of the lexical and the dense arm as they came, best first; `asked` are the
    question's different word pieces that the word table knows.
    """

    found: Found
    features: Matrix
    arms: Mapping[str, list[Hit]]
    asked: npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Depth:
    """How many passages are taken from each arm, and how many of them are looked at closely."""

    lexical: int = LEXICAL
    dense: int = DENSE
    expanded: int = EXPANDED


def candidates(
    text: str,
    topic: Topic,
    backend: SearchBackend,
    encoder: Encoder,
    frequencies: Frequencies,
    documents: Collection[str] | None = None,
    depth: Depth = Depth(),
) -> Candidates | None:
    """What the arms bring for a folded question, described; None if they bring nothing."""

    def by_words() -> tuple[list[Hit], list[Hit]]:
        own = backend.search_lexical(text, depth.lexical, documents=documents)
        if not topic.expansion:
            return own, []
        return own, backend.search_lexical(topic.expansion, depth.expanded, documents=documents)

    def by_meaning() -> list[Hit]:
        vector = encode_queries(encoder, [text])[0]
        return (
            backend.search_dense(vector, depth.dense, documents=documents) if vector.any() else []
        )

    _, passages = frequencies(())
    if passages < SIDE_BY_SIDE:
        (lexical, expanded), dense = by_words(), by_meaning()
    else:
        (lexical, expanded), dense = both(by_words, by_meaning)
    keys = [hit.key for hit in lexical[:LEXICAL]] + [hit.key for hit in dense[:DENSE]]
    keys += [hit.key for hit in expanded]
    keys = list(dict.fromkeys(keys))
    if not keys:
        return None
    table = default_table()
    leads = [PassageKey(one, 0) for one in dict.fromkeys(key.document_id for key in keys)]
    pieces = backend.token_ids([*keys, *leads])
    found = Found(
        keys,
        backend.get(keys),
        pieces[: len(keys)],
        _cosines(keys, dense[:DENSE]),
        {lead.document_id: part for lead, part in zip(leads, pieces[len(keys) :], strict=True)},
    )
    asked = _asked(text, table)
    rows = features(text, topic, found, asked, table, frequencies)
    return Candidates(found, rows, {"lexical": lexical, "dense": dense}, asked)


def _cosines(keys: list[PassageKey], dense: list[Hit]) -> Matrix:
    """The dense arm's scores; a passage that it did not bring is at most as near as its last."""
    known = {hit.key: hit.score for hit in dense}
    floor = dense[-1].score if len(dense) == DENSE else 0.0
    return np.array([known.get(key, floor) for key in keys], dtype=np.float32)


def _asked(text: str, table: WordTable) -> npt.NDArray[np.uint16]:
    """The question's different word pieces that the table knows."""
    ids = np.unique(shipped_encoder().ids([text])[0])
    return ids[(ids > 0) & (ids < len(table))]
