"""The ruled lines among the paths of an OFD page (GB/T 33190, 9.1).

A path is a list of commands: M and S begin a part, L draws to a point, Q, B and A draw curves, C
closes the part.
"""

import math
from collections.abc import Iterator

from ingest.readers.archive import Element
from ingest.readers.ofd.xml import name_of
from ingest.readers.pdf.frame import Matrix, moved
from ingest.readers.pdf.rules import Point, Rule, ruled

POINTS = 72 / 25.4
"""Points in a millimetre."""

MAX_COMMANDS = 50_000
"""A path with more is a drawing."""

_NUMBERS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def path_rules(element: Element, matrix: Matrix) -> Iterator[Rule]:
    """The level and upright lines of a path, in points; `matrix` goes to millimetres."""
    stroked = element.get("Stroke") != "false"
    if not stroked and element.get("Fill") != "true":
        return
    for one in element:
        if name_of(one) == "AbbreviatedData":
            for points in _outlines((one.text or "").split()):
                placed = [moved(matrix, x, y) for x, y in points]
                yield from ruled([(x * POINTS, y * POINTS) for x, y in placed], stroked)


def _outlines(words: list[str]) -> list[list[Point]]:
    """The straight-sided parts of a path; what follows a word that is no command is left out."""
    found: list[list[Point]] = []
    curved = False
    at = 0
    while at < len(words) and at < MAX_COMMANDS:
        command = words[at]
        count = _NUMBERS.get(command)
        places = _places(words[at + 1 : at + 1 + count]) if count is not None else None
        if places is None or len(places) != count:
            break
        at += 1 + len(places)
        if command in "MS":
            if curved:
                found.pop()
            found.append([(places[0], places[1])])
            curved = False
        elif found and command == "C":
            found[-1].append(found[-1][0])
        elif found:
            curved = curved or command != "L"
            found[-1].append((places[-2], places[-1]))
    if curved:
        found.pop()
    return [points for points in found if len(points) > 1]


def _places(words: list[str]) -> list[float] | None:
    try:
        found = [float(word) for word in words]
    except ValueError:
        return None
    return found if all(map(math.isfinite, found)) else None
