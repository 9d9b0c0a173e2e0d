"""What stands on a page of a PDF: its characters, its ruled lines and its pictures.

Everything is given upright: in points, from the top left corner of the page as people look at it,
y downwards.  A page whose text is turned, as wide tables are, is turned back.
"""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.errors import TooLargeError
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.drawn import Shapes, drawn
from ingest.readers.pdf.frame import Frame
from ingest.readers.radicals import mended

MAX_CHARACTERS = 100_000
"""Most characters of one page; a crowded page of statistics has under 10,000."""

_SLANT = math.radians(10)
"""Text that stands more askew than this is a seal or a watermark, and no line of the document."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that is read of a page before it becomes lines; `number` counts from 0 on.

    `unmapped` is the share of characters whose font does not say what they are.
    """

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    unmapped: float
    shapes: Shapes


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character as the file places it; `angle` in radians."""

    text: str
    x: float
    y: float
    reach: float
    size: float
    bold: bool
    angle: float


def read_page(document: pdfium.PdfDocument, number: int, name: str) -> Page:
    """The characters, ruled lines and pictures of a page; `number` counts from 0 on.

    Raises `TooLargeError` for one with more than `MAX_CHARACTERS`, `PdfiumError` if it is damaged.
    """
    page = document[number]
    try:
        glyphs, unmapped = _glyphs(page, number, name)
        turned = Counter(_quarters(glyph.angle) for glyph in glyphs if not _askew(glyph.angle))
        quarters = turned.most_common(1)[0][0] if turned else page.get_rotation() // 90
        left, bottom, right, top = page.get_cropbox()
        if min(right - left, top - bottom) < 1:  # PDFium shows such a page in a size of its own
            left, bottom, (right, top) = 0, 0, page.get_size()
        frame = Frame(left, bottom, right, top, quarters)
        width, height = frame.size
        kept = tuple(
            one
            for glyph in glyphs
            if not _askew(glyph.angle) and _quarters(glyph.angle) == quarters
            for one in [_upright(glyph, frame)]
            if -1 <= one.left <= width and 0 <= one.middle <= height
        )
        shapes = drawn(page, frame)
        return Page(number, width, height, kept, unmapped, shapes)
    finally:
        page.close()


def _glyphs(page: pdfium.PdfPage, number: int, name: str) -> tuple[list[_Glyph], float]:
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MAX_CHARACTERS:
            raise TooLargeError(
                f"{name}第{number + 1}页有{count}字",
                f"每页不超过{MAX_CHARACTERS}字",
                "拆分后再添加",
            )
        found: list[_Glyph] = []
        lost = 0
        box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        for at in range(count):
            if raw.FPDFText_IsGenerated(text, at) == 1:
                continue
            code = raw.FPDFText_GetUnicode(text, at)
            lost += raw.FPDFText_HasUnicodeMapError(text, at) == 1 or code in (0, 0xFFFD)
            character = "-" if raw.FPDFText_IsHyphen(text, at) == 1 else _shown(code)
            if not character:
                continue
            raw.FPDFText_GetMatrix(text, at, matrix)
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            raw.FPDFText_GetLooseCharBox(text, at, box)
            size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
            angle = math.atan2(matrix.b, matrix.a)
            quarters = _quarters(angle)
            edge = (box.right, box.top, box.left, box.bottom)[quarters]
            found.append(
                _Glyph(
                    character,
                    x.value,
                    y.value,
                    edge,
                    abs(size),
                    raw.FPDFText_GetFontWeight(text, at) >= 600,
                    angle,
                )
            )
        return found, lost / max(1, len(found))
    finally:
        text.close()


def _shown(code: int) -> str:
    """The character of a code point; nothing for one that prints nothing."""
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in _UNSEEN:
        return " " if code == 9 else ""
    return " " if code == 0xA0 else mended(chr(code))


_UNSEEN = frozenset([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF])


def _askew(angle: float) -> bool:
    return abs(angle - round(angle / (math.pi / 2)) * math.pi / 2) > _SLANT


def _quarters(angle: float) -> int:
    return round(angle / (math.pi / 2)) % 4


def _upright(glyph: _Glyph, frame: Frame) -> Character:
    left, baseline = frame.place(glyph.x, glyph.y)
    reach = (glyph.reach, glyph.y) if frame.quarters % 2 == 0 else (glyph.x, glyph.reach)
    right = frame.place(*reach)[0]
    return Character(glyph.text, left, max(left, right), baseline, glyph.size, glyph.bold)
