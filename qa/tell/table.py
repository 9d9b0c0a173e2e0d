"""A row of a table: the cells that are asked for, each under the name of its column."""

from index.folding import fold_text
from index.tokens import bigrams
from ingest.schema import Span
from ingest.table_rows import Row, rows
from qa.draft import Quote, Statement
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus

SHARED = 0.5
"""Share of a column's name, in bigrams, that a question says when it asks for the column."""


def told(corpus: Corpus, plan: Plan, one: Provision) -> Statement | None:
    """The row with the columns that the question names, or with all; None if it is no row."""
    clause = corpus.clause(one.key)
    text = corpus.text(one.key[0])
    row = rows(text).get(clause.span.start) if clause.kind == "行" else None
    if row is None:
        return None
    name = row.cells[row.name].of(text)
    columns = asked(text, row, plan)
    shown = [
        f"{row.header[i].of(text)}：{row.cells[i].of(text)}"
        for i in columns or range(len(row.cells))
        if i != row.name and len(row.cells[i])
    ]
    marked = tuple(row.cells[i] for i in columns)
    quotes = [Quote(one.key, one.span, marked)]
    if one.lead is not None:
        quotes.append(Quote((one.key[0], 0), one.lead))
    return Statement(f"{name}：{'；'.join(shown)}", tuple(quotes))


def asked(text: str, row: Row, plan: Plan) -> list[int]:
    """The columns whose names the question says, most of them at least."""
    said = set(bigrams(fold_text(plan.text)))
    found = []
    for i, head in enumerate(row.header):
        name = list(dict.fromkeys(bigrams(fold_text(_bare(head, text)))))
        if i != row.name and name and sum(b in said for b in name) >= SHARED * len(name):
            found.append(i)
    return found


def _bare(head: Span, text: str) -> str:
    """A column's name without its measure: 租房补贴 of 租房补贴（元/月）."""
    return head.of(text).split("（")[0].split("(")[0]
