"""Tasks of units, groups with their numbers, and figures, row by row, each with its place."""

from collections.abc import Sequence

from index.folding import fold_text
from ingest.deadlines import deadlines
from ingest.schema import Fact, Span
from ingest.sentences import trim
from qa.draft import ITEM, PARAGRAPH, ClauseKey, Draft, Quote, Statement
from qa.execute.reach import LIST_ROOM
from qa.execute.result import Figures, Groups, Result, TaskList, Tasks
from qa.execute.task_words import listed, said
from qa.question.units import UnitMention
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.words.wording import say

ROOM = 700
"""Code points of the tasks of one document from which those with headings are told by them."""
SHOWN = 30
"""Rows printed of one list of figures or groups."""


def tasks(corpus: Corpus, result: Result, found: Tasks) -> Draft:
    """The tasks of a unit, document by document, complete and counted."""
    plan, script = result.plan, result.plan.script
    if not found.lists:
        return Draft(
            "partial",
            (
                Statement(
                    say(script, "tasks_none", units="、".join(found.names)), asked=found.names
                ),
            ),
        )
    many = len(corpus.held) > 1
    statements: list[Statement] = []
    for one in found.lists:
        called = [_called(unit, one) for unit in plan.units]
        joint = "、".join(called)
        name = say(script, "and_units", units=joint) if plan.together else joint
        count = str(len(one.tasks))
        values = {"unit": name, "count": count, "title": names.title(corpus, one.document_id)}
        if not plan.units:
            phrase = "tasks_without"
            values["units"] = "、".join(u.words for u in plan.excluded)
        elif found.topic:
            phrase = "tasks_on"
        else:
            phrase = "tasks" if many else "tasks_here"
        rows = _rows(corpus, result, one)
        head = rows[0].quotes if many else ()
        asked = (*found.names, joint, *called)
        lead = PARAGRAPH if statements else ""
        statements.append(
            Statement(
                say(script, phrase, **values),
                head,
                lead,
                (count,),
                tuple(sorted(filter(None, asked), key=len, reverse=True)),
                True,
            )
        )
        statements += rows
    suggestions = [
        say(script, "ask_units", clause=c)
        for key, _ in found.lists[0].tasks[:2]
        if (c := names.clause(corpus, key, script, heading=False))
    ]
    return Draft("answered", tuple(statements), tuple(suggestions))


def _called(unit: UnitMention, one: TaskList) -> str:
    """A unit as it was asked for, with the name under which the document has it."""
    printed = {
        fact.who: None for _, facts in one.tasks for fact in facts if fact.who in unit.printed
    }
    if not printed or unit.words in map(fold_text, printed):
        return unit.words
    if len(printed) == 1 and fold_text(next(iter(printed))).endswith(unit.words):
        return next(iter(printed))
    return f"{unit.words}（{'、'.join(printed)}）"


def _rows(corpus: Corpus, result: Result, one: TaskList) -> list[Statement]:
    """A row for each task: its words whole, or the headings alone where those of all are long.

    What has no heading is told whole as far as there is room; of the rest the places are named.
    """
    told = [said(corpus, key, facts) for key, facts in one.tasks]
    brief = sum(len(span) for spans in told for span in spans) > ROOM
    rows: list[Statement] = []
    rest: dict[str, Quote] = {}
    room = LIST_ROOM
    for (key, facts), spans in zip(one.tasks, told, strict=True):
        row = _row(corpus, result, key, facts, spans, brief)
        room -= len(row.text)
        name = names.clause(corpus, key, result.plan.script, heading=False)
        if room < 0 and rows and name:
            rest.setdefault(name, row.quotes[0])
        else:
            rows.append(row)
    if rest:
        values = {"count": str(len(one.tasks) - len(rows)), "clauses": "、".join(rest)}
        words = say(result.plan.script, "tasks_rest", **values)
        rows.append(Statement(words, tuple(rest.values()), ITEM, computed=(values["count"],)))
    return rows


def _row(
    corpus: Corpus,
    result: Result,
    key: ClauseKey,
    facts: Sequence[Fact],
    spans: Sequence[Span],
    brief: bool,
) -> Statement:
    clause, text, script = corpus.clause(key), corpus.text(key[0]), result.plan.script
    name = names.clause(corpus, key, "zh" if script != "en" else "en", heading=False)
    lists = not facts or listed(corpus, facts)
    heading = clause.heading.strip()
    if brief and lists and heading and len(heading) < len(clause.span):
        words = f"{name}：{heading}" if name else heading
        due = dict.fromkeys(d.of(text) for d in deadlines(text, [f.group for f in facts]))
        words += f"（{'、'.join(due)}）" if due else ""
    else:
        quoted = " ".join(
            f"“{' '.join(line.strip() for line in s.of(text).splitlines() if line.strip())}”"
            for s in spans
        )
        words = f"{name}：{quoted}" if name else quoted
    if lists and facts:
        words += _in_role(result, facts)
    return Statement(words, _places(corpus, key, facts, spans), ITEM)


def _in_role(result: Result, facts: Sequence[Fact]) -> str:
    """Who of several units has a task, and in what role."""
    several = len(result.plan.units) > 1 and not result.plan.together
    parts = [
        (f.who if several else "") + (f.role if f.role in ("牵头", "配合") else "") for f in facts
    ]
    joint = "、".join(dict.fromkeys(part for part in parts if part))
    return f"（{joint}）" if joint else ""


def _places(
    corpus: Corpus, key: ClauseKey, facts: Sequence[Fact], spans: Sequence[Span]
) -> tuple[Quote, ...]:
    """The whole provision, or of a very long one the words of the task and its list of units."""
    text, clause = corpus.text(key[0]), corpus.clause(key)
    whole = trim(text, clause.span)
    if (
        clause.ordinal
        and len(whole) <= LIST_ROOM
        and all(whole.covers(s) for s in (*spans, *(f.group for f in facts)))
    ):
        return (Quote(key, whole),)
    lists = [f.group for f in facts if not any(s.covers(f.group) for s in spans)]
    return tuple(Quote(key, span) for span in dict.fromkeys([*spans, *lists]))


def groups(corpus: Corpus, result: Result, found: Groups) -> Draft:
    """Which group has most or fewest, then each with its number."""
    plan, script = result.plan, result.plan.script
    ordered = found.groups if plan.shape != "fewest" else found.groups[::-1]
    of_tasks = ordered[0][0].isdecimal()
    counts = [int(name) if of_tasks else len(keys) for name, keys in ordered]
    best = [one for one, n in zip(ordered, counts, strict=True) if n == counts[0]]
    phrase = ("fewest" if plan.shape == "fewest" else "most") + ("_units" if of_tasks else "")
    called = "、".join(_group_name(corpus, one, of_tasks) for one in best)
    statements = [
        Statement(
            say(script, phrase, name=called, count=str(counts[0])),
            tuple(Quote(k, _line(corpus, k)) for one in best for k in one[1])[:12],
            computed=(str(counts[0]),),
        )
    ]
    for one, count in list(zip(ordered, counts, strict=True))[:5]:
        words = say(script, "group", name=_group_name(corpus, one, of_tasks), count=str(count))
        words = words.replace("项", "个单位") if of_tasks and script != "en" else words
        quotes = tuple(Quote(k, _line(corpus, k)) for k in one[1])[:12]
        statements.append(Statement(words, quotes, ITEM, computed=(str(count),)))
    return Draft("answered", tuple(statements))


def _group_name(corpus: Corpus, one: tuple[str, tuple[ClauseKey, ...]], of_tasks: bool) -> str:
    return names.clause(corpus, one[1][0], "zh") if of_tasks else one[0]


def _line(corpus: Corpus, key: ClauseKey) -> Span:
    """The list of units of a clause."""
    facts = corpus.duties.get(key) or []
    return facts[0].group if facts else trim(corpus.text(key[0]), corpus.clause(key).span)


def figures(corpus: Corpus, result: Result, found: Figures) -> Draft:
    """Every stated quantity with the sentence that states it, each sentence once."""
    script = result.plan.script
    by_sentence: dict[tuple[str, int], list[Fact]] = {}
    for fact in found.facts:
        by_sentence.setdefault((fact.document_id, fact.group.start), []).append(fact)
    count = str(len(found.facts))
    first = found.facts[0]
    title = names.title(corpus, first.document_id)
    place = Quote((first.document_id, first.clause), first.group)
    words = say(script, "figures", name=title, count=count)
    statements = [Statement(words, (place,), computed=(count,), sums_up=True)]
    for (document, _), facts in list(by_sentence.items())[:SHOWN]:
        key = (document, facts[0].clause)
        name = names.clause(corpus, key, script, heading=False)
        words = " ".join(facts[0].group.of(corpus.text(document)).split())
        quote = Quote(key, facts[0].group, tuple(f.span for f in facts))
        statements.append(Statement(f"{name}：“{words}”" if name else f"“{words}”", (quote,), ITEM))
    return Draft("answered", tuple(statements))
