"""A web page as a flat list of what it shows, in reading order, without recursion.

An element knows where it ends in the list, so that a part of the page is a range and what it holds
is a sum; what a browser never shows (scripts, styles, comments, form fields, hidden elements) is
not in the list at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.patterns import pattern

MAX_DEPTH = 512
"""Deeper elements are not opened, as in Chromium: the parser's time grows with the depth."""

MAX_STYLES = 64
"""So many elements of style at most are left open; each is repeated in every paragraph below."""

_NOT_SHOWN_TAGS = (
    "script style noscript template iframe frame object embed applet svg canvas audio "
    "video map select datalist button textarea input link base"
)
_NOT_SHOWN = frozenset(_NOT_SHOWN_TAGS.split())
MAX_ATTRIBUTES = 1000
"""The attributes of a tag of more words are left out."""

_HIDDEN = pattern(r"(?i)(?:^|[;\s])display\s*:\s*none")
_TAG = pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_STYLE_TAGS = "b big code em font i nobr s small strike strong tt u"
_STYLES = frozenset(_STYLE_TAGS.split())
_CLOSED_BY_OTHERS_TAGS = (
    "p li dt dd td th tr tbody thead tfoot colgroup option optgroup rp rt html head body "
    "area base br col embed hr img input link meta param source track wbr"
)
_CLOSED_BY_OTHERS = frozenset(_CLOSED_BY_OTHERS_TAGS.split())
"""Elements that need no end tag: they can be many without being deep."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element or, with an empty `tag`, a text; it holds the nodes after it up to `end`.

    `end` is a place in the list, half-open; `parent` is one, -1 at the top.
    """

    tag: str
    end: int
    parent: int
    words: str
    attributes: Mapping[str, str]

    @property
    def name(self) -> str:
        """Its id and classes in lower case, parted by spaces."""
        found = f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"
        return found.lower()


_NO_ATTRIBUTES: Mapping[str, str] = {}


def page_tree(markup: str) -> Sequence[Node]:
    """The nodes of a page in reading order, what its head holds first."""
    root = LexborHTMLParser(_tamed(markup)).root
    tags: list[str] = []
    ends: list[int] = []
    parents: list[int] = []
    words: list[str] = []
    attributes: list[Mapping[str, str]] = []
    later: list[tuple[LexborNode | None, int]] = []  # the next sibling of each open element
    node, parent = root, -1
    while node is not None or later:
        if node is None:
            node, place = later.pop()
            ends[place] = len(tags)
            parent = parents[place]
            continue
        tag = node.tag or ""
        if node.is_text_node:
            said, held = node.text_content or "", _NO_ATTRIBUTES
            tag = ""
        elif node.is_element_node and tag not in _NOT_SHOWN:
            said, held = "", {key: value or "" for key, value in node.attributes.items()}
            if "hidden" in held or ("style" in held and _HIDDEN.search(held["style"])):
                node = node.next
                continue
        else:
            node = node.next
            continue
        tags.append(tag)
        ends.append(len(tags))
        parents.append(parent)
        words.append(said)
        attributes.append(held)
        if tag and (child := node.child) is not None:
            parent = len(tags) - 1
            later.append((node.next, parent))
            node = child
        else:
            node = node.next
    return tuple(map(Node, tags, ends, parents, words, attributes))


def text_of(nodes: Sequence[Node], start: int, end: int) -> str:
    """The words of a range as one line."""
    return " ".join("".join(node.words or " " for node in nodes[start:end]).split())


def _tamed(markup: str) -> str:
    """The markup without what would take a parser hours.

    That is elements that are too deep, styles that are never closed, and tags with thousands of
    attributes, each of which is compared with all others.
    """
    deep = styles = deepest = most = longest = 0
    for match in _TAG.finditer(markup):
        longest = max(longest, match.end() - match.start())
        tag, step = match[2].lower(), -1 if match[1] else 1
        if tag in _STYLES:
            styles = max(0, styles + step)
            most = max(most, styles)
        if tag not in _CLOSED_BY_OTHERS:
            deep = max(0, deep + step)
            deepest = max(deepest, deep)
    if longest > 2 * MAX_ATTRIBUTES:
        markup = _TAG.sub(_bare, markup)
    if most > MAX_STYLES:
        markup = _without_styles(markup)
    return _without_depths(markup) if deepest > MAX_DEPTH else markup


def _bare(match: re.Match[str]) -> str:
    """The tag, without attributes where it has too many."""
    many = len(match[0]) > 2 * MAX_ATTRIBUTES and len(match[0].split()) > MAX_ATTRIBUTES
    return f"<{match[1]}{match[2]}>" if many else match[0]


def _without_styles(markup: str) -> str:
    """Each element of style as a span, which no parser repeats."""
    return _TAG.sub(
        lambda m: (
            f"<{m[1]}span{m[0][len(m[1]) + len(m[2]) + 1 :]}" if m[2].lower() in _STYLES else m[0]
        ),
        markup,
    )


def _without_depths(markup: str) -> str:
    parts: list[str] = []
    deep = last = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _CLOSED_BY_OTHERS:
            continue
        if not match[1]:
            deep += 1
        if deep > MAX_DEPTH:
            parts.append(markup[last : match.start()])
            last = match.end()
        if match[1]:
            deep = max(0, deep - 1)
    return "".join([*parts, markup[last:]])
