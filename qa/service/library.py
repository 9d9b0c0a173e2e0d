"""Adding documents to the index and withdrawing them.

A file that can't be read stops no other.  Files are read one by one while the index takes them in,
so a folder may hold more than fits into memory; what was taken in is published in batches, and the
same call again goes on where the last one was killed.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoder import load_encoder
from index.errors import EncoderError, ForeignIndexError, NoIndexError
from index.local import LocalIndex
from index.locking import NONE, Patience
from index.origins import Origin
from index.pace import Pace
from index.rebuilding import Progress as Rebuilt
from index.rebuilding import outdated, rebuild
from ingest.parse import Unread
from ingest.schema import DocumentInfo
from qa.errors import NothingReadError
from qa.service.accession import Accession, Acknowledged, Progress
from qa.service.outcomes import FileOutcome
from qa.service.provenance import Provenance
from qa.service.settings import Settings
from qa.service.sourcing import sourced
from qa.service.withdrawal import named

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
        cls,
        settings: Settings,
        *,
        create: bool = True,
        progress: Rebuilt | None = None,
        patience: Patience = NONE,
    ) -> "Library":
        """Take the writer's lock on the index of `settings`, made anew if there is none.

        An index whose texts were encoded by another encoder, or cut into words by other rules,
        is derived anew from its own records first, which `progress` is told of.

        Raises `IndexLockedError` when another process writes for longer than `patience`,
        `NoIndexError` when there is no index and `create` is False.
        """
        encoder, folder = load_encoder(*settings.encoder_choice), settings.index_dir
        try:
            index = LocalIndex.open(folder, encoder, writable=True, patience=patience)
            if not (create and outdated(folder, encoder)):
                return cls(index, settings)
            index.close()
        except NoIndexError:
            if not create:
                raise
            return cls(LocalIndex.create(folder, encoder, patience=patience), settings)
        except (EncoderError, ForeignIndexError):
            if not create or not outdated(folder, encoder):
                raise
        rebuild(folder, encoder, progress, patience)
        return cls(LocalIndex.open(folder, encoder, writable=True, patience=patience), settings)

    def add(
        self,
        paths: Sequence[Path | str],
        *,
        progress: Progress | None = None,
        acknowledged: Acknowledged | None = None,
    ) -> list[FileOutcome]:
        """Add files, and folders with their subfolders; one outcome for each file, in order.

        `acknowledged` is told of outcomes as they become durable, `progress` of every file that is
        done.  Raises the `ReadError` of a single file, and of a call in which nothing could be
        read: `NothingReadError` if there are several reasons.
        """
        origins: list[Origin] = []

        def fetch(url: str) -> Unread:
            found = self.web.ask(self.web.wanted(url), anew=True)
            assert found is not None  # it was asked without a condition
            unread, origin = found
            origins.append(origin)
            return unread

        sources = sourced(paths, fetch)
        accession = Accession(self.index, sources.files, progress, acknowledged)
        for unread in (accession.unread, accession.outlived):
            self.index.add(unread(), intake=accession, pace=Pace(), published=accession.published)
        outcomes = accession.finish()
        self.index.declare(sources.declared)
        if origins:
            self.provenance.remember(origins)
        errors = [one.error for one in outcomes if one.error and one.change == "failed"]
        if not any(one.read for one in outcomes) and (sources.single or not sources.declared):
            raise errors[0] if len(errors) == 1 else NothingReadError.of(len(outcomes))
        return outcomes

    def remove(self, names: Iterable[str]) -> list[DocumentInfo]:
        """Withdraw documents for good, by their ids or by titles that only one of them has.

        On return their words are in no file of the folder.  Raises `UnknownDocumentError` if one
        is not there and `AmbiguousTitleError` for a title of several; nothing is withdrawn then.
        """
        found = named(names, self.index.documents())
        self.index.delete([one.id for one in found])
        self.provenance.forget(one.id for one in found)
        self.index.compact(full=True)
        return found

    def close(self) -> None:
        """Give the lock back."""
        self.index.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
