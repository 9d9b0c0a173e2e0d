"""The sentence that tells what a term means, where a question asks for that.

本办法所称X，是指…; X即…; “X”（…）.  A preference among provisions: a question for a meaning is
answered by the clause that gives it, wherever search has put that clause.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from index.folding import fold
from ingest.patterns import pattern as lazy
from ingest.schema import Span
from ingest.sentences import sentences
from qa.execute.result import Provision
from qa.retrieval.corpus import Corpus
from qa.words import tables

LONGEST = 12
"""Code points that a term without quotation marks may have."""

_QUOTED = lazy('[“"「]([^“”"「」]{1,20})[”"」]')
_BREAK = lazy("[的里中,，。:：、?？ ]|所说|所称|什么是|什么叫|何谓|何为")


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(tables.toml("question.toml")["definition"]["asks"])


def terms(text: str) -> tuple[str, ...]:
    """The terms whose meaning a folded question asks for; of nested ones the longest first.

    >>> terms("办法里说的“新引进人才”到底指什么?"), terms("重点管理区是指哪些地方?")[0]
    (('新引进人才',), '重点管理区')
    >>> terms("城镇企业包括哪些?")
    ('城镇企业', '镇企业')
    """
    asked = _asks().search(text)
    if asked is None:
        return ()
    if quoted := _QUOTED.findall(text):
        return tuple(dict.fromkeys(quoted))
    before, after = text[: asked.start()], text[asked.end() :]
    piece = next((p for p in reversed(_BREAK.split(before)) if len(p) > 1), "")
    piece = piece or next((p for p in _BREAK.split(after) if len(p) > 1), "")
    piece = piece[-LONGEST:]
    return tuple(piece[place:] for place in range(max(1, (len(piece) + 1) // 2)) if piece)


def definitions(corpus: Corpus, text: str, documents: Sequence[str]) -> tuple[Provision, ...]:
    """The sentences of the first document that defines what is asked for, one for each term."""
    asked = terms(text)
    together = _QUOTED.search(text) is not None
    for document in documents if asked else ():
        found: dict[Span, Provision] = {}
        for term in asked:
            one = next(_defining(corpus, document, term), None)
            if one is not None:
                found[one.span] = one
                if not together:
                    break
        if found:
            return tuple(found.values())
    return ()


def _defining(corpus: Corpus, document: str, term: str) -> Iterator[Provision]:
    """The sentences that define a term, the surest pattern first."""
    text = corpus.text(document)
    folded = fold(text)
    for pattern in tables.toml("question.toml")["definition"]["says"]:
        for match in re.finditer(pattern.replace("◆", re.escape(term)), folded.text):
            place = folded.to_original(*match.span())
            for clause in reversed(corpus.clauses(document)):
                if not clause.span.covers(place):
                    continue
                for one in sentences(text, clause.span):
                    if one.start <= place.start < one.end:
                        yield Provision((document, clause.ordinal), one)
                break
