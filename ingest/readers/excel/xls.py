"""The cells of an .xls, by a library in Python.

The one that reads .xlsx can read .xls too and is faster; but a damaged file can make it ask for
more memory than there is, which ends the whole process, and it tells no number formats.
"""

import os
import struct
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlrd
import xlrd.compdoc

from ingest.errors import DamagedFileError, TooLargeError
from ingest.readers.excel.formats import Value, displayed
from ingest.readers.excel.layout import Placed, Sheet
from ingest.readers.excel.survey import MAX_CELLS

_BROKEN = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, ArithmeticError, AttributeError,
    LookupError, MemoryError, RecursionError, TypeError, ValueError, struct.error,
)  # fmt: skip
"""What the library raises on damaged files, which it reads without checking much."""


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets that are shown; raises `DamagedFileError` or `TooLargeError`."""
    try:
        with Path(os.devnull).open("w") as unread:
            book = xlrd.open_workbook(
                file_contents=data,
                formatting_info=True,
                ragged_rows=True,
                logfile=unread,
                ignore_workbook_corruption=True,  # a table of sectors that some writers get wrong
            )
            count = sum(len(row) for sheet in book.sheets() for row in sheet.get_rows())
            if count > MAX_CELLS:
                raise TooLargeError(
                    f"{name}有{count}个单元格", f"不超过{MAX_CELLS}个单元格的表格", "拆分后再添加"
                )
            return [
                Sheet(sheet.name, list(_cells(book, sheet)))
                for sheet in book.sheets()
                if not sheet.visibility
            ]
    except _BROKEN as exc:
        if "encrypted" in str(exc):
            raise DamagedFileError(
                f"{name}是加密的Excel表格", "没有加密的文件", "去掉密码后再添加"
            ) from exc
        raise DamagedFileError(
            f"{name}是残缺的Excel表格({type(exc).__name__}: {exc})",
            "完整的文件",
            "重新下载后再添加",
        ) from exc


def _cells(book: Any, sheet: Any) -> Iterator[Placed]:
    """The cells with words, row by row."""
    merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
    for row, line in enumerate(sheet.get_rows()):
        for column, cell in enumerate(line):
            words = displayed(_value(book, cell), _code(book, cell)).strip()
            if not words:
                continue
            bottom, right = merged.get((row, column), (row + 1, column + 1))
            yield Placed(
                words, row, column,
                max(row + 1, min(bottom, sheet.nrows)), max(column + 1, min(right, sheet.ncols)),
            )  # fmt: skip


def _value(book: Any, cell: Any) -> Value:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return float(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            found: datetime = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return float(cell.value)
        return time(found.hour, found.minute, found.second) if 0 <= cell.value < 1 else found
    return ""  # empty, or an error such as #N/A


def _code(book: Any, cell: Any) -> str:
    if cell.ctype != xlrd.XL_CELL_NUMBER or cell.xf_index is None:
        return ""
    form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return str(form.format_str) if form is not None else ""
