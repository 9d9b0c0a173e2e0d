"""What was asked for, made into files that can be read one by one.

Paths, folders with all that lies below them, addresses: whatever was given comes out as `Source`s
in order, each with its name for reports.  What is fetched from elsewhere belongs here: an `Unread`
takes bytes with a name, what is stated of them, and an address as its origin.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.folders import Listing, listings
from ingest.parse import Unread
from ingest.schema import DocumentInfo
from ingest.sources import FILE_NAME, read_sources


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or the error that stands in the way; no failure if it is `skipped`."""

    name: str
    unread: Unread | None = None
    error: ReadError | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """All that was asked for; `single` if that is one file or address, whose error is the call's.

    `declared` are documents that a `sources.toml` names and does not hold.
    """

    files: Sequence[Source]
    declared: Sequence[DocumentInfo]
    single: bool


def sourced(paths: Sequence[Path | str], fetch: Callable[[str], Unread]) -> Sources:
    """The files of `paths`, each place once; what is wrong with one of them stands in its place."""
    declared: list[DocumentInfo] = []
    found: dict[str, Source] = {}
    folders = 0
    for given in paths:
        if "://" in str(given):
            files: Sequence[Source] = [_address(str(given), fetch)]
        elif (path := Path(given)).is_dir():
            folders += 1
            files = list(_folder(path, declared, alone=len(paths) == 1))
        else:
            files = [_single(path)]
        for one in files:
            found.setdefault(one.name if one.unread is None else one.unread.origin, one)
    return Sources(list(found.values()), declared, single=len(paths) == 1 and not folders)


def _address(address: str, fetch: Callable[[str], Unread]) -> Source:
    try:
        return Source(address, fetch(address))
    except ReadError as error:
        return Source(address, error=error)


def _single(path: Path) -> Source:
    """A file that was named, with what is stated of it beside it."""
    try:
        stated = next((e.values for e in read_sources(path.parent) if e.file == path.name), {})
    except ReadError as error:
        return Source(str(path), error=error)
    return _file(path, str(path), stated)


def _folder(folder: Path, declared: list[DocumentInfo], *, alone: bool) -> Iterator[Source]:
    """All files below a folder; what is declared there is added to `declared`."""
    before, nothing = len(declared), True

    def name(path: Path) -> str:
        below = path.relative_to(folder)
        return str(below if alone and below.parts else folder / below)

    for listing in listings(folder):
        declared += listing.declared
        for source in _listed(listing, name):
            nothing = nothing and source.skipped
            yield source
    if nothing and len(declared) == before:
        error = ReadError(f"文件夹{folder}里没有可读的文件", f"文本文件或{FILE_NAME}", "检查路径")
        yield Source(str(folder), error=error)


def _listed(listing: Listing, name: Callable[[Path], str]) -> Iterator[Source]:
    if listing.error is not None and listing.wrong is not None:
        yield Source(name(listing.wrong), error=listing.error)
    for found in listing.files:
        if found.error is not None:
            yield Source(name(found.path), error=found.error, skipped=True)
        else:
            yield _file(found.path, name(found.path), found.stated)


def _file(path: Path, name: str, stated: Mapping[str, Any]) -> Source:
    origin = os.path.abspath(path)  # noqa: PTH100 - a link keeps its own name
    try:
        origin.encode()
    except UnicodeEncodeError:  # neither an id nor a source could be made of it
        error = ReadError(f"文件名{name!r}不是UTF-8", "UTF-8的文件名", "改名后再添加")
        return Source(name, error=error)
    return Source(name, Unread(path, stated, origin=origin))
