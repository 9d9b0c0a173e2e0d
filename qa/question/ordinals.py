"""The place in a list that a question points at."""

import re
from functools import cache

from ingest.numbers.numerals import integer
from qa.words import tables


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(tables.toml("question.toml")["dialogue"]["ordinal"])


def ordinal(text: str) -> int:
    """The place in a list that a question names: 2 of 第二项, -1 of 最后一项; 0 for none."""
    match = _pattern().search(text)
    if match is None:
        return 0
    if match["n"]:
        return integer(match["n"]) or 0
    return -1 if match["last"] else 1
