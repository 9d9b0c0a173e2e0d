"""The cells of an .xlsx, by a library in Rust; what it would load is added up first."""

from collections.abc import Iterator
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from ingest.errors import DamagedFileError
from ingest.readers.archive import Archive
from ingest.readers.excel.formats import displayed
from ingest.readers.excel.layout import Placed, Sheet
from ingest.readers.excel.survey import Formats, survey

_PANIC = "PanicException"
"""The name of what the library raises where its own code fails; the class can't be imported."""


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets that are shown; raises `DamagedFileError` or `TooLargeError`."""
    archive = Archive(data, name)
    archive.check()
    formats = survey(archive)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return [
                Sheet(
                    one.name,
                    list(_cells(book.get_sheet_by_name(one.name), formats.get(one.name, {}))),
                )
                for one in book.sheets_metadata
                if one.visible == SheetVisibleEnum.Visible
            ]
    except PasswordError as exc:
        raise DamagedFileError(
            f"{name}是加密的Excel表格", "没有加密的文件", "去掉密码后再添加"
        ) from exc
    except (CalamineError, OSError, ValueError) as exc:
        raise _damaged(name, exc) from exc
    except BaseException as exc:
        if type(exc).__name__ != _PANIC:
            raise
        raise _damaged(name, exc) from exc


def _damaged(name: str, cause: BaseException) -> DamagedFileError:
    return DamagedFileError(f"{name}是残缺的Excel表格({cause})", "完整的文件", "重新下载后再添加")


def _cells(sheet: CalamineSheet, formats: Formats) -> Iterator[Placed]:
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
            yield Placed(
                words.strip(), row, column, min(bottom + 1, len(values)), min(right + 1, width)
            )
