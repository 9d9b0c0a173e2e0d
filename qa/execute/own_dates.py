"""The days that a document gives for itself, each with the place that prints it."""

import re

from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern as lazy
from ingest.schema import Fact, Span
from qa.execute.result import AboutFact, Provision
from qa.retrieval.corpus import Corpus

DATES = {"issued": "成文", "published": "发布", "effective": "施行", "expiry": "失效"}
"""Attributes that are date facts, by the meaning of the fact."""
_IMPRINT = lazy(rf"(?P<day>{FULL_DATE})\s*印发\s*$", re.M)


def own_dates(corpus: Corpus, document_id: str, attribute: str) -> list[AboutFact]:
    """A day from the facts of the document, else from its fields; with that of the imprint."""
    text = corpus.text(document_id)
    dated = corpus.backend.facts("date", document_id=document_id, what=DATES[attribute])
    found: list[AboutFact] = []
    if dated:
        fact: Fact = dated[-1] if attribute in ("effective", "expiry") else dated[0]
        place = Provision((document_id, fact.clause), fact.group, highlights=(fact.span,))
        printed = printed_date(fact.span.of(text))
        found = [AboutFact(attribute, fact.when, (place,), str(printed) != fact.when)]
    else:
        value = getattr(corpus.infos[document_id], attribute, None)
        day = _printed_date(corpus, document_id, str(value)) if value else None
        if day is not None:
            found = [AboutFact(attribute, str(value), (day,))]
    if attribute == "issued":
        found += _imprint(text, document_id, {one.value for one in found})
    return found


def _imprint(text: str, document_id: str, known: set[str]) -> list[AboutFact]:
    """The day of printing in the imprint at the end (…办公厅 2016年5月3日印发)."""
    for match in _IMPRINT.finditer(text):
        day = str(printed_date(match["day"]))
        if day not in known:
            place = Provision((document_id, 0), Span(*match.span()))
            return [AboutFact("imprint", day, (place,))]
    return []


def _printed_date(corpus: Corpus, document_id: str, day: str) -> Provision | None:
    year, month, date = (int(part) for part in day.split("-"))
    text = corpus.text(document_id)
    chinese = "".join("〇一二三四五六七八九"[int(c)] for c in str(year)).replace("〇", "[〇○零O]")
    match = re.search(
        rf"{year}\s*(?:年|[-./])\s*0?{month}\s*(?:月|[-./])\s*0?{date}\s*日?"
        rf"|{chinese}年\S{{1,3}}月\S{{1,3}}日",
        text,
    )
    return Provision((document_id, 0), Span(*match.span())) if match else None
