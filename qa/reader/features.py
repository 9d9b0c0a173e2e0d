"""What speaks for beginning, ending or passing through each stretch of a text: one row each.

The question is compared with the stretch, with the runs that end and begin there, and with its
sentence and paragraph: an answer mostly follows the words that the question repeats, and words
that the text says everywhere tell no place in it from another.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.encoder import StaticEncoder
from index.late_interaction import WordTable
from ingest.patterns import pattern
from qa.reader.matches import Held, Matches, earlier, together
from qa.reader.question_kinds import Matrix, Question, in_shares, kinds, weighed
from qa.reader.segments import ENDS, Numbers, Stretches

SHORT = 28
"""Most code points of a sentence that may be a heading."""

_ITEM = pattern(
    "[（(]?[一二三四五六七八九十\\d]{1,3}[)）、.．]|[一二三四五六七八九十]+是"
    "|第[一二三四五六七八九十\\d]+"
)
_LEADS = pattern("[要将应可须对指为是按由即,包]")
_MARKS = ("0123456789", "“”", "()（）", "%％元", "年月日")


def described(
    text: str, cut: Stretches, question: Question, encoder: StaticEncoder, table: WordTable
) -> Matrix:
    """(stretches, features) float32; at least one stretch."""
    found = Matches(text, cut, question, encoder, table)
    count = len(cut)
    rare = in_shares(question.weights * _scarcity(found.pairs))
    focus = in_shares(question.focus * _scarcity(found.pairs))
    scarce = in_shares(question.shares * (1.0 - found.soft.mean(axis=0)) ** 2)
    here, soft_here = weighed(found.pairs, rare), weighed(found.soft, scarce)
    similar = weighed(found.vectors, question.vector)
    columns: list[npt.NDArray[np.generic]] = [
        weighed(found.pairs, question.weights),
        weighed(found.soft, question.shares),
        here,
        soft_here,
        weighed(found.pairs, focus),
        here / max(float(here.max()), 0.05),
        soft_here / max(float(soft_here.max()), 0.05),
        found.share,
        found.said,
        found.new / 4,
        found.head / found.lengths,
        found.tail / found.lengths,
        np.minimum(found.tail, 40) / 40,
        np.log2(found.lengths) / 8,
        similar,
        weighed(found.vectors, found.vectors.mean(axis=0)),
        np.arange(count) / count,
        np.full(count, min(count, 200) / 200),
    ]
    for run in (2, 4):
        for held, weight in ((found.pairs, rare), (found.soft, scarce)):
            backwards = together(held[::-1], run)[::-1]
            columns += [weighed(together(held, run), weight), weighed(backwards, weight)]
    weighted = ((found.pairs, rare), (found.soft, scarce), (found.pairs, focus))
    for group in (cut.sentence, cut.block):
        columns += _grouped(group, weighted, found, question)
    columns += [cut.kind == kind for kind in range(len(ENDS))]
    columns += [found.characters(marks) > 0 for marks in _MARKS]
    columns += [
        found.characters("、") / 4,
        np.array([_ITEM.match(one) is not None for one in found.texts]),
        np.array([_LEADS.match(one) is not None for one in found.texts]),
    ]
    given = np.zeros((count, len(question.kinds)), dtype=np.float32)
    for column, (_, holds) in enumerate(kinds()):
        if question.kinds[column]:
            given[:, column] = [holds.search(one) is not None for one in found.texts]
    columns += [given.max(axis=1, initial=0.0), given.sum(axis=1) / max(question.kinds.sum(), 1)]
    rows = np.stack([np.asarray(column, np.float32) for column in columns], axis=1)
    asked = np.repeat(question.kinds[None], count, axis=0)
    return np.concatenate([rows, given, asked], axis=1)


def _scarcity(held: Held) -> Matrix:
    """(terms,): the inverse frequency of each term among the stretches, in nats."""
    scarce: Matrix = np.log((len(held) + 1) / (held.sum(axis=0) + 0.5)).astype(np.float32)
    return scarce


def _grouped(
    group: Numbers,
    weighted: tuple[tuple[Held, Matrix], ...],
    found: Matches,
    question: Question,
) -> list[npt.NDArray[np.generic]]:
    """What a stretch's sentence or paragraph says of the question, and the one before it."""
    count = len(group)
    changes = np.diff(group, prepend=-1) > 0
    opening, number = np.flatnonzero(changes), np.cumsum(changes) - 1
    place = np.arange(count) - opening[number]
    size = np.diff(np.append(opening, count))[number]
    long = np.concatenate([[99.0], np.add.reduceat(found.lengths, opening)[:-1]])
    columns: list[npt.NDArray[np.generic]] = [
        place == 0,
        place == size - 1,
        np.minimum(place, 8) / 8,
        np.minimum(size, 12) / 12,
        number == 0,
        (np.minimum(long, 99) / 99)[number],
    ]
    for held, weight in weighted:
        whole = weighed(np.maximum.reduceat(held, opening, axis=0), weight)
        before = np.concatenate([[0.0], whole[:-1]])
        columns += [
            whole[number],
            (whole / max(float(whole.max()), 0.05))[number],
            weighed(earlier(held, group), weight),
            weighed(held[opening], weight)[number],
            before[number],
            (before * (long < SHORT))[number],
        ]
    vectors = np.add.reduceat(found.vectors, opening, axis=0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    near = weighed(vectors, question.vector)
    columns += [near[number], (near - near.max())[number]]
    return columns
