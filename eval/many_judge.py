"""Judging one answer over many documents: the words may stand in the answer or in its quotations.

`eval.judge` is for the plan's sets, where the words of the answer alone count.  Pure functions, as
there; a crash of the program is judged as well, so that no question vanishes.
"""

import re
from dataclasses import dataclass

from eval.gold import GoldQuestion
from eval.judge import MARKER, TextOf, citation_faults
from eval.matching import has, overlaps
from qa.answer import Answer

ANSWERED = ("answered", "partial")
"""Statuses that offer an answer; all others refuse."""

DENIALS = (
    "没有给出",
    "没有写",
    "未写明",
    "没有提到",
    "不涉及",
    "没有找到",
    "未收录",
    "没有入库",
    "尚未入库",
)
"""Words by which an answer says that the corpus does not give what is asked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of one answer; `why` says in words why it is wrong, empty when it is right.

    `first_document` tells whether the first citation is of a document that answers, `evidence`
    whether a citation overlaps the place of the passage that proves it; both are None where nothing
    answers.  `exact` tells whether all citations are word for word what their places hold.
    """

    right: bool
    why: str
    status: str
    first_document: bool | None
    evidence: bool | None
    exact: bool

    @property
    def refused(self) -> bool:
        """Whether no answer is offered."""
        return self.status not in ANSWERED

    @property
    def confident_and_wrong(self) -> bool:
        """Whether it is given out as the answer, and is none."""
        return self.status == "answered" and not self.right


def judge_many(gold: GoldQuestion, answer: Answer | None, text_of: TextOf) -> Verdict:
    """All measures for one answer; None is a crash."""
    if answer is None:
        missed = False if gold.answerable else None
        return Verdict(False, "程序出错", "crash", missed, missed, False)
    why = fault(gold, answer)
    return Verdict(
        right=not why,
        why=why,
        status=answer.status,
        first_document=_first_document(gold, answer) if gold.documents else None,
        evidence=_evidence(gold, answer, text_of) if gold.quote else None,
        exact=not citation_faults(answer, text_of),
    )


def words(answer: Answer) -> str:
    """The answer without its [1] markers, which are numbers but not the answer's."""
    return MARKER.sub(" ", answer.answer)


def numbers(answer: Answer) -> list[str]:
    """The numbers that an answer says, in order.

    >>> numbers(Answer("answered", "每台40%[1]，最高28万元，2027年起。[12]"))
    ['40%', '28', '2027']
    """
    return re.findall(r"\d+(?:\.\d+)?%?", words(answer))


def fault(gold: GoldQuestion, answer: Answer) -> str:
    """Why an answer is wrong, in words; empty when it is right."""
    said = words(answer)
    unwanted = [word for word in gold.must_not if has(said, word)]
    if not gold.answerable:
        denials = [*DENIALS, *(word for group in gold.must_any for word in group)]
        if answer.status in ANSWERED and not any(has(said, word) for word in denials):
            return f"无答案而作答（{answer.status}）"
    elif answer.status not in ANSWERED:
        return f"未作答（{answer.status}）"
    else:
        quotes = [citation.quote for citation in answer.citations]
        shown = "\n".join([said, *quotes])
        missing = [word for word in gold.must if not has(shown, word)]
        missing += [
            "」或「".join(group[:3])
            for group in gold.must_any
            if not any(has(shown, word) for word in group)
        ]
        if missing:
            return "缺少" + "".join(f"「{word}」" for word in missing)
        if not unwanted and gold.quote and not proves(gold, answer):
            return "没有引文与依据重叠"
    return "不应出现" + "".join(f"「{word}」" for word in unwanted) if unwanted else ""


def _first_document(gold: GoldQuestion, answer: Answer) -> bool:
    return bool(answer.citations) and answer.citations[0].document_id in gold.documents


def proves(gold: GoldQuestion, answer: Answer) -> bool:
    """Whether a citation overlaps the passage that proves the answer, by its words."""
    return any(overlaps(citation.quote, gold.quote) for citation in answer.citations)


def _evidence(gold: GoldQuestion, answer: Answer, text_of: TextOf) -> bool:
    """By place, not by words: a clause of another document may have six of the same in a row."""
    for document in gold.documents:
        text = text_of(document) or ""
        for found in re.finditer(re.escape(gold.quote), text):
            if any(
                citation.document_id == document
                and citation.start < found.end()
                and found.start() < citation.end
                for citation in answer.citations
            ):
                return True
    return False
