"""The soft arm: its table, its matches against counting by hand, and its training."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load, save

from index.encoder import DEFAULT_MODEL, shipped_encoder
from index.errors import EncoderError
from index.late_interaction import FILE, WordTable, default_table, read_table


def table(words: int = 40, dim: int = 8, seed: int = 3) -> WordTable:
    rng = np.random.default_rng(seed)
    vectors = rng.integers(-127, 128, (words, dim)).astype(np.int8)
    return WordTable(vectors, rng.random(words).astype(np.float32) + 0.1)


def test_matches_are_what_comparing_every_pair_of_words_gives() -> None:
    rng = np.random.default_rng(1)
    made = table()
    passages = [rng.integers(0, 40, size).astype(np.uint16) for size in (5, 0, 1, 9)]
    asked = np.array([3, 17, 25], np.uint16)
    expected = np.zeros((4, 3), np.float32)
    for row, passage in enumerate(passages):
        for column in range(len(asked)):
            for other in passage:
                cosine = float(made.directions(asked)[column] @ made.directions([other])[0])
                expected[row, column] = max(expected[row, column], cosine)
    assert np.allclose(made.matches(asked, passages), expected, atol=1e-6)


def test_a_word_matches_itself_wholly_and_the_unknown_word_matches_nothing() -> None:
    made = table()
    found = made.matches(np.array([5], np.uint16), [np.array([5, 7], np.uint16), np.zeros(2, int)])
    assert found[0, 0] == pytest.approx(1.0, abs=1e-6)
    assert found[1, 0] == 0.0


def test_shares_add_up_to_one_and_follow_the_weights() -> None:
    made = table()
    asked = np.array([1, 2, 3], np.uint16)
    shares = made.shares(asked)
    assert shares.sum() == pytest.approx(1.0)
    assert np.argmax(shares) == np.argmax(made.weights[asked])
    assert made.matches(asked[:0], [asked]).shape == (1, 0)


def test_the_shipped_table_fits_the_shipped_tokenizer_and_both_fit_into_30_megabytes() -> None:
    assert len(default_table()) == shipped_encoder()._tokenizer.get_vocab_size()
    files = [path for path in DEFAULT_MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 30_000_000


@pytest.mark.parametrize(
    ("lay", "official", "other"),
    [
        ("看病", "就医", "停车"),
        ("娃", "儿童", "车辆"),
        ("被裁", "失业", "绿化"),
        ("房租", "租金", "疫苗"),
    ],
)
def test_a_lay_word_is_nearer_to_its_official_word_than_to_another(
    lay: str, official: str, other: str
) -> None:
    encoder, shipped = shipped_encoder(), default_table()
    asked, near, far = encoder.ids([lay, official, other])
    found = shipped.matches(asked, [near, far]) @ shipped.shares(asked)
    assert found[0] > found[1]


@pytest.mark.parametrize("damage", ["absent", "cut", "other"])
def test_a_broken_table_is_named_with_its_remedy(tmp_path: Path, damage: str) -> None:
    content = (DEFAULT_MODEL / FILE).read_bytes()
    if damage == "cut":
        (tmp_path / FILE).write_bytes(content[:1000])
    elif damage == "other":
        tensors = load(content)
        tensors["weights"] = tensors["weights"][:7]
        (tmp_path / FILE).write_bytes(save(tensors))
    with pytest.raises(EncoderError, match="词表"):
        read_table(tmp_path)
