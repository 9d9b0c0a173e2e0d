"""Web pages of government sites: the document alone, with its tables, lists and title.

What surrounds it (navigation, buttons, related links, copyright) is left out; what the page says
of it in labels and <meta> elements is stated beside the text.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from ingest.characters import CJK
from ingest.errors import EmptyDocumentError, TooLargeError
from ingest.limits import MAX_TEXT
from ingest.patterns import pattern
from ingest.readers.base import Layout, Reading
from ingest.readers.web.body import body_range
from ingest.readers.web.encoding import checked, page_markup
from ingest.readers.web.furniture import furniture_places, without_furniture
from ingest.readers.web.lines import Line, page_lines
from ingest.readers.web.metadata import is_label_line, stated, states_page
from ingest.readers.web.title import begins_with, clean_title, is_part_of, page_title, title_line
from ingest.readers.web.tree import page_tree
from ingest.titles import title as printed_title

_PAGES = (".html", ".htm", ".shtml", ".xhtml", "")
_CHINESE = pattern(f"[{CJK}]")
"""A page under the name of another format is that of a site which could not show the file."""

MAX_WORDS = 2 * MAX_TEXT
"""Most code points of a whole page: what surrounds the document counts as well."""

MAX_HEAD = 12
"""So many lines at the top of a body may be title and labels of the page."""

MAX_TITLE_LINES = 3
"""So many of them may be the title."""


def read(data: bytes, name: str) -> Reading:
    """The document in a page, its blocks, and what the page states of it.

    Raises `EncodingError`, `TooLargeError`, or `EmptyDocumentError` for a page without text, or
    without the file that its name promises.
    """
    nodes = page_tree(page_markup(data, name))
    if (length := sum(len(node.words.strip()) for node in nodes)) > MAX_WORDS:
        raise TooLargeError(f"{name}有{length}字", f"不超过{MAX_WORDS}字的网页", "拆分后再添加")
    body = next((place for place, node in enumerate(nodes) if node.tag == "body"), 0)
    lines = page_lines(nodes, body, nodes[body].end if nodes else 0)
    if not lines:
        raise EmptyDocumentError(f"{name}里没有文字", "有正文的网页", "检查网页是否保存完整")
    start, end = body_range(nodes, lines)
    left_out = furniture_places(nodes, start + 1, end)
    kept = without_furniture(page_lines(nodes, start, end, left_out))
    head, kept = _without_labels(kept)
    if not kept:
        raise EmptyDocumentError(f"{name}里没有正文", "有正文的网页", "检查网页是否保存完整")
    above = [line for line in lines if line.place < start]
    title, clear = title_line(nodes, above)
    if not title and begins_with(named := clean_title(page_title(nodes)), kept):
        title, clear = named, True
    if is_part_of(title, printed_title("\n".join(line.words for line in kept))):
        title, clear = "", False
    layout = Layout()
    if title and not begins_with(title, kept):
        layout.heading(title)
    for line in kept:
        if line.rows:
            layout.table(line.rows, line.header)
        else:
            layout.paragraph(line.words, line.kind, line.level)
    text = checked(layout.reading().text, name)
    if PurePath(name).suffix.lower() not in _PAGES and not _CHINESE.search(text):
        raise EmptyDocumentError(
            f"{name}是网页,里面没有中文正文", "文件本身", "重新下载文件，不要保存显示它的网页"
        )
    beside = [*head, *above, *(line for line in lines if line.place >= end)]
    found: dict[str, str | date] = stated(nodes, beside, text)
    if clear:
        found["title"] = title
    return layout.reading(found)


def _without_labels(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The labels at the top of a body, and the body without them."""
    labels: list[Line] = []
    for place, line in enumerate(lines[:MAX_HEAD]):
        if is_label_line(line) and states_page(line):
            labels.append(line)
        elif "。" in line.words or place >= MAX_TITLE_LINES + len(labels):
            break
    return labels, [line for line in lines if line not in labels]
