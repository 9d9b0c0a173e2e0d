"""Why this file exists: texts become vectors here, by the shipped encoder or by any other.

The shipped encoder is a table of word vectors; a text is the normalised sum of its words. It is
read with numpy and tokenizers alone, because importing torch and sentence-transformers takes
longer than answering a question. Every other model goes through sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.errors import EncoderError
from index.pretrained import named
from index.prompts import Prompts, chosen_prompts, declared_in
from index.row_sums import row_sums
from index.sentence_transformer import KIND, SentenceTransformerEncoder
from index.unigram import Unigram

Vectors = npt.NDArray[np.float32]

DEFAULT_MODEL = Path(__file__).parent / "models" / "wence-static-zh"

_STATIC_MODULE = "StaticEmbedding"
_WEIGHTS = "embedding.weight"
_REMEDY = KIND.remedy
_BATCH_TEXTS = 2_048
_MANY_TEXTS = 64
"""Fewer are cut by the library: the tables of `index.unigram` take a tenth of a second."""


class Encoder(Protocol):
    """Turns texts into vectors; the inner product of two rows is their cosine similarity."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever vectors would; an index made with another one must not be searched."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32, rows of length 1.

        A text without any known word ("", "？！") has a row of zeros, similar to nothing.
        """
        ...


class StaticEncoder:
    """A sentence-transformers folder of StaticEmbedding + Normalize, without those libraries.

    Its vectors agree with `SentenceTransformer(folder).encode` to 1e-4 and do not depend on
    what else is in the batch.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        parts = {name: _read(folder / name) for name in ("tokenizer.json", "model.safetensors")}
        try:
            self._tokenizer = Tokenizer.from_buffer(parts["tokenizer.json"])
            self._weights: Vectors = load(parts["model.safetensors"])[_WEIGHTS].astype(
                np.float32, copy=False
            )
        except Exception as error:  # both libraries raise bare Exceptions of their own
            raise EncoderError(
                f"编码器文件夹 {folder} 的内容读不出来（{error}）",
                f"完整的 tokenizer.json 和含 {_WEIGHTS} 的 model.safetensors",
                _REMEDY,
            ) from error
        words = self._tokenizer.get_vocab_size()
        if self._weights.ndim != 2 or len(self._weights) != words:
            raise EncoderError(
                f"编码器文件夹 {folder} 中词向量的形状是 {self._weights.shape}",
                f"与 tokenizer.json 的词数相符的 ({words}, 维数)",
                _REMEDY,
            )
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        digest = hashlib.sha256()
        for name in sorted(parts):
            digest.update(parts[name])
        self.name = folder.name
        self.folder = folder
        self.dim = int(self._weights.shape[1])
        self._long = float(np.quantile(np.linalg.norm(self._weights, axis=1), 0.9)) or 1.0
        self.fingerprint = "static:" + digest.hexdigest()[:16]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32, rows of length 1; zeros for a text without any known word."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _BATCH_TEXTS):
            rows = self._ids(texts[start : start + _BATCH_TEXTS])
            ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
            words = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(ends[-1]))
            self._sum_into(vectors[start : start + _BATCH_TEXTS], words, ends)
        return vectors

    def ids(self, texts: Sequence[str]) -> list[npt.NDArray[np.uint16]]:
        """The numbers of the words of each text, (number of words,) each, as `encode` sees them.

        EncoderError for a vocabulary of more than 65,536 words.
        """
        if len(self._weights) > np.iinfo(np.uint16).max + 1:
            raise EncoderError(
                f"编码器 {self.name} 有 {len(self._weights)} 个词", "至多 65536 个词", _REMEDY
            )
        if len(texts) < _MANY_TEXTS or (unigram := self._unigram) is None:
            return [np.asarray(row, dtype=np.uint16) for row in self._ids(texts)]
        found = unigram.cut(texts)
        rest = iter(
            self._ids([text for text, row in zip(texts, found, strict=True) if row is None])
        )
        return [np.asarray(next(rest), np.uint16) if row is None else row for row in found]

    @cached_property
    def _unigram(self) -> Unigram | None:
        """The tokenizer's cuts made faster, if it is of the shipped one's kind."""
        return Unigram.of(self._tokenizer)

    def encode_ids(self, ids: Sequence[npt.NDArray[np.uint16]]) -> Vectors:
        """(n, dim) float32: `encode_ids(ids(texts))` is `encode(texts)`, bit for bit."""
        vectors = np.zeros((len(ids), self.dim), dtype=np.float32)
        if len(ids):
            ends = np.cumsum([len(row) for row in ids], dtype=np.int64)
            self._sum_into(vectors, np.concatenate(ids).astype(np.int64), ends)
        return vectors

    def importance(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """(n,) float32 in [0, 1]: how much each word says, as training found.

        The length of a word's vector before normalising, against that of the longest tenth: a
        sum of vectors is ruled by the long ones.  Words like 的 have about .1, rare nouns 1.
        """
        lengths = [
            float(np.linalg.norm(self._weights[ids].mean(axis=0))) if ids else 0.0
            for ids in self._ids(words)
        ]
        shares: npt.NDArray[np.float32] = np.asarray(lengths, dtype=np.float32) / self._long
        return np.minimum(shares, np.float32(1.0))

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) < _MANY_TEXTS:  # waking other threads takes longer than this
            return [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def _sum_into(
        self, vectors: Vectors, words: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
    ) -> None:
        """Fill `vectors` (n, dim) of zeros; text i has the words `ends[i - 1]:ends[i]`."""
        vectors[:] = row_sums(self._weights, words, ends)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)


def encode_queries(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """(n, dim) float32 for questions, with the prompt that the model wants before them, if any."""
    own: Callable[[Sequence[str]], Vectors] = getattr(encoder, "encode_queries", encoder.encode)
    return own(texts)


def load_encoder(
    name: str | Path | None = None,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
) -> Encoder:
    """The encoder that a setting names; None or "" is the shipped one.

    A folder with a static model that wants no prompts is read directly, anything else by
    sentence-transformers.  A prompt that is None is chosen by `index.prompts`.
    Raises EncoderError when there is no such model or it can't be read.
    """
    if not name:
        if query_prompt or passage_prompt:
            raise EncoderError(
                "设置了提示语而没有设置编码器",
                "与提示语相配的编码器：自带的编码器不用提示语",
                "设置 encoder，或去掉 encoder_query_prompt 和 encoder_passage_prompt",
            )
        return shipped_encoder()
    name = named(name, KIND)
    if isinstance(name, Path):
        static, declared = _is_static(name), declared_in(name)
        if static and chosen_prompts("", declared, query_prompt, passage_prompt) == Prompts():
            return StaticEncoder(name)
    return SentenceTransformerEncoder(name, query_prompt, passage_prompt)


@cache
def shipped_encoder() -> StaticEncoder:
    """The shipped encoder, read once; its tokenizer cuts the token ids of every index."""
    return StaticEncoder(DEFAULT_MODEL)


def _is_static(folder: Path) -> bool:
    """Whether modules.json names a StaticEmbedding kept in the folder itself, then Normalize."""
    listed = folder / "modules.json"
    if not listed.is_file():
        raise EncoderError(
            f"文件夹 {folder} 里没有 modules.json", "一个 sentence-transformers 模型文件夹", _REMEDY
        )
    try:
        modules = [(row["type"].split(".")[-1], row["path"]) for row in json.loads(_read(listed))]
        first = modules[0]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise EncoderError(
            f"{listed} 的格式不对（{error}）", "sentence-transformers 的模块清单", _REMEDY
        ) from error
    return first == (_STATIC_MODULE, "") and len(modules) <= 2


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderError(
            f"读不到编码器文件 {path}（{error.strerror}）", "完整的编码器文件夹", _REMEDY
        ) from error
