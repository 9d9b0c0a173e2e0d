"""How a new generation comes about: a new segment, tombstones, a lexical index, a manifest.

Nothing that exists is changed.  New documents make a segment of their own; a replaced or deleted
one gets a tombstone in the manifest; the lexical index shares the files of the last one.  Until
the manifest is replaced nobody sees any of it, so a kill leaves only garbage for `sweep`.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from index import dense, lexical, manifest, pipeline, terms
from index.draft import Draft, Given, Intake
from index.encoder import DEFAULT_MODEL, Encoder, StaticEncoder, shipped_encoder
from index.errors import EncoderError
from index.lexical import LexicalWriter
from index.manifest import Manifest, Segment
from index.pipeline import BATCH, Pipeline
from index.publishing import discard, lexical_name, publish, segment_name
from index.reading_ahead import drafts
from index.segment_writer import SegmentWriter
from index.segments import View
from index.store import Indexable, unknown
from index.terms import Derived
from index.workers import Workers
from ingest.schema import DocumentInfo

Change = Literal["added", "replaced", "unchanged"]


class Transaction:
    """One write: change documents, then `publish`; `close` in any case."""

    def __init__(
        self, root: Path, old: Manifest, views: Sequence[View], encoder: Encoder | None
    ) -> None:
        self._root, self._old, self._views, self._encoder = root, old, views, encoder
        self._new_folders: list[Path] = []
        self._segment: SegmentWriter | None = None
        self._lexical: LexicalWriter | None = None
        self._pipeline: Pipeline | None = None
        self._withdrawn: dict[str, dict[str, None]] = {}
        self._gone: Counter[str] = Counter()
        self._dead_passages = 0

    def drafts(self, given: Iterable[Given], intake: Intake | None) -> Iterator[Draft]:
        """What `put` takes, made of documents or files one by one."""
        return drafts(given, self._crew, intake)

    def put(self, draft: Draft) -> Change:
        """Write a checked document in place of any older one of its id."""
        old = self._state(draft.document_id)
        before = self._state(draft.supersedes) if draft.supersedes else None
        if before is None and old is not None and old[1] == draft.digest:
            return "unchanged"
        if before is not None:
            self._withdraw(draft.supersedes)
        if old is not None:
            self._withdraw(draft.document_id)
        for passage in self._writer().put(draft):
            self._passages().add(passage)
        return "replaced" if before is not None or (old is not None and old[0]) else "added"

    def declare(self, info: DocumentInfo) -> None:
        """Record a document without text; one that is held already stays as it is."""
        old = self._state(info.id)
        if old is not None and (old[0] or self._declared(info)):
            return
        if old is not None:
            self._withdraw(info.id)
        self._writer().declare(info)

    def remove(self, document_id: str) -> None:
        """Withdraw a document with all that belongs to it, or UnknownDocumentError."""
        if self._state(document_id) is None:
            raise unknown(document_id)
        self._withdraw(document_id)

    def publish(self) -> Manifest:
        """Make it the next generation; the old one's manifest if nothing changed."""
        old = self._old
        if not old.lexical.parts:
            self._terms()  # every index has one, be it empty
        if self._segment is None and not self._withdrawn and self._lexical is None:
            return old
        if self._pipeline is not None:
            self._pipeline.drain()
        segments = [self._tombstones(segment) for segment in old.segments]
        segments = [one for one in segments if len(one.withdrawn) < one.counts["documents"]]
        counts = Counter(old.counts)
        counts.subtract(self._gone)
        next_pid = old.next_pid
        if self._segment is not None:
            used = self._segment.next_pid > old.next_pid
            cut = "" if not used else cutter_of(self._encoder).fingerprint
            made = self._segment.finish(cut)
            segments.append(made)
            counts.update(made.counts)
            next_pid = self._segment.next_pid
        text = replace(old.lexical, withdrawn=old.lexical.withdrawn + self._dead_passages)
        if self._lexical is not None:
            self._lexical.finish()
            self._lexical = None
            text = replace(text, name=lexical_name(old.generation + 1))
        new = replace(
            old,
            generation=old.generation + 1,
            next_pid=next_pid,
            next_segment=old.next_segment + (self._segment is not None),
            counts={kind: counts[kind] for kind in manifest.KINDS},
            lexical=text,
            segments=tuple(segments),
        )
        new = publish(self._root, old, new)
        self._new_folders.clear()
        return new

    def go_on(self, old: Manifest, views: Sequence[View]) -> None:
        """After `publish`: what comes next is written on top of this; processes stay at work."""
        self._old, self._views = old, views
        self._segment = None
        self._withdrawn, self._gone, self._dead_passages = {}, Counter(), 0

    def close(self) -> None:
        """Let go of everything; what was not published is removed."""
        if self._pipeline is not None:
            self._pipeline.close()
        if self._segment is not None:
            self._segment.close()
        if self._lexical is not None:
            self._lexical.abandon()
        discard(self._root, self._new_folders)

    def _state(self, document_id: str) -> tuple[bool, str] | None:
        """Whether a document is held, and its digest; None if it is not there."""
        if self._segment is not None and (found := self._segment.state(document_id)):
            return found
        view = self._view(document_id)
        state = None if view is None else view.store.state(document_id)
        return None if state is None else (state[0].held, state[1])

    def _view(self, document_id: str) -> View | None:
        """The published segment in which this document counts, declared ones included."""
        for view in self._views:
            gone = self._withdrawn.get(view.name, {})
            if document_id in view.withdrawn or document_id in gone:
                continue
            if view.store.state(document_id) is not None:
                return view
        return None

    def _declared(self, info: DocumentInfo) -> bool:
        """Whether this very declaration is published already."""
        view = self._view(info.id)
        state = None if view is None else view.store.state(info.id)
        return state is not None and state[0] == info

    def _withdraw(self, document_id: str) -> None:
        if self._segment is not None and self._segment.state(document_id):
            if self._pipeline is not None:
                self._pipeline.drain()  # its passages must be in before they can be taken out
            count = self._segment.erase(document_id)
        else:
            view = self._view(document_id)
            assert view is not None  # the caller found it
            gone = view.store.counts_of(document_id)
            self._withdrawn.setdefault(view.name, {})[document_id] = None
            self._gone.update(gone)
            count = gone["passages"]
        if count:
            self._dead_passages += count
            self._terms().withdraw(document_id)

    def _tombstones(self, segment: Segment) -> Segment:
        gone = self._withdrawn.get(segment.name, {})
        return replace(segment, withdrawn=(*segment.withdrawn, *gone)) if gone else segment

    def _writer(self) -> SegmentWriter:
        if self._segment is None:
            old = self._old
            folder = self._new_folder(segment_name(old.next_segment))
            self._segment = SegmentWriter(folder, old.next_pid, old.encoder)
        return self._segment

    def _terms(self, *, bulk: bool = False) -> LexicalWriter:
        if self._lexical is None:
            folder = self._new_folder(lexical_name(self._old.generation + 1))
            if self._old.lexical.parts:
                lexical.links(self._root / self._old.lexical.name, folder)
            self._lexical = LexicalWriter(folder, bulk=bulk)
        return self._lexical

    def _passages(self) -> Pipeline:
        if self._pipeline is None:
            if self._encoder is None:
                raise EncoderError(
                    "打开索引时没有给出编码器", "建立索引时所用的编码器", "带编码器打开后再添加文档"
                )
            cutter = cutter_of(self._encoder)
            self._pipeline = Pipeline(cutter, self._take, encode=cutter is self._encoder)
        return self._pipeline

    def _crew(self, passages: int) -> Workers | None:
        """The processes that may read after so many passages, if it pays."""
        enough = passages > pipeline.ALONE and self._encoder is not None
        return self._passages().crew() if enough else None

    def _take(self, batch: list[Indexable], derived: Derived) -> None:
        assert self._segment is not None and self._encoder is not None  # noqa: PT018 - see _passages
        vectors = derived.vectors
        if vectors is None:
            vectors = terms.encoded([(one.context, one.text) for one in batch], self._encoder)
        checked = dense.checked(vectors, len(batch), self._old.encoder.dim)
        pids = np.asarray([one.pid for one in batch], np.int64)
        self._segment.derived(pids, checked, derived.token_ids)
        writer = self._terms(bulk=len(batch) == BATCH)
        for passage, found in zip(batch, derived.terms, strict=True):
            writer.add(passage.pid, passage.document_id, found)

    def _new_folder(self, name: str) -> Path:
        folder = self._root / name
        shutil.rmtree(folder, ignore_errors=True)
        self._new_folders.append(folder)
        return folder


def dense_input(passage: Indexable) -> str:
    """The text whose vector stands for a passage: its headings, then its own words."""
    return terms.dense_input(passage.context, passage.text)


def cutter_of(encoder: Encoder | None) -> StaticEncoder:
    """The shipped encoder, which cuts the token ids: `encoder` itself if it is that one."""
    if isinstance(encoder, StaticEncoder) and encoder.folder == DEFAULT_MODEL:
        return encoder
    return shipped_encoder()
