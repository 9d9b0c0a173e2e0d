"""All facts of a document as one list, in reading order."""

from collections.abc import Sequence

from ingest.amendments import amendments
from ingest.cells import cells
from ingest.contacts import contacts
from ingest.crossrefs import crossrefs
from ingest.dates import dates
from ingest.definitions import definitions
from ingest.enumerations import enumerations
from ingest.question_facts import question_facts
from ingest.references import references
from ingest.schema import Clause, Document, Fact, Span
from ingest.targets import targets


def facts(
    document: Document,
    clauses: Sequence[Clause],
    bodies: Sequence[Sequence[Span]],
    duties: Sequence[Fact],
) -> list[Fact]:
    """The facts of all clauses by their place; of one place, in the order of `FACT_KINDS`.

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
        *enumerations(text, clauses),
        *definitions(text, clauses, bodies),
        *contacts(text, clauses),
        *question_facts(text, clauses),
        *crossrefs(text, clauses),
    ]
    return sorted(found, key=lambda fact: fact.span.start)
