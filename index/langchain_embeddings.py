"""Encoders as LangChain sees them, and LangChain's embeddings as encoders, one class each way."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from index.encoder import Encoder, Vectors, encode_queries
from index.errors import EncoderError

_REMEDY = "检查所给的 LangChain embeddings"


class EncoderEmbeddings(Embeddings):
    """An encoder as LangChain's `Embeddings`: the same vectors, as lists of floats."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each passage; zeros for a text without any known word."""
        found: list[list[float]] = self.encoder.encode(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, with the prompt that the model wants before it."""
        found: list[float] = encode_queries(self.encoder, [text])[0].tolist()
        return found


class EmbeddingsEncoder:
    """Any LangChain `Embeddings` as an encoder.

    `name` must tell this model from every other: the fingerprint is made of it and of the length
    of a vector, because services return vectors that differ in their last digits from call to
    call.  Raises EncoderError when the embeddings raise, or return what are no vectors.
    """

    def __init__(self, embeddings: Embeddings, name: str) -> None:
        self._embeddings = embeddings
        self.name = name
        self.dim = len(self._called(lambda: embeddings.embed_query("维数"))[0])
        key = f"{type(embeddings).__name__}\n{name}\n{self.dim}"
        self.fingerprint = f"langchain:{hashlib.sha256(key.encode()).hexdigest()[:16]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32, rows of length 1; zeros for a text without word characters."""
        return self._encode(texts, self._embeddings.embed_documents)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Like `encode`, as the embeddings treat questions."""
        return self._encode(
            texts, lambda spoken: [self._embeddings.embed_query(text) for text in spoken]
        )

    def _encode(
        self, texts: Sequence[str], embed: Callable[[list[str]], list[list[float]]]
    ) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        spoken = [i for i, text in enumerate(texts) if any(c.isalnum() for c in text)]
        if spoken:
            found = self._called(lambda: embed([texts[i] for i in spoken]))
            if found.shape != (len(spoken), self.dim):
                raise EncoderError(
                    f"{self.name} 返回的形状是 {found.shape}",
                    f"({len(spoken)}, {self.dim})",
                    _REMEDY,
                )
            norms = np.linalg.norm(found, axis=1, keepdims=True)
            vectors[spoken] = np.divide(found, norms, out=np.zeros_like(found), where=norms > 0)
        return vectors

    def _called(self, embed: Callable[[], list[float] | list[list[float]]]) -> Vectors:
        try:
            found = np.atleast_2d(np.asarray(embed(), dtype=np.float32))
        except Exception as error:  # each service has exceptions of its own
            raise EncoderError(
                f"{self.name} 没有返回向量（{type(error).__name__}：{str(error)[:200]}）",
                "每段文字一个等长的向量",
                _REMEDY,
            ) from error
        if not (found.ndim == 2 and found.shape[1] and np.isfinite(found).all()):
            raise EncoderError(
                f"{self.name} 返回的向量形状是 {found.shape}，或含有非有限的数",
                "有限的数组成的向量",
                _REMEDY,
            )
        return found
