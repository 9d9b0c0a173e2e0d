"""Facts about a document, line by line, each with the place that prints it."""

from dataclasses import replace
from itertools import groupby

from ingest.numbers.printed_dates import printed_date
from qa.draft import PARAGRAPH, Draft, Statement
from qa.execute.result import About, AboutFact, Result
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.tell.provisions import lines, quoted, quotes
from qa.words import tables
from qa.words.language import Script
from qa.words.wording import say


def tell(corpus: Corpus, result: Result, found: About) -> Draft:
    """Each fact as a line: the value, or the sentence that says it; under the title, where many."""
    script = result.plan.script
    statements: list[Statement] = []
    told = [fact for fact in found.facts if not _in_head(fact, found)]
    for document, facts in groupby(told, key=lambda one: one.document_id):
        opening = f"{names.title(corpus, document)}：" if len(corpus.held) > 1 else ""
        for fact in facts:
            alone = sum(other.places == fact.places for other in found.facts) == 1
            one = _line(corpus, fact, script, PARAGRAPH if statements else "", alone)
            statements.append(replace(one, text=opening + one.text))
            opening = ""
    known = tables.toml("phrases.toml")
    missing = [name for name in found.absent if f"meta_{name}" in known]
    for name in missing:
        words = say(script, f"meta_{name}", value=say(script, "not_stated"))
        statements.append(Statement(words, (), PARAGRAPH if statements else ""))
    if not found.facts:
        title = names.title(corpus, found.document_id) if len(corpus.held) > 1 else ""
        first, *rest = statements or [Statement(say(script, "not_stated") + "。")]
        if title:  # no place is cited that would show it
            first = replace(first, text=f"{title}：{first.text}", asked=(title,))
        return Draft("not_found", (first, *rest, *_head(corpus, found, True)))
    statements += _head(corpus, found, bool(statements))
    return Draft("partial" if found.absent else "answered", tuple(statements))


def _in_head(fact: AboutFact, found: About) -> bool:
    """Whether a fact is a sentence of the head that is told whole."""
    head = found.head
    return (
        not fact.value
        and head is not None
        and all(p.key[0] == head.key[0] and head.span.covers(p.span) for p in fact.places)
    )


def _head(corpus: Corpus, found: About, below: bool) -> list[Statement]:
    """How the document begins, quoted; the sentences that are asked for are marked."""
    if found.head is None:
        return []
    marked = [p.span for f in found.facts if _in_head(f, found) for p in f.places]
    head = replace(found.head, highlights=tuple(sorted(dict.fromkeys(marked))))
    words = quoted(corpus.text(head.key[0]), head)
    return [Statement(words, quotes(head), PARAGRAPH if below else "")]


def _line(corpus: Corpus, fact: AboutFact, script: Script, lead: str, alone: bool) -> Statement:
    """One fact; `alone` tells that no other one is told from the same place."""
    places = tuple(quote for place in fact.places for quote in quotes(place))
    place = fact.places[0]
    said = f"“{' '.join(lines(corpus.text(place.key[0]), place))}”"
    if not fact.value:
        where = names.clause(corpus, place.key, script, heading=False)
        return Statement(f"{where}：{said}" if where else said, places, lead)
    shown = fact.value
    computed: tuple[str, ...] = ()
    if day := printed_date(fact.value) if fact.value.count("-") == 2 else None:
        shown = f"{day.year}年{day.month}月{day.day}日"
        computed = (shown,)  # the place may print it in other digits
    words = say(script, f"meta_{fact.attribute}", value=shown)
    if fact.computed:
        words += say(script, "computed_from", said=said)
    elif fact.attribute == "title" and len(place.span) > len(shown):
        words += said  # 关于印发《甲方案》的通知
    elif len(place.span) > len(shown) + 12 and day and alone:
        words += said
    return Statement(words, places, lead, computed=computed)
