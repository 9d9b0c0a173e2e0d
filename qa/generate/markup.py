"""A model's sentence as plain words: what a page would act on, or not show, is taken out.

Runs before the check, so that what is checked is what is shown.  Nothing is ever added but the
full-width forms of signs that Markdown or HTML would act on; matching folds those back.
"""

import unicodedata

from ingest.patterns import pattern

_IMAGE = pattern(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = pattern(r"\[([^\]]*)\]\([^)]*\)")
_TAG = pattern(r"<[/!?a-zA-Z][^<>]*>?")
_NUMBERED = pattern(r"[\[［]\s*\d{1,3}\s*[\]］]|\[\^[^\]]*\]")
_LEADING = pattern(r"^\s*(?:#{1,6}\s+|>\s*|[-*•·+]\s+|\d{1,2}[.、)）]\s*(?=\D))+")
_BULLET = pattern(r"^\s*(?:[-*•·+]\s|\d{1,2}[.、)）]\s*\D)")
_EMPHASIS = pattern(r"\*+|`+|~~|__+|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_ACTING = str.maketrans(
    {"<": "＜", ">": "＞", "[": "［", "]": "］", "|": "｜", "\\": "＼", "$": "＄"}
)
_SPACES = pattern(r"[ \t\u00a0\u3000]+")


def is_item(line: str) -> bool:
    """Whether a line is an item of a list.

    >>> is_item("- 建设步道"), is_item("2. 建设步道"), is_item("2.5万人")
    (True, True, False)
    """
    return _BULLET.match(line) is not None


def plain_words(text: str) -> str:
    """The words alone.

    >>> plain_words("- **新增**[充电桩](http://x.example)460个<b onclick=x>！</b>")
    '新增充电桩460个！'
    >>> plain_words("![图](http://x.example/p.png)见[3]与[2031]12号")
    '见与［2031］12号'
    """
    shown = "".join(
        c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    shown = _IMAGE.sub("", shown)
    shown = _LINK.sub(r"\1", shown)
    shown = _TAG.sub("", shown)
    shown = _NUMBERED.sub("", shown)
    shown = _LEADING.sub("", shown)
    shown = _EMPHASIS.sub("", shown)
    return _SPACES.sub(" ", shown.translate(_ACTING)).strip()
