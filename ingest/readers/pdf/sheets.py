"""What was read of each page, and one text out of all pages: of PDF, and of OFD as well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.base import Layout
from ingest.readers.pdf.cells import Table, box_at, continued, goes_on, table_of
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.margins import Print, print_of
from ingest.readers.pdf.paragraphs import Paragraph, paragraphs
from ingest.readers.pdf.rules import Rule
from ingest.readers.pdf.tables import Grid, grids


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of one page; `seen` of one that was read from its picture."""

    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    seen: bool = False


def ruled_tables(
    characters: Sequence[Character], rules: Sequence[Rule], number: int
) -> tuple[list[Table], list[Character]]:
    """The ruled tables of a page, and the characters that stand outside of them."""
    found: list[tuple[Grid, Table]] = []
    for grid in grids(rules) if rules else []:
        table = table_of(grid, characters, number)
        if table is not None:
            found.append((grid, table))
    outside = [one for one in characters if not any(box_at(grid, one) for grid, _ in found)]
    return [table for _, table in found], outside


def laid_out(sheets: Sequence[Sheet]) -> Layout:
    """The text of all pages: paragraphs and tables whole, what stands around each page left out."""
    heights = {number: sheet.height for number, sheet in enumerate(sheets)}
    lines = without_furniture([sheet.lines for sheet in sheets], heights)
    layout = Layout()
    turned = 0
    setting = print_of([line for held in lines for line in held])
    for part in _parts(sheets, lines, setting):
        while turned <= part.page:
            layout.page()
            turned += 1
        turned += len(part.turns)
        if isinstance(part, Table):
            rows = [[cell for _, cell in row] for row in part.rows]
            layout.table(rows, part.header, part.turns)
        elif part.title:
            layout.paragraph(part.words, "heading", 1, part.turns)
        else:
            layout.paragraph(part.words, turns=part.turns)
    for _ in range(turned, len(sheets)):
        layout.page()
    return layout


def _parts(
    sheets: Sequence[Sheet], lines: Sequence[Sequence[Line]], setting: Print
) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables of a document in reading order."""
    waiting: list[Line] = []
    seen = False
    table: Table | None = None
    for sheet, held in zip(sheets, lines, strict=True):
        if sheet.seen != seen:
            yield from paragraphs(waiting, setting, seen)
            waiting, seen = [], sheet.seen
        below = list(sheet.tables)
        for line in [*held, None]:
            while below and (line is None or (line.column == 0 and below[0].top < line.top)):
                yield from paragraphs(waiting, setting, seen)
                waiting = []
                if table is not None and goes_on(table, below[0]):
                    table = continued(table, below.pop(0))
                    continue
                if table is not None:
                    yield table
                table = below.pop(0)
            if line is not None:
                if table is not None:
                    yield table
                    table = None
                waiting.append(line)
    if table is not None:
        yield table
    yield from paragraphs(waiting, setting, seen)
