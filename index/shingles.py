"""How much two texts have in common, from a small sketch of each.

A shingle is 8 characters in a row, white space left out.  A sketch is the 256 smallest hashes of a
text's shingles (a bottom-k sketch: Cohen and Kaplan 2007), from which the Jaccard similarity of the
sets of shingles is estimated: exactly for texts of up to 256 shingles, else with a standard error
of sqrt(J(1 - J) / 256), 0.019 at J = 0.9.
"""

import numpy as np
import numpy.typing as npt

from index.folding import code_points
from ingest.characters import without_spaces

LENGTH = 8
SIZE = 256
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Sketch = npt.NDArray[np.uint32]
"""(up to 256,) hashes, ascending, each once."""


def sketch(text: str) -> Sketch:
    """The sketch of a text; a text shorter than a shingle is one shingle.

    >>> bool((sketch("推进数据\\n开放共享 工作") == sketch("推进数据开放共享工作")).all())
    True
    """
    codes = code_points(without_spaces(text)).astype(np.uint64)
    count = max(1, len(codes) - LENGTH + 1)
    hashed = np.zeros(count, np.uint64)
    for place in range(min(LENGTH, len(codes))):
        hashed = hashed * _FACTOR + codes[place : place + count]
    mixed = (hashed ^ (hashed >> np.uint64(29))) * _FACTOR
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))[:SIZE]


def jaccard(one: Sketch, other: Sketch) -> float:
    """The estimated Jaccard similarity of two texts' shingles, 0 to 1.

    >>> jaccard(sketch("推进数据开放共享"), sketch("推进数据开放共享"))
    1.0
    """
    union = np.union1d(one, other)[:SIZE]
    return float(np.isin(union, np.intersect1d(one, other)).mean())
