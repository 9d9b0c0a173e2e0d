"""What the cell of a table may be besides words: a figure, nothing, or the name of a total."""

from ingest.patterns import pattern

_PART = r"[\d,，.．%％‰万亿元/～~—–\-－+＋±至≥≤<>\s]*"
_FIGURE = pattern(rf"{_PART}\d{_PART}")
TOTAL = pattern("合计|总计|小计|共计")


def is_figure(words: str) -> bool:
    """Whether a cell holds a figure and nothing else.

    >>> [is_figure(words) for words in ("4,500", "5%～8%", "3月", "")]
    [True, True, False, False]
    """
    return _FIGURE.fullmatch(words) is not None


def is_value(words: str) -> bool:
    """Whether a cell holds a figure and nothing else, or nothing."""
    return not words or is_figure(words)
