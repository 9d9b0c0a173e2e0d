"""Two searches of one question at the same time.

tantivy and FAISS let other threads run while they search.  One thread helps each question; when all
helpers are busy the question does without, so nobody waits in a line.  Threads start on first use;
a process that is forked off starts its own.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Lock, Semaphore
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

_MOST_HELPERS = 8


class Helpers:
    """At most `count` threads that help; none at all is allowed."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._free = Semaphore(count)
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None

    def both(self, here: Callable[[], A], there: Callable[[], B]) -> tuple[A, B]:
        """What both return, `there` from a helper if one is free.

        Raises what they raise, what `here` raises first; neither is at work any more then.
        """
        if not self._free.acquire(blocking=False):
            return here(), there()
        try:
            future = self._started().submit(there)
            try:
                mine = here()
            finally:
                wait([future])
            return mine, future.result()
        finally:
            self._free.release()

    def _started(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._count, thread_name_prefix="wence-arm")
            return self._pool


def both(here: Callable[[], A], there: Callable[[], B]) -> tuple[A, B]:
    """`Helpers.both` of the helpers that all questions of this process share."""
    return _shared.both(here, there)


def _begin() -> None:
    global _shared
    _shared = Helpers(min(_MOST_HELPERS, (os.cpu_count() or 1) - 1))


_shared: Helpers
_begin()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin)  # threads do not come along
