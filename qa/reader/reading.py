"""The reader: the run of stretches that answers a question, by learned scores.

A run scores what its first stretch says for beginning there, its last for ending there, all of
them for being inside, and what its length says for a question of this kind.  The scores come from
a small network over `qa.reader.features` (a layer for each stretch, then two convolutions over
its neighbours), evaluated in numpy; several of them, trained from different starts, vote.  Trained
by `python -m eval.reading_fit`; the weights are `qa/words/data/reading.safetensors`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load

from index.encoder import shipped_encoder
from index.late_interaction import default_table
from index.threads import one_thread_for_algebra
from ingest.schema import Span
from qa.reader.features import described
from qa.reader.question_kinds import Question, weighed
from qa.reader.segments import Numbers, stretches
from qa.retrieval.concepts import Frequencies

Matrix = npt.NDArray[np.float32]
Arrays = npt.NDArray[Any]

WEIGHTS = "reading.safetensors"
MAX_RUN = 30
"""Most stretches in one answer."""
MAX_LENGTH = 250
"""Longest answer, in code points: an answer has room for 300."""
KNEES = 7
STEP = 1.7
"""What a length counts is piecewise linear in `measured`, with a knee every `STEP`."""
OFFERED, WEIGHED = 150, 400
"""Likeliest runs that may be chosen, and how many of them a choice is weighed against."""
WHOLE, CONCISE, ROOM = 0.3, 0.275, 1.6
"""What containing the right answer counts beside F1, and what being at most `ROOM` times as long
as it does.  A reader that is sure stays short; one that is not takes in more of the text, because
there a longer run gains more by containing the answer than it loses by its length."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of stretches, without white space around it.

    `share` is its probability among all runs of the text, `agreement` the expected F1 over
    characters with the right answer, in [0, 1]; higher is better.
    """

    span: Span
    share: float
    agreement: float


class Network:
    """One trained network; arrays by the names under which they are kept."""

    def __init__(self, arrays: Mapping[str, Arrays]) -> None:
        self._a = {name: array.astype(np.float32) for name, array in arrays.items()}

    def scores(self, rows: Matrix, kinds: Matrix, lengths: Matrix) -> Matrix:
        """(n, features), (kinds,) and lengths (n, MAX_RUN) of runs → (n, MAX_RUN) logits."""
        a = self._a
        one_thread_for_algebra()
        with np.errstate(invalid="ignore"):
            first = np.maximum(rows @ a["first.weight"].T + a["first.bias"], 0)
            near = np.maximum(_convolved(first, a["near.weight"], a["near.bias"], 1), 0)
            far = np.maximum(_convolved(near, a["far.weight"], a["far.bias"], 2), 0)
            out = np.concatenate([first, near, far], axis=1) @ a["out.weight"].T + a["out.bias"]
        begin, end, inside = out.T
        count = len(rows)
        total = np.concatenate([[0.0], np.cumsum(inside)])
        last = np.minimum(np.arange(count)[:, None] + np.arange(MAX_RUN)[None], count - 1)
        found = begin[:, None] + end[last] + total[last + 1] - total[:count, None]
        slopes = weighed(a["length.weight"], np.append(kinds, np.float32(1))) + a["length.bias"]
        for knee in range(KNEES):
            found = found + slopes[knee] * np.maximum(lengths - STEP * knee, 0)
        logits: Matrix = found.astype(np.float32)
        return logits


class Reader:
    """Networks that vote, with the scale of the features that they were trained on."""

    def __init__(self, mean: Matrix, deviation: Matrix, networks: Sequence[Network]) -> None:
        self._mean, self._deviation = mean, deviation
        self._networks = networks

    @classmethod
    def of(cls, arrays: Mapping[str, Arrays]) -> Reader:
        """The reader with these weights: `mean`, `deviation`, and each network's under "0.…"."""
        voters = sorted({name.split(".", 1)[0] for name in arrays if name[0].isdigit()})
        networks = [
            Network({n.split(".", 1)[1]: a for n, a in arrays.items() if n.startswith(f"{v}.")})
            for v in voters
        ]
        return cls(arrays["mean"], arrays["deviation"], networks)

    @classmethod
    def at(cls, path: Path) -> Reader:
        """The reader with the weights of a file."""
        return cls.of(load(path.read_bytes()))

    def read(
        self, text: str, regions: Sequence[Span], question: str, frequencies: Frequencies
    ) -> Run | None:
        """The run in `regions` of `text` that answers best; None where there is no text.

        `regions` stand in reading order; a run lies within one of them.
        """
        cut = stretches(text, regions)
        if not len(cut):
            return None
        encoder, table = shipped_encoder(), default_table()
        asked = Question(question, encoder, table, frequencies)
        rows = described(text, cut, asked, encoder, table)
        return self.best(rows, asked.kinds, cut.starts, cut.ends, cut.region)

    def best(
        self,
        rows: Matrix,
        kinds: Matrix,
        starts: Numbers,
        ends: Numbers,
        region: Numbers,
    ) -> Run:
        """The best run of stretches with these features (n, features); n is at least 1.

        Runs of more than `MAX_LENGTH` code points are none, unless they are one stretch.
        """
        scaled = (rows - self._mean) / self._deviation
        count = len(starts)
        first, reach = np.arange(count)[:, None], np.arange(MAX_RUN)[None]
        last = np.minimum(first + reach, count - 1)
        size = np.maximum(ends[last] - starts[first], 1)
        fits = (first + reach < count) & ((size <= MAX_LENGTH) | (reach == 0))
        fits &= region[first] == region[last]
        chance = np.zeros(fits.shape, dtype=np.float64)
        for network in self._networks:
            logits = np.where(fits, network.scores(scaled, kinds, measured(size)), -np.inf)
            odds = np.exp(logits - logits.max())
            chance += odds / odds.sum() / len(self._networks)
        likely = np.argsort(-chance, axis=None, kind="stable")[:WEIGHED]
        likely = likely[chance.ravel()[likely] > 0]
        row, column = np.unravel_index(likely, chance.shape)
        return _agreed(starts[row], ends[last[row, column]], chance[row, column])


def measured(size: npt.NDArray[np.int64]) -> Matrix:
    """The measure of a run of `size` code points, which is at least 1: 1.3 log2."""
    found: Matrix = (1.3 * np.log2(size)).astype(np.float32)
    return found


def _agreed(begins: Numbers, ends: Numbers, share: npt.NDArray[np.float64]) -> Run:
    """The run with the greatest expected utility among likely ones, which stand likeliest first.

    Minimum Bayes risk: the right answer is distributed as the runs are; what a run is worth if
    another is right say `WHOLE` and `CONCISE`.
    """
    size = (ends - begins).astype(np.float64)
    begin, end, own = (column[:OFFERED, None] for column in (begins, ends, size))
    common = np.maximum(np.minimum(end, ends) - np.maximum(begin, begins), 0)
    agreeing = 2 * common / (own + size)
    worth = agreeing + WHOLE * (common == size) + CONCISE * (own <= ROOM * size)
    best = int(np.argmax(np.einsum("rq,q->r", worth, share)))
    agreement = float(np.einsum("q,q->", agreeing[best], share))
    return Run(Span(int(begins[best]), int(ends[best])), float(share[best]), agreement)


def _convolved(rows: Matrix, weight: Matrix, bias: Matrix, step: int) -> Matrix:
    """(n, in) with weight (out, in, taps) → (n, out), zeros beyond the ends, taps `step` apart."""
    taps = weight.shape[2]
    reach = step * (taps // 2)
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    found = np.zeros((len(rows), len(bias)), dtype=np.float32) + bias
    for tap in range(taps):
        found += padded[tap * step : tap * step + len(rows)] @ weight[:, :, tap].T
    return found


@cache
def shipped_reader() -> Reader:
    """The reader that ships with Wence."""
    with as_file(files("qa.words").joinpath("data", WEIGHTS)) as path:
        return Reader.at(path)
