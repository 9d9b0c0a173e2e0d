"""Adding documents to the index and withdrawing them: parse everything, then write everything.

A document that can't be read stops the whole call before the index is touched.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from index.backend import AddOutcome
from index.encoder import load_encoder
from index.local import LocalIndex
from index.rebuilding import outdated, rebuild
from ingest.errors import (
    EncoderError,
    ForeignIndexError,
    NoIndexError,
    ReadError,
    UnsupportedFormatError,
)
from ingest.parse import declared, document_files, parse_file
from ingest.schema import DocumentInfo, ParsedDocument
from ingest.sources import FILE_NAME
from qa.settings import Settings


class Library:
    """The writing side of an index; holds the writer's lock until it is closed."""

    def __init__(self, index: LocalIndex) -> None:
        self.index = index

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> "Library":
        """Take the writer's lock on the index of `settings`, made anew if there is none.

        An index whose texts were encoded by another encoder, or cut into words by other rules,
        is derived anew from its own records first.

        Raises `IndexLockedError` when another process writes, `NoIndexError` when there is no
        index and `create` is False.
        """
        encoder = load_encoder(*settings.encoder_choice)
        try:
            return cls(LocalIndex.open(settings.index_dir, encoder, writable=True))
        except NoIndexError:
            if not create:
                raise
            return cls(LocalIndex.create(settings.index_dir, encoder))
        except (EncoderError, ForeignIndexError):
            if not create or not outdated(settings.index_dir, encoder):
                raise
        rebuild(settings.index_dir, encoder)
        return cls(LocalIndex.open(settings.index_dir, encoder, writable=True))

    def add(self, paths: Sequence[Path | str]) -> list[AddOutcome]:
        """Add files, or all readable files of folders with what their sources.toml declares."""
        documents: list[ParsedDocument] = []
        absent: list[DocumentInfo] = []
        for path in paths:
            found, named = _read(path)
            documents += found
            absent += named
        outcomes = self.index.add(documents)
        held = {info.id for info in self.index.documents() if info.held}
        self.index.declare([info for info in absent if info.id not in held])
        return outcomes

    def remove(self, ids: Iterable[str]) -> None:
        """Withdraw documents; `UnknownDocumentError` if one is not there."""
        self.index.delete(list(ids))

    def close(self) -> None:
        """Give the lock back."""
        self.index.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _read(path: Path | str) -> tuple[list[ParsedDocument], list[DocumentInfo]]:
    if "://" in str(path):
        raise UnsupportedFormatError(f"{path}是网址", "本机的文件或文件夹", "先下载再添加")
    path = Path(path)
    if not path.is_dir():
        return [parse_file(path)], []
    found = [parse_file(file, stated) for file, stated in document_files(path)]
    named = declared(path)
    if not found and not named:
        raise ReadError(f"文件夹{path}里没有可读的文件", f"文本文件或{FILE_NAME}", "检查路径")
    return found, named
