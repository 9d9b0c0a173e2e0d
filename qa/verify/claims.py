"""What a statement claims and what a quotation shows, as things that can be compared whole.

Numbers are compared as whole tokens (2条 is not shown by 22条), dates, document numbers and titles
as whole strings, units by the names that a table knows, so that an invented body is seen even
where no document prints it.
"""

from dataclasses import dataclass

from index.folding import fold_text
from ingest.characters import without_spaces
from ingest.document_numbers import NUMBER as DOCUMENT_NUMBER
from ingest.numbers.figures import counted, sign_end
from ingest.patterns import pattern
from qa.question.units import UnitNames

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
    rest = text
    for known in documents:
        rest = rest.replace(known, " ")
    found = counted(rest)
    return Claims(
        dates=frozenset(rest[n.start : sign_end(rest, n)] for n in found if n.kind == "date"),
        documents=documents,
        numbers=frozenset(rest[n.start : sign_end(rest, n)] for n in found if n.kind != "date"),
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
