"""The writing side of the port: one write at a time, and reads see what it published.

Whoever holds the writer's lock may call these; `index.writing` makes the files.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from filelock import FileLock

from index import merging, publishing, validation
from index.backend import AddOutcome
from index.draft import Given, Intake
from index.encoder import Encoder
from index.errors import IndexFolderError, IndexLockedError
from index.generation import Generation, current, open_current
from index.given import GivenError, given, tell
from index.locking import folder_errors
from index.pace import Pace
from index.reading import Reader
from index.reads import Reads
from index.writing import Transaction
from ingest.schema import DocumentInfo


class Writes(Reads):
    """The write methods of `SearchBackend`; without a `_lock` each raises IndexLockedError."""

    _root: Path
    _generation: Generation
    _encoder: Encoder | None
    _lock: FileLock | None
    _writing: threading.Lock

    def add(
        self,
        documents: Iterable[Given],
        *,
        intake: Intake | None = None,
        pace: Pace | None = None,
        published: Callable[[Sequence[AddOutcome]], None] | None = None,
    ) -> list[AddOutcome]:
        """Write documents, all or none; one with a known id replaces the old one.

        They are taken one by one as they come, so there may be more than fit into memory.  A
        document of which nothing would change, facts and passages included, is "unchanged".
        Many files that are `Unread` are read by other processes.  Raises what reading raises, and
        ReadError for records that do not fit their document; `intake` may have it otherwise.

        With a `pace` it is not all or none: what was written by then is published whenever that
        is due, each document whole.  `published` is told of what became durable.
        """
        outcomes: list[AddOutcome] = []
        told = 0

        def tell_published() -> None:
            nonlocal told
            if published is not None and told < len(outcomes):
                tell(published, outcomes[told:])
            told = len(outcomes)

        def put(transaction: Transaction) -> None:
            for made in given(transaction.drafts(documents, intake)):
                change = transaction.put(made)
                passages = len(made.rows.passages)
                outcomes.append(AddOutcome(made.document_id, made.title, change, passages))
                if pace is not None and pace.due:
                    began = time.monotonic()
                    self._publish_part(transaction)
                    pace.published(time.monotonic() - began)
                    tell_published()

        with self._tidied():
            self._write(put)
            with _unwrapped():
                tell_published()
        return outcomes

    def declare(self, infos: Iterable[DocumentInfo]) -> None:
        """Record documents whose text is not held; one that is held stays as it is."""

        def put(transaction: Transaction) -> None:
            for info in given(infos):
                validation.check_declared(info)
                transaction.declare(info)

        with self._tidied():
            self._write(put)

    def delete(self, document_ids: Iterable[str]) -> None:
        """Withdraw documents, all or none; UnknownDocumentError if one is not there.

        On return no read finds them, whatever happens to this machine.  Their text leaves the
        files with `compact(full=True)`.
        """

        def remove(transaction: Transaction) -> None:
            for document_id in dict.fromkeys(given(document_ids)):
                transaction.remove(document_id)

        with self._tidied():
            self._write(remove)

    def compact(self, full: bool = False) -> None:
        """Merge small segments; with `full`, no byte of a withdrawn document remains.

        A full compaction takes time in proportion to the index if anything was withdrawn; reads
        go on meanwhile.
        """
        with self._published():
            merging.compact(self._root, self._generation, full=full)
        if full:
            publishing.sweep(self._root, self._generation.manifest, work=True)

    def _write(self, change: Callable[[Transaction], None]) -> None:
        """Publish a change."""
        with _unwrapped(), self._published():
            now = self._generation
            transaction = Transaction(self._root, now.manifest, now.views, self._encoder)
            with contextlib.closing(transaction):
                change(transaction)
                transaction.publish()

    def _publish_part(self, transaction: Transaction) -> None:
        """Publish what a transaction has by now; it goes on after that."""
        transaction.publish()
        self._refresh()
        if merging.crowded(self._generation.manifest):
            merging.compact(self._root, self._generation, full=False)
            self._refresh()
        transaction.go_on(self._generation.manifest, self._generation.views)

    @contextlib.contextmanager
    def _tidied(self) -> Iterator[None]:
        """After a write: tidy up if that is due.

        What was written counts, whatever becomes of the tidying: the next write tries again.
        """
        yield
        with contextlib.suppress(IndexFolderError):
            if merging.due(self._generation.manifest):
                self.compact(full=True)
            elif merging.crowded(self._generation.manifest):
                self.compact()

    @contextlib.contextmanager
    def _published(self) -> Iterator[None]:
        """One write at a time; afterwards reads see what it published, if anything."""
        if self._lock is None:
            raise IndexLockedError(
                "索引以只读方式打开", "可写的索引", "以 writable=True 打开后再写入"
            )
        with self._writing:
            self._refresh()  # an error may have come between publication and this
            with folder_errors(self._root):
                yield
            self._refresh()

    def _refresh(self) -> None:
        if current(self._root) != self._generation.manifest:
            generation = open_current(self._root, self._generation)
            self._reader, self._generation = Reader(generation), generation
            publishing.sweep(self._root, generation.manifest)


@contextlib.contextmanager
def _unwrapped() -> Iterator[None]:
    """An error of whoever gave documents, as it was raised."""
    try:
        yield
    except GivenError as error:
        raise error.cause from error.cause.__cause__
