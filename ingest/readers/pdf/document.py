"""PDF: text by PDFium, ruled tables from the lines that are drawn, scanned pages by recognition.

A page is read in steps, each in a file of its own: characters and drawn lines (`pdf_page`), tables
(`pdf_tables`, `pdf_cells`), lines in reading order (`pdf_lines`, `pdf_columns`), what stands around
the text of each page (`page_furniture`), paragraphs (`pdf_paragraphs`).  A page that is a picture
is read by `recognition` if that is installed; else the file is refused, and never read in part.
"""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.errors import (
    DamagedFileError,
    EmptyDocumentError,
    ScannedDocumentError,
    TooLargeError,
)
from ingest.readers.base import Reading
from ingest.readers.pdf import recognition
from ingest.readers.pdf.columns import in_order
from ingest.readers.pdf.page import Page, read_page
from ingest.readers.pdf.sheets import Sheet, laid_out, ruled_tables
from ingest.readers.pdf.streams import refuse_bombs, refuse_cut, refuse_multiplied

MAX_PAGES = 3000
"""Longer documents are refused; the longest yearbook seen has 1,100 pages."""

MAX_TEXT = 20_000_000
"""Most characters of a document."""

FEW = 8
"""A page with fewer characters has no text of its own: a page number stamped on a scan."""

PICTURED = 0.3
"""A page without text whose picture covers this part of it is a scan."""

OUTLINED = 150
"""A page without text that draws so many shapes has its letters as shapes."""

UNMAPPED = 0.3
"""From this share of characters without a meaning on the text of a page can't be used."""

_PDFIUM = Lock()
"""PDFium may be called by one thread at a time."""


def read(data: bytes, name: str) -> Reading:
    """The text of a PDF: paragraphs and tables whole over page breaks, page furniture left out.

    Raises `DamagedFileError`, `TooLargeError`, `ScannedDocumentError` or `EmptyDocumentError`.
    """
    refuse_cut(data, name)
    refuse_bombs(data, name)
    refuse_multiplied(data, name)
    with _PDFIUM:
        sheets = _sheets(data, name)
    layout = laid_out(sheets)
    reading = layout.reading(recognized=any(sheet.seen for sheet in sheets))
    if not reading.text.strip():
        raise EmptyDocumentError(
            f"{name}的{len(sheets)}页都没有文字", "有正文的文件", "检查文件内容"
        )
    return reading


def _sheets(data: bytes, name: str) -> list[Sheet]:
    document = _opened(data, name)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooLargeError(f"{name}有{count}页", f"不超过{MAX_PAGES}页", "拆分后再添加")
        if not count:
            raise DamagedFileError(f"{name}一页也没有", "完整的PDF", "重新下载后再添加")
        found: list[Sheet] = []
        pictures: list[Page] = []
        length = 0
        for number in range(count):
            page = _page(document, number, name)
            length += len(page.characters)
            if length > MAX_TEXT:
                raise TooLargeError(
                    f"{name}前{number + 1}页就有{length}字", f"不超过{MAX_TEXT}字", "拆分后再添加"
                )
            if _is_picture(page):
                pictures.append(page)
                found.append(Sheet(page.height, (), (), seen=True))
            else:
                found.append(_sheet(page))
        if pictures:
            _refuse_unseen(pictures, count, name)
        for page in pictures:
            read_off = tuple(recognition.characters(document, page, name))
            found[page.number] = _sheet(replace(page, characters=read_off), seen=True)
        return found
    finally:
        document.close()


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        if exc.err_code == raw.FPDF_ERR_PASSWORD:
            raise DamagedFileError(
                f"{name}加了密码", "不用密码就能打开的PDF", "去掉密码后再添加"
            ) from exc
        raise DamagedFileError(
            f"{name}是残缺的PDF({exc})", "完整的PDF", "重新下载后再添加"
        ) from exc


def _page(document: pdfium.PdfDocument, number: int, name: str) -> Page:
    try:
        return read_page(document, number, name)
    except pdfium.PdfiumError as exc:
        raise DamagedFileError(
            f"{name}的第{number + 1}页读不出来({exc})", "完整的PDF", "重新下载后再添加"
        ) from exc


def _is_picture(page: Page) -> bool:
    """Whether a page can only be read by looking at it."""
    if page.unmapped >= UNMAPPED and len(page.characters) >= FEW:
        return True
    if sum(not one.text.isspace() for one in page.characters) >= FEW:
        return False
    return page.shapes.pictured >= PICTURED or page.shapes.paths >= OUTLINED


def _refuse_unseen(pictures: Sequence[Page], count: int, name: str) -> None:
    """Raises `ScannedDocumentError` if no recognition is installed; a part is never left out."""
    if recognition.installed():
        return
    numbers = [page.number for page in pictures]
    which = f"第{_ranges(numbers)}页" if len(numbers) < count else f"全部{count}页"
    coded = all(page.unmapped >= UNMAPPED for page in pictures)
    what = "的字体没有注明文字，读出来是乱码" if coded else "是扫描件，没有文字层"
    raise ScannedDocumentError(
        f"{name}{which}{what}",
        "有文字层的PDF",
        "安装可选组件ocr(pip install 'wence[ocr]')，或换文字版再添加",
    )


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers from 0 on as people write them, from 1 on: 1、3-5."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(
        f"{part[0] + 1}" if len(part) == 1 else f"{part[0] + 1}-{part[-1] + 1}" for part in parts
    )


def _sheet(page: Page, seen: bool = False) -> Sheet:
    tables, outside = ruled_tables(page.characters, page.shapes.rules, page.number)
    lines = in_order(outside, page.number, page.width)
    return Sheet(page.height, tuple(lines), tuple(tables), seen)
