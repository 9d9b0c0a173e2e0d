"""The edges of the text on each page, and the usual distance between its lines."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.lines import Line

SUPPORT = 3
"""So many lines of a page have to begin or end at a place for it to be an edge of the text."""

INDENT = 0.8
"""A line that begins this many ems further right is indented."""

DEEPEST = 4.5
"""An indent of a paragraph is no deeper, in ems."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the text of a page, or of a column of it, begins and ends, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Print:
    """How a document is set.

    `edges` by page and column; `pitch` the distance of lines in points by their size, rounded;
    `body` the size of most of its text; `indented` whether its paragraphs begin with an indent.
    """

    edges: Mapping[tuple[int, int], Edges]
    pitch: Mapping[int, float]
    body: float
    indented: bool


def print_of(lines: Sequence[Line]) -> Print:
    """How some lines, those of a whole document, are set."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 12.0
    edges = _edges(lines)
    return Print(edges, _pitch(lines), body, _indented(lines, edges))


def _edges(lines: Sequence[Line]) -> dict[tuple[int, int], Edges]:
    places: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        places[line.page, line.column].append(line)
    own = {place: _own(held) for place, held in places.items()}
    found: dict[tuple[int, int], Edges] = {}
    for place, held in places.items():
        page, column = place
        alike = [
            edges
            for (other, beside), edges in own.items()
            if edges is not None and beside == column and (other - page) % 2 == 0
        ] or [edges for (_, beside), edges in own.items() if edges and beside == column]
        mine = own[place]
        usual = _usual(alike)
        if usual is None:
            found[place] = mine or Edges(
                min(line.left for line in held), max(line.right for line in held)
            )
        elif mine is None or mine.right - mine.left < 0.75 * (usual.right - usual.left):
            found[place] = _widened(usual, held)
        elif abs(mine.right - usual.right) < 1.5 * held[0].size and usual.left < mine.left:
            # On a page where every line opens a paragraph the indent looks like the edge.
            near = mine.left - usual.left <= DEEPEST * held[0].size
            found[place] = Edges(usual.left if near else mine.left, mine.right)
        else:
            found[place] = mine
    return found


def _widened(edges: Edges, lines: Sequence[Line]) -> Edges:
    """Edges that hold all lines, of a page that does not keep to the usual ones."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    size = lines[0].size
    return Edges(
        left if left < edges.left - 0.5 * size else edges.left,
        right if right > edges.right + 1.5 * size else edges.right,
    )


def _usual(alike: Sequence[Edges]) -> Edges | None:
    if not alike:
        return None
    return Edges(median(e.left for e in alike), median(e.right for e in alike))


def _own(lines: Sequence[Line]) -> Edges | None:
    """The edges that the lines of one page show by themselves."""
    size = median(line.size for line in lines)
    left = _shared([line.left for line in lines], 0.5 * size)
    right = _shared([-line.right for line in lines], 1.1 * size)
    if left is None or right is None or -right - left < 8 * size:
        return None
    return Edges(left, -right)


def _shared(places: Sequence[float], within: float) -> float | None:
    """The least place that `SUPPORT` lines share, or None."""
    ordered = sorted(places)
    for first, last in zip(ordered, ordered[SUPPORT - 1 :], strict=False):
        if last - first <= within:
            return first
    return None


def _pitch(lines: Sequence[Line]) -> dict[int, float]:
    gaps: dict[int, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        gap = below.baseline - above.baseline
        same = (above.page, above.column) == (below.page, below.column)
        if same and abs(above.size - below.size) < 0.1 * above.size and gap > 0.8 * above.size:
            gaps[round(above.size)].append(gap)
    return {size: _most(found) for size, found in gaps.items()}


def _most(gaps: Sequence[float]) -> float:
    """The most common distance; of equally common ones the least."""
    counts = Counter(round(gap) for gap in gaps)
    best = max(counts.values())
    if best == 1:
        return min(gaps)
    return float(min(gap for gap, count in counts.items() if count >= 0.6 * best))


def _indented(lines: Sequence[Line], edges: Mapping[tuple[int, int], Edges]) -> bool:
    """Whether a line at an indent is often followed by one at the edge."""
    count = 0
    for above, below in pairwise(lines):
        indent = (above.left - edges[above.page, above.column].left) / above.size
        flush = (below.left - edges[below.page, below.column].left) / below.size
        count += INDENT < indent < DEEPEST and abs(flush) < INDENT / 2
    return count >= max(2, 0.04 * len(lines))
