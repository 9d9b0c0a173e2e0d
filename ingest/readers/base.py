"""What a reader gives: the text of a file with its blocks, whatever the format was.

A reader takes bytes and returns a `Reading`.  The text is made for people to read and to quote:
one line for each paragraph, one line for each row of a table with a tab between its cells.  A
cell that spans several rows or columns is printed in each of them, so that every row says all that
is true of it and has as many cells as the others: whoever reads the text alone finds the tables in
it again (`table_rows`).  A row that is a single cell is a line of its own without tabs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from ingest.schema import Span

BlockKind = Literal["paragraph", "heading", "list", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text as the file marks it: `level` of a heading is 1 or more, else 0.

    `cells` are the cells of a table, row by row, each row as long as the others.  `header` is how
    many rows, from the first on, hold the names of the columns, as far as the file says so.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    cells: tuple[tuple[Span, ...], ...] = ()
    header: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, its blocks in reading order, and what the file says of itself.

    `pages` is where each page begins, in code points of `text`; empty where there are no pages.
    `stated` holds fields of `DocumentInfo` that stand in the file beside its text, such as the
    发文字号 of a web page's table.  `recognized` is True of text that was read from an image.
    """

    text: str
    blocks: Sequence[Block] = ()
    pages: Sequence[int] = ()
    stated: Mapping[str, str | date] = field(default_factory=dict)
    recognized: bool = False


class Reader(Protocol):
    """Bytes of one format to their text; raises a `ReadError` that says what was found."""

    def __call__(self, data: bytes, name: str) -> Reading:
        """Read a file; `name` is its name, for messages."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table before it is laid out: its words, and how many rows and columns it has."""

    words: str
    rows: int = 1
    columns: int = 1


class Layout:
    """Puts the parts of a file into one text and notes where each of them stands.

    >>> made = Layout()
    >>> made.paragraph("补贴标准如下：")
    >>> made.table([[Cell("项目"), Cell("金额")], [Cell("安装"), Cell("5元")]], header=1)
    >>> made.reading().text
    '补贴标准如下：\\n项目\\t金额\\n安装\\t5元\\n'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[int] = []

    def page(self) -> None:
        """What follows stands on the next page."""
        self._pages.append(self._length)

    def paragraph(
        self,
        words: str,
        kind: BlockKind = "paragraph",
        level: int = 0,
        turns: Sequence[int] = (),
    ) -> None:
        """A line; nothing is written for one without words.

        `turns` are the places in `words`, in code points, where a new page begins; words with
        turns have to be one line without outer white space already.
        """
        words = _one_line(words)
        self._pages += [self._length + min(turn, len(words)) for turn in turns]
        if words:
            self._blocks.append(Block(kind, self._write(words), level))
            self._parts.append("\n")
            self._length += 1

    def heading(self, words: str, level: int = 1) -> None:
        """A line that the file marks as a heading."""
        self.paragraph(words, "heading", level)

    def table(
        self, rows: Sequence[Sequence[Cell]], header: int = 0, turns: Sequence[int] = ()
    ) -> None:
        """A table; a row that is one cell is a line of its own, and the table goes on below it.

        `turns` are the numbers, from 0 on, of the rows with which a new page begins; a number past
        the last row is a page that begins behind the table.
        """
        part: list[tuple[int, list[Cell]]] = []
        for place, row in enumerate(_grid(rows)):
            if len({id(cell) for cell in row}) > 1:
                part.append((turns.count(place), row))
                continue
            self._rows(part, header)
            part, header = [], max(0, header - place - 1)
            self._pages += [self._length] * turns.count(place)
            self.paragraph(row[0].words)
        self._rows(part, header)
        self._pages += [self._length for turn in turns if turn >= len(rows)]

    def _rows(self, rows: Sequence[tuple[int, Sequence[Cell]]], header: int) -> None:
        start = self._length
        cells: list[tuple[Span, ...]] = []
        for turned, row in rows:
            self._pages += [self._length] * turned
            if any(_one_line(cell.words) for cell in row):
                cells.append(self._row(row))
        if cells:
            span = Span(start, self._length - 1)
            self._blocks.append(Block("table", span, cells=tuple(cells), header=header))

    def reading(
        self, stated: Mapping[str, str | date] | None = None, *, recognized: bool = False
    ) -> Reading:
        """All that was laid out."""
        return Reading(
            "".join(self._parts), tuple(self._blocks), tuple(self._pages), stated or {}, recognized
        )

    def _row(self, row: Sequence[Cell]) -> tuple[Span, ...]:
        found: list[Span] = []
        for place, cell in enumerate(row):
            if place:
                self._write("\t")
            found.append(self._write(_one_line(cell.words)))
        self._write("\n")
        return tuple(found)

    def _write(self, words: str) -> Span:
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return Span(start, self._length)


def _one_line(words: str) -> str:
    """Without line breaks and tabs, which mean lines and cells here, and outer white space."""
    if "\n" in words or "\t" in words or "\r" in words:
        words = " ".join(words.split())
    return words.strip()


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The cells at each place of a table, a spanning one at all its places; rows equally long."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x in grid[y]:
                x += 1
            for below in range(y, min(len(rows), y + max(1, cell.rows))):
                for beside in range(x, x + max(1, cell.columns)):
                    grid[below].setdefault(beside, cell)
            x += max(1, cell.columns)
    width = max((max(row) + 1 for row in grid if row), default=0)
    return [[row.get(x) or Cell("") for x in range(width)] for row in grid]
