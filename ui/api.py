"""The HTTP API: routes over an answering service.

Handlers are plain functions, so FastAPI runs them in its thread pool and a long answer holds up
nobody else.  Objects are in `ui.api_requests`, `ui.api_documents` and
`ui.api_facts`, errors in `ui.problems`.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Query
from fastapi.responses import StreamingResponse
from fastapi.telemetry import TelemetryConfig
from pydantic import BaseModel

from qa.answer import Answer, Request
from qa.errors import UnknownModelError
from qa.question.checked import checked
from ui import problems
from ui.api_documents import DocumentDetailOut, DocumentOut, DocumentsOut, detail
from ui.api_facts import TargetsOut, TasksOut, targets, tasks
from ui.api_requests import AskIn
from ui.scope import limited_to
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


def accepted(body: AskIn, service: AnsweringService) -> Request:
    """The question as a record, or the error that refuses it.

    Checked here because a stream's status line is sent before the service looks at the question.
    """
    checked(body.question)
    request = body.to_request(service.default_model)
    if request.model not in service.models:
        known = "、".join(service.models)
        raise UnknownModelError(f"模型名是{request.model}", f"{known}之一", "改用已配置的模型")
    return replace(request, documents=limited_to(service.index, request.documents))


class HealthOut(BaseModel):
    """The service is up and reads this generation of the index."""

    status: Literal["ok"]
    documents: int
    models: tuple[str, ...]
    default_model: str
    generation: str


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
        return service.ask(accepted(body, service))

    @app.post("/v1/ask/stream", response_class=StreamingResponse)
    def stream(body: AskIn, service: Service) -> StreamingResponse:
        """The same as server-sent events: status, token, answer, error."""
        events = service.stream(accepted(body, service))
        return StreamingResponse(
            event_stream(events),
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
            default_model=service.default_model,
            generation=service.index.snapshot(),
        )

    return app
