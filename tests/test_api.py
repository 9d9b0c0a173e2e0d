"""The HTTP contract: exact field names and types."""

import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from test_ui_double import FACTS, LAW, PLAN, PLAN_TEXT, FakeAssistant

from ui.api import create_app


@pytest.fixture
def service() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(service: FakeAssistant) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def place(words: str) -> tuple[int, int]:
    start = PLAN_TEXT.index(words)
    return start, start + len(words)


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
                "highlights": [list(place("区科委")), list(place("各街道"))],
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


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_the_documents_to_answer_from_are_handed_on_once_each(
    client: TestClient, service: FakeAssistant, path: str
) -> None:
    body = {"question": "谁负责IPv6?", "documents": ["plan-2022", "law", "plan-2022"]}
    assert client.post(path, json=body).status_code == 200
    for all_of_them in ({}, {"documents": None}, {"documents": []}):
        client.post(path, json={"question": "谁负责IPv6?", **all_of_them})
    given = [request.documents for request in service.asked]
    assert given == [("plan-2022", "law"), (), (), ()]


def test_a_figure_that_is_no_number_has_no_value(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = [replace(fact, value=None) for fact in FACTS if fact.kind == "figure"]
    monkeypatch.setattr("test_ui_double.FACTS", facts)
    (target,) = client.get("/v1/targets").json()["targets"]
    assert (target["value"], target["printed"]) == (None, "80%以上")


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
    events = events_of(response.text)
    assert events[-1][1]["citations"][0]["highlights"] == [
        list(place("区科委")),
        list(place("各街道")),
    ]
    assert events == [
        ("status", {"text": "检索条款\u2028核对引文"}),
        ("token", {"text": "由**区科委**、**各街道**负责。[1]"}),
        ("answer", client.post("/v1/ask", json=question).json()),
    ]
    assert response.text.isascii(), "clients that split lines as Python does would cut the data"


def test_stream_reports_a_late_error_as_its_last_event(client: TestClient) -> None:
    response = client.post("/v1/ask/stream", json={"question": "IPv6 中途断开"})
    name, data = events_of(response.text)[-1]
    assert (name, data["status"], data["code"]) == ("error", 500, "internal_error")
    assert "secret" not in response.text


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
        "recognized": False,
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
    start, end = place("区科委")
    unit = {"unit": "区科委", "role": "责任", "clause": 3, "open_ended": False}
    assert body["facts"]["responsibilities"][0] == {**unit, "start": start, "end": end}
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
    assert body["facts"]["dates"] == []


def test_a_document_names_its_dates(client: TestClient) -> None:
    body = client.get("/v1/documents/law").json()
    (date,) = body["facts"]["dates"]
    assert body["text"][date.pop("start") : date.pop("end")] == "2031年5月1日"
    assert date == {"clause": 1, "meaning": "施行", "date": "2031-05-01"}


def test_document_that_is_not_held_has_no_text(client: TestClient) -> None:
    body = client.get("/v1/documents/missing-1").json()
    assert (body["held"], body["text"], body["outline"]) == (False, "", [])
    nothing: list[object] = []
    kinds = ("responsibilities", "targets", "references", "dates", "items", "definitions")
    more = ("contacts", "questions", "cross_references")
    assert body["facts"] == dict.fromkeys((*kinds, *more), nothing)


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
        "default_model": "extractive",
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
