"""Passages to terms, token ids and vectors, in batches and in order, on as many cores as pay.

The first thousands are derived here; starting other processes takes a second and pays only for
more.  Batches are the same either way, so the outcome does not depend on who derives them.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

from index.encoder import StaticEncoder
from index.store import Indexable
from index.terms import Derived, derive
from index.workers import Workers, most

BATCH = 1_024
_MOST_UNDER_WAY = 8
ALONE = 5_000
"""Up to so many passages no other process is started."""

Sink = Callable[[list[Indexable], Derived], None]
"""Takes what was derived of a batch; called in the order in which the passages were added."""


class Pipeline:
    """Give it passages with `add`, then `drain` and `close` it.

    `cutter` makes the token ids, and the vectors if `encode`; without it there are only terms.
    `workers` is how many processes may be started, by default what the machine has cores for.
    """

    def __init__(
        self,
        cutter: StaticEncoder | None,
        sink: Sink,
        *,
        encode: bool = False,
        workers: int | None = None,
    ) -> None:
        self._cutter, self._sink, self._encode = cutter, sink, encode
        self._count = most() if workers is None else workers
        self._batch: list[Indexable] = []
        self._sent = 0
        self._workers: Workers | None = None
        self._under_way: deque[tuple[list[Indexable], Future[Derived]]] = deque()

    def add(self, passage: Indexable) -> None:
        """Derive this passage, after those before it."""
        self._batch.append(passage)
        if len(self._batch) == BATCH:
            self._send()

    def drain(self) -> None:
        """Returns when everything that was added has gone to the sink."""
        if self._batch:
            self._send()
        while self._under_way:
            self._take()

    def crew(self) -> Workers | None:
        """The processes, for reading documents, too; None where there is only this one.

        One more than for passages alone: with reading done elsewhere this one only writes.
        """
        if self._workers is None and self._count > 0:
            self._count += 1
            self._start()
        return self._workers

    def _start(self) -> None:
        self._workers = Workers(self._cutter, encode=self._encode, count=self._count)

    def close(self) -> None:
        """End the processes; what is under way is lost."""
        if self._workers is not None:
            self._workers.close()

    def _send(self) -> None:
        batch, self._batch = self._batch, []
        self._sent += len(batch)
        texts = [(passage.context, passage.text, passage.names) for passage in batch]
        if self._workers is None and self._count > 0 and self._sent > ALONE:
            self._start()
        if self._workers is None:
            self._sink(batch, derive(texts, self._cutter, encode=self._encode))
            return
        while self._under_way and self._under_way[0][1].done():
            self._take()
        if len(self._under_way) < 2 * self._count:
            self._under_way.append((batch, self._workers.submit(texts)))
            return
        # All are busy with two batches each: rather than wait, do this one here.
        mine: Future[Derived] = Future()
        mine.set_result(derive(texts, self._cutter, encode=self._encode))
        self._under_way.append((batch, mine))
        while len(self._under_way) > _MOST_UNDER_WAY * self._count:
            self._take()

    def _take(self) -> None:
        batch, derived = self._under_way.popleft()
        self._sink(batch, derived.result())
