"""Whether what is told is in force, above everything else; and what was changed in a provision."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.numbers.printed_dates import printed_date
from ingest.schema import Fact
from qa.draft import PARAGRAPH, Statement
from qa.execute.result import Evidence, Result, Standing
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.tell.provisions import quotes
from qa.words.wording import say

Statements = tuple[Statement, ...]


def around(corpus: Corpus, result: Result) -> tuple[Statements, Statements]:
    """What is said above an answer and what below it.

    Above: of the document told first, whether it is in force, and what was changed in provisions;
    below: of the others, whether they are.
    """
    anchor = result.anchor
    first: list[Statement] = []
    last: list[Statement] = []
    for one in result.standings:
        place = first if anchor is None or one.document_id == anchor[0] else last
        place.append(_line(corpus, result, one))
    return (*first, *changed(corpus, result)), tuple(last)


def _line(corpus: Corpus, result: Result, one: Standing) -> Statement:
    script = result.plan.script
    title = names.title(corpus, one.document_id)
    day, on = shown(one.day), shown(str(result.plan.as_of or ""))
    dated = f"{one.state}_since" if day else one.state
    if dated == "repealed_since" and one.at is None:
        dated = "ended_since"  # a field gives the day and does not say what ended it
    phrase = f"{one.state}_later" if one.state == "in_force" else dated
    words = say(script, phrase, title=title, day=day, on=on)
    places = quotes(one.at) if one.at is not None else ()
    return Statement(words, places, computed=tuple(d for d in (day, on) if d), asked=(title,))


def shown(day: str) -> str:
    """An ISO day as it is said.

    >>> shown("2031-03-01")
    '2031年3月1日'
    """
    found = printed_date(day)
    return f"{found.year}年{found.month}月{found.day}日" if found else ""


def changed(corpus: Corpus, result: Result) -> list[Statement]:
    """What became of provisions: 第一条已由《…》修改（自…起）."""
    found = result.found
    if not isinstance(found, Evidence):
        return []
    facts = dict.fromkeys(f for one in found.provisions for f in one.changed)
    lines: dict[str, Statement] = {}
    for fact in facts:
        words = _change(corpus, result, fact)
        place = next(p for p in found.provisions if p.span == fact.group)
        given = Statement(
            words, quotes(place), computed=(shown(fact.when),), asked=_said(corpus, fact)
        )
        lines.setdefault(words, given)
    return list(lines.values())


def _said(corpus: Corpus, fact: Fact) -> tuple[str, ...]:
    return (names.title(corpus, fact.document_id), fact.what)


def _change(corpus: Corpus, result: Result, fact: Fact) -> str:
    phrase = {"增加": "added", "删去": "struck"}.get(fact.role, "amended")
    title = names.title(corpus, fact.document_id)
    return say(
        result.plan.script, phrase if fact.when else f"{phrase}_undated",
        label=fact.what, title=title, day=shown(fact.when),
    )  # fmt: skip


def joined(*parts: Sequence[Statement]) -> Statements:
    """Statements one after the other, those of each further part as paragraphs of their own."""
    found: list[Statement] = []
    for part in parts:
        for place, one in enumerate(part):
            opens = bool(found) and not one.lead and (place == 0 or part is not parts[1])
            found.append(replace(one, lead=PARAGRAPH) if opens else one)
    return tuple(found)
