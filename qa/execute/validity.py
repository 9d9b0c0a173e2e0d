"""What other documents do to one, and whether it is in force on a day.

Read from the facts "amendment" and "date"; so a document whose text is not here has its fate told,
too, where one that is here tells it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.numbers.numerals import integer
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern
from ingest.schema import DocumentInfo, Fact, Span
from qa.execute.result import About, Evidence, Found, Outline, Provision, Standing, Tasks
from qa.retrieval.corpus import Corpus

CHANGED = ("延长", "废止", "替代", "修改")
"""What is told where somebody asks whether a document was changed."""
ENDS = ("废止", "替代")
_DAY = pattern(FULL_DATE)


@dataclass(frozen=True, slots=True)
class Change:
    """What a document says of another: `how` is the role of the fact; `until` a new last day.

    Days are ISO dates, "" where none is named; `at` is the sentence.
    """

    how: str
    at: Provision
    when: str = ""
    until: str = ""

    @property
    def document_id(self) -> str:
        """The document that does it."""
        return self.at.key[0]


def changes_of(
    corpus: Corpus, document_id: str, wanted: Collection[str] = CHANGED
) -> tuple[Change, ...]:
    """What other documents do to one that is held as a whole, the latest first."""
    info = corpus.infos[document_id]
    facts = [f for f in corpus.amended.of(info) if _later(corpus, f, info)]
    return _changes(corpus, facts, wanted)


def changes(
    corpus: Corpus, title: str, number: str, wanted: Collection[str] = CHANGED
) -> tuple[Change, ...]:
    """The same of a document that goes by this title or number."""
    return _changes(corpus, corpus.amended.named(title, number), wanted)


def _changes(corpus: Corpus, facts: Sequence[Fact], wanted: Collection[str]) -> tuple[Change, ...]:
    """One for each document that does something: what it says of the whole, most fully."""
    best: dict[str, Change] = {}
    for fact in facts:
        if fact.role not in wanted or fact.what.startswith("第"):
            continue
        change = _change(corpus, fact)
        known = best.get(fact.document_id)
        if known is None or (change.until, len(change.at.span)) > (known.until, len(known.at.span)):
            best[fact.document_id] = change
    day = {d: str(corpus.infos[d].issued or corpus.infos[d].effective or "") for d in best}
    return tuple(best[d] for d in sorted(best, key=lambda d: (day[d], d), reverse=True))


def _change(corpus: Corpus, fact: Fact) -> Change:
    text = corpus.text(fact.document_id)
    until = fact.what if re.fullmatch(r"\d{4}-\d\d-\d\d", fact.what) else ""
    marked: tuple[Span, ...] = ()
    for day in _DAY.finditer(text, fact.span.end, fact.group.end) if until else ():
        if str(printed_date(day[0])) == until:
            marked = (Span(*day.span()),)
    place = Provision((fact.document_id, fact.clause), fact.group, highlights=marked)
    return Change(fact.role, place, fact.when, until)


def _later(corpus: Corpus, fact: Fact, info: DocumentInfo) -> bool:
    """Whether a document that does something to one of this title can mean this version.

    One that is no older than it is not what it means.
    """
    own = info.effective or info.issued or info.published
    other = corpus.infos[fact.document_id]
    day = other.effective or other.issued or other.published
    if fact.measure and info.number:
        return True  # the numbers agree
    return own is None or day is None or own < day or (fact.role != "修改" and own == day)


def standing(corpus: Corpus, document_id: str, on: date) -> Standing:
    """Whether a held document is in force on a day."""
    info = corpus.infos[document_id]
    known = changes_of(corpus, document_id, (*ENDS, "延长"))
    for change in known:
        if change.how in ENDS and change.when <= str(on):
            return Standing(document_id, "repealed", change.when, change.at)
    if info.repealed and info.repealed <= on:
        return Standing(document_id, "repealed", str(info.repealed))
    if info.status in ("已废止", "已失效"):
        return Standing(document_id, "repealed")
    last = last_day(corpus, document_id, known)
    if last is not None and last.day < str(on):
        return last
    if info.effective and info.effective > on:
        return Standing(document_id, "not_yet", str(info.effective))
    ends = next((c for c in known if c.how in ENDS), None)
    if ends is not None and (last is None or ends.when <= last.day):
        return Standing(document_id, "in_force", ends.when, ends.at)
    return replace(last, state="in_force") if last else Standing(document_id, "in_force")


def last_day(corpus: Corpus, document_id: str, known: Sequence[Change]) -> Standing | None:
    """The last day on which a document is in force, as others extend it or it says itself."""
    until = max((c for c in known if c.until), key=lambda c: c.until, default=None)
    if until is not None:
        return Standing(document_id, "expired", until.until, until.at)
    own = corpus.backend.facts("date", document_id=document_id, what="失效")
    if not own:
        return None
    fact = own[-1]
    place = Provision((document_id, fact.clause), fact.group, highlights=(fact.span,))
    years = next(
        (
            f.what
            for f in corpus.amended.of(corpus.infos[document_id])
            if f.role == "延长" and f.what.endswith("年")
        ),
        "",
    )
    day = fact.when
    if years and (more := integer(years[:-1])):
        day = f"{int(day[:4]) + more}{day[4:]}"
    text = corpus.text(document_id)
    return Standing(
        document_id, "expired", day, place, "年" in fact.span.of(text)[-1:] or bool(years)
    )


def standing_of(
    corpus: Corpus, found: Found, on: date, for_a_day: bool = False
) -> tuple[Standing, ...]:
    """The documents told of that are in force no more on a day, or not yet.

    Of one that was in force on the day that is asked for and is no more, that is told, too.
    """
    told: list[str] = []
    if isinstance(found, Evidence):
        told = [one.key[0] for one in found.provisions]
    elif isinstance(found, Tasks):
        told = [one.document_id for one in found.lists]
    elif isinstance(found, About | Outline):
        told = [found.document_id]
    some = [standing(corpus, document, on) for document in dict.fromkeys(told)]
    return tuple(one for one in some if one.state != "in_force" or (for_a_day and one.day))


def in_force_first(
    corpus: Corpus, provisions: Sequence[Provision], on: date
) -> tuple[Provision, ...]:
    """The provisions of documents that were in force on a day; all of them where none was."""
    states = {one.key[0]: standing(corpus, one.key[0], on).state for one in provisions}
    kept = tuple(one for one in provisions if states[one.key[0]] == "in_force")
    return kept or tuple(provisions)
