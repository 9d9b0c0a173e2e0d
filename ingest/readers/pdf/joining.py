"""Two printed lines as one text: what stands between the last word of one and the next."""

import re

from ingest.patterns import pattern
from ingest.readers.pdf.wide import is_wide

_HYPHENATED = pattern(r"[A-Za-z]{2,}-$")
_ADDRESS = pattern(r"(?:://|www\.|[\w.]@)\S*$|/\S*$")


def joined(before: str, after: str) -> str:
    """The text of two lines of one paragraph.

    >>> joined("本办法自公布之", "日起施行。")
    '本办法自公布之日起施行。'
    >>> joined("the national stan-", "dard for small"), joined("IPv6 net", "work")
    ('the national standard for small', 'IPv6 net work')
    >>> joined("见http://www.example.cn/a/", "b.html")
    '见http://www.example.cn/a/b.html'
    """
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if is_wide(last) or is_wide(first) or not (last.isascii() and first.isascii()):
        return before + after
    if _HYPHENATED.search(before) and first.islower():
        return before[:-1] + after
    if last == "-" or (last.isdigit() and first.isdigit()) or _ADDRESS.search(before):
        return before + after
    if re.match(r"[)\],.;:%]", after) or last in "([":
        return before + after
    return f"{before} {after}"
