"""The words of a ruled table, and one table out of its parts on several pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.numbering import mark_at
from ingest.readers.base import Cell
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.joining import joined
from ingest.readers.pdf.lines import Line, lines_of
from ingest.readers.pdf.tables import Box, Grid

SAME_EDGE = 4.0
"""Columns of a table on the next page are as wide as before up to so many points."""

CROSSED = 2
"""So many lines of text may run over the edges of a table's cells, or one for five full cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is laid out: its cells row by row, spanning ones in their first place only.

    `top` is its place on `page`; `xs` are the edges of its columns; `turns` are the rows with which
    a new page begins; `header` is how many rows came back at the top of a page.
    """

    page: int
    top: float
    xs: tuple[float, ...]
    rows: tuple[tuple[tuple[int, Cell], ...], ...]
    turns: tuple[int, ...] = ()
    header: int = 0


def table_of(grid: Grid, characters: Sequence[Character], page: int) -> Table | None:
    """A grid with its words.

    None if fewer than two of its cells have any, or if lines of text run over its edges: then what
    is drawn is a frame or a picture behind the text.
    """
    held: dict[Box, list[Character]] = {box: [] for box in grid.boxes}
    last: tuple[Character, Box | None] | None = None
    crossed = 0
    for one in characters:
        box = box_at(grid, one)
        if box is not None:
            held[box].append(one)
        crossed += last is not None and box != last[1] and _adjoin(last[0], one)
        last = one, box
    if crossed > max(CROSSED, 0.2 * sum(bool(found) for found in held.values())):
        return None
    words = {box: _words(lines_of(found), box) for box, found in held.items()}
    if sum(bool(text) for text in words.values()) < 2:
        return None
    rows: list[list[tuple[int, Cell]]] = [[] for _ in grid.ys[1:]]
    for box in grid.boxes:
        rows[box.row].append((box.column, Cell(words[box], box.rows, box.columns)))
    return Table(page, grid.ys[0], grid.xs, tuple(tuple(row) for row in rows))


def _adjoin(left: Character, right: Character) -> bool:
    """Whether two characters stand close beside each other on one line, and are no white space."""
    return (
        abs(left.baseline - right.baseline) < 0.1 * left.size
        and -0.3 * left.size < right.left - left.right < 0.3 * left.size
        and not (left.text + right.text).isspace()
    )


def box_at(grid: Grid, one: Character) -> Box | None:
    """The cell that the middle of a character stands in."""
    x, y = (one.left + one.right) / 2, one.middle
    if not (grid.xs[0] <= x <= grid.xs[-1] and grid.ys[0] <= y <= grid.ys[-1]):
        return None
    for box in grid.boxes:
        if box.left <= x <= box.right and box.top <= y <= box.bottom:
            return box
    return None


def _words(lines: Sequence[Line], box: Box) -> str:
    """The lines of a cell as one; a space where an item ended before its next one."""
    words = ""
    for last, line in zip([None, *lines], lines, strict=False):
        short = last is not None and box.right - last.right > 2.5 * last.size
        if short and mark_at(line.text, 0, len(line.text)):
            words = f"{words} {line.text}"
        else:
            words = joined(words, line.text)
    return words


def goes_on(table: Table, below: Table) -> bool:
    """Whether a table is the rest of another one: on the next page, with the same columns."""
    if below.page != table.page + len(table.turns) + 1 or len(below.xs) != len(table.xs):
        return False
    widths = [
        abs((a - table.xs[0]) - (b - below.xs[0])) for a, b in zip(table.xs, below.xs, strict=True)
    ]
    return max(widths) <= SAME_EDGE


def continued(table: Table, below: Table) -> Table:
    """Both parts of a table that goes on over the end of a page."""
    again = _repeated(table, below)
    rows, rest = _spanned(table.rows, below.rows[again:])
    if rest and _is_rest(rest[0], rows):
        rows[-1] = tuple(
            (column, replace(cell, words=joined(cell.words, _at(rest[0], column))))
            for column, cell in rows[-1]
        )
        rest = rest[1:]
    return replace(
        table,
        rows=(*rows, *rest),
        turns=(*table.turns, len(rows)),
        header=max(table.header, again),
    )


_Rows = Sequence[Sequence[tuple[int, Cell]]]


def _spanned(
    rows: _Rows, rest: _Rows
) -> tuple[list[tuple[tuple[int, Cell], ...]], list[tuple[tuple[int, Cell], ...]]]:
    """Cells that span rows on both pages: their words stand in one of the parts.

    A column that has empty cells elsewhere says nothing of an empty one.
    """
    above = [dict(row) for row in rows]
    first = dict(rest[0] if rest else ())
    for column, cell in list(first.items()):
        same = [(y, row[column]) for y, row in enumerate(above) if column in row]
        if not same:
            continue
        start, over = same[-1]
        spans = max(over.rows, cell.rows) > 1 and over.columns == cell.columns
        ends = spans and start + over.rows == len(rows)
        if ends and not (cell.words and over.words) and all(c.words for _, c in same[:-1]):
            words = over.words or cell.words
            above[start][column] = replace(over, words=words, rows=over.rows + cell.rows)
            del first[column]
    return (
        [tuple(row.items()) for row in above],
        [tuple(first.items()), *(tuple(row) for row in rest[1:])] if rest else [],
    )


def _repeated(table: Table, below: Table) -> int:
    """How many rows of a header stand again above the rest of a table."""
    count = 0
    for first, again in zip(table.rows, below.rows[:-1], strict=False):
        if not any(cell.words for _, cell in first) or first != again:
            break
        count += 1
    return count


def _is_rest(row: Sequence[tuple[int, Cell]], rows: Sequence[Sequence[tuple[int, Cell]]]) -> bool:
    """Whether a row is the end of the last one before it: no row has its first cell empty else."""
    last = rows[-1]
    alone = all(cell.rows == 1 for _, cell in [*row, *last])
    same = [column for column, _ in row] == [column for column, _ in last]
    if not (alone and same) or row[0][1].words:
        return False
    # What is new would begin with a word of its own wherever the row above has one.
    more = [column for column, cell in row if cell.words]
    return all(_at(last, 0) and _at(last, column) for column in more) and not any(
        below and not below[0][1].words for below in rows if below and below[0][0] == 0
    )


def _at(row: Sequence[tuple[int, Cell]], column: int) -> str:
    return next((cell.words for at, cell in row if at == column), "")
