"""Tasks and targets of the whole corpus as the HTTP API gives them: complete lists, each in place.

Spans are half-open code points of the document's text.
"""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from index.backend import SearchBackend
from ingest.schema import Clause, DocumentInfo, Target


class UnitOut(BaseModel):
    """A unit as printed with its part in a task."""

    unit: str
    role: Literal["责任", "牵头", "配合"]


class QuantityOut(BaseModel):
    """A target without its place; `value` is in units of `unit`, `printed` as it stands there."""

    subject: str
    comparator: Literal["≥", "≤", "=", ">", "<"]
    value: int | float
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


class Outlines:
    """Documents and clauses, each outline read once while a list is made."""

    def __init__(self, index: SearchBackend) -> None:
        self.index = index
        self.infos = {info.id: info for info in index.documents()}
        self.read: dict[str, dict[int, Clause]] = {}

    def clause(self, document_id: str, ordinal: int) -> Clause | None:
        """The clause of this ordinal; None is the document itself."""
        if document_id not in self.read:
            clauses = self.index.clauses(document_id)
            self.read[document_id] = {clause.ordinal: clause for clause in clauses}
        return self.read[document_id].get(ordinal)


def tasks(index: SearchBackend, unit: str | None, document_id: str | None) -> list[TaskOut]:
    """The clauses that name responsible units, each with all of its units."""
    outlines = Outlines(index)
    units: dict[tuple[str, int], list[UnitOut]] = {}
    for fact in index.responsibilities(document_id=document_id):
        units.setdefault((fact.document_id, fact.clause), []).append(
            UnitOut(unit=fact.unit, role=fact.role)
        )
    found = []
    for (owner, ordinal), named in units.items():
        if unit is not None and all(unit != one.unit for one in named):
            continue
        clause = outlines.clause(owner, ordinal)
        info = outlines.infos[owner]
        span = (clause.span.start, clause.span.end) if clause else (0, info.length)
        where = place(info, clause).model_dump()
        found.append(TaskOut(**where, units=named, start=span[0], end=span[1]))
    return found


def targets(index: SearchBackend, document_id: str | None) -> list[TargetOut]:
    """The quantities that documents state, each with its clause."""
    outlines = Outlines(index)
    return [
        TargetOut(
            **place(
                outlines.infos[fact.document_id], outlines.clause(fact.document_id, fact.clause)
            ).model_dump(),
            **quantity(fact).model_dump(),
        )
        for fact in index.targets(document_id=document_id)
    ]
