"""The title of the document in a web page, and whether the page is clear about it."""

from collections.abc import Sequence

from ingest.characters import CLOSERS, OPENERS, SPACE, without_spaces
from ingest.document_numbers import NUMBER
from ingest.patterns import pattern
from ingest.readers.web.furniture import is_furniture
from ingest.readers.web.lines import Line
from ingest.readers.web.metadata import is_label_line, meta_title
from ingest.readers.web.tree import Node
from ingest.references import title_key
from ingest.titles import passed_on

MIN_TITLE, MAX_TITLE = 5, 150
"""Shortest and longest title that is looked for above the body, in code points."""

_SITE = pattern(
    rf"[{SPACE}]*(?:[-_—–|｜]+)[{SPACE}]*[^-_—–|｜]*"
    r"(?:网|网站|门户|平台|政府|委员会|[局厅部委办]|中心|栏目|公报|新闻|频道|公开|文件|法规|）)$"
)
_NUMBERED = pattern(rf"[{SPACE}]*[（(]{NUMBER.pattern}[）)][{SPACE}]*$")
_HEADS = ("h1", "h2", "h3", "h4")
_NAMED = pattern(r"(?:^|[\s_-])(?:\w*title|tit|bt|biaoti|headline)\b")


def clean_title(words: str) -> str:
    """A title without the names of site and column behind it.

    >>> clean_title("某某市住房保障办法_政策文件_某某市人民政府网")
    '某某市住房保障办法'
    """
    words = " ".join(words.split())
    while (site := _SITE.search(words)) and site.start() >= MIN_TITLE:
        words = words[: site.start()]
    return words.strip(SPACE)


def title_line(nodes: Sequence[Node], above: Sequence[Line]) -> tuple[str, bool]:
    """The title that stands above the body, and whether the page marks it; ("", False) if none.

    `above` are the lines above the body; between the title and the body stand only labels,
    buttons and dates.
    """
    in_meta = clean_title(meta_title(nodes))
    if len(in_meta) >= MIN_TITLE:
        return in_meta, True
    of_page = without_spaces(page_title(nodes))
    for at in range(len(above) - 1, -1, -1):
        line = above[at]
        words = _joined(nodes, above, at)
        squashed = without_spaces(words)
        if len(squashed) < MIN_TITLE or _is_around(line):
            continue
        if len(squashed) > MAX_TITLE or "。" in squashed:
            return "", False
        marked = squashed in of_page or _is_head(nodes, line.place, ("h1",))
        return words, marked and _is_head(nodes, line.place, _HEADS)
    return "", False


def begins_with(title: str, lines: Sequence[Line]) -> bool:
    """Whether the first lines of a body already say the title."""
    squashed = without_spaces(title)
    opening = without_spaces("".join(line.words for line in lines[:8]))[: 2 * len(squashed) + 80]
    place = opening.find(squashed)
    if len(squashed) < MIN_TITLE or place < 0:
        return False
    end = place + len(squashed)
    return not (opening[:place][-1:] in OPENERS and opening[end : end + 1] in CLOSERS and place)


def is_part_of(title: str, printed: str) -> bool:
    """Whether the title that a page has is the one that its document prints, cut short.

    Pages leave out who issues a notice, or name what it passes on.

    >>> is_part_of("关于修桥的通知（甲办〔2031〕4号）", "甲市水务局关于修桥的通知")
    True
    >>> is_part_of("修桥办法", "甲市水务局关于印发修桥办法的通知"), is_part_of("修桥", "修桥规定")
    (True, False)
    """
    short, whole = (title_key(_NUMBERED.sub("", words)) for words in (title, printed))
    return short != whole and (whole.endswith(short) or title_key(passed_on(printed)) == short)


def _is_around(line: Line) -> bool:
    return is_furniture(line) or is_label_line(line) or 2 * line.linked > len(line.words)


def _joined(nodes: Sequence[Node], lines: Sequence[Line], at: int) -> str:
    """A title's lines as one, where an element of heading breaks it."""
    head = _head_of(nodes, lines[at].place, _HEADS)
    parts = [lines[at].words]
    while head >= 0 and at and _head_of(nodes, lines[at - 1].place, _HEADS) == head:
        at -= 1
        parts.insert(0, lines[at].words)
    return "".join(parts)


def _is_head(nodes: Sequence[Node], place: int, tags: Sequence[str]) -> bool:
    return _head_of(nodes, place, tags) >= 0


def _head_of(nodes: Sequence[Node], place: int, tags: Sequence[str]) -> int:
    """The place of the heading, or the element named title, that a node is in; -1 if none."""
    for _ in range(6):
        place = nodes[place].parent
        if place < 0 or nodes[place].tag == "body":
            return -1
        if nodes[place].tag in tags or _NAMED.search(nodes[place].name):
            return place
    return -1


def page_title(nodes: Sequence[Node]) -> str:
    """What the window's bar shows, the names of site and column included; "" if nothing."""
    for node_place, node in enumerate(nodes):
        if node.tag == "title":
            return "".join(one.words for one in nodes[node_place : node.end])
    return ""
