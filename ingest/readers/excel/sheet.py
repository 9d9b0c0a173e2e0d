"""Spreadsheets (.xlsx, .xlsm, .xls, and .et of WPS): each sheet with words is a table.

A sheet's name is a heading, except where a file has nothing but one sheet called Sheet1.  Rows and
columns without words are left out; a merged cell stands in all rows and columns that it covers.
The lines above and below the table, which have words in one cell only, are paragraphs; the
first title above a table is the document's.
"""

import re

from ingest.errors import EmptyDocumentError
from ingest.readers.base import Layout, Reading
from ingest.readers.excel import xls as sheet_xls
from ingest.readers.excel import xlsx as sheet_xlsx
from ingest.readers.excel.layout import lay_out

_UNNAMED = re.compile(r"(?i)^(?:sheet|工作表) ?\d*$")


def read(data: bytes, name: str) -> Reading:
    """The text of a spreadsheet; raises `ReadError` if it is damaged, too large or empty."""
    found = (sheet_xlsx if data.startswith(b"PK") else sheet_xls).sheets(data, name)
    named = len(found) > 1 or not all(_UNNAMED.match(sheet.name) for sheet in found)
    layout = Layout()
    titles: list[str] = []
    for sheet in found:
        if sheet.cells and named:
            layout.heading(sheet.name)
        title = lay_out(layout, sheet.cells)
        titles += [title] if title else []
    reading = layout.reading({"title": titles[0]} if titles else None)
    if not reading.text.strip():
        raise EmptyDocumentError(f"{name}的工作表里没有文字", "有文字的表格", "检查文件内容")
    return reading
