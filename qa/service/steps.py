"""The five steps from a request to an answer, as plain functions of records.

`chain` pipes them as a LangChain Runnable.  They stand by themselves because importing LangChain
takes longer than answering a question, and a command that answers one question need not wait.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace

from index.encoder import Encoder
from index.reranker import TOP, Reranker
from qa.answer import Answer, Request
from qa.compose.context import Context
from qa.compose.dispatch import compose_all
from qa.retrieval.concepts import topic
from qa.retrieval.corpus import Corpus
from qa.draft import PARAGRAPH, Draft, Statement, render
from qa.generate.language_model import LanguageModel, ModelTrouble
from qa.generate.evidence import Parts, Piece, parts_to_write, pieces
from qa.generate.model_settings import EXTRACTIVE
from qa.retrieval.ranking import Ranking, going_on, rank
from qa.reader.reading import Reader, shipped_reader
from qa.retrieval.reranking import reranked_clauses
from qa.understand import Understanding
from qa.understood import Understood
from qa.verify.verify import Checked, follows, verify
from qa.words.wording import say
from qa.generate.writer import NothingToSay, write


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
class Written:
    """What a language model wrote: `draft` with its sentences, none of them trusted.

    `trouble` is the phrase that says what went wrong ("": nothing), `ms` how long the model took.
    """

    draft: Draft
    ms: float
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft of the answer, not yet verified; `written` beside it where a model was asked."""

    retrieved: Retrieved
    draft: Draft
    written: Written | None = None


class Steps:
    """Understand, retrieve, compose, write, verify, over one generation of an index."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        reranker: Reranker | None = None,
        rerank_top: int = TOP,
        models: Mapping[str, LanguageModel] | None = None,
        reader: Callable[[], Reader] = shipped_reader,
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._reranker = reranker
        self._rerank_top = rerank_top
        self._models = models or {}
        self._reader = reader
        self._understanding = Understanding(corpus)

    def with_reader(self, reader: Reader) -> "Steps":
        """The same steps with another reader of spans."""
        changed = copy(self)
        changed._reader = lambda: reader
        return changed

    def __call__(self, request: Request) -> Answer:
        """All five in their order."""
        return self.verify(self.write(self.compose(self.retrieve(self.understand(request)))))

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
            asked.text if in_own_words(asked) else "",
        )
        found = reranked_clauses(question, found, self._reranker, self._rerank_top)
        return found if asked.beside is None else going_on(found, asked.beside)

    def compose(self, retrieved: Retrieved) -> Composed:
        """A draft of the answer, or of a refusal."""
        asked = retrieved.asked.asked
        parts = zip((asked, *asked.further), (retrieved.ranking, *retrieved.further), strict=True)
        contexts = [
            Context(part, self._corpus, self._encoder, ranking, self._reader)
            for part, ranking in parts
        ]
        return Composed(retrieved, compose_all(contexts))

    def _context(self, retrieved: Retrieved) -> Context:
        asked, ranking = retrieved.asked.asked, retrieved.ranking
        return Context(asked, self._corpus, self._encoder, ranking, self._reader)

    def write(self, composed: Composed) -> Composed:
        """The draft as a language model words it, where the request names one."""
        *_, last = self.writing(composed, stream=False)
        assert isinstance(last, Composed)
        return last

    def writing(self, composed: Composed, *, stream: bool) -> Iterator[Draft | Composed]:
        """The same while it comes: the verified part so far, then the whole, always the last."""
        asked = composed.retrieved.asked
        model = self._models.get(asked.request.model)
        task = self.to_write(composed) if model is not None else None
        if model is None or task is None:
            yield composed
            return
        parts, evidence = task
        started = time.perf_counter()
        shown: list[Statement] = []
        failed: list[Statement] = []
        trouble = ""
        try:
            for sentence in write(model, asked.asked.standalone, evidence, stream=stream):
                if not follows(sentence, self._corpus, self._understanding.names)[0]:
                    failed.append(sentence)
                    continue
                if not shown and not sentence.lead:
                    sentence = replace(sentence, lead=PARAGRAPH)
                shown.append(sentence)
                yield self.verified(_joined(composed.draft, parts, shown)).draft
        except ModelTrouble as error:
            trouble = f"model_{error.reason}"
        except NothingToSay:
            trouble = "model_nothing"
        draft = _joined(composed.draft, parts, [*shown, *failed], parts.after)
        ms = (time.perf_counter() - started) * 1000
        yield replace(composed, written=Written(draft, ms, trouble))

    def to_write(self, composed: Composed) -> tuple[Parts, tuple[Piece, ...]] | None:
        """What of a draft a model may write anew, and from which evidence; None: nothing."""
        context = self._context(composed.retrieved)
        if context.asked.further:
            return None  # the answers to several questions stay as they are
        parts = parts_to_write(context, composed.draft)
        evidence = pieces(context, parts) if parts is not None else ()
        return (parts, evidence) if parts is not None and evidence else None

    def verified(self, draft: Draft) -> Checked:
        """What of a draft its quotations show."""
        return verify(draft, self._corpus, self._understanding.names)

    def verify(self, composed: Composed) -> Answer:
        """What of the draft its quotations show, with markers and citations.

        What a model wrote stands only if some of it does; else the extractive draft, with a note
        that says why.
        """
        asked = composed.retrieved.asked
        script = asked.asked.script
        written, name, notes = composed.written, EXTRACTIVE, []
        checked = self.verified(composed.draft if written is None else written.draft)
        if written is not None and any(s.written for s in checked.draft.statements):
            name = asked.request.model
            if written.trouble:
                notes.append(say(script, "model_cut_off", model=name))
                checked = replace(checked, draft=checked.draft.but("partial"))
        elif written is not None:
            reason = say(script, written.trouble or "model_withheld")
            notes.append(say(script, "model_fallback", model=asked.request.model, reason=reason))
            checked = self.verified(composed.draft)
        shown = checked.draft
        if checked.figures.withheld:
            notes.insert(0, say(script, "withheld", count=checked.figures.withheld))
        noted = tuple(Statement(note, lead=PARAGRAPH) for note in notes)
        shown = replace(shown, statements=(*shown.statements, *noted))
        answer, citations = render(shown, self._corpus)
        timings = {"retrieve": round(composed.retrieved.retrieve_ms, 3)}
        if asked.request.model in self._models:
            timings["model"] = round(written.ms, 3) if written is not None else 0.0
        timings["total"] = round((time.perf_counter() - asked.started) * 1000, 3)
        return Answer(
            status=shown.status,
            answer=answer,
            citations=citations,
            standalone_question=asked.asked.standalone,
            suggestions=shown.suggestions,
            model=name,
            timings_ms=timings,
            verification=checked.figures,
        )

    def text(self, draft: Draft) -> str:
        """A draft as it is printed."""
        return render(draft, self._corpus)[0]


def _joined(
    draft: Draft, parts: Parts, written: list[Statement], after: tuple[Statement, ...] = ()
) -> Draft:
    """A draft with a model's sentences in the place of the quotations."""
    return replace(draft, statements=(*parts.before, *written, *after))


def in_own_words(asked: Understood) -> bool:
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
