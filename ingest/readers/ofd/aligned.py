"""Tables without ruled lines: rows whose cells stand below each other.

Seen only where it is beyond doubt: in three rows or more, one close below the other, wide gaps part
equally many cells, and those of a column begin, end or have their middle at one place.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.base import Cell
from ingest.readers.pdf.cells import Table
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.lines import Line, line_of, rows_of

GAP = 1.5
"""A gap of so many ems parts two cells."""

SAME = 0.6
"""So far, in ems, may cells of a column be out of line."""

MIN_ROWS = 3
FARTHEST = 3.5
"""So many ems below the row above is too far for the next row."""

_Row = list[tuple[Line, list[Character]]]


def aligned_tables(
    characters: Sequence[Character], page: int
) -> tuple[list[Table], list[Character]]:
    """The tables among the characters of a page, and the characters outside of them."""
    rows = [_cells(row, page) for row in rows_of(characters)]
    tables = [block for block in _blocks(rows) if len(block) >= MIN_ROWS]
    inside = {id(one) for block in tables for row in block for _, held in row for one in held}
    return [_table(block, page) for block in tables], [o for o in characters if id(o) not in inside]


def _cells(row: Sequence[Character], page: int) -> _Row:
    printed = [one for one in row if not one.text.isspace()]
    parts = [printed[:1]]
    for before, after in pairwise(printed):
        if after.left - before.right >= GAP * max(before.size, after.size):
            parts.append([])
        parts[-1].append(after)
    if len(parts) == 1:
        parts = [list(row)]
    return [(line, part) for part in parts if (line := line_of(part, page)) is not None]


def _blocks(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows that stand together and have the same columns; a row of one cell is none."""
    block: list[_Row] = []
    for row in rows:
        if len(row) > 1 and block and _fits(block, row):
            block.append(row)
            continue
        yield block
        block = [row] if len(row) > 1 else []
    yield block


def _fits(block: Sequence[_Row], row: _Row) -> bool:
    last = block[-1]
    size = row[0][0].size
    below = row[0][0].baseline - last[0][0].baseline
    if len(row) != len(last) or not 0 < below <= FARTHEST * size:
        return False
    columns = list(zip(*[[line for line, _ in one] for one in [*block, row]], strict=True))
    for left, right in pairwise(columns):
        if max(line.right for line in left) >= min(line.left for line in right):
            return False
    return all(_in_line(column, SAME * size) for column in columns)


def _in_line(column: Sequence[Line], within: float) -> bool:
    """Whether all cells begin at one place, or end there, or have their middle there."""
    for places in (
        [line.left for line in column],
        [line.right for line in column],
        [(line.left + line.right) / 2 for line in column],
    ):
        if max(places) - min(places) <= within:
            return True
    return False


def _table(block: Sequence[_Row], page: int) -> Table:
    columns = list(zip(*[[line for line, _ in row] for row in block], strict=True))
    xs = [min(line.left for line in column) for column in columns]
    end = max(line.right for line in columns[-1])
    return Table(
        page,
        min(line.top for line, _ in block[0]),
        (*xs, end),
        tuple(tuple((at, Cell(line.text)) for at, (line, _) in enumerate(row)) for row in block),
    )
