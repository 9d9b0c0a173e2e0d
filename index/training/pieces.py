"""Why this file exists: token ids of a whole corpus as flat arrays, cut into training pieces.

The mean of a long text's word vectors says little, so documents are cut into pieces of whole
sentences. Flat arrays with boundaries, instead of lists of lists, let a batch of a thousand
pieces be gathered in milliseconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ids = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]

MAX_PIECE_WORDS = 120
MIN_PIECE_WORDS = 12
_BATCH = 20_000


@dataclass(frozen=True)
class Pieces:
    """Token ids of one domain with three levels of half-open boundaries.

    ids: (tokens,) int32. sentences: (sentences + 1,) positions in ids. pieces: (pieces + 1,)
    positions in `sentences`. Neighbouring pieces mostly come from the same document.
    """

    ids: Ids
    sentences: Offsets
    pieces: Offsets

    def __len__(self) -> int:
        return len(self.pieces) - 1

    @property
    def bounds(self) -> Offsets:
        """(pieces + 1,) positions in ids."""
        return self.sentences[self.pieces]


def encode_texts(tokenizer: Tokenizer, texts: Iterable[str]) -> tuple[Ids, Offsets]:
    """All texts' word ids in a row and the boundaries, (texts + 1,), of each text's."""
    ids, sizes = array("i"), array("q")
    source = iter(texts)
    while batch := list(islice(source, _BATCH)):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            found = encoding.ids
            ids.extend(found)
            sizes.append(len(found))
    return np.array(ids, dtype=np.int32), _boundaries(np.array(sizes, dtype=np.int64))


def cut_pieces(lengths: list[list[int]]) -> list[list[int]]:
    """Sentence lengths per document → number of sentences of each piece, per document.

    A piece takes sentences until MAX_PIECE_WORDS would be passed; a longer sentence stands alone.

    >>> cut_pieces([[50, 60, 20, 300, 5]])
    [[2, 1, 1, 1]]
    """
    result = []
    for document in lengths:
        pieces: list[int] = []
        words = MAX_PIECE_WORDS + 1
        for length in document:
            if words + length > MAX_PIECE_WORDS:
                pieces.append(0)
                words = 0
            pieces[-1] += 1
            words += length
        result.append(pieces)
    return result


def build_pieces(tokenizer: Tokenizer, documents: list[list[str]]) -> Pieces:
    """Tokenise and cut the documents; pieces under MIN_PIECE_WORDS are dropped."""
    ids, bounds = encode_texts(tokenizer, chain.from_iterable(documents))
    sizes = np.diff(bounds)
    ends = np.cumsum([len(document) for document in documents])
    lengths = [part.tolist() for part in np.split(sizes, ends[:-1])]
    per_piece = np.fromiter(chain.from_iterable(cut_pieces(lengths)), dtype=np.int64)
    piece_of_sentence = np.repeat(np.arange(len(per_piece)), per_piece)
    words = np.bincount(piece_of_sentence, weights=sizes, minlength=len(per_piece))
    keep = words >= MIN_PIECE_WORDS
    kept_sentence = keep[piece_of_sentence]
    kept_ids = ids[np.repeat(kept_sentence, sizes)]
    return Pieces(kept_ids, _boundaries(sizes[kept_sentence]), _boundaries(per_piece[keep]))


def _boundaries(sizes: Offsets) -> Offsets:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
