"""Reads files in a process of its own, which may have so much memory and take so long.

with Worker() as worker:
    worker.read(path)  # Outcome("read", seconds, megabytes, "")
"""

import multiprocessing
import os
import resource
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

SECONDS = 30.0
BYTES = 2**30


@dataclass(frozen=True)
class Outcome:
    """What came of a file: "read", the code of a `ReadError`, or what must never be.

    That is "hang", "crash", the name of another exception, "large" where more than `BYTES` were
    resident, or "nameless" where the message does not name the file.
    """

    code: str
    seconds: float
    megabytes: float
    message: str

    @property
    def bad(self) -> bool:
        """Whether it must never be."""
        return self.code in ("hang", "crash", "large", "nameless") or self.code[0].isupper()


class Worker:
    """A process that reads files one after the other; a new one where it ended or was ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._seconds = seconds
        self._start()

    def _start(self) -> None:
        self._pipe, other = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(other,), daemon=False)
        self._process.start()
        other.close()
        self._pipe.recv()  # ready: imports count for no file

    def read(self, path: Path) -> Outcome:
        """Read a file."""
        began = time.monotonic()
        self._pipe.send(str(path))
        try:
            if self._pipe.poll(self._seconds):
                code, megabytes, message = self._pipe.recv()
                taken = time.monotonic() - began
                if megabytes * 2**20 > BYTES:
                    code = "large"
                return Outcome(code, taken, megabytes, message)
            code = "hang"
        except (EOFError, ConnectionError):
            code = "crash"
        self._end()
        status = str(self._process.exitcode)
        self._start()
        return Outcome(code, time.monotonic() - began, 0.0, status)

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *error: object) -> None:
        self._end()


def _serve(pipe: Connection) -> None:
    from ingest.errors import ReadError
    from ingest.parse import parse_file

    resource.setrlimit(resource.RLIMIT_AS, (2 * BYTES, 2 * BYTES))  # ends what would take all
    pipe.send("ready")
    while True:
        try:
            path = Path(pipe.recv())
        except EOFError:
            return
        _forget_peak()
        try:
            parse_file(path, {})
            code, message = "read", ""
        except ReadError as error:
            message = str(error)
            code = error.code if path.name in message and error.found else "nameless"
        except BaseException as error:
            code, message = type(error).__name__, repr(error)[:300]
        pipe.send((code, _peak(), message))


def _forget_peak() -> None:
    """So that the peak of memory is that of the next file."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """The most memory that was resident, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError(f"no VmHWM for process {os.getpid()}")
