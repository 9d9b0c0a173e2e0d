"""The whole as a LangChain Runnable: understand | retrieve | compose | verify.

Each step takes and returns records, so any of them can be tapped, replaced or traced; the input is
a `Request`, the output an `Answer`.
"""

import time
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableLambda

from index.encoder import Encoder
from qa.answer import Answer, Request, Verification
from qa.compose.context import Context
from qa.compose.dispatch import compose
from qa.concepts import topic
from qa.corpus import Corpus
from qa.draft import PARAGRAPH, Draft, Statement, render
from qa.ranking import Ranking, rank
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
    """What was asked, with the clauses for it; `retrieve_ms` is how long that took."""

    asked: Asked
    ranking: Ranking
    retrieve_ms: float


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft of the answer, not yet verified."""

    retrieved: Retrieved
    draft: Draft


def build_chain(corpus: Corpus, encoder: Encoder) -> Runnable[Request, Answer]:
    """The chain over one generation of an index."""
    understanding = Understanding(corpus)

    def understand(request: Request) -> Asked:
        started = time.perf_counter()
        return Asked(request, understanding(request), started)

    def retrieve(asked: Asked) -> Retrieved:
        started = time.perf_counter()
        words = asked.asked.topic or asked.asked.text
        found = rank(
            topic(words, corpus.frequencies, corpus.importance),
            corpus,
            encoder,
            _documents(asked.asked, corpus),
        )
        return Retrieved(asked, found, (time.perf_counter() - started) * 1000)

    def draft(retrieved: Retrieved) -> Composed:
        context = Context(retrieved.asked.asked, corpus, encoder, retrieved.ranking)
        return Composed(retrieved, compose(context))

    def check(composed: Composed) -> Answer:
        checked = verify(composed.draft, corpus)
        asked = composed.retrieved.asked
        shown = checked.draft
        if checked.figures.withheld:
            note = say(asked.asked.script, "withheld", count=checked.figures.withheld)
            shown = replace(shown, statements=(*shown.statements, Statement(note, lead=PARAGRAPH)))
        answer, citations = render(shown, corpus)
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
            verification=Verification(
                checked.figures.sentences, checked.figures.checked, checked.figures.withheld
            ),
        )

    return (
        RunnableLambda(understand, name="understand")
        | RunnableLambda(retrieve, name="retrieve")
        | RunnableLambda(draft, name="compose")
        | RunnableLambda(check, name="verify")
    )


def _documents(asked: Understood, corpus: Corpus) -> list[str] | None:
    """The document that a question is limited to, if it names one that is held."""
    if asked.document is not None and corpus.infos[asked.document].held:
        return [asked.document]
    named = [
        info.id for info in corpus.held if any(str(year) in info.title for year in asked.said_years)
    ]
    return named or None
