"""Sheets of facts written down by reading a document: what `wence eval --facts` compares with.

One JSON object a line is one document: its file below the folder of samples, `upto` (the words with
which the covered part ends; empty for all of it), and for each kind of fact a list of lines.  What
the keys of a line mean stands in eval/gold/facts/README.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import GoldError
from eval.jsonl import require, rows, wrong
from ingest.parse import parse_bytes
from ingest.schema import ParsedDocument

FACTS = Path(__file__).parent / "gold" / "facts"
"""The sheets of the project: seen.jsonl, and unseen.jsonl, of which only totals are printed."""

UNSEEN = "unseen"

Line = Mapping[str, str]
"""What one line of a sheet says, value by key."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "duties": ("who", "role", "at"),
    "figures": ("value", "unit", "of", "bound"),
    "dates": ("iso", "meaning"),
    "items": ("count", "first", "last"),
    "cells": ("row", "column", "value"),
    "definitions": ("term",),
    "contacts": ("what", "value"),
}
"""The lists of a sheet and the keys that every line of each has."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The facts of one document as a reader wrote them down, a list for each of `KINDS`."""

    file: str
    upto: str
    lines: Mapping[str, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the program reads it beside its sheet; `end` is where the sheet ends."""

    sheet: Sheet
    parsed: ParsedDocument
    end: int


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file.  Raises `GoldError` for a line that is no sheet."""
    found: list[Sheet] = []
    for _, where, row in rows(path):
        require(row, ("file", "upto", *KINDS), where)
        lines: dict[str, Sequence[Line]] = {}
        for kind, keys in KINDS.items():
            if not isinstance(row[kind], list):
                raise wrong(where, kind, row[kind], "数组")
            for line in row[kind]:
                require(line, keys, f"{where} 的 {kind}")
            lines[kind] = [{key: str(value) for key, value in one.items()} for one in row[kind]]
        found.append(Sheet(str(row["file"]), str(row["upto"]), lines))
    return found


def read_beside(sheet: Sheet, samples: Path) -> Reading:
    """The sheet's document, read from the folder of samples.  `GoldError` where it is not there."""
    path = samples / sheet.file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError(
            f"读不了 {path}（{error.strerror}）", "清单所列的文件", "检查共享文件夹"
        ) from error
    parsed = parse_bytes(data, path.name)
    text = parsed.document.text
    place = text.find(sheet.upto) if sheet.upto else len(text)
    if place < 0:
        raise GoldError(f"{sheet.file} 里没有 {sheet.upto!r}", "文中的一段原文", "改正 upto")
    return Reading(sheet, parsed, place + len(sheet.upto))
