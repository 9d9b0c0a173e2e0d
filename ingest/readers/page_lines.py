"""The lines that a part of a web page shows: paragraphs, headings, list items, tables.

A block element and a <br> end a line, everything else runs on.  White space is collapsed as a
browser does it; a line break of the file inside a Chinese sentence is nothing at all, as CSS has
it, since Chinese is written without spaces.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.characters import SPACE
from ingest.numbering import mark_at
from ingest.patterns import pattern
from ingest.readers.base import BlockKind, Cell
from ingest.readers.html_tables import TableCell, data_cells, grid
from ingest.readers.page_list_numbers import item_number
from ingest.readers.page_tree import Node

MAX_CELL = 400
"""A longer cell, in code points, that has several paragraphs is prose: its row is taken apart."""

MAX_LOOK = 50
"""So many nodes of a list's first item are searched for a number that was typed."""

_BLOCK_TAGS = (
    "address article aside blockquote body center dd dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
    "menu nav ol p pre section summary details table caption tbody td tfoot th thead tr "
    "ul xmp listing"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_AS_BLOCK = pattern(r"(?i)(?:^|[;\s])display\s*:\s*(?:block|flex|table|list-item|grid)\b")
_KEPT_BREAKS = pattern(r"(?i)(?:^|[;\s])white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b")
_RUNS = pattern("[ \t\n\f]+")
_WIDE = ("W", "F", "A")
"""East Asian widths without a space between them; quotation marks are A, wide in Chinese text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a table with its `rows`, the first `header` of which name the columns.

    `place` is that of the node where it begins; `linked` is how many code points of it are links.
    """

    kind: BlockKind
    words: str
    place: int
    level: int = 0
    linked: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    header: int = 0


def page_lines(
    nodes: Sequence[Node], start: int, end: int, left_out: Collection[int] = ()
) -> list[Line]:
    """The lines of the nodes in a range, without those elements whose places are `left_out`."""
    made = _Lines()
    open_elements: list[int] = []
    at = start
    while at < end:
        while open_elements and nodes[open_elements[-1]].end <= at:
            made.leave(nodes[open_elements.pop()])
        node = nodes[at]
        if not node.tag:
            made.say(node.words, at)
        elif at in left_out:
            made.end_line()
            at = node.end
            continue
        elif node.tag == "table" and (shown := _table(nodes, at, left_out)) is not None:
            made.end_line()
            made.found += shown
            at = node.end
            continue
        else:
            made.enter(nodes, at)
            open_elements.append(at)
        at += 1
    while open_elements:
        made.leave(nodes[open_elements.pop()])
    made.end_line()
    return made.found


class _Lines:
    """The lines so far and the one that is being written."""

    def __init__(self) -> None:
        self.found: list[Line] = []
        self._parts: list[str] = []
        self._place = -1
        self._level = self._linked = self._links = self._kept = 0
        self._item = False
        self._number = ""
        self._lists: list[tuple[Node, int, bool]] = []  # each open list, its next number, printed?

    def say(self, words: str, place: int) -> None:
        """Words of the line that is being written."""
        if self._place < 0 and words.strip():
            self._place = place
        if self._links:
            self._linked += len(words.strip())
        if not self._kept:
            self._parts.append(_collapsed(words))
            return
        first, *others = words.split("\n")
        self._parts.append(first)
        for other in others:
            self.end_line()
            self._place = place
            self._parts.append(other)

    def enter(self, nodes: Sequence[Node], place: int) -> None:
        """An element begins."""
        node = nodes[place]
        if node.tag == "br" or _is_block(node):
            self.end_line()
        if _is_link(node):
            self._links += 1
        elif node.tag in _HEADINGS:
            self._level = _HEADINGS[node.tag]
        elif node.tag in ("ol", "ul", "menu", "dir"):
            self._lists.append((node, _first(nodes, place), _prints(nodes, place)))
        elif node.tag == "li":
            self._item = True
            self._number = self._next_number(node)
        if _keeps_breaks(node):
            self._kept += 1

    def leave(self, node: Node) -> None:
        """An element ends."""
        if _is_block(node):
            self.end_line()
        if _is_link(node):
            self._links -= 1
        elif node.tag in _HEADINGS:
            self._level = 0
        elif node.tag in ("ol", "ul", "menu", "dir"):
            self._lists.pop()
        elif node.tag == "li":
            self._item, self._number = False, ""
        if _keeps_breaks(node):
            self._kept -= 1

    def end_line(self) -> None:
        """What was said is a line of its own."""
        words = _RUNS.sub(" ", "".join(self._parts)).strip(SPACE + "\n")
        if words:
            if self._number:
                words, self._number = f"{self._number} {words}", ""
            kind: BlockKind = "heading" if self._level else "list" if self._item else "paragraph"
            self.found.append(Line(kind, words, self._place, self._level, self._linked))
        self._parts, self._place, self._linked = [], -1, 0

    def _next_number(self, item: Node) -> str:
        if not self._lists or self._lists[-1][0].tag != "ol":
            return ""
        within, number, printed = self._lists[-1]
        number = _integer(item.attributes.get("value", ""), number)
        step = -1 if "reversed" in within.attributes else 1
        self._lists[-1] = within, number + step, printed
        return item_number(number, within.attributes) if printed else ""


def _table(nodes: Sequence[Node], place: int, left_out: Collection[int]) -> list[Line] | None:
    """The lines of a table of data, None for one that only lays out the page."""
    rows = data_cells(nodes, place)
    if rows is None or max(map(len, rows)) < 2:
        return None
    held = {
        cell.place: page_lines(nodes, cell.place, nodes[cell.place].end, left_out)
        for row in rows
        for cell in row
    }
    words = {cell: " ".join(line.words for line in lines) for cell, lines in held.items()}
    spread = grid(rows, words)
    if not spread or len(spread[0]) < 2:
        return None
    cells = {cell: Cell(said) for cell, said in words.items()}
    spanning = any(cell.rows > 1 for row in rows for cell in row)
    linked = {cell: sum(line.linked for line in lines) for cell, lines in held.items()}
    shown = page_lines(nodes, place + 1, rows[0][0].place, left_out)  # the caption
    part: list[list[TableCell | None]] = []
    for row in spread:
        distinct = list(dict.fromkeys(cell for cell in row if cell))
        alone = len(distinct) == 1
        if not alone and (spanning or not any(_is_prose(held[cell.place]) for cell in distinct)):
            part.append(row)
            continue
        shown += _rows(part, cells, linked)
        part = []
        shown += [line for cell in distinct for line in held[cell.place]]
    return shown + _rows(part, cells, linked)


def _rows(
    rows: Sequence[Sequence[TableCell | None]], cells: dict[int, Cell], linked: dict[int, int]
) -> list[Line]:
    if not rows:
        return []
    places = list(dict.fromkeys(cell.place for row in rows for cell in row if cell))
    header = 0
    while header < len(rows) and all(cell is None or cell.header for cell in rows[header]):
        header += 1
    empty = Cell("")
    shown = tuple(tuple(cells[cell.place] if cell else empty for cell in row) for row in rows)
    said = "\n".join("\t".join(cell.words for cell in row) for row in shown)
    links = sum(linked[place] for place in places)
    made = Line("table", said, places[0], linked=links, rows=shown)
    return [replace(made, header=header if header < len(rows) else 0)]


def _is_prose(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and sum(len(line.words) for line in lines) > MAX_CELL


def _is_block(node: Node) -> bool:
    if node.tag in _BLOCKS:
        return True
    style = node.attributes.get("style", "")
    return bool(style) and _AS_BLOCK.search(style) is not None


def _is_link(node: Node) -> bool:
    """Whether an element is a link, and no anchor that old pages never close."""
    return node.tag == "a" and "href" in node.attributes


def _keeps_breaks(node: Node) -> bool:
    style = node.attributes.get("style", "")
    return node.tag in ("pre", "xmp", "listing") or (
        bool(style) and _KEPT_BREAKS.search(style) is not None
    )


def _collapsed(words: str) -> str:
    """A text without the line breaks of the file that stand between Chinese characters."""
    if "\n" not in words.strip():
        return words
    parts = _RUNS.split(words)
    gaps = _RUNS.findall(words)
    made = [parts[0]]
    for gap, part in zip(gaps, parts[1:], strict=True):
        before = made[-1]
        wide = before and part and _is_wide(before[-1]) and _is_wide(part[0])
        made.append(part if wide and "\n" in gap else f" {part}")
    return "".join(made)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


def _first(nodes: Sequence[Node], place: int) -> int:
    """The number of a list's first item."""
    held = nodes[place].attributes
    last = len(_items(nodes, place)) if "reversed" in held else 1
    return _integer(held.get("start", ""), last)


def _prints(nodes: Sequence[Node], place: int) -> bool:
    """Whether the browser's numbers are wanted: not where the author typed numbers himself."""
    if nodes[place].tag != "ol":
        return False
    for item in _items(nodes, place)[:1]:
        for at in range(item, min(nodes[item].end, item + MAX_LOOK)):
            if words := nodes[at].words.strip(SPACE + "\n")[:80]:
                return mark_at(words, 0, len(words)) is None
    return False


def _items(nodes: Sequence[Node], place: int) -> list[int]:
    """The places of a list's own items."""
    found: list[int] = []
    at = place + 1
    while at < nodes[place].end:
        if nodes[at].tag == "li":
            found.append(at)
        at = nodes[at].end
    return found


def _integer(said: str, otherwise: int) -> int:
    said = said.strip()[:10]
    digits = said.removeprefix("-")
    return int(said) if digits.isascii() and digits.isdigit() else otherwise
