"""What lies in a folder and its subfolders: files to read, and files that have no reader.

Each folder's own `sources.toml` tells of its files.  Left out without a word is what no keeper put
there as a document: hidden files and folders, the locks of open Office files, thumbnails.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.errors import ReadError, UnsupportedFormatError
from ingest.readers import registry
from ingest.schema import DocumentInfo
from ingest.sources import FILE_NAME, read_sources

_HIDDEN = (".", "~$")
_FURNITURE = frozenset({"thumbs.db", "desktop.ini", FILE_NAME})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with what is stated of it; `error` says why it is not to be read."""

    path: Path
    stated: Mapping[str, Any] = field(default_factory=dict)
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One folder: its files in name order, and the documents that its `sources.toml` declares.

    `error` says what is wrong at the path `wrong`: with its `sources.toml`, and then each of its
    files has an error, or with the folder itself, and then it has no files.
    """

    folder: Path
    files: Sequence[FoundFile] = ()
    declared: Sequence[DocumentInfo] = ()
    error: ReadError | None = None
    wrong: Path | None = None


def listings(folder: Path) -> Iterator[Listing]:
    """The folder, then its subfolders in name order, each with what lies below it.

    Links to folders are followed, but no folder is listed twice.
    """
    yield from _listings(folder, set())


def _listings(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Listing]:
    try:
        state = folder.stat()
        place = (state.st_dev, state.st_ino)
        if place in seen:
            return
        seen.add(place)
        with os.scandir(folder) as found:
            entries = sorted((one for one in found if not _hidden(one.name)), key=_name)
        folders = [one for one in entries if one.is_dir()]
        files = [Path(one.path) for one in entries if not one.is_dir()]
    except OSError as exc:
        yield Listing(folder, error=_unreadable(folder, exc), wrong=folder)
        return
    yield _listing(folder, files)
    for one in folders:
        yield from _listings(Path(one.path), seen)


def _listing(folder: Path, files: Sequence[Path]) -> Listing:
    try:
        entries = read_sources(folder)
    except (ReadError, OSError) as exc:
        error = exc if isinstance(exc, ReadError) else _unreadable(folder / FILE_NAME, exc)
        without = ReadError(
            f"同一文件夹的{FILE_NAME}有误", "先改正它：其中写明了文件的信息", "改正后再添加"
        )
        told = [FoundFile(path, error=_no_reader(path) or without) for path in files]
        return Listing(folder, told, error=error, wrong=folder / FILE_NAME)
    stated = {one.file: one.values for one in entries if one.file}
    found = [FoundFile(path, stated.get(path.name, {}), _no_reader(path)) for path in files]
    return Listing(folder, found, [one.declared() for one in entries if one.file is None])


def _unreadable(path: Path, error: OSError) -> ReadError:
    return ReadError(f"{path}读不出来({error.strerror})", "可读的文件和文件夹", "检查权限")


def _no_reader(path: Path) -> ReadError | None:
    """Why a file of a folder is not even opened: by its ending, or since it is no plain file."""
    if path.suffix and path.suffix.lower() in registry.suffixes():
        special = path.exists() and not path.is_file()
        return ReadError(f"{path.name}不是普通文件", "普通文件", "跳过它") if special else None
    ending = f"的格式是{path.suffix}" if path.suffix else "没有扩展名"
    known = "、".join(dict.fromkeys(one.name for one in registry.FORMATS))
    return UnsupportedFormatError(f"{path.name}{ending}", known, "另存为其中一种后再添加")


def _hidden(name: str) -> bool:
    return name.startswith(_HIDDEN) or name.lower() in _FURNITURE


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
