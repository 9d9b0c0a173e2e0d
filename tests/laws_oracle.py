"""The headings of a statute in Markdown by the plainest rule there is, beside its outline.

Nothing of the product reads for it: a line that begins, behind Markdown's marks and spaces, with
第X条, 第X章, 第X节, 第X编 or 第X分编 is a heading.  What it gets wrong is listed in `EXPLAINED`.
"""

import lzma
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from json import loads
from pathlib import Path

from ingest.schema import Clause

LAWS = Path(__file__).parent.parent.parent / "shared/bench/laws/documents.jsonl.xz"

KINDS = ("条", "章", "节", "编", "分编")

EXPLAINED = {
    "articles inside a line, whose line breaks were lost": ("飞行基本规则(2007-10-18)", 112),
    "a section, its articles and a sentence about it, quoted": ("宪法修正案（2018年）", 7),
    "the title of a decision, broken before 第三十一条": ("文物保护法(2017-11-04)", 1),
}
"""Why the rule and the outline differ: in which law, and in how many headings."""

_HEADING = re.compile(r"第([^条章节编分\n]{1,12})(条|章|节|编|分编)(之[一二三四五六七八九十]+)?")
_DIGITS = dict(zip("零〇一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, order=True)
class Heading:
    """A heading: where 第 stands, its kind, its number and that of an insertion (之一: 1)."""

    start: int
    kind: str
    number: int
    inserted: int = 0


@cache
def laws() -> dict[str, str]:
    """The texts of the laws by their paths."""
    with lzma.open(LAWS, "rt", encoding="utf-8") as stream:
        rows = [loads(row) for row in stream]
    return {row["path"]: row["text"] for row in rows}


def headings(text: str) -> list[Heading]:
    """The headings of a statute, line by line."""
    found, place = [], 0
    for row in text.split("\n"):
        line = row.lstrip("#* \t\u3000\u2002\xa0")
        start = place + len(row) - len(line)
        place += len(row) + 1
        if (match := _HEADING.match(line)) and (number := _number(match[1])):
            inserted = _number(match[3][1:]) if match[3] else 0
            found.append(Heading(start, match[2], number, inserted))
    return found


def differences(text: str, clauses: Sequence[Clause]) -> set[Heading]:
    """The headings that only one of the rule and an outline has, by place, kind and number."""
    printed = Counter(headings(text))
    outlined = Counter(
        Heading(clause.span.start, *_labelled(clause.label))
        for clause in clauses
        if clause.kind in KINDS
    )
    return set((printed - outlined) + (outlined - printed))


def explained(path: str) -> int:
    """In how many headings the rule and the outline of a law may differ."""
    return sum(number for law, number in EXPLAINED.values() if law in path)


def disordered(found: list[Heading]) -> int:
    """How many articles do not stand behind a lower number."""
    articles = [(h.number, h.inserted) for h in found if h.kind == "条"]
    return sum(later <= earlier for earlier, later in pairwise(articles))


def _labelled(label: str) -> tuple[str, int, int]:
    """Kind, number and number of the insertion of a label: ("条", 12, 1) of 第十二条之一."""
    (found,) = headings(label)
    return found.kind, found.number, found.inserted


def _number(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral with spaces in it; 0 of any other words."""
    words = "".join(numeral.split())
    if words.isascii():
        return int(words) if words.isdigit() else 0
    total = one = 0
    for character in words:
        if character in _UNITS:
            total += (one or 1) * _UNITS[character]
            one = 0
        elif character in _DIGITS:
            one = _DIGITS[character]
        else:
            return 0
    return total + one
