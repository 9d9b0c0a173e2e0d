"""Printed tables: rows of cells below a header, parted by |, tabs or wide spaces.

A row is read as an item of its own: its cells under the header's names say what is to be done, by
whom and until when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.lines import Line, lines
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim
from ingest.words import word_table

MIN_CELLS, MIN_ROWS = 3, 2
"""Fewest cells of a row and fewest rows of a table."""

MAX_HEAD = 16
"""Longest name of a column, in code points."""

_DIGIT = pattern(r"\d")
_BAR = pattern(r"\|")
_WIDE = pattern(r"\t+|[\u3000\u2003]+| {2,}|\t")
_RULE = pattern(r"[|\s:：\-—=+]+")
_NAMES = pattern("任务|指标|事项|项目|名称|内容|工作|措施|举措")
_HEADER = pattern("序号|编号|单位|部门|时限|时间|属性|备注|任务|指标|事项|项目|名称|内容|措施")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, those of the header (as many), and its number from 1 on.

    `name` is the number of the cell that says what the row is about.
    """

    cells: tuple[Span, ...]
    header: tuple[Span, ...]
    number: int
    name: int

    @property
    def span(self) -> Span:
        """From the first cell to the last one."""
        return Span(self.cells[0].start, self.cells[-1].end)

    def under(self, text: str, words: Sequence[str]) -> list[tuple[Span, str]]:
        """The cells whose header is one of these words, with that word."""
        return [
            (cell, head.of(text))
            for cell, head in zip(self.cells, self.header, strict=True)
            if head.of(text) in words and len(cell)
        ]


@lru_cache(maxsize=8)  # the outline, the facts and the answers ask for those of one text
def rows(text: str) -> dict[int, Row]:
    """The rows of all tables of a text, by where their line starts; headers are none.

    >>> t = "序号\\t任务\\t责任单位\\n1\\t修路\\t甲局\\n2\\t架桥\\t乙局\\n"
    >>> [[cell.of(t) for cell in row.cells] for row in rows(t).values()]
    [['1', '修路', '甲局'], ['2', '架桥', '乙局']]
    """
    found: dict[int, Row] = {}
    header: tuple[Span, ...] = ()
    block: list[tuple[Line, tuple[Span, ...]]] = []
    above: tuple[Span, ...] = ()
    for line in [*lines(text), None]:
        cells = cells_of(text, line.span) if line is not None else ()
        if line is not None and "|" in line.span.of(text) and _RULE.fullmatch(line.span.of(text)):
            header = header or above  # the rule of a Markdown table
            continue
        if not header and _goes_below(text, above, cells):
            header = above
        above = cells
        if header and len(cells) == len(header):
            block.append((line, cells)) if line is not None else None
            continue
        found |= _table(text, header, block)
        block = []
        header = cells if _is_header(text, cells) else ()
    return found


def _goes_below(text: str, above: Sequence[Span], cells: Sequence[Span]) -> bool:
    """Whether figures stand below short words without any: a table of rates and the like."""
    return (
        len(above) == len(cells) >= MIN_CELLS
        and all(0 < len(c) <= MAX_HEAD and not _DIGIT.search(c.of(text)) for c in above)
        and all(0 < len(c) <= MAX_HEAD for c in cells)
        and any(_DIGIT.search(c.of(text)) for c in cells[1:])
    )


def cells_of(text: str, line: Span) -> tuple[Span, ...]:
    """The cells of a line, without white space; empty if it has too few."""
    words = line.of(text)
    bars = "|" in words
    edges = [Span(line.start, line.start)]
    edges += [
        Span(line.start + m.start(), line.start + m.end())
        for m in (_BAR if bars else _WIDE).finditer(words)
    ]
    edges.append(Span(line.end, line.end))
    parts = [trim(text, Span(a.end, b.start)) for a, b in pairwise(edges)]
    if bars:
        parts = parts[words.startswith("|") : len(parts) - words.endswith("|")]
    return tuple(parts) if len(parts) >= MIN_CELLS - bars else ()


def _is_header(text: str, cells: Sequence[Span]) -> bool:
    words = [cell.of(text) for cell in cells]
    named = sum(bool(_HEADER.search(w)) for w in words)
    return named >= 2 and all(0 < len(w) <= MAX_HEAD and "。" not in w for w in words)


def _table(
    text: str, header: tuple[Span, ...], block: list[tuple[Line, tuple[Span, ...]]]
) -> dict[int, Row]:
    if len(block) < MIN_ROWS:
        return {}
    units = [*word_table("units.toml")["roles"], "序号", "编号"]
    heads = [cell.of(text) for cell in header]
    free = [i for i, words in enumerate(heads) if words not in units]
    named = [i for i in free if _NAMES.search(heads[i])]
    name = (named or free or [0])[0]
    return {
        line.span.start: Row(cells, header, number, name)
        for number, (line, cells) in enumerate(block, start=1)
        if len(cells[name])
    }
