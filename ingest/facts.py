"""All facts of a document as one list, in reading order."""

from collections.abc import Sequence

from ingest.amendments import amendments
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
    """The facts of all clauses by their place; those of one place by kind.

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
        *amendments(document, clauses),
    ]
    return sorted(found, key=lambda fact: fact.span.start)
