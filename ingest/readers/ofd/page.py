"""The text of one OFD page with where it stands (GB/T 33190, 8.3 and 11).

A page's layers hold text objects, blocks of objects, and references to drawings that are kept once
and used often.  Lengths are millimetres, the origin is the upper left corner of the page.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.readers.archive import Element
from ingest.readers.radicals import mended

Matrix = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e and y' = b·x + d·y + f."""

AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_DEPTH = 16
"""Deepest nesting of blocks and drawings."""

MAX_OBJECTS = 200_000
"""Most objects of one page: a drawing that holds drawings multiplies them."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: the left end of its baseline, its width and its size."""

    text: str
    x: float
    y: float
    width: float
    size: float


class TooManyObjects(Exception):
    """A page has more than `MAX_OBJECTS`."""


def runs(page: Element, drawings: Mapping[str, Element]) -> list[Run]:
    """The visible text of a page or of a template, in the order in which it is drawn.

    What is drawn twice at one place, as some do for bold type, is given once.
    """
    found: dict[tuple[str, int, int], Run] = {}
    for count, (element, matrix) in enumerate(_objects(page, drawings)):
        if count > MAX_OBJECTS:
            raise TooManyObjects
        for run in _text(element, matrix):
            found.setdefault((run.text, round(run.x * 4), round(run.y * 4)), run)
    return list(found.values())


def name_of(element: Element) -> str:
    """The name of an element without its namespace, of which producers use several."""
    return str(element.tag).rpartition("}")[2]


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """So many numbers, or None: a box is four, a matrix six."""
    try:
        found = tuple(float(part) for part in (text or "").split())
    except ValueError:
        return None
    return found if len(found) == count and all(map(math.isfinite, found)) else None


def _objects(page: Element, drawings: Mapping[str, Element]) -> Iterator[tuple[Element, Matrix]]:
    waiting: list[tuple[Element, Matrix, int]] = [
        (layer, AS_IT_IS, 0)
        for content in page
        if name_of(content) == "Content"
        for layer in content
    ]
    waiting.reverse()
    while waiting:
        element, matrix, depth = waiting.pop()
        kind = name_of(element)
        if element.get("Visible") == "false":
            continue
        yield element, matrix
        inside: Element = ()
        if kind in ("Layer", "PageBlock"):
            inside = element
        elif kind == "CompositeObject":
            drawing = drawings.get(str(element.get("ResourceID")))
            matrix = _times(matrix, _placed(element))
            inside = [] if drawing is None else [o for c in drawing for o in c]
        if depth < MAX_DEPTH:
            waiting += [(one, matrix, depth + 1) for one in reversed(list(inside))]


def _text(element: Element, matrix: Matrix) -> Iterator[Run]:
    if name_of(element) != "TextObject":
        return
    a, b, c, d, e, f = _times(matrix, _placed(element))
    size = _number(element.get("Size"), 0.0)
    x = y = 0.0
    for code in element:
        if name_of(code) != "TextCode":
            continue
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = mended("".join(code.itertext()).replace("\n", "").replace("\r", ""))
        if text.strip():
            steps = _steps(code.get("DeltaX"), len(text) - 1)
            yield Run(
                text,
                a * x + c * y + e,
                b * x + d * y + f,
                _width(text, steps, size) * (math.hypot(a, b) or 1.0),
                size * (math.sqrt(abs(a * d - b * c)) or 1.0),
            )


def _width(text: str, steps: list[float], size: float) -> float:
    """The steps from character to character, and the last one's own width."""
    own = [size if ord(sign) > 0x2000 else size / 2 for sign in text]
    return sum([*steps, *own[len(steps) :]])


def _steps(text: str | None, count: int) -> list[float]:
    """DeltaX: widths, where "g 3 4.2" is 4.2 three times; at most `count` of them."""
    parts = iter((text or "").split())
    found: list[float] = []
    for part in parts:
        times, width = 1, part
        if part == "g":
            times, width = int(_number(next(parts, None), 0.0)), next(parts, "0")
        found += [_number(width, 0.0)] * max(0, min(times, count - len(found)))
        if len(found) >= count:
            break
    return found


def _placed(element: Element) -> Matrix:
    """From the inside of an object to where it stands."""
    box = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or AS_IT_IS
    return a, b, c, d, e + box[0], f + box[1]


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
        a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def _number(text: str | None, default: float) -> float:
    found = numbers(text, 1)
    return default if found is None else found[0]
