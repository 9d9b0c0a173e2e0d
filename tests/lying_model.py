"""A language model on this machine that speaks OpenAI's chat protocol and does as it is told.

`LyingModel` is an HTTP server; `reply` says what it writes, from the evidence that it finds in the
prompt, and `manner` how it sends it: plainly, or in one of the ways in which servers go wrong.
"""

import html
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qa.generate.model_settings import ModelSettings

KEY = "sk-only-for-the-test"
_ITEM = re.compile(r'<资料 编号="(E\d+)" 出处="([^"]*)">(.*?)</资料>', re.S)
_QUESTION = re.compile("<问题>(.*?)</问题>", re.S)


@dataclass(frozen=True)
class Prompt:
    """What the model was sent: handles with their words, the question, and all of it."""

    evidence: dict[str, str]
    question: str
    whole: str


Reply = Callable[[Prompt], str]


def first_piece(prompt: Prompt) -> str:
    """An honest reply: the first piece of evidence, as it stands."""
    return f"{prompt.evidence['E1']}[E1]"


class LyingModel:
    """The server; `requests` keeps the bodies, `manners` are used one a request, the last again.

    Manners: "fine", an HTTP status ("401"), "stall" (before the head), "stall in the middle",
    "drop" (the connection, in the middle), "drop at once", "page" (HTML with status 200),
    "broken" (a stream of no JSON), "empty", "trickle" (a character a second).
    """

    def __init__(self) -> None:
        self.reply: Reply = first_piece
        self.manners = ["fine"]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def settings(self, **given: Any) -> ModelSettings:
        usual = {"base_url": self.url, "api_key": KEY, "timeout_s": 20.0}
        return ModelSettings(model="liar", **{**usual, **given})

    def behave(self, *manners: str, reply: Reply = first_piece) -> None:
        self.manners, self.reply = list(manners) or ["fine"], reply
        self.requests.clear()
        self.headers.clear()

    def stop(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # a stream of small pieces must not wait for each other

            def log_message(self, *_: Any) -> None:
                return None

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                model.requests.append(body)
                model.headers.append({k.lower(): v for k, v in self.headers.items()})
                manner = model.manners.pop(0) if len(model.manners) > 1 else model.manners[0]
                with suppress(ConnectionError):
                    model._answer(self, body, manner)

        return Handler

    def _answer(self, to: BaseHTTPRequestHandler, body: dict[str, Any], manner: str) -> None:
        if manner == "stall":
            self.released.wait(30)
        if manner in ("stall", "drop at once"):
            to.connection.shutdown(socket.SHUT_RDWR)
            to.close_connection = True
            return
        if manner.isdecimal() or manner == "page":
            status = int(manner) if manner.isdecimal() else 200
            kind, sent = "application/json", json.dumps({"error": {"message": f"key {KEY}?"}})
            if manner == "page":
                kind, sent = "text/html", "<html><body>Sign in to this network</body></html>"
            _send(to, status, kind, sent.encode())
            return
        text = "" if manner == "empty" else self.reply(prompt_of(body))
        if not body.get("stream"):
            if manner != "fine" and manner != "empty":
                self._go_wrong(to, manner)
                return
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            _send(to, 200, "application/json", json.dumps(_completion([choice])).encode())
            return
        to.send_response(200)
        to.send_header("content-type", "text/event-stream")
        to.send_header("connection", "close")
        to.end_headers()
        to.close_connection = True
        pieces = [text[i : i + 3] for i in range(0, len(text), 3)]
        middle = len(pieces) * 2 // 3
        for place, piece in enumerate(pieces):
            if manner == "trickle":
                time.sleep(1)
            if place == middle and manner in ("stall in the middle", "drop", "broken"):
                self._go_wrong(to, manner)
                return
            choice = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
            to.wfile.write(f"data: {json.dumps(_completion([choice], True))}\n\n".encode())
            to.wfile.flush()
        stop = {"index": 0, "delta": {}, "finish_reason": "stop"}
        to.wfile.write(f"data: {json.dumps(_completion([stop], True))}\n\n".encode())
        to.wfile.write(b"data: [DONE]\n\n")

    def _go_wrong(self, to: BaseHTTPRequestHandler, manner: str) -> None:
        to.close_connection = True
        if manner in ("stall in the middle", "trickle"):
            self.released.wait(30)
        if manner == "broken":
            with suppress(ConnectionError):
                to.wfile.write(b"data: {not json\n\ndata: <html>\n\n")
                to.wfile.flush()
            return
        linger = socket.SO_LINGER
        to.connection.setsockopt(socket.SOL_SOCKET, linger, b"\1\0\0\0\0\0\0\0")
        to.connection.close()


def _send(to: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
    to.send_response(status)
    to.send_header("content-type", kind)
    to.send_header("content-length", str(len(body)))
    to.end_headers()
    to.wfile.write(body)


def _completion(choices: list[dict[str, Any]], chunk: bool = False) -> dict[str, Any]:
    kind = "chat.completion.chunk" if chunk else "chat.completion"
    return {"id": "x", "object": kind, "created": 0, "model": "liar", "choices": choices}


def prompt_of(body: dict[str, Any]) -> Prompt:
    """The evidence and the question of a request."""
    whole = "\n".join(str(one["content"]) for one in body["messages"])
    asked = str(body["messages"][-1]["content"])
    evidence = {handle: html.unescape(words) for handle, _, words in _ITEM.findall(asked)}
    question = _QUESTION.search(asked)
    return Prompt(evidence, question[1] if question else "", whole)


@contextmanager
def lying_model() -> Iterator[LyingModel]:
    """A running server."""
    model = LyingModel()
    try:
        yield model
    finally:
        model.stop()
