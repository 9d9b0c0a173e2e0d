"""The four steps from a request to an answer, as plain functions of records.

`chain` pipes them as a LangChain Runnable.  They stand by themselves because importing LangChain
takes longer than answering a question, and a command that answers one question need not wait.
"""

import time
from dataclasses import dataclass, replace

from index.encoder import Encoder
from index.reranker import TOP, Reranker
from qa.answer import Answer, Request
from qa.compose.context import Context
from qa.compose.dispatch import compose
from qa.concepts import topic
from qa.corpus import Corpus
from qa.draft import PARAGRAPH, Draft, Statement, render
from qa.ranking import Ranking, rank
from qa.reranking import reranked_clauses
from qa.understand import Understanding
from qa.understood import Understood
from qa.verify import verify
from qa.wording import say

WHOLE = ("describe", "list", "target", "clause")
"""Intents whose passages are looked for with the whole question: its scaffolding (which place, how
much, in what way) tells documents apart that a topic alone leaves equal."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, understood; `started` is a monotonic clock in seconds."""

    request: Request
    asked: Understood
    started: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was asked, with the clauses for it; `retrieve_ms` is how long that took."""

    asked: Asked
    ranking: Ranking
    retrieve_ms: float


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
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._reranker = reranker
        self._rerank_top = rerank_top
        self._understanding = Understanding(corpus)

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
        corpus = self._corpus
        found = rank(
            topic(asked.asked.topic or asked.asked.text, corpus.frequencies, corpus.importance),
            corpus,
            self._encoder,
            _documents(asked.asked, corpus),
            _searched(asked.asked),
        )
        question = asked.asked.topic or asked.asked.text
        found = reranked_clauses(question, found, self._reranker, self._rerank_top)
        return Retrieved(asked, found, (time.perf_counter() - started) * 1000)

    def compose(self, retrieved: Retrieved) -> Composed:
        """A draft of the answer, or of a refusal."""
        asked = retrieved.asked.asked
        context = Context(asked, self._corpus, self._encoder, retrieved.ranking)
        return Composed(retrieved, compose(context))

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


def _searched(asked: Understood) -> str:
    """The words that passages are looked for with; none means those of the topic.

    A question in English was translated word by word, so only its topic is to be trusted.
    """
    return asked.text if asked.intent in WHOLE and not asked.english else ""


def _documents(asked: Understood, corpus: Corpus) -> list[str] | None:
    """The document that a question is limited to, if it names one that is held."""
    if asked.document is not None and corpus.infos[asked.document].held:
        return [asked.document]
    named = [
        info.id
        for info in corpus.held
        for year in asked.said_years
        if str(year) in info.title or year in {d.year for d in (info.issued, info.published) if d}
    ]
    return named or None
