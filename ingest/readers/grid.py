"""The columns of a table that was drawn on a finer grid than its words need."""

from collections.abc import Callable, Iterable
from itertools import pairwise


def columns(
    spoken: Iterable[tuple[int, int]], end: int, thin: Callable[[int, int], bool] | None = None
) -> dict[int, int]:
    """For each edge of a grid from 0 to `end`, how many columns with words lie on its left.

    `spoken` are the places of the cells with words, each from its left edge to its right one.
    Columns where no such cell lies are left out, and edges where none begins or ends; so are
    columns that `thin` calls too narrow for words, unless one cell has just that one for itself.

    >>> columns([(0, 2), (2, 5), (0, 5)], 6)
    {0: 0, 1: 0, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2}
    """
    cells = sorted(set(spoken))
    used = sorted({0, *(edge for cell in cells for edge in cell)})
    found = {0: 0}
    reach, at = 0, 0
    for before, after in pairwise([*used, max(end, used[-1])]):
        while at < len(cells) and cells[at][0] <= before:
            reach = max(reach, cells[at][1])
            at += 1
        kept = reach >= after > before
        if kept and thin is not None and thin(before, after):
            kept = (before, after) in cells
        for edge in range(before + 1, after + 1):
            found[edge] = found[before] + (kept and edge == after)
    return found
