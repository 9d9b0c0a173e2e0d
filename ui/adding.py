"""`wence add`: a line for each document that became durable, then what became of the rest."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.outcome_lines import outcome_lines, reason_line, summary_line
from ui.render import printable
from ui.writing import patience

if TYPE_CHECKING:
    from qa.service.outcomes import FileOutcome

_SHOWN = 40
"""So many characters of a file's name stand beside the bar."""


def add(options: argparse.Namespace) -> int:
    """Add or replace documents; 1 if some files could not be read."""
    from qa.service.library import Library
    from qa.service.settings import load_settings

    def rebuilt(done: int, of: int) -> None:
        print(f"\r重建索引 {done}/{of} 段", end="\n" if done == of else "", file=sys.stderr)

    settings = load_settings()
    paths = [_location(path) for path in options.paths]
    single = len(paths) == 1 and not (isinstance(paths[0], Path) and paths[0].is_dir())
    waiting = patience(options, settings)
    with (
        Library.open(settings, create=True, progress=rebuilt, patience=waiting) as library,
        closing(_Account(quiet=options.quiet, silent=options.json, single=single)) as account,
    ):
        try:
            outcomes = library.add(
                paths, progress=account.progress, acknowledged=account.acknowledged
            )
        finally:  # whatever came: this much is durable
            account.close()
            if options.json:
                print(json.dumps(_json(account.outcomes), ensure_ascii=False, indent=2))
            elif account.outcomes and not single:
                _summarize(account.outcomes)
    return int(any(one.change == "failed" for one in outcomes))


class _Account:
    """Shows the files as they are done, and keeps what became of them."""

    def __init__(self, *, quiet: bool, silent: bool, single: bool) -> None:
        from tqdm import tqdm

        self.outcomes: list[FileOutcome] = []
        self._silent = silent
        self._lines = {"added", "replaced", *(("unchanged", "duplicate") if single else ())}
        self._bar = tqdm(disable=quiet or None, unit="份", leave=False, dynamic_ncols=True)

    def progress(self, done: int, of: int, name: str) -> None:
        """Move the bar."""
        self._bar.total = of
        self._bar.set_postfix_str(printable(name)[-_SHOWN:], refresh=False)
        self._bar.update(done - self._bar.n)

    def acknowledged(self, outcomes: Sequence["FileOutcome"]) -> None:
        """A line for each document, above the bar; the summary tells the others."""
        self.outcomes += outcomes
        for one in outcomes if not self._silent else ():
            if one.change in self._lines:
                for line in outcome_lines(one):
                    self._bar.write(line)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()


def _location(text: str) -> Path | str:
    """A path; an address (http://…) stays text for the library to judge."""
    return text if "://" in text else Path(text)


def _summarize(outcomes: Sequence["FileOutcome"]) -> None:
    print(summary_line(Counter(one.change for one in outcomes)))
    for change in ("duplicate", "skipped", "failed"):
        for one in outcomes:
            if one.change == change:
                print(reason_line(one))


def _json(outcomes: Sequence["FileOutcome"]) -> dict[str, Any]:
    """Counts, and each file with its reason and its notes."""
    counts = Counter(one.change for one in outcomes)
    files = [
        {
            "file": one.file,
            "change": one.change,
            "document_id": one.document_id,
            "title": one.title,
            "passages": one.passages,
            "code": "" if one.error is None else one.error.code,
            "reason": "" if one.error is None else str(one.error),
            "notes": [
                {"relation": n.relation, "document_id": n.document_id, "title": n.title}
                for n in one.notes
            ],
        }
        for one in outcomes
    ]
    return {"counts": counts, "files": files}
