"""What the documents hold for a plan: records that the tellers word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.schema import Fact, Span
from qa.draft import ClauseKey
from qa.question.plan import Plan
from qa.retrieval.ranking import Ranking

Absence = Literal[
    "not_found",  # nothing that answers
    "not_given",  # the provisions found name nothing of the kind asked for
    "place",  # no document is about the place
    "year",  # no document is about the year
    "not_held",  # a document that is referred to, whose text is not here
    "unknown_title",  # a document that nothing here names
    "no_clause",  # the document has no such provision
    "name",  # a company, code or body that no document found names
    "unknown_unit",  # no document names the body
    "unclear",  # the question names nothing
    "out_of_scope",
    "small_talk",
]


@dataclass(frozen=True, slots=True)
class Provision:
    """A place that is told whole: a clause, a paragraph of a long one, or some of its items.

    `changed` are the facts of what others changed in it: it is what was in force before.
    `lead` is the lead-in that the items need.  `highlights` answer; `duties` are the units that
    the provision, or the one above it, makes responsible.  `cell` is the cell of a table that the
    question asks for.
    """

    key: ClauseKey
    span: Span
    lead: Span | None = None
    highlights: tuple[Span, ...] = ()
    duties: tuple[Fact, ...] = ()
    cell: Fact | None = None
    changed: tuple[Fact, ...] = ()

    @property
    def length(self) -> int:
        """Code points that are printed."""
        return len(self.span) + (len(self.lead) if self.lead else 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a document is in force: `day` is the ISO date from which it is what `state` says.

    `at` is the place that says so; None where only a field of the document does.
    """

    document_id: str
    state: State
    day: str = ""
    at: Provision | None = None
    computed: bool = False

    @property
    def ended(self) -> bool:
        """Whether it is in force no more."""
        return self.state in ("repealed", "expired")


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no answer: `what` is missing; `near` is what comes nearest."""

    kind: Absence
    what: str = ""
    near: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Provisions, the best first, and how likely it is that they answer, in [0, 1]."""

    provisions: tuple[Provision, ...]
    probability: float = 1.0
    certain: bool = False


State = Literal["in_force", "repealed", "expired", "not_yet"]
Task = tuple[ClauseKey, tuple[Fact, ...]]
"""A clause, or a part of it, with the duties that make it a unit's task."""


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks of a unit in one document, in reading order."""

    document_id: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks by document; `names` is what was asked for, as asked."""

    names: tuple[str, ...]
    lists: tuple[TaskList, ...]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Groups:
    """How many facts each group has, the most first: (name, clauses)."""

    document_id: str
    groups: tuple[tuple[str, tuple[ClauseKey, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Stated quantities in reading order, of one document or part."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class AboutFact:
    """A fact about a document: the attribute, its value ("": as the place says it), the places.

    A day is an ISO date; `computed` says that no place prints it.
    """

    attribute: str
    value: str
    places: tuple[Provision, ...]
    computed: bool = False

    @property
    def document_id(self) -> str:
        """The document that says it."""
        return self.places[0].key[0]


@dataclass(frozen=True, slots=True)
class About:
    """Facts about a document; those of another one that changes it among them."""

    document_id: str
    facts: tuple[AboutFact, ...]
    absent: tuple[str, ...] = ()
    head: Provision | None = None
    """How the document begins, where more is asked than one fact that it gives in so many words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part (None: the whole document) with what it is made of, in reading order."""

    key: ClauseKey | None
    items: tuple[ClauseKey, ...]
    measure: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Parts of one document with what they are made of."""

    document_id: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called and what was found for it."""

    name: str
    found: Found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sides in the order of the question."""

    sides: tuple[Side, ...]


Found = Missing | Evidence | Tasks | Groups | Figures | About | Outline | Comparison


@dataclass(frozen=True, slots=True)
class Result:
    """A plan with what was found for it.

    `ranking` is that of the topic, where the plan needed one; `ms` how long retrieval took.
    """

    plan: Plan
    found: Found
    ranking: Ranking | None = None
    ms: float = 0.0
    verdict: bool | None = None
    """Whether what the question states holds; None where that is not told."""

    standings: tuple[Standing, ...] = ()
    """The documents of the answer that are in force no more, or not yet."""

    further: Sequence[Result] = field(default=())

    @property
    def anchor(self) -> ClauseKey | None:
        """The clause that the answer is about, for the next question."""
        found = self.found
        if isinstance(found, Evidence) and found.provisions:
            return found.provisions[0].key
        if isinstance(found, Tasks) and found.lists and found.lists[0].tasks:
            return found.lists[0].tasks[0][0]
        if isinstance(found, About):
            return (found.document_id, 0)
        if isinstance(found, Figures) and found.facts:
            return (found.facts[0].document_id, found.facts[0].clause)
        if isinstance(found, Groups):
            return (found.document_id, 0)
        if isinstance(found, Outline):
            return found.parts[0].items[0]
        if isinstance(found, Comparison) and found.sides:
            return Result(self.plan, found.sides[0].found).anchor
        return None
