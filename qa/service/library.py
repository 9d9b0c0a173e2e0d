"""Adding documents to the index and withdrawing them: all of a call or nothing.

Files are read one by one while the index takes them in, so a folder may hold more than fits into
memory.  A document that can't be read stops the whole call, and the index stays as it was.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.backend import AddOutcome
from index.encoder import load_encoder
from index.errors import EncoderError, ForeignIndexError, NoIndexError
from index.local import LocalIndex
from index.origins import Origin
from index.rebuilding import Progress, outdated, rebuild
from ingest.errors import ReadError
from ingest.parse import Unread, declared, document_files
from ingest.schema import DocumentInfo
from ingest.sources import FILE_NAME
from qa.service.provenance import Provenance
from qa.service.settings import Settings

if TYPE_CHECKING:
    from qa.service.web_sources import WebSources


class Library:
    """The writing side of an index; holds the writer's lock until it is closed."""

    def __init__(self, index: LocalIndex, settings: Settings) -> None:
        self.index, self._settings = index, settings
        self.provenance = Provenance(index)

    @cached_property
    def web(self) -> "WebSources":
        """The documents that come from addresses."""
        from qa.service.web_sources import WebSources, limits_of  # imports what fetching needs

        return WebSources(self.provenance, limits_of(self._settings))

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
                return cls(index, settings)
            index.close()
        except NoIndexError:
            if not create:
                raise
            return cls(LocalIndex.create(settings.index_dir, encoder), settings)
        except (EncoderError, ForeignIndexError):
            if not create or not outdated(settings.index_dir, encoder):
                raise
        rebuild(settings.index_dir, encoder, progress)
        return cls(LocalIndex.open(settings.index_dir, encoder, writable=True), settings)

    def add(self, paths: Sequence[Path | str]) -> list[AddOutcome]:
        """Add files, addresses, or all readable files of folders with what their list declares."""
        absent: list[DocumentInfo] = []
        origins: list[Origin] = []

        def documents() -> Iterator[Unread]:
            for path in paths:
                if "://" in str(path):
                    yield self._fetched(str(path), origins)
                else:
                    yield from _read(Path(path), absent)

        outcomes = self.index.add(documents())
        self.index.declare(absent)
        if origins:
            self.provenance.remember(origins)
        return outcomes

    def _fetched(self, url: str, origins: list[Origin]) -> Unread:
        """What stands at an address; where it came from goes to `origins`."""
        found = self.web.ask(self.web.wanted(url), anew=True)
        assert found is not None  # it was asked without a condition
        unread, origin = found
        origins.append(origin)
        return unread

    def remove(self, ids: Iterable[str]) -> None:
        """Withdraw documents for good; `UnknownDocumentError` if one is not there.

        On return their words are in no file of the folder.
        """
        gone = list(ids)
        self.index.delete(gone)
        self.provenance.forget(gone)
        self.index.compact(full=True)

    def close(self) -> None:
        """Give the lock back."""
        self.index.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _read(path: Path, absent: list[DocumentInfo]) -> Iterator[Unread]:
    """The files of a file or a folder one by one; what a folder declares goes to `absent`."""
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
