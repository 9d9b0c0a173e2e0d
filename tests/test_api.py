"""The HTTP contract: exact field names, types and every error as a problem."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from test_ui_double import LAW, PLAN, PLAN_TEXT, FakeAssistant

from ingest.errors import NoIndexError
from ui.api import create_app

PROBLEM_FIELDS = {"type", "title", "status", "detail", "code"}


@pytest.fixture
def service() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(service: FakeAssistant) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def problem_of(response: Any, status: int, code: str) -> dict[str, Any]:
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert set(body) == PROBLEM_FIELDS
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["type"] == f"urn:wence:error:{code}"
    assert body["title"]
    assert body["detail"]
    return dict(body)


def test_ask_gives_the_contract_object(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": "谁负责IPv6?"}).json()
    quote = "推进 IPv6 规模部署,固定宽带用户平均速率达到80%以上。(责任单位:区科委、各街道)"
    start = PLAN_TEXT.index(quote)
    assert body == {
        "status": "answered",
        "answer": "由**区科委**、**各街道**负责。[1]",
        "citations": [
            {
                "marker": 1,
                "document_id": "plan-2022",
                "document_title": "2022年城区数字化转型工作要点",
                "document_number": "数字化办〔2022〕1号",
                "clause": "1",
                "clause_path": "二/1",
                "heading_path": ["二、重点任务", "1.提升光纤网络服务能级"],
                "quote": quote,
                "start": start,
                "end": start + len(quote),
                "page": None,
                "source": "corpus/要点.txt",
            }
        ],
        "standalone_question": "谁负责IPv6?",
        "suggestions": ["区科委有哪些任务？", "区民政局负责什么？"],
        "model": "extractive",
        "timings_ms": {"retrieve": 1.0, "total": 2.0},
        "verification": {"sentences": 1, "checked": 3, "withheld": 0},
    }


def test_ask_passes_everything_on(client: TestClient, service: FakeAssistant) -> None:
    history = [{"question": "一?", "answer": "甲"}, {"question": "二?"}]
    body = {"question": "三?", "history": history, "language": "en", "model": "extractive"}
    assert client.post("/v1/ask", json=body).status_code == 200
    (request,) = service.asked
    assert [(turn.question, turn.answer) for turn in request.history] == [
        ("一?", "甲"),
        ("二?", ""),
    ]
    assert (request.question, request.language, request.model) == ("三?", "en", "extractive")
    assert service.refreshed == 1


def events_of(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_stream_ends_with_the_whole_answer(client: TestClient) -> None:
    question = {"question": "谁负责IPv6?"}
    response = client.post("/v1/ask/stream", json=question)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert events_of(response.text) == [
        ("status", {"text": "检索条款\u2028核对引文"}),
        ("token", {"text": "由**区科委**、**各街道**负责。[1]"}),
        ("answer", client.post("/v1/ask", json=question).json()),
    ]
    assert response.text.isascii(), "clients that split lines as Python does would cut the data"


def test_stream_reports_a_bad_question_before_it_starts(client: TestClient) -> None:
    problem_of(client.post("/v1/ask/stream", json={"question": " "}), 400, "empty_question")
    problem_of(client.post("/v1/ask/stream", json={"question": "内部错误"}), 500, "internal_error")


def test_stream_reports_a_late_error_as_its_last_event(client: TestClient) -> None:
    response = client.post("/v1/ask/stream", json={"question": "IPv6 中途断开"})
    name, data = events_of(response.text)[-1]
    assert (name, set(data), data["code"]) == ("error", PROBLEM_FIELDS, "internal_error")
    assert "secret" not in response.text


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": ""}, 400, "empty_question"),
        ({"question": "长" * 1001}, 400, "question_too_long"),
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
        ([], 422, "invalid_request"),
        ("IPv6", 422, "invalid_request"),
    ],
)
def test_bad_bodies_are_problems(
    client: TestClient, path: str, body: Any, status: int, code: str
) -> None:
    problem_of(client.post(path, json=body), status, code)


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
        (b'{"question": "IPv6", "\\ud800": 1}', 422, "invalid_request"),
        (b"[" * 100_000, 400, "bad_request"),
        (b"1" * 10_000, 400, "bad_request"),
        (b'{"question": "' + b"x" * 1_000_000 + b'"}', 413, "body_too_large"),
    ],
)
def test_bad_bytes_are_problems(client: TestClient, content: bytes, status: int, code: str) -> None:
    headers = {"content-type": "application/json"}
    problem_of(client.post("/v1/ask", content=content, headers=headers), status, code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(client: TestClient, kind: str) -> None:
    headers = {"content-type": kind}
    content = b'{"question": "IPv6"}'
    response = client.post("/v1/ask", content=content, headers=headers)
    problem_of(response, 415, "unsupported_media_type")


def test_json_with_a_charset_is_taken(client: TestClient) -> None:
    headers = {"content-type": "application/JSON; charset=utf-8"}
    response = client.post("/v1/ask", content='{"question": "IPv6"}', headers=headers)
    assert response.status_code == 200


def test_unexpected_errors_show_nothing(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "内部错误"})
    problem_of(response, 500, "internal_error")
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_unknown_places_are_problems(client: TestClient) -> None:
    problem_of(client.get("/v1/nothing"), 404, "not_found")
    problem_of(client.get("/v1/ask"), 405, "method_not_allowed")
    problem_of(client.get("/v1/documents/nothing"), 404, "unknown_document")
    problem_of(client.get("/v1/tasks", params={"unit": "长" * 201}), 422, "invalid_request")


def test_index_errors_are_503(service: FakeAssistant, client: TestClient) -> None:
    def fail() -> None:
        raise NoIndexError("没有索引", "已建立的索引", "先运行 wence add")

    service.refresh = fail  # type: ignore[method-assign]
    for path in ("/healthz", "/v1/documents", "/v1/tasks", "/v1/targets"):
        problem_of(client.get(path), 503, "no_index")
    problem_of(client.post("/v1/ask", json={"question": "IPv6"}), 503, "no_index")


def test_documents_list_held_and_missing(client: TestClient) -> None:
    body = client.get("/v1/documents").json()
    assert body["count"] == 3
    plan = next(one for one in body["documents"] if one["id"] == "plan-2022")
    assert plan == {
        "id": "plan-2022",
        "title": "2022年城区数字化转型工作要点",
        "number": "数字化办〔2022〕1号",
        "issuer": "区数字化办",
        "issued": "2022-07-19",
        "published": None,
        "effective": None,
        "repealed": None,
        "status": "",
        "level": "",
        "region": "",
        "source": "corpus/要点.txt",
        "media_type": "text/plain",
        "sha256": "",
        "length": len(PLAN_TEXT),
        "held": True,
    }
    assert [one["title"] for one in body["documents"] if not one["held"]] == ["市“十四五”规划"]


def test_document_gives_text_outline_and_facts(client: TestClient) -> None:
    body = client.get("/v1/documents/plan-2022").json()
    listed = client.get("/v1/documents").json()["documents"]
    assert {key: body[key] for key in listed[0]} in listed
    assert set(body) - set(listed[0]) == {"text", "outline", "facts"}
    assert body["text"] == PLAN_TEXT
    assert body["outline"][2] == {
        "ordinal": 3,
        "parent": 2,
        "label": "1",
        "path": "二/1",
        "heading": "提升光纤网络服务能级",
        "heading_path": ["二、重点任务", "1.提升光纤网络服务能级"],
        "start": PLAN_TEXT.index("1.提升"),
        "end": PLAN_TEXT.index("2.提升") - 1,
    }
    place = PLAN_TEXT.index("区科委")
    unit = {"unit": "区科委", "role": "责任", "clause": 3, "open_ended": False}
    assert body["facts"]["responsibilities"][0] == {**unit, "start": place, "end": place + 3}
    (target,) = body["facts"]["targets"]
    assert target["clause"] == 3
    assert body["text"][target["start"] : target["end"]] == target["printed"]
    (reference,) = body["facts"]["references"]
    assert reference == {
        "clause": 1,
        "title": "市“十四五”规划",
        "target": "missing-1",
        "start": PLAN_TEXT.index("《"),
        "end": PLAN_TEXT.index("》") + 1,
    }


def test_document_that_is_not_held_has_no_text(client: TestClient) -> None:
    body = client.get("/v1/documents/missing-1").json()
    assert (body["held"], body["text"], body["outline"]) == (False, "", [])
    assert body["facts"] == {"responsibilities": [], "targets": [], "references": []}


def test_tasks_name_all_units_of_a_clause(client: TestClient) -> None:
    assert client.get("/v1/tasks").json()["count"] == 2
    assert client.get("/v1/tasks", params={"document_id": LAW.id}).json()["count"] == 0
    assert client.get("/v1/tasks", params={"unit": "科委"}).json() == {"count": 0, "tasks": []}
    assert client.get("/v1/tasks", params={"unit": "区科委"}).json() == {
        "count": 1,
        "tasks": [
            {
                "document_id": "plan-2022",
                "document_title": PLAN.title,
                "document_number": "数字化办〔2022〕1号",
                "clause": "1",
                "clause_path": "二/1",
                "heading": "提升光纤网络服务能级",
                "heading_path": ["二、重点任务", "1.提升光纤网络服务能级"],
                "units": [{"unit": "区科委", "role": "责任"}, {"unit": "各街道", "role": "责任"}],
                "start": PLAN_TEXT.index("1.提升"),
                "end": PLAN_TEXT.index("2.提升") - 1,
            }
        ],
    }


def test_targets_stand_in_their_clause(client: TestClient) -> None:
    assert client.get("/v1/targets").json() == {
        "count": 1,
        "targets": [
            {
                "document_id": "plan-2022",
                "document_title": PLAN.title,
                "document_number": "数字化办〔2022〕1号",
                "clause": "1",
                "clause_path": "二/1",
                "heading": "提升光纤网络服务能级",
                "heading_path": ["二、重点任务", "1.提升光纤网络服务能级"],
                "subject": "固定宽带用户平均速率",
                "comparator": "≥",
                "value": 80,
                "unit": "%",
                "printed": "80%以上",
                "deadline": "2022年底",
                "start": PLAN_TEXT.index("80%"),
                "end": PLAN_TEXT.index("80%") + 5,
            }
        ],
    }


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {
        "status": "ok",
        "documents": 2,
        "models": ["extractive"],
        "generation": "generation-1",
    }


def test_description_names_every_route_and_loads_nothing_from_the_web(client: TestClient) -> None:
    paths = set(client.get("/openapi.json").json()["paths"])
    assert paths == {
        "/v1/ask",
        "/v1/ask/stream",
        "/v1/documents",
        "/v1/documents/{document_id}",
        "/v1/tasks",
        "/v1/targets",
        "/healthz",
    }
    assert client.get("/docs").status_code == 404
