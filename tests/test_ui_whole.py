"""The API over the real service and a real index: exact quotes, and changes without a restart."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from index_doubles import HashingEncoder

from qa.service import assistant, library
from qa.service.settings import Settings
from ui.api import create_app

TEXT = """社区服务工作方案

    一、主要任务

    1.建设便民服务站。年底前建成12个便民服务站,方便居民就近办事。(责任单位:区民政局、各街道)

    2.推进无障碍改造。完成5处公园的无障碍改造。(责任单位:区园林局)
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for module in (assistant, library):
        monkeypatch.setattr(module, "load_encoder", lambda *_: HashingEncoder())
    (tmp_path / "方案.txt").write_text(TEXT, "utf-8")
    made = Settings(index_dir=tmp_path / "index")
    with library.Library.open(made) as writer:
        writer.add([tmp_path / "方案.txt"])
    return made


def test_answers_quote_exactly_and_a_withdrawn_document_is_gone(settings: Settings) -> None:
    client = TestClient(create_app(assistant.Assistant.open(settings)))
    question = {"question": "谁负责建设便民服务站？"}
    answer = client.post("/v1/ask", json=question).json()
    assert answer["status"] == "answered"
    assert "区民政局" in answer["answer"]
    for citation in answer["citations"]:
        document = client.get(f"/v1/documents/{citation['document_id']}").json()
        quoted = document["text"][citation["start"] : citation["end"]]
        assert quoted == citation["quote"]
    assert client.get("/v1/tasks", params={"unit": "区园林局"}).json()["count"] == 1
    stream = client.post("/v1/ask/stream", json=question).text
    assert stream.count("event: answer\n") == 1

    name = answer["citations"][0]["document_id"]
    generation = client.get("/healthz").json()["generation"]
    with library.Library.open(settings) as writer:
        writer.remove([name])
    assert client.get("/healthz").json()["generation"] != generation
    assert client.get(f"/v1/documents/{name}").status_code == 404
    assert client.get("/v1/documents").json()["count"] == 0
    assert client.get("/v1/tasks").json()["count"] == 0
    gone = client.post("/v1/ask", json=question).json()
    assert gone["citations"] == []
    assert gone["status"] != "answered"


@pytest.mark.parametrize("question", ["", "？？", "\ud800", "a\x00b", "长" * 2001])
def test_bad_questions_are_400_with_the_real_service(settings: Settings, question: str) -> None:
    client = TestClient(create_app(assistant.Assistant.open(settings)))
    for path in ("/v1/ask", "/v1/ask/stream"):
        content = b'{"question": "%s"}' % question.encode("unicode_escape").replace(
            b"\\x", b"\\u00"
        )
        headers = {"content-type": "application/json"}
        response = client.post(path, content=content, headers=headers)
        assert response.status_code == 400, response.text
        assert response.headers["content-type"] == "application/problem+json"
