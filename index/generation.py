"""One opened generation: manifest, store, lexical and dense index that belong together.

A generation's folder never changes after it was published.  Once opened it can be read to the
end, even after a writer has published the next one and unlinked this folder.
"""

from dataclasses import dataclass
from pathlib import Path

from index import manifest as manifests
from index.dense import DenseIndex
from index.encoder import Encoder
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.migrations import SCHEMA
from index.store import Store
from index.tokens import fingerprint
from ingest.errors import (
    CorruptIndexError,
    EncoderError,
    ForeignIndexError,
    IndexFolderError,
    NoIndexError,
)

STORE = "store.sqlite"
LEXICAL = "lexical"
DENSE = "dense.faiss"
LOCK = "write.lock"

# Opening hashes at most so much of an index (about 20 ms); `wence doctor` hashes all of it.
_HASHED_ON_OPEN = 16 * 2**20
# A reader that lost the race against a writer tries again this often.
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation; `close` is optional, what is forgotten is closed."""

    manifest: Manifest
    store: Store
    lexical: LexicalIndex
    dense: DenseIndex

    def close(self) -> None:
        """Close the files; later reads fail."""
        self.store.close()
        self.dense.close()


def open_current(root: Path) -> Generation:
    """Open the generation that the manifest of `root` names.

    Raises NoIndexError, ForeignIndexError or CorruptIndexError.
    """
    manifest = current(root)
    for _ in range(_ATTEMPTS):
        try:
            return _open(root, manifest)
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
    if not root.exists():
        raise NoIndexError(f"{root} 不存在", "已建好的索引文件夹", "先用 `wence add` 建立索引")
    if not root.is_dir():
        raise ForeignIndexError(f"{root} 不是文件夹", "索引文件夹", "在设置中改用索引文件夹的路径")
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
        if path.name not in (LOCK, manifests.FILE, f"{manifests.FILE}.tmp")
        and not path.name.startswith("generation-")
    )


def _open(root: Path, manifest: Manifest) -> Generation:
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
            "删除索引文件夹后用 `wence add` 重建，或换回建立它的版本",
        )
    folder = root / manifest.folder
    if damage := manifests.damage(folder, manifest.parts, budget=_HASHED_ON_OPEN):
        raise _damaged(root, "；".join(damage[:3]))
    store = Store(folder / STORE)
    generation = Generation(
        manifest,
        store,
        LexicalIndex(folder / LEXICAL),
        DenseIndex(folder / DENSE, manifest.encoder.dim),
    )
    passages = manifest.counts.get("passages", -1)
    if store.counts() != manifest.counts or len(generation.lexical) != passages:
        raise _damaged(root, f"记录数是 {store.counts()}，清单写的是 {dict(manifest.counts)}")
    return generation


def _damaged(root: Path, found: str) -> CorruptIndexError:
    return CorruptIndexError(
        f"索引 {root} 已损坏：{found}",
        "与清单一致的文件",
        "从备份恢复索引文件夹，或删除后用 `wence add` 重建",
    )
