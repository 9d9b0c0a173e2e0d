"""What the faces of the program need of the answering service, as a Protocol.

`qa.service.assistant.Assistant` fulfils it; tests use a small double.  With the Protocol at the
boundary the HTTP API can be imported, typed and tested without opening an index.
"""

from collections.abc import Iterator
from typing import Literal, Protocol

from index.backend import SearchBackend
from qa.answer import Answer, Request


class Event(Protocol):
    """One step of an answer on its way: a status line, a piece of text, or the whole answer."""

    @property
    def kind(self) -> Literal["status", "token", "answer"]:
        """What `data` is."""

    @property
    def data(self) -> str | Answer:
        """Text for "status" and "token"; the `Answer` for "answer", which is always the last."""


class AnsweringService(Protocol):
    """Answers questions over one index, from several threads."""

    @property
    def index(self) -> SearchBackend:
        """The index that answers come from; only its read methods are used."""

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the answering models; "extractive" comes first and is always there."""

    @property
    def default_model(self) -> str:
        """The one that answers where a request names none."""

    def ask(self, request: Request) -> Answer:
        """Answer or refuse; `QuestionError` when the question can't be taken."""

    def stream(self, request: Request) -> Iterator[Event]:
        """The same, step by step."""

    def refresh(self) -> None:
        """See the generation that another process wrote, if there is one; cheap."""
