"""`sources.toml`: what the corpus' keeper states about the documents of a folder.

    [[document]]
    id = "plan-2022"                 # optional; else derived from file name, title and number
    file = "plan.txt"                # left out for a document that is referred to but not held
    url = "https://…"                # instead of file: where `wence sync` fetches it
    title = "…"
    number = "甲办〔2022〕1号"
    issuer = "…"
    issued = 2022-07-19              # likewise published, effective, repealed
    status, level, region, source    # strings

What is stated here wins over what is read out of the text.  Nothing is fetched while a folder is
read; until it was, a document with an address is one that is not held.
"""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import MetadataError
from ingest.schema import DocumentInfo

FILE_NAME = "sources.toml"
DATES = ("issued", "published", "effective", "repealed")
"""The keys whose values are days; all others are strings."""

_STRINGS = ("id", "title", "number", "issuer", "status", "level", "region", "source", "media_type")


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[document]]` of the file: its values, and the file or the address they are about."""

    file: str | None
    values: dict[str, Any]
    url: str | None = None

    @property
    def id(self) -> str:
        """The id that is stated, else that of its address; empty if there is neither."""
        if "id" in self.values or not self.url:
            return str(self.values.get("id", ""))
        from ingest.web.addresses import document_id  # as in `_address`

        return document_id(self.url)

    def declared(self) -> DocumentInfo:
        """The record of a document whose text is not held; without a title it has its address."""
        address = self.url or ""
        values = {"title": address, "source": address, **self.values, "id": self.id}
        return DocumentInfo(**values, held=False)


def read_sources(folder: Path) -> list[Entry]:
    """The entries of the folder's `sources.toml`, or none if there is no such file.

    Raises `MetadataError` for bad TOML, unknown keys, wrong types, and missing titles or ids.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return []
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise MetadataError(
            f"{path.name}不是有效的TOML({exc})", "UTF-8的TOML文件", "改正后再添加"
        ) from exc
    unknown = set(table) - {"document"}
    if unknown or not isinstance(table.get("document", []), list):
        raise MetadataError(
            f"{path.name}里有{sorted(unknown) or 'document'}",
            "只含[[document]]条目",
            "改正后再添加",
        )
    entries = [_entry(path.name, i, item) for i, item in enumerate(table.get("document", []), 1)]
    named = [e.file for e in entries if e.file]
    if twice := sorted({f for f in named if named.count(f) > 1}):
        raise MetadataError(f"{path.name}里{twice}出现多次", "每个文件一个条目", "删去重复的条目")
    addresses = [e.url for e in entries if e.url]
    if twice := sorted({one for one in addresses if addresses.count(one) > 1}):
        raise MetadataError(f"{path.name}里{twice}出现多次", "每个网址一个条目", "删去重复的条目")
    if lost := [f for f in named if not (folder / f).is_file()]:
        raise MetadataError(f"{path.name}所列的{lost}不存在", "同一文件夹里的文件", "改正file")
    return entries


def _entry(name: str, place: int, item: Any) -> Entry:
    where = f"{name}第{place}个条目"
    if not isinstance(item, dict):
        raise MetadataError(f"{where}不是表", "[[document]]表", "改正后再添加")
    values = dict(item)
    file, url = values.pop("file", None), values.pop("url", None)
    known = {f.name for f in fields(DocumentInfo)} & {*DATES, *_STRINGS}
    if unknown := sorted(set(values) - known):
        raise MetadataError(f"{where}有未知的键{unknown}", f"{sorted(known)}之一", "改正键名")
    for key, value in values.items():
        wanted = date if key in DATES else str
        if type(value) is not wanted:
            kind = "日期(2022-07-19)" if wanted is date else "字符串"
            raise MetadataError(f"{where}的{key}是{value!r}", kind, "改正后再添加")
    if file is not None and not isinstance(file, str):
        raise MetadataError(f"{where}的file是{file!r}", "文件名", "改正后再添加")
    if url is not None:
        return Entry(None, values, _address(where, url, file))
    if file is None and not (values.get("id") and values.get("title")):
        raise MetadataError(f"{where}没有file", "file或url,或者id与title", "补上缺少的键")
    return Entry(file, values)


def _address(where: str, url: Any, file: str | None) -> str:
    if file is not None:
        raise MetadataError(
            f"{where}既有file又有url", "其中之一", "删去url,或把它写成source(文件的出处)"
        )
    if not isinstance(url, str):
        raise MetadataError(f"{where}的url是{url!r}", "网址", "改正后再添加")
    # Only here, since questions need none of what fetching imports.
    from ingest.web.addresses import checked
    from ingest.web.errors import AddressRefusedError

    try:
        return str(checked(url))
    except AddressRefusedError as exc:
        raise MetadataError(f"{where}的{exc.found}", exc.expected, exc.remedy) from exc
