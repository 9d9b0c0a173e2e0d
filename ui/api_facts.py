"""Tasks and targets of the whole corpus as the HTTP API gives them: complete lists, each in place.

Spans are half-open code points of the document's text.
"""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from index.backend import SearchBackend
from ingest.schema import Clause, DocumentInfo, Fact


class UnitOut(BaseModel):
    """A unit as printed with its part in a task."""

    unit: str
    role: Literal["责任", "牵头", "配合"]


class QuantityOut(BaseModel):
    """A target without its place; `value` is in units of `unit`, `printed` as it stands there.

    `value` is null where what is printed is no number.
    """

    subject: str
    comparator: Literal["≥", "≤", "=", ">", "<"]
    value: int | float | None
    unit: str
    printed: str
    deadline: str
    start: int
    end: int


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


class TasksOut(BaseModel):
    """All tasks asked for, in reading order."""

    count: int
    tasks: list[TaskOut]


class TargetsOut(BaseModel):
    """All targets asked for, in reading order."""

    count: int
    targets: list[TargetOut]


def number(value: Decimal) -> int | float:
    """The nearest JSON number; the printed form stands beside it.

    >>> number(Decimal("80")), number(Decimal("99.9"))
    (80, 99.9)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def part(fact: Fact) -> UnitOut:
    """A unit with its part in a task, of a fact "duty"."""
    return UnitOut.model_validate({"unit": fact.who, "role": fact.role})


def quantity(fact: Fact, text: str) -> QuantityOut:
    """The part of a fact "figure" that does not depend on who asks; `text` is its document's."""
    return QuantityOut.model_validate(
        {
            "subject": fact.what,
            "comparator": fact.bound,
            "value": None if fact.value is None else number(fact.value),
            "unit": fact.measure,
            "printed": fact.span.of(text),
            "deadline": fact.when,
            "start": fact.span.start,
            "end": fact.span.end,
        }
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


class Outlines:
    """Documents and clauses, each text and outline read once while a list is made."""

    def __init__(self, index: SearchBackend) -> None:
        self.index = index
        self.infos: dict[str, DocumentInfo] = {}
        self.texts: dict[str, str] = {}
        self.read: dict[str, dict[int, Clause]] = {}

    def info(self, document_id: str) -> DocumentInfo:
        """What is known of a document."""
        if document_id not in self.infos:
            self.infos[document_id] = self.index.info(document_id)
        return self.infos[document_id]

    def text(self, document_id: str) -> str:
        """The text of a held document."""
        if document_id not in self.texts:
            self.texts[document_id] = self.index.document(document_id).text
        return self.texts[document_id]

    def clause(self, document_id: str, ordinal: int) -> Clause | None:
        """The clause of this ordinal; None is the document itself."""
        if document_id not in self.read:
            clauses = self.index.clauses(document_id)
            self.read[document_id] = {clause.ordinal: clause for clause in clauses}
        return self.read[document_id].get(ordinal)


def duties(
    index: SearchBackend, unit: str | None, document_id: str | None
) -> dict[tuple[str, int], list[Fact]]:
    """The facts "duty" of each clause, all of them, or of the clauses that name this unit."""
    if unit is None:
        found = index.facts("duty", document_id=document_id)
        wanted = {(fact.document_id, fact.clause) for fact in found}
    else:
        named = index.facts("duty", document_id=document_id, who=unit)
        wanted = {(fact.document_id, fact.clause) for fact in named}
        owners = dict.fromkeys(fact.document_id for fact in named)
        found = [fact for owner in owners for fact in index.facts("duty", document_id=owner)]
    of_clause: dict[tuple[str, int], list[Fact]] = {}
    for fact in found:
        if (fact.document_id, fact.clause) in wanted:
            of_clause.setdefault((fact.document_id, fact.clause), []).append(fact)
    return of_clause


def tasks(index: SearchBackend, unit: str | None, document_id: str | None) -> list[TaskOut]:
    """The clauses that name responsible units, each with all of its units."""
    outlines = Outlines(index)
    found = []
    for (owner, ordinal), named in duties(index, unit, document_id).items():
        clause, info = outlines.clause(owner, ordinal), outlines.info(owner)
        span = (clause.span.start, clause.span.end) if clause else (0, info.length)
        where = place(info, clause).model_dump()
        units = [part(fact) for fact in named]
        found.append(TaskOut(**where, units=units, start=span[0], end=span[1]))
    return found


def targets(index: SearchBackend, document_id: str | None) -> list[TargetOut]:
    """The quantities that documents state, each with its clause."""
    outlines = Outlines(index)
    return [
        TargetOut(
            **place(
                outlines.info(fact.document_id), outlines.clause(fact.document_id, fact.clause)
            ).model_dump(),
            **quantity(fact, outlines.text(fact.document_id)).model_dump(),
        )
        for fact in index.facts("figure", document_id=document_id)
    ]
