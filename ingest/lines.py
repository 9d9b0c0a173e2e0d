"""The lines of a published text and which of them are page furniture.

Furniture is what a web page prints around a document: hints, copyright and registration lines,
share buttons, links to attached files.  It stays in the text, because the text is kept as
published, but no clause or passage covers it.
"""

import re
from dataclasses import dataclass

from ingest.characters import SPACE
from ingest.schema import Span
from ingest.sentences import trim

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
_FURNITURE = re.compile(rf"(?:{'|'.join(_STARTS)})|.*(?:{_ANYWHERE})", re.IGNORECASE)
MAX_FURNITURE = 200
"""A longer line, in code points, is prose that happens to hold one of the words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line without its outer white space."""

    span: Span
    furniture: bool


def lines(text: str) -> list[Line]:
    """The non-empty lines of `text`, in order.

    >>> [(line.span.of("正文。\\n © 2022 某站"), line.furniture)
    ...  for line in lines("正文。\\n © 2022 某站")]
    [('正文。', False), ('© 2022 某站', True)]
    """
    found = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        span = trim(text, Span(start, end))
        if len(span):
            furniture = len(span) <= MAX_FURNITURE and bool(_FURNITURE.match(span.of(text)))
            found.append(Line(span, furniture))
        start = end + 1
    return found
