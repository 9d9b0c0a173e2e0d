"""Who issues a document: named in its title, in the red head, by an order, or above its date."""

import re
from datetime import date

from ingest.characters import CJK, SPACE, without_spaces
from ingest.document_numbers import own_order
from ingest.lines import lines
from ingest.numbering import mark_at
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern as lazy

MAX_LINE = 80
"""Code points of a line that signs a document."""

BODY = (
    "人民政府|办事处|指挥部|管理处|办公室|办公厅|委员会|领导小组|管委会|管理中心|联席会议"
    "|[委局厅部院署办]"
)
_NAME = rf"[{CJK}（）()]{{2,36}}?(?:{BODY})"
_DATE = lazy(FULL_DATE)
_IN_TITLE = lazy(rf"(?P<who>{_NAME}(?:[、{SPACE}]+{_NAME})*)(?:印发)?关于")
_ISSUERS = lazy(rf"{_NAME}(?:[、{SPACE}]+{_NAME})*")
_RED_HEAD = lazy(rf"(?P<who>[{CJK}]{{2,36}}(?:{BODY}))文件")
_SIGNATURE = lazy(rf"[{CJK}{SPACE}、（）()]{{2,200}}(?:{BODY})(?=[（(（]?|$)")
_SIGNED_LINE = lazy(rf"(?:^|[{SPACE}])(?P<who>{_NAME})[{SPACE}]+{FULL_DATE}$")
_CONGRESS = lazy(
    rf"(?<![{CJK}])(?:{FULL_DATE})?(?P<who>全国|[{CJK}]{{2,12}}(?:省|市|自治区|州|县))第[{CJK}]{{1,4}}届"
    r"(?P<body>人民代表大会(?:常务委员会)?)[^\n。]{0,20}(?:通过|修订)"
)
_SHORT = lazy("^[省市区县]")
"""An issuer named without its place: 市政府办公室."""
_HEAD_OF = lazy(
    rf"^(?:[省市县区州]长|(?:自治区)?主席)[{SPACE}：:]*[{CJK}]?[{SPACE}]*[{CJK}]{{1,6}}$"
)
"""A government's head signs for it: 省长：甲某."""
_PLACE = lazy(rf"^[{CJK}]{{1,8}}?(?:自治区|自治州|自治县|省|市|区|县|州)")


def issuer(opening: str, title: str, signature: str) -> str:
    """Who issues the document, several joined by 、; "" where the head does not tell."""
    rows = [line.span.of(opening) for line in lines(opening)]
    if who := _in_title(rows[:4], title):
        longer = signature.endswith(who) or (_SHORT.match(who) and signature)
        return signature if longer else who
    for row in rows:
        if head_line := _RED_HEAD.fullmatch(without_spaces(row)):
            return head_line["who"]
    if signature:
        return signature
    if (order := own_order(opening)) is not None:
        return order["who"]
    if passed := _CONGRESS.search(without_spaces_in_lines(opening)):
        return passed["who"] + passed["body"]
    place = _PLACE.match(title)
    signs = place is not None and any(_HEAD_OF.match(row.strip(SPACE)) for row in rows)
    return f"{place[0]}人民政府" if place is not None and signs else ""


def without_spaces_in_lines(text: str) -> str:
    """The text without white space but for its line breaks."""
    return "\n".join(without_spaces(row) for row in text.split("\n"))


def _in_title(rows: list[str], title: str) -> str:
    """The bodies before 关于 in the title, as its lines part them, which the title does not."""
    for place, row in enumerate(rows):
        words = row.strip("#*" + SPACE)
        if without_spaces(words) == title and (found := _IN_TITLE.match(words)):
            return joint(found["who"])
        below = without_spaces(rows[place + 1]) if place + 1 < len(rows) else ""
        alone = title.startswith(without_spaces(words)) and below.startswith("关于")
        if alone and _ISSUERS.fullmatch(words):
            return joint(words)
    found = _IN_TITLE.match(title)
    return joint(found["who"]) if found else ""


def signature(text: str) -> str:
    """The bodies named right above the first line that is only a date, joined by 、."""
    above: list[str] = []
    for line in lines(text) if _DATE.search(text) else ():
        words = line.span.of(text)
        if _DATE.fullmatch(words) and above:
            return "、".join(above)
        if (signed := _SIGNED_LINE.search(words)) and len(words) <= MAX_LINE:
            return joint(signed["who"])
        if _SIGNATURE.fullmatch(words) and not mark_at(words, 0, len(words)):
            above.append(joint(words))
        else:
            above.clear()
    return ""


def signed(text: str) -> date | None:
    """The date of the first line that holds a date and nothing else but who signs."""
    for line in lines(text) if _DATE.search(text) else ():
        words = line.span.of(text)
        if _DATE.fullmatch(words):
            return printed_date(words)
        if len(words) <= MAX_LINE and _SIGNED_LINE.search(words):
            return printed_date(words)
    return None


def passed(opening: str) -> date | None:
    """The day on which a congress passed a law: (2031年3月1日甲市…人民代表大会…通过)."""
    rows = without_spaces_in_lines(opening)
    found = _CONGRESS.search(rows)
    return (
        printed_date(rows[rows.rfind("\n", 0, found.start()) + 1 : found.end()]) if found else None
    )


def joint(words: str) -> str:
    """Names parted by spaces, each the name of a body, as one list: 甲部、乙局."""
    parts = [part for part in re.split(f"[{SPACE}、]+", words) if part]
    if len(parts) > 1 and all(re.search(f"(?:{BODY})$", part) for part in parts):
        return "、".join(parts)
    wide = [part for part in re.split(f"[{SPACE}]{{3,}}|、", words) if part]
    if len(wide) > 1 and all(re.search(f"(?:{BODY})$", without_spaces(part)) for part in wide):
        return "、".join(map(without_spaces, wide))
    return without_spaces(words)
