"""Asking every gold question, one after the other, and judging what comes back."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eval.gold import GoldQuestion
from eval.judge import Judgement, TextOf, judge
from qa.answer import Answer, Request, Turn
from qa.errors import QuestionError

Ask = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with its answer, the verdict and the milliseconds it took (wall clock)."""

    gold: GoldQuestion
    answer: Answer
    judgement: Judgement
    ms: float


def evaluate(questions: Iterable[GoldQuestion], ask: Ask, text_of: TextOf) -> list[Outcome]:
    """Every question with its outcome, in order; none is left out."""
    outcomes = []
    for gold in questions:
        answer, ms = answered(gold, ask)
        outcomes.append(Outcome(gold, answer, judge(gold, answer, text_of), ms))
    return outcomes


def answered(gold: GoldQuestion, ask: Ask) -> tuple[Answer, float]:
    """The answer to one question and its milliseconds (wall clock).

    Earlier turns carry questions only: what the program answered then must not matter.  A question
    that the program rejects is a refusal with the message that the user would read.
    """
    request = Request(gold.question, tuple(Turn(earlier) for earlier in gold.history))
    started = time.perf_counter()
    try:
        answer = ask(request)
    except QuestionError as error:
        answer = Answer(status="clarify", answer=str(error))
    return answer, (time.perf_counter() - started) * 1000
