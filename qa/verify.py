"""The check before display: what an answer says must stand in the places that it cites.

Every number, date, document number, unit and quotation of a statement is looked for in its quoted
spans (and in the headings and labels of the cited clauses, which the answer names).  A statement
that fails is withheld and counted.  Pure functions over a draft and a corpus.
"""

import re
from dataclasses import dataclass, replace

from index.folding import fold_text
from ingest.characters import without_spaces
from qa.answer import Verification
from qa.corpus import Corpus
from qa.draft import Draft, Quote, Statement

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?|[一二三四五六七八九十百千]{2,}")
_TITLE = re.compile("《([^》]+)》")


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with only the statements that passed, and the figures of the check."""

    draft: Draft
    figures: Verification


def verify(draft: Draft, corpus: Corpus) -> Checked:
    """Withhold every statement with a claim that its quoted places do not show."""
    kept: list[Statement] = []
    checked = withheld = 0
    for statement in draft.statements:
        claims = _claims(statement, corpus)
        checked += len(claims)
        ground = _ground(statement, corpus)
        exact = all(_exact(quote, corpus) for quote in statement.quotes)
        if exact and all(claim in ground for claim in claims):
            kept.append(statement)
        else:
            withheld += 1
    result = replace(draft, statements=tuple(kept))
    if withheld and draft.status == "answered":
        result = result.but("partial")
    return Checked(result, Verification(len(kept), checked, withheld))


def _exact(quote: Quote, corpus: Corpus) -> bool:
    text = corpus.text(quote.clause[0])
    clause = corpus.clause(quote.clause)
    return (
        len(quote.span) > 0
        and quote.span.end <= len(text)
        and (clause.span.covers(quote.span) or clause.ordinal == 0)
    )


def _claims(statement: Statement, corpus: Corpus) -> list[str]:
    """Everything in a statement that must be shown, folded."""
    words = _plain(statement.text)
    for known in statement.asked:
        words = words.replace(_plain(known), " ")
    claims = [n for n in _NUMBER.findall(words) if n not in statement.computed]
    claims += [_plain(unit) for unit in corpus.units if _plain(unit) in words]
    claims += [_plain(title) for title in _TITLE.findall(words)]
    for quotation in _quotations(words):
        claims += [piece for piece in re.split("…+|\\.{6}", quotation) if piece]
    return claims


def _quotations(words: str) -> list[str]:
    """The outermost “…” of a text, whatever quotation marks stand inside them.

    >>> _quotations("第2项（“甲”场景）：“推进“乙”试点”")
    ['甲', '推进“乙”试点']
    """
    found = []
    depth = start = 0
    for place, char in enumerate(words):
        if char == "“":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif char == "”" and depth:
            depth -= 1
            if not depth:
                found.append(words[start:place])
    return found


def _ground(statement: Statement, corpus: Corpus) -> str:
    """The quoted words, with what names the cited clauses: labels, headings, titles, numbers."""
    parts = []
    for quote in statement.quotes:
        clause = corpus.clause(quote.clause)
        info = corpus.infos[quote.clause[0]]
        parts += [
            quote.span.of(corpus.text(quote.clause[0])),
            clause.path,
            clause.heading,
            *clause.heading_path,
            info.title,
        ]
    return "\n".join(_plain(p) for p in parts)


def _plain(text: str) -> str:
    return without_spaces(fold_text(text))
