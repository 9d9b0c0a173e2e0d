"""The manifest: which generation of the index counts, what it was made with, and its files.

It is replaced atomically and last, so its presence means that all it names is complete; readers
see the old or the new one.  Everything else in the folder is garbage for the next writer.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.errors import CorruptIndexError, ForeignIndexError

FILE = "manifest.json"
FORMAT = "wence-index"
LAYOUT = 1

_REBUILD = "从备份恢复索引文件夹，或删除后用 `wence add` 重建"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a generation: its size and SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EncoderName:
    """The encoder that made the vectors; `fingerprint` decides, `name` is for people."""

    name: str
    fingerprint: str
    dim: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation.  `parts` maps a path inside the generation's folder to its file."""

    generation: int
    schema: int
    encoder: EncoderName
    tokenizer: str
    counts: Mapping[str, int]
    parts: Mapping[str, Part]

    @property
    def folder(self) -> str:
        """The name of the generation's folder."""
        return f"generation-{self.generation:08d}"

    @property
    def name(self) -> str:
        """Names this generation and its content; another index never has the same."""
        return f"{self.generation}-{hashlib.sha256(_bytes(self)).hexdigest()[:12]}"


def read(root: Path) -> Manifest:
    """The manifest of the index folder `root`.

    FileNotFoundError if there is none, CorruptIndexError if it is not readable,
    ForeignIndexError if another program, or another layout of ours, wrote it.
    """
    content = (root / FILE).read_bytes()
    try:
        found = json.loads(content)
        if not isinstance(found, dict):
            raise TypeError(f"{type(found).__name__} instead of an object")
    except (ValueError, TypeError) as error:
        raise CorruptIndexError(
            f"{root}/{FILE} 不可读（{error}）", "JSON 对象", _REBUILD
        ) from error
    if found.get("format") != FORMAT or found.get("layout") != LAYOUT:
        raise ForeignIndexError(
            f"{root}/{FILE} 的格式是 {found.get('format')!r} 第 {found.get('layout')!r} 版",
            f"{FORMAT!r} 第 {LAYOUT} 版",
            "换一个文件夹，或用写出它的那个版本打开",
        )
    try:
        return _parse(found)
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptIndexError(
            f"{root}/{FILE} 缺少内容（{error!r}）", "完整的清单", _REBUILD
        ) from error


def write(root: Path, manifest: Manifest) -> None:
    """Publish `manifest`: on return it and all it names will survive a power cut."""
    draft = root / f"{FILE}.tmp"
    with draft.open("wb") as file:
        file.write(_bytes(manifest))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / FILE)
    sync_folder(root)


def seal(folder: Path, names: Iterable[str], known: Mapping[int, Part]) -> dict[str, Part]:
    """Hash and fsync the files of a new generation.

    `known` maps inode numbers to parts: a file linked from the last generation is both already.
    """
    parts = {}
    for name in sorted(names):
        path = folder / name
        part = known.get(path.stat().st_ino)
        if part is None:
            with path.open("rb+") as file:
                part = Part(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
                os.fsync(file.fileno())
        parts[name] = part
    for inner in {(folder / name).parent for name in parts} | {folder}:
        sync_folder(inner)
    return parts


def damage(folder: Path, parts: Mapping[str, Part], *, budget: int | None = None) -> list[str]:
    """What differs from the manifest, in Chinese.

    Sizes are always compared; hashes of the smallest files first until `budget` bytes are read,
    all of them if it is None.
    """
    found = []
    for name, part in sorted(parts.items(), key=lambda item: item[1].bytes):
        path = folder / name
        if not path.is_file():
            found.append(f"{name} 不存在")
        elif path.stat().st_size != part.bytes:
            found.append(f"{name} 有 {path.stat().st_size} 字节，应为 {part.bytes}")
        elif budget is None or (budget := budget - part.bytes) >= 0:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:
                    found.append(f"{name} 的校验和不符")
    return found


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bytes(manifest: Manifest) -> bytes:
    content = {"format": FORMAT, "layout": LAYOUT, **asdict(manifest)}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _parse(found: Mapping[str, Any]) -> Manifest:
    return Manifest(
        generation=int(found["generation"]),
        schema=int(found["schema"]),
        encoder=EncoderName(**found["encoder"]),
        tokenizer=str(found["tokenizer"]),
        counts={str(name): int(count) for name, count in found["counts"].items()},
        parts={str(name): Part(**part) for name, part in found["parts"].items()},
    )
