"""Errors of the HTTP API as RFC 9457 problem details, and the guard before the routes.

Every response that is no success is `application/problem+json` with exactly `type`, `title`,
`status`, `detail` and `code`.  This is the one place where exceptions become status codes.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import EncoderError, IndexFolderError, RerankerError, UnknownDocumentError
from ingest.errors import WenceError
from qa.errors import QuestionError
from ui.scope import ScopeError

MAX_BODY_BYTES = 1_000_000
"""A question with 50 turns of history stays far below; more is refused unread (413)."""

LOG = logging.getLogger("wence.api")

TITLES: Mapping[int, str] = {
    400: "请求无法处理",
    404: "没有找到",
    405: "不支持该方法",
    413: "请求过大",
    415: "不支持该内容类型",
    422: "请求不符合接口约定",
    500: "内部错误",
    503: "索引暂不可用",
}
CODES: Mapping[int, str] = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
    500: "internal_error",
    503: "unavailable",
}
# Most specific first: an unknown document is an index error too, and one in a request's body is a
# fault of the request.
STATUSES: Sequence[tuple[type[WenceError], int]] = (
    (ScopeError, 422),
    (UnknownDocumentError, 404),
    (QuestionError, 400),
    (IndexFolderError, 503),
    (EncoderError, 503),
    (RerankerError, 503),
)
# pydantic's error types in the words of the users; others keep pydantic's message.
VALIDATION: Mapping[str, str] = {
    "missing": "缺少该字段",
    "extra_forbidden": "没有这个字段",
    "string_type": "应为字符串",
    "string_unicode": "含有不成对的代理字符",
    "list_type": "应为数组",
    "model_attributes_type": "应为对象",
    "model_type": "应为对象",
    "literal_error": "取值不在允许范围内",
    "string_too_short": "过短",
    "string_too_long": "过长",
    "too_long": "条目过多",
}


def problem(status: int, detail: str, code: str | None = None) -> dict[str, Any]:
    """The problem object of a status.

    >>> problem(404, "没有该文件", "unknown_document")["type"]
    'urn:wence:error:unknown_document'
    """
    name = code or CODES.get(status, "http_error")
    return {
        "type": f"urn:wence:error:{name}",
        "title": TITLES.get(status, "请求失败"),
        "status": status,
        "detail": detail,
        "code": name,
    }


def of_error(error: Exception) -> dict[str, Any]:
    """The problem object of an exception; nothing of an unexpected one is shown."""
    if isinstance(error, WenceError):
        status = next((number for kind, number in STATUSES if isinstance(error, kind)), 500)
        return problem(status, str(error), error.code)
    return problem(500, "服务内部发生错误，请查看服务日志")


def respond(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a response; lone surrogates in it become question marks."""
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(
        content,
        status_code=body["status"],
        media_type="application/problem+json",
        headers=dict(headers or {}),
    )


def of_validation(errors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The problem of a request that does not fit its model; the input is not echoed.

    >>> of_validation([{"type": "missing", "loc": ("body", "question"), "msg": ""}])["detail"]
    'question：缺少该字段'
    """
    if any(error["type"] == "json_invalid" for error in errors):
        return problem(400, "请求正文不是有效的 JSON", "invalid_json")
    parts = []
    for error in errors[:5]:
        place = ".".join(str(part)[:40] for part in error["loc"][1:]) or "请求正文"
        parts.append(f"{place}：{VALIDATION.get(error['type'], error['msg'])}")
    return problem(422, "；".join(parts), "invalid_request")


class BodyGuard:
    """Refuses a body that is too large or no JSON before anything parses it.

    Insisting on `application/json` also keeps web pages of other origins from posting questions:
    a browser sends that type only after a preflight, which this API does not answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body within the limit, then hand it on as one message."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        kind = Request(scope).headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            body = problem(415, f"收到的内容类型是{kind[:60] or '空'}；需要 application/json")
            await respond(body)(scope, receive, send)
            return
        content = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            content += message.get("body", b"")
            if len(content) > MAX_BODY_BYTES:
                body = problem(413, f"请求正文超过 {MAX_BODY_BYTES:,} 字节")
                await respond(body, {"connection": "close"})(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        waiting: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self.app(scope, replay, send)


def install(app: FastAPI) -> None:
    """Give the application the guard and the handlers of every kind of error."""

    async def on_wence(_: Request, error: Exception) -> Response:
        return respond(of_error(error))

    async def on_http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        details = {404: "没有这个地址", 405: "该地址不支持这个方法", 400: "请求正文无法读取"}
        detail = details.get(error.status_code, str(error.detail))
        return respond(problem(error.status_code, detail), error.headers)

    async def on_validation(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return respond(of_validation(error.errors()))

    async def on_unexpected(request: Request, error: Exception) -> Response:
        LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return respond(of_error(error))

    app.add_middleware(BodyGuard)
    app.add_exception_handler(WenceError, on_wence)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(Exception, on_unexpected)
