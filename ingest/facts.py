"""All facts of a document as one list, in reading order."""

from collections.abc import Sequence

from ingest.cells import cells
from ingest.dates import dates
from ingest.references import references
from ingest.schema import Clause, Document, Fact, Span
from ingest.targets import targets


def facts(
    document: Document,
    clauses: Sequence[Clause],
    bodies: Sequence[Sequence[Span]],
    duties: Sequence[Fact],
) -> list[Fact]:
    """The facts of all clauses by their place; of one place, duty, figure, reference, date, cell.

    `bodies` are the sentences of the clauses; `duties` were read before, since passages are made
    with them.
    """
    text = document.text
    found = [
        *duties,
        *targets(text, clauses, bodies),
        *references(text, clauses),
        *dates(document, clauses, bodies),
        *cells(text, clauses),
    ]
    return sorted(found, key=lambda fact: fact.span.start)
