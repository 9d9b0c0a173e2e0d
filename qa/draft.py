"""An answer before it is verified: statements, each with the places that it stands on."""

from dataclasses import dataclass, field, replace

from ingest.schema import Span
from qa.answer import Status

ClauseKey = tuple[str, int]
"""A clause of the corpus: its document's id and its ordinal there."""

PARAGRAPH, ITEM = "\n\n", "\n- "
"""What Markdown wants before a statement that opens a paragraph or a list item."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A place that a statement stands on, with the spans inside it that answer."""

    clause: ClauseKey
    span: Span
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, provision or list item of an answer.

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
