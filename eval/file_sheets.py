"""Hand-made sheets of real files: what a reader must find in each, in `eval/gold/files`.

The files are not the project's to copy, so each is named by its path in the shared folder's
`samples` and read from there at every run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import GoldError
from eval.jsonl import require, rows, text, wrong

SHEETS = Path(__file__).parent / "gold" / "files" / "files.jsonl"
SAMPLES = "samples"
"""The folder below the shared one that the paths of the sheets begin in."""

WORDS = ("title", "number", "issuer", "first", "last")
DAYS = ("issued", "published", "effective")
_KEYS = ("file", "readable", *WORDS, *DAYS, "headings", "ranks", "duties", "figures", "cell")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table with words of its row and the name of its column, as printed."""

    row: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of one file; "" and empty where the file does not say it.

    `issuer` joins several with 、; days are ISO dates.  `ranks` counts clauses by the form of
    their number.  `duties` are unit, role and words of the duty, `figures` a printed number with
    its unit and words of what it counts.
    """

    file: str
    readable: bool
    title: str
    number: str
    issuer: str
    issued: str
    published: str
    effective: str
    headings: tuple[str, ...]
    ranks: Mapping[str, int]
    first: str
    last: str
    navigation: tuple[str, ...]
    duties: tuple[tuple[str, str, str], ...]
    figures: tuple[tuple[str, str], ...]
    cell: Cell | None


def read_sheets(path: Path = SHEETS) -> list[Sheet]:
    """The sheets of a file; `GoldError` for what is no sheet."""
    return [_sheet(row, where) for _, where, row in rows(path)]


def file_of(sheet: Sheet, shared: Path) -> bytes:
    """The bytes of the file that a sheet is about; `GoldError` where it is not there."""
    path = shared / SAMPLES / sheet.file
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoldError(
            f"读不了 {path}（{error.strerror}）", "标注所列的文件", "换用同一份共享文件夹"
        ) from error


def _sheet(row: dict[str, Any], where: str) -> Sheet:
    require(row, _KEYS, where)
    text(row, "file", where)
    for key in (*WORDS, *DAYS):
        if not isinstance(row[key], str):
            raise wrong(where, key, row[key], "字符串")
    duties = tuple(map(tuple, row["duties"]))
    figures = tuple(map(tuple, row["figures"]))
    if any(len(duty) != 3 for duty in duties):
        raise wrong(where, "duties", row["duties"], "[单位, 角色, 文字] 的数组")
    if any(len(figure) != 2 for figure in figures):
        raise wrong(where, "figures", row["figures"], "[数值, 文字] 的数组")
    return Sheet(
        file=row["file"],
        readable=bool(row["readable"]),
        **{key: row[key] for key in (*WORDS, *DAYS)},
        headings=tuple(row["headings"]),
        ranks=dict(row["ranks"]),
        navigation=tuple(row.get("navigation", ())),
        duties=duties,
        figures=figures,
        cell=Cell(**row["cell"]) if row["cell"] else None,
    )
