"""Printed tables: rows of cells parted by tabs, bars or wide spaces, below the names of columns.

A row is read as an item of its own: its cells under the names of their columns say what is to be
done, by whom and until when.  Readers of formats that have tables write a row as a line with tabs
and a cell that spans rows or columns in each of them (`readers.base`), so all that is known of a
table stands in the text.  Names of columns that stand over several others (2021年 over 上半年 and
下半年) are part of the names below them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from ingest.cell_values import is_figure, is_value
from ingest.lines import Line, lines
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim
from ingest.stacked_cells import Stacked, stacked
from ingest.table_bands import band_titles
from ingest.words import word_table

MIN_CELLS, MIN_ROWS = 3, 2
"""Fewest cells of a row and fewest rows of a table, where nothing but its look shows a table."""

MAX_HEAD = 16
"""Longest name of a column, in code points, that is told by its look alone."""

MAX_TITLE = 40
"""Longest name of a column in a table whose cells are certain."""

MAX_LEVELS = 3
"""Most lines of names above the rows."""

_DIGIT = pattern(r"\d")
_BAR = pattern(r"\|")
_TAB = pattern(r"\t")
_WIDE = pattern(r"\t+|[\u3000\u2003]+| {2,}|\t")
_RULE = pattern(r"[|\s:：\-—=+]+")
_NAMES = pattern("任务|指标|事项|项目|名称|内容|工作|措施|举措")
_HEADER = pattern("序号|编号|单位|部门|时限|时间|属性|备注|任务|指标|事项|项目|名称|内容|措施")
COUNTED = pattern("序号|编号|序次")
"""Names of columns that count the rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, and its number from 1 on.

    A cell that spans rows stands in the row above, where the table is stored one cell a line;
    `span` is the row's own lines.

    `titles` are the names of the columns, "" where they have none; `header` is the lines that hold
    them, None where no line does.  `name` is the number of the cell that says what the row is
    about.
    """

    cells: tuple[Span, ...]
    titles: tuple[str, ...]
    header: Span | None
    number: int
    name: int
    span: Span

    def under(self, words: Sequence[str]) -> list[tuple[Span, str]]:
        """The cells whose column has one of these names, with that name."""
        return [
            (cell, title)
            for cell, title in zip(self.cells, self.titles, strict=True)
            if title in words and len(cell)
        ]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as cells; `certain` is False where only wide spaces part them."""

    line: Line
    cells: tuple[Span, ...]
    certain: bool


@lru_cache(maxsize=8)  # the outline, the facts and the answers ask for those of one text
def rows(text: str) -> dict[int, Row]:
    """The rows of all tables of a text, by where their line starts; headers are none.

    >>> t = "序号\\t任务\\t责任单位\\n1\\t修路\\t甲局\\n2\\t架桥\\t乙局\\n"
    >>> [[cell.of(t) for cell in row.cells] for row in rows(t).values()]
    [['1', '修路', '甲局'], ['2', '架桥', '乙局']]
    """
    found: dict[int, Row] = {}
    for block, ruled in _blocks(text):
        found |= _table(text, block, ruled)
    for header, some in groupby(stacked(text), key=lambda one: one.header):
        found |= _stack(text, header, [one for one in some if one.lines.start not in found])
    return found


def _stack(text: str, header: Sequence[Span], some: Sequence[Stacked]) -> dict[int, Row]:
    titles = tuple(name.of(text) for name in header)
    name = _name(titles, [[cell.of(text) for cell in one.cells] for one in some])
    head = Span(header[0].start, header[-1].end)
    return {
        one.lines.start: Row(one.cells, titles, head, number, name, one.lines)
        for number, one in enumerate(some, start=1)
    }


def cells_of(text: str, line: Span) -> tuple[Span, ...]:
    """The cells of a line, without white space; empty if it has too few."""
    printed = _cells(text, line)
    return printed[0] if printed else ()


def _cells(text: str, line: Span) -> tuple[tuple[Span, ...], bool] | None:
    words = line.of(text)
    bars, tabs = "|" in words, "\t" in words
    if tabs and not bars:  # an empty cell at either end is white space of the line
        start = text.rfind("\n", 0, line.start) + 1
        end = text.find("\n", line.end)
        line = Span(start, len(text) if end < 0 else end)
        words = line.of(text)
    edges = [Span(line.start, line.start)]
    edges += [
        Span(line.start + m.start(), line.start + m.end())
        for m in (_BAR if bars else _TAB if tabs else _WIDE).finditer(words)
    ]
    edges.append(Span(line.end, line.end))
    parts = [trim(text, Span(a.end, b.start)) for a, b in pairwise(edges)]
    if words.startswith("|") and words.endswith("|") and len(parts) > 1:
        parts = parts[1:-1]
    certain = bars or tabs
    return (tuple(parts), certain) if len(parts) >= MIN_CELLS - certain else None


def _blocks(text: str) -> Iterator[tuple[list[_Printed], int]]:
    """Lines that stand together and have equally many cells, and how many are above a rule.

    A single line without cells inside a table (二、住房) is a heading of the rows below it, which
    have the names of the columns from above.
    """
    block: list[_Printed] = []
    ruled = 0
    between: Line | None = None
    for line in lines(text):
        if "|" in line.span.of(text) and _RULE.fullmatch(line.span.of(text)):
            ruled = ruled or len(block)
            continue
        made = None if line.furniture else _cells(text, line.span)
        if made is not None and block and len(made[0]) == len(block[0].cells):
            block.append(_Printed(line, *made))
            between = None
            continue
        if made is None and block and block[0].certain and between is None:
            between = line
            continue
        if block:
            yield block, ruled
        block, ruled, between = [_Printed(line, *made)] if made else [], 0, None
    if block:
        yield block, ruled


def _table(text: str, block: Sequence[_Printed], ruled: int) -> dict[int, Row]:
    words = [[cell.of(text) for cell in one.cells] for one in block]
    certain = block[0].certain
    head = ruled or _heads(words, certain)
    least = 1 if certain and head else MIN_ROWS if not certain or len(words[0]) > 2 else MIN_CELLS
    if len(block) - head < least or not (head or certain):
        return {}
    titles = tuple(_title(column) for column in zip(*words[:head], strict=True)) if head else ()
    titles = titles or ("",) * len(words[0])
    header = Span(block[0].cells[0].start, block[head - 1].cells[-1].end) if head else None
    name = _name(titles, words[head:])
    named = band_titles(titles, words[head:])
    return {
        one.line.span.start: Row(
            one.cells,
            named[number - 1],
            header,
            number,
            name,
            Span(one.cells[0].start, one.cells[-1].end),
        )
        for number, one in enumerate(block[head:], start=1)
        if any(len(cell) for cell in one.cells)
    }


def _heads(words: Sequence[Sequence[str]], certain: bool) -> int:
    """How many of the first lines are names of columns."""
    first = words[0]
    if not certain:
        return int(_is_header(first) or (len(words) > 1 and _goes_below(first, words[1])))
    if any(is_figure(word) or len(word) > MAX_TITLE or "。" in word for word in first):
        return 0
    corner = next((i for i, word in enumerate(first) if word), 0)  # above the names of the rows
    named = first[corner:]
    if sum(not word for word in named) > (not corner) or len(set(named)) < 2:
        return 0
    if len(first) == 2 and not _is_header(first) and not _goes_below(first, words[-1], 2):
        return 0  # labels with their values
    levels = 1
    while levels < min(MAX_LEVELS, len(words) - 1) and _spans(words[levels - 1], words[levels]):
        levels += 1
    return levels


def _spans(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a name stands over several others, which are all words."""
    wide = [i for i, (a, b) in enumerate(pairwise(above)) if a and a == b]
    return bool(wide) and all(below[i] != below[i + 1] and not is_figure(below[i]) for i in wide)


def _title(column: Sequence[str]) -> str:
    return "".join(dict.fromkeys(column))


def _name(titles: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """The column that tells what a row is about: the first of words that differ."""
    units = word_table("units.toml")["roles"]
    free = [i for i, title in enumerate(titles) if title not in units]
    free = [i for i in free if not COUNTED.search(titles[i])] or free
    worded = [i for i in free if sum(is_value(row[i]) for row in body) * 2 < len(body)]
    named = [i for i in worded or free if _NAMES.search(titles[i])]
    various = {i: len({row[i] for row in body}) for i in worded}
    differing = [i for i in worded if various[i] == max(various.values())]
    telling = [i for i in named if i in differing]
    return (telling or named or differing or worded or free or [0])[0]


def _is_header(words: Sequence[str]) -> bool:
    named = sum(bool(_HEADER.search(w)) for w in words)
    return named >= 2 and all(0 < len(w) <= MAX_HEAD and "。" not in w for w in words)


def _goes_below(above: Sequence[str], below: Sequence[str], least: int = MIN_CELLS) -> bool:
    """Whether figures stand below short words without any: a table of rates and the like."""
    return (
        len(above) == len(below) >= least
        and all(0 < len(c) <= MAX_HEAD and not _DIGIT.search(c) for c in above)
        and all(0 < len(c) <= MAX_HEAD for c in below)
        and any(_DIGIT.search(c) for c in below[1:])
    )
