"""Lines of a printed page to the paragraphs that were set in them.

A page knows where each line stands and nothing of paragraphs.  A line goes on in the next one if it
reaches the right edge of the text and the next begins at the left edge, close below and in the same
size; a line with gaps as between columns stands for itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.ofd.page import Run

SAME_LINE = 0.5
"""Baselines closer than this, in sizes of the type, are one line."""

COLUMN_GAP = 1.5
"""A gap wider than this, in sizes, parts columns; one wider than `WORD_GAP` is a space."""

WORD_GAP = 0.4
INDENT = 0.8
"""A line that begins so far right of the text's left edge, in sizes, begins a paragraph."""

SHORT = 2.0
"""A line that ends so far left of the right edge, in sizes, ends one: punctuation that may not
begin a line leaves a gap of one character."""

LEADING = 1.6
"""A line so many times the usual distance below the one above begins a paragraph."""

FARTHEST = 3.5
"""So does one so many sizes below it, whatever is usual."""

MARGIN = 0.12
"""Share of the page's height at its top and bottom where page numbers and running heads stand."""

_PAGE_NUMBER = re.compile(
    r"[-—－–·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/／共]\s*共?\d{1,4}\s*页?)?)[-—－–·\s]*"
)
_FIGURES = re.compile(r"\d+")
_LETTER = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, where its baseline stands, its ends, and the size of its type."""

    text: str
    y: float
    left: float
    right: float
    size: float
    columns: int


def lines(runs: Iterable[Run]) -> list[Line]:
    """The runs of a page put together to lines, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.y, one.x)):
        near = SAME_LINE * max(1.0, min(run.size, rows[-1][0].size)) if rows else 0.0
        if rows and run.y - rows[-1][0].y <= near:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(sorted(row, key=lambda one: one.x)) for row in rows]


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines without page numbers and without heads that most pages repeat."""
    seen: dict[str, int] = {}
    for page, height in zip(pages, heights, strict=True):
        for key in {_head(line) for line in page if _in_margin(line, height)}:
            seen[key] = seen.get(key, 0) + 1
    often = {key for key, count in seen.items() if count >= max(3, len(pages) // 2)}
    return [
        [
            line
            for line in page
            if not _in_margin(line, height)
            or not (_PAGE_NUMBER.fullmatch(line.text) or _head(line) in often)
        ]
        for page, height in zip(pages, heights, strict=True)
    ]


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[list[str]]:
    """The paragraphs that begin on each page; one that goes on over the page stays whole."""
    body = [line for page in pages for line in page if line.columns == 1]
    left = _usual_left(body)
    right = max((line.right for line in body), default=0.0)
    leading = _usual([b.y - a.y for page in pages for a, b in pairwise(page)])
    found: list[list[str]] = []
    above: Line | None = None
    at = 0
    for page in pages:
        found.append([])
        for place, line in enumerate(page):
            near = place == 0 or (
                above is not None
                and line.y - above.y < min(LEADING * leading, FARTHEST * max(1.0, line.size))
            )
            if above is not None and near and _goes_on(above, line, left, right):
                found[at][-1] = _joined(found[at][-1], line.text)
            else:
                at = len(found) - 1
                found[at].append(line.text)
            above = line
    return found


def _goes_on(above: Line, line: Line, left: float, right: float) -> bool:
    size = max(above.size, 1.0)
    return (
        above.columns == line.columns == 1
        and abs(above.size - line.size) < 0.15 * size
        and above.right > right - SHORT * size
        and abs(line.left - left) < INDENT * size
    )


def _line(row: Sequence[Run]) -> Line:
    text, columns, end = "", 1, row[0].x
    for run in row:
        size = max(1.0, run.size)
        gap = run.x - end if text else 0.0
        if gap > COLUMN_GAP * size:
            text, columns = text.rstrip() + "  ", columns + 1
        elif gap > WORD_GAP * size and not text.endswith((" ", "　")):
            text += " "
        text += run.text
        end = max(end, run.x + run.width)
    indent = len(text) - len(text.lstrip(" 　"))
    size = max(run.size for run in row)
    return Line(text.strip(), row[0].y, row[0].x + indent * size, end, size, columns)


def _usual_left(body: Sequence[Line]) -> float:
    """The left edge of the text: where most lines begin that don't begin a paragraph."""
    edges: dict[int, int] = {}
    for line in body:
        edges[round(line.left)] = edges.get(round(line.left), 0) + 1
    # a title or a short notice may have one line at the edge, and more of them indented
    common = [edge for edge, count in edges.items() if count >= max(1, len(body) // 20)]
    return float(min(common, default=0))


def _usual(distances: Sequence[float]) -> float:
    ordered = sorted(one for one in distances if one > 0)
    return ordered[len(ordered) // 2] if ordered else 1.0


def _joined(first: str, second: str) -> str:
    space = _LETTER.match(first[-1:]) and _LETTER.match(second[:1])
    return first + (" " if space else "") + second


def _in_margin(line: Line, height: float) -> bool:
    return line.y < MARGIN * height or line.y > (1 - MARGIN) * height


def _head(line: Line) -> str:
    return f"{_FIGURES.sub('0', line.text)}@{round(line.y)}"
