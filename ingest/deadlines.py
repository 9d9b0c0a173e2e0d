"""Deadlines that plans print beside the units of a task: （责任单位：甲局；完成时限：6月底前）.

They are read from the text when they are asked for, since their place is known: the list of units
of a clause, or the clause's own words.
"""

import re
from collections.abc import Sequence
from functools import cache

from ingest.characters import SPACE
from ingest.schema import Span
from ingest.sentences import trim
from ingest.table_rows import rows
from ingest.words import word_table


@cache
def _announced() -> re.Pattern[str]:
    words = sorted(word_table("units.toml")["others"]["deadline"], key=len, reverse=True)
    return re.compile(
        rf"(?<![\u4e00-\u9fff])(?:{'|'.join(words)})[{SPACE}]*[：:][{SPACE}]*"
        rf"(?P<when>[^；;。，,）)\n|]{{2,30}})"
    )


def deadlines(text: str, places: Sequence[Span]) -> list[Span]:
    """The deadlines announced in these places, in order, as printed behind the announcing word.

    Of a place in a row of a table, it is the cell under such a word.

    >>> t = "（责任单位：甲局；完成时限：2031年6月底前）"
    >>> [s.of(t) for s in deadlines(t, [Span(0, len(t))])]
    ['2031年6月底前']
    """
    heads = word_table("units.toml")["others"]["deadline"]
    cells = [
        cell
        for place in places
        for row in rows(text).values()
        if row.span.covers(place) or (place.covers(row.span) and "\n" not in place.of(text))
        for cell, _ in row.under(heads)
    ]
    found = cells or [
        trim(text, Span(*match.span("when")))
        for place in places
        for match in _announced().finditer(text, place.start, place.end)
    ]
    return list(dict.fromkeys(found))
