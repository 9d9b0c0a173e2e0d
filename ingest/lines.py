"""The lines of a published text and which of them are page furniture.

A text may have lost its line breaks on the way: a very long line is taken apart at the spaces
where its paragraphs ended.  Lines that were wrapped by hand are one line again: see `wrapping`.

Furniture is what a web page prints around a document: hints, copyright and registration lines,
share buttons, links to attached files.  It stays in the text, because the text is kept as
published, but no clause or passage covers it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.characters import SPACE
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim
from ingest.wrapping import wrapped

_STARTS = (  # a line of furniture begins with one of these
    r"温馨提示[：:]",
    r"信息来源[：:]",
    r"来源[：:].{0,30}$",
    r"©|Copyright|版权所有",
    r"(?:主办|承办|技术支持)(?:单位)?[：:]",
    r"责任编辑[：:]|字体[：:]|分享到|扫一扫|上一篇|下一篇|返回顶部",
    r"【?(?:打印|关闭窗口|关闭)】?$",
    r"当前位置[：:]|您(?:现在)?(?:的|所在)位置|浏览次数|阅读次数",
    r"相关(?:链接|附件|新闻)$",
    rf"附件?[：:]?[{SPACE}]*\S{{0,80}}\.(?:pdf|docx?|xlsx?|zip|rar|ofd|wps|jpe?g|png)[{SPACE}]*$",
    rf"<!--.*-->[{SPACE}]*$",
)
_ANYWHERE = r"ICP备|公网安备|版权所有|点击此处|阅读原文|网站标识码"
_FURNITURE = pattern(rf"(?:{'|'.join(_STARTS)})|.*(?:{_ANYWHERE})", re.IGNORECASE)
_FIRST = frozenset("温信来©Cc版主承技责字分扫上下返【打关当您浏阅相附<")
"""The first characters of all `_STARTS`."""

_TELLING = ("备", "公网安备", "版权所有", "点击此处", "阅读原文", "网站标识码")
"""A text that holds none of these has nothing of `_ANYWHERE`."""

_LOST_BREAK = pattern(
    rf"(?=[{SPACE}])(?:(?<=[。；：！？:;）)”])[{SPACE}]+"  # at once past what is no space
    rf"|(?<![{SPACE}])[{SPACE}]+(?=(?:问|答|记者|Q|A)\d{{0,2}}[：:])"
    rf"|(?<![{SPACE}])[{SPACE}]+(?=\d{{1,2}}[.．、](?![\d{SPACE}]))"
    rf"|(?<![{SPACE}])[{SPACE}]+(?=(?:{CHINESE_NUMBER}[、．]|[（(]{CHINESE_NUMBER}[）)]|第{CHINESE_NUMBER}[编章节条][{SPACE}])"
    rf"(?![{SPACE}]*[、和至])))"
)
_NO_SPACE = pattern(
    rf"{_LOST_BREAK.pattern}|(?<=[。；！？?!…）)”])(?={CHINESE_NUMBER}、|第{CHINESE_NUMBER}[条章节](?![款项第的、和]))"
    rf"|(?<=[。；：！？?!…）)”])(?=(?:问|答|记者|Q|A)\d{{0,2}}[：:])"
    rf"|(?<=。)(?=[（(]{CHINESE_NUMBER}[）)])"
)
"""Where nearly all of a text is one line, not even a space may stand where a paragraph ended."""

ALL_LOST = 0.6
"""So much of the text is one line where its breaks were lost."""

MAX_LINE = 300
"""A longer line, in code points, may be several lines whose breaks became spaces."""

MAX_FURNITURE = 200
"""A longer line, in code points, is prose that happens to hold one of the words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line without its outer white space."""

    span: Span
    furniture: bool


@lru_cache(maxsize=2)  # outline, metadata and passages all ask for the lines of one text
def lines(text: str) -> tuple[Line, ...]:
    """The non-empty lines of `text`, in order.

    >>> [(line.span.of("正文。\\n © 2022 某站"), line.furniture)
    ...  for line in lines("正文。\\n © 2022 某站")]
    [('正文。', False), ('© 2022 某站', True)]
    """
    telling = any(word in text for word in _TELLING)
    found: list[Line] = []
    joined = wrapped(text)
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        while end in joined:
            end = text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        for part in _parts(text, start, end):
            span = trim(text, part)
            if len(span):
                furniture = (
                    len(span) <= MAX_FURNITURE
                    and (telling or text[span.start] in _FIRST)
                    and _FURNITURE.match(span.of(text)) is not None
                )
                found.append(Line(span, furniture))
        start = end + 1
    return tuple(found)


def _parts(text: str, start: int, end: int) -> list[Span]:
    """The lines that a line was before a copy turned its line breaks into spaces.

    A row of a table, whose cells are parted by tabs, is one line however long it is.
    """
    if end - start <= MAX_LINE or "\t" in text[start:end].strip():
        return [Span(start, end)]
    lost = _NO_SPACE if end - start > len(text) * ALL_LOST else _LOST_BREAK
    breaks = [m.end() for m in lost.finditer(text, start, end)]
    return [Span(a, b) for a, b in zip([start, *breaks], [*breaks, end], strict=True)]
