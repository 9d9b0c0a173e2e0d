"""Reference facts: the documents that a clause names by 《title》.

Titles may hold a nested title in 〈〉 or 《》.  Which document of the corpus a title means is
decided where the corpus is known, by `same_title`.
"""

from collections.abc import Sequence

from ingest.characters import without_spaces
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span

_MARKS = pattern("[《》\n]")
_SHORT = pattern(
    r"《(?P<title>[^《》\n]{4,80})》(?:[（(][^（()）]{0,30}[)）])?[^《》。\n]{0,30}?"
    r"(?:简称|下称)[：:]?[“\"]?《(?P<short>[^《》\n]{2,40})》"
)
_PUNCTUATION = str.maketrans("", "", "“”\"'‘’《》〈〉（）()[]【】·、,，:：-—–－~～")
MIN_TITLE = 4
"""Shorter titles, in code points, name forms and labels rather than documents."""


def references(text: str, clauses: Sequence[Clause]) -> list[Fact]:
    """The titles that the clauses name, in reading order."""
    short = {found["short"]: found["title"] for found in _SHORT.finditer(text)}
    return [
        Fact(
            *("reference", clause.document_id, clause.ordinal, title, title),
            who=without_spaces(short.get(title.of(text), "")),
            what=title.of(text),
        )
        for clause in clauses
        for title in _titles(text, clause.body)
        if len(title) >= MIN_TITLE
    ]


def _titles(text: str, body: Span) -> list[Span]:
    found: list[Span] = []
    if text.find("《", body.start, body.end) < 0:
        return found
    depth = start = 0
    for match in _MARKS.finditer(text, body.start, body.end):
        if match[0] == "《":
            depth += 1
            start = match.end() if depth == 1 else start
        elif match[0] == "》" and depth:
            depth -= 1
            if not depth:
                found.append(Span(start, match.start()))
        else:
            depth = 0
    return found


def title_key(title: str) -> str:
    """A title for comparing: without white space, quotation marks, brackets and dashes.

    >>> title_key("甲市“十四五”规划 (2021-2023年)"), title_key("甲市十四五规划（2021—2023年）")
    ('甲市十四五规划20212023年', '甲市十四五规划20212023年')
    """
    return without_spaces(title).translate(_PUNCTUATION)


def same_title(one: str, other: str) -> bool:
    """Whether two printed titles name the same document."""
    return title_key(one) == title_key(other)
