"""What other documents do to one: extend it, repeal it, amend it.

Found where they name it, by 《title》 or by number (发文字号); so a document whose text is not here
has its fate told, too, where one that is here tells it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from index.folding import fold_text
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern as lazy
from ingest.references import title_key
from ingest.schema import Span
from ingest.sentences import sentences
from qa.execute.result import Provision
from qa.retrieval.corpus import Corpus
from qa.words import tables

SHORTEST = 4
"""A title of fewer code points is no name of a document."""

CHANGED = ("extended", "repealed", "amended")

HITS = 20
"""Passages that are looked through for a document number."""

_UNTIL = lazy(rf"(?:延长|延续|顺延)[^。；;]{{0,12}}?(?:至|到)(?P<day>{FULL_DATE})")
_BRACKETED = lazy("◆》?[(（][^)）]{2,24}号[^)）]{0,8}[)）]")


@dataclass(frozen=True, slots=True)
class Change:
    """What a document says of another: `how` is one of `CHANGED`, or in_force; `until` a day.

    `until` is an ISO date, "" where none is named; `at` the sentence.
    """

    how: str
    at: Provision
    until: str = ""

    @property
    def document_id(self) -> str:
        """The document that does it."""
        return self.at.key[0]


@cache
def _does() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(p) for name, p in tables.toml("question.toml")["changes"].items()}


def changes(
    corpus: Corpus,
    titles: tuple[str, ...],
    number: str,
    but: str = "",
    wanted: Collection[str] = CHANGED,
) -> tuple[Change, ...]:
    """What documents other than `but` say of the one of these titles and number, the latest first.

    One for each document: a sentence of its body before its own title.
    """
    best: dict[str, Change] = {}
    for document, clause, span in _named(corpus, titles, number):
        if document == but:
            continue
        change = _change(corpus, document, clause, span)
        if change is None or change.how not in wanted:
            continue
        known = best.get(document)
        if known is None or (change.until, len(change.at.span)) > (known.until, len(known.at.span)):
            best[document] = change
    day = {d: str(corpus.infos[d].issued or corpus.infos[d].effective or "") for d in best}
    return tuple(best[d] for d in sorted(best, key=lambda d: (day[d], d), reverse=True))


def changes_of(corpus: Corpus, document_id: str) -> tuple[Change, ...]:
    """What other documents do to a document that is held."""
    info = corpus.infos[document_id]
    titles = (info.title, *re.findall("《([^《》]+)》", info.title)[: _passes_on(info.title)])
    return changes(corpus, titles, info.number, document_id)


def _passes_on(title: str) -> int:
    """1 where a notice hands on the document that it names in its title, else 0."""
    return int(re.search("(?:印发|发布|公布|转发|批转|下发|修订)[^《]*《", title) is not None)


def _named(corpus: Corpus, titles: tuple[str, ...], number: str) -> list[tuple[str, int, Span]]:
    """Where a document is named: the document and the clause that does, and the place."""
    found = [
        (f.document_id, f.clause, f.span)
        for title in titles
        if len(title_key(title)) >= SHORTEST
        for f in corpus.referring(title)
    ]
    if number:
        pattern = re.compile(r"\s*".join(map(_either, "".join(number.split()))))
        hits = corpus.backend.search_lexical(fold_text(number), HITS)
        for one in corpus.passages([hit.key for hit in hits]):
            passage = one.passage
            text = corpus.text(passage.document_id)
            for match in pattern.finditer(text, passage.span.start, passage.span.end):
                found.append((passage.document_id, passage.clause, Span(*match.span())))
    return found


def _either(char: str) -> str:
    """A character of a number, whatever brackets are printed."""
    for same in ("〔[［(（【", "〕]］)）】"):
        if char in same:
            return f"[{re.escape(same)}]"
    return re.escape(char)


def _change(corpus: Corpus, document: str, ordinal: int, place: Span) -> Change | None:
    text = corpus.text(document)
    clause = corpus.clause((document, ordinal))
    for one in sentences(text, clause.body if clause.body.covers(place) else clause.span):
        if not one.covers(place):
            continue
        said = text[one.start : place.start] + "◆" + text[place.end : one.end]
        said = re.sub("原?《?◆", "◆", _BRACKETED.sub("◆", said)).replace("◆》", "◆")
        for how, pattern in _does().items():
            if pattern.search(said):
                until = _UNTIL.search(one.of(text)) if how == "extended" else None
                day = printed_date(until["day"]) if until else None
                marked = (Span(*(one.start + n for n in until.span("day"))),) if until else ()
                at = Provision((document, ordinal), one, highlights=marked)
                return Change(how, at, str(day or ""))
    return None
