"""`wence serve`: the API in this process, the chat as a child, up and down together.

The API's socket is bound before anything is loaded, so a taken port is told at once and nobody can
take it in between.  When either part dies, the other is stopped.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from ui.service import AnsweringService

PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>
STARTING_SECONDS = 60.0
STOPPING_SECONDS = 5.0
PACKAGE = Path(__file__).resolve().parent
THEME = {
    "theme.light.primaryColor": "#2f7d7a",
    "theme.light.backgroundColor": "#fcfbf8",
    "theme.light.secondaryBackgroundColor": "#f4f2ec",
    "theme.light.textColor": "#23292e",
    "theme.dark.primaryColor": "#62b3ae",
    "theme.dark.backgroundColor": "#16191b",
    "theme.dark.secondaryBackgroundColor": "#1f2427",
    "theme.dark.textColor": "#e6e3da",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where to listen; port 0 chooses a free one."""

    host: str = "127.0.0.1"
    port: int = 8600
    ui_port: int = 8601


class ServeError(Exception):
    """The service can't start or broke off; the message is for the user."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, or `ServeError` that says what is in the way."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise ServeError(
            f"不能监听 {host}:{port}（{error.strerror or error}）；"
            "需要一个空闲端口；请停掉占用它的程序，或用 --port、--ui-port 另选"
        ) from error
    return made


def url(host: str, port: int) -> str:
    """The address to open on this machine.

    >>> url("0.0.0.0", 8600), url("::1", 8600)
    ('http://127.0.0.1:8600', 'http://[::1]:8600')
    """
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def chat_command(host: str, port: int) -> list[str]:
    """The command that runs the chat."""
    options = {
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "server.address": host,
        "server.port": str(port),
        "client.toolbarMode": "minimal",
        "logger.level": "warning",
        **THEME,
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(PACKAGE / "chat.py"), *flags]


def die_with_parent() -> None:
    """Ask Linux to end this child when the parent is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start_chat(addresses: Addresses, api_url: str) -> subprocess.Popen[bytes]:
    """The chat as a child that gets no signals of the terminal: this process stops it.

    Call it before any thread runs: code between fork and exec must not wait for a lock.
    """
    places = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "WENCE_API_URL": api_url,
        "PYTHONPATH": os.pathsep.join(place for place in places if place),
    }
    return subprocess.Popen(
        chat_command(addresses.host, addresses.ui_port),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )


def answers(address: str) -> bool:
    """Whether this address answers with success."""
    try:
        return httpx.get(address, timeout=2.0, trust_env=False).is_success
    except httpx.HTTPError:
        return False


@contextlib.contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set."""
    asked = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: asked.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def running_api(service: AnsweringService, bound: socket.socket) -> Iterator[threading.Thread]:
    """The API in a thread, on a bound socket."""
    import uvicorn

    from ui.api import create_app

    config = uvicorn.Config(
        create_app(service),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(STOPPING_SECONDS),
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="api")
    thread.start()
    try:
        yield thread
    finally:
        server.should_exit = True
        thread.join(STOPPING_SECONDS + 2)


@contextlib.contextmanager
def running_chat(addresses: Addresses, api_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """The chat as a child process."""
    child = start_chat(addresses, api_url)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def watch(
    asked: threading.Event, api: threading.Thread, chat: subprocess.Popen[bytes] | None
) -> None:
    """Raise `ServeError` when a part has died."""
    if asked.is_set():
        return
    if not api.is_alive():
        raise ServeError("接口服务意外退出；请查看上面的日志")
    if chat is not None and chat.poll() is not None:
        raise ServeError(f"对话页面意外退出（代码 {chat.returncode}）；请查看上面的日志")


def supervise(
    asked: threading.Event,
    api: threading.Thread,
    chat: subprocess.Popen[bytes] | None,
    ready: dict[str, str],
) -> None:
    """Wait until all addresses answer, print them, then wait for the end."""
    deadline = time.monotonic() + STARTING_SECONDS
    while not asked.is_set() and not all(answers(check) for check in ready.values()):
        watch(asked, api, chat)
        if time.monotonic() > deadline:
            raise ServeError(f"{STARTING_SECONDS:.0f} 秒内没有就绪；请查看上面的日志")
        asked.wait(0.2)
    if not asked.is_set():
        print("\n".join(ready), "按 Ctrl-C 停止", sep="\n", flush=True)
    while not asked.wait(0.5):
        watch(asked, api, chat)


def serve(open_service: Callable[[], AnsweringService], addresses: Addresses, *, chat: bool) -> int:
    """Run until SIGINT or SIGTERM (returns 0) or until a part fails (returns 1)."""
    try:
        with contextlib.ExitStack() as stack:
            bound = stack.enter_context(bind(addresses.host, addresses.port))
            port = bound.getsockname()[1]
            with bind(addresses.host, addresses.ui_port if chat else 0) as free:
                ui_port = free.getsockname()[1]
            api_url, chat_url = url(addresses.host, port), url(addresses.host, ui_port)
            ready = {f"接口  {api_url}": f"{api_url}/healthz"}
            asked = stack.enter_context(stop_signals())
            child = None
            if chat:  # first, so that it starts while the index is opened
                placed = Addresses(addresses.host, port, ui_port)
                child = stack.enter_context(running_chat(placed, api_url))
                ready[f"对话  {chat_url}"] = f"{chat_url}/_stcore/health"
            api = stack.enter_context(running_api(open_service(), bound))
            supervise(asked, api, child, ready)
    except ServeError as error:
        print(f"wence: {error}(serve_failed)", file=sys.stderr)
        return 1
    return 0
