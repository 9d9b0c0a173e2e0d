"""Cuts made with numpy against the library's own: the same ids, one by one."""

import random
import unicodedata

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.encoder import DEFAULT_MODEL, StaticEncoder
from index.unigram import Unigram


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(DEFAULT_MODEL / "tokenizer.json"))


@pytest.fixture(scope="module")
def unigram(tokenizer: Tokenizer) -> Unigram:
    made = Unigram.of(tokenizer)
    assert made is not None
    return made


def _library(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [one.ids for one in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]


def _same(tokenizer: Tokenizer, unigram: Unigram, texts: list[str]) -> int:
    """How many texts were cut here; each of them as the library cuts it."""
    found = unigram.cut(texts)
    for text, expected, row in zip(texts, _library(tokenizer, texts), found, strict=True):
        assert row is None or row.tolist() == expected, text
    return sum(row is not None for row in found)


def test_every_character_alone_and_between_words(tokenizer: Tokenizer, unigram: Unigram) -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    known = [one for one in characters if ord(one) < 0x10000 and unigram.cut([one])[0] is not None]
    assert len(known) > 28_000
    assert _same(tokenizer, unigram, known) == len(known)
    assert _same(tokenizer, unigram, [f"责任{one}单位 {one}{one}" for one in known]) == len(known)


def test_random_texts(tokenizer: Tokenizer, unigram: Unigram) -> None:
    chance = random.Random(20_261_124)
    words = [word for word in tokenizer.get_vocab() if len(word) < 13]
    strange = [
        "，",
        "。",
        " ",
        "\n",
        "\u3000",
        "ＡＢ",
        "５Ｇ",
        "㎡",
        "ﬁ",
        "é",
        "e\u0301",
        "龘",
        "𠀀",
        "",
        "ｶﾞ",
        "👍",
        "ÅΣς",
    ]
    texts = [
        "".join(chance.choice(words if chance.random() < 0.8 else strange) for _ in range(length))
        for length in [0, 1, 2, 3, 10, 30] * 300
    ]
    assert _same(tokenizer, unigram, texts) > len(texts) // 3


def test_ties_go_to_the_same_side(tokenizer: Tokenizer, unigram: Unigram) -> None:
    plain = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    chance = random.Random(7)
    texts = ["".join(chance.choices(plain, k=40)) for _ in range(500)]
    assert _same(tokenizer, unigram, texts) == len(texts)


def test_what_composes_or_never_ends_is_left_to_the_library(unigram: Unigram) -> None:
    texts = ["e\u0301", "ｶﾞ", "中" * 1_000, "中" * 64, ""]
    assert [row is None for row in unigram.cut(texts)] == [True, True, True, False, False]
    assert unigram.cut([]) == []


def test_another_tokenizer_is_left_to_the_library() -> None:
    from tokenizers import models

    assert Unigram.of(Tokenizer(models.BPE())) is None
    assert Unigram.of(Tokenizer(models.Unigram([("a", -1.0)], 0, False))) is None


def test_an_encoder_cuts_many_texts_as_it_cuts_few() -> None:
    encoder = StaticEncoder(DEFAULT_MODEL)
    texts = [
        f"第{n}条 由市经济信息化委牵头，{unicodedata.name(chr(n))}" for n in range(0xA1, 0x2A1)
    ]
    many = encoder.ids(texts)
    few = [encoder.ids([text])[0] for text in texts]
    assert all(np.array_equal(one, other) for one, other in zip(many, few, strict=True))
    assert {one.dtype for one in many} == {np.dtype(np.uint16)}
