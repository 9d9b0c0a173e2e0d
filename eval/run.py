"""Asking every gold question, one after the other, and judging what comes back."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eval.gold import GoldQuestion
from eval.judge import Judgement, TextOf, judge
from ingest.errors import QuestionError
from qa.answer import Answer, Request, Turn

Ask = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with its answer, the verdict and the milliseconds it took (wall clock)."""

    gold: GoldQuestion
    answer: Answer
    judgement: Judgement
    ms: float


def evaluate(questions: Iterable[GoldQuestion], ask: Ask, text_of: TextOf) -> list[Outcome]:
    """Every question with its outcome, in order; none is left out.

    Earlier turns carry questions only: what the program answered then must not matter.  A question
    that the program rejects is a refusal with the message that the user would read.
    """
    outcomes = []
    for gold in questions:
        request = Request(gold.question, tuple(Turn(earlier) for earlier in gold.history))
        started = time.perf_counter()
        try:
            answer = ask(request)
        except QuestionError as error:
            answer = Answer(status="clarify", answer=str(error))
        ms = (time.perf_counter() - started) * 1000
        outcomes.append(Outcome(gold, answer, judge(gold, answer, text_of), ms))
    return outcomes
