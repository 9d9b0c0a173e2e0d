"""Compaction: many small segments become one, and what was withdrawn leaves the files.

Segments are merged in tiers, each eight times as large as the one below, so that a passage is
copied once a tier and reads see a handful of segments.  A full compaction also writes every segment
with tombstones again and builds the lexical index anew, since tantivy keeps the terms of deleted
passages: then no byte and no term of a withdrawn document is left in the folder.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from index import dense_build, token_ids
from index.dense import Numbers, Vectors
from index.generation import Generation
from index.lexical import LexicalWriter
from index.manifest import DenseInfo, EncoderName, Manifest, Segment
from index.pipeline import Pipeline
from index.publishing import discard, lexical_name, publish, segment_name
from index.segments import DENSE, STORE, View
from index.store import Indexable, Store
from index.store_writer import WritableStore
from index.terms import Derived

MOST_IN_TIER = 8
_FIRST_TIER = 1_000  # passages; the tiers above end at 8, 64, … times as many
_MOST_WITHDRAWN = 0.25  # of all passages of the lexical index

Groups = list[tuple[View, ...]]
"""Segments that become one each."""


def due(manifest: Manifest) -> bool:
    """Whether so much was withdrawn that a full compaction pays."""
    withdrawn = manifest.lexical.withdrawn
    return withdrawn > _MOST_WITHDRAWN * (manifest.counts["passages"] + withdrawn)


def crowded(manifest: Manifest) -> bool:
    """Whether a tier holds more segments than reads should look at."""
    return any(len(tier) > MOST_IN_TIER for tier in _tiers(manifest.segments).values())


def compact(root: Path, generation: Generation, *, full: bool) -> Manifest:
    """Publish the same records in fewer or smaller files; the old manifest if there is no need.

    Without `full` only crowded tiers are merged.
    """
    old = generation.manifest
    groups = _everything(generation) if full else _crowded(generation)
    purge = full and old.lexical.withdrawn > 0
    if not groups and not purge:
        return old
    merged = {view.name for group in groups for view in group}
    names = [segment_name(number) for number, _ in enumerate(groups, start=old.next_segment)]
    folders = [root / name for name in names]
    try:
        made = [
            merge(folder, group, old.encoder) for folder, group in zip(folders, groups, strict=True)
        ]
        kept = [segment for segment in old.segments if segment.name not in merged]
        lexical = old.lexical
        if purge:
            folders.append(root / lexical_name(old.generation + 1))
            rebuild_lexical(folders[-1], [root / one.name / STORE for one in [*kept, *made]])
            lexical = replace(lexical, name=folders[-1].name, withdrawn=0)
        new = replace(
            old,
            generation=old.generation + 1,
            next_segment=old.next_segment + len(groups),
            lexical=lexical,
            segments=(*kept, *made),
        )
        return publish(root, old, new)
    except BaseException:
        discard(root, folders)
        raise


def merge(folder: Path, views: Sequence[View], encoder: EncoderName) -> Segment:
    """Write what counts of some segments as one, in a new folder; pids stay as they are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    store = WritableStore(folder / STORE)
    try:
        for view in views:
            store.copy(view.opened.folder / STORE, view.withdrawn)
        store.finish()
        counts = store.counts()
    finally:
        store.close()
    pids = token_ids.merge(folder, [(view.token_ids, view.dead) for view in views])
    info = write_dense(folder / DENSE, views, len(pids), encoder)
    return Segment(
        name=folder.name,
        parts={},
        counts=counts,
        first_pid=int(pids[0]) if len(pids) else 0,
        last_pid=int(pids[-1]) if len(pids) else 0,
        dense=info,
        pieces=_cutter(views),
    )


def write_dense(path: Path, views: Sequence[View], count: int, encoder: EncoderName) -> DenseInfo:
    """Write the `count` vectors that count of some segments as one file, beside its token ids."""
    if len(views) == 1 and views[0].segment.dense.kind != "flat":
        (view,) = views
        return dense_build.rewrite(path, view.opened.dense, view.segment.dense, view.dead)
    read = partial(_vectors, views)
    return dense_build.write(path, count, encoder.dim, read, encoder.fingerprint)


def rebuild_lexical(folder: Path, stores: Sequence[Path]) -> None:
    """Build the lexical index of some stores in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    writer = LexicalWriter(folder, bulk=True)

    def take(batch: list[Indexable], derived: Derived) -> None:
        for passage, terms in zip(batch, derived.terms, strict=True):
            writer.add(passage.pid, passage.document_id, terms)

    pipeline = Pipeline(None, take)
    try:
        for path in stores:
            store = Store(path)
            try:
                for passage in store.indexable():
                    pipeline.add(passage)
            finally:
                store.close()
        pipeline.drain()
        writer.finish()
    except BaseException:
        writer.abandon()
        raise
    finally:
        pipeline.close()


def _cutter(views: Sequence[View]) -> str:
    """Whose token ids these are; no tokenizer has the name of several, so they will be refused."""
    return "+".join(sorted({view.segment.pieces for view in views if len(view.token_ids)}))


def _vectors(views: Sequence[View]) -> Iterator[tuple[Numbers, Vectors]]:
    for view in views:
        for pids, vectors in view.opened.dense.vectors():
            alive = ~np.isin(pids, view.dead)
            yield pids[alive], vectors[alive]


def _crowded(generation: Generation) -> Groups:
    """The segments of each tier that has too many of them."""
    tiers = _tiers([view.segment for view in generation.views])
    crowded = [names for names in tiers.values() if len(names) > MOST_IN_TIER]
    return [tuple(view for view in generation.views if view.name in names) for names in crowded]


def _everything(generation: Generation) -> Groups:
    """All small segments together, and each large one that has tombstones."""
    large = [view for view in generation.views if view.segment.dense.kind != "flat"]
    small = [view for view in generation.views if view.segment.dense.kind == "flat"]
    groups = [(view,) for view in large if view.withdrawn]
    needed = len(small) > 1 or any(view.withdrawn for view in small)
    return [tuple(small), *groups] if needed else [*groups]


def _tiers(segments: Sequence[Segment]) -> dict[int, set[str]]:
    """The names of the segments of each tier, by their passages."""
    found: dict[int, set[str]] = {}
    for segment in segments:
        tier, end = 0, _FIRST_TIER
        while segment.counts["passages"] >= end:
            tier, end = tier + 1, end * 8
        found.setdefault(tier, set()).add(segment.name)
    return found
