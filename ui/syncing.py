"""The commands that bring documents from lists and addresses: `wence sync` and `wence update`.

Both print what became of each document as it happens and return 1 if any failed.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ui.render import printable

if TYPE_CHECKING:
    from qa.service.sync import Outcome

CHANGES: Mapping[str, str] = {
    "added": "已入库",
    "replaced": "已更新",
    "unchanged": "无变化",
    "declared": "未入库",
    "removed": "已撤下",
    "failed": "失败",
}
COUNTED: Mapping[str, str] = {
    "added": "新增",
    "replaced": "更新",
    "unchanged": "未变",
    "removed": "撤下",
    "failed": "失败",
}


def sync(options: argparse.Namespace) -> int:
    """Make the index agree with the lists of folders."""
    from qa.service.library import Library
    from qa.service.settings import load_settings
    from qa.service.sync import sync as run

    def rebuilt(done: int, of: int) -> None:
        print(f"\r重建索引 {done}/{of} 段", end="\n" if done == of else "", file=sys.stderr)

    settings = load_settings()
    folders = [Path(one) for one in options.folders] or [settings.corpus_dir]
    with Library.open(settings, create=True, progress=rebuilt) as library:
        return told(run(library, folders))


def update(options: argparse.Namespace) -> int:
    """Ask all documents that came from addresses anew."""
    from qa.service.library import Library
    from qa.service.settings import load_settings
    from qa.service.sync import update as run

    with Library.open(load_settings(), create=False) as library:
        return told(run(library, anew=options.full))


def told(outcomes: Iterable["Outcome"]) -> int:
    """Print what became of each document as it happens, then how many of each; 1 if any failed."""
    counts = dict.fromkeys(COUNTED, 0)
    for one in outcomes:
        print(synced_line(one.change, one.name, one.document_id, one.error), flush=True)
        if one.change in counts:
            counts[one.change] += 1
    print("，".join(f"{word} {counts[change]}" for change, word in COUNTED.items()))
    return 1 if counts["failed"] else 0


def synced_line(change: str, name: str, document_id: str, error: object = None) -> str:
    """One document of `wence sync` and `wence update`.

    >>> synced_line("removed", "工作要点", "plan"), synced_line("failed", "a.txt", "", "没有网页")
    ('已撤下 工作要点（plan）', '失败 a.txt：没有网页')
    """
    known = f"（{document_id}）" if document_id else ""
    reason = "" if error is None else f"：{error}"
    return printable(f"{CHANGES[change]} {name}{known}{reason}").replace("\n", " ")
