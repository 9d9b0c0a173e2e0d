"""Whether what was found answers a question: a calibrated probability, not a score.

Answerability (Rajpurkar and others 2018, "Know What You Don't Know") as a logistic regression
over shares: how near the best clause is, how far it stands out from the next one, whether the kind
of thing that is asked for is there.  Shares mean the same in a corpus of one plan and of thousands
of laws.  No weight is negative, so more evidence never speaks for a refusal.  Weights and
thresholds stand in `qa/words/data/answerability.toml`, learned by `python -m eval.refusal_fit`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

import numpy as np

from index.folding import fold_text
from ingest.patterns import pattern
from qa.question.places import place_names
from qa.question.plan import Plan
from qa.retrieval.concepts import Topic, coverage, folded
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import NAMES as PASSAGE
from qa.retrieval.features import Matrix
from qa.retrieval.ranking import RankedClause, Ranking
from qa.words import tables

TABLE = "answerability.toml"

NAMES = (
    "soft",  # late interaction
    "dense",  # cosine
    "margin",  # what the best clause has over the second, as a share of its score
    "kind",  # the kind of thing that is asked for is in the sentence that covers most; 1 if none is
    "given",  # share of the kinds of answer that are expected which the provisions give; 1 of none
    "open",  # whether no kind of answer is expected: any provision on the matter may answer
    "places",  # share of the places it names that the document has; 1 if it names none, or names
    # the document itself, which need not print where it is in force
    "length",  # of the question, in units of `LONG`: a near match of many words is no chance
)

LONG = 40
"""Code points of a question that is as long as any."""
CLAUSES, PASSAGES = 3, 3
"""How many clauses are looked at for the sentence that covers most, and passages of each."""

_STOPS = pattern("[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Calibration:
    """P(answerable) = 1 / (1 + exp(-(weights · features + bias))), and where it is cut.

    From `answered` on a clause answers; from `near` on it is offered with a word of caution; from
    `named` on a refusal names it as the nearest there is.  Probabilities in [0, 1].
    """

    weights: Matrix
    bias: float
    answered: float
    near: float
    named: float

    def probability(self, features: Matrix) -> float:
        """(len(NAMES),) float32 → the probability that the question is answered."""
        logit = float(np.einsum("f,f->", self.weights, features)) + self.bias
        return 1 / (1 + exp(-logit))


@cache
def shipped() -> Calibration:
    """The calibration that ships with Wence; a feature not learned yet counts nothing."""
    table = tables.toml(TABLE)
    weights = np.array([table["weights"].get(name, 0.0) for name in NAMES], dtype=np.float32)
    cut = table["thresholds"]
    return Calibration(weights, table["bias"], cut["answered"], cut["near"], cut["named"])


def probability(plan: Plan, ranking: Ranking, corpus: Corpus, *, named: bool, shown: str) -> float:
    """P(answerable | plan, ranking) in [0, 1]; 0 where nothing was found.

    `named` says that the plan names the document that was searched; `shown` is the text of the
    provisions that would be printed.
    """
    if not ranking.clauses:
        return 0.0
    return shipped().probability(features(plan, ranking, corpus, named=named, shown=shown))


def features(plan: Plan, ranking: Ranking, corpus: Corpus, *, named: bool, shown: str) -> Matrix:
    """(len(NAMES),) float32, each in [0, 1], for a ranking that found something."""
    best = ranking.clauses[0]
    second = ranking.clauses[1].score if len(ranking.clauses) > 1 else 0.0
    row = dict(zip(PASSAGE, best.features, strict=True))
    covering = _covering(ranking.topic, ranking.clauses[:CLAUSES])
    values = {
        "soft": row["soft"],
        "dense": max(row["dense"], 0.0),
        "margin": (best.score - second) / best.score if best.score > 0 else 0.0,
        "kind": _share([bool(h.search(covering)) for h in plan.details.kinds]),
        "given": _share([bool(re.search(one.holds, shown)) for one in plan.expects]),
        "open": float(not plan.expects),
        "places": 1.0 if named else _places(plan.scope.places, best, corpus),
        "length": min(len(folded(plan.text)) / LONG, 1.0),
    }
    return np.array([values[name] for name in NAMES], dtype=np.float32)


def _covering(topic: Topic, clauses: Sequence[RankedClause]) -> str:
    """The sentence that covers most of the topic, folded; the last of several."""
    said = [
        folded(piece)
        for ranked in clauses
        for stored in ranked.passages[:PASSAGES]
        for piece in _STOPS.split(stored.text)
        if piece.strip()
    ]
    return max(reversed(said), key=lambda one: coverage(topic, one), default="")


def _share(held: Sequence[bool]) -> float:
    """The share that holds; 1 of nothing."""
    return sum(held) / len(held) if held else 1.0


def _places(places: Sequence[str], best: RankedClause, corpus: Corpus) -> float:
    info = corpus.infos[best.key[0]]
    held = fold_text("".join([info.title, info.region, info.issuer, corpus.text(info.id)]))
    return _share([any(name in held for name in place_names(place)) for place in places])
