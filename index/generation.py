"""One opened generation: manifest, segments and lexical index that belong together.

Nothing that a manifest names ever changes.  Once opened it can be read to the end, even after a
writer has published the next one and unlinked what that no longer names.
"""

from dataclasses import dataclass
from pathlib import Path

from index import manifest as manifests
from index import origins
from index.encoder import Encoder
from index.errors import (
    CorruptIndexError,
    EncoderError,
    ForeignIndexError,
    IndexFolderError,
    NoIndexError,
)
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.migrations import SCHEMA
from index.sealing import damage
from index.segments import OpenSegment, View
from index.tokens import fingerprint

LOCK = "write.lock"
OURS = ("segment-", "lexical-", "generation-", "rebuild-")
"""How the names of our folders begin; those of layout 1 were called generations."""
_RECORDS = (origins.FILE, origins.DRAFT)

# Opening hashes at most so much of an index (about 20 ms); `wence doctor` hashes all of it.
_HASHED_ON_OPEN = 16 * 2**20
# A reader that lost the race against a writer tries again this often.
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Generation:
    """An opened generation; `close` is optional, what is forgotten is closed."""

    manifest: Manifest
    views: tuple[View, ...]
    lexical: LexicalIndex

    def close(self) -> None:
        """Close the files that no other generation reads; later reads fail."""
        for view in self.views:
            view.opened.release(self)


def open_current(root: Path, known: Generation | None = None) -> Generation:
    """Open the generation that the manifest of `root` names.

    What it has in common with `known`, an older one, is neither opened nor hashed again.
    Raises NoIndexError, ForeignIndexError or CorruptIndexError.
    """
    manifest = current(root)
    for _ in range(_ATTEMPTS):
        try:
            return _open(root, manifest, known)
        except (CorruptIndexError, OSError) as error:
            newer = current(root)
            if newer == manifest:
                if isinstance(error, CorruptIndexError):
                    raise
                raise _damaged(root, str(error)) from error
            manifest = newer
    raise _damaged(root, f"打开 {_ATTEMPTS} 次，每次都被新的写入替换")


def current(root: Path) -> Manifest:
    """The manifest of `root`, or the reason why there is none."""
    expect_folder(root)
    try:
        return manifests.read(root)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise IndexFolderError(
            f"{root}/{manifests.FILE} 无法读取（{error}）", "可读的索引文件夹", "检查文件夹的权限"
        ) from error
    if foreign := foreign_names(root):
        raise ForeignIndexError(
            f"{root} 中有 {foreign[0]} 等 {len(foreign)} 项，却没有 {manifests.FILE}",
            "本程序建立的索引文件夹",
            "在设置中改用索引文件夹的路径，或换一个空文件夹",
        )
    raise NoIndexError(f"{root} 中还没有索引", "已建好的索引文件夹", "先用 `wence add` 建立索引")


def expect_folder(root: Path) -> None:
    """Raise NoIndexError or ForeignIndexError unless `root` is a folder."""
    if not root.exists():
        raise NoIndexError(f"{root} 不存在", "已建好的索引文件夹", "先用 `wence add` 建立索引")
    if not root.is_dir():
        raise ForeignIndexError(f"{root} 不是文件夹", "索引文件夹", "在设置中改用索引文件夹的路径")


def expect_encoder(found: Manifest, encoder: Encoder | None) -> None:
    """Raise EncoderError if the index was made with another encoder than this one."""
    made = found.encoder
    if encoder is None or (encoder.fingerprint, encoder.dim) == (made.fingerprint, made.dim):
        return
    raise EncoderError(
        f"索引由编码器 {made.name}（{made.fingerprint}，{made.dim} 维）建立，"
        f"现在的是 {encoder.fingerprint}，{encoder.dim} 维",
        "同一个编码器",
        "在设置中换回原编码器，或删除索引文件夹后用 `wence add` 重建",
    )


def foreign_names(root: Path) -> list[str]:
    """What lies in the folder and was not put there by this program, by name."""
    return sorted(
        path.name
        for path in root.iterdir()
        if path.name not in (LOCK, manifests.FILE, f"{manifests.FILE}.tmp", *_RECORDS)
        and not path.name.startswith(OURS)
    )


def _open(root: Path, manifest: Manifest, known: Generation | None) -> Generation:
    if manifest.schema != SCHEMA:
        newer = manifest.schema > SCHEMA
        raise ForeignIndexError(
            f"索引的数据结构是第 {manifest.schema} 版",
            f"第 {SCHEMA} 版",
            "升级本程序" if newer else "用 `wence add` 写入一次，索引会随之升级",
        )
    if manifest.tokenizer != fingerprint():
        raise ForeignIndexError(
            f"索引的分词规则是 {manifest.tokenizer}",
            f"{fingerprint()}（本版本的规则）",
            "用 `wence add` 写入一次，索引会随之重建，或换回建立它的版本",
        )
    seen = frozenset() if known is None else _names(known.manifest)
    unseen = {
        name: part
        for name, part in manifest.files.items()
        if (_shared_name(name), part.sha256) not in seen
    }
    if found := damage(root, unseen, budget=_HASHED_ON_OPEN):
        raise _damaged(root, "；".join(found[:3]))
    opened = _segments(root, manifest, known)
    if known is not None and known.manifest.lexical == manifest.lexical:
        lexical = known.lexical
    else:
        lexical = LexicalIndex(root / manifest.lexical.name)
    if len(lexical) != manifest.counts.get("passages", -1):
        raise _damaged(
            root, f"词法索引有 {len(lexical)} 段，清单写的记录数是 {dict(manifest.counts)}"
        )
    views = tuple(
        View(one, segment) for one, segment in zip(opened, manifest.segments, strict=True)
    )
    generation = Generation(manifest, views, lexical)
    for one in opened:
        one.hold(generation)
    return generation


def _names(manifest: Manifest) -> frozenset[tuple[str, str]]:
    return frozenset((_shared_name(name), part.sha256) for name, part in manifest.files.items())


def _shared_name(name: str) -> str:
    """The name of a file as generations share it: lexical folders differ, their files do not."""
    return name.partition("/")[2] if name.startswith("lexical-") else name


def _segments(root: Path, manifest: Manifest, known: Generation | None) -> list[OpenSegment]:
    """The manifest's segments in its order; those already open for `known` are shared."""
    shared = {}
    if known is not None and known.manifest.encoder.dim == manifest.encoder.dim:
        shared = {(view.name, str(view.segment.parts)): view.opened for view in known.views}
    return [
        shared.get((segment.name, str(segment.parts)))
        or OpenSegment(root / segment.name, segment, manifest.encoder.dim)
        for segment in manifest.segments
    ]


def _damaged(root: Path, found: str) -> CorruptIndexError:
    return CorruptIndexError(f"索引 {root} 已损坏：{found}", "与清单一致的文件", manifests.REMEDY)
