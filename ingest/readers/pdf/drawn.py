"""What is drawn on a page of a PDF beside its text: ruled lines and pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf.frame import SAME, Frame, Matrix, bounds, moved, times
from ingest.readers.pdf.rules import Point, Rule, ruled

MAX_OBJECTS = 50_000
"""So many drawn objects of a page, and segments of one of them, are looked at."""

MAX_NESTED = 6
"""So deep may forms hold each other."""

_Object = Any  # an opaque handle of PDFium, which ctypes types as a pointer


@dataclass(frozen=True, slots=True)
class Shapes:
    """Ruled lines; the share of the page under its largest picture; how many paths are drawn.

    `pixels` is how many pixels all pictures have as they are stored.
    """

    rules: tuple[Rule, ...]
    pictured: float
    paths: int
    pixels: int


def drawn(page: pdfium.PdfPage, frame: Frame) -> Shapes:
    """What is drawn on a page, upright."""
    rules: list[Rule] = []
    pictured, paths, pixels = 0.0, 0, 0
    for thing, matrix in _objects(page):
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            rules += _rules(thing, matrix, frame)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictured = max(pictured, _covered(thing, matrix, frame))
            wide, high = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(thing, wide, high)
            pixels += wide.value * high.value
    return Shapes(tuple(rules), pictured, paths, pixels)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[_Object, Matrix]]:
    """The objects of a page and of the forms on it, each with the matrix of its form."""
    left = MAX_OBJECTS
    waiting: list[tuple[_Object, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, at), SAME, 0)
        for at in reversed(range(min(raw.FPDFPage_CountObjects(page), left)))
    ]
    while waiting and left:
        thing, matrix, depth = waiting.pop()
        left -= 1
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < MAX_NESTED:
            inner = times(_matrix(thing), matrix)
            held = min(raw.FPDFFormObj_CountObjects(thing), left)
            waiting += [
                (raw.FPDFFormObj_GetObject(thing, n), inner, depth + 1) for n in range(held)
            ]


def _matrix(thing: _Object) -> Matrix:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _covered(image: _Object, matrix: Matrix, frame: Frame) -> float:
    """The share of the page under a picture: it fills the unit square before it is moved."""
    whole = times(_matrix(image), matrix)
    corners = [frame.place(*moved(whole, x, y)) for x in (0, 1) for y in (0, 1)]
    left, top, right, bottom = bounds(corners)
    width, height = frame.size
    wide = min(right, width) - max(left, 0)
    high = min(bottom, height) - max(top, 0)
    return wide * high / (width * height) if wide > 0 and high > 0 else 0.0


def _rules(path: _Object, matrix: Matrix, frame: Frame) -> Iterator[Rule]:
    """The level and upright lines of a path: its strokes, or thin rectangles that it fills."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroked)
    if not fill.value and not stroked.value:
        return
    for points in _outlines(path, times(_matrix(path), matrix), frame):
        yield from ruled(points, bool(stroked.value))


def _outlines(path: _Object, matrix: Matrix, frame: Frame) -> list[list[Point]]:
    """The straight-sided parts of a path, each with its corners; a closed one ends as it began."""
    found: list[list[Point]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFPath_CountSegments(path), MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.place(*moved(matrix, x.value, y.value))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if curved and found:
                found.pop()
            found.append([])
            curved = False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if not found:
            found.append([])
        found[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            found[-1].append(found[-1][0])
    if curved and found:
        found.pop()
    return [points for points in found if len(points) > 1]
