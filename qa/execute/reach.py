"""How much is told: one room for all provisions, a wider one for a list that is asked for."""

from dataclasses import dataclass

ROOM, MOST = 400, 3
"""Code points of all provisions together, unless one alone is longer, and how many there are."""

LIST_ROOM = 1600
"""Code points of a list that is asked for as a whole."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How much is wanted: a list as a whole, and how many code points in all.

    Where only the number is asked for (`counted`), a clause that says enough alone is told alone.
    """

    whole_lists: bool = False
    counted: bool = False
    room: int = ROOM
    most: int = MOST

    @property
    def longest(self) -> int:
        """Code points that one provision may have."""
        return LIST_ROOM if self.whole_lists else self.room
