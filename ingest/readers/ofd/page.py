"""The characters and ruled lines of one OFD page with where they stand (GB/T 33190, 8.3, 9, 11).

A page's layers hold text objects, paths, blocks of objects, and references to drawings that are
kept once and used often.  The file's lengths are millimetres; here they are points.  The origin is
the upper left corner of the page.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from ingest.readers.archive import Element
from ingest.readers.ofd.paths import path_rules
from ingest.readers.ofd.xml import name_of, numbers
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.frame import SAME, Matrix, times
from ingest.readers.pdf.rules import Rule
from ingest.readers.radicals import mended

MAX_DEPTH = 16
"""Deepest nesting of blocks and drawings."""

MAX_OBJECTS = 200_000
"""Most objects of one page: a drawing that holds drawings multiplies them."""


MAX_CHARACTERS = 100_000
"""Most characters of one page; a crowded page of statistics has under 10,000."""

POINTS = 72 / 25.4
"""Points in a millimetre."""

JOINED = 1.3
"""A step up to so many ems is the character's own width; the rest of a longer one is a gap."""

SLANT = math.radians(10)
"""Text that stands more askew than this is a seal or a watermark, and no line of the document."""

HEAVY = 600
"""The weight from which on type looks bold."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The visible characters of a page and its ruled lines, in points."""

    characters: tuple[Character, ...]
    rules: tuple[Rule, ...]

    def __add__(self, other: "Drawn") -> "Drawn":
        return Drawn(self.characters + other.characters, self.rules + other.rules)


class TooManyObjects(Exception):
    """A page has more than `MAX_OBJECTS` objects or `MAX_CHARACTERS` characters."""


def drawn(page: Element, drawings: Mapping[str, Element]) -> Drawn:
    """What is visible of a page or of a template, in the order in which it is drawn."""
    characters: list[Character] = []
    rules: list[Rule] = []
    for count, (element, matrix) in enumerate(_objects(page, drawings)):
        kind = name_of(element)
        if kind == "TextObject":
            characters += _text(element, matrix)
        elif kind == "PathObject" and len(rules) < MAX_OBJECTS:
            rules += path_rules(element, times(_placed(element), matrix))
        if count > MAX_OBJECTS or len(characters) > MAX_CHARACTERS:
            raise TooManyObjects
    return Drawn(tuple(characters), tuple(rules))


def _objects(page: Element, drawings: Mapping[str, Element]) -> Iterator[tuple[Element, Matrix]]:
    waiting: list[tuple[Element, Matrix, int]] = [
        (layer, SAME, 0) for content in page if name_of(content) == "Content" for layer in content
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
            matrix = times(_placed(element), matrix)
            inside = [] if drawing is None else [o for c in drawing for o in c]
        if depth < MAX_DEPTH:
            waiting += [(one, matrix, depth + 1) for one in reversed(list(inside))]


def _text(element: Element, matrix: Matrix) -> Iterator[Character]:
    a, b, c, d, e, f = times(_placed(element), matrix)
    turned = math.atan2(b, a)
    if abs(turned - round(turned / (math.pi / 2)) * math.pi / 2) > SLANT:
        return
    along = POINTS * (math.hypot(a, b) or 1.0)
    em = max(_number(element.get("Size"), 0.0), 0.1)
    size = em * POINTS * (math.sqrt(abs(a * d - b * c)) or 1.0)
    bold = _number(element.get("Weight"), 400) >= HEAVY
    x = y = 0.0
    for code in element:
        if name_of(code) != "TextCode":
            continue
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = mended("".join(code.itertext()).replace("\n", "").replace("\r", ""))
        left, baseline = POINTS * (a * x + c * y + e), POINTS * (b * x + d * y + f)
        steps = _steps(code.get("DeltaX"), len(text) - 1)
        for sign, step in zip_longest(text, steps):
            own = em if ord(sign) > 0x2000 else em / 2
            wide = own if step is None or not 0 < step <= JOINED * em else step
            yield Character(sign, left, left + wide * along, baseline, size, bold)
            left += (own if step is None else step) * along


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
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or SAME
    return a, b, c, d, e + box[0], f + box[1]


def _number(text: str | None, default: float) -> float:
    found = numbers(text, 1)
    return default if found is None else found[0]
