"""Which lines open annexes: 附件1, 附表二：任务分工表, 附录A 检查表.

The same words stand in two places: above an annex, and in the list of annexes at the end of a
notice, over its signature.  A line of that list opens nothing, but ends the clause before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import SPACE
from ingest.lines import Line
from ingest.numbering import ATTACHMENT, Mark
from ingest.numbers.printed_dates import FULL_DATE
from ingest.patterns import pattern

MAX_TITLE = 45
"""Longest line, in code points, that may be the title of an annex or an entry of the list."""

MAX_LISTED = 15
"""So many lines a list of annexes and the signature below it have at most."""

_FILE = pattern(r"\.(?:pdf|docx?|xlsx?|zip|rar|ofd|wps|jpe?g|png)$", re.IGNORECASE)
_ENTRY = pattern(r"\d{1,2}[.．、]")
_DATE_LINE = pattern(FULL_DATE)
_STOPS = pattern("[。；;：:，,？！|\t]")


@dataclass(frozen=True, slots=True)
class Annexes:
    """Numbers of lines: `titles` from the line that opens an annex to the line with its title.

    These may be the same.  `listed` are the lines that only name an annex, over the signature.
    """

    titles: dict[int, int]
    listed: frozenset[int]


def annexes(text: str, content: Sequence[Line], marks: Sequence[Mark | None]) -> Annexes:
    """The annexes of a text whose lines have these marks."""
    named = {i: m for i, m in enumerate(marks) if m is not None and m.kind is ATTACHMENT}
    found, listed = {}, set()
    latest = {mark.label: i for i, mark in named.items()}
    for i, mark in named.items():
        title = text[mark.end : content[i].span.end].strip(SPACE)
        if not title:
            found[i] = i + _is_title(text, content, marks, i + 1)
        elif _is_listed(text, content, marks, i):
            listed.add(i)
        elif (
            latest[mark.label] == i
            and i + 1 < len(content)
            and i + 1 not in named
            and not (_ENTRY.match(title) or _FILE.search(title))
        ):
            found[i] = i
    return Annexes(found, frozenset(listed))


def _is_listed(text: str, content: Sequence[Line], marks: Sequence[Mark | None], i: int) -> bool:
    """Whether nothing but entries and an issuer stand between line `i` and a line with a date."""
    for j in range(i + 1, min(i + MAX_LISTED, len(content))):
        line = content[j].span
        if _DATE_LINE.fullmatch(line.of(text)):
            return True
        mark = marks[j]
        words = line.of(text) if mark is None else text[mark.end : line.end]
        if len(words) > MAX_TITLE or _STOPS.search(words.rstrip("；;。")):
            return False
    return False


def _is_title(text: str, content: Sequence[Line], marks: Sequence[Mark | None], i: int) -> bool:
    """Whether line `i`, below a line with only 附件1, is the annex's title with text below."""
    if i + 1 >= len(content) or marks[i] is not None:
        return False
    words = content[i].span.of(text)
    return len(words) <= MAX_TITLE and not (_STOPS.search(words) or _ENTRY.match(words))
