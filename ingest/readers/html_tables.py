"""Tables of a web page: which of them are tables of data, and what stands in each place of one.

Old sites lay out whole pages with tables.  A table that holds another one, or has one column, says
nothing by its rows: it is taken apart (`data_cells` gives None).  Of the others, a place that no
cell with words begins in is no column, whatever colspan says, and a row without words is no row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.readers.page_tree import Node

MAX_SPAN = 1000
"""A cell spans so many columns at most, as HTML has it."""

MAX_REPEATED = 1_000_000
"""So many code points at most may come from printing spanning cells in each of their places."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: the place of its node, and how many rows and columns it says it has."""

    place: int
    rows: int
    columns: int
    header: bool


def data_cells(nodes: Sequence[Node], place: int) -> list[list[TableCell]] | None:
    """The cells of the table at `place`, row by row; None if it holds another table or no row."""
    found: list[list[TableCell]] = []
    groups: list[int] = []  # where the rows of the row's own group (thead, tbody) end
    at, end = place + 1, nodes[place].end
    group, in_head = -1, False
    while at < end:
        node = nodes[at]
        if node.tag == "table":
            return None
        if node.tag in ("thead", "tbody", "tfoot"):
            group, in_head = at, node.tag == "thead"
        elif node.tag == "tr":
            found.append([])
            groups.append(group)
        elif node.tag in ("td", "th") and found:
            found[-1].append(
                TableCell(
                    at,
                    _span(node.attributes, "rowspan", len(nodes)),
                    _span(node.attributes, "colspan", MAX_SPAN),
                    in_head or node.tag == "th",
                )
            )
        at += 1
    if not any(found):
        return None
    ends = [len(groups)] * len(groups)
    for y in range(len(groups) - 2, -1, -1):
        ends[y] = ends[y + 1] if groups[y] == groups[y + 1] else y + 1
    return [
        [replace(cell, rows=min(cell.rows, ends[y] - y)) for cell in row]
        for y, row in enumerate(found)
    ]


def grid(
    rows: Sequence[Sequence[TableCell]], words: Mapping[int, str]
) -> list[list[TableCell | None]]:
    """The cell at each place, a spanning one at all its places; rows equally long.

    `words` are the words of the cells by their places; rows and columns without any are left out.
    Where the repeated words would be too many (`MAX_REPEATED`), each cell stands in one place.
    """
    spread = _spread(rows, 1 if _repeated(rows, words) > MAX_REPEATED else MAX_SPAN)
    starts = sorted(
        {x for row in spread for x, (cell, first) in row.items() if first and words[cell.place]}
    )
    full = [[row[x][0] if x in row else None for x in starts] for row in spread]
    return [row for row in full if any(cell and words[cell.place] for cell in row)]


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    """The number of rows or columns; 0 rows are all that follow."""
    said = attributes.get(name, "").strip()[:9]
    count = int(said) if said.isascii() and said.isdigit() else 1
    return min(count or (most if name == "rowspan" else 1), most)


def _repeated(rows: Sequence[Sequence[TableCell]], words: Mapping[int, str]) -> int:
    return sum(
        (cell.rows * cell.columns - 1) * (len(words[cell.place]) + 1)
        for row in rows
        for cell in row
    )


def _spread(
    rows: Sequence[Sequence[TableCell]], most: int
) -> list[dict[int, tuple[TableCell, bool]]]:
    """By row and column the cell there, and whether it is the column that the cell begins in."""
    spread: list[dict[int, tuple[TableCell, bool]]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x in spread[y]:
                x += 1
            columns = min(cell.columns, most)
            for below in range(y, y + min(cell.rows, most)):
                for beside in range(x, x + columns):
                    spread[below].setdefault(beside, (cell, beside == x))
            x += columns
    return spread
