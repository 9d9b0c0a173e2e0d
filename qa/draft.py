"""An answer before it is verified: statements, each with the places that it stands on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.schema import Clause, Span
from qa.answer import Citation, Status
from qa.retrieval.corpus import ClauseKey, Corpus

PARAGRAPH, ITEM = "\n\n", "\n- "
"""What Markdown wants before a statement that opens a paragraph or a list item."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A place that a statement stands on."""

    clause: ClauseKey
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item of an answer.

    `lead` is printed before it (a line break, a bullet).  `computed` holds the numbers that Wence
    counted itself and that no quotation can show; `asked` the words that it repeats from the
    question.  `sums_up` marks a verdict or a count, which falls with any of the other statements.
    `written` marks what a language model wrote: all of it must follow from its quotes.
    """

    text: str
    quotes: tuple[Quote, ...] = ()
    lead: str = ""
    computed: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    sums_up: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Statements in order; `status` holds if all of them are verified."""

    status: Status
    statements: tuple[Statement, ...]
    suggestions: tuple[str, ...] = field(default=())

    def but(self, status: Status) -> "Draft":
        """The same draft with another status."""
        return replace(self, status=status)


def joined(drafts: Sequence[Draft]) -> Draft:
    """The answers to the parts of one question, in order, as one; what is said twice only once.

    It is `answered` if all parts are; where only some are, it is `partial`.
    """
    first, *rest = drafts
    statuses = {draft.status for draft in drafts}
    if len(statuses) == 1:
        status = first.status
    else:
        status = "partial" if statuses & {"answered", "partial"} else first.status
    said = list(first.statements)
    for draft in rest:
        new = [s for s in draft.statements if not any(_repeats(s, other) for other in said)]
        said = [s for s in said if not any(_says_within(s, other) for other in new)]
        for number, statement in enumerate(new):
            opens = number == 0 and statement.lead != ITEM
            said.append(replace(statement, lead=PARAGRAPH) if opens else statement)
    suggestions = dict.fromkeys(s for draft in drafts for s in draft.suggestions)
    return Draft(status, tuple(said), tuple(suggestions)[:3])


_MARKS = ' …。.“”"'
"""What stands around the words of a statement."""


def _repeats(one: Statement, other: Statement) -> bool:
    """Whether a statement says no more than one before it."""
    same = one.text == other.text and one.quotes == other.quotes
    return same or _says_within(one, other)


def _says_within(one: Statement, other: Statement) -> bool:
    """Whether all that a statement quotes stands in another one with its words (责任单位：甲、乙
    in 第3项的责任单位共2个：甲、乙)."""
    if not one.quotes or one.sums_up or one.computed or ITEM in (one.lead, other.lead):
        return False
    words = re.split("[：:]", one.text, maxsplit=1)[-1].strip(_MARKS)
    covered = all(
        any(q.clause == o.clause and o.span.covers(q.span) for o in other.quotes)
        for q in one.quotes
    )
    return one.text != other.text and covered and bool(words) and words in other.text


def render(draft: Draft, corpus: Corpus) -> tuple[str, tuple[Citation, ...]]:
    """The answer's Markdown with markers, and the citations in order of their markers."""
    markers: dict[Quote, int] = {}
    parts = []
    for statement in draft.statements:
        marks = ""
        for quote in statement.quotes:
            number = markers.setdefault(quote, len(markers) + 1)
            marks += f"[{number}]"
        parts.append(f"{statement.lead}{statement.text}{marks}")
    citations = tuple(_citation(quote, n, corpus) for quote, n in markers.items())
    return "".join(parts).strip(), citations


def _citation(quote: Quote, marker: int, corpus: Corpus) -> Citation:
    document = corpus.document(quote.clause[0])
    clause = corpus.clause(quote.clause)
    return Citation(
        marker=marker,
        document_id=document.id,
        document_title=document.title,
        document_number=document.info.number,
        clause=clause.label,
        clause_path=clause.path,
        heading_path=clause.heading_path,
        quote=quote.span.of(document.text),
        start=quote.span.start,
        end=quote.span.end,
        page=None,
        source=document.info.source,
    )


def clause_at(corpus: Corpus, document_id: str, span: Span) -> Clause:
    """The innermost clause that covers a span."""
    found = corpus.clauses(document_id)[0]
    for clause in corpus.clauses(document_id):
        if clause.span.covers(span) and clause.span.start >= found.span.start:
            found = clause
    return found
