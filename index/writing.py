"""How a new generation comes about: copy, change, derive, publish.

The store is copied and changed; the lexical and the dense index follow from it.  Passages that
were only added are added to both.  When something was erased the lexical index is built anew,
because tantivy keeps the terms of deleted passages in its segments and counts them in its
statistics.  Until the manifest is replaced nobody sees any of it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from index import dense, lexical, manifest
from index.encoder import Encoder
from index.generation import DENSE, LEXICAL, STORE
from index.manifest import EncoderName, Manifest, Part
from index.store import Indexable, Store
from index.store_writer import WritableStore
from index.tokens import fingerprint
from ingest.errors import EncoderError

T = TypeVar("T")

_BATCH = 256  # passages encoded at a time: bounds memory, large enough for any encoder


def publish(
    root: Path,
    old: Manifest,
    encoder: Encoder | None,
    change: Callable[[WritableStore], T],
    *,
    rebuild: bool = False,
) -> tuple[Manifest, T]:
    """Apply `change` to the store and publish the outcome as the next generation.

    Returns the manifest that counts afterwards, `old` itself if nothing changed.  On any error
    the index stays as it was.  `rebuild` derives everything anew, with `encoder`.
    """
    named = encoder_name(encoder) if rebuild and encoder is not None else old.encoder
    new = Manifest(old.generation + 1, old.schema, named, fingerprint(), {}, {})
    before, after = root / old.folder, root / new.folder
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir()
    try:
        if old.parts:
            shutil.copyfile(before / STORE, after / STORE)
        store = WritableStore(after / STORE)
        try:
            known = 0 if rebuild else store.last_pid()
            outcome = change(store)
            if not (store.changed or rebuild):
                shutil.rmtree(after)
                return old, outcome
            store.finish()
            erased = [pid for pid in store.removed if pid <= known]
            anew = rebuild or bool(erased) or not old.parts
            _derive_lexical(before / LEXICAL, after / LEXICAL, store, 0 if anew else known)
            kept = None if rebuild or not old.parts else before / DENSE
            _derive_dense(kept, after / DENSE, store, erased, known, named.dim, encoder)
            counts, schema = store.counts(), store.schema()
        finally:
            store.close()
        parts = manifest.seal(after, _files(after), _known_parts(before, old))
        new = Manifest(new.generation, schema, named, fingerprint(), counts, parts)
        manifest.write(root, new)
    except BaseException:
        if not _counts(root, after):
            shutil.rmtree(after, ignore_errors=True)
        raise
    return new, outcome


def sweep(root: Path, keep: Manifest | None) -> None:
    """Remove every other generation and what an interrupted writer left behind."""
    for path in root.glob("generation-*"):
        if keep is None or path.name != keep.folder:
            shutil.rmtree(path, ignore_errors=True)
    (root / f"{manifest.FILE}.tmp").unlink(missing_ok=True)


def encoder_name(encoder: Encoder) -> EncoderName:
    """What the manifest keeps of an encoder."""
    name = getattr(encoder, "name", type(encoder).__name__)
    return EncoderName(str(name), encoder.fingerprint, int(encoder.dim))


def dense_input(passage: Indexable) -> str:
    """The text whose vector stands for a passage: its headings, then its own words."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def _derive_lexical(before: Path, after: Path, store: Store, known: int) -> None:
    after.mkdir()
    if known:
        for source in before.iterdir():
            if source.name in lexical.LOCKS:
                continue
            if source.suffix == ".json":  # tantivy replaces these
                shutil.copyfile(source, after / source.name)
            else:
                _link(source, after / source.name)
    lexical.append(after, store.indexable(known))


def _derive_dense(
    before: Path | None,
    after: Path,
    store: Store,
    erased: list[int],
    known: int,
    dim: int,
    encoder: Encoder | None,
) -> None:
    pids, vectors = np.empty(0, np.int64), np.empty((0, dim), np.float32)
    if before is not None:
        pids, vectors = dense.DenseIndex(before, dim).vectors()
        kept = ~np.isin(pids, erased)
        pids, vectors = pids[kept], vectors[kept]
    added = [(batch, _encode(batch, dim, encoder)) for batch in _batches(store.indexable(known))]
    new_pids = [passage.pid for batch, _ in added for passage in batch]
    dense.write(
        after,
        np.concatenate([pids, np.asarray(new_pids, np.int64)]),
        np.concatenate([vectors, *(encoded for _, encoded in added)]),
    )


def _batches(passages: Iterator[Indexable]) -> Iterator[list[Indexable]]:
    while batch := list(islice(passages, _BATCH)):
        yield batch


def _encode(batch: list[Indexable], dim: int, encoder: Encoder | None) -> dense.Vectors:
    if encoder is None:
        raise EncoderError(
            "打开索引时没有给出编码器", "建立索引时所用的编码器", "带编码器打开后再添加文档"
        )
    texts = [dense_input(passage) for passage in batch]
    return dense.checked(encoder.encode(texts), len(texts), dim)


def _link(source: Path, target: Path) -> None:
    """Share a file that never changes; copy it where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _counts(root: Path, folder: Path) -> bool:
    """Whether the manifest names this generation: the error came after it was published."""
    return (root / manifest.FILE).exists() and manifest.read(root).folder == folder.name


def _files(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in lexical.LOCKS
    ]


def _known_parts(folder: Path, old: Manifest) -> dict[int, Part]:
    return {
        (folder / name).stat().st_ino: part
        for name, part in old.parts.items()
        if (folder / name).is_file()
    }
