"""Facts about a document itself: fields where it has them, else the sentence that says them.

The head and the end of a document are evidence only for these.  What other documents do to it
(`qa.execute.validity`) goes before what it says itself, for that is what counts now.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from index.folding import fold_text
from ingest.metadata import head
from ingest.patterns import pattern as lazy
from ingest.references import title_key
from ingest.schema import Span
from ingest.sentences import sentences, trim
from qa.execute.own_dates import DATES, own_dates
from qa.execute.paragraphs import blocks
from qa.execute.reach import ROOM
from qa.execute.result import About, AboutFact, Provision
from qa.execute.validity import Change, changes_of
from qa.retrieval.corpus import Corpus
from qa.words import tables

FIELDS = ("number", "issuer", "title", "region", "status")
OF_THE_OTHER = frozenset({"number", "issuer", "issued", "published", "title"})
"""What is asked of the document that changes one, where the question asks for that document."""

MENTIONS = 40
"""Passages among which the documents that mention something are looked for."""

SEVERAL = {"approval": 3, "contact": 4, "basis": 2}
"""Attributes that a document may say in several sentences, and how many are told."""

CLAUSES = 5
"""How many changed clauses are told where somebody asks what was changed."""

_LAST, _FIRST = 6, 4
"""Clauses at the end and at the beginning in which a document speaks of itself."""

_END = 300
"""Code points at the end of a document, where a page says where it comes from."""

_LATE = frozenset(
    ("repeals", "interpreter", "effective", "expiry", "attachment", "contact", "copied")
)
"""Attributes that stand at the end rather than at the beginning."""

_TERM = lazy(r"\d{1,2}\s*[月日]|之日|\d\s*年(?!\s*月)|[一二三四五六七八九十]个?[年月日]")
_LABELLED = lazy(r"[^\n《。]{0,6}依据\s*[:：]?\s*")


@cache
def _says() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tables.toml("question.toml")["about"]
    return {name: tuple(map(re.compile, patterns)) for name, patterns in table.items()}


def about(corpus: Corpus, document_id: str, attributes: tuple[str, ...]) -> About:
    """The facts asked for, each with its place; those that the document does not give apart."""
    found: list[AboutFact] = []
    absent: list[str] = []
    other = document_id
    if "changed" in attributes or "expiry" in attributes:
        known = changes_of(corpus, document_id)
        found += told(known)
        found += _changed_clauses(corpus, document_id) if "changed" in attributes else []
        if known and "changed" in attributes:
            other = known[0].document_id
    for attribute in attributes:
        if attribute == "changed":
            continue
        if attribute == "published" and not _published(corpus, document_id):
            attribute = "issued"  # what is signed is published
        facts = _facts(corpus, other if attribute in OF_THE_OTHER else document_id, attribute)
        found += facts
        if attribute in DATES and not any(one.value or _dated(corpus, one) for one in facts):
            facts = []  # a day that is left blank
        if not facts and not (attribute == "expiry" and found):
            absent.append(attribute)
    if "changed" in attributes and not found:
        absent.insert(0, "changed")
    distinct = tuple(dict.fromkeys(found))
    plain = not absent and len(attributes) == 1 and all(one.value for one in distinct)
    opening = None if plain else _opening(corpus, other, distinct)
    return About(document_id, distinct, tuple(absent), opening)


def _opening(corpus: Corpus, document_id: str, told: Sequence[AboutFact]) -> Provision | None:
    """The first paragraphs of a document, whole, as many as there is room for beside its facts."""
    text = corpus.text(document_id)
    room = ROOM - sum(place.length for fact in told for place in fact.places)
    end = 0
    for block in blocks(text, Span(0, head(text).end), ROOM):
        if block.end > room:
            break
        end = block.end
    span = trim(text, Span(0, end))
    return Provision((document_id, 0), span) if len(span) else None


def _dated(corpus: Corpus, fact: AboutFact) -> bool:
    """Whether the place of a fact names a day or a term."""
    said = fact.places[0].span.of(corpus.text(fact.document_id))
    return _TERM.search(said) is not None


def _published(corpus: Corpus, document_id: str) -> bool:
    """Whether a document gives a day of publication, or none on which it was signed."""
    info = corpus.infos[document_id]
    return info.published is not None or info.issued is None


def mentions(corpus: Corpus, words: Sequence[str]) -> tuple[AboutFact, ...]:
    """The documents that say all of some words, each with the first sentence that says one."""
    hits = corpus.backend.search_lexical(" ".join(words), MENTIONS)
    found: dict[str, AboutFact] = {}
    for stored in corpus.passages([hit.key for hit in hits]):
        document, clause = stored.passage.document_id, stored.passage.clause
        text = corpus.text(document)
        if document in found or not all(word in fold_text(text) for word in words):
            continue
        for one in sentences(text, stored.passage.span):
            if any(word in fold_text(one.of(text)) for word in words):
                place = Provision((document, clause), one)
                found[document] = AboutFact("mention", "", (place,))
                break
    return tuple(found.values())


def told(known: tuple[Change, ...]) -> list[AboutFact]:
    """Changes as facts: the new last day first, then the sentences."""
    until = next((one for one in known if one.until), None)
    first = [AboutFact("expiry", until.until, (until.at,))] if until else []
    return [*first, *(AboutFact("changed", "", (one.at,)) for one in known)]


def _changed_clauses(corpus: Corpus, document_id: str) -> list[AboutFact]:
    """What others changed in the clauses of a document, the first few sentences."""
    facts = [f for f in corpus.amended.of(corpus.infos[document_id]) if f.what.startswith("第")]
    places = dict.fromkeys(Provision((f.document_id, f.clause), f.group) for f in facts)
    return [AboutFact("changed", "", (one,)) for one in list(places)[:CLAUSES]]


def _facts(corpus: Corpus, document_id: str, attribute: str) -> list[AboutFact]:
    info = corpus.infos[document_id]
    if attribute in DATES and (days := own_dates(corpus, document_id, attribute)):
        return days
    if attribute in FIELDS and (value := str(getattr(info, attribute, ""))):
        names = value.split("、") if attribute == "issuer" else [value]
        places = [_printed(corpus, document_id, name) for name in names]
        if attribute == "title":
            places = [_line(corpus.text(document_id), one) for one in places if one is not None]
        known = tuple(dict.fromkeys(one for one in places if one is not None))
        return [AboutFact(attribute, value, known or (_title(corpus, document_id),))]
    if attribute == "period" and (year := re.search(r"(?:19|20)\d{2}", info.title)):
        return [AboutFact(attribute, f"{year[0]}年", (_title(corpus, document_id),))]
    if attribute == "repeals" and (ended := _repealed(corpus, document_id)):
        return [AboutFact(attribute, "", (one,)) for one in ended]
    if attribute == "basis" and (listed := _listed_basis(corpus, document_id)):
        return [AboutFact(attribute, "", (one,)) for one in listed]
    if attribute == "source" and "://" in info.source:
        return [AboutFact(attribute, info.source, (_title(corpus, document_id),))]
    if attribute in _says():
        most = SEVERAL.get(attribute, 1)
        return [
            AboutFact(attribute, "", (one,))
            for one in _saying(corpus, document_id, attribute, most)
        ]
    return []


def _repealed(corpus: Corpus, document_id: str) -> list[Provision]:
    """The sentences with which a document repeals others."""
    facts = corpus.backend.facts("amendment", document_id=document_id)
    found = {
        f.group: Provision((document_id, f.clause), f.group) for f in facts if f.role == "废止"
    }
    return list(found.values())


def _saying(corpus: Corpus, document_id: str, attribute: str, most: int) -> list[Provision]:
    """The sentences that say it most surely: of head and end, then of the other clauses."""
    text = corpus.text(document_id)
    title = title_key(corpus.infos[document_id].title)
    for places in _places(corpus, document_id, attribute in _LATE):
        spoken = [
            (key, one)
            for key, span in places
            for one in sentences(text, span)
            if title_key(one.of(text)) not in title
        ]
        for pattern in _says()[attribute]:
            found = {
                one: Provision((document_id, key), one)
                for key, one in spoken
                if pattern.search(one.of(text))
            }
            if found:
                return sorted(list(found.values())[:most], key=lambda one: one.span)
    return []


def _places(corpus: Corpus, document_id: str, late: bool) -> Iterator[list[tuple[int, Span]]]:
    """Where a document speaks of itself, the likeliest places first."""
    text = corpus.text(document_id)
    clauses = corpus.clauses(document_id)
    numbered = [c for c in clauses if c.ordinal]
    opening = (0, Span(0, max(head(text).end, 1)))
    closing = [(c.ordinal, c.body) for c in reversed(numbered[-_LAST:])]
    first = [(c.ordinal, c.body) for c in numbered[:_FIRST]]
    end = (0, Span(max(opening[1].end, len(text) - _END), len(text)))
    near = [*closing, opening, end] if late else [opening, (0, clauses[0].body), *first, end]
    yield near
    if late:
        yield [(c.ordinal, c.body) for c in reversed(numbered)]


def _listed_basis(corpus: Corpus, document_id: str) -> list[Provision]:
    """The lines below a line that only says 办理依据, as far as they name documents."""
    text = corpus.text(document_id)
    found: list[Provision] = []
    open_list = False
    for one in sentences(text, Span(0, len(text))):
        if open_list and "《" in one.of(text):
            found.append(Provision((document_id, 0), one))
        elif not found or _LABELLED.fullmatch(one.of(text)):
            open_list = _LABELLED.fullmatch(one.of(text)) is not None
        else:
            break
    return found


def _title(corpus: Corpus, document_id: str) -> Provision:
    """The line that prints the title, else the first one."""
    text = corpus.text(document_id)
    place = _printed(corpus, document_id, corpus.infos[document_id].title)
    first = next(iter(sentences(text, Span(0, len(text)))), Span(0, len(text)))
    return place or Provision((document_id, 0), trim(text, first))


def _printed(corpus: Corpus, document_id: str, value: str) -> Provision | None:
    """Where a value is printed, white space aside."""
    pattern = r"\s*".join(re.escape(c) for c in value)
    match = re.search(pattern, corpus.text(document_id)) if value else None
    return Provision((document_id, 0), Span(*match.span())) if match else None


def _line(text: str, one: Provision) -> Provision:
    """The line that a place stands in: a title with what a notice says around it."""
    start = text.rfind("\n", 0, one.span.start) + 1
    end = text.find("\n", one.span.end)
    return replace(one, span=trim(text, Span(start, end if end >= 0 else len(text))))
