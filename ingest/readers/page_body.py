"""Where the document stands in a web page.

Most government sites are built by a dozen engines, and each of them names the element that holds
the document.  A named element counts only if it holds most of the page's prose; on a page of
another engine, the body is the smallest element that holds nearly all of it.
"""

from collections.abc import Callable, Sequence

from ingest.patterns import pattern
from ingest.readers.page_furniture import is_furniture
from ingest.readers.page_lines import Line
from ingest.readers.page_metadata import is_label_line
from ingest.readers.page_tree import Node

NAMED_SHARE = 0.7
"""So much of the page's prose a named element must hold."""

NEARLY_ALL = 0.9
"""So much of the prose the element of an unknown engine must hold."""

MOST = 0.5
"""So much of all words it must hold where there is no prose."""

MIN_PROSE = 12
"""A shorter line, in code points, is no prose."""

_ENGINES = (  # the most exact first; # is an id, . a class, in lower case
    ".trs_ueditor .trs_editor .trs_editor_view",  # TRS 拓尔思
    "#ucap-content .pages_content ucapcontent",  # www.gov.cn and other sites of 开普 UCAP
    "#js_content .rich_media_content",  # WeChat
    "#vsb_content .v_news_content .wp_articlecontent",  # 博达, 苏迪
    ".easysite-news-text .easysite-news-content .ewb-article-content .ewb-article-info",  # 新点
    "#zoom #zoomcon #fontzoom #ivs_content #info_cont #detailcon #detailcontent #bookzoom",
    "#article-content #articlecontent #news_content #newscontent #con_content #textbox #artibody",
    ".article-content .article_content .articlecontent .content_article .article-body .art_con",
    ".xxgk_content .news_content .news-content .newscontent .newsmain .detail-content .detail_con",
    ".xl-con .xl-cont .contxt .showcontent .main-txt .zwnr .wzcon .view-content .bt_content",
    "#article .articlecon .article .post-content .entry-content .content #content",
)
_TAGS = ("article", "main")
_PARAGRAPHS = (
    "p",
    "span",
    "font",
    "b",
    "strong",
    "u",
    "i",
    "em",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "center",
)
_PROSE = pattern("[，。；：、！？]")


def body_range(nodes: Sequence[Node], lines: Sequence[Line]) -> tuple[int, int]:
    """The range of the nodes that hold the document, half-open.

    `lines` are those of the whole page.
    """
    weights = [_prose(line) for line in lines]
    total = sum(weights)
    if named := _named(nodes, _summed(nodes, lines, weights), total):
        return named
    if total:
        return _smallest(nodes, lines, weights, NEARLY_ALL)
    words = [0 if is_furniture(line) else len(line.words) for line in lines]
    return _smallest(nodes, lines, words, MOST)


def _prose(line: Line) -> int:
    """How many code points of prose or data a line has."""
    if 2 * line.linked > len(line.words) or is_furniture(line) or is_label_line(line):
        return 0
    if line.kind == "table":
        return len(line.words)
    prose = len(line.words) >= MIN_PROSE and _PROSE.search(line.words) is not None
    return len(line.words) if prose else 0


def _summed(
    nodes: Sequence[Node], lines: Sequence[Line], weights: Sequence[int]
) -> Callable[[int], int]:
    """The weight of the lines that begin in an element, for any element."""
    at_place = [0] * (len(nodes) + 1)
    for line, weight in zip(lines, weights, strict=True):
        at_place[line.place] += weight
    before = [0]
    for weight in at_place:
        before.append(before[-1] + weight)
    return lambda place: before[nodes[place].end] - before[place]


def _named(
    nodes: Sequence[Node], weight: Callable[[int], int], total: int
) -> tuple[int, int] | None:
    """The element that an engine names, the most exact name first; the largest of one name."""
    by_name: dict[str, list[int]] = {}
    for place, node in enumerate(nodes):
        if node.attributes:
            marks = {f".{name}" for name in node.attributes.get("class", "").lower().split()}
            if found := node.attributes.get("id", "").strip().lower():
                marks.add(f"#{found}")
            for mark in marks:
                by_name.setdefault(mark, []).append(place)
        if node.tag in _TAGS or node.tag == "ucapcontent":
            by_name.setdefault(node.tag, []).append(place)
    for name in (*" ".join(_ENGINES).split(), *_TAGS):
        if name in by_name:
            best = max(by_name[name], key=weight)
            if weight(best) and weight(best) >= NAMED_SHARE * total:
                return best, nodes[best].end
    return None


def _smallest(
    nodes: Sequence[Node], lines: Sequence[Line], weights: Sequence[int], share: float
) -> tuple[int, int]:
    """The smallest element that holds that share, or those around it that add no more."""
    weight = _summed(nodes, lines, weights)
    total = sum(weights)
    best = 0
    for place, node in enumerate(nodes):
        if node.tag and weight(place) >= share * total:
            best = place
    while (around := nodes[best].parent) >= 0:
        whole_page = nodes[around].tag in ("body", "html") and nodes[best].tag not in _PARAGRAPHS
        start, end = around, nodes[around].end
        added = [
            line
            for line in lines
            if start <= line.place < end and not best <= line.place < nodes[best].end
        ]
        if whole_page or not all(_belongs(nodes, line, around) for line in added):
            break
        best = around
    return best, nodes[best].end


def _belongs(nodes: Sequence[Node], line: Line, around: int) -> bool:
    """Whether a line beside the body is one of it: prose is if it has no container of its own."""
    place = nodes[line.place].parent
    while place > around and nodes[place].tag in _PARAGRAPHS:
        place = nodes[place].parent
    return _is_plain(line) and (place == around or not _prose(line))


def _is_plain(line: Line) -> bool:
    return (
        not line.linked
        and line.kind in ("paragraph", "table")
        and not is_furniture(line)
        and not is_label_line(line)
    )
