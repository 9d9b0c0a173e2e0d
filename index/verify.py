"""What `wence doctor` finds out about an index folder, without changing it.

Opening an index checks what must be fast; this reads all of it: every hash, every span, every
vector.  It answers with findings instead of raising, so that one damage does not hide another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from index.dense import Numbers
from index.dictionary import entries
from index.encoder import Encoder
from index.errors import UnknownDocumentError
from index.facts import FactQuery
from index.generation import OURS, current, foreign_names
from index.lexical import LexicalIndex
from index.manifest import KINDS, REMEDY, Manifest
from index.migrations import SCHEMA
from index.sealing import damage
from index.segments import STORE, OpenSegment, View
from index.store import Store
from index.tokens import fingerprint
from index.validation import complaints
from ingest.errors import WenceError

_REBUILD = "用 `wence add` 写入一次，索引会随之重建，或换回建立它的版本与编码器"


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
    views: list[View] = []
    found = [Finding("error", line, REMEDY) for line in damage(root, manifest.files)]
    found += [*_fingerprints(manifest, encoder), *_leftovers(root, manifest)]
    for segment in manifest.segments:
        try:
            opened = OpenSegment(root / segment.name, segment, manifest.encoder.dim)
            views.append(View(opened, segment))
        except (WenceError, OSError) as error:
            found.append(Finding("error", f"{segment.name} 无法打开（{error}）", REMEDY))
    known = {info.id for view in views for info in _listed(view)}
    for view in views:
        found += _guarded(lambda view=view: _store(view, known))  # type: ignore[misc]
        found += _guarded(lambda view=view: _numbers(view))  # type: ignore[misc]
        if manifest.tokenizer == fingerprint():  # else they are found anew with everything
            found += _guarded(lambda view=view: _names(view))  # type: ignore[misc]
    if len(views) == len(manifest.segments):
        found += _guarded(lambda: _together(root, manifest, views))
    for view in views:
        view.opened.release(view)
    return found


def _guarded(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """The findings of a check; a part that can't be read at all is a finding, too."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except WenceError as error:
        found.append(Finding("error", error.found, error.remedy))
    except Exception as error:  # what three libraries raise is not one tree
        found.append(Finding("error", f"无法读取（{type(error).__name__}: {error}）", REMEDY))
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
    for path in sorted(root.iterdir()):
        if path.name.startswith("rebuild-"):
            yield Finding(
                "warning", f"{path.name} 是未完成的重建", "再次运行 `wence add` 会接着做完"
            )
        elif path.name.startswith(OURS) and path.name not in manifest.folders:
            line = f"{path.name} 是未完成或正在进行的写入"
            yield Finding("warning", line, "无须处理，下一次写入会清除")
    for name in foreign_names(root):
        yield Finding("warning", f"{name} 不属于索引", "确认后移走")


def _listed(view: View) -> list:  # type: ignore[type-arg]
    try:
        return [info for info in view.store.documents() if info.id not in view.withdrawn]
    except WenceError:  # said by the check of this store
        return []


def _store(view: View, known: set[str]) -> Iterator[Finding]:
    store, segment = view.store, view.segment
    for line in store.problems():
        yield Finding("error", f"{view.name}/{STORE}：{line}", REMEDY)
    if store.counts() != segment.counts:
        line = f"{view.name} 的记录数是 {store.counts()}，清单写的是 {dict(segment.counts)}"
        yield Finding("error", line, REMEDY)
    held = {info.id: info.held for info in store.documents()}
    for document_id in sorted(view.withdrawn - set(held)):
        line = f"{view.name} 撤下了它没有的文档 {document_id}"
        yield Finding("error", line, REMEDY)
    for document_id in sorted(set(held) - view.withdrawn):
        if held[document_id]:
            yield from _document(store, document_id, known)


def _document(store: Store, document_id: str, known: set[str]) -> Iterator[Finding]:
    again = "用 `wence add` 重新加入该文档"
    try:
        parsed = store.parsed(document_id)
    except UnknownDocumentError:
        yield Finding("error", f"{document_id} 标为有正文，却没有正文", REMEDY)
        return
    named = f"《{parsed.document.title}》({document_id})"
    for complaint in complaints(parsed):
        yield Finding("error", f"{named}：{complaint}", again)
    for stored in store.passages(document_id):
        if stored.text != stored.passage.span.of(parsed.document.text):
            line = f"{named}：段落 {stored.passage.ordinal} 的文字与正文不同"
            yield Finding("error", line, again)
    for reference in parsed.facts_of("reference"):
        if reference.target is not None and reference.target not in known:
            line = f"{document_id} 引用的《{reference.what}》({reference.target})不在索引中"
            yield Finding("warning", line, "需要时用 `wence add` 加入被引用的文档")


def _names(view: View) -> Iterator[Finding]:
    """The names of each document, against its text and facts."""
    for info in _listed(view):
        if not info.held:
            continue
        facts = view.store.facts(FactQuery("duty", info.id))
        expected = entries(info, view.store.document(info.id).text, facts)
        if view.store.names_of(info.id) != expected:
            line = f"《{info.title}》({info.id})：词典中的名称与正文不符"
            yield Finding("error", line, "用 `wence add` 重新加入该文档")


def _numbers(view: View) -> Iterator[Finding]:
    """Pids, vectors and token ids of a segment, against its store."""
    expected = np.asarray(view.store.pids(), np.int64)
    segment = view.segment
    ends = (int(expected[0]), int(expected[-1])) if len(expected) else (0, 0)
    if ends != (segment.first_pid, segment.last_pid):
        line = (
            f"{view.name} 的段落编号是 {ends}，清单写的是 {segment.first_pid} 到 {segment.last_pid}"
        )
        yield Finding("error", line, REMEDY)
    for problem in view.token_ids.problems():
        yield Finding("error", f"{view.name}：{problem}", REMEDY)
    if not np.array_equal(view.token_ids.pids, expected):
        line = (
            f"{view.name} 的词片有 {len(view.token_ids)} 段，应为 {len(expected)} 段，或编号不一致"
        )
        yield Finding("error", line, REMEDY)
    found: list[Numbers] = [np.empty(0, np.int64)]
    odd = 0
    for pids, vectors in view.opened.dense.vectors():
        found.append(pids)
        norms = np.linalg.norm(vectors, axis=1)
        slack = 1e-3 if segment.dense.kind == "flat" else 0.1  # 8 bits a number
        odd += int((~((np.abs(norms - 1) < slack) | (norms < slack))).sum())
    pids = np.sort(np.concatenate(found))
    if not np.array_equal(pids, expected):
        line = f"{view.name} 的向量有 {len(pids)} 个，应为 {len(expected)} 个，或编号不一致"
        yield Finding("error", line, REMEDY)
    if odd:
        yield Finding("error", f"{odd} 个向量既非单位向量也非零向量", REMEDY)


def _together(root: Path, manifest: Manifest, views: list[View]) -> Iterator[Finding]:
    """What must hold between the segments, and of the lexical index of all."""
    owner: dict[str, str] = {}
    counts = dict.fromkeys(KINDS, 0)
    alive: list[int] = []
    for view in views:
        for info in _listed(view):
            if info.id in owner:
                line = f"{info.id} 同时在 {owner[info.id]} 和 {view.name} 中"
                yield Finding("error", line, REMEDY)
            owner[info.id] = view.name
        gone = [view.store.counts_of(one) for one in view.withdrawn]
        for kind in KINDS:
            counts[kind] += view.segment.counts[kind] - sum(one[kind] for one in gone)
        alive += np.setdiff1d(view.store.pids(), view.dead).tolist()
    if counts != dict(manifest.counts):
        line = f"有效的记录数是 {counts}，清单写的是 {dict(manifest.counts)}"
        yield Finding("error", line, REMEDY)
    if len(set(alive)) != len(alive) or max(alive, default=0) >= manifest.next_pid:
        line = f"段落编号有重复，或不在清单的下一个编号 {manifest.next_pid} 之前"
        yield Finding("error", line, REMEDY)
    found = LexicalIndex(root / manifest.lexical.name).pids()
    if found != sorted(alive):
        line = f"词法索引有 {len(found)} 段，应为 {len(alive)} 段，或编号不一致"
        yield Finding("error", line, REMEDY)
