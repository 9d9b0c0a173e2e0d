"""The chat over a loopback API, without a browser: what it shows, sends and survives."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
import uvicorn
from streamlit.testing.v1 import AppTest
from test_ui_double import MISSING, PLAN, FakeAssistant

from ui.api import create_app
from ui.wording import CHINESE, ENGLISH, LANGUAGES

CHAT = Path(__file__).resolve().parent.parent / "ui" / "chat.py"


class Api:
    """The real API over the double, in a thread."""

    def __init__(self) -> None:
        self.service = FakeAssistant()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(create_app(self.service), log_config=None)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]})
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    made = Api()
    monkeypatch.setenv("WENCE_API_URL", made.url)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:9")  # the chat must not look at them
    yield made
    made.stop()


def page() -> AppTest:
    return AppTest.from_file(str(CHAT), default_timeout=30).run()


def asked(at: AppTest, question: str) -> AppTest:
    return at.chat_input[0].set_value(question).run()


def html_of(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def button(at: AppTest, label: str) -> Any:
    return next(one for one in at.button if one.label == label)


@pytest.mark.usefixtures("api")
def test_an_empty_chat_shows_questions_that_the_corpus_answers() -> None:
    at = page()
    assert not at.exception
    labels = [one.label for one in at.button]
    assert "区科委有哪些任务？" in labels
    assert f"《{PLAN.title}》的文号是什么？" in labels
    at = button(at, "区科委有哪些任务？").click().run()
    assert [one.children[0].value for one in at.chat_message[:1]] == ["区科委有哪些任务？"]


@pytest.mark.usefixtures("api")
def test_documents_are_listed_and_missing_ones_marked() -> None:
    html = html_of(page())
    assert PLAN.title in html
    assert f'<li class="wence-missing"><em>未入库</em>{MISSING.title}</li>' in html


@pytest.mark.usefixtures("api")
def test_an_answer_has_its_status_its_markers_and_its_clause() -> None:
    at = asked(page(), "谁负责IPv6?")
    assert not at.exception
    html = html_of(at)
    assert '<span class="wence-badge wence-answered">已核验引文</span>' in html
    assert at.chat_message[1].markdown[0].value == (
        "由**区科委**、**各街道**负责。[\\[1\\]](#cite-1-1)"
    )
    assert (
        '1.提升光纤网络服务能级。<span class="wence-quote">推进 IPv6 规模部署,'
        '固定宽带用户平均速率达到80%以上。(责任单位:<mark id="cite-1-1">区科委</mark>、'
        "<mark>各街道</mark>)</span></div>"
    ) in html
    assert '<a href="#cite-1-1">1.提升光纤网络服务能级</a>' in html
    assert "《2022年城区数字化转型工作要点》（数字化办〔2022〕1号） › 二、重点任务<" in html
    assert "来源 corpus/要点.txt" in html


@pytest.mark.usefixtures("api")
def test_a_provision_of_several_lines_keeps_them_and_its_marks() -> None:
    at = asked(page(), "原文怎么写?")
    assert not at.exception
    assert at.chat_message[1].markdown[0].value == (
        "- “1.提升光纤网络服务能级。推进 IPv6 规模部署,固定宽带用户平均速率达到"
        ":orange-background[80%以上]。(责任单位:区科委、各街道)  \n"
        "2.提升“颐养扶助”服务能级。探索互联网医院在:orange-background[7家养老机构]推广应用。"
        "\\<b>保留原样\\</b>(责任单位:区民政局)”[\\[1\\]](#cite-1-1)"
    )
    html = html_of(at)
    assert '达到<mark id="cite-1-1">80%以上</mark>。' in html
    assert "在<mark>7家养老机构</mark>推广应用。&lt;b&gt;" in html


@pytest.mark.usefixtures("api")
def test_what_a_document_holds_cannot_act() -> None:
    html = html_of(asked(page(), "养老怎么办?"))
    assert "&lt;b&gt;保留原样&lt;/b&gt;" in html
    assert "<b>保留原样" not in html


def test_history_goes_along(api: Api) -> None:
    at = asked(page(), "谁负责IPv6?")
    at = button(at, "区民政局负责什么？").click().run()
    assert not at.exception
    last = api.service.asked[-1]
    assert last.question == "区民政局负责什么？"
    assert [(turn.question, turn.answer) for turn in last.history] == [
        ("谁负责IPv6?", "由**区科委**、**各街道**负责。[1]")
    ]
    at = button(at, CHINESE["new_chat"]).click().run()
    assert not at.chat_message
    asked(at, "养老怎么办?")
    assert api.service.asked[-1].history == ()


@pytest.mark.usefixtures("api")
def test_the_words_are_english_on_request() -> None:
    at = page()
    at.segmented_control[0].set_value("English")
    at = at.run()
    assert "What are the tasks of 区科委?" in [one.label for one in at.button]
    html = html_of(asked(at, "月亮上有什么?"))
    assert ENGLISH["status_not_found"] in html
    assert ENGLISH["not_held"] in html


@pytest.mark.parametrize("question", ["？？", "内部错误", "IPv6 中途断开"])
@pytest.mark.usefixtures("api")
def test_an_error_is_a_sentence_and_can_be_retried(question: str) -> None:
    at = asked(page(), question)
    assert not at.exception
    (error,) = at.error
    assert error.value.startswith("没能回答：")
    assert "secret" not in error.value
    at = button(at, CHINESE["retry"]).click().run()
    assert not at.exception
    assert len(at.chat_message) == 2


@pytest.mark.usefixtures("api")
def test_without_a_choice_of_models_there_is_no_selector() -> None:
    assert list(page().selectbox) == []


def test_a_model_can_be_chosen_and_is_named(api: Api) -> None:
    api.service.models, api.service.default_model = ("extractive", "local"), "local"
    at = page()
    (selector,) = at.selectbox
    assert (selector.value, selector.options) == ("local", [CHINESE["model_extractive"], "local"])
    at = asked(at, "谁负责IPv6?")
    assert api.service.asked[-1].model == "local"
    at.selectbox[0].set_value("extractive")
    at = asked(at.run(), "养老怎么办?")
    assert not at.exception
    assert api.service.asked[-1].model == "extractive"


def test_who_wrote_an_answer_and_why_another_did_not_is_shown(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.service.ask
    note = "\n\n（语言模型“local”没有在时限内答完，以上为直接摘自原文的回答。）"

    def written(request: Any) -> Any:
        given = real(request)
        return replace(given, model="local") if "IPv6" in request.question else replace(
            given, answer=given.answer + note
        )  # fmt: skip

    monkeypatch.setattr(api.service, "ask", written)
    assert CHINESE["written_by"].format(model="local") in html_of(asked(page(), "谁负责IPv6?"))
    at = asked(page(), "养老怎么办?")
    assert CHINESE["written_by"].format(model="local") not in html_of(at)
    assert "没有在时限内答完" in at.chat_message[1].markdown[0].value


def test_a_service_that_is_away_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WENCE_API_URL", "http://127.0.0.1:9")
    at = asked(page(), "谁负责IPv6?")
    assert not at.exception
    assert at.error[0].value == CHINESE["unreachable"].format(url="http://127.0.0.1:9")


def test_an_answer_stays_readable_when_the_service_goes_or_the_document_changes(api: Api) -> None:
    at = asked(page(), "谁负责IPv6?")
    api.service.index.held = {}
    api.service.index.snapshot = lambda: "generation-2"
    html = html_of(at.run())
    assert CHINESE["text_unavailable"] in html
    assert "1.提升光纤网络服务能级。<span" not in html
    assert '(责任单位:<mark id="cite-1-1">区科委</mark>' in html
    api.stop()
    at = at.run()
    assert not at.exception
    assert CHINESE["text_unavailable"] in html_of(at)


def test_both_languages_have_the_same_words() -> None:
    assert set(CHINESE) == set(ENGLISH)
    for key, words in CHINESE.items():
        assert words.count("{") == ENGLISH[key].count("{"), key
    assert list(LANGUAGES) == ["中文", "English"]
