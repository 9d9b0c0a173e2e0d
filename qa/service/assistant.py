"""The answering service: one object that the command line, the HTTP API and `eval` share."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from index.encoder import Encoder, load_encoder
from index.local import LocalIndex
from index.reranker import TOP, Reranker, load_reranker
from qa.answer import Answer, Request
from qa.draft import Draft
from qa.errors import UnknownModelError
from qa.generate.language_model import LanguageModel
from qa.generate.model_settings import EXTRACTIVE
from qa.question.checked import checked
from qa.retrieval.corpus import Corpus
from qa.retrieval.search import Searcher
from qa.service.settings import Settings
from qa.service.steps import Steps

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One step of an answer on its way; the last one is "answer" with the whole `Answer`."""

    kind: Literal["status", "token", "answer"]
    data: str | Answer


class Assistant:
    """Answers questions over one index; safe to use from several threads."""

    def __init__(
        self,
        index: LocalIndex,
        encoder: Encoder,
        reranker: Reranker | None = None,
        rerank_top: int = TOP,
        models: Mapping[str, LanguageModel] | None = None,
        default_model: str = EXTRACTIVE,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._encoder = encoder
        self._models = dict(models or {})
        self.default_model = default_model
        self._today = today
        self._reranking = reranker, rerank_top
        self._use(index)

    def _use(self, index: LocalIndex) -> None:
        self.index = index
        self.corpus = Corpus(index, self._encoder)
        self.steps = Steps(
            self.corpus, self._encoder, *self._reranking, self._models, today=self._today
        )
        self._chain: Runnable[Request, Answer] | None = None

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Open the index of `settings`; raises the index's errors."""
        encoder = load_encoder(*settings.encoder_choice)
        index = LocalIndex.open(settings.index_dir, encoder)
        models = {name: LanguageModel(name, one) for name, one in settings.models.items()}
        reranker = load_reranker(settings.reranker)
        return cls(index, encoder, reranker, settings.rerank_top, models, settings.model)

    @property
    def chain(self) -> "Runnable[Request, Answer]":
        """The same steps as a LangChain Runnable, made on first use."""
        if self._chain is None:
            from qa.service.chain import chain_of

            self._chain = chain_of(self.steps)
        return self._chain

    @property
    def searcher(self) -> Searcher:
        """Passages alone, over the same index with the same models; for the retriever."""
        return Searcher(self.index, self._encoder, *self._reranking)

    @property
    def models(self) -> tuple[str, ...]:
        """The answering models; "extractive" needs none and is always there."""
        return (EXTRACTIVE, *self._models)

    def refresh(self) -> None:
        """See what another process wrote since; questions under way end with what they began."""
        latest = self.index.latest()
        if latest is not self.index:
            self._use(latest)

    def ask(self, request: Request) -> Answer:
        """Answer or refuse; `QuestionError` when the question can't be taken."""
        self._accepted(request)
        return self.steps(request)

    def _accepted(self, request: Request) -> None:
        checked(request.question)
        if request.model not in self.models:
            raise UnknownModelError(
                f"没有名为{request.model}的模型",
                f"{'、'.join(self.models)}之一",
                "改用已配置的模型",
            )

    def stream(self, request: Request) -> Iterator[StreamEvent]:
        """The same in steps: what is being done, then the verified text, then the whole answer.

        A sentence of a language model is passed on as soon as it is whole and verified; the pieces
        together are the answer's text.
        """
        self._accepted(request)
        yield StreamEvent("status", "检索并核对原文")
        steps = self.steps
        composed = steps.compose(steps.retrieve(steps.understand(request)))
        if request.model in self._models:
            yield StreamEvent("status", f"由{request.model}撰写，逐句核验")
        sent = ""
        for step in steps.writing(composed, stream=True):
            if isinstance(step, Draft):
                text = steps.text(step)
                yield StreamEvent("token", text[len(sent) :])
                sent = text
            else:
                composed = step
        answer = steps.verify(composed)
        for piece in answer.answer[len(sent) :].splitlines(keepends=True):
            yield StreamEvent("token", piece)
        yield StreamEvent("answer", answer)
