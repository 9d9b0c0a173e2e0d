"""One score of all arms: gated, so that no arm can hurt where another one knows better.

Where the question's own characters are found in the corpus, the lexical features count most; the
further its wording is from the corpus, the more the meaning of words and sentences does.  Fusing
by rank was measured to harm formal questions (see docs/experiments.md).  The weights are in
`qa/words/data/fusion.toml`, learned by `python -m eval.fusion_fit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from qa.retrieval.features import NAMES, Matrix
from qa.words import tables

TABLE = "fusion.toml"


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights of the features, (len(NAMES),) each, near the corpus' wording and far from it.

    The gate is 1 (far) where no passage covers more than `open` of the question's bigrams, and 0
    (near) where one covers `shut` of them.
    """

    near: Matrix
    far: Matrix
    open: float
    shut: float

    def gate(self, features: Matrix) -> float:
        """How far the question's wording is from the corpus, in [0, 1]."""
        best = float(features[:, NAMES.index("cover_pairs")].max(initial=0.0))
        return min(1.0, max(0.0, (self.shut - best) / (self.shut - self.open)))

    def scores(self, features: Matrix) -> Matrix:
        """(passages, len(NAMES)) → (passages,) float32, about 0 to 1, higher is better."""
        gate = np.float32(self.gate(features))
        weights = (1 - gate) * self.near + gate * self.far
        scored: Matrix = np.einsum("pf,f->p", features, weights)  # see features._weighted
        return scored


@cache
def shipped() -> Fusion:
    """The weights that ship with Wence; a feature that was not learned yet counts nothing."""
    table = tables.toml(TABLE)
    near, far = (
        np.array([table[side].get(name, 0.0) for name in NAMES], dtype=np.float32)
        for side in ("near", "far")
    )
    return Fusion(near, far, float(table["gate"]["open"]), float(table["gate"]["shut"]))
