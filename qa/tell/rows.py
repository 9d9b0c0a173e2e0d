"""Tasks of units, groups with their numbers, and figures, row by row, each with its place."""

from collections.abc import Sequence

from ingest.schema import Fact, Span
from ingest.sentences import sentences, trim
from qa.draft import ITEM, PARAGRAPH, ClauseKey, Draft, Quote, Statement
from qa.execute.result import Figures, Groups, Result, TaskList, Tasks
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.words.wording import say

LONGEST = 400
"""Code points from which of a task's provision only its own sentences are cited."""
SHOWN = 30
"""Rows printed of one list of figures or groups."""


def tasks(corpus: Corpus, result: Result, found: Tasks) -> Draft:
    """The tasks of a unit, document by document, complete and counted."""
    plan, script = result.plan, result.plan.script
    joint = "、".join(u.words for u in plan.units)
    name = say(script, "and_units", units=joint) if plan.together else joint
    if not found.lists:
        return Draft("partial", (Statement(say(script, "tasks_none", units="、".join(found.names)), asked=found.names),))
    many = len(corpus.held) > 1
    statements: list[Statement] = []
    for one in found.lists:
        count = str(len(one.tasks))
        values = {"unit": name, "count": count, "title": names.title(corpus, one.document_id)}
        if not plan.units:
            phrase = "tasks_without"
            values["units"] = "、".join(u.words for u in plan.excluded)
        elif found.topic:
            phrase, values["topic"] = "tasks_on", found.topic.replace(" ", "")
        else:
            phrase = "tasks" if many else "tasks_here"
        lead = PARAGRAPH if statements else ""
        head = tuple(_quotes(corpus, one)[:1]) if many else ()
        said = (*found.names, found.topic.replace(" ", ""), joint)
        statements.append(
            Statement(say(script, phrase, **values), head, lead, computed=(count,), asked=tuple(s for s in said if s), sums_up=True)
        )
        statements += [_row(corpus, key, facts, script) for key, facts in one.tasks]
    suggestions = [say(script, "ask_units", clause=c) for key, _ in found.lists[0].tasks[:2] if (c := names.clause(corpus, key, script, heading=False))]
    return Draft("answered", tuple(statements), tuple(suggestions))


def _quotes(corpus: Corpus, one: TaskList) -> list[Quote]:
    return [Quote(key, place(corpus, key, facts)) for key, facts in one.tasks]


def _row(corpus: Corpus, key: ClauseKey, facts: Sequence[Fact], script: str) -> Statement:
    clause = corpus.clause(key)
    text = corpus.text(key[0])
    span = place(corpus, key, facts)
    role = facts[0].role if facts else ""
    name = names.clause(corpus, key, "zh" if script != "en" else "en", heading=False)
    heading = clause.heading.strip()
    if heading and role:
        words = f"{name}：{heading}" if name else heading
    else:
        said = _own_words(corpus, key, facts)
        quoted = " ".join(line.strip() for line in said.of(text).splitlines())
        words = f"{name}：“{quoted}”" if name else f"“{quoted}”"
    if role in ("牵头", "配合"):
        words += f"（{role}）"
    return Statement(words, (Quote(key, span),), ITEM)


def place(corpus: Corpus, key: ClauseKey, facts: Sequence[Fact]) -> Span:
    """What is cited for a task: the whole clause, or the sentences that name the unit."""
    text = corpus.text(key[0])
    clause = corpus.clause(key)
    span = trim(text, clause.span)
    return span if len(span) <= LONGEST and clause.ordinal else _own_words(corpus, key, facts)


def _own_words(corpus: Corpus, key: ClauseKey, facts: Sequence[Fact]) -> Span:
    """The sentences that say the task: those before the list of units, or around the unit."""
    text = corpus.text(key[0])
    clause = corpus.clause(key)
    if not facts:
        return trim(text, clause.span)
    group = facts[0].group
    if not facts[0].role:
        return trim(text, Span(facts[0].group.start, facts[-1].group.end))
    start = min(clause.heading_span.start, clause.body.start) if clause.ordinal else group.start
    own = [s for s in sentences(text, Span(start, max(start, group.start))) if len(s) > 3]
    if not own:
        return trim(text, clause.span)
    return trim(text, Span(own[0].start, own[-1].end)) if own[-1].end - own[0].start <= LONGEST else own[-1]


def groups(corpus: Corpus, result: Result, found: Groups) -> Draft:
    """Which group has most or fewest, then each with its number."""
    plan, script = result.plan, result.plan.script
    ordered = found.groups if plan.shape != "fewest" else found.groups[::-1]
    of_tasks = ordered[0][0].isdecimal()
    counts = [int(name) if of_tasks else len(keys) for name, keys in ordered]
    best = [one for one, n in zip(ordered, counts, strict=True) if n == counts[0]]
    phrase = ("fewest" if plan.shape == "fewest" else "most") + ("_units" if of_tasks else "")
    called = "、".join(_called(corpus, one, of_tasks) for one in best)
    statements = [
        Statement(
            say(script, phrase, name=called, count=str(counts[0])),
            tuple(Quote(k, _line(corpus, k)) for one in best for k in one[1])[:12],
            computed=(str(counts[0]),),
        )
    ]
    for one, count in list(zip(ordered, counts, strict=True))[:5]:
        words = say(script, "group", name=_called(corpus, one, of_tasks), count=str(count))
        words = words.replace("项", "个单位") if of_tasks and script != "en" else words
        quotes = tuple(Quote(k, _line(corpus, k)) for k in one[1])[:12]
        statements.append(Statement(words, quotes, ITEM, computed=(str(count),)))
    return Draft("answered", tuple(statements))


def _called(corpus: Corpus, one: tuple[str, tuple[ClauseKey, ...]], of_tasks: bool) -> str:
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
    statements = [
        Statement(say(script, "figures", name=names.title(corpus, found.facts[0].document_id), count=count),
                  (Quote((found.facts[0].document_id, found.facts[0].clause), found.facts[0].group),), computed=(count,), sums_up=True)
    ]  # fmt: skip
    for (document, _), facts in list(by_sentence.items())[:SHOWN]:
        key = (document, facts[0].clause)
        name = names.clause(corpus, key, script, heading=False)
        words = " ".join(facts[0].group.of(corpus.text(document)).split())
        quote = Quote(key, facts[0].group, tuple(f.span for f in facts))
        statements.append(Statement(f"{name}：“{words}”" if name else f"“{words}”", (quote,), ITEM))
    return Draft("answered", tuple(statements))
