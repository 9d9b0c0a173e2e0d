"""The questions that refusing is learned from: some that a pool of texts answers, some that not.

A pool is one index.  Answerable are the questions written for it.  Unanswerable are the gold
questions that were written as such, the questions of other pools (outside), questions of the same
kind whose own document was never in the pool (beside), and the pool's own questions with their
document left out of the search (hole).  Only questions that reach the calibrated decision count:
another district or a clause number that nothing has is told from the words alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.gold import development_files, read_gold
from eval.jsonl import rows
from index.backend import SearchBackend
from index.encoder import Encoder
from index.folding import fold_text
from index.tokens import bigrams
from qa.answer import Request, Turn
from qa.errors import QuestionError
from qa.execute.engine import Engine
from qa.execute.result import Evidence, Missing, Result
from qa.reader.answerability import features
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import Matrix
from qa.service.steps import Steps

FOLDS = 5
SAID = 0.6
"""A question beside the pool counts as answered by chance, and is left out, where one passage has
this share of the bigrams of its reference answer."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as typed, what came before it, and what its fold goes by (its document)."""

    question: str
    group: str
    history: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Described:
    """row: (len(answerability.NAMES),); `group` as in `Posed`, from which the fold follows."""

    row: Matrix
    group: str

    @property
    def fold(self) -> int:
        """Questions of one document fall into one fold."""
        return zlib.crc32(self.group.encode()) % FOLDS


def described(posed: Iterable[Posed], index: SearchBackend, encoder: Encoder) -> list[Described]:
    """The questions that reach the calibrated decision and find something, described."""
    corpus = Corpus(index, encoder)
    steps, engine = Steps(corpus, encoder), Engine(corpus, encoder)
    found = []
    for one in posed:
        try:
            request = Request(one.question, tuple(Turn(q) for q in one.history))
            plan = steps.understand(request).plan
        except QuestionError:
            continue
        named = engine.scoping.resolve(plan).named
        if one.without:
            kept = tuple(info.id for info in corpus.held if info.id not in one.without)
            plan = plan.but(scope=replace(plan.scope, documents=kept))
        result = engine.run(plan)
        if result.ranking is not None and result.ranking.clauses and calibrated(result):
            found.append(Described(features(plan, result.ranking, corpus, named), one.group))
    return found


def calibrated(result: Result) -> bool:
    """Whether what was found was weighed, and not decided from the words of the question alone."""
    if result.plan.labels or result.plan.anchor is not None:
        return False
    found = result.found
    return isinstance(found, Evidence) or (isinstance(found, Missing) and found.kind == "not_found")


def gold_questions(paths: Sequence[Path], *, answerable: bool) -> list[Posed]:
    """Gold questions of files or folders, test sets left out, by the clauses that answer them."""
    return [
        Posed(one.question, ",".join(one.clauses) or one.id, tuple(one.history))
        for path in development_files(paths)
        for one in read_gold(path)
        if one.answerable == answerable
    ]


def beside(path: Path, index: SearchBackend | None, every: int = 1) -> list[Posed]:
    """Every so many questions of a JSONL file of `id`, `question`, `answer`; with an index, those
    of which it says the answer are left out."""
    found = []
    for number, _, row in rows(path):
        answer = str(row["answer"])
        if number % every == 0 and (index is None or said(answer, index) < SAID):
            found.append(Posed(str(row["question"]), str(row["id"])))
    return found


def said(answer: str, index: SearchBackend) -> float:
    """The largest share of an answer's bigrams that one passage has, in [0, 1]."""
    wanted = set(bigrams(fold_text(answer)))
    hits = index.search_lexical(fold_text(answer), 10) if wanted else []
    texts = [fold_text(stored.text) for stored in index.get([hit.key for hit in hits])]
    return max((sum(pair in text for pair in wanted) / len(wanted) for text in texts), default=0.0)
