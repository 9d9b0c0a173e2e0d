"""Refuses PDF files before they are opened: those cut off, and those that unpack without end."""

import re
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

from ingest.errors import DamagedFileError, TooLargeError

MAX_UNPACKED = 256 * 1024 * 1024
"""Most bytes that the streams of a file, its pictures aside, unpack to."""

MAX_DRAWINGS = 100_000
"""Forms that could draw each other more often than this are tried in a process of their own."""

MAX_SECONDS = 25
"""So long that trial may take; the usual file takes a hundredth of it."""

_STEP = 1024 * 1024
_TAIL = 64 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DRAWS = re.compile(rb"/[^\s/]+\s+Do\b")
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


def refuse_multiplied(data: bytes, name: str) -> None:
    """Raises `TooLargeError` for a file whose forms draw each other without end.

    Ten forms that each draw the next one ten times are ten billion drawings in a few hundred bytes,
    and PDFium can't be stopped.  Such files are rare, so only they are tried in a process first.
    """
    drawings = 1
    for found in _STREAM.finditer(data):
        opened = data.rfind(b"obj", max(0, found.start() - 2048), found.start())
        if not _FORM.search(data, max(0, opened), found.start()):
            continue
        end = data.find(b"endstream", found.end())
        content = data[found.end() : end if end > 0 else len(data)]
        with suppress(zlib.error):  # else it is not packed
            content = zlib.decompressobj().decompress(content, 4 * _STEP)
        drawings *= max(1, len(_DRAWS.findall(content)))
        if drawings > MAX_DRAWINGS:
            break
    else:
        return
    trial = [sys.executable, str(Path(__file__).with_name("probe.py"))]
    try:
        subprocess.run(trial, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired as exc:
        raise TooLargeError(
            f"{name}的图形互相嵌套，{MAX_SECONDS}秒也展不开",
            "正常大小的PDF",
            "检查文件来源，或另存为新的PDF再添加",
        ) from exc


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
