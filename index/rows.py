"""Records to rows of the store and back, losslessly.

Dates are ISO text, decimals their own text (so 80.0 stays 80.0), tuples JSON, spans two columns.
Each `*_COLUMNS` names the columns in the order in which its pair of functions uses them.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from index.backend import StoredPassage
from index.dictionary import entries
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Fact,
    ParsedDocument,
    Passage,
    Span,
)

Row = tuple[Any, ...]


DOCUMENT_COLUMNS = (
    "id, title, number, issuer, issued, published, effective, repealed, status, level, region, "
    "source, media_type, sha256, length, held, pages, recognized"
)
CLAUSE_COLUMNS = (
    "document_id, ordinal, parent, kind, rank, label, path, heading, heading_path, "
    'heading_start, heading_end, body_start, body_end, start, "end"'
)
PASSAGE_COLUMNS = 'document_id, ordinal, clause, start, "end", context, text'
FACT_COLUMNS = (
    'document_id, kind, clause, start, "end", group_start, group_end, who, role, what, value, '
    'measure, bound, "when", open, target'
)
NAME_COLUMNS = "document_id, name, kind"


def document_row(info: DocumentInfo) -> Row:
    """The row of a document's metadata."""
    dates = (info.issued, info.published, info.effective, info.repealed)
    return (
        *(info.id, info.title, info.number, info.issuer),
        *(None if day is None else day.isoformat() for day in dates),
        *(info.status, info.level, info.region, info.source, info.media_type),
        *(info.sha256, info.length, int(info.held)),
        *(json.dumps(info.pages), int(info.recognized)),
    )


def document_of(row: Row) -> DocumentInfo:
    """A document's metadata from its row."""
    dates = [None if day is None else date.fromisoformat(day) for day in row[4:8]]
    pages = tuple(json.loads(row[16]))
    values: Row = (*row[:4], *dates, *row[8:15], bool(row[15]), pages, bool(row[17]))
    return DocumentInfo(*values)


def clause_row(clause: Clause) -> Row:
    """The row of a clause."""
    return (
        *(clause.document_id, clause.ordinal, clause.parent, clause.kind, clause.rank),
        *(clause.label, clause.path, clause.heading),
        f"[{', '.join(map(encode_basestring, clause.heading_path))}]",  # JSON, at a tenth of dumps
        *_ends(clause.heading_span, clause.body, clause.span),
    )


def clause_of(row: Row) -> Clause:
    """A clause from its row."""
    values: Row = (*row[:8], tuple(json.loads(row[8])), *_spans(row[9:]))
    return Clause(*values)


def passage_row(passage: Passage, text: str) -> Row:
    """The row of a passage of the document with this text, without its pid."""
    span = passage.span
    place = (passage.document_id, passage.ordinal, passage.clause, span.start, span.end)
    return (*place, passage.context, text[span.start : span.end])


def passage_of(row: Row) -> StoredPassage:
    """A passage with its own words, from its row."""
    passage = Passage(row[0], row[1], row[2], Span(row[3], row[4]), row[5])
    return StoredPassage(passage, row[6])


def fact_row(fact: Fact) -> Row:
    """The row of a fact."""
    return (
        *(fact.document_id, fact.kind, fact.clause, *_ends(fact.span, fact.group)),
        *(fact.who, fact.role, fact.what, None if fact.value is None else str(fact.value)),
        *(fact.measure, fact.bound, fact.when, int(fact.open), fact.target),
    )


def fact_of(row: Row) -> Fact:
    """A fact from its row."""
    value = None if row[10] is None else Decimal(row[10])
    place: Row = (row[1], row[0], row[2], *_spans(row[3:7]))
    values: Row = (*row[7:10], value, *row[11:14], bool(row[14]), row[15])
    return Fact(*place, *values)


def name_rows(document: Document, facts: Sequence[Fact]) -> list[Row]:
    """The rows of the names that a document gives."""
    found = entries(document.info, document.text, facts)
    return [(document.id, name, kind) for name, kind in found]


class DocumentRows(NamedTuple):
    """A document with all its rows, made once: they are hashed and then written."""

    document: Row
    text: str
    clauses: list[Row]
    passages: list[Row]
    facts: list[Row]
    names: list[Row]

    @classmethod
    def of(cls, parsed: ParsedDocument) -> "DocumentRows":
        """The rows of a document."""
        text = parsed.document.text
        return cls(
            document_row(parsed.document.info),
            text,
            [clause_row(clause) for clause in parsed.clauses],
            [passage_row(passage, text) for passage in parsed.passages],
            [fact_row(fact) for fact in parsed.facts],
            name_rows(parsed.document, parsed.facts),
        )

    def digest(self) -> str:
        """SHA-256 over the text and every record: equal when nothing at all would change."""
        placed = [row[:-1] for row in self.passages]  # their words are in the text
        everything = [*self[:3], placed, self.facts]  # names follow from these
        return hashlib.sha256(json.dumps(everything).encode()).hexdigest()


def _ends(*spans: Span) -> list[int]:
    found: list[int] = []
    for span in spans:
        found += (span.start, span.end)
    return found


def _spans(ends: Sequence[int]) -> list[Span]:
    return [Span(ends[place], ends[place + 1]) for place in range(0, len(ends), 2)]
