"""Printed lines to paragraphs, also over the end of a page.

A paragraph ends where its last line leaves room for what comes next, where the next line is
indented or stands further below, is of another size, or opens with a numbering mark.  A title that
is centred over two lines is one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import CLOSERS, OPENERS
from ingest.numbering import mark_at
from ingest.patterns import pattern
from ingest.readers.pdf.joining import joined
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.margins import DEEPEST, INDENT, Edges, Print
from ingest.readers.pdf.wide import is_wide

OTHER_SIZE = 0.12
"""A line whose size differs by more than this part is no part of the same paragraph."""

OTHER_SIZE_SEEN = 0.4
"""The same for text read from a picture, whose sizes are estimates."""

FURTHER = 1.25
"""So many usual distances below, a line begins something new."""

FARTHEST = 3.5
"""So does one so many ems below, whatever is usual."""

TITLE = 1.12
"""A centred line of so many times the usual size is a title."""

OPEN_ROOM = 0.3
"""A line that ends within a sentence may leave this part of the width empty."""

_CLOSED = pattern(r"[。；;：:！？!?…]”?$|[。！？]）$")
_LABEL = pattern(r"[（(【\[].*[）)】\]]|.{0,12}[〔\[［]\d{4}[〕\]］].{1,8}号")
_DATE = pattern("(?:[0-9０-９]{4}|[〇○零一二三四五六七八九ＯO]{4})年.{1,3}月.{1,3}日")
_NAMED = pattern(
    "(?:通知|办法|规定|条例|细则|方案|计划|规划|要点|意见|决定|公告|通告|的函|批复)(?:[（(].*[）)])?$"
)
_OPEN = pattern("[、，,（(《“]$")
_BULLET = pattern(r"[•·●○◆◇■□▪▶➢—－-]\s*")
_HANGS = pattern(r"[•·●○◆◇■□▪▶➢—－-]\s*|\S{1,5}[：:]|[①-⑳]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, and where in it, in code points, a new page begins.

    `page` is the page that it begins on; `size` its size in points; `title` of a centred line or
    several that are larger than the text.
    """

    words: str
    turns: tuple[int, ...]
    page: int
    size: float
    title: bool


def paragraphs(lines: Sequence[Line], setting: Print, seen: bool = False) -> list[Paragraph]:
    """The paragraphs of lines in reading order; `seen` of lines that were read from a picture."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, setting, seen):
            found[-1].append(line)
        else:
            found.append([line])
    return [_paragraph(held, setting) for held in found]


def _paragraph(held: Sequence[Line], setting: Print) -> Paragraph:
    words, turns, page = "", [], held[0].page
    for line in held:
        before = words
        words = joined(words, line.text)
        while page < line.page:
            turns.append(len(words) - len(line.text) if before else 0)
            page += 1
    title = _centred(held[0], setting) and held[0].size >= TITLE * setting.body
    return Paragraph(words, tuple(turns), held[0].page, held[0].size, title)


def _goes_on(held: Sequence[Line], line: Line, setting: Print, seen: bool) -> bool:
    last = held[-1]
    if abs(line.size / last.size - 1) > (OTHER_SIZE_SEEN if seen else OTHER_SIZE):
        return False
    if line.page - last.page > 1:
        return False
    if (line.page, line.column) == (last.page, last.column):
        pitch = setting.pitch.get(round(last.size), 2.2 * last.size)
        if line.baseline - last.baseline > min(
            FURTHER * max(pitch, last.size), FARTHEST * last.size
        ):
            return False
    if _DATE.fullmatch(re.sub(r"\s", "", line.text)):
        return False
    if _centred(last, setting) and _centred(line, setting):
        return _one_title(last, line, setting)
    edges = setting.edges[last.page, last.column]
    room = edges.right - last.right
    if room > _needs(line) and not (
        _OPEN.search(last.text) and room < OPEN_ROOM * (edges.right - edges.left)
    ):
        return False
    return _aligned(held, line, setting)


def _aligned(held: Sequence[Line], line: Line, setting: Print) -> bool:
    """Whether a line begins where the next line of a paragraph does."""
    last = held[-1]
    here = _indent(line, setting)
    there = _indent(last, setting)
    mark = mark_at(line.text, 0, len(line.text))
    if len(held) > 1:
        return abs(here - there) <= INDENT and not (mark and there > INDENT and _closed(last))
    if here > there + INDENT:  # a hanging indent: the text goes on under the text
        opens = mark_at(last.text, 0, len(last.text)) or _HANGS.match(last.text)
        return opens is not None and mark is None and here - there < DEEPEST
    if here < there - INDENT:
        return (here <= INDENT and there <= DEEPEST) or (mark is None and there - here <= DEEPEST)
    if setting.indented and there > INDENT:
        return mark is None and not _closed(last)
    if mark is None:
        return not (_closed(last) and _BULLET.match(line.text))
    if setting.indented and here <= INDENT:
        return True  # a paragraph would be indented: what looks like a mark is a reference
    spaced = line.text[mark.end : mark.end + 1] in (" ", "\u3000")
    return not _closed(last) and mark.kind.statutory and not spaced


def _one_title(last: Line, line: Line, setting: Print) -> bool:
    """Whether two centred lines are one title."""
    if mark_at(line.text, 0, len(line.text)) or _LABEL.fullmatch(line.text):
        return False
    if _LABEL.fullmatch(last.text) or last.bold != line.bold:
        return False
    whole = last.text.count("《") == last.text.count("》")
    if whole and _NAMED.search(last.text):
        return False
    if last.size >= TITLE * setting.body:
        return not mark_at(last.text, 0, len(last.text)) or len(last.text) > len(line.text)
    return not whole or ("关于" in last.text and _NAMED.search(line.text) is not None)


def _centred(line: Line, setting: Print) -> bool:
    """Whether a line stands in the middle, with room at both sides unless it is a large title."""
    edges: Edges = setting.edges[line.page, line.column]
    left, right = line.left - edges.left, edges.right - line.right
    room = -line.size if line.size >= TITLE * setting.body else 1.2 * line.size
    return left > room and right > room and abs(left - right) < 1.5 * line.size


def _indent(line: Line, setting: Print) -> float:
    """In ems from the edge of the text."""
    return (line.left - setting.edges[line.page, line.column].left) / line.size


def _needs(line: Line) -> float:
    """The room in points that the first word of a line takes: what can't be parted from it too."""
    text = line.text
    end = 1
    while end < len(text) and text[end - 1] in OPENERS:
        end += 1
    if not is_wide(text[end - 1]):
        while end < len(text) and not is_wide(text[end]) and text[end] != " ":
            end += 1
    while end < len(text) and (text[end] in CLOSERS or text[end] in "，。；：、！？,.;:%％"):
        end += 1
    ems = sum(1.0 if is_wide(c) else 0.55 for c in text[:end])
    return (ems + 0.6) * line.size


def _closed(line: Line) -> bool:
    return _CLOSED.search(line.text) is not None
