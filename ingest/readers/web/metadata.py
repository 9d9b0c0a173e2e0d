"""What a web page says of its document beside the text: labels with values, and <meta> elements.

A wrong statement would win over what the text itself says, so a value counts only if it has the
form of its field: a 文号 ends in 号, a 发布机构 is named like a body, a date is one.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.characters import CJK, SPACE, without_spaces
from ingest.metadata import metadata
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern
from ingest.readers.web.lines import Line
from ingest.readers.web.tree import Node

_FIELDS = {
    "number": "发文字号|发文文号|文件字号|文件编号|发布文号|公文文号|文件文号|文号",
    "issuer": "发布机构|发布机关|发文机关|发文机构|发文单位|制定机关|制发机关|印发机关|印发单位"
    "|发布单位|公布机关",
    "issued": "成文日期|成文时间|发文日期|发文时间|印发日期|印发时间|签发日期",
    "published": "发布日期|发布时间|公开日期|公开时间|公布日期|公布时间|发表时间|发表日期",
    "effective": "生效日期|生效时间|施行日期|施行时间|实施日期|实施时间",
    "repealed": "失效日期|失效时间|废止日期|废止时间",
    "status": "文件有效性|有效状态|效力状态|文件状态|有效性|时效性|时效|效力",
    "title": "文件名称|公文名称|信息名称|名称|标题",
    "source": "信息来源|文章来源|稿件来源|来源",
    "day": "日期|时间",
    "": "索引号|索引|信息索引|统一编号|登记号|主题分类|公文种类|文种|分类|主题词|关键词|"
    "体裁|体裁分类|组配分类|服务对象|作者|编辑|责任编辑|浏览次数|浏览量|阅读次数|"
    "阅读量|点击数|点击率|点击次数|访问量|字体|字号|字体大小|选择字体|分享|分享到|"
    "录入时间|更新时间|更新日期|信息分类|信息类别|所属机构|主办单位|生成日期|栏目|"
    "所属栏目|公开方式|公开范围|公开形式|载体类型|记录形式|有效期|备注|文件类型|语种|"
    "编号|保护视力色|视力保护色",
}
_BY_LABEL = {label: name for name, labels in _FIELDS.items() for label in labels.split("|")}
_S = f"[{SPACE}]*"
_LABELS = "|".join(_S.join(label) for label in sorted(_BY_LABEL, key=len, reverse=True))
_LABEL = pattern(rf"(?<![{CJK}])(?P<label>{_LABELS}){_S}[】\]]?{_S}(?:[：:]|(?=[{SPACE}]*$))")
_OF_PAGE = frozenset(("source", "published", "issuer", "number", "issued"))
_OWN_LABELS = pattern(
    "索引号|统一编号|浏览|阅读[次量]|点击[数率次]|访问量|字[体号]|分享|主题分类|录入时间|更新时间"
)
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "source",
}
_NUMBER = pattern(
    rf"[{CJK}]{{1,20}}(?:[〔\[［(（【](?:19|20)\d{{2}}[〕\]］)）】]第?\d+号|第\d+号|(?:19|20)\d{{2}}年第\d+号)"
)
_BODY = pattern(
    rf"[{CJK}（）()、]{{2,60}}(?:人民政府|办事处|指挥部|办公室|办公厅|委员会|领导小组|管委会|中心"
    r"|联席会议|人大常委会|[委局厅部院署办])"
)
_NO_BODY = pattern("本网|网站|转载|日报|晚报|新华|报社|电视|公众号|客户端|信息中心$|融媒体")
_STATUS = pattern(
    "(?:现行)?有效|(?:已|全文)?(?:失效|废止)|尚未(?:生效|施行)|已被?修[改订]|部分(?:失效|有效)"
)
_DATE = pattern(FULL_DATE)
_CLOCK = pattern(rf"{_S}\d{{1,2}}[:：时]\d{{1,2}}(?:[:：分]\d{{1,2}})?[分秒]?{_S}")
_RULES = pattern(
    r"(?m)^第一条|自(?:印发|发布|公布|发文|下发|颁布)之日|起(?:正式)?(?:施行|实施|执行|试行|生效)|通过[）)\s]"
)
"""What stands in rules, whose day of publication counts, and not in news and guides."""

_EMPTY = "无-—－/暂未\u3000 "
MAX_DELAY = 31
"""So many days at most lie between a document's own date and its publication."""

_YEAR = pattern(r"(?<!\d)((?:19|20)\d{2})(?:年|[〕\]］)）】])")
MAX_YEARS = 2
"""A text that names years, all of them longer ago, is older than the page that shows it."""

MAX_LABEL_LINE = 160
"""A longer line, in code points, is prose that happens to begin with a label."""


def pairs(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """The fields and values that lines and tables state, in their order.

    A label may stand before its value in a line, in the cell before it, or in the line above.
    """
    waiting = ""
    for line in lines:
        for cell in _cells(line):
            found = list(_LABEL.finditer(cell)) if len(cell) <= MAX_LABEL_LINE else []
            if found and (day := _unlabelled_day(cell, found[0])):
                yield "day", day
            if waiting and not (found and found[0].start() == 0):
                yield waiting, cell
            waiting = ""
            for place, match in enumerate(found):
                last = place + 1 == len(found)
                value = cell[match.end() : None if last else found[place + 1].start()]
                value = value.strip(SPACE + "|｜;；,，【】[]")
                name = _BY_LABEL[without_spaces(match["label"])]
                if value:
                    yield name, value
                elif last:
                    waiting = name


def _unlabelled_day(cell: str, label: re.Match[str]) -> str:
    """The day before the source of a page: 甲网 2031年1月2日 10时 来源：乙网."""
    if _BY_LABEL[without_spaces(label["label"])] != "source":
        return ""
    day = _DATE.search(cell, 0, label.start())
    return day[0] if day else ""


def is_label_line(line: Line) -> bool:
    """Whether a line or a table only states what `pairs` finds."""
    cells = _cells(line)
    if line.kind == "table":
        labels = sum(_LABEL.match(cell) is not None for cell in cells)
        return labels > 1 and 3 * labels >= len([cell for cell in cells if cell])
    return _is_label_cell(line.words)


def states_page(line: Line) -> bool:
    """Whether a label line speaks of the page, as no line of a document does."""
    if line.kind == "table":
        return True
    fields = {_BY_LABEL[without_spaces(m["label"])] for m in _LABEL.finditer(line.words)}
    return bool(fields & _OF_PAGE) or _OWN_LABELS.search(line.words) is not None or not fields


def stated(nodes: Sequence[Node], lines: Sequence[Line], text: str) -> dict[str, str | date]:
    """The fields of `DocumentInfo` that a page states beside its text, without the title.

    `lines` are those around the text.  Who issues it and when is left to the text if that says
    so: it names all who issue together, where the page names the one whose site it is on.
    """
    said = metadata(text)
    found: dict[str, str | date] = {}
    days: list[date] = []
    source = ""
    for name, value in [*pairs(lines), *_meta(nodes)]:
        if name in ("issued", "published", "effective", "repealed"):
            if (day := printed_date(value[:20])) is not None:
                found.setdefault(name, day)
        elif name == "number":
            if _NUMBER.fullmatch(number := without_spaces(value)):
                found.setdefault(name, number)
        elif name == "issuer" and is_body(value) and name not in said:
            found.setdefault(name, without_spaces(value))
        elif name == "status" and _STATUS.fullmatch(value) and name not in said:
            found.setdefault(name, value)
        elif name == "source":
            source = source or bodies(value)
        elif name == "day" and (day := printed_date(value[:20])) is not None:
            days.append(day)
    if "published" not in found and len(set(days)) == 1:
        found["published"] = days[0]
    if source and "issuer" not in said and not _RULES.search(text):
        found.setdefault("issuer", source)
    return _possible(found, said, text)


def meta_title(nodes: Sequence[Node]) -> str:
    """The title that the page's <meta> states, or ""."""
    return next((value for name, value in _meta(nodes) if name == "title"), "")


def is_body(words: str) -> bool:
    """Whether the words name a public body, and no newspaper or web site.

    >>> [is_body(words) for words in ("某某市民政局", "某某日报", "本网", "甲局  乙局")]
    [True, False, False, False]
    """
    return _BODY.fullmatch(words) is not None and _NO_BODY.search(words) is None


def bodies(words: str) -> str:
    """Public bodies that are named as a source, joined by 、; "" if one of them is none.

    >>> bodies("某某市民政局 某某市财政局"), bodies("某某市民政局、某某日报")
    ('某某市民政局、某某市财政局', '')
    """
    named = [one for one in re.split(rf"[{SPACE}、，,;；]+", words) if one]
    return "、".join(named) if named and all(map(is_body, named)) else ""


def _possible(
    found: dict[str, str | date], said: dict[str, str | date], text: str
) -> dict[str, str | date]:
    """Without dates that contradict each other or the text, which knows best when it was signed.

    A page that shows an old document gives the day on which it went on line: no publication.
    """
    if "issued" in said:
        found.pop("issued", None)
    issued, published = said.get("issued", found.get("issued")), found.get("published")
    if isinstance(published, date):
        dated = isinstance(issued, date)
        days = [issued] if isinstance(issued, date) else _days(text)
        near = any(0 <= (published - day).days <= MAX_DELAY for day in days)
        years = [int(match[1]) for match in _YEAR.finditer(text)]
        old = bool(years) and published.year > max(years) + MAX_YEARS
        if not near and (dated or old or _RULES.search(text)):
            del found["published"]
    effective, repealed = found.get("effective"), found.get("repealed")
    if isinstance(effective, date) and isinstance(repealed, date) and repealed <= effective:
        del found["repealed"]
    return found


def _days(text: str) -> list[date]:
    """All days that a text names."""
    return [day for match in _DATE.finditer(text) if (day := printed_date(match[0])) is not None]


def _cells(line: Line) -> list[str]:
    if line.kind != "table":
        return [line.words]
    found: list[str] = []
    for row in line.rows:
        found += dict.fromkeys(cell.words for cell in row if cell.words)
    return found


def _is_label_cell(words: str) -> bool:
    if len(words) > MAX_LABEL_LINE:
        return False
    match = _LABEL.match(words.lstrip(SPACE + "【[|"))
    if match and ("：" in match[0] or ":" in match[0]):
        return "。" not in words
    day = _DATE.search(words)
    if day is None or "。" in words:
        return False
    behind = _LABEL.search(words, day.end())
    if behind:
        return _BY_LABEL[without_spaces(behind["label"])] in ("source", "")
    return day.start() == 0 and _CLOCK.fullmatch(words, day.end()) is not None


def _meta(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.tag == "meta":
            name = _META.get(node.attributes.get("name", "").strip().lower())
            value = " ".join(node.attributes.get("content", "").split())
            if name and value.strip(_EMPTY):
                yield name, value
