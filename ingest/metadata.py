"""What a document says of itself: title, number, issuer, level, region, status, dates.

Read from its head (everything before the first numbered clause) and from a signature at its end;
`sources.toml` may state better.
"""

import re
from datetime import date

from ingest.characters import CJK, SPACE, without_spaces
from ingest.document_numbers import own_number, own_order
from ingest.issuers import issuer, passed, signature, signed
from ingest.levels import level
from ingest.lines import lines
from ingest.numbering import mark_at
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern as lazy
from ingest.regions import region
from ingest.schema import Span
from ingest.titles import HEAD_LINES, passed_on, title

_IN_FORCE = lazy(
    rf"本[{CJK}]{{1,12}}自[{SPACE}]*{FULL_DATE}[{SPACE}\n]*起(?:正式)?(?:施行|实施|生效|执行|试行)"
)
_IN_FORCE_HEAD = lazy(
    rf"(?:公布|发布)[，,{SPACE}]*自[{SPACE}]*{FULL_DATE}[{SPACE}]*起(?:施行|实施)"
)
_ON_ISSUE = lazy(
    rf"本[{CJK}]{{1,12}}自(?:印发|发布|公布|发文|下发|颁布)之日起(?:正式)?(?:施行|实施|生效|执行)"
)
_PUBLISHED = lazy(rf"(?P<day>{FULL_DATE})[^\n。]{{2,200}}令[^\n。]{{0,3}}\d+号(?:公布|发布)")
_MADE_PUBLIC = lazy(r"现予\s*(?:公布|发布)")
_STATUS = lazy("(?:公开)?征求意见稿|草案|试行|暂行")
_VALIDITY = {"已废止": "废止", "已失效": "失效", "已修订": "修[改订正]", "现行有效": "有效"}
"""A status by the words with which a page states it; the first that fits."""

_NAMES = {
    "issuer": "发布机构|发文机关|发文单位|制定机关|印发机关|发布单位|公布机关|颁布单位|颁布机关"
    "|实施机关",
    "published": "发布日期|公布日期|发布时间|颁布日期|发表时间|发表日期",
    "issued": "成文日期|印发日期|发文日期",
    "effective": "施行日期|实施日期|生效日期",
    "validity": "效力状况|效力状态|时效性|有效性|文件状态",
}
_VALUES = {"issuer": ".+?", "validity": rf"[{CJK}]{{2,8}}"}
_MARK = rf"[】\]]?(?:[{SPACE}]*[：:]|(?<=[】\]])|[{SPACE}]{{1,8}})[{SPACE}]*"
_VALUE_ENDS = rf"(?=[{SPACE}]+\S{{2,6}}(?:[：:]|[{SPACE}])|[{SPACE}]*$)"
_LABELS = {
    name: lazy(
        rf"(?:^|[{SPACE}【\[])(?:{labels}){_MARK}"
        rf"({_VALUES[name] + _VALUE_ENDS if name in _VALUES else FULL_DATE})",
        re.M,
    )
    for name, labels in _NAMES.items()
}
_LABEL_ENDS = lazy(rf"[构关位期间况态性](?:[】\]]|[{SPACE}]*[：:]|[{SPACE}])")
"""What every match of `_LABELS` holds; a class is found much faster."""


def head(text: str) -> Span:
    """The span before the first numbered clause, at most `HEAD_LINES` lines."""
    end = 0
    for count, line in enumerate(lines(text)):
        if count >= HEAD_LINES or mark_at(text, line.span.start, line.span.end):
            break
        end = line.span.end
    return Span(0, end)


def metadata(text: str) -> dict[str, str | date]:
    """The fields that the text states, of those of `DocumentInfo`."""
    opening = head(text).of(text)
    labelled = _labelled(opening)
    validity = str(labelled.pop("validity", ""))
    name = title(text)
    said: dict[str, str | date | None] = {
        "title": name,
        "number": own_number(opening, name),
        **_days(text, opening),
        **labelled,
    }
    signs = signature(opening) or signature(text)
    said.setdefault("issuer", issuer(opening, name, signs))
    who, number = str(said["issuer"]), str(said["number"])
    area = region((who, name, signs), number)
    own = name if passed_on(name) else re.sub("《[^》]*》", "", name)
    drafted = _STATUS.search(own)
    status = next((one for one, words in _VALIDITY.items() if re.search(words, validity)), "")
    said |= {"region": area, "level": level(who, area)}
    said["status"] = drafted[0] if drafted else status
    return {key: value for key, value in said.items() if value}


def _labelled(opening: str) -> dict[str, str | date]:
    """What lines of the head state by a label: 发布机构：甲市水务局."""
    found: dict[str, str | date] = {}
    for name, pattern in _LABELS.items() if _LABEL_ENDS.search(opening) else ():
        if match := pattern.search(opening):
            value = without_spaces(match[1]) if name in _VALUES else printed_date(match[1])
            if value:
                found[name] = value
    return found


def _days(text: str, opening: str) -> dict[str, date | None]:
    """Signed, published, in force: as sentences of the text say it."""
    issued = signed(opening) or signed(text)
    order = own_order(opening)
    by_order = _PUBLISHED.search(opening)
    published = printed_date(by_order["day"]) if by_order else None
    if published is None and issued and (order or not by_order) and _MADE_PUBLIC.search(opening):
        published = issued  # what a government makes public by the same order
    in_force = [found[0] for found in _IN_FORCE.finditer(text) if not _in_table(text, found)]
    effective = printed_date(in_force[-1]) if in_force else None
    if effective is None and (announced := _IN_FORCE_HEAD.search(opening)):
        effective = printed_date(announced[0])
    if effective is None and issued and _ON_ISSUE.search(text):
        effective = issued
    return {"issued": issued or passed(opening), "published": published, "effective": effective}


def _in_table(text: str, found: re.Match[str]) -> bool:
    """Whether a match stands in a row of a table, whose cells tell what other documents say."""
    end = text.find("\n", found.end())
    return "\t" in text[text.rfind("\n", 0, found.start()) + 1 : end if end >= 0 else len(text)]
