"""The XML of OFD: names without their namespace, and lists of numbers."""

import math

from ingest.readers.archive import Element


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
