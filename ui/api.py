"""The HTTP API: routes over an answering service.

Handlers are plain functions, so FastAPI runs them in its thread pool and a long answer holds up
nobody else.  Objects are in `ui.api_records`, errors in `ui.problems`.
"""

import json
import logging
from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from fastapi.responses import StreamingResponse
from fastapi.telemetry import TelemetryConfig

from index.backend import SearchBackend
from ingest.schema import Clause, DocumentInfo
from qa.answer import Answer
from ui import problems
from ui.api_records import (
    AskIn,
    ClauseOut,
    DocumentDetailOut,
    DocumentOut,
    DocumentsOut,
    FactsOut,
    HealthOut,
    ReferenceOut,
    ResponsibilityOut,
    TargetFactOut,
    TargetOut,
    TargetsOut,
    TaskOut,
    TasksOut,
    UnitOut,
    place,
    quantity,
)
from ui.service import AnsweringService, Event

LOG = logging.getLogger("wence.api")
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
STREAM_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
Optional = Annotated[str | None, Query(max_length=200)]


def server_sent(name: str, data: object) -> str:
    """One server-sent event.

    ASCII only: clients that split lines as Python does would cut the data at U+2028 or U+0085.

    >>> server_sent("token", {"text": "问"})
    'event: token\\ndata: {"text": "\\\\u95ee"}\\n\\n'
    """
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def event_stream(events: Iterator[Event]) -> Iterator[str]:
    """The events of an answer as text; an error becomes the last event."""
    try:
        for event in events:
            if isinstance(event.data, Answer):
                yield server_sent("answer", event.data.to_json())
            else:
                yield server_sent(event.kind, {"text": event.data})
    except Exception as error:  # the status line is sent: the error can only travel as an event
        body = problems.of_error(error)
        if body["status"] == 500:
            LOG.error("a streamed answer failed", exc_info=error)
        yield server_sent("error", body)


def info_of(index: SearchBackend, document_id: str) -> DocumentInfo:
    """What is known of a document, or `UnknownDocumentError`."""
    known = {info.id: info for info in index.documents()}
    return known.get(document_id) or index.document(document_id).info


def detail(index: SearchBackend, document_id: str) -> DocumentDetailOut:
    """A document with all that was read out of it."""
    info = info_of(index, document_id)
    text = index.document(document_id).text if info.held else ""
    facts = FactsOut(
        responsibilities=[
            ResponsibilityOut.of(fact) for fact in index.responsibilities(document_id=document_id)
        ],
        targets=[TargetFactOut.of(fact) for fact in index.targets(document_id=document_id)],
        references=[ReferenceOut.of(fact) for fact in index.references(document_id=document_id)],
    )
    return DocumentDetailOut(
        **DocumentOut.model_validate(info).model_dump(),
        text=text,
        outline=[ClauseOut.of(clause) for clause in index.clauses(document_id)],
        facts=facts,
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


def create_app(service: AnsweringService) -> FastAPI:
    """The application; the interactive pages are off because they load scripts from the web."""
    app = FastAPI(title="Wence 问策", docs_url=None, redoc_url=None, telemetry=NO_TELEMETRY)
    problems.install(app)

    def current() -> AnsweringService:
        service.refresh()
        return service

    Service = Annotated[AnsweringService, Depends(current)]

    @app.post("/v1/ask")
    def ask(body: AskIn, service: Service) -> Answer:
        """Answer a question with citations, or refuse with a reason."""
        return service.ask(body.to_request())

    @app.post("/v1/ask/stream", response_class=StreamingResponse)
    def stream(body: AskIn, service: Service) -> StreamingResponse:
        """The same as server-sent events: status, token, answer, error."""
        events = iter(service.stream(body.to_request()))
        first = next(events)  # an error here still has its own HTTP status
        return StreamingResponse(
            event_stream(chain([first], events)),
            media_type="text/event-stream",
            headers=STREAM_HEADERS,
        )

    @app.get("/v1/documents")
    def list_documents(service: Service) -> DocumentsOut:
        """All documents, those not held included."""
        found = [DocumentOut.model_validate(info) for info in service.index.documents()]
        return DocumentsOut(count=len(found), documents=found)

    @app.get("/v1/documents/{document_id:path}")
    def get_document(document_id: str, service: Service) -> DocumentDetailOut:
        """One document with text, outline and facts."""
        return detail(service.index, document_id)

    @app.get("/v1/tasks")
    def list_tasks(
        service: Service, unit: Optional = None, document_id: Optional = None
    ) -> TasksOut:
        """The clauses with responsible units, all or those of one printed unit."""
        found = tasks(service.index, unit, document_id)
        return TasksOut(count=len(found), tasks=found)

    @app.get("/v1/targets")
    def list_targets(service: Service, document_id: Optional = None) -> TargetsOut:
        """The quantities that the documents state."""
        found = targets(service.index, document_id)
        return TargetsOut(count=len(found), targets=found)

    @app.get("/healthz")
    def health(service: Service) -> HealthOut:
        """Whether the index can be read."""
        return HealthOut(
            status="ok",
            documents=sum(info.held for info in service.index.documents()),
            models=service.models,
            generation=service.index.snapshot(),
        )

    return app
