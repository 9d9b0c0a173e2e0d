"""The records that every other part of Wence takes and returns.

All are frozen.  A `Span` counts code points of the document's text as published, half-open, so
that `span.of(document.text)` is exactly what a citation quotes.  Records of one document name a
clause by its `ordinal`, its place in reading order; 0 is the document itself.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

Role = Literal["责任", "牵头", "配合"]
Comparator = Literal["≥", "≤", "=", ">", "<"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of code points.

    >>> Span(2, 4).of("谁负责推进")
    '责推'
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # By hand, since a dozen are made for every passage that is read: a third faster.
        if not 0 <= start <= end:
            raise ValueError(f"found Span({start}, {end}), expected 0 <= start <= end")
        _set_start(self, start)
        _set_end(self, end)

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


_set_start, _set_end = (Span.__dict__[name].__set__ for name in Span.__slots__)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document besides its text.

    `held` is False for a document that others refer to, but whose text is not in the corpus.
    Dates are None where the document does not give them.  `length` is in code points, and so is
    `pages`: where each page begins, empty where the file has none.  `recognized` is True of a text
    that was read from an image, where a character may be wrong.
    """

    id: str
    title: str
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    published: date | None = None
    effective: date | None = None
    repealed: date | None = None
    status: str = ""
    level: str = ""
    region: str = ""
    source: str = ""
    media_type: str = "text/plain"
    sha256: str = ""
    length: int = 0
    held: bool = True
    pages: tuple[int, ...] = ()
    recognized: bool = False

    def page(self, place: int) -> int | None:
        """The number of the page, from 1 on, on which a code point stands."""
        return bisect_right(self.pages, place) or None


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the corpus: its metadata and its text as published."""

    info: DocumentInfo
    text: str

    @property
    def id(self) -> str:
        """The id of the document."""
        return self.info.id

    @property
    def title(self) -> str:
        """The title of the document."""
        return self.info.title


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the outline.

    For item 3 of a plan: kind "1.", label "3", path "二/(一)/3", heading "加强队伍建设",
    heading_path ("二、主要任务", "(一)夯实基础", "3.加强队伍建设").  `heading_span` covers the
    heading as printed, label included; `body` what follows it up to the first child; `span` all of
    it, children included.
    """

    document_id: str
    ordinal: int
    parent: int | None
    kind: str
    rank: int
    label: str
    path: str
    heading: str
    heading_path: tuple[str, ...]
    heading_span: Span
    body: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved: one or more whole sentences of one clause.

    `context` (title and headings) helps to match and is never quoted.
    """

    document_id: str
    ordinal: int
    clause: int
    span: Span
    context: str


FactKind = Literal[
    "duty", "figure", "reference", "date", "cell", "item", "definition", "contact", "question",
    "crossref", "amendment",
]  # fmt: skip
FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)
DateMeaning = Literal["施行", "失效", "成文", "发布", "期限"]
"""What a day is of a document: in force, no longer in force, signed, published, due."""
ContactKind = Literal["电话", "传真", "地址", "邮箱", "时间", "联系人", "网址"]
Deed = Literal["修改", "增加", "删去", "废止", "延长", "替代", "施行"]
"""What a document does to another one, or to a clause of it: the role of a fact "amendment"."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a document says in a regular form: one row of the one table of facts.

    | field   | duty                | figure                   | reference         | date          |
    |---------|---------------------|--------------------------|-------------------|---------------|
    | who     | unit, as printed    |                          | what it is for    |               |
    | role    | a `Role`            |                          |                   |               |
    | what    |                     | what is counted          | title in 《》     | `DateMeaning` |
    | value   |                     | the number, in `measure` |                   |               |
    | measure |                     | the unit of measure      | the number of it  |               |
    | bound   |                     | a `Comparator`           |                   |               |
    | when    |                     | deadline, as printed     |                   | ISO date      |
    | span    | the unit            | bound, number, unit      | title             | the date      |
    | group   | the whole list      | sentence or cell         | title             | sentence      |
    | open    | the list ends in 等 |                          |                   |               |
    | target  |                     |                          | its document's id |               |

    | field  | item           | definition         | contact       | question | crossref   |
    |--------|----------------|--------------------|---------------|----------|------------|
    | who    |                | the term           | whose         |          |            |
    | what   | the lead-in    | 所称, 简称 or 公式 | `ContactKind` | question | the label  |
    | value  | its number     |                    |               |          | an ordinal |
    | span   | the member     | meaning, full name | the value     | answer   | the label  |
    | group  | the whole list | sentence           | line or row   | the pair | the label  |
    | target |                |                    |               |          | its own id |

    A cell has its row's name in `who`, the title of its column in `what`, a number's `value`,
    `measure` and `bound`, the cell as span and the row as group.  The measure of two thirds is /3,
    that of 1:0.5 is 1:.  A date that returns every year is --MM-DD; one that is computed
    (有效期5年, 自印发之日起) has for its span the words that it comes from.  The value of a
    crossref is the ordinal of the clause that it points to, None where there is none.

    An amendment has in `who` the document that is amended (its title, or its number), in `measure`
    its number where both are printed, in `role` a `Deed`, in `what` the clause (第三条第二款), the
    new last day of an extension (ISO, or 5年) or nothing, in `when` the day from which (ISO).  Its
    `span` is the new words or the name, its `group` the sentence.  Its `target`, and that of a
    reference, are told where the corpus is known (`index.titles`), since documents come and go.
    """

    kind: FactKind
    document_id: str
    clause: int
    span: Span
    group: Span
    who: str = ""
    role: str = ""
    what: str = ""
    value: Decimal | None = None
    measure: str = ""
    bound: str = ""
    when: str = ""
    open: bool = False
    target: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document with everything that was read out of it, each kind of record in reading order."""

    document: Document
    clauses: Sequence[Clause]
    passages: Sequence[Passage]
    facts: Sequence[Fact] = field(default=())

    def facts_of(self, kind: FactKind) -> list[Fact]:
        """The facts of one kind."""
        return [fact for fact in self.facts if fact.kind == kind]
