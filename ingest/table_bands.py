"""Bands of a table: rows that share their first cell and have names of columns of their own.

A sheet that compares cities gives each of them a band: the city, spanning its rows, beside a row
of short names and a row of what they stand for.
"""

from collections.abc import Sequence

MAX_NAME = 40
"""Longest name of a column, in code points; what stands below has to be longer, or a sentence."""

MIN_NAMES = 2
"""Fewest names of a band."""


def band_titles(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The names of the columns for each row, those of its band where it has any.

    >>> said = "符合条件的人员，可以向窗口提出申请。"
    >>> band_titles(("城市", "投靠"), [("甲城", said)])
    [('城市', '投靠')]
    >>> rows = [("乙城", "学历入户", "购房入户"), ("乙城", said, said + said)]
    >>> band_titles(("城市", "投靠", "收养"), rows)[1]
    ('城市', '学历入户', '购房入户')
    """
    found = [tuple(titles)] * len(rows)
    for at in range(len(rows) - 1):
        above, below = rows[at], rows[at + 1]
        if not above[0] or above[0] != below[0]:
            continue
        own = [i for i, word in enumerate(above) if word and word != below[i]]
        said = [below[i] for i in own if below[i]]
        named = all(not _is_prose(above[i]) for i in own)
        if len(own) >= MIN_NAMES and named and said and all(map(_is_prose, said)):
            names = {i: above[i] for i in own}
            found[at + 1] = tuple(names.get(i, title) for i, title in enumerate(titles))
    return found


def _is_prose(words: str) -> bool:
    return len(words) > MAX_NAME or words.endswith("。")
