"""Document numbers (发文字号): 甲府办〔2031〕4号, and those of orders, 甲市人民政府令第138号.

A document has one of its own, in its head; the others that it prints are those of documents that
it refers to.
"""

import re
import unicodedata

from ingest.characters import CJK, SPACE, without_spaces
from ingest.patterns import pattern as lazy

_OPEN, _CLOSE = r"[〔\[［(（【]", r"[〕\]］)）】]"
_YEAR = rf"{_OPEN}[{SPACE}]*[1１2２][9９0０]\d{{2}}[{SPACE}]*{_CLOSE}"
NUMBER = lazy(rf"[{CJK}]{{1,15}}[{SPACE}]*{_YEAR}[{SPACE}]*第?[{SPACE}]*\d+[{SPACE}]*号")
"""A document number: 机关代字〔年份〕序号."""

_NUMBERED = lazy(_YEAR)
"""The middle of a number: quick to look for, where `NUMBER` begins at every ideograph."""

ORDER = lazy(rf"(?<![年月日{CJK}])(?P<who>[{CJK}、]{{3,160}}?)令[（(]?第?(?P<n>\d{{1,5}})号")
"""The number of an order, in text without white space: 机关令第N号."""

MAX_LINE = 80
"""Code points of a line that is a title with the number behind it."""


def own_number(opening: str, title: str) -> str:
    """The number that a document's head prints as its own, without white space; "" if none.

    A number in brackets counts only behind the document's title, for else it is that of a document
    that the text refers to.

    >>> own_number("关于修桥的通知\\n甲办〔２０３１〕４号\\n", "关于修桥的通知")
    '甲办〔２０３１〕４号'
    """
    for match in NUMBER.finditer(opening) if _NUMBERED.search(opening) else ():
        before = opening[: match.start()]
        line = before[before.rfind("\n") + 1 :]
        if "\t" in line and opening[match.end() : match.end() + 1] not in ("\t", "\n", ""):
            continue  # words of a cell
        if not line.strip(SPACE) or line[-1] in SPACE + "：:":
            return without_spaces(match[0])
        if line[-1] in "（(" and "《" not in line and len(line) <= MAX_LINE:
            said = without_spaces(line[:-1].lstrip("#* "))
            if said and (said in title or title in said):
                return without_spaces(match[0])
    found = own_order(opening)
    return f"{found['who']}令第{found['n']}号" if found else ""


def own_order(opening: str) -> re.Match[str] | None:
    """The order by which a document is published, as a match of `ORDER` in words without spaces.

    It stands alone on a line or two, or in brackets below the title: (2031年1月2日甲部令第3号公布).
    """
    rows = [without_spaces(row) for row in opening.splitlines()]
    for place, row in enumerate(rows):
        bare = row.strip("（()）")
        if bare != row:
            found = ORDER.search(_UNDATED.sub(" ", bare))
        else:
            below = "".join(rows[place + 1 : place + 2]) if row.endswith("令") else ""
            found = ORDER.fullmatch(row + below)
        if found is not None:
            return found
    return None


_UNDATED = lazy(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年.{1,3}月.{1,3}日|[，,；;根据由以经]"
)


def number_key(number: str) -> str:
    """A number for comparing: one width, without white space, brackets and 第.

    >>> number_key("甲府〔２０３１〕４号") == number_key("甲府[2031]第4号")
    True
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", number)).replace("（", "(")


_MARKS = lazy(r"[\s〔〕\[\]()【】第]")
