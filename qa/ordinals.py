"""The place of a thing in what was just listed: 第二所, 头一个, 最后那家, 后者, 末一个."""

import re
from dataclasses import dataclass

from ingest.characters import CHINESE_NUMBER, chinese_number

_MEASURE = "(?:个|家|所|处|座|类|种|位|款|样|间|幢|块)"
_BODY = "(?:责任|牵头|配合)?(?:单位|部门|局|委|公司|企业|街道|机构|集团)"
_PATTERN = re.compile(
    f"(?<![倒这那])第(?P<n>{CHINESE_NUMBER}|[0-9]{{1,2}})(?:{_MEASURE}|(?P<item>[项条])|(?={_BODY}))(?P<b1>{_BODY})?"
    f"|倒数第(?P<back>{CHINESE_NUMBER}|[0-9]{{1,2}}){_MEASURE}(?P<b2>{_BODY})?"
    f"|(?P<first>(?:头|最前面|最前|打头|开头|首)(?:的)?[那一]{{0,2}}{_MEASURE}|首家)(?P<b3>{_BODY})?"
    f"|(?P<last>(?:最后|最末|末尾|末了|末|最后面)(?:面)?的?[那这一]{{0,2}}{_MEASURE})(?P<b4>{_BODY})?"
    f"|(?P<former>前者|前(?:面)?(?:那)?一?{_MEASURE})(?P<b5>{_BODY})?"
    f"|(?P<latter>后者|后(?:面)?(?:那)?一?{_MEASURE})(?P<b6>{_BODY})?"
)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place from 1, or from the end if negative; `body` is the word for a unit that is counted,
    `item` says that the measure word is one that documents number with (第三项).

    `start` and `end` are where it stands in the folded text.
    """

    place: int
    body: str
    item: bool
    start: int
    end: int


def ordinal(text: str) -> Ordinal | None:
    """The place that folded text names; None if it names none.

    >>> ordinal("第二家单位还管别的吗").place, ordinal("最后那个叫什么").place
    (2, -1)
    """
    match = _PATTERN.search(text)
    if match is None:
        return None
    body = next((match[f"b{n}"] for n in range(1, 7) if match[f"b{n}"]), "")
    written = match["n"] or match["back"]
    number = chinese_number(written) or 0 if written else 1
    from_end = bool(match["back"] or match["last"] or match["latter"])
    return (
        Ordinal(-number if from_end else number, body, bool(match["item"]), *match.span())
        if number
        else None
    )
