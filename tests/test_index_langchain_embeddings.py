"""Encoders and LangChain's embeddings stand in for each other, vector for vector."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from index_doubles import HashingEncoder
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from index.encoder import encode_queries
from index.errors import EncoderError
from index.langchain_embeddings import EmbeddingsEncoder, EncoderEmbeddings

TEXTS = ["谁负责推进基站建设", "医保报销比例", ""]


class Asking(HashingEncoder):
    """Reads questions with a prompt."""

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode([f"查询：{text}" for text in texts])


class Answering(Embeddings):
    """Returns what it was made with, whatever the text."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)

    def embed_query(self, text: str) -> list[float]:
        return self.answers.pop(0)  # type: ignore[return-value]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.answers.pop(0)  # type: ignore[return-value]


@pytest.mark.parametrize("encoder", [HashingEncoder(), Asking()])
def test_embeddings_agree_with_their_encoder(encoder: HashingEncoder) -> None:
    made = EncoderEmbeddings(encoder)
    np.testing.assert_array_equal(made.embed_documents(TEXTS), encoder.encode(TEXTS))
    np.testing.assert_array_equal(made.embed_query("医保"), encode_queries(encoder, ["医保"])[0])
    np.testing.assert_array_equal(
        asyncio.run(made.aembed_query("医保")), encode_queries(encoder, ["医保"])[0]
    )
    assert isinstance(made.embed_query("医保")[0], float)


def test_an_encoder_agrees_with_its_embeddings() -> None:
    embeddings = DeterministicFakeEmbedding(size=12)
    encoder = EmbeddingsEncoder(embeddings, "fake-12")
    vectors = encoder.encode([*TEXTS, "？！"])
    assert vectors.shape == (4, encoder.dim) == (4, 12)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 0], atol=1e-6)
    own = np.array(embeddings.embed_documents(TEXTS[:2]))
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors[:2], own, atol=1e-6)
    np.testing.assert_allclose(encode_queries(encoder, TEXTS[:2]), own, atol=1e-6)
    assert encoder.encode([]).shape == (0, 12)


def test_there_and_back_keeps_the_vectors() -> None:
    there = EmbeddingsEncoder(EncoderEmbeddings(Asking()), "asking")
    np.testing.assert_allclose(there.encode(TEXTS), Asking().encode(TEXTS), atol=1e-6)
    np.testing.assert_allclose(
        encode_queries(there, TEXTS[:2]), Asking().encode_queries(TEXTS[:2]), atol=1e-6
    )


def test_the_fingerprint_follows_the_name_and_the_length() -> None:
    made = [
        EmbeddingsEncoder(DeterministicFakeEmbedding(size=size), name).fingerprint
        for size, name in [(8, "a"), (8, "a"), (8, "b"), (9, "a")]
    ]
    assert made[0] == made[1]
    assert len(set(made)) == 3


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([[1.0, 2.0]], r"形状是 \(1, 2\)，?.*\(2, 2\)"),
        ([[1.0, 2.0], [1.0]], "没有返回向量"),
        ([[1.0, 2.0], [1.0, float("inf")]], "非有限"),
        ([[1.0, 2.0, 3.0]] * 2, r"形状是 \(2, 3\)"),
        (None, "没有返回向量|非有限|形状"),
    ],
)
def test_what_are_no_vectors_is_refused(answer: object, message: str) -> None:
    encoder = EmbeddingsEncoder(Answering([1.0, 0.0], answer), "bad")
    with pytest.raises(EncoderError, match=message):
        encoder.encode(["甲", "乙"])


def test_a_service_that_fails_is_told() -> None:
    with pytest.raises(EncoderError, match=r"down 没有返回向量（IndexError"):
        EmbeddingsEncoder(Answering(), "down")
