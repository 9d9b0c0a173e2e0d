"""Tables that were stored with one cell a line, as pages lose them: below their header, row by row.

Two ways of storing are read.  Rows are parted by empty lines, and each has at most as many lines as
the header: a cell that is missing at the front spans rows (its words stand in a row above), one
that is missing behind is empty.  Or rows are numbered 1, 2, 3, and between two numbers stand the
cells of a row.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.cell_values import TOTAL, is_figure
from ingest.lines import Line, lines
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.unit_lists import unit_words

MIN_ROWS, MIN_COLUMNS, MAX_COLUMNS = 3, 3, 10
"""Fewest rows, and fewest and most columns, of a table that is told by the order of its lines."""

MAX_BETWEEN = 3
"""Most lines between two numbered rows that belong to neither: headings of the rows below."""

MOST_LOOKED_AT = 200
"""So many rows are looked at for the width of a table."""

MAX_NAME, MAX_CELL = 16, 60
"""Longest name of a column and, where empty lines part the rows, longest cell, in code points."""

_STOP = pattern("[。；;！？!?]|[：:]$")
_BLANK = pattern(r"\n\s*\n")
_NUMBERED = ("序号", "编号")


@dataclass(frozen=True, slots=True)
class Stacked:
    """A row: its cells, as many as there are columns, and its own lines from first to last.

    A cell that spans rows stands in the row above, or is empty.
    """

    cells: tuple[Span, ...]
    lines: Span
    header: tuple[Span, ...]


def stacked(text: str) -> list[Stacked]:
    """The rows of such tables in reading order.

    >>> t = "序号\\n任务\\n单位\\n1\\n修路\\n甲局\\n2\\n架桥\\n乙局\\n3\\n铺轨\\n丙局\\n"
    >>> [[cell.of(t) for cell in row.cells] for row in stacked(t)]
    [['1', '修路', '甲局'], ['2', '架桥', '乙局'], ['3', '铺轨', '丙局']]
    """
    content = [line for line in lines(text) if not line.furniture]
    found = list(_numbered(text, content))
    ends = {row.header[0].start: row.lines.end for row in found}  # of each table
    starts = sorted(ends)
    for row in _parted(text, content):
        before = bisect_left(starts, row.lines.end)
        if not before or ends[starts[before - 1]] <= row.lines.start:
            found.append(row)
    return sorted(found, key=lambda row: row.lines.start)


def _is_name(words: str) -> bool:
    return len(words) <= MAX_NAME and not _STOP.search(words) and not is_figure(words)


def _numbered(text: str, content: Sequence[Line]) -> Iterator[Stacked]:
    words = [line.span.of(text) for line in content]
    at = 0
    while at < len(words):
        if words[at] not in _NUMBERED:
            at += 1
            continue
        ones = (i for i in range(at + 1, min(at + MAX_COLUMNS, len(words))) if words[i] == "1")
        first = next(ones, 0)
        tried = [
            _count(text, content, words, header, first)
            for header in _headers(content, words, at, first)
        ]
        rows, at = max(tried, key=lambda one: len(one[0]), default=([], at + 1))
        if len(rows) >= MIN_ROWS:
            yield from rows


def _headers(
    content: Sequence[Line], words: Sequence[str], at: int, first: int
) -> Iterator[tuple[list[Span], int]]:
    """What the names of the columns around 序号 may be, and how many stand before it.

    The last line above the first number may be a name, or the first words of the column before
    序号, which spans rows.
    """
    for end, before in ((first, 0), (first - 1, 1)):
        names = range(at - before, end)
        if len(names) >= MIN_COLUMNS and at >= before and all(_is_name(words[i]) for i in names):
            yield [content[i].span for i in names], before


def _count(
    text: str,
    content: Sequence[Line],
    words: Sequence[str],
    header: tuple[list[Span], int],
    first: int,
) -> tuple[list[Stacked], int]:
    names, before = header
    columns = len(names) - before - 1
    units = [name.of(text) in unit_words().roles for name in names[before + 1 :]]
    rows: list[Stacked] = []
    group = content[first - 1].span if before else None
    above: tuple[Span, ...] = ()
    at, number = first, 1
    while at < len(words) and words[at] == str(number):
        reach = min(at + columns + 1 + MAX_BETWEEN, len(words))
        following = next((i for i in range(at + 1, reach) if words[i] == str(number + 1)), None)
        own = list(range(at + 1, min(at + 1 + columns, following or len(words))))
        while len(own) > 1 and units[len(own) - 1] and not _of_units(words[own[-1]]):
            own.pop()  # the next rows' heading: the units of this row span the rows above
        cells = [content[i].span for i in own]
        cells += list(above[before + 1 + len(cells) :])  # the last columns span rows
        if len(cells) < columns:
            break
        start = content[at].span.start
        lead = [group or Span(start, start)] * before
        above = (*lead, content[at].span, *cells)
        rows.append(Stacked(above, Span(start, content[own[-1]].span.end), tuple(names)))
        at = following if following is not None else own[-1] + 1
        if following is not None and before and following - own[-1] > 1:
            group = content[following - 1].span
        number += 1
    return rows, at


def _of_units(words: str) -> bool:
    return words.rstrip("等。").endswith(unit_words().suffixes)


def _parted(text: str, content: Sequence[Line]) -> Iterator[Stacked]:
    groups = _groups(text, content)
    at = 1
    while at < len(groups):
        end = at
        while end < len(groups) and _is_row(text, groups[end]):
            end += 1
        found = _below_names(text, groups, at, end)
        if found is not None:
            yield from _aligned(text, found[0], groups[found[1] : end])
        at = end + 1


def _below_names(
    text: str, groups: Sequence[Sequence[Span]], start: int, end: int
) -> tuple[Sequence[Span], int] | None:
    """The names of the columns above rows that end before `end`, and the first of these."""
    widths = [len(group) for group in groups[start:end]]
    widest = list(accumulate(reversed(widths), max))[::-1]  # from each row on
    for at in range(start, end - MIN_ROWS + 1):
        width = max(widths[at - start : at - start + MOST_LOOKED_AT])
        names = groups[at - 1][-width:]
        if (
            MIN_COLUMNS <= width <= len(groups[at - 1])
            and all(_is_name(name.of(text)) for name in names)
            and any(is_figure(cell.of(text)) for cell in groups[at])
            and len(names) == widest[at - start]
        ):
            return names, at
    return None


def _groups(text: str, content: Sequence[Line]) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for line in content:
        last = groups[-1][-1].end if groups else 0
        if groups and not _BLANK.search(text, last, line.span.start):
            groups[-1].append(line.span)
        else:
            groups.append([line.span])
    return groups


def _is_row(text: str, group: Sequence[Span]) -> bool:
    return 2 <= len(group) <= MAX_COLUMNS and all(
        len(cell) <= MAX_CELL and not _STOP.search(cell.of(text)) for cell in group
    )


def _aligned(
    text: str, names: Sequence[Span], groups: Sequence[Sequence[Span]]
) -> Iterator[Stacked]:
    """The rows with each cell under the column whose other cells are most like it."""
    full = [group for group in groups if len(group) == len(names)]
    columns = [[group[place] for group in full] for place in range(len(names))]
    for group in groups:  # what is like nothing in a full row may be like what stands elsewhere
        for cell, place in zip(group, _places(text, group, columns), strict=True):
            columns[place].append(cell)
    above: list[Span] = [Span(names[0].start, names[0].start)] * len(names)
    last = columns[-1] if _spans_rows(text, groups, columns[-1]) else []
    for group in groups:
        places = _places(text, group, columns)
        made = [Span(group[0].start, group[0].start)] * len(names)
        for cell, place in zip(group, places, strict=True):
            made[place] = cell
        for place in range(places[0]):  # what spans rows stands in front
            made[place] = above[place]
        if last and not len(made[-1]) and not TOTAL.match(text, group[0].start):
            made[-1] = above[-1]
        above = made
        yield Stacked(tuple(made), Span(group[0].start, group[-1].end), tuple(names))


def _spans_rows(text: str, groups: Sequence[Sequence[Span]], last: Sequence[Span]) -> bool:
    """Whether the cells of the last column each span the rows down to the next one.

    So it is where the first row has one, few others have, and no two say the same.
    """
    words = {cell.of(text) for cell in last}
    first = groups[0][-1].of(text) in words
    return first and len(words) > 1 and 2 * len(words) < len(groups)


def _places(text: str, group: Sequence[Span], columns: Sequence[Sequence[Span]]) -> list[int]:
    """The columns of some cells, in order; of equally good ones those most to the front."""
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for number, cell in enumerate(group):
        likeness = [_likeness(text, cell, known) for known in columns]
        taken = []
        for score, places in best:
            start = places[-1] + 1 if places else 0
            for column in range(start, len(columns) - (len(group) - number - 1)):
                taken.append((score + likeness[column], [*places, column]))
        best = taken
    return max(best, key=lambda one: one[0])[1]


def _likeness(text: str, cell: Span, others: Sequence[Span]) -> float:
    """How like a cell is to those of a column: both figures or both words, the same last word."""
    words = cell.of(text)
    value = is_figure(words)
    score = 0.0
    for other in others:
        said = other.of(text)
        score += (is_figure(said)) == value
        score += 0.5 * (said[-1:] == words[-1:]) + (said == words)
    return score / max(1, len(others))
