"""Derive the lexical and the dense index anew from the store, which is the only truth.

For an index that was made with another encoder, or with the word rules of another version.  A large
model may take hours, so vectors are kept as they come, in `rebuild-…/` beside the index: after a
kill the next run goes on from there.  Readers see the old index until the new one is published.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from index import dense, dense_build, publishing, terms, upgrading, writing
from index.dense import Numbers, Vectors
from index.encoder import Encoder, shipped_encoder
from index.generation import current
from index.lexical import LexicalWriter
from index.locking import NONE, Patience, folder_errors, locked
from index.manifest import KINDS, Manifest, Segment
from index.merging import write_dense
from index.migrations import SCHEMA
from index.pipeline import Pipeline
from index.sealing import link
from index.segments import DENSE, STORE, OpenSegment, View
from index.store import Indexable, Store
from index.store_writer import WritableStore
from index.terms import Derived
from index.token_ids import TokenIdsWriter
from index.tokens import fingerprint
from index.unwritten import encoder_name

CHUNK = 2_048
"""Passages whose vectors are kept together; a kill loses at most so many."""

Progress = Callable[[int, int], None]
"""Told how many passages have their vector, and how many there are."""


def outdated(path: Path | str, encoder: Encoder) -> bool:
    """Whether the index is sound but was derived with another encoder or other word rules."""
    found = current(Path(path))
    made = (found.encoder.fingerprint, found.encoder.dim, found.tokenizer)
    wanted = (encoder.fingerprint, encoder.dim, fingerprint())
    if found.schema != SCHEMA:
        return False
    cutters = {segment.pieces for segment in found.segments if segment.counts["passages"]}
    return made != wanted or bool(cutters - {writing.cutter_of(encoder).fingerprint})


def rebuild(
    path: Path | str,
    encoder: Encoder,
    progress: Progress | None = None,
    patience: Patience = NONE,
) -> None:
    """Derive everything anew with this encoder; go on where an interrupted rebuild stopped.

    Vectors that this very encoder made are kept.
    """
    root = Path(path)
    lock = locked(root, patience) if root.is_dir() else None
    try:
        if lock is None:
            current(root)  # says what is wrong
        with folder_errors(root):
            upgrading.upgrade(root, None)
            old = current(root)
            publishing.sweep(root, old)
            new = _Rebuild(root, old, encoder, progress).publish()
        publishing.sweep(root, new, work=True)
    finally:
        if lock is not None:
            lock.release()


class _Rebuild:
    def __init__(
        self, root: Path, old: Manifest, encoder: Encoder, progress: Progress | None
    ) -> None:
        self._root, self._old, self._encoder = root, old, encoder
        self._progress = progress
        made = old.encoder
        self._same = (made.fingerprint, made.dim) == (encoder.fingerprint, int(encoder.dim))
        named = f"{encoder.fingerprint}\n{encoder.dim}".encode()
        self._work = root / f"rebuild-{hashlib.sha256(named).hexdigest()[:16]}"
        self._done = 0
        self._all = sum(segment.counts["passages"] for segment in old.segments)

    def publish(self) -> Manifest:
        old = self._old
        if not self._same:
            self._work.mkdir(exist_ok=True)
            for segment in old.segments:
                self._encode(segment)
        number, folders, segments = old.generation + 1, [], []
        try:
            folders.append(self._root / publishing.lexical_name(number))
            shutil.rmtree(folders[0], ignore_errors=True)
            with ExitStack() as undo:
                lexical = LexicalWriter(folders[0], bulk=True)
                undo.callback(lexical.abandon)
                for place, segment in enumerate(old.segments, start=old.next_segment):
                    folders.append(self._root / publishing.segment_name(place))
                    segments.append(self._segment(segment, folders[-1], lexical))
                lexical.finish()
                undo.pop_all()
            new = replace(
                old,
                generation=number,
                encoder=encoder_name(self._encoder),
                tokenizer=fingerprint(),
                next_segment=old.next_segment + len(segments),
                counts={kind: sum(one.counts[kind] for one in segments) for kind in KINDS},
                lexical=replace(old.lexical, name=folders[0].name, withdrawn=0),
                segments=tuple(segments),
            )
            return publishing.publish(self._root, old, new)
        except BaseException:
            publishing.discard(self._root, folders)
            raise

    def _encode(self, segment: Segment) -> None:
        """Vectors of all passages of a segment, into files of the work folder."""
        store = Store(self._root / segment.name / STORE)
        gone = frozenset(segment.withdrawn)
        try:
            passages = store.indexable()
            for path in self._chunks(segment):
                some = list(islice(passages, CHUNK))
                if not path.exists():
                    self._write(path, some, gone)
                self._done += len(some)
                if self._progress is not None:
                    self._progress(self._done, self._all)
        finally:
            store.close()

    def _write(self, path: Path, passages: list[Indexable], gone: frozenset[str]) -> None:
        """Withdrawn passages get zeros: a withdrawal must not shift what is done already."""
        dim = int(self._encoder.dim)
        vectors = np.zeros((len(passages), dim), np.float32)
        wanted = [i for i, one in enumerate(passages) if one.document_id not in gone]
        if wanted:
            texts = [(passages[i].context, passages[i].text) for i in wanted]
            found = terms.encoded(texts, self._encoder)
            vectors[wanted] = dense.checked(found, len(wanted), dim)
        draft = path.with_suffix(".tmp")
        with draft.open("wb") as file:
            np.save(file, vectors, allow_pickle=False)
        draft.replace(path)

    def _chunks(self, segment: Segment) -> list[Path]:
        """The files of a segment's vectors; named after its store, which never changes."""
        named = f"{segment.name}-{segment.parts[STORE].sha256[:12]}"
        count = -(-segment.counts["passages"] // CHUNK)
        return [self._work / f"{named}-{number:06d}.npy" for number in range(count)]

    def _vectors(self, segment: Segment, pids: Numbers) -> Iterator[tuple[Numbers, Vectors]]:
        """Those of `pids`, ascending, of all pids of the segment's store."""
        every = self._pids(segment)
        for number, path in enumerate(self._chunks(segment)):
            some = every[number * CHUNK : (number + 1) * CHUNK]
            alive = np.isin(some, pids)
            yield some[alive], np.load(path, allow_pickle=False)[alive]

    def _pids(self, segment: Segment) -> Numbers:
        store = Store(self._root / segment.name / STORE)
        try:
            return np.asarray(store.pids(), np.int64)
        finally:
            store.close()

    def _segment(self, segment: Segment, folder: Path, lexical: LexicalWriter) -> Segment:
        """Write a segment anew, what was withdrawn left out."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        before = self._root / segment.name / STORE
        counts = segment.counts
        renamed = self._old.tokenizer != fingerprint()
        if segment.withdrawn or renamed:
            writable = WritableStore(folder / STORE)
            try:
                writable.copy(before, segment.withdrawn)
                if renamed:  # what is a name is a rule of the terms, too
                    writable.name_anew()
                writable.finish()
                counts = writable.counts()
            finally:
                writable.close()
        else:
            link(before, folder / STORE)
        pids = _derive(folder, lexical)
        if self._same:
            view = View(OpenSegment(before.parent, segment, int(self._encoder.dim)), segment)
            info = write_dense(folder / DENSE, [view], len(pids), self._old.encoder)
            view.opened.release(view)
        else:
            info = dense_build.write(
                folder / DENSE,
                len(pids),
                int(self._encoder.dim),
                lambda: self._vectors(segment, pids),
                self._encoder.fingerprint,
            )
        return Segment(
            name=folder.name,
            parts={},
            counts=counts,
            first_pid=int(pids[0]) if len(pids) else 0,
            last_pid=int(pids[-1]) if len(pids) else 0,
            dense=info,
            pieces=shipped_encoder().fingerprint,
        )


def _derive(folder: Path, lexical: LexicalWriter) -> Numbers:
    """Token ids and terms of the store in `folder`; returns its pids."""
    found = [np.empty(0, np.int64)]
    token_ids = TokenIdsWriter(folder)

    def take(batch: list[Indexable], derived: Derived) -> None:
        pids = np.asarray([passage.pid for passage in batch], np.int64)
        found.append(pids)
        token_ids.add(pids, derived.token_ids)
        for passage, one in zip(batch, derived.terms, strict=True):
            lexical.add(passage.pid, passage.document_id, one)

    pipeline, store = Pipeline(shipped_encoder(), take), Store(folder / STORE)
    try:
        for passage in store.indexable():
            pipeline.add(passage)
        pipeline.drain()
        token_ids.finish(np.empty(0, np.int64))
    finally:
        token_ids.close()
        store.close()
        pipeline.close()
    return np.concatenate(found)
