"""The embedded backend: one folder, one writer, any number of readers.

    manifest.json           names what counts; replaced last, atomically
    segment-00000007/       documents that were written together; written once, then only read
        store.sqlite  dense.faiss  pieces.*.npy
    lexical-00000009/       the terms of all segments; shares files with the one before
    origins.json            where documents came from, if an address or a list brought them
    write.lock              held by the writer

A reader keeps the generation it opened until it asks for the latest one.
"""

import contextlib
import threading
from pathlib import Path

from filelock import FileLock

from index import manifest, publishing, upgrading
from index.encoder import Encoder
from index.errors import ForeignIndexError
from index.generation import (
    Generation,
    current,
    expect_encoder,
    expect_folder,
    foreign_names,
    open_current,
)
from index.locking import NONE, Patience, folder_errors, locked
from index.reading import Reader
from index.unwritten import unwritten
from index.writes import Writes
from index.writing import Transaction


class LocalIndex(Writes):
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
                first = Transaction(root, unwritten(encoder), (), encoder)
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

    @property
    def root(self) -> Path:
        """Its folder."""
        return self._root

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
