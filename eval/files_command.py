"""`wence eval --files SHARED`: real files against their hand-made sheets, field by field.

A web page is measured besides: how much of its document is kept, and how much is foreign.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from eval.bench_figures import aligned
from eval.file_pages import PageShare, page_share
from eval.file_rules import RULES, Check, checks
from eval.file_sheets import Sheet, file_of, read_sheets
from eval.many_figures import Share
from ingest.errors import ReadError
from ingest.parse import parse_bytes

READABLE = "readable"
"""The field of every sheet; the others are asked only of files that can be read."""

_SHOWN = 3  # lines of a page that are shown as lost or foreign


def run_files(arguments: argparse.Namespace) -> int:
    """Read each file, print the share of each field that is right; the exit status."""
    sheets = read_sheets()
    found: list[Check] = []
    pages: dict[str, PageShare] = {}
    for sheet in sheets:
        data = file_of(sheet, arguments.files)
        made, text = checked(sheet, data)
        found += made
        if text is not None:
            pages[sheet.file] = page_share(data, text)
    shares = by_field(found)
    if arguments.json:
        print(json.dumps(_as_json(len(sheets), shares, pages), ensure_ascii=False))
        return 0
    rows = [["项", "对", "共", "比例"]]
    rows += [[field, str(one.met), str(one.of), str(one)] for field, one in shares.items()]
    print(f"{len(sheets)} 份真实文件对照人工标注\n")
    print(aligned(rows, left=1))
    print(f"\n{_pages_line(pages)}")
    if arguments.failures:
        print("\n".join(failure_lines(found)))
    return 0


def checked(sheet: Sheet, data: bytes) -> tuple[list[Check], str | None]:
    """What a sheet asks of its file, and the text if that is a web page, for `page_share`."""
    try:
        parsed = parse_bytes(data, PurePath(sheet.file).name)
    except ReadError as error:
        return [Check(sheet.file, READABLE, not sheet.readable, _wanted(sheet), error.code)], None
    info = parsed.document.info
    # A scan is refused, or read from its pictures where recognition is installed.
    right = sheet.readable or info.recognized
    made = [Check(sheet.file, READABLE, right, _wanted(sheet), "读了")]
    if sheet.readable:
        made += checks(sheet, parsed)
    return made, parsed.document.text if info.media_type == "text/html" else None


def by_field(found: Sequence[Check]) -> dict[str, Share]:
    """The share of each field that is right, in the order of the sheets."""
    return {
        field: Share(sum(one.met for one in some), len(some))
        for field in (READABLE, *RULES)
        if (some := [one for one in found if one.field == field])
    }


def failure_lines(found: Sequence[Check]) -> list[str]:
    """Three lines for each thing that is not as the sheet has it."""
    lines: list[str] = []
    for one in found:
        if not one.met:
            lines += [
                f"✗ {one.file} {one.field}",
                f"    应为 {one.expected}",
                f"    读成 {one.found}",
            ]
    return lines


def _wanted(sheet: Sheet) -> str:
    return "能读" if sheet.readable else "不能读"


def _pages_line(pages: dict[str, PageShare]) -> str:
    if not pages:
        return "没有网页。"
    kept = min(page.kept for page in pages.values())
    foreign = max(page.foreign for page in pages.values())
    lines = [f"{len(pages)} 个网页：正文至少保留 {kept:.2%}，混入的文字至多 {foreign:.2%}。"]
    for file, page in pages.items():
        for name, some in (("缺", page.lost), ("多", page.strange)):
            lines += [f"  {file} {name}：{line}" for line in some[:_SHOWN]]
    return "\n".join(lines)


def _as_json(files: int, shares: dict[str, Share], pages: dict[str, PageShare]) -> dict[str, Any]:
    return {
        "files": files,
        "fields": {
            field: {"met": one.met, "of": one.of, "value": one.value}
            for field, one in shares.items()
        },
        "pages": {
            file: {"kept": page.kept, "foreign": page.foreign} for file, page in pages.items()
        },
    }
