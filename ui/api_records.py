"""The JSON objects of the HTTP API that are no answers, and how records become them.

Requests are strict (unknown fields are errors).  Spans are half-open code points of `text`.
"""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from ingest.schema import Clause, DocumentInfo, Reference, Responsibility, Target
from qa.answer import Language, Request, Turn


class TurnIn(BaseModel):
    """An earlier question with its answer."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=10_000)
    answer: str = Field(default="", max_length=100_000)


class AskIn(BaseModel):
    """A question; its own length is limited by `qa`, which answers 400."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "谁负责推进IPv6规模部署？"}],
        },
    )

    question: str
    history: list[TurnIn] = Field(default=[], max_length=50)
    language: Language = "auto"
    model: str = Field(default="extractive", min_length=1, max_length=200)

    def to_request(self) -> Request:
        """The record that the answering service takes."""
        turns = tuple(Turn(turn.question, turn.answer) for turn in self.history)
        return Request(self.question, turns, self.language, self.model)


class DocumentOut(BaseModel):
    """A document without its text; `held` is false where only other documents name it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    number: str
    issuer: str
    issued: date | None
    published: date | None
    effective: date | None
    repealed: date | None
    status: str
    level: str
    region: str
    source: str
    media_type: str
    sha256: str
    length: int
    held: bool


class ClauseOut(BaseModel):
    """A node of the outline; `parent` is the ordinal of the node above."""

    ordinal: int
    parent: int | None
    label: str
    path: str
    heading: str
    heading_path: tuple[str, ...]
    start: int
    end: int

    @classmethod
    def of(cls, clause: Clause) -> Self:
        """The clause as JSON."""
        return cls(
            ordinal=clause.ordinal,
            parent=clause.parent,
            label=clause.label,
            path=clause.path,
            heading=clause.heading,
            heading_path=clause.heading_path,
            start=clause.span.start,
            end=clause.span.end,
        )


class UnitOut(BaseModel):
    """A unit as printed with its part in a task."""

    unit: str
    role: Literal["责任", "牵头", "配合"]


class ResponsibilityOut(UnitOut):
    """A responsibility of a document; `clause` is the ordinal in its outline."""

    clause: int
    open_ended: bool
    start: int
    end: int

    @classmethod
    def of(cls, fact: Responsibility) -> Self:
        """The fact as JSON."""
        return cls(
            unit=fact.unit,
            role=fact.role,
            clause=fact.clause,
            open_ended=fact.open_ended,
            start=fact.span.start,
            end=fact.span.end,
        )


class QuantityOut(BaseModel):
    """A target without its place; `value` is null for graded words such as 五级."""

    subject: str
    comparator: Literal["≥", "≤", "=", ">", "<"]
    value: int | float | None
    unit: str
    printed: str
    deadline: str
    start: int
    end: int


class TargetFactOut(QuantityOut):
    """A target of a document; `clause` is the ordinal in its outline."""

    clause: int

    @classmethod
    def of(cls, fact: Target) -> Self:
        """The fact as JSON."""
        return cls(**quantity(fact).model_dump(), clause=fact.clause)


class ReferenceOut(BaseModel):
    """A 《title》 that a clause names; `target` is a document id where it is known."""

    clause: int
    title: str
    target: str | None
    start: int
    end: int

    @classmethod
    def of(cls, fact: Reference) -> Self:
        """The fact as JSON."""
        span = fact.span
        return cls(
            clause=fact.clause,
            title=fact.title,
            target=fact.target,
            start=span.start,
            end=span.end,
        )


class FactsOut(BaseModel):
    """Everything that was read out of a document."""

    responsibilities: list[ResponsibilityOut]
    targets: list[TargetFactOut]
    references: list[ReferenceOut]


class DocumentDetailOut(DocumentOut):
    """A document with text, outline and facts; all empty where the text is not held."""

    text: str
    outline: list[ClauseOut]
    facts: FactsOut


class PlaceOut(BaseModel):
    """A clause of a document, named as citations name it."""

    document_id: str
    document_title: str
    document_number: str
    clause: str
    clause_path: str
    heading: str
    heading_path: tuple[str, ...]


class TaskOut(PlaceOut):
    """A clause that makes units responsible; `start` and `end` are the clause's."""

    units: list[UnitOut]
    start: int
    end: int


class TargetOut(PlaceOut, QuantityOut):
    """A target with its clause; `start` and `end` are those of the printed quantity."""


class DocumentsOut(BaseModel):
    """All documents, those not held included."""

    count: int
    documents: list[DocumentOut]


class TasksOut(BaseModel):
    """All tasks asked for, in reading order."""

    count: int
    tasks: list[TaskOut]


class TargetsOut(BaseModel):
    """All targets asked for, in reading order."""

    count: int
    targets: list[TargetOut]


class HealthOut(BaseModel):
    """The service is up and reads this generation of the index."""

    status: Literal["ok"]
    documents: int
    models: tuple[str, ...]
    generation: str


def number(value: Decimal | None) -> int | float | None:
    """The nearest JSON number; the printed form stands beside it.

    >>> number(Decimal("80")), number(Decimal("99.9")), number(None)
    (80, 99.9, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def quantity(fact: Target) -> QuantityOut:
    """The part of a target that does not depend on who asks."""
    return QuantityOut(
        subject=fact.subject,
        comparator=fact.comparator,
        value=number(fact.value),
        unit=fact.unit,
        printed=fact.printed,
        deadline=fact.deadline,
        start=fact.span.start,
        end=fact.span.end,
    )


def place(info: DocumentInfo, clause: Clause | None) -> PlaceOut:
    """Where a fact stands; None is the document itself."""
    return PlaceOut(
        document_id=info.id,
        document_title=info.title,
        document_number=info.number,
        clause=clause.label if clause else "",
        clause_path=clause.path if clause else "",
        heading=clause.heading if clause else "",
        heading_path=clause.heading_path if clause else (),
    )
