"""Rows of a printed table: one with its header, or all that share a cell, counted."""

import re

from index.folding import fold_text
from ingest.schema import Span
from ingest.table_rows import Row, rows
from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement

MAX_ROW = 160
"""Longest row shown, in code points; of a longer one the last cells are left out."""
MAX_CELL = 12
"""Longest cell, in code points, that rows are told apart by."""
NAMED = 0.6
"""Least coverage of the topic by the name of a row that is asked for."""
MAX_DOCUMENTS = 50
"""Documents whose tables are looked through."""

_COUNTED = re.compile("几|多少|哪|列|清单|名单|有啥|什么")
_ABOUT = re.compile("指标|任务|事项|项目|工作|项|条|个|哪些")


def row_of(context: Context, key: ClauseKey) -> Row | None:
    """The row that a clause is; None if it is none."""
    clause = context.clause(key)
    return rows(context.text(key)).get(clause.span.start) if clause.kind == "行" else None


def row_statement(context: Context, key: ClauseKey, lead: str = PARAGRAPH) -> Statement | None:
    """A row, each cell with its header; None if the clause is no row."""
    row = row_of(context, key)
    if row is None:
        return None
    text = context.text(key)
    said: list[str] = []
    for number, (cell, head) in enumerate(zip(row.cells, row.header, strict=True)):
        if number == row.name or not len(cell) or head.of(text) in ("序号", "编号"):
            continue
        pair = f"{head.of(text)}：{cell.of(text)}"
        if sum(len(one) for one in said) + len(pair) <= MAX_ROW:
            said.append(pair)
    words = f"{context.name(key)}：" + "；".join(said) + context.say("stop")
    return Statement(words, _places(context, key, row), lead=lead)


def _places(context: Context, key: ClauseKey, row: Row) -> tuple[Quote, ...]:
    parent = context.clause(key).parent or 0
    header = Span(row.header[0].start, row.header[-1].end)
    return Quote(key, row.span), Quote((key[0], parent), header)


def compose_rows(context: Context) -> Draft | None:
    """The row of a matter, or all rows that have a cell which the question says, counted.

    None if the question asks for none: a row is asked for by its name together with a year that
    only the header says (2023年底实际值).
    """
    return _of_matter(context) or _sharing(context)


def _of_matter(context: Context) -> Draft | None:
    years = [f"{year}年" for year in context.asked.said_years]
    asked = folded(context.asked.text)
    for ranked in context.ranking.clauses if years else ():
        row = row_of(context, ranked.key)
        if row is None:
            continue
        text = context.text(ranked.key)
        headed = any(year in cell.of(text) for year in years for cell in row.header)
        name = folded(row.cells[row.name].of(text))
        named = name in asked or coverage(context.ranking.topic, name) >= NAMED
        if headed and named:
            statement = row_statement(context, ranked.key)
            return None if statement is None else Draft("answered", (statement,))
    return None


def _sharing(context: Context) -> Draft | None:
    asked = context.asked
    text = fold_text(asked.text)
    if asked.label or asked.units or not (_COUNTED.search(text) and _ABOUT.search(text)):
        return None
    documents = [asked.document] if asked.document else [i.id for i in context.corpus.held]
    if len(documents) > MAX_DOCUMENTS:
        return None
    found: dict[str, list[ClauseKey]] = {}
    for document in documents:
        for clause in context.corpus.clauses(document):
            key = (document, clause.ordinal)
            if (row := row_of(context, key)) is None:
                continue
            for place, cell in enumerate(row.cells):
                words = cell.of(context.text(key))
                if place != row.name and 2 <= len(words) <= MAX_CELL and fold_text(words) in text:
                    found.setdefault(words, []).append(key)
    shared = {words: keys for words, keys in found.items() if len(keys) > 1}
    if not shared:
        return None
    words, keys = max(shared.items(), key=lambda pair: len(pair[0]))
    above = context.name((keys[0][0], context.clause(keys[0]).parent or 0))
    head = context.say("rows", clause=above, value=words, count=len(keys))
    known = (str(len(keys)),)
    statements = [Statement(head, computed=known, asked=(words, above), sums_up=True)]
    for key in keys:
        row = row_of(context, key)
        if row is not None:
            name = row.cells[row.name].of(context.text(key))
            statements.append(Statement(name, (Quote(key, row.span),), lead=ITEM))
    return Draft("answered", tuple(statements))
