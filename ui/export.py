"""`wence export`: tasks, targets, documents, missing documents as CSV, an Excel sheet, JSON Lines.

One row a fact, with its place: half-open code points of the document's text.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from index.backend import SearchBackend
from index.missing import missing
from ingest.errors import WenceError
from ingest.schema import Fact
from ui.api_facts import Outlines

Row = dict[str, str | int | float]
Rows = Callable[[SearchBackend], Iterator[Row]]
FORMATS = ("csv", "xlsx", "jsonl")

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "tasks": {
        "document_id": "文件编号", "document": "文件", "number": "文号", "clause_path": "条款路径",
        "unit": "单位", "role": "角色", "quote": "原文", "start": "起", "end": "止",
    },
    "targets": {
        "document_id": "文件编号", "document": "文件", "number": "文号", "clause_path": "条款路径",
        "what": "指标", "bound": "比较", "value": "数值", "unit": "单位", "deadline": "期限",
        "quote": "原文", "start": "起", "end": "止",
    },
    "documents": {
        "document_id": "文件编号", "document": "文件", "number": "文号", "issuer": "发文机关",
        "level": "层级", "region": "地区", "status": "效力", "issued": "成文日期",
        "published": "发布日期", "effective": "施行日期", "repealed": "废止日期",
        "held": "已入库", "length": "字数", "source": "来源",
    },
    "missing": {
        "document": "文件", "number": "文号", "count": "提到次数", "by": "提到它的文件",
        "declared": "登记编号", "source": "来源",
    },
}  # fmt: skip
"""The columns of each table in order, with what the head of a sheet calls them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportError(WenceError):
    """The file that a table was to be written to can't be written."""

    code = "export_failed"


def tasks(index: SearchBackend) -> Iterator[Row]:
    """Each unit of each task, with the clause as printed."""
    outlines = Outlines(index)
    for fact in index.facts("duty"):
        clause = outlines.clause(fact.document_id, fact.clause)
        start, end = (
            (clause.span.start, clause.span.end) if clause else (fact.group.start, fact.group.end)
        )
        yield {
            **_place(outlines, fact),
            "unit": fact.who,
            "role": fact.role,
            "quote": outlines.text(fact.document_id)[start:end].strip(),
            "start": start,
            "end": end,
        }


def targets(index: SearchBackend) -> Iterator[Row]:
    """Each stated quantity, with its sentence."""
    outlines = Outlines(index)
    for fact in index.facts("figure"):
        value = "" if fact.value is None else float(fact.value)
        yield {
            **_place(outlines, fact),
            "what": fact.what,
            "bound": fact.bound,
            "value": int(value) if isinstance(value, float) and value.is_integer() else value,
            "unit": fact.measure,
            "deadline": fact.when,
            "quote": fact.group.of(outlines.text(fact.document_id)).strip(),
            "start": fact.group.start,
            "end": fact.group.end,
        }


def documents(index: SearchBackend) -> Iterator[Row]:
    """Each document, those not held included."""
    for info in index.documents():
        yield {
            "document_id": info.id, "document": info.title, "number": info.number,
            "issuer": info.issuer, "level": info.level, "region": info.region,
            "status": info.status, "issued": str(info.issued or ""),
            "published": str(info.published or ""), "effective": str(info.effective or ""),
            "repealed": str(info.repealed or ""), "held": int(info.held), "length": info.length,
            "source": info.source,
        }  # fmt: skip


def absent(index: SearchBackend) -> Iterator[Row]:
    """Each document that is named and not held."""
    for one in missing(index):
        titles = "；".join(index.info(document).title for document in one.by)
        yield {
            "document": one.title, "number": one.number, "count": one.count, "by": titles,
            "declared": one.declared, "source": one.source,
        }  # fmt: skip


TABLES: Mapping[str, Rows] = {
    "tasks": tasks,
    "targets": targets,
    "documents": documents,
    "missing": absent,
}


def export(index: SearchBackend, table: str, form: str, out: BinaryIO) -> int:
    """Write a table in one of `FORMATS`; how many rows it has."""
    rows = list(TABLES[table](index))
    columns = COLUMNS[table]
    if form == "jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        out.writelines(line.encode() for line in lines)
    elif form == "csv":
        out.write(_csv(columns, rows).encode("utf-8-sig"))  # the mark by which Excel knows UTF-8
    else:
        _sheet(table, columns, rows, out)
    return len(rows)


def write(index: SearchBackend, table: str, form: str, path: Path) -> int:
    """The same into a file; `ExportError` if it can't be written."""
    made = io.BytesIO()
    count = export(index, table, form, made)
    try:
        path.write_bytes(made.getvalue())
    except OSError as error:
        raise ExportError(f"写 {path} 失败（{error}）", "一个可写的文件", "换一个位置") from error
    return count


def safe(cell: str | int | float) -> str | int | float:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("-"), safe(-5), safe("甲区")
    ("'=1+1", "'-", -5, '甲区')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _csv(columns: Mapping[str, str], rows: Iterable[Row]) -> str:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(columns.values())
    writer.writerows([safe(row[name]) for name in columns] for row in rows)
    return made.getvalue()


def _sheet(table: str, columns: Mapping[str, str], rows: Iterable[Row], out: BinaryIO) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(table)
    sheet.append(list(columns.values()))
    for row in rows:
        cells = [safe(row[name]) for name in columns]
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", c) if isinstance(c, str) else c for c in cells])
    book.save(out)


def _place(outlines: Outlines, fact: Fact) -> Row:
    info = outlines.info(fact.document_id)
    clause = outlines.clause(fact.document_id, fact.clause)
    return {
        "document_id": info.id,
        "document": info.title,
        "number": info.number,
        "clause_path": clause.path if clause else "",
    }
