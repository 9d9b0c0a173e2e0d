"""What `wence doctor` finds out about an index folder, without changing it.

Opening an index checks what must be fast; this reads all of it: every hash, every span, every
vector.  It answers with findings instead of raising, so that one damage does not hide another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from index import manifest as manifests
from index.dense import DenseIndex
from index.encoder import Encoder
from index.generation import DENSE, LEXICAL, STORE, current, foreign_names
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.migrations import SCHEMA
from index.store import Store
from index.tokens import fingerprint
from index.validation import complaints
from ingest.errors import UnknownDocumentError, WenceError
from ingest.schema import ParsedDocument

_RESTORE = "从备份恢复索引文件夹，或删除后用 `wence add` 重建"
_REBUILD = "删除索引文件夹后用 `wence add` 重建，或换回建立它的版本与编码器"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.  "error": answers may be wrong; "warning": worth knowing, no harm yet."""

    severity: Literal["error", "warning"]
    found: str
    remedy: str


def verify(root: Path | str, encoder: Encoder | None = None) -> list[Finding]:
    """Everything that is wrong with an index folder; empty if it is sound.

    `encoder` is compared with the one that made the index, if given.  Takes time in proportion to
    the index and needs no lock; a write that happens meanwhile may show as damage.
    """
    root = Path(root)
    try:
        manifest = current(root)
    except WenceError as error:
        return [Finding("error", error.found, error.remedy)]
    folder = root / manifest.folder
    damage = [Finding("error", line, _RESTORE) for line in manifests.damage(folder, manifest.parts)]
    return [
        *damage,
        *_fingerprints(manifest, encoder),
        *_leftovers(root, manifest),
        *_guarded(lambda: _store(folder, manifest)),
        *_guarded(lambda: _lexical(folder)),
        *_guarded(lambda: _dense(folder, manifest)),
    ]


def _guarded(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """The findings of a check; a part that can't be read at all is a finding, too."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except WenceError as error:
        found.append(Finding("error", error.found, error.remedy))
    except Exception as error:  # what three libraries raise is not one tree
        found.append(Finding("error", f"无法读取（{type(error).__name__}: {error}）", _RESTORE))
    return found


def _fingerprints(manifest: Manifest, encoder: Encoder | None) -> Iterator[Finding]:
    if manifest.schema != SCHEMA:
        line = f"数据结构是第 {manifest.schema} 版，本程序用第 {SCHEMA} 版"
        yield Finding("error", line, _REBUILD)
    if manifest.tokenizer != fingerprint():
        line = f"分词规则是 {manifest.tokenizer}，本程序用 {fingerprint()}"
        yield Finding("error", line, _REBUILD)
    made = manifest.encoder
    if encoder is not None and encoder.fingerprint != made.fingerprint:
        line = f"索引的编码器是 {made.fingerprint}，设置的是 {encoder.fingerprint}"
        yield Finding("error", line, _REBUILD)


def _leftovers(root: Path, manifest: Manifest) -> Iterator[Finding]:
    for path in sorted(root.glob("generation-*")):
        if path.name != manifest.folder:
            line = f"{path.name} 是未完成或正在进行的写入"
            yield Finding("warning", line, "无须处理，下一次写入会清除")
    for name in foreign_names(root):
        yield Finding("warning", f"{name} 不属于索引", "确认后移走")


def _store(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    store = Store(folder / STORE)
    try:
        for line in store.problems():
            yield Finding("error", f"{STORE}：{line}", _RESTORE)
        if store.counts() != manifest.counts:
            line = f"{STORE} 的记录数是 {store.counts()}，清单写的是 {dict(manifest.counts)}"
            yield Finding("error", line, _RESTORE)
        known = {info.id for info in store.documents()}
        for info in store.documents():
            if info.held:
                yield from _document(store, info.id, known)
    finally:
        store.close()


def _document(store: Store, document_id: str, known: set[str]) -> Iterator[Finding]:
    try:
        document = store.document(document_id)
    except UnknownDocumentError:
        yield Finding("error", f"{document_id} 标为有正文，却没有正文", _RESTORE)
        return
    parsed = ParsedDocument(
        document,
        store.clauses(document_id),
        [stored.passage for stored in store.passages(document_id)],
        store.responsibilities(document_id),
        store.targets(document_id),
        store.references(document_id),
    )
    for complaint in complaints(parsed):
        line = f"《{document.title}》({document_id})：{complaint}"
        yield Finding("error", line, "用 `wence add` 重新加入该文档")
    for reference in parsed.references:
        if reference.target is not None and reference.target not in known:
            line = f"{document_id} 引用的《{reference.title}》({reference.target})不在索引中"
            yield Finding("warning", line, "需要时用 `wence add` 加入被引用的文档")


def _lexical(folder: Path) -> Iterator[Finding]:
    expected, found = _pids(folder), LexicalIndex(folder / LEXICAL).pids()
    if found != expected:
        line = f"词法索引有 {len(found)} 段，应为 {len(expected)} 段，或编号不一致"
        yield Finding("error", line, _RESTORE)


def _dense(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    pids, vectors = DenseIndex(folder / DENSE, manifest.encoder.dim).vectors()
    expected = _pids(folder)
    if sorted(pids.tolist()) != expected:
        line = f"向量有 {len(pids)} 个，应为 {len(expected)} 个，或编号不一致"
        yield Finding("error", line, _RESTORE)
    norms = np.linalg.norm(vectors, axis=1)
    odd = int((~((np.abs(norms - 1) < 1e-3) | (norms == 0))).sum())
    if odd:
        yield Finding("error", f"{odd} 个向量既非单位向量也非零向量", _RESTORE)


def _pids(folder: Path) -> list[int]:
    store = Store(folder / STORE)
    try:
        return store.pids()
    finally:
        store.close()
