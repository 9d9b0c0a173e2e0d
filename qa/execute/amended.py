"""Provisions that another document changed: the new words before the old ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ingest.numbers.numerals import integer
from ingest.patterns import pattern
from ingest.schema import Clause, Fact
from qa.draft import ClauseKey
from qa.execute.clauses import number_of, number_of_inserted
from qa.execute.result import Provision
from qa.question.labels import Label
from qa.retrieval.corpus import Corpus

_ARTICLE = pattern(r"第(?P<n>[^条款项]+)条(?:之(?P<inserted>[一二三四五六七八九十\d]+))?")


def with_changes(
    corpus: Corpus, provisions: Sequence[Provision], on: date
) -> tuple[Provision, ...]:
    """The provisions, each behind those that changed it by a day; what is said twice only once."""
    found: dict[tuple[ClauseKey, object], Provision] = {}
    for one in provisions:
        facts = [f for f in _changes(corpus, one.key[0], on) if f.what and _meets(corpus, f, one)]
        for fact in facts:
            new = _changing(fact)
            found.setdefault((new.key, new.span), new)
        found.setdefault((one.key, one.span), replace(one, changed=tuple(facts)))
    return tuple(found.values())


def inserted(
    corpus: Corpus, label: Label, documents: Sequence[str], on: date
) -> tuple[Provision, ...]:
    """What others inserted into some documents under a label that their own text lacks."""
    wanted = label.printed.replace(" ", "")
    return tuple(
        _changing(fact)
        for document in documents
        for fact in _changes(corpus, document, on)
        if fact.role == "增加" and _same(fact.what, wanted)
    )


def _changes(corpus: Corpus, document_id: str, on: date) -> Iterator[Fact]:
    info = corpus.infos[document_id]
    for fact in corpus.amended.of(info):
        if fact.what.startswith("第") and fact.when <= str(on):
            yield fact


def _changing(fact: Fact) -> Provision:
    return Provision((fact.document_id, fact.clause), fact.group, highlights=(fact.span,))


def _meets(corpus: Corpus, fact: Fact, one: Provision) -> bool:
    """Whether a change is one of the article that a provision belongs to, or of one inside it."""
    above: Clause | None = corpus.clause(one.key)
    while above is not None and above.kind not in ("条", "一、"):
        above = corpus.clause((one.key[0], above.parent)) if above.parent is not None else None
    if above is None or not above.ordinal:
        return False
    said = _ARTICLE.match(fact.what)
    if said is None or integer(said["n"]) != number_of(above):
        return False
    more = integer(said["inserted"]) if said["inserted"] else None
    return more == number_of_inserted(above)


def _same(one: str, other: str) -> bool:
    first, second = _ARTICLE.match(one), _ARTICLE.match(other)
    if first is None or second is None or integer(first["n"]) != integer(second["n"]):
        return False
    numbers = [integer(m["inserted"]) if m["inserted"] else None for m in (first, second)]
    return numbers[0] == numbers[1]
