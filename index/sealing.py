"""Files that were written once: made durable, hashed, and compared with what they were."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_SYNCED_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its size and SHA-256."""

    bytes: int
    sha256: str


def seal(folder: Path, names: Iterable[str], known: Mapping[int, Part]) -> dict[str, Part]:
    """Hash and fsync files that were just written.

    `known` maps inode numbers to parts: a file linked from the last generation is both already.
    """
    parts, new = {}, []
    for name in sorted(names):
        path = folder / name
        part = known.get(path.stat().st_ino)
        if part is None:
            with path.open("rb") as file:
                part = Part(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
            new.append(path)
        parts[name] = part
    inner = {(folder / name).parent for name in parts} | {folder}
    # Together they take little longer than one: a busy disk needs 4 ms for each, and 6 ms for 16.
    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:
        done = [pool.submit(_sync_file, path) for path in new]
        done += [pool.submit(sync_folder, path) for path in inner]
    for one in done:
        one.result()
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


def link(source: Path, target: Path) -> None:
    """Share a file that never changes; copy it where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def files(folder: Path, *, but: Iterable[str] = ()) -> list[str]:
    """The names of the files in `folder` and below, with `/`, those named `but` left out."""
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in but
    ]


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
