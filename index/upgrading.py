"""Indexes that an older version wrote, brought up to date by the first writer that opens them.

Layout 1 kept everything in one folder for each generation; what is in its store is added anew.
Within a layout, a store takes the migrations that it has not seen.  Readers see the old index, and
an error that says what to do, until the new one is published.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from index import manifest, migrations
from index.draft import Draft
from index.encoder import Encoder
from index.errors import CorruptIndexError
from index.generation import current, expect_encoder
from index.publishing import discard, publish, segment_name
from index.sealing import damage, link
from index.segments import STORE
from index.store import Store
from index.store_writer import connect_for_migration
from index.unwritten import unwritten
from index.writing import Transaction

_WORK = "generation-upgrade"
_FACTS = ("responsibilities", "targets", "references")
"""The kinds of facts that once had a table each."""


def upgrade(root: Path, encoder: Encoder | None) -> None:
    """Bring an older index up to date; nothing happens to one that is.

    One of layout 1 needs an encoder, any: all vectors are made anew.
    """
    path = root / manifest.FILE
    if path.is_file():
        found = manifest.content_of(path.read_bytes(), str(path))
        if encoder is not None and (found.get("format"), found.get("layout")) == (
            manifest.FORMAT,
            1,
        ):
            _from_layout_1(root, found, encoder)
            return
    old = current(root)
    if old.schema < migrations.SCHEMA:
        expect_encoder(old, encoder)
        _migrate(root, old)


def _from_layout_1(root: Path, found: dict[str, Any], encoder: Encoder) -> None:
    number = int(found.get("generation", 0))
    source = root / f"generation-{number:08d}" / STORE
    if not source.is_file():
        raise CorruptIndexError(f"{source} 不存在", "清单所写的文件", manifest.REMEDY)
    work = root / _WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    transaction = Transaction(root, unwritten(encoder, number), (), encoder)
    try:
        shutil.copyfile(source, work / STORE)
        with closing(connect_for_migration(work / STORE)) as connection:
            migrations.migrate(connection)
        with _reading(work / STORE) as store:
            for info in store.documents():
                if info.held:
                    transaction.put(Draft.of(store.parsed(info.id)))
                else:
                    transaction.declare(info)
        transaction.publish()
    finally:
        transaction.close()
        shutil.rmtree(work, ignore_errors=True)


def _migrate(root: Path, old: manifest.Manifest) -> None:
    """Write each segment again with a store that has taken all steps, the rest as it is."""
    if found := damage(root, old.files):
        raise CorruptIndexError(
            f"索引 {root} 已损坏：{'；'.join(found[:3])}", "与清单一致的文件", manifest.REMEDY
        )
    folders, segments = [], []
    try:
        for number, segment in enumerate(old.segments, start=old.next_segment):
            before, after = root / segment.name, root / segment_name(number)
            shutil.rmtree(after, ignore_errors=True)
            after.mkdir()
            folders.append(after)
            for name in segment.parts:
                (shutil.copyfile if name == STORE else link)(before / name, after / name)
            with closing(connect_for_migration(after / STORE)) as connection:
                migrations.migrate(connection)
            segments.append(replace(segment, name=after.name, counts=_counted(segment.counts)))
        new = replace(
            old,
            generation=old.generation + 1,
            schema=migrations.SCHEMA,
            counts=_counted(old.counts),
            next_segment=old.next_segment + len(segments),
            segments=tuple(segments),
        )
        publish(root, old, new)
    except BaseException:
        discard(root, folders)
        raise


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by the kinds of this version: it may have had none of some, or facts in parts."""
    facts = sum(counts.get(kind, 0) for kind in ("facts", *_FACTS))
    return {kind: facts if kind == "facts" else counts.get(kind, 0) for kind in manifest.KINDS}


@contextmanager
def _reading(path: Path) -> Iterator[Store]:
    store = Store(path)
    try:
        yield store
    finally:
        store.close()
