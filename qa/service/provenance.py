"""Where the documents of an index came from, read and written beside it; see `index.origins`."""

from collections.abc import Iterable
from dataclasses import replace

from index import origins
from index.errors import UnknownDocumentError
from index.local import LocalIndex
from index.origins import Origin
from ingest.schema import DocumentInfo


class Provenance:
    """The records of one index; for whoever holds its writer's lock, so that no other writes."""

    def __init__(self, index: LocalIndex) -> None:
        self._index = index
        self._known: dict[str, Origin] | None = None
        self._stale = False  # whether the file has records of documents that are gone

    def all(self) -> dict[str, Origin]:
        """The records of documents that the index knows, by document."""
        if self._known is None:
            found = origins.read(self._index.root)
            self._known = {one: kept for one, kept in found.items() if self.info(one) is not None}
            self._stale = len(self._known) < len(found)
        return dict(self._known)

    def info(self, document_id: str) -> DocumentInfo | None:
        """What the index knows of a document, None if it does not know it."""
        try:
            return self._index.info(document_id)
        except UnknownDocumentError:
            return None

    def current(self, document_id: str) -> Origin | None:
        """Where the very bytes came from that the index holds of a document, if it is known."""
        origin, info = self.all().get(document_id), self.info(document_id)
        if origin is None or info is None or not info.held:
            return None
        return origin if origin.sha256 == info.sha256 else None

    def remember(self, found: Iterable[Origin]) -> None:
        """Keep where documents came from that the index has taken, with the bytes it holds now."""
        known = self.all()
        for origin in found:
            info = self.info(origin.document_id)
            if info is not None:
                known[origin.document_id] = replace(origin, sha256=info.sha256)
        self._write(known)

    def forget(self, ids: Iterable[str]) -> None:
        """Drop the records of documents, and of those that are gone already."""
        gone = set(ids)
        self._write({one: kept for one, kept in self.all().items() if one not in gone})

    def _write(self, known: dict[str, Origin]) -> None:
        if known != self._known or self._stale:
            origins.write(self._index.root, known.values())
            self._known, self._stale = known, False
