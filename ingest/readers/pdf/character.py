"""A character as it stands on a page: all that lines, columns and tables are made from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Character:
    """A printed character; `size` is its em in points, `baseline` where it stands."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.baseline - 0.35 * self.size
