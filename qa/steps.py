"""The four steps from a request to an answer, as plain functions of records.

`chain` pipes them as a LangChain Runnable.  They stand by themselves because importing LangChain
takes longer than answering a question, and a command that answers one question need not wait.
"""

import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace

from index.encoder import Encoder
from index.reranker import TOP, Reranker
from qa.answer import Answer, Request
from qa.compose.context import Context
from qa.compose.dispatch import compose
from qa.concepts import topic
from qa.corpus import Corpus
from qa.draft import PARAGRAPH, Draft, Statement, joined, render
from qa.ranking import Ranking, rank
from qa.reading import Reader, shipped_reader
from qa.reranking import reranked_clauses
from qa.understand import Understanding
from qa.understood import Understood
from qa.verify import verify
from qa.wording import say


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, understood; `started` is a monotonic clock in seconds."""

    request: Request
    asked: Understood
    started: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was asked, with the clauses for it; `retrieve_ms` is how long that took.

    `further` belongs to what else was asked, one by one.
    """

    asked: Asked
    ranking: Ranking
    retrieve_ms: float
    further: tuple[Ranking, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft of the answer, not yet verified."""

    retrieved: Retrieved
    draft: Draft


class Steps:
    """Understand, retrieve, compose, verify, over one generation of an index."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        reranker: Reranker | None = None,
        rerank_top: int = TOP,
        reader: Callable[[], Reader] = shipped_reader,
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._reranker = reranker
        self._rerank_top = rerank_top
        self._reader = reader
        self._understanding = Understanding(corpus)

    def with_reader(self, reader: Reader) -> "Steps":
        """The same steps with another reader of spans."""
        changed = copy(self)
        changed._reader = lambda: reader
        return changed

    def __call__(self, request: Request) -> Answer:
        """All four in their order."""
        return self.verify(self.compose(self.retrieve(self.understand(request))))

    def understand(self, request: Request) -> Asked:
        """What is asked."""
        started = time.perf_counter()
        return Asked(request, self._understanding(request), started)

    def retrieve(self, asked: Asked) -> Retrieved:
        """The clauses for it, best first."""
        started = time.perf_counter()
        found = self._ranking(asked.asked)
        further = tuple(self._ranking(part) for part in asked.asked.further)
        return Retrieved(asked, found, (time.perf_counter() - started) * 1000, further)

    def _ranking(self, asked: Understood) -> Ranking:
        corpus = self._corpus
        question = asked.topic or asked.text
        found = rank(
            topic(question, corpus.frequencies, corpus.importance),
            corpus,
            self._encoder,
            documents_named(asked, corpus),
            asked.text if _in_own_words(asked) else "",
        )
        return reranked_clauses(question, found, self._reranker, self._rerank_top)

    def compose(self, retrieved: Retrieved) -> Composed:
        """A draft of the answer, or of a refusal."""
        asked = retrieved.asked.asked
        parts = zip((asked, *asked.further), (retrieved.ranking, *retrieved.further), strict=True)
        drafts = [
            compose(Context(part, self._corpus, self._encoder, ranking, self._reader))
            for part, ranking in parts
        ]
        return Composed(retrieved, joined(drafts))

    def verify(self, composed: Composed) -> Answer:
        """What of the draft its quotations show, with markers and citations."""
        checked = verify(composed.draft, self._corpus, self._understanding.names)
        asked = composed.retrieved.asked
        shown = checked.draft
        if checked.figures.withheld:
            note = say(asked.asked.script, "withheld", count=checked.figures.withheld)
            shown = replace(shown, statements=(*shown.statements, Statement(note, lead=PARAGRAPH)))
        answer, citations = render(shown, self._corpus)
        return Answer(
            status=shown.status,
            answer=answer,
            citations=citations,
            standalone_question=asked.asked.standalone,
            suggestions=shown.suggestions,
            model="extractive",
            timings_ms={
                "retrieve": round(composed.retrieved.retrieve_ms, 3),
                "total": round((time.perf_counter() - asked.started) * 1000, 3),
            },
            verification=checked.figures,
        )


def _in_own_words(asked: Understood) -> bool:
    """Whether all of a question's words are searched for, and not only those of its topic.

    What asks for a unit or is made of table words (English) says nothing of the matter; but in a
    description of one's own situation any word may.
    """
    facts = ("responsible", "check", "unit_tasks", "tasks_on")
    return not (asked.inherits or asked.english or asked.intent in facts)


def documents_named(asked: Understood, corpus: Corpus) -> list[str] | None:
    """The document that a question is limited to, if it names one that is held."""
    if asked.document is not None and corpus.infos[asked.document].held:
        return [asked.document]
    return corpus.holdings.of_years(asked.said_years) or None
