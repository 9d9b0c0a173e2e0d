import numpy as np
import pytest

from index.encoder import shipped_encoder
from index.row_sums import row_sums


@pytest.mark.parametrize("dim", [1, 7, 288])
def test_the_same_bits_as_reduceat(dim: int):
    random = np.random.default_rng(dim)
    # Far apart in size, so that another order of adding gives other bits.
    matrix = random.standard_normal((500, dim)) * 10.0 ** random.integers(-6, 6, (500, 1))
    matrix = matrix.astype(np.float32)
    lengths = np.concatenate([np.arange(1, 300), random.integers(1, 300, 400)])
    ends = np.cumsum(random.permutation(lengths))
    rows = random.integers(0, len(matrix), ends[-1])
    starts = np.concatenate([[0], ends[:-1]])
    expected = np.add.reduceat(matrix[rows], starts, axis=0)
    assert np.array_equal(row_sums(matrix, rows, ends), expected)
    if dim > 1:
        naive = np.stack(
            [matrix[rows[a:b]].cumsum(0)[-1] for a, b in zip(starts, ends, strict=True)]
        )
        assert not np.array_equal(naive, expected)  # the order does matter


def test_texts_without_words_are_zeros():
    matrix = np.ones((3, 4), np.float32)
    ends = np.array([0, 2, 2, 3, 3])
    found = row_sums(matrix, np.array([0, 1, 2]), ends)
    assert found[:, 0].tolist() == [0, 2, 0, 1, 0]
    assert not row_sums(matrix, np.empty(0, np.int64), np.zeros(200, np.int64)).any()


def test_an_encoder_gives_the_same_bits_for_many_texts_as_for_few():
    encoder = shipped_encoder()
    texts = ["", "？！", *("推进规模部署，责任单位：区科委。" * n for n in range(1, 140))]
    many = encoder.encode(texts)
    assert np.array_equal(many, np.concatenate([encoder.encode([text]) for text in texts]))
    assert np.array_equal(many, encoder.encode_ids(encoder.ids(texts)))
