"""What the HTTP API takes: a question, its history, its documents.  Unknown fields are errors."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa.answer import Language, Request, Turn


class TurnIn(BaseModel):
    """An earlier question with its answer."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=10_000)
    answer: str = Field(default="", max_length=100_000)


class AskIn(BaseModel):
    """A question; its own length is limited by `qa`, which answers 400."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: list[TurnIn] = Field(default=[], max_length=50)
    language: Language = "auto"
    model: str | None = Field(default=None, min_length=1, max_length=200)
    """None: the model that the settings name."""
    documents: list[Annotated[str, Field(max_length=200)]] | None = Field(
        default=None, max_length=1000
    )
    """Ids of the documents to answer from, all held; None or none: all documents."""

    def to_request(self, default_model: str) -> Request:
        """The record that the answering service takes."""
        turns = tuple(Turn(turn.question, turn.answer) for turn in self.history)
        return Request(
            self.question,
            turns,
            self.language,
            self.model or default_model,
            tuple(self.documents or ()),
        )
