"""Facts about a document itself: fields where it has them, else the sentence that says them.

The head and the end of a document are evidence only for these.
"""

import re
from functools import cache

from ingest.metadata import head
from ingest.schema import Clause, Span
from ingest.sentences import sentences, trim
from qa.execute.result import About, Provision
from qa.retrieval.corpus import Corpus
from qa.words import tables

FIELDS = ("number", "issuer", "title", "region")
DATES = {"issued": "成文", "published": "发布", "effective": "施行", "expiry": "失效"}
"""Attributes that are date facts, by the meaning of the fact."""

_LAST_ARTICLES = 3


@cache
def _says() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(p) for name, p in tables.toml("question.toml")["about"].items()}


def about(corpus: Corpus, document_id: str, attributes: tuple[str, ...]) -> About:
    """The facts asked for, each with its place; those that the document does not give apart."""
    found: list[tuple[str, str, Provision]] = []
    absent: list[str] = []
    for attribute in attributes:
        facts = _fact(corpus, document_id, attribute)
        if facts:
            found += facts
        else:
            absent.append(attribute)
    return About(document_id, tuple(found), tuple(absent))


def _fact(corpus: Corpus, document_id: str, attribute: str) -> list[tuple[str, str, Provision]]:
    info = corpus.infos[document_id]
    if attribute in DATES:
        dated = corpus.backend.facts("date", document_id=document_id, what=DATES[attribute])
        if dated:
            fact = dated[-1] if attribute == "effective" else dated[0]
            place = Provision((document_id, fact.clause), fact.group, highlights=(fact.span,))
            return [(attribute, fact.when, place)]
        value = getattr(info, attribute, None)
        if value is not None and (place := _printed_date(corpus, document_id, value)):
            return [(attribute, value.isoformat(), place)]
    if attribute in FIELDS and (value := str(getattr(info, attribute, ""))):
        place_of = _printed(corpus, document_id, value)
        return [(attribute, value, place_of)]
    if attribute == "structure":
        return _structure(corpus, document_id)
    if attribute == "period" and (year := re.search(r"(?:19|20)\d{2}", info.title)):
        return [(attribute, year[0], _printed(corpus, document_id, year[0]))]
    if attribute == "source" and info.source and "://" in info.source:
        return [(attribute, info.source, _printed(corpus, document_id, info.title))]
    return [(attribute, "", place) for place in _saying(corpus, document_id, attribute)]


def _saying(corpus: Corpus, document_id: str, attribute: str) -> list[Provision]:
    """The first sentence that says it, of the head, the end and the closing articles."""
    pattern = _says().get(attribute)
    if pattern is None:
        return []
    text = corpus.text(document_id)
    clauses = corpus.clauses(document_id)
    opening = Span(0, max(head(text).end, 1))
    closing = [c for c in clauses if c.ordinal][-_LAST_ARTICLES - 3 :]
    first = [c for c in clauses if c.ordinal][:4]
    late = attribute in ("repeals", "interpreter", "effective", "expiry", "attachment")
    places: list[tuple[Clause, Span]] = [(clauses[0], opening)]
    places = [*((c, c.span) for c in reversed(closing)), *places] if late else [
        *places, *((c, c.body) for c in first), *((c, c.span) for c in reversed(closing))
    ]  # fmt: skip
    for clause, span in places:
        for sentence in sentences(text, span):
            if pattern.search(sentence.of(text).strip()):
                return [Provision((document_id, clause.ordinal), sentence)]
    return []


def _printed(corpus: Corpus, document_id: str, value: str) -> Provision:
    """Where a value is printed, white space aside; the title's line where it is not."""
    text = corpus.text(document_id)
    pattern = r"\s*".join(re.escape(c) for c in value)
    match = re.search(pattern, text)
    if match:
        return Provision((document_id, 0), Span(match.start(), match.end()))
    first = next((s for s in sentences(text, Span(0, len(text)))), Span(0, len(text)))
    return Provision((document_id, 0), trim(text, first))


def _printed_date(corpus: Corpus, document_id: str, value: object) -> Provision | None:
    day = str(value)
    year, month, date = (int(part) for part in day.split("-"))
    text = corpus.text(document_id)
    chinese = "".join("〇一二三四五六七八九"[int(c)] for c in str(year)).replace("〇", "[〇○零]")
    match = re.search(
        rf"{year}\s*(?:年|[-./])\s*0?{month}\s*(?:月|[-./])\s*0?{date}\s*日?|{chinese}年\S{{1,3}}月\S{{1,3}}日", text
    )
    if match is None:
        return None
    return Provision((document_id, 0), Span(match.start(), match.end()))


def _structure(corpus: Corpus, document_id: str) -> list[tuple[str, str, Provision]]:
    """The parts of a document by their headings."""
    return [
        ("structure", "", Provision((document_id, clause.ordinal), clause.heading_span))
        for clause in corpus.children((document_id, 0))
        if clause.heading and len(clause.heading_span)
    ]
