"""Adding documents to the index and withdrawing them: all of a call or nothing.

Files are read one by one while the index takes them in, so a folder may hold more than fits into
memory.  A document that can't be read stops the whole call, and the index stays as it was.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.backend import AddOutcome
from index.encoder import load_encoder
from index.errors import EncoderError, ForeignIndexError, NoIndexError
from index.local import LocalIndex
from index.rebuilding import Progress, outdated, rebuild
from ingest.errors import ReadError, UnsupportedFormatError
from ingest.parse import Unread, declared, document_files
from ingest.schema import DocumentInfo
from ingest.sources import FILE_NAME
from qa.service.settings import Settings


class Library:
    """The writing side of an index; holds the writer's lock until it is closed."""

    def __init__(self, index: LocalIndex) -> None:
        self.index = index

    @classmethod
    def open(
        cls, settings: Settings, *, create: bool = True, progress: Progress | None = None
    ) -> "Library":
        """Take the writer's lock on the index of `settings`, made anew if there is none.

        An index whose texts were encoded by another encoder, or cut into words by other rules,
        is derived anew from its own records first, which `progress` is told of.

        Raises `IndexLockedError` when another process writes, `NoIndexError` when there is no
        index and `create` is False.
        """
        encoder = load_encoder(*settings.encoder_choice)
        try:
            index = LocalIndex.open(settings.index_dir, encoder, writable=True)
            if not (create and outdated(settings.index_dir, encoder)):
                return cls(index)
            index.close()
        except NoIndexError:
            if not create:
                raise
            return cls(LocalIndex.create(settings.index_dir, encoder))
        except (EncoderError, ForeignIndexError):
            if not create or not outdated(settings.index_dir, encoder):
                raise
        rebuild(settings.index_dir, encoder, progress)
        return cls(LocalIndex.open(settings.index_dir, encoder, writable=True))

    def add(self, paths: Sequence[Path | str]) -> list[AddOutcome]:
        """Add files, or all readable files of folders with what their sources.toml declares."""
        absent: list[DocumentInfo] = []

        def documents() -> Iterator[Unread]:
            for path in paths:
                yield from _read(path, absent)

        outcomes = self.index.add(documents())
        self.index.declare(absent)
        return outcomes

    def remove(self, ids: Iterable[str]) -> None:
        """Withdraw documents for good; `UnknownDocumentError` if one is not there.

        On return their words are in no file of the folder.
        """
        self.index.delete(list(ids))
        self.index.compact(full=True)

    def close(self) -> None:
        """Give the lock back."""
        self.index.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _read(path: Path | str, absent: list[DocumentInfo]) -> Iterator[Unread]:
    """The files of a file or a folder one by one; what a folder declares goes to `absent`."""
    if "://" in str(path):
        raise UnsupportedFormatError(f"{path}是网址", "本机的文件或文件夹", "先下载再添加")
    path = Path(path)
    if not path.is_dir():
        yield Unread(path)
        return
    found = list(document_files(path))
    named = declared(path)
    absent += named
    for file, stated in found:
        yield Unread(file, stated)
    if not found and not named:
        raise ReadError(f"文件夹{path}里没有可读的文件", f"文本文件或{FILE_NAME}", "检查路径")
