"""What a document says of itself: title, number, issuer, region, status, dates.

Read from its head (everything before the first numbered clause) and from a signature at its end;
`sources.toml` may state better.
"""

import re
from datetime import date

from ingest.characters import CJK, SPACE, without_spaces
from ingest.lines import lines
from ingest.numbering import mark_at
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern as lazy
from ingest.regions import region
from ingest.schema import Span

NUMBER = lazy(
    rf"[{CJK}]{{1,15}}[{SPACE}]*[〔\[［(（【][{SPACE}]*(?:19|20)\d{{2}}[{SPACE}]*[〕\]］)）】][{SPACE}]*第?[{SPACE}]*\d+[{SPACE}]*号"
)
"""A document number (发文字号): 机关代字〔年份〕序号."""

_NUMBERED = lazy(rf"[〔\[［(（【][{SPACE}]*(?:19|20)\d{{2}}[{SPACE}]*[〕\]］)）】]")
"""The middle of a number: quick to look for, where `NUMBER` begins at every ideograph."""

_DATE = lazy(FULL_DATE)
_IN_FORCE = lazy(
    rf"本[{CJK}]{{1,12}}自[{SPACE}]*{FULL_DATE}[{SPACE}]*起(?:正式)?(?:施行|实施|生效|执行)"
)
_ON_ISSUE = lazy(
    rf"本[{CJK}]{{1,12}}自(?:印发|发布|公布|发文|下发|颁布)之日起(?:正式)?(?:施行|实施|生效|执行)"
)
_PASSES_ON = lazy("(?:印发|公布|发布|转发|下发).*《")
_STATUS = lazy("(?:公开)?征求意见稿|草案|试行|暂行")
_LABELS = {
    "issuer": lazy(
        rf"(?:发布机构|发文机关|发文单位|制定机关|印发机关|发布单位|公布机关)[{SPACE}]*[：:](.+?)(?=[{SPACE}]{{1,4}}\S{{2,6}}[：:]|$)",
        re.M,
    ),
    "published": lazy(rf"(?:发布日期|公布日期|发布时间)[{SPACE}]*[：:][{SPACE}]*(.{{8,14}})"),
    "issued": lazy(rf"(?:成文日期|印发日期|发文日期)[{SPACE}]*[：:][{SPACE}]*(.{{8,14}})"),
    "effective": lazy(rf"(?:施行日期|实施日期|生效日期)[{SPACE}]*[：:][{SPACE}]*(.{{8,14}})"),
}
_LABEL_ENDS = lazy(rf"[构关位期间][{SPACE}]*[：:]")
"""What every match of `_LABELS` holds; a class is found much faster."""

MIN_TITLE = 6
MAX_TITLE = 80
"""Shortest and longest title, in code points without white space."""

HEAD_LINES = 60
"""How many lines at most are read as the head."""


def head(text: str) -> Span:
    """The span before the first numbered clause, at most `HEAD_LINES` lines."""
    end = 0
    for count, line in enumerate(lines(text)):
        if count >= HEAD_LINES or mark_at(text, line.span.start, line.span.end):
            break
        end = line.span.end
    return Span(0, end)


def metadata(text: str) -> dict[str, str | date]:
    """The fields that the text states: title, number, issuer, issued, published, effective."""
    found: dict[str, str | date] = {}
    opening = head(text).of(text)
    for name, pattern in _LABELS.items() if _LABEL_ENDS.search(opening) else ():
        if match := pattern.search(opening):
            value = match[1].strip()
            when = printed_date(value) if name != "issuer" else None
            if name == "issuer":
                found[name] = without_spaces(value)
            elif when:
                found[name] = when
    if number := _number(opening):
        found["number"] = number
    if title := _title(text):
        found["title"] = title
    title = str(found.get("title", ""))
    signature = _signature(opening) or _signature(text)
    if "issuer" not in found and (issuer := _issuer(opening, title, signature)):
        found["issuer"] = issuer
    if "issued" not in found and (signed := _signed(opening) or _signed(text)):
        found["issued"] = signed
    in_force = list(_IN_FORCE.finditer(text))
    if "effective" not in found and in_force and (day := printed_date(in_force[-1][0])):
        found["effective"] = day
    elif "effective" not in found and "issued" in found and _ON_ISSUE.search(text):
        found["effective"] = found["issued"]
    places = (str(found.get("issuer", "")), title, signature)
    if area := region(places, str(found.get("number", ""))):
        found["region"] = area
    own = title if _PASSES_ON.search(title) else re.sub("《[^》]*》", "", title)
    if status := _STATUS.search(own):
        found["status"] = status[0]
    return found


def _number(opening: str) -> str:
    """The document's own number: not one in brackets behind a 《title》 that the text refers to."""
    for match in NUMBER.finditer(opening) if _NUMBERED.search(opening) else ():
        before = opening[: match.start()]
        line = before[before.rfind("\n") + 1 :]
        if not line.strip(SPACE) or line[-1] in SPACE + "：:":
            return without_spaces(match[0])
        if line[-1] in "（(" and "《" not in line and len(line) <= MAX_TITLE:
            return without_spaces(match[0])
    return ""


def _title(text: str) -> str:
    """The first line that reads like the name of a document, else the first line.

    A first line shorter than `MIN_TITLE` is navigation of a web page and no title.
    """
    found = (line.span.of(text) for line in lines(text)[:HEAD_LINES] if not line.furniture)
    candidates = (words for words in found if not mark_at(words, 0, len(words)))
    first = top = ""
    for i, words in enumerate(candidates):
        name = _name(words)
        if _is_title(name) and not _NO_TITLE.search(name):
            above = top if i == 1 else ""
            wrapped = len(above) > MIN_TITLE and not _NO_TITLE.search(above)
            wrapped = wrapped and NUMBER.fullmatch(above) is None  # printed above the title
            return above + name if wrapped and len(above + name) <= MAX_TITLE else name
        if i == 0:
            first, top = words, name
    return top[:MAX_TITLE] if len(top) >= MIN_TITLE and not _MENU.match(first) else ""


def _name(words: str) -> str:
    """A line as a possible title, or its part up to the first space where only that can be one."""
    name = without_spaces(words.lstrip("#* "))
    parts = _GAPS.split(words.strip("#*" + SPACE))
    if MIN_TITLE <= len(parts[0]) <= MAX_TITLE:
        name = parts[0] if len(name) > MAX_TITLE or _is_title(parts[0]) else name
    return _LABELLED.sub("", name)


_GAPS = lazy(f"[{SPACE}]+")
_LABELLED = lazy(r"^(?:【[^】]{1,6}】|[（(]转载[）)])")
_MENU = lazy(rf"(?:\S{{1,6}}[{SPACE}]+){{3}}")
_NO_TITLE = lazy("[。；;：:，]|[年月日]$")


_KINDS = (
    "通知|办法|规定|条例|细则|方案|计划|规划|要点|意见|决定|公告|通告|指南|指引|规则|法"
    "|纲要|措施|制度|报告|标准|目录|清单|解释|批复|函|令|章程"
)
_TITLE = lazy(rf"^.{{2,}}(?:{_KINDS})(?:[（(].{{1,20}}[)）])?$")
_TITLE_ENDS = frozenset([*(kind[-1] for kind in _KINDS.split("|")), ")", "）"])


def _is_title(name: str) -> bool:
    return name[-1:] in _TITLE_ENDS and _TITLE.search(name) is not None


_BODY = (
    "人民政府|办事处|指挥部|管理处|办公室|办公厅|委员会|领导小组|管委会|管理中心|联席会议"
    "|[委局厅部院署办]"
)
_NAME = rf"[{CJK}（）()]{{2,36}}?(?:{_BODY})"
_IN_TITLE = lazy(rf"(?P<who>{_NAME}(?:[、{SPACE}]+{_NAME})*)(?:印发)?关于")
_RED_HEAD = lazy(rf"(?P<who>[{CJK}]{{2,36}}(?:{_BODY}))文件")
_SIGNATURE = lazy(rf"[{CJK}{SPACE}、（）()]{{2,60}}(?:{_BODY})(?=[（(（]?|$)")
_SIGNED_LINE = lazy(rf"(?:^|[{SPACE}])(?P<who>{_NAME})[{SPACE}]+{FULL_DATE}$")
_CONGRESS = lazy(
    rf"(?:(?<![{CJK}])|(?<=\d日))(?!日)(?P<who>全国|[{CJK}]{{2,12}}(?:省|市|自治区|州|县))第[{CJK}]{{1,4}}届"
    r"(?P<body>人民代表大会(?:常务委员会)?)[^\n。]{0,20}(?:通过|修订)"
)
_SHORT = lazy("^[省市区县]")
"""An issuer named without its place: 市政府办公室."""


def _issuer(opening: str, title: str, signature: str) -> str:
    """Who issues the document: in its title, in the red head, above its date, or who passed it."""
    top = (line.span.of(opening) for line in lines(opening)[:3])
    # As printed, since joint issuers are parted by a space, which a title lacks.
    if in_title := _IN_TITLE.match(next((w for w in top if without_spaces(w) == title), title)):
        who = _joint(in_title["who"])
        return signature if _SHORT.match(who) and signature else who
    for line in lines(opening):
        if head_line := _RED_HEAD.fullmatch(without_spaces(line.span.of(opening))):
            return head_line["who"]
    if signature:
        return signature
    passed = _CONGRESS.search(opening)
    return passed["who"] + passed["body"] if passed else ""


def _signature(text: str) -> str:
    """The bodies named right above the first line that is only a date, joined by 、."""
    above: list[str] = []
    for line in lines(text) if _DATE.search(text) else ():
        words = line.span.of(text)
        if _DATE.fullmatch(words) and above:
            return "、".join(above)
        if (signed := _SIGNED_LINE.search(words)) and len(words) <= MAX_TITLE:
            return _joint(signed["who"])
        if _SIGNATURE.fullmatch(words) and not mark_at(words, 0, len(words)):
            above.append(_joint(words))
        else:
            above.clear()
    return ""


def _joint(words: str) -> str:
    """Names parted by spaces, each the name of a body, as one list: 甲部、乙局."""
    parts = [part for part in re.split(f"[{SPACE}、]+", words) if part]
    if len(parts) > 1 and all(re.search(f"(?:{_BODY})$", part) for part in parts):
        return "、".join(parts)
    return without_spaces(words)


def _signed(text: str) -> date | None:
    """The date of the first line that holds a date and nothing else but who signs."""
    for line in lines(text) if _DATE.search(text) else ():
        words = line.span.of(text)
        if _DATE.fullmatch(words):
            return printed_date(words)
        if len(words) <= MAX_TITLE and _SIGNED_LINE.search(words):
            return printed_date(words)
    return None
