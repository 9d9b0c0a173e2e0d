"""Asking every question of a collection whose answer's place is known, of the assistant itself.

Two ways: over all documents, and (given) limited to the right one, which leaves only the choice of
the words to it.
"""

import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.errors import GoldError
from eval.reading_measures import contains, ratio, rouge_l
from eval.retrieval_collection import Collection, RetrievalQuestion
from eval.retrieval_run import as_read, indexed
from index.encoder import Encoder
from index.reranker import TOP, Reranker
from ingest.schema import Span
from qa.answer import Answer, Request
from qa.errors import QuestionError
from qa.reader.reading import Reader
from qa.service.assistant import Assistant
from qa.service.steps import Steps

Ask = Callable[[RetrievalQuestion], Answer]
StepsFor = Callable[[RetrievalQuestion], Steps]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one question got.

    `rouge_quotes` is of the quotations joined in order, `rouge_answer` of the whole answer's words;
    both are 0 for a refusal.  `ratio` is None without a quotation.  `right_document` tells whether
    the first citation is of a right document.  `ms` is the wall clock of the answer.
    """

    question: RetrievalQuestion
    status: str
    rouge_quotes: float
    rouge_answer: float
    contains: bool
    ratio: float | None
    right_document: bool
    ms: float

    @property
    def refused(self) -> bool:
        """Whether nothing is offered as an answer."""
        return self.status not in ("answered", "partial")


@contextmanager
def assistant_over(
    collection: Collection, encoder: Encoder, reranker: Reranker | None = None, top: int = TOP
) -> Iterator[Assistant]:
    """The assistant over a temporary index of a collection."""
    with indexed(collection, encoder) as index:
        yield Assistant(index, encoder, reranker, top)


def readers_of(folder: Path) -> list[Reader]:
    """The readers of the folds of `eval.reading_fit` in order; `GoldError` if none."""
    paths = sorted(folder.glob("*.safetensors"))
    if not paths:
        raise GoldError(
            f"{folder} 里没有 .safetensors 文件",
            "python -m eval.reading_fit --folds 写出的文件夹",
            "检查路径",
        )
    return [Reader.at(path) for path in paths]


def by_fold(
    assistant: Assistant,
    readers: Sequence[Reader],
    reranker: Reranker | None = None,
    top: int = TOP,
) -> StepsFor:
    """The steps with the reader that has not seen a question's document; without readers, with
    the one that ships."""
    if not readers:
        return lambda _: assistant.steps
    corpus = assistant.corpus
    folds = [
        Steps(corpus, corpus.encoder, reranker, top, reader=partial(_same, reader))
        for reader in readers
    ]
    return lambda question: folds[zlib.crc32(question.documents[0].encode()) % len(folds)]


def _same(reader: Reader) -> Reader:
    return reader


def ask_all(steps_for: StepsFor) -> Ask:
    """Asks over all documents."""
    return lambda question: steps_for(question)(Request(question.question))


def ask_given(steps_for: StepsFor) -> Ask:
    """Asks with the right document as the only one to answer from."""

    return lambda question: steps_for(question)(
        Request(question.question, documents=question.documents[:1])
    )


def read(collection: Collection, ask: Ask) -> list[Reading]:
    """Every question that names a place, with its outcome, in order; `GoldError` if none does."""
    found = []
    for question in collection.questions:
        if question.evidence is None:
            continue
        started = time.perf_counter()
        try:
            answer = ask(question)
        except QuestionError as error:
            answer = Answer(status="clarify", answer=str(error))
        ms = (time.perf_counter() - started) * 1000
        found.append(judged(question, answer, collection.documents, ms))
    if not found:
        raise GoldError("没有一题给出 start 和 end", "至少一题标明答案的位置", "补上 start 和 end")
    return found


def judged(
    question: RetrievalQuestion, answer: Answer, documents: Mapping[str, str], ms: float
) -> Reading:
    """The measures of one answer; the question must name a place."""
    holder = question.documents[0]
    if question.evidence is None:
        raise ValueError(f"found question {question.id} without evidence, expected a span")
    gold = question.evidence.of(documents[holder])
    span = as_read(question.evidence, documents[holder])
    if answer.status not in ("answered", "partial"):
        return Reading(question, answer.status, 0.0, 0.0, False, None, False, ms)
    quotes = [citation.quote for citation in answer.citations]
    places = [Span(c.start, c.end) for c in answer.citations if c.document_id == holder]
    joined = "".join(quotes)
    return Reading(
        question=question,
        status=answer.status,
        rouge_quotes=rouge_l(joined, gold),
        rouge_answer=rouge_l(_plain(answer), gold),
        contains=contains(quotes, places, gold, span),
        ratio=ratio(joined, gold) if joined else None,
        right_document=bool(quotes) and answer.citations[0].document_id in question.documents,
        ms=ms,
    )


def _plain(answer: Answer) -> str:
    """The words of an answer without its markers."""
    words = answer.answer
    for marker in _markers(answer.citations):
        words = words.replace(marker, "")
    return words


def _markers(citations: Sequence[object]) -> list[str]:
    return [f"[{number}]" for number in range(1, len(citations) + 1)]
