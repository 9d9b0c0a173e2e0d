"""What came back for each question, and the verdict on it; apart from how it was asked.

Answers kept in a file become the same records, so that they are judged in the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eval.gold import GoldQuestion
from eval.judge import TextOf
from eval.many_judge import Verdict, judge_many
from qa.answer import Answer


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one question; without an answer `error` says how the program broke."""

    answer: Answer | None
    ms: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what came back and the verdict on it."""

    gold: GoldQuestion
    reply: Reply
    verdict: Verdict


def judged(
    questions: Iterable[GoldQuestion], came: Mapping[str, Reply], text_of: TextOf
) -> list[Judged]:
    """The verdict on every question, in order; each must have a reply."""
    return [
        Judged(gold, reply, judge_many(gold, reply.answer, text_of))
        for gold in questions
        for reply in (came[gold.id],)
    ]
