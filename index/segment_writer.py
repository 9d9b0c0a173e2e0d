"""A new segment: documents go in one by one, and what follows from their passages comes later.

Memory does not grow with the passages: records go to SQLite, vectors and token ids to raw files
that the final ones are made of.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index import dense_build
from index.dense import Numbers, Vectors
from index.draft import Draft
from index.manifest import KINDS, EncoderName, Segment
from index.segments import DENSE, STORE
from index.store import Indexable
from index.store_writer import WritableStore
from index.token_ids import Ids, TokenIdsWriter
from ingest.schema import DocumentInfo

_RAW = "vectors.raw"
_CHUNK = 65_536


class SegmentWriter:
    """Writes into a new folder; nobody reads it before its manifest is published."""

    def __init__(self, folder: Path, first_pid: int, encoder: EncoderName) -> None:
        folder.mkdir()
        self.folder = folder
        self.next_pid = first_pid
        self._first_pid = first_pid
        self._encoder = encoder
        self._dim = encoder.dim
        self._store = WritableStore(folder / STORE)
        self._token_ids = TokenIdsWriter(folder)
        self._raw = (folder / _RAW).open("wb")
        self._counts: Counter[str] = Counter()
        self._held: dict[str, tuple[bool, str]] = {}
        self._erased: list[int] = []

    def state(self, document_id: str) -> tuple[bool, str] | None:
        """Whether a document of this segment is held, and its digest; None if it is not here."""
        return self._held.get(document_id)

    def put(self, draft: Draft) -> list[Indexable]:
        """Write a checked document whose id is not here; returns what must be derived."""
        made, document_id = draft.rows, draft.document_id
        self._store.put(draft, self.next_pid)
        self._held[document_id] = (True, draft.digest)
        self._counts["documents"] += 1
        self._counts.update({kind: len(getattr(made, kind)) for kind in KINDS[1:]})
        first, self.next_pid = self.next_pid, self.next_pid + len(made.passages)
        names = tuple(name for _, name, _ in made.names)
        return [
            Indexable(pid, document_id, context, text, names)
            for pid, (*_, context, text) in enumerate(made.passages, start=first)
        ]

    def declare(self, info: DocumentInfo) -> None:
        """Record a document without text whose id is not here."""
        self._store.declare(info)
        self._held[info.id] = (False, "")
        self._counts["documents"] += 1

    def erase(self, document_id: str) -> int:
        """Take back a document of this segment; returns how many passages it had."""
        self._counts.subtract(self._store.counts_of(document_id))
        pids = self._store.pids([document_id])
        self._erased += pids
        self._store.erase(document_id)
        del self._held[document_id]
        return len(pids)

    def derived(self, pids: Numbers, vectors: Vectors, token_ids: Sequence[Ids]) -> None:
        """Take what follows from the next passages; every pid once, ascending."""
        self._raw.write(np.ascontiguousarray(vectors, np.float32).tobytes())
        self._token_ids.add(pids, token_ids)

    def finish(self, cutter: str) -> Segment:
        """Write the files out; the returned segment has no parts yet.

        `cutter` is the fingerprint of what made the token ids, "" if there are no passages.
        """
        self._raw.close()
        self._store.finish()
        erased = np.asarray(self._erased, np.int64)
        self._token_ids.finish(erased)
        alive = np.setdiff1d(np.arange(self._first_pid, self.next_pid, dtype=np.int64), erased)
        info = dense_build.write(
            self.folder / DENSE,
            len(alive),
            self._dim,
            lambda: self._vectors(erased),
            self._encoder.fingerprint,
        )
        (self.folder / _RAW).unlink()
        self.close()
        return Segment(
            name=self.folder.name,
            parts={},
            counts={kind: self._counts[kind] for kind in KINDS},
            first_pid=int(alive[0]) if len(alive) else 0,
            last_pid=int(alive[-1]) if len(alive) else 0,
            dense=info,
            pieces=cutter,
        )

    def close(self) -> None:
        """Let go of the files, whether finished or not."""
        self._store.close()
        self._raw.close()
        self._token_ids.close()

    def _vectors(self, erased: Numbers) -> Iterator[tuple[Numbers, Vectors]]:
        raw = self.folder / _RAW
        if not raw.stat().st_size:
            return  # an empty file can't be mapped
        # Mapped, not read: this is gone through several times.
        every = np.memmap(raw, np.float32, "r").view(np.ndarray).reshape(-1, self._dim)
        for start in range(0, len(every), _CHUNK):
            vectors = every[start : start + _CHUNK]
            first = self._first_pid + start
            pids = np.arange(first, first + len(vectors), dtype=np.int64)
            if len(erased):
                alive = ~np.isin(pids, erased)
                pids, vectors = pids[alive], vectors[alive]
            yield pids, vectors
