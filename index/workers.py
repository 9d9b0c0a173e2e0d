"""Other processes that cut and encode while this one writes, for many passages at a time.

A worker is a fresh interpreter that speaks over its pipes: it neither inherits our threads, as a
fork would, nor runs the caller's script again, as multiprocessing's spawn would.  A request is a
list of texts, whose answer is the derived terms and the numbers as raw arrays; or a list of files
to read, whose answer is their rows.  Both ends are the same interpreter, so what is sent is
marshalled, which is cheaper than JSON.  The same functions run here and there, on the same
batches, so the outcome is the same.
"""

import gc
import marshal
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import numpy as np

from index.draft import Draft, draft
from index.encoder import StaticEncoder
from index.rows import DocumentRows
from index.terms import Derived, Terms, Text, derive
from ingest.parse import Unread

_LENGTH = struct.Struct("<Q")
_MOST_WORKERS = 4
_FILES, _TEXTS = b"files", b"texts"  # what a request begins with
_GC_AFTER = 50_000
"""Allocations: records hold no cycles, so there is little to look for every 700."""


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

    def draft(self, files: Sequence[Unread | None]) -> "Future[list[Draft | None]]":
        """A draft of each file; None where there is no file or it can't be read."""
        return self._pool.submit(self._draft, list(files))

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
            answer = self._ask(_TEXTS + marshal.dumps(texts), 4 if self._encode else 3)
        except (OSError, EOFError):
            return derive(texts, self._cutter, encode=self._encode)
        return _unpacked(answer, 0 if self._cutter is None else self._cutter.dim)

    def _draft(self, files: list[Unread | None]) -> list[Draft | None]:
        try:
            (answer,) = self._ask(_FILES + pickle.dumps(files), 1)
        except (OSError, EOFError, pickle.PicklingError, TypeError, AttributeError):
            return [None] * len(files)
        rows = marshal.loads(answer)  # noqa: S302 - from our own process
        return [one if one is None else Draft(DocumentRows(*one[0]), *one[1:]) for one in rows]

    def _ask(self, request: bytes, parts: int) -> list[bytes]:
        """The answer of this thread's own process, in so many parts."""
        process = self._process()
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018 - pipes
        _send(process.stdin, request)
        return [_receive(process.stdout) for _ in range(parts)]

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
    gc.freeze()
    gc.set_threshold(_GC_AFTER)
    while True:
        try:
            request = _receive(requests)
        except EOFError:
            return
        if request.startswith(_FILES):
            files = pickle.loads(request[len(_FILES) :])  # noqa: S301 - from our own process
            _send(answers, marshal.dumps([_drafted(file) for file in files]))
            continue
        texts = marshal.loads(request[len(_TEXTS) :])  # noqa: S302 - from our own process
        for part in _packed(derive(texts, cutter, encode=encode == "1")):
            _send(answers, part)


def _drafted(file: Unread | None) -> tuple[Any, ...] | None:
    try:
        made = None if file is None else draft(file)
    except Exception:
        return None
    return None if made is None else (tuple(made.rows), *made[1:])


def _packed(derived: Derived) -> list[bytes]:
    lengths = np.fromiter(map(len, derived.token_ids), np.int64, len(derived.token_ids))
    parts = [
        marshal.dumps([tuple(one) for one in derived.terms]),
        lengths.tobytes(),
        b"".join(one.tobytes() for one in derived.token_ids),
    ]
    return parts if derived.vectors is None else [*parts, derived.vectors.tobytes()]


def _unpacked(parts: Sequence[bytes], dim: int) -> Derived:
    found = marshal.loads(parts[0])  # noqa: S302 - from our own process
    terms = [Terms._make(one) for one in found]
    ends = np.cumsum(np.frombuffer(parts[1], np.int64))
    token_ids = np.split(np.frombuffer(parts[2], np.uint16), ends[:-1]) if len(ends) else []
    vectors = np.frombuffer(parts[3], np.float32).reshape(-1, dim) if len(parts) > 3 else None
    return Derived(terms, token_ids, vectors)


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
