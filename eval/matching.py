"""Whether wanted words stand in a text, and whether two passages overlap, for `eval.many_judge`.

They read more forms as the same than `eval.judge.fold` does (NFKC: also ①, ㎡ and ligatures),
because many documents write in many forms; and two table cells do not become one number.
"""

import re
import unicodedata

SHARED = 6
"""Characters in a row that make two passages overlap, where neither holds the other."""

_CELLS = "␟"  # SYMBOL FOR UNIT SEPARATOR, which no document prints
_ENDS = '，,。.；;：:、！!？?“”"（）()|'
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_DIGITS = tuple("0123456789")
_SPACE = re.compile(r"\s+")


def normalized(text: str) -> str:
    """NFKC without white space; a mark stays between two numbers.

    >>> normalized("最高 ４０％\\n（含）"), normalized("12 34")
    ('最高40%(含)', '12␟34')
    """
    text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub("", _BETWEEN_NUMBERS.sub(_CELLS, text))


def whole(wanted: str) -> str:
    """A pattern for a string; a number at either end of it matches only as a whole.

    >>> [re.search(whole("8万元"), text) is not None for text in ("8万元", "28万元", "0.8万元")]
    [True, False, False]
    """
    before = r"(?<![0-9])(?<![0-9]\.)" if wanted[:1] in _DIGITS else ""
    after = r"(?![0-9])(?!\.[0-9])" if wanted[-1:] in _DIGITS else ""
    return before + re.escape(wanted) + after


def has(text: str, wanted: str) -> bool:
    """Whether a text has a wanted string, both in any form.

    >>> has("共60件", "60"), has("共6000件", "60"), has("60.5%", "60"), has("甲 区", "甲区")
    (True, False, False, True)
    """
    return re.search(whole(normalized(wanted)), normalized(text)) is not None


def overlaps(one: str, other: str) -> bool:
    """Whether one passage holds the other, or some `SHARED` characters in a row stand in both.

    >>> overlaps("第五条：每台补贴28万元。", "每台补贴28万元"), overlaps("每台补贴", "每年补贴")
    (True, False)
    """
    one, other = (normalized(text).strip(_ENDS) for text in (one, other))
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    return any(one[at : at + SHARED] in other for at in range(len(one) - SHARED + 1))
