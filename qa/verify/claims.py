"""What a statement claims and what a quotation shows, as things that can be compared whole.

Numbers are compared as whole tokens (2条 is not shown by 22条), dates, document numbers and titles
as whole strings, units by the names that a table knows, so that an invented body is seen even
where no document prints it.
"""

from dataclasses import dataclass

from index.folding import fold_text
from ingest.characters import CHINESE_NUMBER, without_spaces
from ingest.metadata import NUMBER as DOCUMENT_NUMBER
from ingest.patterns import pattern
from qa.question.units import UnitNames

_DATE = pattern(
    r"\d{4}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?|\d{1,2}月\d{1,2}日|\d{4}年(?:\d{1,2}月)?"
)
_MEASURE = "[个项家条路所台人座处种类级倍岁天年月日次件户名场张元成米句份]|分钟|小时|公里"
_NUMBER = pattern(
    r"\d+(?:[.,]\d+)*(?:[百千万亿]+)?%?"
    rf"|{CHINESE_NUMBER}[万亿]*(?=(?:{_MEASURE}|%))|百分之{CHINESE_NUMBER}"
)
_TITLE = pattern("《([^》]+)》")
_PAIRS = {"“": "”", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Claims:
    """The checkable content of a text, folded and without white space."""

    dates: frozenset[str]
    documents: frozenset[str]
    numbers: frozenset[str]
    titles: frozenset[str]
    units: frozenset[str]
    quotations: tuple[str, ...]

    def __len__(self) -> int:
        return (
            len(self.dates) + len(self.documents) + len(self.numbers)
            + len(self.titles) + len(self.units) + len(self.quotations)
        )  # fmt: skip


def plain(text: str) -> str:
    """Folded, without white space: the form in which claims are compared."""
    return without_spaces(fold_text(text))


def claims(text: str, names: UnitNames) -> Claims:
    """The claims of a folded text without white space."""
    documents = frozenset(m[0] for m in DOCUMENT_NUMBER.finditer(text))
    dates = frozenset(m[0] for m in _DATE.finditer(text))
    rest = text
    for known in (*documents, *dates):
        rest = rest.replace(known, " ")
    return Claims(
        dates=dates,
        documents=documents,
        numbers=frozenset(_NUMBER.findall(rest)),
        titles=frozenset(t for t in _TITLE.findall(text) if t.strip()),
        units=frozenset(m.words for m in names.find(text)),
        quotations=tuple(quotations(text)),
    )


def quotations(text: str) -> list[str]:
    """The outermost quotations of a text; one that is never closed runs to its last words.

    >>> quotations("第2项（“甲”场景）：“推进“乙”试点”")
    ['甲', '推进“乙”试点']
    """
    found = []
    depth = start = 0
    opening = ""
    for place, char in enumerate(text):
        if not depth and char in _PAIRS:
            opening, depth, start = char, 1, place + 1
        elif depth and char == opening:
            depth += 1
        elif depth and char == _PAIRS[opening]:
            depth -= 1
            if not depth:
                found.append(text[start:place])
    if depth:
        found.append(text[start:].rstrip("”」』。"))
    straight = text.split('"')
    return found + straight[1::2]
