"""Blocks of lines that stand between the clauses: a printed table of contents, a signature."""

from ingest.characters import without_spaces
from ingest.lines import Line
from ingest.numbering import mark_at
from ingest.numbers.printed_dates import FULL_DATE
from ingest.patterns import pattern

_DATE_LINE = pattern(FULL_DATE)
_PROSE = pattern("[。；;：:，,！？、]")
MAX_SIGNATURE = 40
"""Longest line, in code points, that may name an issuer above the date."""


def signatures(content: list[Line], text: str) -> dict[int, int]:
    """First line → last line of each block of issuer lines closed by a line with only a date."""
    found = {}
    for i, line in enumerate(content):
        if not _DATE_LINE.fullmatch(line.span.of(text)):
            continue
        first = i
        while first > 0 and first > i - 4:
            above = content[first - 1].span
            words = above.of(text)
            if len(above) > MAX_SIGNATURE or _PROSE.search(words):
                break
            if mark_at(text, above.start, above.end, titled=True):
                break
            first -= 1
        if first < i:
            found[first] = i
    return found


def without_contents(content: list[Line], text: str) -> list[Line]:
    """The lines without a printed table of contents (目录), whose entries look like headings."""
    for i, line in enumerate(content):
        if text[line.span.start] != "目":
            continue  # most lines; a line begins with no space
        if without_spaces(line.span.of(text)) not in ("目录", "目次"):
            continue
        entries = content[i + 1 :]
        if not entries:
            return content
        first = without_spaces(entries[0].span.of(text))[:12]
        for j, later in enumerate(entries[1:], start=1):
            if without_spaces(later.span.of(text))[:12] == first:
                return content[:i] + entries[j:]
        return content
    return content
