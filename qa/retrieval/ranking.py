"""Clauses for a question, best first: the fused score of their best passage, and how near it is.

`qa.retrieval.candidates` brings the passages and describes them, `qa.retrieval.fusion` makes one
score of it; here passages become clauses, with the two figures that tell a clause that answers from
one that is only the nearest there is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from index.backend import StoredPassage
from index.encoder import Encoder
from index.late_interaction import default_table
from qa.retrieval.candidates import Candidates, candidates
from qa.retrieval.concepts import Topic, coverage, folded
from qa.retrieval.corpus import ClauseKey, Corpus
from qa.retrieval.features import NAMES
from qa.retrieval.fusion import shipped

CLAUSE_SHARE = 0.92
"""What covering a topic over a whole clause counts, against covering it in one passage."""

WHOLE = 0.2
"""What a clause's coverage counts beside the score of its best passage, where the question's words
are the corpus' own; of .1 to .4 chosen on the development questions."""

NAMED = 3
"""Least length of a topic that names a clause by its heading, in code points."""
MOSTLY = 0.6
"""Coverage by a heading from which one of the topic's words in it names the clause."""

DESCRIBED = 40
"""Clauses that are described closely; whoever composes an answer looks at the first few."""

ATTACHED = 0.8
"""What the score of a row of an attached table counts against that of a clause of the text: a
table of indicators says again, and shorter, what the text says."""

MET = 0.6
"""Late interaction from which a word counts as met."""

_SOFT, _DENSE = NAMES.index("soft"), NAMES.index("dense")


@dataclass(frozen=True, slots=True)
class RankedClause:
    """A clause with its fused score and two figures in [0, 1], higher is better.

    `coverage` is the share of the topic's weight that its words or their equivalents cover,
    `similarity` the mean of cosine and late interaction of its best passage.  Passages stand best
    first; `features` are the best value of each of `qa.retrieval.features.NAMES` among them.
    """

    key: ClauseKey
    score: float
    coverage: float
    similarity: float
    passages: tuple[StoredPassage, ...]
    features: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Clauses, best first, and how far the wording is from the corpus (gate 0 near … 1 far).

    `weakest` is how well the best clause meets the worst met of the question's words that matter,
    `met` the weight of those that it meets well, both in [0, 1] by late interaction.
    """

    topic: Topic
    clauses: tuple[RankedClause, ...]
    gate: float
    weakest: float = 0.0
    met: float = 0.0

    @property
    def best(self) -> RankedClause | None:
        """The first clause, if any was found."""
        return self.clauses[0] if self.clauses else None


def rank(
    topic: Topic,
    corpus: Corpus,
    encoder: Encoder,
    documents: Collection[str] | None = None,
    text: str = "",
    most: int = DESCRIBED,
) -> Ranking:
    """Rank the clauses of `documents` (None: all) for a folded question `text` about a topic.

    Without `text` the topic's own words are the question; `most` clauses are described.
    """
    found = candidates(
        text or topic.text, topic, corpus.backend, encoder, corpus.frequencies, documents
    )
    if found is None:
        return Ranking(topic, (), 1.0)
    fusion = shipped()
    scores = fusion.scores(found.features)
    rows: dict[ClauseKey, list[int]] = {}
    for row in (-scores).argsort(kind="stable").tolist():
        passage = found.found.passages[row].passage
        rows.setdefault((passage.document_id, passage.clause), []).append(row)
    clauses = [
        _described(key, some, float(scores[some[0]]), topic, corpus, found)
        for key, some in list(rows.items())[:most]
    ]
    whole = WHOLE * (1 - fusion.gate(found.features))
    clauses.sort(key=lambda clause: (*_standing(clause, topic, corpus, whole), clause.key))
    words = _words_met(found, rows[clauses[0].key])
    return Ranking(topic, tuple(clauses), fusion.gate(found.features), *words)


def _words_met(found: Candidates, rows: list[int]) -> tuple[float, float]:
    """How well a clause meets the worst met word that matters, and the weight of those met well.

    A word matters that weighs at least half of what it would if all weighed the same.
    """
    if not len(found.asked):
        return 0.0, 0.0
    table = default_table()
    shares = table.shares(found.asked)
    best = table.matches(found.asked, [found.found.pieces[row] for row in rows]).max(axis=0)
    weakest = best[shares >= 0.5 / len(shares)].min(initial=1.0)
    return float(weakest), float(shares[best >= MET].sum())


def _standing(
    clause: RankedClause, topic: Topic, corpus: Corpus, whole: float
) -> tuple[float, float]:
    """Named clauses first, then by score; the rows of an attachment behind the text they sum up.

    `whole` is what a clause's coverage counts beside its score.
    """
    score = clause.score + whole * clause.coverage
    if "附件/第" in corpus.clause(clause.key).path and corpus.clause(clause.key).kind == "行":
        return 0.0, -ATTACHED * score
    return -float(_by_name(clause, topic, corpus)), -score


def _by_name(clause: RankedClause, topic: Topic, corpus: Corpus) -> bool:
    """Whether a question names a clause: its heading says the topic in so many words."""
    words = re.sub(r"[\s“”\"]", "", topic.text)
    heading = re.sub(r"[\s“”\"]", "", folded(corpus.clause(clause.key).heading))
    if len(words) >= NAMED and words in heading:
        return True
    parts = topic.text.split()
    said = len(parts) > 1 and any(len(p) >= NAMED and p in heading for p in parts)
    return said and coverage(topic, heading) >= MOSTLY


def _described(
    key: ClauseKey, rows: list[int], score: float, topic: Topic, corpus: Corpus, found: Candidates
) -> RankedClause:
    passages = tuple(found.found.passages[row] for row in rows)
    heading = folded(corpus.clause(key).heading)
    texts = [folded(passage.text) for passage in passages]
    covered = max(
        *(coverage(topic, heading + text) for text in texts),
        CLAUSE_SHARE * coverage(topic, heading + "".join(texts)),
    )
    near = (found.features[rows, _SOFT] + found.features[rows, _DENSE].clip(min=0)).max() / 2
    strongest = tuple(found.features[rows].max(axis=0).tolist())
    return RankedClause(key, score, covered, float(near), passages, strongest)
