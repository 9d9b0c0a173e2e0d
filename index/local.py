"""The embedded backend: one folder, one writer, any number of readers.

    manifest.json              names the generation that counts; replaced last, atomically
    generation-00000007/       written once, then only read
        store.sqlite  lexical/  dense.faiss
    write.lock                 held by the writer

A reader keeps the generation it opened until it asks for the latest one.
"""

import contextlib
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np
from filelock import FileLock

from index import dense, lexical, manifest, ranking, validation, writing
from index.backend import AddOutcome, Hit, PassageKey, SearchBackend, StoredPassage
from index.encoder import Encoder
from index.generation import (
    Generation,
    current,
    expect_encoder,
    foreign_names,
    open_current,
)
from index.locking import folder_errors, locked
from index.manifest import Manifest
from index.migrations import SCHEMA
from index.store_writer import WritableStore
from ingest.errors import ForeignIndexError, IndexLockedError
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    ParsedDocument,
    Reference,
    Responsibility,
    Target,
)

T = TypeVar("T")


class LocalIndex(SearchBackend):
    """A `SearchBackend` in a folder, thread-safe.  Use `create` or `open`.

    `encoder` may be None for an index that is only read or that only loses documents.
    """

    def __init__(
        self, root: Path, generation: Generation, encoder: Encoder | None, lock: FileLock | None
    ) -> None:
        self._root = root
        self._generation = generation
        self._encoder = encoder
        self._lock = lock
        self._writing = threading.Lock()

    @classmethod
    def create(cls, path: Path | str, encoder: Encoder) -> "LocalIndex":
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
            lock = locked(root)
            undo.callback(lock.release)
            if (root / manifest.FILE).exists():
                raise ForeignIndexError(f"{root} 已有索引", "空文件夹", "直接打开它，或换一个路径")
            writing.sweep(root, None)
            empty = Manifest(0, SCHEMA, writing.encoder_name(encoder), "", {}, {})
            with folder_errors(root):
                writing.publish(root, empty, encoder, lambda _: None)
            index = cls(root, open_current(root), encoder, lock)
            undo.pop_all()
        return index

    @classmethod
    def open(
        cls, path: Path | str, encoder: Encoder | None = None, *, writable: bool = False
    ) -> "LocalIndex":
        """Open an index.

        Raises NoIndexError, ForeignIndexError (not ours, or of another version),
        CorruptIndexError, EncoderError (made with another encoder) and, if `writable`,
        IndexLockedError at once when another process writes.
        """
        root = Path(path)
        found = current(root)
        if not writable:
            generation = open_current(root)
            expect_encoder(generation.manifest, encoder)
            return cls(root, generation, encoder, None)
        with contextlib.ExitStack() as undo:
            lock = locked(root)
            undo.callback(lock.release)
            found = current(root)
            expect_encoder(found, encoder)
            if found.schema < SCHEMA:
                with folder_errors(root):
                    found, _ = writing.publish(root, found, encoder, lambda _: None)
            index = cls(root, open_current(root), encoder, lock)
            writing.sweep(root, found)
            undo.pop_all()
        return index

    def latest(self) -> "LocalIndex":
        """This index if nothing was published since, else a reader of what was.

        The older reader stays valid, so a question that began with it can end with it.
        """
        if self._lock is not None or current(self._root) == self._generation.manifest:
            return self
        return LocalIndex.open(self._root, self._encoder)

    def close(self) -> None:
        """Close the files and let another writer in.  Closing twice does no harm."""
        self._generation.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "LocalIndex":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, documents: Iterable[ParsedDocument]) -> list[AddOutcome]:
        """Write documents, all or none; one with a known id replaces the old one.

        A document of which nothing would change, facts and passages included, is "unchanged".
        Raises ReadError for records that do not fit their document.
        """

        given = list(documents)  # errors of whoever makes them are not errors of the folder
        for parsed in given:
            validation.check(parsed)

        def put(store: WritableStore) -> list[AddOutcome]:
            outcomes = []
            for parsed in given:
                document, count = parsed.document, len(parsed.passages)
                change = store.put(parsed)
                outcomes.append(AddOutcome(document.id, document.title, change, count))
            return outcomes

        return self._write(put)

    def declare(self, infos: Iterable[DocumentInfo]) -> None:
        """Record documents whose text is not held; one that is held stays as it is."""

        given = list(infos)
        for info in given:
            validation.check_declared(info)

        def put(store: WritableStore) -> None:
            for info in given:
                store.declare(info)

        self._write(put)

    def delete(self, document_ids: Iterable[str]) -> None:
        """Withdraw documents, all or none; UnknownDocumentError if one is not there.

        On return their text is in no file of the folder.
        """

        given = dict.fromkeys(document_ids)

        def remove(store: WritableStore) -> None:
            for document_id in given:
                store.remove(document_id)

        self._write(remove)

    def search_lexical(
        self, query: str, k: int, *, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """BM25, best first; statistics are of the whole index whatever `documents` says."""
        now = self._generation
        return ranking.best(
            lambda limit: now.lexical.search(query, limit, documents),
            now.store.keys,
            k,
            lexical.TOLERANCE,
        )

    def search_dense(
        self, vector: np.ndarray, k: int, *, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """Inner product with a (dim,) vector, best first; ValueError for another shape."""
        now = self._generation
        among = None if documents is None else now.store.pids(documents)
        return ranking.best(
            lambda limit: now.dense.search(vector, limit, among), now.store.keys, k, dense.TOLERANCE
        )

    def frequencies(self, terms: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each folded word or bigram occurs, and the number of passages."""
        return self._generation.lexical.frequencies(terms), len(self._generation.lexical)

    def get(self, keys: Sequence[PassageKey]) -> list[StoredPassage]:
        """The passages in the order of `keys`; UnknownDocumentError if one is not there."""
        return self._generation.store.get(keys)

    def documents(self) -> list[DocumentInfo]:
        """All documents, declared ones included, ordered by id."""
        return self._generation.store.documents()

    def document(self, document_id: str) -> Document:
        """One held document with its text, or UnknownDocumentError."""
        return self._generation.store.document(document_id)

    def clauses(self, document_id: str) -> list[Clause]:
        """The outline of a held document in reading order, or UnknownDocumentError."""
        return self._generation.store.clauses(document_id)

    def passages(self, document_id: str) -> list[StoredPassage]:
        """The passages of a held document in reading order, or UnknownDocumentError."""
        return self._generation.store.passages(document_id)

    def responsibilities(
        self, *, document_id: str | None = None, unit: str | None = None
    ) -> list[Responsibility]:
        """Responsibilities in reading order, of one document or one printed unit or all."""
        return self._generation.store.responsibilities(document_id, unit)

    def targets(self, *, document_id: str | None = None) -> list[Target]:
        """Targets in reading order."""
        return self._generation.store.targets(document_id)

    def references(self, *, document_id: str | None = None) -> list[Reference]:
        """References in reading order."""
        return self._generation.store.references(document_id)

    def snapshot(self) -> str:
        """The name of the generation that reads see."""
        return self._generation.manifest.name

    def _write(self, change: Callable[[WritableStore], T]) -> T:
        if self._lock is None:
            raise IndexLockedError(
                "索引以只读方式打开", "可写的索引", "以 writable=True 打开后再写入"
            )
        with self._writing:
            old = self._generation.manifest
            with folder_errors(self._root):
                new, outcome = writing.publish(self._root, old, self._encoder, change)
            if new is not old:
                self._generation = open_current(self._root)
                writing.sweep(self._root, new)
        return outcome
