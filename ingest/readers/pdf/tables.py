"""Ruled tables of a PDF page: lines that cross each other part the page into cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.rules import Rule

SNAP = 3.0
"""Lines within so many points of each other are one line; so near have lines to come to cross."""

MIN_CELL = 4.0
"""Cells that are lower or narrower, in points, are the gap between two lines of a double rule."""

COVERED = 0.5
"""A line parts two cells if it runs along this part of the edge between them."""

MAX_RULES = 1500
"""A page with more lines in one direction is a drawing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its first row and column, how many it spans, and its edges in points."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the edges of its columns and rows in points, and its cells row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The ruled tables of a page with two columns or more, from top to bottom."""
    level = _joined([rule for rule in rules if rule.level and rule.end - rule.start >= MIN_CELL])
    upright = _joined(
        [rule for rule in rules if not rule.level and rule.end - rule.start >= MIN_CELL]
    )
    if max(len(level), len(upright)) > MAX_RULES:
        return []
    found = [grid for across, down in _crossing(level, upright) if (grid := _grid(across, down))]
    return sorted(found, key=lambda grid: grid.ys[0])


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Lines that go on in each other as one line."""
    found: list[Rule] = []
    for places in _clusters([rule.at for rule in rules]):
        low, high = places[0], places[-1]
        at = sum(places) / len(places)
        same = sorted((r for r in rules if low <= r.at <= high), key=lambda rule: rule.start)
        for rule in same:
            if found and found[-1].at == at and rule.start <= found[-1].end + SNAP:
                before = found.pop()
                found.append(Rule(rule.level, at, before.start, max(before.end, rule.end)))
            else:
                found.append(Rule(rule.level, at, rule.start, rule.end))
    return found


def _clusters(places: Sequence[float]) -> list[list[float]]:
    """Places in order, those within `SNAP` of the first of them together."""
    found: list[list[float]] = []
    for place in sorted(places):
        if found and place - found[-1][0] <= SNAP:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _crossing(
    level: Sequence[Rule], upright: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """The level and upright lines that hang together by crossing, set by set."""
    group = list(range(len(level) + len(upright)))

    def root(of: int) -> int:
        while group[of] != of:
            group[of] = group[group[of]]
            of = group[of]
        return of

    for h, across in enumerate(level):
        for v, down in enumerate(upright):
            if (
                across.start - SNAP <= down.at <= across.end + SNAP
                and down.start - SNAP <= across.at <= down.end + SNAP
            ):
                group[root(h)] = root(len(level) + v)
    sets: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate([*level, *upright]):
        sets.setdefault(root(n), ([], []))[0 if rule.level else 1].append(rule)
    return [(across, down) for across, down in sets.values() if len(across) > 1 and down]


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """The table that crossing lines draw, or None if it has one column only."""
    start, end = min(rule.start for rule in level), max(rule.end for rule in level)
    # Printed tables often leave out the lines at their left and right side.
    xs = _edges([rule.at for rule in upright] + [start, end])
    ys = _edges([rule.at for rule in level])
    if len(xs) < 3 or len(ys) < 2:
        return None
    across, down = len(xs) - 1, len(ys) - 1

    def parted(at: float, low: float, high: float, rules: Sequence[Rule]) -> bool:
        along = sum(
            max(0.0, min(rule.end, high) - max(rule.start, low))
            for rule in rules
            if abs(rule.at - at) <= SNAP + 1
        )
        return along >= COVERED * (high - low)

    right_of = [
        [parted(xs[x + 1], ys[y], ys[y + 1], upright) for x in range(across)] for y in range(down)
    ]
    below = [
        [parted(ys[y + 1], xs[x], xs[x + 1], level) for x in range(across)] for y in range(down)
    ]
    boxes: list[Box] = []
    taken: set[tuple[int, int]] = set()
    for y in range(down):
        for x in range(across):
            if (y, x) in taken:
                continue
            wide = 1
            while (
                x + wide < across and not right_of[y][x + wide - 1] and (y, x + wide) not in taken
            ):
                wide += 1
            high = 1
            while (
                y + high < down
                and not any(below[y + high - 1][x : x + wide])
                and not any(right_of[y + high][x : x + wide - 1])
                and not any((y + high, x + n) in taken for n in range(wide))
            ):
                high += 1
            taken |= {(y + n, x + m) for n in range(high) for m in range(wide)}
            boxes.append(Box(y, x, high, wide, xs[x], ys[y], xs[x + wide], ys[y + high]))
    return Grid(tuple(xs), tuple(ys), tuple(boxes)) if len(boxes) > 1 else None


def _edges(places: Sequence[float]) -> list[float]:
    """The places of lines in order, without the second line of a double rule."""
    found: list[float] = []
    for cluster in _clusters(places):
        place = sum(cluster) / len(cluster)
        if not found or place - found[-1] >= MIN_CELL:
            found.append(place)
    return found
