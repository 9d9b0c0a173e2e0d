"""What speaks for a passage: one row of numbers each, from every arm, in about [0, 1].

Each number is a share of the best that this question could reach (of its terms' weight, of a
perfect match), so it means the same for every question and corpus and
a weight learned on one holds on another; scaling to the best hit would hide that nothing fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.backend import PassageKey, StoredPassage
from index.late_interaction import WordTable
from index.tokens import bigrams
from ingest.patterns import pattern
from qa.question.details import details
from qa.retrieval.concepts import EQUIVALENT, Frequencies, Topic, rarity
from qa.retrieval.occurrences import Counts, Pile

Matrix = npt.NDArray[np.float32]
Pieces = npt.NDArray[np.uint16]

NAMES = (
    "cover_pairs",  # weight of the question's character bigrams that the passage has
    "cover_triples",  # share of its trigrams: words in the question's own order
    "cover_concepts",  # weight of its words or, for less, their equivalents in the thesaurus
    "heading_pairs",  # weight of the bigrams in the title and headings above the passage
    "document_pairs",  # in any of the document's passages that were found, or in its headings
    "soft",  # late interaction with the passage
    "soft_document",  # each word's best match anywhere in what was found of the document
    "soft_lead",  # late interaction with the document's first passage
    "dense",  # cosine
    "numbers",  # share of the question's numbers
    "kind",  # the kind of thing that is asked for (a date, a sum, a telephone number) is there
)

ARMS = {
    "lexical": (
        "cover_pairs",
        "cover_triples",
        "heading_pairs",
        "document_pairs",
    ),
    "thesaurus": ("cover_concepts",),
    "soft": ("soft", "soft_document", "soft_lead"),
    "dense": ("dense",),
    "facts": ("numbers", "kind"),
}
"""Which arm each feature belongs to, for ablations."""

_NUMBER = pattern(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that the arms brought, with what each arm knows of them, row by row.

    `dense` (n,) are cosines; `leads` are the pieces of each document's first passage, by document.
    """

    keys: Sequence[PassageKey]
    passages: Sequence[StoredPassage]
    pieces: Sequence[Pieces]
    dense: Matrix
    leads: Mapping[str, Pieces]


def features(
    text: str,
    topic: Topic,
    found: Found,
    asked_pieces: Pieces,
    table: WordTable,
    frequencies: Frequencies,
) -> Matrix:
    """(passages, NAMES) float32 for a folded question `text` and what it is about.

    `asked_pieces` are the question's different known word pieces in the shipped tokenizer.
    """
    columns: dict[str, Matrix] = {"dense": found.dense}
    documents, owner = np.unique([key.document_id for key in found.keys], return_inverse=True)
    contexts, context = np.unique(
        [stored.passage.context for stored in found.passages], return_inverse=True
    )
    pile = Pile([stored.text for stored in found.passages])
    headings = Pile([str(one) for one in contexts])
    pairs, triples = list(dict.fromkeys(bigrams(text))), list(dict.fromkeys(_triples(text)))
    rare = rarity(pairs, frequencies)
    weight = np.array([rare[pair] for pair in pairs], dtype=np.float32)
    here, above = pile.grams(pairs).astype(bool), headings.grams(pairs)[context].astype(bool)
    anywhere = np.zeros((len(documents), len(pairs)), dtype=bool)
    np.logical_or.at(anywhere, owner, here | above)
    columns["cover_pairs"] = _share(here, weight)
    columns["heading_pairs"] = _share(above, weight)
    columns["document_pairs"] = _share(anywhere, weight)[owner]
    columns["cover_triples"] = _share(pile.grams(triples) > 0, np.ones(len(triples), np.float32))
    columns["cover_concepts"] = _concepts(topic, pile, headings, context)
    columns |= _soft(found, owner, documents, asked_pieces, table)
    numbers = list(dict.fromkeys(_NUMBER.findall(text)))
    stated = (pile.words(numbers) + headings.words(numbers)[context]) > 0
    columns["numbers"] = _share(stated, np.ones(len(numbers), np.float32))
    columns["kind"] = _kind(text, found.passages)
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def _share(held: npt.NDArray[np.generic], weight: Matrix) -> Matrix:
    """(n, terms) and (terms,) → (n,): the share of the weight that is held; 0 without terms."""
    total = float(weight.sum())
    shares: Matrix = _weighted(held.astype(np.float32), weight)
    return shares / total if total > 0 else shares


def _weighted(rows: Matrix, weight: Matrix) -> Matrix:
    """(n, terms) and (terms,) → (n,).

    Without BLAS, some of whose kernels report invalid values of lanes that hold none.
    """
    summed: Matrix = np.einsum("nt,t->n", rows, weight)
    return summed


def _triples(text: str) -> list[str]:
    runs = re.findall(r"[㐀-鿿]+", text)
    return [run[at : at + 3] for run in runs for at in range(len(run) - 2)]


def _concepts(topic: Topic, pile: Pile, headings: Pile, context: npt.NDArray[np.int64]) -> Matrix:
    names = [concept.word for concept in topic.concepts]
    said: Matrix = ((pile.words(names) + headings.words(names)[context]) > 0).astype(np.float32)
    for column, concept in enumerate(topic.concepts):
        if concept.equivalents:
            other = pile.words(concept.equivalents).any(axis=1)
            other |= headings.words(concept.equivalents)[context].any(axis=1)
            said[:, column] = np.maximum(said[:, column], EQUIVALENT * other)
    return _share(said, np.array([concept.weight for concept in topic.concepts], np.float32))


def _soft(
    found: Found,
    owner: npt.NDArray[np.int64],
    documents: npt.NDArray[np.str_],
    asked: Pieces,
    table: WordTable,
) -> dict[str, Matrix]:
    shares = table.shares(asked)
    here: Counts = table.matches(asked, found.pieces)
    leads = table.matches(asked, [found.leads[str(one)] for one in documents])
    anywhere = leads.copy()
    np.maximum.at(anywhere, owner, here)
    return {
        "soft": _weighted(here, shares),
        "soft_document": _weighted(anywhere, shares)[owner],
        "soft_lead": _weighted(leads, shares)[owner],
    }


def _kind(text: str, passages: Sequence[StoredPassage]) -> Matrix:
    asked = details(text).kinds
    held = [any(holds.search(stored.text) for holds in asked) for stored in passages]
    return np.array(held, dtype=np.float32)
