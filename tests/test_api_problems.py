"""Every error of the HTTP API is an RFC 9457 problem, whatever comes in."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from test_ui_double import FakeAssistant

from index.errors import NoIndexError
from ui.api import create_app

PROBLEM_FIELDS = {"type", "title", "status", "detail", "code"}


@pytest.fixture
def service() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(service: FakeAssistant) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert set(body) == PROBLEM_FIELDS
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["type"] == f"urn:wence:error:{code}"
    assert body["title"]
    assert body["detail"]
    return dict(body)


def test_stream_reports_a_bad_question_before_it_starts(client: TestClient) -> None:
    assert_problem(client.post("/v1/ask/stream", json={"question": " "}), 400, "empty_question")
    body = {"question": "IPv6", "model": "gpt"}
    assert_problem(client.post("/v1/ask/stream", json=body), 400, "unknown_model")


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": ""}, 400, "empty_question"),
        ({"question": "长" * 2001}, 400, "question_too_long"),
        ({"question": "问\u0000题"}, 400, "control_characters"),
        ({"question": "IPv6", "model": "gpt"}, 400, "unknown_model"),
        ({}, 422, "invalid_request"),
        ({"question": 5}, 422, "invalid_request"),
        ({"question": None}, 422, "invalid_request"),
        ({"question": "IPv6", "surprise": 1}, 422, "invalid_request"),
        ({"question": "IPv6", "language": "fr"}, 422, "invalid_request"),
        ({"question": "IPv6", "model": ""}, 422, "invalid_request"),
        ({"question": "IPv6", "history": {}}, 422, "invalid_request"),
        ({"question": "IPv6", "history": [{"answer": "甲"}]}, 422, "invalid_request"),
        ({"question": "IPv6", "history": [{"question": "甲", "x": 1}]}, 422, "invalid_request"),
        ({"question": "IPv6", "history": [{"question": "甲"}] * 51}, 422, "invalid_request"),
        ({"question": "IPv6", "documents": "law"}, 422, "invalid_request"),
        ({"question": "IPv6", "documents": [5]}, 422, "invalid_request"),
        ({"question": "IPv6", "documents": ["law"] * 1001}, 422, "invalid_request"),
        ({"question": "IPv6", "documents": ["law", "nothing"]}, 422, "unknown_document"),
        ({"question": "IPv6", "documents": ["missing-1"]}, 422, "unknown_document"),
        ({"question": "IPv6", "documents": [""]}, 422, "unknown_document"),
        ([], 422, "invalid_request"),
        ("IPv6", 422, "invalid_request"),
    ],
)
def test_bad_bodies_are_problems(
    client: TestClient, path: str, body: Any, status: int, code: str
) -> None:
    assert_problem(client.post(path, json=body), status, code)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b'{"question": ', 400, "invalid_json"),
        (b"", 422, "invalid_request"),
        (b"null", 422, "invalid_request"),
        (b"\xff\xfe\xff", 400, "bad_request"),
        (b'{"question": "\xff"}', 400, "bad_request"),
        (b'{"question": "\\ud800"}', 400, "control_characters"),
        (b'{"question": "IPv6", "history": [{"question": "\\ud800"}]}', 422, "invalid_request"),
        (b'{"question": "IPv6", "documents": ["\\ud800"]}', 422, "invalid_request"),
        (b'{"question": "IPv6", "\\ud800": 1}', 422, "invalid_request"),
        (b"[" * 100_000, 400, "bad_request"),
        (b"1" * 10_000, 400, "bad_request"),
        (b'{"question": "' + b"x" * 1_000_000 + b'"}', 413, "body_too_large"),
    ],
)
def test_bad_bytes_are_problems(client: TestClient, content: bytes, status: int, code: str) -> None:
    headers = {"content-type": "application/json"}
    assert_problem(client.post("/v1/ask", content=content, headers=headers), status, code)


def test_an_unknown_document_is_named_with_what_to_do(
    client: TestClient, service: FakeAssistant
) -> None:
    asked = {"question": "IPv6", "documents": ["law", "x\x1b[1m", *(f"n{n}" for n in range(9))]}
    detail = assert_problem(client.post("/v1/ask", json=asked), 422, "unknown_document")["detail"]
    assert detail == (
        "限定的文件 x[1m、n0、n1、n2、n3等 10 个不在已入库文件之列；需要已入库文件的编号；"
        "请用 wence ls（接口：GET /v1/documents）查看编号，或不限定文件"
    )
    assert service.asked == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(client: TestClient, kind: str) -> None:
    headers = {"content-type": kind}
    content = b'{"question": "IPv6"}'
    response = client.post("/v1/ask", content=content, headers=headers)
    assert_problem(response, 415, "unsupported_media_type")


def test_json_with_a_charset_is_taken(client: TestClient) -> None:
    headers = {"content-type": "application/JSON; charset=utf-8"}
    response = client.post("/v1/ask", content='{"question": "IPv6"}', headers=headers)
    assert response.status_code == 200


def test_unexpected_errors_show_nothing(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "内部错误"})
    assert_problem(response, 500, "internal_error")
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_unknown_places_are_problems(client: TestClient) -> None:
    assert_problem(client.get("/v1/nothing"), 404, "not_found")
    assert_problem(client.get("/v1/ask"), 405, "method_not_allowed")
    assert_problem(client.get("/v1/documents/nothing"), 404, "unknown_document")
    assert_problem(client.get("/v1/tasks", params={"unit": "长" * 201}), 422, "invalid_request")


def test_index_errors_are_503(service: FakeAssistant, client: TestClient) -> None:
    def fail() -> None:
        raise NoIndexError("没有索引", "已建立的索引", "先运行 wence add")

    service.refresh = fail  # type: ignore[method-assign]
    for path in ("/healthz", "/v1/documents", "/v1/tasks", "/v1/targets"):
        assert_problem(client.get(path), 503, "no_index")
    assert_problem(client.post("/v1/ask", json={"question": "IPv6"}), 503, "no_index")
