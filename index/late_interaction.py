"""The soft arm: how well a passage's words answer to a question's words, word by word.

Every word has a direction; a question's word looks for its best match among the passage's words,
so 看病 finds 就医 and 娃 finds 儿童 where neither a term nor the sum of a sentence would.  The
table was trained by this project and lies in the default encoder's folder; whatever encoder makes
the dense vectors, this arm uses that folder and its tokenizer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import DEFAULT_MODEL
from index.errors import EncoderError
from index.threads import one_thread_for_algebra

FILE = "late_interaction.safetensors"
"""vectors (words, dim) int8 and weights (words,) float32, row by row for the tokenizer's words."""

Matrix = npt.NDArray[np.float32]
TokenIds = npt.NDArray[Any]
"""Ids of word pieces, of any unsigned type."""

_REMEDY = "从安装包恢复自带的编码器文件夹"


class WordTable:
    """Directions and weights of words; row 0, the unknown word, matches nothing."""

    def __init__(self, vectors: npt.NDArray[np.int8], weights: Matrix) -> None:
        """`vectors` (words, dim) int8, of any length; `weights` (words,) float32, not negative."""
        if vectors.ndim != 2 or weights.shape != vectors.shape[:1]:
            raise EncoderError(
                f"词表的形状是 {vectors.shape} 和 {weights.shape}",
                "(词数, 维数) 和 (词数,)",
                _REMEDY,
            )
        self._vectors = vectors
        lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
        self._scales: Matrix = (1 / np.maximum(lengths, 1)).astype(np.float32)
        self._scales[0] = 0.0
        self.weights = weights

    def __len__(self) -> int:
        """The number of words."""
        return len(self._vectors)

    def directions(self, ids: TokenIds) -> Matrix:
        """(n,) ids → (n, dim) float32, rows of length 1; zeros for the unknown word."""
        found: Matrix = self._vectors[ids] * self._scales[ids, None]
        return found

    def matches(self, question: TokenIds, passages: Sequence[TokenIds]) -> Matrix:
        """(passages, question words) float32 in [0, 1]: each question word's best match.

        A passage without words matches nothing.
        """
        lengths = np.fromiter(map(len, passages), dtype=np.int64, count=len(passages))
        found = np.zeros((len(passages), len(question)), dtype=np.float32)
        filled = np.flatnonzero(lengths)
        if not len(filled) or not len(question):
            return found
        words = np.concatenate([passages[at] for at in filled.tolist()]).astype(np.int64)
        seen = np.zeros(len(self._vectors), dtype=bool)
        seen[words] = True
        held = np.flatnonzero(seen)
        place = np.zeros(len(self._vectors), dtype=np.int64)
        place[held] = np.arange(len(held))
        one_thread_for_algebra()
        with np.errstate(invalid="ignore"):  # some kernels report lanes that hold nothing
            similar = self.directions(question) @ self.directions(held).T
        np.maximum(similar, 0.0, out=similar)
        starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
        found[filled] = np.maximum.reduceat(similar[:, place[words]], starts, axis=1).T
        return found

    def shares(self, question: TokenIds) -> Matrix:
        """(words,) float32 that add up to 1: what each of a question's words counts."""
        weights = self.weights[question]
        total = float(weights.sum())
        return weights / np.float32(total) if total > 0 else weights


def read_table(folder: Path) -> WordTable:
    """The word table of a model folder, or EncoderError."""
    from safetensors.numpy import load

    path = folder / FILE
    try:
        tensors = load(path.read_bytes())
        return WordTable(tensors["vectors"], tensors["weights"])
    except EncoderError:
        raise
    except Exception as error:  # the library raises bare Exceptions of its own
        raise EncoderError(f"读不出词表 {path}（{error}）", "完整的词表文件", _REMEDY) from error


@cache
def default_table() -> WordTable:
    """The word table that ships with Wence."""
    return read_table(DEFAULT_MODEL)
