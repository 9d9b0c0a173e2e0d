"""Provisions as they are printed, whole, each with where it stands; and what is said above them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.items import parts
from ingest.schema import Fact, Span
from qa.draft import PARAGRAPH, Draft, Quote, Statement
from qa.execute.check import presumed, worked_out
from qa.execute.result import Evidence, Provision, Result
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.words.language import Script
from qa.words.wording import role_name, say

BREAK = "  \n"
"""A line break inside a paragraph of Markdown."""
SEPARATOR = {"en": ", "}
DATED = "具体时间"
"""What a question expects that asks by when."""


def tell(corpus: Corpus, result: Result, found: Evidence) -> Draft:
    """A draft of provisions: a direct line where facts give it, then the provisions."""
    plan = result.plan
    script = plan.script
    first = direct(corpus, result, found)
    wrong = presumed(plan, corpus, found.provisions)
    if wrong:
        status, opening = "partial", [Statement(say(script, "premise", said=wrong), asked=(wrong,))]
    elif found.certain and not first and worked_out(plan):
        status, opening = "partial", [Statement(say(script, "work_out"))]
    elif found.certain:
        status, opening = "partial" if result.verdict is False else "answered", first
    else:
        status, opening = "partial", [Statement(say(script, "hedge")), *first]
    body = printed(corpus, found.provisions, script, bool(opening))
    return Draft(status, (*opening, *body), suggestions(corpus, result, found))  # type: ignore[arg-type]


def printed(
    corpus: Corpus,
    provisions: Sequence[Provision],
    script: Script,
    below: bool = False,
) -> list[Statement]:
    """One statement for each provision; the title is said where the document changes."""
    many = len(corpus.held) > 1
    statements: list[Statement] = []
    document = ""
    for one in provisions:
        title = names.title(corpus, one.key[0]) if many and one.key[0] != document else ""
        document = one.key[0]
        name = names.clause(corpus, one.key, script, heading=False)
        words = quoted(corpus.text(document), one)
        where = title if name and words.startswith(f"“{name}") else f"{title}{name}"
        where += say(script, "before_change") if one.changed else ""
        text = f"{where}：{words}" if where else words
        lead = PARAGRAPH if below or statements else ""
        statements.append(Statement(text, quotes(one), lead))
    return statements


def quoted(text: str, one: Provision) -> str:
    """A provision between quotation marks, its lead-in between marks of its own."""
    spans = [one.lead, one.span] if one.lead else [one.span]
    return BREAK.join(f"“{whole(span, text)}”" for span in spans)


def lines(text: str, one: Provision) -> list[str]:
    """The printed lines of a provision, without the white space around them."""
    spans = [one.lead, one.span] if one.lead else [one.span]
    return [line.strip() for span in spans for line in span.of(text).splitlines() if line.strip()]


def quotes(one: Provision) -> tuple[Quote, ...]:
    """The places that a provision is quoted from: itself, then its lead-in."""
    own = Quote(one.key, one.span, one.highlights)
    if one.lead is None:
        return (own,)
    return (own, Quote((one.key[0], 0), one.lead))


def direct(corpus: Corpus, result: Result, found: Evidence) -> list[Statement]:
    """The first line, where facts give it: units, a verdict on a unit, the number of items."""
    plan = result.plan
    if not found.provisions:
        return []
    best = found.provisions[0]
    if plan.select == "duty" and len(plan.labels) > 1:
        return each(corpus, result, found)
    if plan.select == "duty" and best.duties:
        return units(corpus, result, best)
    if best.cell is not None:
        return [cell(corpus, best, best.cell, plan.script)]
    listed = plan.wants_list or plan.shape == "count"
    return counted(corpus, best, plan.script) if listed else []


def cell(corpus: Corpus, best: Provision, fact: Fact, script: Script) -> Statement:
    """A cell of a table with what its row and its column are called."""
    value = fact.span.of(corpus.text(fact.document_id))
    where = SEPARATOR.get(script, "，").join(word for word in (fact.who, fact.what) if word)
    words = say(script, "cell", value=value, where=where)
    return Statement(words, quotes(best))


def each(corpus: Corpus, result: Result, found: Evidence) -> list[Statement]:
    """The units of every provision that is asked for by number."""
    said: list[Statement] = []
    for one in found.provisions:
        name = names.clause(corpus, one.key, result.plan.script)
        for line in units(corpus, result, one) if one.duties else ():
            lead = PARAGRAPH if said else ""
            said.append(
                replace(line, text=f"{name}：{line.text}" if name else line.text, lead=lead)
            )
    return said


def units(corpus: Corpus, result: Result, best: Provision) -> list[Statement]:
    """The units that a provision names, by role; with a verdict where one is asked for."""
    plan, script = result.plan, result.plan.script
    facts = list(best.duties)
    if plan.roles and any(f.role in plan.roles for f in facts):
        facts = [f for f in facts if f.role in plan.roles]
    elif any(role in best.span.of(corpus.text(best.key[0])) for role in plan.roles):
        return []  # it says who has the role, in words that are no list of units
    if plan.kind:
        facts = [f for f in facts if re.search(plan.kind, f.who)] or facts
    places = tuple(dict.fromkeys(Quote((f.document_id, f.clause), f.group) for f in facts))
    text = _by_role(facts, script)
    text += say(script, "open_list") if any(f.open for f in facts) else ""
    count = len(dict.fromkeys(f.who for f in facts))
    opening = ""
    if result.verdict is not None and plan.units:
        asked = _join([u.words for u in plan.units], script)
        opening = say(script, "yes_unit" if result.verdict else "no_unit", unit=asked)
    phrase = "units" if count > 1 else "unit"
    due = deadlines(corpus, best) if any(e.name == DATED for e in plan.expects) else []
    words = opening + say(script, phrase, count=count, units=text)
    words += say(script, "due", when="、".join(due)) if due else ""
    said = tuple(u.words for u in plan.units)
    places += (Quote(best.key, best.span),) if due else ()
    return [Statement(words, places, computed=(str(count),), asked=said)]


def deadlines(corpus: Corpus, one: Provision) -> list[str]:
    """The days by which a provision wants something done, as printed."""
    text = corpus.text(one.key[0])
    return list(
        dict.fromkeys(
            fact.span.of(text)
            for facts in corpus.dates.of(one.key[0]).values()
            for fact in facts
            if fact.what == "期限" and one.span.covers(fact.span)
        )
    )


def _by_role(facts: Sequence[Fact], script: Script) -> str:
    roles: dict[str, dict[str, None]] = {}
    for fact in facts:
        roles.setdefault(fact.role, {})[fact.who] = None
    if len(roles) < 2:
        return _join([unit for some in roles.values() for unit in some], script)
    parts_ = [
        say(
            script,
            "role_units",
            role=role_name(script, role or "责任"),
            units=_join(list(some), script),
        )
        for role, some in roles.items()
    ]
    return "；".join(parts_)


def _join(words: Sequence[str], script: Script) -> str:
    return SEPARATOR.get(script, "、").join(words)


def counted(corpus: Corpus, best: Provision, script: Script) -> list[Statement]:
    """How many items a provision lists, where it is a list."""
    text = corpus.text(best.key[0])
    clause = corpus.clause(best.key)
    items = [p for p in parts(text, clause) if p.kind == "项" and best.span.covers(p.span)]
    below = [c for c in corpus.children(best.key) if c.label and best.span.covers(c.span)]
    below = [c for c in below if c.kind != "行" or c.ordinal not in _figured(corpus, best)]
    numbers = [str(p.number) for p in items] or [c.label for c in below]
    if len(numbers) < 2:
        return []
    if len(set(numbers)) != len(numbers):
        return []  # several lists under one clause: no one number is theirs
    count = str(len(numbers))
    return [
        Statement(
            say(script, "items", count=count), (Quote(best.key, best.span),), computed=(count,)
        )
    ]


def _figured(corpus: Corpus, one: Provision) -> set[int]:
    """The rows of a table whose cells are figures: they are no list of things."""
    cells = corpus.cells.of(one.key[0])
    return {key[1] for key, facts in cells.items() if any(f.value is not None for f in facts)}


def suggestions(corpus: Corpus, result: Result, found: Evidence) -> tuple[str, ...]:
    """Further questions that the documents answer."""
    plan, script = result.plan, result.plan.script
    if not found.provisions:
        return ()
    best = found.provisions[0]
    asks = []
    name = names.clause(corpus, best.key, script, heading=False)
    if name and plan.select != "duty" and corpus.duties.get(best.key):
        asks.append(say(script, "ask_units", clause=name))
    if best.duties:
        asks.append(say(script, "ask_tasks", unit=best.duties[0].who))
    if "effective" not in plan.attributes and corpus.infos[best.key[0]].effective:
        asks.append(say(script, "ask_effective", title=names.title(corpus, best.key[0])))
    return tuple(asks)


def whole(span: Span, text: str) -> str:
    """The words of a span with its line breaks as Markdown keeps them."""
    return BREAK.join(line.strip() for line in span.of(text).splitlines() if line.strip())
