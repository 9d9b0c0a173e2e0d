"""`wence serve`: both parts up and down together; the chat once in a real browser.

The service is the double, so that this tests nothing but the way up and down.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from test_ui_double import FakeAssistant

from index.errors import NoIndexError
from ui import serve
from ui.serve import Addresses

ROOT = Path(__file__).resolve().parent.parent
SHOTS = os.environ.get("SCREENSHOTS_DIR")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CODE = """
import sys
from test_ui_double import FakeAssistant
from ui.serve import Addresses, serve
sys.exit(serve(FakeAssistant, Addresses("127.0.0.1", 0, 0), chat={chat}))
"""


class Served:
    """A running `serve` with the addresses that it printed."""

    def __init__(self, chat: bool) -> None:
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE.format(chat=chat)],
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.urls = []
        for line in self.process.stdout:
            if line.startswith("按 Ctrl-C"):
                break
            self.urls += re.findall(r"http://\S+", line)

    def end(self, number: signal.Signals | None = None) -> tuple[int, str]:
        if number is not None:
            self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    made = Served(getattr(request, "param", True))
    yield made
    if made.process.poll() is None:
        made.end(signal.SIGKILL)
    for stream in (made.process.stdout, made.process.stderr):
        assert stream is not None
        stream.close()


def is_free(url: str) -> bool:
    address = httpx.URL(url)
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex((address.host, address.port or 0)) != 0:
                return True
        time.sleep(0.1)
    return False


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    if not found.exists():
        pytest.skip("needs Linux's /proc to find the child")
    return [int(one) for one in found.read_text().split()]


def test_both_parts_answer_and_end_on_interrupt(served: Served) -> None:
    api, chat = served.urls
    assert httpx.get(f"{api}/healthz", trust_env=False).json()["status"] == "ok"
    assert httpx.get(f"{chat}/_stcore/health", trust_env=False).text == "ok"
    assert served.end(signal.SIGINT) == (0, "")
    assert is_free(api)
    assert is_free(chat)


@pytest.mark.parametrize("served", [False], indirect=True)
def test_only_the_api_ends_on_sigterm(served: Served) -> None:
    (api,) = served.urls
    assert httpx.get(f"{api}/v1/documents", trust_env=False).json()["count"] == 3
    assert served.end(signal.SIGTERM) == (0, "")
    assert is_free(api)


def test_when_the_chat_dies_all_ends(served: Served) -> None:
    (child,) = children(served.process.pid)
    os.kill(child, signal.SIGKILL)
    code, errors = served.end()
    assert code == 1
    assert "对话页面意外退出" in errors
    assert is_free(served.urls[0])


def test_when_all_is_killed_the_chat_ends_too(served: Served) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux ends a child with its parent")
    served.end(signal.SIGKILL)
    assert is_free(served.urls[1])


@pytest.mark.parametrize("taken", ["port", "ui_port"])
def test_a_taken_port_is_told_before_anything_starts(
    taken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def never() -> FakeAssistant:
        raise AssertionError("the service was opened")

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ports = {"port": 0, "ui_port": 0, taken: port}
        assert serve.serve(never, Addresses("127.0.0.1", **ports), chat=True) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"wence: 不能监听 127.0.0.1:{port}")
    assert error.count("\n") == 1


def test_an_unknown_host_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.serve(FakeAssistant, Addresses("256.1.1.1", 0, 0), chat=False) == 1
    assert capsys.readouterr().err.startswith("wence: 不能监听 256.1.1.1:0")


def test_without_an_index_nothing_stays_behind() -> None:
    def no_index() -> FakeAssistant:
        raise NoIndexError("没有索引", "已建立的索引", "先运行 wence add")

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(NoIndexError):
        serve.serve(no_index, Addresses("127.0.0.1", 0, 0), chat=True)
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_citation_opens_its_clause_in_a_browser(served: Served) -> None:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    quote = "第80项要求是依法、合规、安全、有序地开展公共数据的采集、共享和开放工作。"
    elsewhere = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="zh-CN")
        page.on("request", lambda request: elsewhere.append(request.url))
        page.goto(served.urls[1])
        box = page.get_by_test_id("stChatInputTextArea")
        box.fill("数据条例第80项是什么？")
        box.press("Enter")
        page.locator(".wence-badge", has_text="已核验引文").wait_for()
        # A page that is still being drawn anew forgets which citation was opened.
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        mark = page.locator("mark")
        assert not mark.is_visible()

        page.locator('[data-testid="stMarkdown"] a', has_text="[1]").click()
        mark.wait_for(state="visible")
        assert mark.inner_text() == quote
        inside = "box => { const r = box.getBoundingClientRect(), m = box.querySelector('mark')"
        inside += ".getBoundingClientRect(); return m.top >= r.top && m.bottom <= r.bottom }"
        clause = page.locator(".wence-clause")
        assert clause.evaluate(inside), "the clause is scrolled to the quote"
        assert clause.evaluate("box => box.scrollHeight > 2 * box.clientHeight")
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / "citation.png"))

        page.get_by_text("收起").click()
        mark.wait_for(state="hidden")
        page.locator(".wence-cite summary").click()
        mark.wait_for(state="visible")
        assert clause.evaluate(inside)
        browser.close()
    assert [
        url for url in elsewhere if not url.startswith((served.urls[1], "data:", "blob:"))
    ] == []
