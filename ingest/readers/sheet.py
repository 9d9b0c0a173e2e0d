"""Spreadsheets (.xlsx, .xlsm, .xls, and .et of WPS): each sheet with words is a table.

A sheet's name is a heading, except where a file has nothing but one sheet called Sheet1.  Rows and
columns without words are left out; a merged cell stands in all rows and columns that it covers.
The lines above and below the table, which have words in one cell only, are paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from ingest.errors import DamagedFileError, EmptyDocumentError, TooLargeError
from ingest.readers.archive import Archive
from ingest.readers.base import Cell, Layout, Reading
from ingest.readers.grid import columns
from ingest.readers.sheet_formats import displayed
from ingest.readers.sheet_survey import MAX_CELLS, Formats, survey

MAX_HEADER = 3
"""Most rows of column names."""

MAX_NAME = 30
"""Longest name of a column, in code points."""

_UNNAMED = re.compile(r"(?i)^(?:sheet|工作表) ?\d*$")
_FIGURE = re.compile(r"[\d.,%\-:年月日 ]+")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with words and the rows and columns that it covers, as half-open ranges from 0."""

    words: str
    top: int
    left: int
    bottom: int
    right: int


def read(data: bytes, name: str) -> Reading:
    """The text of a spreadsheet; raises `ReadError` if it is damaged, too large or empty."""
    formats: dict[str, Formats] = {}
    if data.startswith(b"PK"):
        archive = Archive(data, name)
        archive.check()
        formats = survey(archive)
    layout = Layout()
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            shown = [
                one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible
            ]
            named = len(shown) > 1 or not all(map(_UNNAMED.match, shown))
            for title in shown:
                sheet = book.get_sheet_by_name(title)
                if sheet.height * sheet.width > MAX_CELLS:
                    raise TooLargeError(
                        f"{name}的工作表{title}有{sheet.height * sheet.width}个单元格",
                        f"不超过{MAX_CELLS}个单元格的表格",
                        "拆分后再添加",
                    )
                cells = list(_cells(sheet, formats.get(title, {})))
                if cells and named:
                    layout.heading(title)
                _lay_out(layout, cells)
    except PasswordError as exc:
        raise DamagedFileError(
            f"{name}是加密的Excel表格", "没有加密的文件", "去掉密码后再添加"
        ) from exc
    except (CalamineError, OSError, ValueError) as exc:
        raise DamagedFileError(
            f"{name}是残缺的Excel表格({exc})", "完整的文件", "重新下载后再添加"
        ) from exc
    reading = layout.reading()
    if not reading.text.strip():
        raise EmptyDocumentError(f"{name}的工作表里没有文字", "有文字的表格", "检查文件内容")
    return reading


def _cells(sheet: CalamineSheet, formats: Formats) -> Iterator[_Placed]:
    """The cells with words, row by row."""
    values = sheet.to_python(skip_empty_area=False)
    width = max(map(len, values), default=0)
    merged = dict(sheet.merged_cell_ranges or ())
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            words = displayed(value, formats.get((row, column), ""))
            if not words.strip():
                continue
            bottom, right = merged.get((row, column), (row, column))
            yield _Placed(
                words.strip(), row, column, min(bottom + 1, len(values)), min(right + 1, width)
            )


def _lay_out(layout: Layout, cells: Sequence[_Placed]) -> None:
    """A sheet: the lines above its table, the table, and the lines below it."""
    down = columns(
        ((one.top, one.bottom) for one in cells), max((c.bottom for c in cells), default=0)
    )
    lines: list[list[_Placed]] = [[] for _ in range(max(down.values()))]
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


def _paragraphs(layout: Layout, line: Sequence[_Placed]) -> None:
    for one in line:
        for part in one.words.splitlines():
            layout.paragraph(part)


def _table(layout: Layout, lines: Sequence[Sequence[_Placed]], down: dict[int, int]) -> None:
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
