"""Documents as the HTTP API gives them: metadata, text, outline and facts.

Spans are half-open code points of `text`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from index.backend import SearchBackend
from ingest.schema import Clause, Fact, FactKind
from ui.api_facts import QuantityOut, UnitOut, part, quantity


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
    recognized: bool


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


class ResponsibilityOut(UnitOut):
    """A responsibility of a document; `clause` is the ordinal in its outline."""

    clause: int
    open_ended: bool
    start: int
    end: int

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """The fact as JSON."""
        return cls(
            **part(fact).model_dump(),
            clause=fact.clause,
            open_ended=fact.open,
            start=fact.span.start,
            end=fact.span.end,
        )


class TargetFactOut(QuantityOut):
    """A target of a document; `clause` is the ordinal in its outline."""

    clause: int

    @classmethod
    def of(cls, fact: Fact, text: str) -> Self:
        """The fact as JSON; `text` is its document's."""
        return cls(**quantity(fact, text).model_dump(), clause=fact.clause)


class ReferenceOut(BaseModel):
    """A 《title》 that a clause names; `target` is a document id where it is known."""

    clause: int
    title: str
    target: str | None
    start: int
    end: int

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """The fact as JSON."""
        return cls(
            clause=fact.clause,
            title=fact.what,
            target=fact.target,
            start=fact.span.start,
            end=fact.span.end,
        )


class DateOut(BaseModel):
    """A day that a clause names, with what it means there; `date` is an ISO date, or --MM-DD."""

    clause: int
    meaning: str
    date: str
    start: int
    end: int

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """The fact as JSON."""
        return cls(
            clause=fact.clause,
            meaning=fact.what,
            date=fact.when,
            start=fact.span.start,
            end=fact.span.end,
        )


class SaidOut(BaseModel):
    """An item, definition, contact, question or cross reference.

    `subject` is the term or who is reached, `what` the lead-in, kind, question or label, `number`
    the item's number or the ordinal of the clause that is pointed to; `start` and `end` are the
    words' own, `group_start` and `group_end` those of the list, sentence, line or pair.
    """

    clause: int
    subject: str
    what: str
    number: int | None
    text: str
    start: int
    end: int
    group_start: int
    group_end: int

    @classmethod
    def of(cls, fact: Fact, text: str) -> Self:
        """The fact as JSON; `text` is its document's."""
        return cls(
            clause=fact.clause,
            subject=fact.who,
            what=fact.what,
            number=None if fact.value is None else int(fact.value),
            text=fact.span.of(text),
            start=fact.span.start,
            end=fact.span.end,
            group_start=fact.group.start,
            group_end=fact.group.end,
        )


class FactsOut(BaseModel):
    """Everything that was read out of a document."""

    responsibilities: list[ResponsibilityOut]
    targets: list[TargetFactOut]
    references: list[ReferenceOut]
    dates: list[DateOut]
    items: list[SaidOut]
    definitions: list[SaidOut]
    contacts: list[SaidOut]
    questions: list[SaidOut]
    cross_references: list[SaidOut]


class DocumentDetailOut(DocumentOut):
    """A document with text, outline and facts; all empty where the text is not held."""

    text: str
    outline: list[ClauseOut]
    facts: FactsOut


class DocumentsOut(BaseModel):
    """All documents, those not held included."""

    count: int
    documents: list[DocumentOut]


def detail(index: SearchBackend, document_id: str) -> DocumentDetailOut:
    """A document with all that was read out of it, or `UnknownDocumentError`."""
    info = index.info(document_id)
    text = index.document(document_id).text if info.held else ""

    def facts(kind: FactKind) -> Sequence[Fact]:
        return index.facts(kind, document_id=document_id) if info.held else ()

    def said(kind: FactKind) -> list[SaidOut]:
        return [SaidOut.of(fact, text) for fact in facts(kind)]

    return DocumentDetailOut(
        **DocumentOut.model_validate(info).model_dump(),
        text=text,
        outline=[ClauseOut.of(one) for one in index.clauses(document_id)] if info.held else [],
        facts=FactsOut(
            responsibilities=[ResponsibilityOut.of(fact) for fact in facts("duty")],
            targets=[TargetFactOut.of(fact, text) for fact in facts("figure")],
            references=[ReferenceOut.of(fact) for fact in facts("reference")],
            dates=[DateOut.of(fact) for fact in facts("date")],
            items=said("item"),
            definitions=said("definition"),
            contacts=said("contact"),
            questions=said("question"),
            cross_references=said("crossref"),
        ),
    )
