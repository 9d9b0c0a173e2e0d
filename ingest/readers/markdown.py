"""Markdown: the text is kept as published; its headings, lists and tables are noted as blocks.

The marks (#, |, **) stay in the text, because what is quoted must be what was published.  Headings
underlined by === and tables written in HTML are plain text here.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.readers.base import Block, Reading
from ingest.readers.decoding import decode_text
from ingest.schema import Span

_LINE = re.compile(r"[^\n]+")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<words>\S.*)$")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def read(data: bytes, name: str) -> Reading:
    """The text of `data` in whatever encoding it is; see `decoding`."""
    text = decode_text(data, name)
    return Reading(text, tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if match[0].strip()]
    fence, at = "", 0
    while at < len(lines):
        line = lines[at]
        words = line.of(text)
        at += 1
        mark = _FENCE.match(words)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif fence or mark:
            continue
        elif found := _HEADING.match(words):
            yield Block("heading", _of(line, found), level=len(found[1]))
        elif at < len(lines) and _is_table(text, line, lines[at]):
            end = at + 1
            while end < len(lines) and _below(text, lines, end):
                end += 1
            yield _table(text, [line, *lines[at + 1 : end]])
            at = end
        elif found := _ITEM.match(words):
            yield Block("list", _of(line, found))
        else:
            yield Block("paragraph", line)


def _is_table(text: str, names: Span, rule: Span) -> bool:
    """Whether a line names columns: as many as the rule right below it has."""
    ruled = rule.of(text)
    return (
        rule.start == names.end + 1
        and "|" in names.of(text)
        and _RULE.match(ruled) is not None
        and len(_cells(text, names)) == len(_cells(text, rule))
    )


def _below(text: str, lines: list[Span], at: int) -> bool:
    """Whether a line goes on with the table above it: no empty line lies between them."""
    return lines[at].start == lines[at - 1].end + 1 and "|" in lines[at].of(text)


def _table(text: str, rows: list[Span]) -> Block:
    """Rows as long as the first: cells that are missing are empty, cells too many are left out."""
    cells = [_cells(text, row) for row in rows]
    width = len(cells[0])
    whole = tuple(
        (*row[:width], *(Span(row[-1].end, row[-1].end) for _ in range(width - len(row))))
        for row in cells
    )
    return Block("table", Span(rows[0].start, rows[-1].end), cells=whole, header=1)


def _cells(text: str, line: Span) -> tuple[Span, ...]:
    """The cells between the bars of a line, without the space around them."""
    words = line.of(text)
    begin = len(words) - len(words.lstrip())
    end = len(words.rstrip())
    begin += words.startswith("|", begin)
    end -= end > begin and words[end - 1] == "|" and words[end - 2 : end - 1] != "\\"
    edges = [begin - 1, *(m.start() for m in _BAR.finditer(words, begin, end)), end]
    return tuple(_trimmed(text, line.start + a + 1, line.start + b) for a, b in pairwise(edges))


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return Span(first, max(first, start + len(words.rstrip())))


def _of(line: Span, found: re.Match[str]) -> Span:
    return Span(line.start + found.start("words"), line.start + found.end("words"))
