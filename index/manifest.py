"""The manifest: which generation of the index counts, what it was made with, and its files.

It is replaced atomically and last, so its presence means that all it names is complete; readers
see the old or the new one.  Everything else in the folder is garbage for the next writer.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from index.errors import CorruptIndexError, ForeignIndexError
from index.sealing import Part, sync_folder

FILE = "manifest.json"
FORMAT = "wence-index"
LAYOUT = 2
KINDS = ("documents", "clauses", "passages", "facts", "names")
"""The records that are counted; documents include declared ones."""

REMEDY = "从备份恢复索引文件夹，或删除后用 `wence add` 重建"


Stamp = tuple[int, int, int]
"""Inode, time of change in nanoseconds and size of a manifest's file."""


@dataclass(frozen=True, slots=True)
class EncoderName:
    """The encoder that made the vectors; `fingerprint` decides, `name` is for people."""

    name: str
    fingerprint: str
    dim: int


@dataclass(frozen=True, slots=True)
class DenseInfo:
    """How a segment's vectors are kept: "flat" is exact, "codes" has each vector as codes.

    The best `candidates` by 4-bit codes are scored by 8-bit ones.  `recall` is recall@10 against
    exact search, measured on a sample of questions when the file was made.
    """

    kind: str = "flat"
    candidates: int = 0
    recall: float = 1.0


_DENSE = {"kind", "candidates", "recall"}
"""What is read of a `DenseInfo`; indexes made between releases have more."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents that were written together, in a folder that never changes.

    `counts` are of what is in its files.  `withdrawn` names those of its documents that no longer
    count, in order.  Pids are in `first_pid..last_pid`, both included; 0 and 0 without passages.
    `pieces` is the fingerprint of the tokenizer that made its token ids.
    """

    name: str
    parts: Mapping[str, Part]
    counts: Mapping[str, int]
    first_pid: int
    last_pid: int
    dense: DenseInfo
    pieces: str
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexical:
    """The lexical index of all segments; `withdrawn` passages still count in its statistics."""

    name: str
    parts: Mapping[str, Part]
    withdrawn: int = 0


@dataclass(frozen=True)
class Manifest:
    """One generation.  `counts` are of the records that count; `next_pid` was never used."""

    generation: int
    schema: int
    encoder: EncoderName
    tokenizer: str
    next_pid: int
    next_segment: int
    counts: Mapping[str, int]
    lexical: Lexical
    segments: tuple[Segment, ...] = field(default=())

    @cached_property
    def name(self) -> str:
        """Names this generation and its content; another index never has the same."""
        return f"{self.generation}-{hashlib.sha256(_bytes(self)).hexdigest()[:12]}"

    @property
    def folders(self) -> frozenset[str]:
        """The names of the folders that belong to it."""
        return frozenset({self.lexical.name} | {one.name for one in self.segments})

    @property
    def files(self) -> dict[str, Part]:
        """All its files by their path inside the index folder, with `/`."""
        folders: list[Lexical | Segment] = [self.lexical, *self.segments]
        return {f"{one.name}/{name}": part for one in folders for name, part in one.parts.items()}


def read(root: Path) -> Manifest:
    """The manifest of the index folder `root`.

    FileNotFoundError if there is none, CorruptIndexError if it is not readable,
    ForeignIndexError if another program, or another layout of ours, wrote it.
    """
    return parse((root / FILE).read_bytes(), f"{root}/{FILE}")


def parse(content: bytes, where: str) -> Manifest:
    """A manifest from its bytes; `where` is for the errors, which are those of `read`."""
    found = content_of(content, where)
    if found.get("format") != FORMAT or found.get("layout") != LAYOUT:
        older = found.get("format") == FORMAT and found.get("layout") == 1
        raise ForeignIndexError(
            f"{where} 的格式是 {found.get('format')!r} 第 {found.get('layout')!r} 版",
            f"{FORMAT!r} 第 {LAYOUT} 版",
            "用 `wence add` 写入一次，索引会随之升级"
            if older
            else "换一个文件夹，或用写出它的那个版本打开",
        )
    try:
        return _parse(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorruptIndexError(f"{where} 缺少内容（{error!r}）", "完整的清单", REMEDY) from error


def content_of(content: bytes, where: str) -> dict[str, Any]:
    """The JSON object of a manifest of any layout, or CorruptIndexError."""
    try:
        found = json.loads(content)
        if not isinstance(found, dict):
            raise TypeError(f"{type(found).__name__} instead of an object")
    except (ValueError, TypeError) as error:
        raise CorruptIndexError(f"{where} 不可读（{error}）", "JSON 对象", REMEDY) from error
    return found


def write(root: Path, manifest: Manifest) -> None:
    """Publish `manifest`: on return it and all it names will survive a power cut."""
    draft = root / f"{FILE}.tmp"
    with draft.open("wb") as file:
        file.write(_bytes(manifest))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / FILE)
    sync_folder(root)


def stamp(root: Path) -> Stamp | None:
    """Differs after each publication, and is had without reading; None if there is no manifest."""
    try:
        found = (root / FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _bytes(manifest: Manifest) -> bytes:
    content = {"format": FORMAT, "layout": LAYOUT, **asdict(manifest)}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _parse(found: Mapping[str, Any]) -> Manifest:
    lexical = found["lexical"]
    return Manifest(
        generation=int(found["generation"]),
        schema=int(found["schema"]),
        encoder=EncoderName(**found["encoder"]),
        tokenizer=str(found["tokenizer"]),
        next_pid=int(found["next_pid"]),
        next_segment=int(found["next_segment"]),
        counts=_counts(found["counts"]),
        lexical=Lexical(lexical["name"], _parts(lexical["parts"]), int(lexical["withdrawn"])),
        segments=tuple(_segment(one) for one in found["segments"]),
    )


def _segment(found: Mapping[str, Any]) -> Segment:
    return Segment(
        name=str(found["name"]),
        parts=_parts(found["parts"]),
        counts=_counts(found["counts"]),
        first_pid=int(found["first_pid"]),
        last_pid=int(found["last_pid"]),
        dense=DenseInfo(**{one: found["dense"][one] for one in _DENSE & found["dense"].keys()}),
        pieces=str(found["pieces"]),
        withdrawn=tuple(map(str, found["withdrawn"])),
    )


def _parts(found: Mapping[str, Any]) -> dict[str, Part]:
    return {str(name): Part(**part) for name, part in found.items()}


def _counts(found: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): int(count) for name, count in found.items()}
