"""The questions that answering or refusing is learned from, each with what was found for it.

A pool is one index with gold questions.  Only questions that reach the calibrated decision count:
another district or a clause number that nothing has is told from the words alone.  What would be
refused is composed all the same, so that it can be seen whether it would have answered.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from eval.gold import GoldQuestion
from eval.many_judge import proves, words
from eval.matching import has
from index.backend import SearchBackend
from index.encoder import Encoder
from qa.answer import Answer, Request, Turn
from qa.errors import QuestionError
from qa.execute.choosing import choose
from qa.execute.provisions import texts
from qa.execute.reach import Reach
from qa.execute.responsible import with_units
from qa.execute.result import Evidence, Missing, Provision, Result
from qa.execute.scope import Scoping
from qa.question.plan import Plan
from qa.reader.answerability import features
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import Matrix
from qa.retrieval.ranking import Ranking
from qa.service.steps import Composed, Retrieved, Steps
from qa.tell.telling import told

FOLDS = 5

Proof = Callable[[GoldQuestion, Answer], bool]
"""Whether an answer gives what a question is answered by."""


@dataclass(frozen=True, slots=True)
class Described:
    """A question as the decision sees it: row (len(answerability.NAMES),).

    `evidence` tells whether what would be printed answers; `group` is what its fold goes by.
    """

    row: Matrix
    group: str
    answerable: bool
    evidence: bool

    @property
    def positive(self) -> bool:
        """Whether an answer is right."""
        return self.answerable and self.evidence

    @property
    def fold(self) -> int:
        """Questions of one document fall into one fold."""
        return zlib.crc32(self.group.encode()) % FOLDS


def described(
    questions: Iterable[GoldQuestion], index: SearchBackend, encoder: Encoder, proof: Proof
) -> list[Described]:
    """The questions that reach the calibrated decision, described."""
    corpus = Corpus(index, encoder)
    steps, scoping = Steps(corpus, encoder), Scoping(corpus)
    found = []
    for gold in questions:
        try:
            request = Request(gold.question, tuple(Turn(q) for q in gold.history))
            asked = steps.understand(request)
        except QuestionError:
            continue
        result = steps.retrieve(asked).result
        if not decided(result) or result.ranking is None:
            continue
        retrieved = Retrieved(asked, offered(corpus, result))
        answer = steps.verify(Composed(retrieved, told(corpus, retrieved.result)))
        row = features(
            result.plan, result.ranking, corpus,
            named=scoping.resolve(result.plan).named,
            shown=texts(corpus, printed(corpus, result.plan, result.ranking)),
        )  # fmt: skip
        found.append(Described(row, group(gold), gold.answerable, proof(gold, answer)))
    return found


def decided(result: Result) -> bool:
    """Whether one decision was made, and by what was found: a probability below 1."""
    found, ranking = result.found, result.ranking
    if result.further or ranking is None or not ranking.clauses:
        return False
    if isinstance(found, Evidence):
        return found.probability < 1
    return isinstance(found, Missing) and found.kind == "not_found"


def offered(corpus: Corpus, result: Result) -> Result:
    """What would be printed if nothing were refused."""
    plan, ranking = result.plan, result.ranking
    if isinstance(result.found, Evidence) or ranking is None:
        return result
    chosen = printed(corpus, plan, ranking)
    if plan.select == "duty":
        chosen = with_units(corpus, plan, ranking, chosen)
    return replace(result, found=Evidence(chosen, 0.0))


def printed(corpus: Corpus, plan: Plan, ranking: Ranking) -> tuple[Provision, ...]:
    """The provisions that the decision is made about."""
    whole = plan.wants_list and plan.select != "duty"
    return choose(corpus, ranking, Reach(whole_lists=whole))


def group(gold: GoldQuestion) -> str:
    """A question's first document; in the plan's sets, the clauses that answer it."""
    return gold.documents[0] if gold.documents else ",".join(gold.clauses) or gold.id


def quoted(gold: GoldQuestion, answer: Answer) -> bool:
    """Whether a citation overlaps the passage that proves the answer: questions over many."""
    return bool(gold.quote) and proves(gold, answer)


def said(gold: GoldQuestion, answer: Answer) -> bool:
    """Whether the required words stand in the answer or its quotations: the plan's questions."""
    shown = "\n".join([words(answer), *(citation.quote for citation in answer.citations)])
    return all(has(shown, word) for word in gold.must) and all(
        any(has(shown, word) for word in some) for some in gold.must_any
    )
