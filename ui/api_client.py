"""The chat's side of the HTTP API.

Requests never go through a proxy (`trust_env=False`): the service is on this machine, and a proxy
set in the environment would send the questions elsewhere or fail.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import httpx

TIMEOUT = httpx.Timeout(660.0, connect=3.0)
"""Seconds; a model may take the longest `timeout_s`, a connection on one machine may not."""


class ServiceAway(Exception):
    """The service can't be reached or broke off."""


class ServiceRefused(Exception):
    """The service answered with a problem; the message is its `detail`."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        self.problem = problem
        super().__init__(str(problem.get("detail") or problem.get("title") or "HTTP"))


def problem_of(response: httpx.Response) -> ServiceRefused:
    """The error of a response that is no success."""
    try:
        body = response.json()
    except ValueError:
        body = None
    known = isinstance(body, dict)
    return ServiceRefused(body if known else {"detail": f"HTTP {response.status_code}"})


def parse_events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Name and data of each server-sent event.

    >>> list(parse_events(iter(["event: token", 'data: {"text": "a"}', ""])))
    [('token', {'text': 'a'})]
    """
    name = ""
    for line in lines:
        if line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            yield name, json.loads(line.removeprefix("data:"))


class Client:
    """Connections to one API, for any number of threads."""

    def __init__(self, base_url: str, transport: httpx.BaseTransport | None = None) -> None:
        self.http = httpx.Client(
            base_url=base_url, timeout=TIMEOUT, trust_env=False, transport=transport
        )

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def get(self, path: str) -> Any:
        """The JSON of one address."""
        try:
            response = self.http.get(path)
            if response.is_success:
                return response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceAway(str(error)) from error
        raise problem_of(response)

    def documents(self) -> list[dict[str, Any]]:
        """All documents, those not held included."""
        found: list[dict[str, Any]] = self.get("/v1/documents")["documents"]
        return found

    def document(self, document_id: str) -> dict[str, Any]:
        """One document with its text and outline."""
        found: dict[str, Any] = self.get(f"/v1/documents/{quote(document_id)}")
        return found

    def stream(
        self, question: str, history: Sequence[Mapping[str, str]], model: str | None = None
    ) -> Iterator[tuple[str, Any]]:
        """The events of an answer; the last is always ("answer", object), or this raises."""
        body = {
            "question": question,
            "history": list(history),
            "language": "auto",
            "model": model,
        }
        try:
            with self.http.stream("POST", "/v1/ask/stream", json=body) as response:
                if not response.is_success:
                    response.read()
                    raise problem_of(response)
                for name, data in parse_events(response.iter_lines()):
                    if name == "error":
                        raise ServiceRefused(data)
                    yield name, data
                    if name == "answer":
                        return
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceAway(str(error)) from error
        raise ServiceAway("the stream ended without an answer")
