"""Other processes that cut and encode while this one writes, for many passages at a time.

A worker is a fresh interpreter that speaks over its pipes: it neither inherits our threads, as a
fork would, nor runs the caller's script again, as multiprocessing's spawn would.  A request is a
JSON list of texts; the answer is the derived terms as JSON and the numbers as raw arrays.  The
same functions run here and there, on the same batches, so the outcome is the same.
"""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO

import numpy as np

from index.encoder import StaticEncoder
from index.terms import Derived, Terms, Text, derive

_LENGTH = struct.Struct("<Q")
_MOST_WORKERS = 4


class Workers:
    """A few processes that do what `derive` does; `close` ends them."""

    def __init__(self, cutter: StaticEncoder | None, *, encode: bool, count: int) -> None:
        self._cutter = cutter
        self._encode = encode
        self.count = count
        self._own = threading.local()
        self._started: list[subprocess.Popen[bytes]] = []
        self._pool = ThreadPoolExecutor(self.count, thread_name_prefix="wence-worker")

    def submit(self, texts: Sequence[Text]) -> "Future[Derived]":
        """What will be derived of these texts."""
        return self._pool.submit(self._derive, list(texts))

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for process in self._started:
            process.kill()
        self._pool.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()

    def _derive(self, texts: list[Text]) -> Derived:
        """By this thread's own process, or here if it can't be started or is gone."""
        try:
            process = self._process()
            assert process.stdin is not None and process.stdout is not None  # noqa: PT018 - pipes
            _send(process.stdin, json.dumps(texts).encode())
            answer = [_receive(process.stdout) for _ in range(4 if self._encode else 3)]
        except (OSError, EOFError):
            return derive(texts, self._cutter, encode=self._encode)
        return _unpacked(answer, 0 if self._cutter is None else self._cutter.dim)

    def _process(self) -> "subprocess.Popen[bytes]":
        found: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if found is None:
            paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
            folder = "" if self._cutter is None else str(self._cutter.folder)
            code = "import sys; from index.workers import serve; serve(*sys.argv[1:])"
            found = subprocess.Popen(
                [sys.executable, "-P", "-c", code, folder, str(int(self._encode))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the parent, which then ends it
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, paths)),
                    "TOKENIZERS_PARALLELISM": "false",
                },
            )
            self._own.process = found
            self._started.append(found)
        return found


def most() -> int:
    """How many workers leave this process a core; 0 where there is only one."""
    return min(_MOST_WORKERS, (os.cpu_count() or 1) - 1)


def serve(folder: str, encode: str) -> None:
    """What a worker does: derive what it is asked for, until there is nobody to ask."""
    cutter = StaticEncoder(Path(folder)) if folder else None
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            texts = [(context, text) for context, text in json.loads(_receive(requests))]
        except EOFError:
            return
        for part in _packed(derive(texts, cutter, encode=encode == "1")):
            _send(answers, part)


def _packed(derived: Derived) -> list[bytes]:
    lengths = np.fromiter(map(len, derived.pieces), np.int64, len(derived.pieces))
    parts = [
        json.dumps(derived.terms, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        lengths.tobytes(),
        b"".join(one.tobytes() for one in derived.pieces),
    ]
    return parts if derived.vectors is None else [*parts, derived.vectors.tobytes()]


def _unpacked(parts: Sequence[bytes], dim: int) -> Derived:
    terms = [Terms(*one) for one in json.loads(parts[0].decode("utf-8", "surrogatepass"))]
    ends = np.cumsum(np.frombuffer(parts[1], np.int64))
    pieces = np.split(np.frombuffer(parts[2], np.uint16), ends[:-1]) if len(ends) else []
    vectors = np.frombuffer(parts[3], np.float32).reshape(-1, dim) if len(parts) > 3 else None
    return Derived(terms, pieces, vectors)


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) != length:
        raise EOFError(f"found {len(content)} bytes, expected {length}")
    return content
