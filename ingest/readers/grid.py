"""The columns of a table that was drawn on a finer grid than its words need."""

from collections.abc import Iterable


def columns(spoken: Iterable[tuple[int, int]], end: int) -> dict[int, int]:
    """For each edge of a grid from 0 to `end`, how many columns of the table lie on its left.

    `spoken` are the places of the cells with words, each from its left edge to its right one.  The
    table gets the fewest columns that leave one to each of them: columns without words are left
    out, and so is what lies between edges that differ by a hair.

    >>> columns([(0, 2), (2, 5), (0, 5)], 6)
    {0: 0, 1: 0, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2}
    >>> columns([(0, 2), (2, 3), (0, 1), (1, 3)], 3)
    {0: 0, 1: 1, 2: 1, 3: 2}
    """
    latest: dict[int, int] = {}  # of the cells that end at an edge, where the narrowest begins
    for left, right in spoken:
        latest[right] = max(left, latest.get(right, left))
    found = {0: 0}
    for edge in range(1, max(end, *latest.keys(), 0) + 1):
        left = latest.get(edge, edge)
        crowded = left < edge and found[edge - 1] == found[left]
        found[edge] = found[edge - 1] + crowded
    return found
