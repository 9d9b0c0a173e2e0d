"""The bytes of a web page to its markup.

A page says how it is encoded and is often wrong: GB2312 is declared where GBK or GB18030 is
written, either where UTF-8 is.  Old sites also cut titles in the middle of a character.  A byte
that can't be read becomes `MARK`, so that the page is refused only if one stands in its text.
"""

import codecs
import re
import unicodedata

from ingest.errors import EmptyDocumentError, EncodingError
from ingest.patterns import pattern
from ingest.readers.decoding import decode

MARK = "\ufdd0"
"""Stands for bytes that are no character; Unicode has no character there, so no page means it."""

MAX_MARKS = 0.01
"""So many of the characters beyond ASCII at most may be marks: else it is another encoding."""

MIN_WIDE = 4
"""So many characters beyond ASCII that read as UTF-8 are UTF-8, whatever the page declares."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 8192
"""So many bytes are searched for the declaration; HTML asks for 1,024, old pages take more."""

_DECLARED = re.compile(rb"(?i)<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)")
_CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "hz-gb-2312")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r") + b"\x7f"
_LEFT_OUT = pattern("[\x00-\x08\x0b-\x1f\x7f]")
_MANY_ZEROS = 0.1


def page_markup(data: bytes, name: str) -> str:
    r"""The markup of a page with line ends as \n, without control characters.

    Raises `EmptyDocumentError` where there is nothing, `EncodingError` where it can't be read.
    """
    if not data.strip():
        raise EmptyDocumentError(f"{name}是空的", "有正文的网页", "检查文件内容")
    text = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    return _LEFT_OUT.sub("", text)


def checked(text: str, name: str) -> str:
    """The text of a page, or `EncodingError` if bytes in it could not be read."""
    place = text.find(MARK)
    if place < 0:
        return text
    raise EncodingError(
        f"{name}的正文第{place}字处有不成字的字节", "没有残缺的网页", "重新下载或另存为UTF-8"
    )


def declared_encoding(data: bytes) -> str:
    """The encoding that the page declares, by Python's name; "" where it names none that exists.

    >>> declared_encoding(b'<meta http-equiv=Content-Type content="text/html; charset=gb2312">')
    'gb18030'
    """
    found = _DECLARED.search(data[:_HEAD])
    label = found[1].decode("ascii", "replace").lower() if found else ""
    if label in _CHINESE:
        return "gb18030"
    try:
        known = codecs.lookup(label).name if label else ""
    except LookupError:
        return ""
    # A declaration that can be read as ASCII is not UTF-16, whatever it says.
    return "utf-8" if known.startswith("utf-16") or known.startswith("utf-32") else known


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _whole(data, encoding) or _marked(data, (encoding,), name)
    if data.count(0) > len(data) * _MANY_ZEROS:
        return decode(data, name)
    data = data.translate(None, _CONTROLS)  # no byte of a character in any of these encodings
    declared = declared_encoding(data)
    utf8 = _whole(data, "utf-8")
    if utf8 and (declared != "gb18030" or sum(ord(c) > 0x7F for c in utf8) >= MIN_WIDE):
        return utf8
    if declared not in ("", "utf-8") and (read := _whole(data, declared)):
        return read
    try:
        return decode(data, name)
    except EncodingError:
        return _marked(data, tuple(filter(None, (declared, "utf-8", "gb18030"))), name)


def _whole(data: bytes, encoding: str) -> str:
    """The text if all bytes are characters, but for one that is cut off at the end; else ""."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except (UnicodeDecodeError, LookupError, TypeError):
        return ""


def _marked(data: bytes, encodings: tuple[str, ...], name: str) -> str:
    """The reading with the fewest marks; `EncodingError` if even that one has too many."""
    readings = [data.decode(encoding, "wence-mark") for encoding in encodings]
    best = min(readings, key=lambda text: text.count(MARK))
    wide = sum(unicodedata.east_asian_width(c) == "W" for c in best)
    if best.count(MARK) > wide * MAX_MARKS:
        raise EncodingError(
            f"{name}不是UTF-8、GB18030、UTF-16或Big5网页",
            "这些编码之一的网页",
            "重新下载或另存为UTF-8",
        )
    return best


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MARK, error.end


codecs.register_error("wence-mark", _mark)
