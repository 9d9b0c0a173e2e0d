"""Where points of a PDF page stand when the page is upright, from its top left corner downwards."""

from collections.abc import Sequence
from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of the PDF specification: x' = ax + cy + e, y' = bx + dy + f."""

SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in points of the file, and how its text is turned.

    `quarters` is how many right angles the text is turned to the left.
    """

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.quarters % 2 else (wide, high)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file, upright: from the left edge, and from the top edge downwards."""
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that moves by `inner` first and by `outer` then."""
    a, b, c, d, e, f = inner
    x, y = moved(outer, e, f)
    p, q, r, s, _, _ = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
