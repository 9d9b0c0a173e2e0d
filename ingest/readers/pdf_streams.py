"""Refuses PDF files before they are opened: those cut off, and those that unpack without end."""

import re
import zlib

from ingest.errors import DamagedFileError, TooLargeError

MAX_UNPACKED = 256 * 1024 * 1024
"""Most bytes that the streams of a file, its pictures aside, unpack to."""

_STEP = 1024 * 1024
_TAIL = 64 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")


def refuse_cut(data: bytes, name: str) -> None:
    """Raises `DamagedFileError` for a file whose end is missing.

    PDFium mends such a file and leaves out the pages that are gone, without a word.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or _OBJECT.search(data, end):
        raise DamagedFileError(
            f"{name}是残缺的PDF(没有结尾,只有{len(data)}字节)", "完整的PDF", "重新下载后再添加"
        )


def refuse_bombs(data: bytes, name: str) -> None:
    """Raises `TooLargeError` for a file whose streams unpack to more than `MAX_UNPACKED` bytes.

    Pictures don't count: they are unpacked only if a page is looked at, and `recognition` knows
    their size before.
    """
    total = 0
    for found in _STREAM.finditer(data):
        opened = data.rfind(b"obj", max(0, found.start() - 2048), found.start())
        if _PICTURE.search(data, max(0, opened), found.start()):
            continue
        if data[found.end() : found.end() + 1] not in b"\x08\x18\x28\x38\x48\x58\x68\x78":
            continue  # not packed by zlib
        total += _unpacked(data, found.end(), MAX_UNPACKED - total, layers=2)
        if total > MAX_UNPACKED:
            raise TooLargeError(
                f"{name}展开后超过{MAX_UNPACKED // 2**20}兆字节",
                "正常大小的PDF",
                "检查文件来源，或另存为新的PDF再添加",
            )


def _unpacked(data: bytes, start: int, room: int, layers: int) -> int:
    """How many bytes a packed stream holds; it stops counting above `room`.

    Streams may be packed several times over: `layers` of them are opened.
    """
    unpack = zlib.decompressobj()
    inner = zlib.decompressobj() if layers > 1 else None
    total, at = 0, start
    try:
        while total <= room and not unpack.eof and at < len(data):
            piece = unpack.decompress(unpack.unconsumed_tail or data[at : at + _STEP], _STEP)
            if not unpack.unconsumed_tail:
                at += _STEP
            total += len(piece)
            if inner is not None and piece:
                total += _within(inner, piece, room - total)
    except zlib.error:
        return total
    return total


def _within(unpack: "zlib._Decompress", piece: bytes, room: int) -> int:
    """The bytes of a piece that is packed itself; 0 where it is not."""
    total = 0
    try:
        while piece and total <= room and not unpack.eof:
            total += len(unpack.decompress(piece, _STEP))
            piece = unpack.unconsumed_tail
    except zlib.error:
        return total
    return total
