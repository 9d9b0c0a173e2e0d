"""How sure a mean is: percentile bootstrap over questions (Efron 1979)."""

import numpy as np

RESAMPLES, SEED = 2000, 0
LEVEL = 95
"""Per cent of the resampled means that lie in an interval."""

_BLOCK = 100  # resamples at a time: 100 questions × 8 bytes each, whatever their number


def intervals(values: np.ndarray) -> np.ndarray:
    """(columns, 2) float64: the low and the high end for the mean of each column.

    `values` is (questions, columns), at least one question.  Every column is resampled with the
    same questions, and the same values always give the same ends.

    >>> intervals(np.array([[1.0], [1.0]])).tolist()
    [[1.0, 1.0]]
    """
    count = len(values)
    random = np.random.default_rng(SEED)
    # How often each question is drawn says as much as which are drawn, and takes one product.
    even = np.full(count, 1 / count)
    means = [
        random.multinomial(count, even, size=_BLOCK) @ values / count
        for _ in range(RESAMPLES // _BLOCK)
    ]
    tail = (100 - LEVEL) / 2
    ends: np.ndarray = np.percentile(np.concatenate(means), [tail, 100 - tail], axis=0)
    return ends.T
