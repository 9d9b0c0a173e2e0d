"""The five steps from a request to an answer, as plain functions of records.

`chain` pipes them as a LangChain Runnable.  They stand by themselves because importing LangChain
takes longer than answering a question, and a command that answers one question need not wait.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from index.encoder import Encoder
from index.reranker import TOP, Reranker
from qa.answer import Answer, Request
from qa.draft import PARAGRAPH, Draft, Statement
from qa.execute.engine import Engine
from qa.execute.result import Result
from qa.generate.evidence import Parts, Piece, parts_to_write, pieces
from qa.generate.language_model import LanguageModel, ModelTrouble
from qa.generate.model_settings import EXTRACTIVE
from qa.generate.writer import NothingToSay, write
from qa.question.dialogue import Earlier, merged
from qa.question.plan import Plan
from qa.question.understand import Understanding
from qa.reader.reading import Reader, shipped_reader
from qa.retrieval.corpus import Corpus
from qa.service.turns import earlier
from qa.tell.rendering import render
from qa.tell.telling import told
from qa.verify.verify import Checked, follows, verify
from qa.words.wording import say


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, understood; `started` is a monotonic clock in seconds."""

    request: Request
    plan: Plan
    started: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was asked, with what the documents hold for it."""

    asked: Asked
    result: Result


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
        today: Callable[[], date] = date.today,
    ) -> None:
        self._corpus = corpus
        self._models = models or {}
        self._engine = Engine(corpus, encoder, reranker, rerank_top, reader, today)
        self._understanding = Understanding(corpus)

    def __call__(self, request: Request) -> Answer:
        """All five in their order."""
        return self.verify(self.write(self.compose(self.retrieve(self.understand(request)))))

    def understand(self, request: Request) -> Asked:
        """What is asked; a follow-up is the earlier plan with parts replaced."""
        started = time.perf_counter()
        *asked, last = self._understanding.plans(request)
        turns: list[Earlier] = []
        for plan in asked:
            plan = merged(plan, turns) if turns else plan
            turns.append(earlier(self._corpus, plan, self._engine.run(plan)))
        return Asked(request, merged(last, turns) if turns else last, started)

    def retrieve(self, asked: Asked) -> Retrieved:
        """What the documents hold for it."""
        return Retrieved(asked, self._engine.run(asked.plan))

    def compose(self, retrieved: Retrieved) -> Composed:
        """A draft of the answer, or of a refusal."""
        return Composed(retrieved, told(self._corpus, retrieved.result))

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
            for sentence in write(
                model, asked.plan.standalone or asked.plan.question, evidence, stream=stream
            ):
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
        parts = parts_to_write(composed.retrieved.result, composed.draft)
        evidence = pieces(self._corpus, parts) if parts is not None else ()
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
        script = asked.plan.script
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
        timings = {"retrieve": round(composed.retrieved.result.ms, 3)}
        if asked.request.model in self._models:
            timings["model"] = round(written.ms, 3) if written is not None else 0.0
        timings["total"] = round((time.perf_counter() - asked.started) * 1000, 3)
        return Answer(
            status=shown.status,
            answer=answer,
            citations=citations,
            standalone_question=asked.plan.standalone or asked.plan.question,
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
