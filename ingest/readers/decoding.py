"""Bytes to text, strictly: every byte is decoded, or the file is refused.

Chinese government texts come as UTF-8, GB18030 (which contains GBK and GB2312), UTF-16 and
sometimes Big5.  GB18030 and Big5 accept almost any even number of high bytes, so a text decoded
by them must also read like Chinese: most of its ideographs are among the common ones.
"""

import codecs
from collections import Counter
from pathlib import Path

from ingest.characters import CJK
from ingest.errors import (
    BinaryFileError,
    EmptyDocumentError,
    EncodingError,
    ReadError,
    TooLargeError,
)
from ingest.limits import MAX_TEXT
from ingest.patterns import pattern

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: the longest statute of the corpora seen has 0.6 MB."""

WIDEST = 4
"""Most bytes of a code point in any of the encodings."""

MIN_COMMON = 0.1
"""Least share of `_COMMON` among the ideographs of a legacy-encoded text.

Measured on 3,422 statutes and 599 notices: never below .15; GB18030 bytes read as Big5 (and the
other way round) give under .03.
"""

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合"
    "條規第於與為這國會業務應當關機構區員發實現進經個來時說學對開體電長門問間見車東馬書"
    "条规务关构区员责任单位施管政府机市县日月办法通知理服公共安全社会项目"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IDEOGRAPH = pattern(f"[{CJK}]")
_CONTROL = pattern("[\x00-\x08\x0e-\x1f\x7f]")


def read_bytes(path: Path) -> bytes:
    """All bytes of a file, or `ReadError` if it is missing, no file, or over `MAX_BYTES`."""
    if not path.exists():
        raise ReadError(f"没有文件{path}", "一个存在的文件", "检查路径")
    if not path.is_file():
        raise ReadError(f"{path}不是文件", "一个文件", "检查路径")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLargeError(
                f"{path.name}有{size}字节", f"不超过{MAX_BYTES}字节的文件", "拆分后再添加"
            )
        return path.read_bytes()
    except OSError as exc:
        raise ReadError(f"{path.name}读不出来({exc.strerror})", "可读的文件", "检查权限") from exc


def decode_text(data: bytes, name: str) -> str:
    """As `decode`, of a file that is nothing but text; `TooLargeError` before it is decoded."""
    if len(data) > WIDEST * MAX_TEXT:
        raise TooLargeError(
            f"{name}有{len(data)}字节,多于{MAX_TEXT}字", f"不超过{MAX_TEXT}字的文件", "拆分后再添加"
        )
    return decode(data, name)


def decode(data: bytes, name: str = "文件") -> str:
    r"""The text of `data` with line ends as \n; no byte is ever dropped or replaced.

    Raises `EmptyDocumentError`, `BinaryFileError` or `EncodingError`.

    >>> decode("谁负责推进".encode("gb18030"))
    '谁负责推进'
    """
    if not data.strip():
        raise EmptyDocumentError(f"{name}是空的", "有正文的文件", "检查文件内容")
    text = _decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        raise BinaryFileError(
            f"{name}在第{found.start()}字处有控制字符U+{ord(found.group()):04X}",
            "文本文件",
            "另存为纯文本后再添加",
        )
    if not text.strip():
        raise EmptyDocumentError(f"{name}只有空白", "有正文的文件", "检查文件内容")
    return text


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        utf8_failure = exc
    if b"\x00" in data:
        readable = [t for e in ("utf-16-le", "utf-16-be") if (t := _plausible(data, e)) is not None]
        if len(readable) == 1:
            return readable[0]
        raise BinaryFileError(f"{name}含有零字节", "文本文件", "另存为UTF-8文本后再添加")
    if _mostly_utf8(data, utf8_failure):
        raise EncodingError(
            f"{name}第{utf8_failure.start}字节处的UTF-8字符不完整",
            "完整的UTF-8文本",
            "重新下载或另存为UTF-8",
        )
    readings = [t for e in ("gb18030", "big5") if (t := _plausible(data, e)) is not None]
    if not readings:
        raise EncodingError(
            f"{name}不是UTF-8、GB18030、UTF-16或Big5文本",
            "这些编码之一且没有残缺的文本",
            "另存为UTF-8后再添加",
        )
    return max(readings, key=_common_share)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise EncodingError(
            f"{name}在第{exc.start}字节处不合其标明的{encoding}编码",
            "完整的文本",
            "重新下载或另存为UTF-8",
        ) from exc


def _plausible(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _common_share(text) >= MIN_COMMON else None


def _common_share(text: str) -> float:
    counts = Counter(text)  # of millions of characters, it holds thousands
    ideographs = {c: count for c, count in counts.items() if _IDEOGRAPH.match(c)}
    total = sum(ideographs.values())
    others = sum(count for c, count in counts.items() if ord(c) > 0x7F) - total
    if not total or others > total:
        return 0.0
    return sum(count for c, count in ideographs.items() if c in _COMMON) / total


def _mostly_utf8(data: bytes, failure: UnicodeDecodeError) -> bool:
    """Whether the bytes before the failure already hold many multi-byte UTF-8 characters.

    Three such characters in a row by chance are rare in GB18030; a cut or a damaged byte in a
    UTF-8 text comes after hundreds of them.
    """
    head = data[: failure.start].decode("utf-8")
    return sum(ord(c) > 0x7FF for c in head) >= 8
