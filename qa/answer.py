"""What is asked and what is answered: the records of the contract.

Field names are those of the JSON that the HTTP API and `wence ask --json` give.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["answered", "partial", "not_found", "out_of_scope", "clarify"]
Language = Literal["auto", "zh", "en"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation with the answer that was given (may be empty)."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what came before it."""

    question: str
    history: tuple[Turn, ...] = ()
    language: Language = "auto"
    model: str = "extractive"
    documents: tuple[str, ...] = ()
    """Ids of the documents to answer from; empty: all."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document: `text[start:end] == quote`, in code points, half-open.

    `clause` is the printed label ("3", "(二)", "第三条"), empty for the head of the document;
    `clause_path` tells equal labels apart ("一/(二)").
    """

    marker: int
    document_id: str
    document_title: str
    document_number: str
    clause: str
    clause_path: str
    heading_path: tuple[str, ...]
    quote: str
    start: int
    end: int
    page: int | None
    source: str
    highlights: tuple[tuple[int, int], ...] = ()
    """Spans of the document inside [start, end) that answer: what a reader should see first."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of the answer counted.

    `checked` numbers, dates, unit names and quotations; `withheld` sentences that failed and are
    not in the answer.
    """

    sentences: int = 0
    checked: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or a typed refusal; `answer` is Markdown with [1] markers into `citations`."""

    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    standalone_question: str = ""
    suggestions: tuple[str, ...] = ()
    model: str = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    verification: Verification = Verification()

    def to_json(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return asdict(self)
