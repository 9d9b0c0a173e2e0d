"""The embedded backend: one folder, one writer, any number of readers.

    manifest.json           names what counts; replaced last, atomically
    segment-00000007/       documents that were written together; written once, then only read
        store.sqlite  dense.faiss  pieces.*.npy
    lexical-00000009/       the terms of all segments; shares files with the one before
    write.lock              held by the writer

A reader keeps the generation it opened until it asks for the latest one.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from filelock import FileLock

from index import manifest, merging, publishing, upgrading, validation, writing
from index.backend import AddOutcome
from index.draft import Given, Intake
from index.encoder import Encoder
from index.errors import ForeignIndexError, IndexFolderError, IndexLockedError
from index.generation import (
    Generation,
    current,
    expect_encoder,
    expect_folder,
    foreign_names,
    open_current,
)
from index.given import GivenError, given, tell
from index.locking import NONE, Patience, folder_errors, locked
from index.pace import Pace
from index.reading import Reader
from index.reads import Reads
from index.writing import Transaction
from ingest.schema import DocumentInfo


class LocalIndex(Reads):
    """A `SearchBackend` in a folder, thread-safe.  Use `create` or `open`.

    `encoder` may be None for an index that is only read or that only loses documents.
    """

    def __init__(
        self, root: Path, generation: Generation, encoder: Encoder | None, lock: FileLock | None
    ) -> None:
        self._root = root
        self._generation = generation
        self._reader = Reader(generation)
        self._stamp: manifest.Stamp | None = None
        self._encoder = encoder
        self._lock = lock
        self._writing = threading.Lock()

    @classmethod
    def create(
        cls, path: Path | str, encoder: Encoder, *, patience: Patience = NONE
    ) -> "LocalIndex":
        """Make an empty, writable index in a new or empty folder.

        Raises ForeignIndexError if the folder holds anything else, IndexLockedError if another
        process is at it.
        """
        root = Path(path)
        if root.exists() and (not root.is_dir() or foreign_names(root)):
            raise ForeignIndexError(f"{root} 已有别的内容", "空文件夹", "换一个路径")
        with folder_errors(root):
            root.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as undo:
            lock = locked(root, patience)
            undo.callback(lock.release)
            if (root / manifest.FILE).exists():
                raise ForeignIndexError(f"{root} 已有索引", "空文件夹", "直接打开它，或换一个路径")
            publishing.sweep(root, None, work=True)
            with folder_errors(root):
                first = Transaction(root, writing.unwritten(encoder), (), encoder)
                with contextlib.closing(first):
                    first.publish()
            index = cls(root, open_current(root), encoder, lock)
            undo.pop_all()
        return index

    @classmethod
    def open(
        cls,
        path: Path | str,
        encoder: Encoder | None = None,
        *,
        writable: bool = False,
        patience: Patience = NONE,
    ) -> "LocalIndex":
        """Open an index.

        Raises NoIndexError, ForeignIndexError (not ours, or of another version),
        CorruptIndexError, EncoderError (made with another encoder) and, if `writable`,
        IndexLockedError when another process writes for longer than `patience`.
        """
        root = Path(path)
        if not writable:
            generation = open_current(root)
            expect_encoder(generation.manifest, encoder)
            return cls(root, generation, encoder, None)
        expect_folder(root)
        with contextlib.ExitStack() as undo:
            lock = locked(root, patience)
            undo.callback(lock.release)
            with folder_errors(root):
                upgrading.upgrade(root, encoder)
            expect_encoder(current(root), encoder)
            index = cls(root, open_current(root), encoder, lock)
            publishing.sweep(root, index._generation.manifest)
            undo.pop_all()
        return index

    def latest(self) -> "LocalIndex":
        """This index if nothing was published since, else a reader of what was.

        The older reader stays valid, so a question that began with it can end with it.
        """
        stamp = manifest.stamp(self._root)  # before reading: an older stamp does no harm
        if self._lock is not None or (stamp is not None and stamp == self._stamp):
            return self
        if current(self._root) == self._generation.manifest:
            self._stamp = stamp
            return self
        generation = open_current(self._root, self._generation)
        expect_encoder(generation.manifest, self._encoder)
        return LocalIndex(self._root, generation, self._encoder, None)

    def close(self) -> None:
        """Close the files and let another writer in.  Closing twice does no harm."""
        self._generation.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "LocalIndex":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

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
