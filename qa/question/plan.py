"""What a question asks for: one record, made once, that nothing downstream looks behind.

A `Plan` names what is selected (`select`), in what shape it is to be told (`shape`) and over which
documents (`scope`).  A follow-up is an earlier plan with parts replaced (`qa.question.dialogue`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from ingest.schema import Span
from qa.draft import ClauseKey
from qa.question.details import Details, details
from qa.question.labels import Label
from qa.question.units import UnitMention
from qa.words.language import Script

Select = Literal["text", "duty", "task", "outline", "figure", "metadata", "clause", "reference"]
"""text: provisions on a topic; duty: units of a matter; task: matters of a unit; outline: the parts
of a document or of one of its parts; figure: stated quantities; metadata: facts about a document;
clause: a provision by number; reference: the other documents that a document names."""

Shape = Literal["text", "rows", "count", "most", "fewest", "each", "compare", "check"]
"""How it is told: as provisions, as a list of rows, their number, the group with most or fewest,
a number for each group, side by side, or as a verdict on what the question states."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A kind of answer that a question expects (a telephone number, a sum of money, a date).

    `holds` is a pattern that text of this kind matches.
    """

    name: str
    name_en: str
    holds: str
    certain: bool = False
    """Whether text without a match can't answer, however near it comes."""

    here: bool = False
    """Whether it must stand in what is told, not only in another provision that was found."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a question is about, as far as its words tell; all may be empty.

    `documents` are ids that the caller or the conversation fixes; `titles` stand in 《》; `numbers`
    are 发文字号; `places` and `years` those that the question names.
    """

    documents: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    beside: str = ""
    """The document that the conversation is about: preferred, where it says as much."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, understood.

    `question` is as typed, `text` folded, corrected and in Chinese, `topic` its words on the matter
    itself; `standalone` is the question as it was understood ("" where that is what was typed).
    `marks` are those of the table `[marks]` that it has. `excluded` are units that must not be
    among those of a task, `as_of` the day for which it is asked (None: today), `beside` those besides which others are asked for, `kind` a pattern for
    the names asked for (街道$), `roles` the roles asked for. `attributes` are facts about a
    document, `subject` the words that then tell which, `otherwise` what is selected where they name
    no document. A follow-up is about the clause `anchor`, or the item `within` it; or, if its `own`
    words say so, about the clause `near`. `sides` are the plans of a comparison, `further` those of
    what else the same question asks.
    """

    question: str
    script: Script
    text: str
    topic: str
    select: Select = "text"
    shape: Shape = "text"
    scope: Scope = Scope()
    units: tuple[UnitMention, ...] = ()
    excluded: tuple[UnitMention, ...] = ()
    beside: tuple[UnitMention, ...] = ()
    as_of: date | None = None
    kind: str = ""
    roles: tuple[str, ...] = ()
    together: bool = False
    labels: tuple[Label, ...] = ()
    attributes: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    otherwise: Select = "text"
    expects: tuple[Expectation, ...] = ()
    marks: frozenset[str] = frozenset()
    wants_list: bool = False
    yes_no: bool = False
    leans: bool = False
    anchor: ClauseKey | None = None
    within: Span | None = None
    near: ClauseKey | None = None
    own: str = ""
    standalone: str = ""
    sides: tuple[Plan, ...] = ()
    further: tuple[Plan, ...] = field(default=())

    @property
    def english(self) -> bool:
        """Whether connecting words are English."""
        return self.script == "en"

    @property
    def details(self) -> Details:
        """What the words of the question state."""
        return details(self.text)

    def but(self, **changes: object) -> Plan:
        """The same plan with parts replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]
