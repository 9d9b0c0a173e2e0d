"""Which reader a file needs: told by its bytes, and by its name only where those say nothing.

Files arrive under wrong names: a web page saved as .doc, a .docx called .doc, a spreadsheet called
.txt.  So the name decides between kinds of text alone.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import PurePath

from ingest.errors import BinaryFileError, DamagedFileError, UnsupportedFormatError
from ingest.readers.base import Reader, Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what users call it, its media type, its endings, and the module that reads it."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    module: str

    @property
    def reader(self) -> Reader:
        """The function that reads it; its libraries are imported only now."""
        found: Reader = import_module(f"ingest.readers.{self.module}").read
        return found


_OFFICE = "application/vnd.openxmlformats-officedocument"
TEXT = Format("纯文本", "text/plain", (".txt", ".text", ""), "plain")
MARKDOWN = Format("Markdown", "text/markdown", (".md", ".markdown"), "markdown")
HTML = Format("网页", "text/html", (".html", ".htm", ".shtml", ".xhtml"), "web.page")
PDF = Format("PDF", "application/pdf", (".pdf",), "pdf.document")
DOCX = Format("Word文档", f"{_OFFICE}.wordprocessingml.document", (".docx", ".docm"), "word.docx")
DOC = Format("旧版Word文档", "application/msword", (".doc", ".wps", ".dot"), "word.doc")
XLSX = Format("Excel表格", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx", ".xlsm"), "excel.sheet")
XLS = Format("旧版Excel表格", "application/vnd.ms-excel", (".xls", ".et"), "excel.sheet")
OFD = Format("OFD", "application/ofd", (".ofd",), "ofd.document")
FORMATS = (TEXT, MARKDOWN, HTML, PDF, DOCX, DOC, XLSX, XLS, OFD)
_BY_SUFFIX: Mapping[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}

_NO_TEXT = {
    b"\x89PNG": "PNG图片",
    b"\xff\xd8\xff": "JPEG图片",
    b"GIF8": "GIF图片",
    b"II*\x00": "TIFF图片",
    b"MM\x00*": "TIFF图片",
    b"\x7fELF": "程序",
    b"MZ": "程序",
    b"\x1f\x8b": "gzip压缩包",
    b"Rar!": "RAR压缩包",
    b"7z\xbc\xaf": "7z压缩包",
    b"SQLite format 3": "数据库",
}
_NO_READER = {
    b"{\\rtf": "RTF文档",
    b"<?mso-application": "Office的XML文档",
}
_MEMBERS = {"word/": DOCX, "xl/": XLSX, "OFD.xml": OFD}
_NO_READER_MEMBERS = {"ppt/": "PowerPoint演示文稿", "META-INF/manifest.xml": "OpenDocument文档"}
_ARCHIVES = tuple(_MEMBERS.values())
_STREAMS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS}
_ENCRYPTED = "EncryptedPackage"
"""The stream in which Office keeps a .docx or .xlsx that has a password."""

_XML_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>\s*")
_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|table|div|meta)\b")
_ARCHIVED_PAGE = re.compile(rb"(?i)^(?:from|mime-version|content-type|snapshot-content-location):")
_HEAD = 4096
"""So many bytes at the beginning tell a web page from other text."""


def suffixes() -> tuple[str, ...]:
    """All file name endings that have a reader."""
    return tuple(_BY_SUFFIX)


def read(data: bytes, name: str) -> tuple[Reading, Format]:
    """The text of a file with its blocks, and the format that it turned out to have."""
    found = format_of(data, name)
    return found.reader(data, name), found


def format_of(data: bytes, name: str) -> Format:
    """The format of a file, or a `ReadError` if it has none that can be read."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:_HEAD]
    if b"%PDF-" in data[:1024]:
        return PDF
    suffix = PurePath(name).suffix.lower()
    named = _BY_SUFFIX.get(suffix)
    if start.startswith(b"PK\x03\x04") or (start.startswith(b"PK") and named in _ARCHIVES):
        return _of_archive(data, name)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _of_compound(data, name)
    for magic, kind in _NO_TEXT.items():
        if start.startswith(magic) and not (magic == b"MZ" and b"\x00" not in start):
            raise BinaryFileError(f"{name}是{kind}", "有文字的文件", "找它的文字版再添加")
    for magic, kind in _NO_READER.items():
        if _XML_DECLARATION.sub(b"", start).startswith(magic):
            raise UnsupportedFormatError(
                f"{name}是{kind}", "docx、xlsx等格式", "用Word或WPS另存为docx或xlsx后再添加"
            )
    if _ARCHIVED_PAGE.search(start) and b"multipart/related" in data[: 16 * _HEAD]:
        raise UnsupportedFormatError(f"{name}是打包网页(MHT)", "网页本身", "另存为HTML后再添加")
    plain = named in (TEXT, MARKDOWN)
    if _PAGE.search(start.replace(b"\x00", b"")) and (not plain or start[:1] == b"<"):
        return HTML
    if named is not None and named in (TEXT, MARKDOWN, HTML):
        return named
    if named is None and suffix:
        raise UnsupportedFormatError(
            f"{name}的格式是{suffix}",
            "、".join(s for s in _BY_SUFFIX if s),
            "另存为其中一种后再添加",
        )
    return TEXT  # text under the name of another format


def _of_archive(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as exc:
        raise DamagedFileError(
            f"{name}是残缺的ZIP文件({exc})", "完整的文件", "重新下载后再添加"
        ) from exc
    for start, found in _MEMBERS.items():
        if any(member.startswith(start) for member in members):
            return found
    for start, kind in _NO_READER_MEMBERS.items():
        if any(member.startswith(start) for member in members):
            raise UnsupportedFormatError(
                f"{name}是{kind}", "Word、Excel、PDF或OFD文件", "另存为PDF或docx后再添加"
            )
    raise BinaryFileError(f"{name}是ZIP压缩包", "文件本身", "解压后把文件夹添加进来")


def _of_compound(data: bytes, name: str) -> Format:
    """A file of Microsoft's compound format, as Office and WPS wrote until 2007."""
    named = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    for stream, found in _STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return found
    if _ENCRYPTED.encode("utf-16-le") in data:
        raise DamagedFileError(f"{name}是加密的Office文件", "没有加密的文件", "去掉密码后再添加")
    if named in (DOC, XLS):
        return named
    raise BinaryFileError(
        f"{name}是旧版Office文件,里面没有Word或Excel的内容", "doc或xls文件", "另存为docx后再添加"
    )
