"""Two or more sides: what the facts say of them together, then the provision of each."""

from dataclasses import replace
from decimal import Decimal

from ingest.schema import Fact
from qa.draft import PARAGRAPH, Draft, Quote, Statement
from qa.execute.amounts import amounts
from qa.execute.responsible import with_duties
from qa.execute.result import About, Comparison, Evidence, Missing, Result, Tasks
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.tell.about import tell as told_facts
from qa.tell.provisions import printed, written
from qa.tell.rows import tasks as told_tasks
from qa.words.wording import say


def tell(corpus: Corpus, result: Result, found: Comparison) -> Draft:
    """The result first, where it is counted; then each side under its name."""
    script = result.plan.script
    if result.plan.select == "duty" and (told_units := _responsible(corpus, result, found)):
        return Draft("answered", tuple(told_units))
    statements: list[Statement] = []
    if all(isinstance(side.found, Tasks) for side in found.sides) and len(found.sides) > 1:
        statements += _counts(corpus, result, found)
    statements += _amounts(corpus, result, found)
    answered = True
    for side in found.sides:
        lead = PARAGRAPH if statements else ""
        if isinstance(side.found, Evidence) and side.found.provisions:
            answered = answered and side.found.certain
            told = printed(corpus, side.found.provisions, script, True)
            first = told[0]
            words = f"{side.name}——{first.text}"
            statements.append(Statement(words, first.quotes, lead, asked=(side.name,)))
            statements += told[1:]
        elif isinstance(side.found, About):
            draft = told_facts(corpus, result, side.found)
            statements += [replace(s, lead=s.lead or lead) for s in draft.statements]
        elif isinstance(side.found, Tasks) and side.found.lists:
            units = tuple(u for u in result.plan.units if u.words == side.name)
            plan = result.plan.but(units=units, together=False, excluded=())
            draft = told_tasks(corpus, Result(plan, side.found), side.found)
            first = draft.statements[0]
            statements.append(
                Statement(first.text, first.quotes, lead, first.computed, first.asked, True)
            )
            statements += draft.statements[1:]
        else:
            answered = False
            statements.append(
                Statement(say(script, "side_missing", side=side.name), (), lead, asked=(side.name,))
            )
            if isinstance(side.found, Missing) and side.found.near:
                statements += printed(corpus, side.found.near, script, True)
    return Draft("answered" if answered else "partial", tuple(statements))


def _amounts(corpus: Corpus, result: Result, found: Comparison) -> list[Statement]:
    """The sum of the sides' amounts, or which is greater; nothing where that is not asked."""
    facts, marks = amounts(corpus, found.sides), result.plan.marks
    if not facts or not marks & {"sum", "greater"}:
        return []
    script, unit = result.plan.script, facts[0].measure
    values = [fact.value for fact in facts if fact.value is not None]
    quotes = tuple(Quote((f.document_id, f.clause), f.group) for f in facts)
    asked = tuple(side.name for side in found.sides)
    if "sum" in marks:
        total = written(sum(values, Decimal(0)))
        words = say(script, "total", total=f"{total}{unit}")
        return [Statement(words, quotes, computed=(total,))]
    if len(values) != 2:
        return []
    high, low = (0, 1) if values[0] >= values[1] else (1, 0)
    if values[0] == values[1]:
        return [Statement(say(script, "equal"), quotes)]
    difference = written(values[high] - values[low])
    words = say(
        script, "greater", more=asked[high], less=asked[low], difference=f"{difference}{unit}"
    )
    return [Statement(words, quotes, computed=(difference,), asked=asked)]


def _responsible(corpus: Corpus, result: Result, found: Comparison) -> list[Statement]:
    """The units of each side, and those of all sides; nothing where a side names none."""
    script = result.plan.script
    sides: list[tuple[str, tuple[Fact, ...]]] = []
    for side in found.sides:
        given = side.found.provisions if isinstance(side.found, Evidence) else ()
        facts = with_duties(corpus, given[0]).duties if given else ()
        if not facts:
            return []
        sides.append((side.name or names.clause(corpus, given[0].key, script), facts))
    if len({facts[0].document_id for _, facts in sides}) > 1:
        return []  # the same name in two documents is two units
    statements: list[Statement] = []
    each = [dict.fromkeys(fact.who for fact in facts) for _, facts in sides]
    for (name, facts), who in zip(sides, each, strict=True):
        count = str(len(who))
        words = say(script, "units" if len(who) > 1 else "unit", count=count, units="、".join(who))
        quotes = tuple(dict.fromkeys(Quote((f.document_id, f.clause), f.group) for f in facts))
        lead = PARAGRAPH if statements else ""
        statements.append(Statement(f"{name}：{words}", quotes, lead, (count,), (name,)))
    shared = [who for who in each[0] if all(who in others for others in each[1:])]
    phrase = "shared_units" if shared else "shared_no_units"
    words = say(script, phrase, count=str(len(shared)), units="、".join(shared))
    every = tuple(quote for one in statements for quote in one.quotes)
    return [*statements, Statement(words, every, PARAGRAPH, (str(len(shared)),), sums_up=True)]


def _counts(corpus: Corpus, result: Result, found: Comparison) -> list[Statement]:
    """Which of two units has more tasks, and which tasks they share."""
    script = result.plan.script
    keys = [
        {key: None for one in side.found.lists for key, _ in one.tasks}
        for side in found.sides
        if isinstance(side.found, Tasks)
    ]
    names_ = [side.name for side in found.sides]
    counts = [len(some) for some in keys]
    statements = []
    high, low = (0, 1) if counts[0] >= counts[1] else (1, 0)
    every = tuple(Quote(k, corpus.clause(k).span) for some in keys for k in some)[:1]
    if len(counts) == 2:
        if counts[0] == counts[1]:
            words = say(script, "same", count=str(counts[0]))
            computed: tuple[str, ...] = (str(counts[0]),)
        else:
            difference = counts[high] - counts[low]
            words = say(
                script,
                "more",
                more=names_[high],
                difference=str(difference),
                one=str(counts[high]),
                other=str(counts[low]),
            )
            computed = tuple(map(str, (difference, counts[high], counts[low])))
        statements.append(Statement(words, every, computed=computed, asked=tuple(names_)))
    shared = [key for key in keys[0] if all(key in some for some in keys[1:])]
    if shared:
        called = "、".join(names.clause(corpus, key, script) or "—" for key in shared)
        words = say(script, "shared", count=str(len(shared)), clauses=called)
        quotes = tuple(Quote(key, corpus.clause(key).span) for key in shared)
        statements.append(Statement(words, quotes, PARAGRAPH, computed=(str(len(shared)),)))
    else:
        statements.append(Statement(say(script, "shared_none"), every, PARAGRAPH))
    return statements
