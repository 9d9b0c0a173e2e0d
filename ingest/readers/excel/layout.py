"""The cells of a sheet, laid out: the lines above its table, the table, and the lines below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.base import Cell, Layout
from ingest.readers.grid import columns

MAX_HEADER = 3
"""Most rows of column names."""

MAX_NAME = 30
"""Longest name of a column, in code points."""

MIN_TITLE, MAX_TITLE = 6, 80
"""Shortest and longest title above a table, in code points."""

_ANNEX = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十-]*\s*[：:]?$")
_NO_TITLE = re.compile("[。；;：:]")
_FIGURE = re.compile(r"[\d.,%\-:年月日 ]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with words and the rows and columns that it covers, as half-open ranges from 0."""

    words: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is shown, with its cells row by row."""

    name: str
    cells: Sequence[Placed]


def lay_out(layout: Layout, cells: Sequence[Placed]) -> str:
    """A sheet: the lines above its table, the table, and the lines below it.

    Gives the title that is printed above the table, "" where there is none or no table.
    """
    down = columns(
        ((one.top, one.bottom) for one in cells), max((c.bottom for c in cells), default=0)
    )
    lines: list[list[Placed]] = [[] for _ in range(max(down.values()))]
    for one in cells:
        lines[down[one.top]].append(one)
    covered = [len(line) for line in lines]
    for line in lines:
        for one in line:
            for below in range(down[one.top] + 1, down[one.bottom]):
                covered[below] += 1
    first = next((at for at, count in enumerate(covered) if count > 1), len(lines))
    last = next((at for at in range(len(lines), first, -1) if covered[at - 1] > 1), first)
    for line in lines[:first]:
        _paragraphs(layout, line)
    _table(layout, lines[first:last], down)
    for line in lines[last:]:
        _paragraphs(layout, line)
    above = (" ".join(one.words.split()) for line in lines[:first] for one in line)
    title = next((words for words in above if not _ANNEX.match(words)), "")
    printed = MIN_TITLE <= len(title) <= MAX_TITLE and not _NO_TITLE.search(title)
    return title if printed and last > first else ""


def _paragraphs(layout: Layout, line: Sequence[Placed]) -> None:
    for one in line:
        for part in one.words.splitlines():
            layout.paragraph(part)


def _table(layout: Layout, lines: Sequence[Sequence[Placed]], down: dict[int, int]) -> None:
    inside = [one for line in lines for one in line]
    if not inside:
        return
    across = columns(((one.left, one.right) for one in inside), max(one.right for one in inside))
    width = max(across.values())
    free = [[True] * width for _ in lines]
    rows: list[list[Cell]] = []
    for at, line in enumerate(lines):
        starts = {across[one.left]: one for one in line}
        row: list[Cell] = []
        for place in range(width):
            if not free[at][place]:
                continue
            one = starts.get(place)
            high = down[one.bottom] - down[one.top] if one else 1
            wide = across[one.right] - across[one.left] if one else 1
            for below in range(at, min(at + high, len(lines))):
                free[below][place : place + wide] = [False] * wide
            row.append(Cell(one.words if one else "", high, wide))
        rows.append(row)
    layout.table(rows, _header(rows, width))


def _header(rows: Sequence[Sequence[Cell]], width: int) -> int:
    """How many rows name the columns: the first one, as high as its highest cell, if all are named.

    The corner above the names of the rows may be empty.
    """
    first = rows[0]
    high = max(cell.rows for cell in first)
    full = sum(cell.columns for cell in first if cell.words) >= width - (not first[0].words)
    names = all(len(cell.words) <= MAX_NAME and not _FIGURE.fullmatch(cell.words) for cell in first)
    return high if full and names and high <= min(MAX_HEADER, len(rows) - 1) else 0
