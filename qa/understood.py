"""What a question was understood to ask: the record that the rest of the chain works from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qa.corpus import ClauseKey
from qa.language import Script
from qa.units import UnitMention

if TYPE_CHECKING:  # sides are told by scaffolds, which hold records of this file
    from qa.sides import Comparison

Intent = Literal[
    "responsible",  # who is responsible for a matter
    "check",  # is this unit responsible for that matter
    "unit_tasks",  # what has this unit to do
    "target",  # a figure
    "metadata",  # a fact about the document itself
    "list",  # an enumeration
    "tasks_on",  # the tasks that a matter occurs in
    "clause",  # the content of a numbered clause
    "describe",  # anything else
]


@dataclass(frozen=True, slots=True)
class Expectation:
    """A kind of answer that a question expects (a phone number, an amount of money …)."""

    name: str
    name_en: str
    holds: str
    in_piece: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, resolved against its history.

    `topic` is folded and freed of the question's scaffolding; `label` a clause number as printed
    ("3", "第三条"); `bound` the clause that it names or an earlier turn was about, `also` further
    ones, `beside` the clause of the turn before, which the question may go on about; `numbers`
    those that the question itself states; `places` and `years` those that it names and no
    document here is about, `said_years` all that it names; `inherits` says that its words alone
    are not the question, `within` that of the units' tasks those are meant that say the topic.
    `nth` is the place of the one item of the list that is asked for (0: no list's), from the end
    if negative, `of_item` what is asked of it ("": which it is).  `assumed` are units that
    it takes to be responsible.  `further` holds what else is asked in the same question, in order;
    `comparison` the sides, where all of it compares.
    """

    question: str
    standalone: str
    script: Script
    intent: Intent
    text: str
    topic: str
    units: tuple[UnitMention, ...] = ()
    label: str = ""
    attribute: str = ""
    yes_no: bool = False
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    said_years: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    expects: Expectation | None = None
    document: str | None = None
    bound: ClauseKey | None = None
    also: tuple[ClauseKey, ...] = ()
    beside: ClauseKey | None = None
    inherits: bool = False
    within: bool = False
    further: tuple[Understood, ...] = ()
    comparison: Comparison | None = None
    assumed: tuple[UnitMention, ...] = ()
    nth: int = 0
    of_item: str = ""

    @property
    def english(self) -> bool:
        """Whether connecting words are English."""
        return self.script == "en"
