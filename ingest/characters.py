"""Character classes that the readers and grammars share.

Published texts mix half and full width, and indent with many kinds of space; the patterns here
accept all of them so that the text itself never has to be changed.
"""

from ingest.patterns import pattern

SPACE = " \t\r\f\v\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
"""White space inside a line, for use in a character class."""

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
"""Unified ideographs, for use in a character class."""

OPENERS = "(（[［【〔〈《“‘「『"
CLOSERS = ")）]］】〕〉》”’」』"

_SPACES = pattern(f"[{SPACE}\n]+")


def without_spaces(text: str) -> str:
    """The text with all white space taken out, for comparing only.

    >>> without_spaces("工作 领导\u2002小组")
    '工作领导小组'
    """
    return _SPACES.sub("", text)
