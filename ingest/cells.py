"""Cell facts: what stands in a table where a row and a column meet.

The row is named by the cell that tells what it is about, the column by its header.  A cell that is
a number takes its unit of measure from the header: 补贴（万元）.
"""

from collections.abc import Sequence
from decimal import Decimal

from ingest.numbers.quantities import quantities
from ingest.patterns import pattern
from ingest.schema import Clause, Fact
from ingest.table_rows import COUNTED, Row, rows

_NUMBER = pattern(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[0-9]{1,15}(?:\.[0-9]{1,9})?")
_WORD = pattern(r"[^\W_]")
_UNIT = pattern(r"[（(](?:单位[：:])?(?P<unit>[^（）()]{1,8})[）)]$")


def cells(text: str, clauses: Sequence[Clause]) -> list[Fact]:
    """The cells of all rows but those that name them, in reading order; empty ones are none."""
    printed = rows(text)
    return [
        fact
        for clause in clauses
        if clause.kind == "行"
        for fact in _of_row(text, clause, printed[clause.span.start])
    ]


def _of_row(text: str, clause: Clause, row: Row) -> list[Fact]:
    named = row.name if _WORD.search(row.cells[row.name].of(text)) else 0  # 合计 in front
    who = row.cells[named].of(text)
    return [
        _fact(text, clause, row, place, who)
        for place, cell in enumerate(row.cells)
        if place != named and len(cell)
    ]


def _fact(text: str, clause: Clause, row: Row, place: int, who: str) -> Fact:
    cell, title = row.cells[place], row.titles[place]
    found = quantities(text, cell)
    value, measure, bound = None, "", ""
    if len(found) == 1:
        value, measure, bound = found[0].value, found[0].unit, found[0].comparator
    elif (bare := _NUMBER.fullmatch(cell.of(text))) and not COUNTED.search(title):
        value = Decimal(bare[0].replace(",", "").replace("，", ""))
    return Fact(
        kind="cell",
        document_id=clause.document_id,
        clause=clause.ordinal,
        span=cell,
        group=row.span,
        who=who,
        what=title,
        value=value,
        measure=measure or _unit(title),
        bound=bound,
    )


def _unit(title: str) -> str:
    found = _UNIT.search(title)
    return found["unit"] if found else ""
