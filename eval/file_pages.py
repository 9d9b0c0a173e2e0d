"""How much of a web page's document a reader keeps, and how much of what it gives is foreign.

The page is read here by another route than the reader's: by lxml, without names of engines.  The
document is the element around the longest line of the reading that fits the reading best.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_NUMBER = re.compile(r"^(?:\d{1,3}[.、]|[•●])")
"""What a browser prints before the items of a list, which no markup holds."""

_NOT_SHOWN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "select",
        "textarea",
        "button",
        "input",
        "svg",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "small",
        "span",
        "st1:chsdate",
        "st1:chmetcnv",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "ucapcontent",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FRAME = re.compile(
    r"(?:信息)?来源[：:]|(?:发布|发表)?(?:日期|时间)[：:]|发布机构[：:]|【?字[号体]|相关(?:文档|附件|链接)[：:]?$"
    r"|政策解读[：:]|一图读懂[：:]|点击查看|\d{4}-\d\d-\d\d[\d:]*$|RawBlameHistory$|【?(?:打印|关闭)"
)
"""Lines of the site about the document: its day, source, size of letters and neighbours."""

PROSE = 0.9
"""So much of the page's prose at least the document's element holds."""

MIN_PROSE = 30
"""Shorter lines, in code points, may be the hints of a site's menu."""

_LONGEST = 12
"""So many of the longest lines at most are looked for in the page."""


@dataclass(frozen=True, slots=True)
class PageShare:
    """Shares in 0..1: of the element's characters those that were kept, of the reading's the
    foreign ones; `lost` and `strange` are the lines that make them."""

    kept: float
    foreign: float
    lost: tuple[str, ...]
    strange: tuple[str, ...]


def page_share(data: bytes, text: str) -> PageShare:
    """What was kept of a page, given the text that was read of it; white space never counts."""
    root = html.fromstring(_markup(data))
    read = [_squashed(cell) for line in text.split("\n") for cell in line.split("\t")]
    read = [line for line in read if line]
    element = _element(root, read)
    lines = [line for line in _lines(element) if not _FRAME.match(line)]
    printed, given = "".join(lines), "".join(read)
    lost = [line for line in lines if line not in given]
    above = "".join(_lines(root)) if element is not root else printed
    strange = [line for line in read if not _occurs(line, printed)]
    if strange[:1] == read[:1] and read[0] in above:
        strange = strange[1:]  # the title, which stands above the document
    return PageShare(
        kept=1 - sum(map(len, lost)) / max(1, len(printed)),
        foreign=sum(map(len, strange)) / max(1, len(given)),
        lost=tuple(lost),
        strange=tuple(strange),
    )


def _element(root: html.HtmlElement, read: Sequence[str]) -> html.HtmlElement:
    """The element that fits the reading best, of those around the longest line that it has.

    It holds nearly all prose of the page, so that a reading which stops too early does not choose
    an element that stops there too.
    """
    inner = root
    for line in islice(sorted(read, key=len, reverse=True), _LONGEST):
        if line not in "".join(_lines(root)):
            continue
        deeper: html.HtmlElement | None = root
        while deeper is not None:
            inner = deeper
            deeper = next((e for e in _elements(inner) if line in "".join(_lines(e))), None)
        break
    around = [inner, *inner.iterancestors()]
    prose = [_prose(one) for one in around]
    around = [one for one, held in zip(around, prose, strict=True) if held >= PROSE * prose[-1]]
    return max(around, key=lambda one: _fit(_lines(one), read))


def _prose(element: html.HtmlElement) -> int:
    """How many code points of an element's lines are paragraphs of sentences."""
    lines = (line for line in _lines(element) if len(line) >= MIN_PROSE and "。" in line)
    return sum(len(line) for line in lines if not _FRAME.match(line))


def _fit(lines: Sequence[str], read: Sequence[str]) -> float:
    """Twice what is common over both lengths: 1 where element and reading are the same."""
    printed = "".join(lines)
    common = sum(len(line) for line in read if _occurs(line, printed))
    return 2 * common / max(1, len(printed) + sum(map(len, read)))


def _occurs(line: str, printed: str) -> bool:
    return line in printed or _NUMBER.sub("", line) in printed


def _elements(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (child for child in element if isinstance(child.tag, str) and not _is_hidden(child))


def _lines(element: html.HtmlElement) -> list[str]:
    """The lines that an element shows, without white space."""
    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            parts.append(one.tail or "")
            continue
        if not isinstance(one.tag, str):
            continue
        hidden = _is_hidden(one) or any(map(_is_hidden, one.iterancestors()))
        if one.tag.lower() not in _INLINE:
            parts.append("\0")
        if event == "start" and not hidden:
            parts.append(one.text or "")
        elif event == "end" and one is not element:
            parent = one.getparent()
            if not (_is_hidden(parent) or any(map(_is_hidden, parent.iterancestors()))):
                parts.append(one.tail or "")
    return [line for part in "".join(parts).split("\0") if (line := _squashed(part))]


def _is_hidden(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return True
    styled = _HIDDEN.search(element.get("style", "")) is not None
    return element.tag.lower() in _NOT_SHOWN or styled or "hidden" in element.attrib


def _markup(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")


def _squashed(words: str) -> str:
    return _SPACE.sub("", words)
