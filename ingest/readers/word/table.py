"""A table of a Word document to rows of cells with their spans.

Word draws each row on a grid of its own widths, so that two rows whose edges differ by a hair make
a table of twice the columns; `grid` counts those that are needed.  A table whose rows have no more
than one cell with words is no table but a page laid out with one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.readers.archive import Element
from ingest.readers.base import Cell
from ingest.readers.grid import columns
from ingest.readers.word.xml import alternative, attribute, child, local, number, switched

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_MARKS = frozenset(("numPr", "sym"))
_MAX_SPAN = 63  # columns: Word's own limit


@dataclass(slots=True)
class _Placed:
    """A cell between two edges of the grid, `rows` high."""

    element: Element | None
    left: int
    right: int
    rows: int = 1

    @property
    def spoken(self) -> bool:
        """Whether it has words of its own or an automatic number."""
        inner = [] if self.element is None else self.element.iter()
        return any(
            local(one) in _MARKS or (local(one) == "t" and bool((one.text or "").strip()))
            for one in inner
        )


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, or the element of its only cell where it has no other."""

    cells: tuple[Cell, ...]
    alone: Element | None
    header: bool


def rows(table: Element, words: Callable[[Element], str]) -> Iterator[Row]:
    """The rows of <w:tbl>; `words` gives those of a cell, and is asked once for each in order.

    It is not asked for a cell that is the only one with words in its row and stands over all
    columns, or in a table that has no other rows: that cell is given as it is.
    """
    found = [one for one in _inside(table, "tr") if child(one, "trPr", "del") is None]
    grid = _placed(found)
    spoken = [[one for one in row if one.spoken] for row in grid]
    page = all(len(row) < 2 for row in spoken)
    end = max((one.right for row in grid for one in row), default=0)
    edges = columns(((one.left, one.right) for row in spoken for one in row), end)
    last = max(edges.values(), default=0)
    for element, row, said in zip(found, grid, spoken, strict=True):
        header = bool(switched(child(element, "trPr"), "tblHeader"))
        if not said and page:
            continue
        widths = [edges[one.right] - edges[one.left] for one in row]
        alone = len(said) == 1 and said[0].rows == 1 and last in widths
        if page or alone:
            yield Row((), said[0].element, header)
            continue
        yield Row(
            tuple(
                Cell(words(one.element) if one.element is not None else "", one.rows, width)
                for one, width in zip(row, widths, strict=True)
                if width
            ),
            None,
            header,
        )


def _placed(found: list[Element]) -> list[list[_Placed]]:
    """The cells that begin in each row, those merged with one above left out."""
    grid: list[list[_Placed]] = []
    open_cells: dict[tuple[int, int], _Placed] = {}
    for element in found:
        row: list[_Placed] = []
        still: dict[tuple[int, int], _Placed] = {}
        properties = child(element, "trPr")
        at = min(number(child(properties, "gridBefore")) or 0, _MAX_SPAN)
        if at > 0:
            row.append(_Placed(None, 0, at))
        for cell in _inside(element, "tc"):
            own = child(cell, "tcPr")
            span = min(max(1, number(child(own, "gridSpan")) or 1), _MAX_SPAN)
            if attribute(child(own, "hMerge")) == "continue" and row:
                row[-1].right += span
                at += span
                continue
            place, merge = (at, at + span), child(own, "vMerge")
            at += span
            above = open_cells.get(place)
            if merge is not None and attribute(merge) != "restart" and above is not None:
                above.rows += 1
                still[place] = above
                continue
            row.append(_Placed(cell, *place))
            if merge is not None:
                still[place] = row[-1]
        after = min(number(child(properties, "gridAfter")) or 0, _MAX_SPAN)
        if after > 0:
            row.append(_Placed(None, at, at + after))
        open_cells = still
        grid.append(row)
    return grid


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls included."""
    for one in element:
        kind = local(one)
        if kind == name:
            yield one
        elif kind in _WRAPPERS:
            yield from _inside(one, name)
        elif kind == "AlternateContent":
            chosen = alternative(one)
            if chosen is not None:
                yield from _inside(chosen, name)
