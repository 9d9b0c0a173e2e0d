"""Everything that is not a fact question: the best sentences, quoted, with whom to ask."""

import re

from qa.answer import Status
from qa.compose.context import Context
from qa.compose.refusal import no_clause, not_found, not_given
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement
from qa.evidence import Evidence

QUOTE = 130
"""Longest quotation, in code points."""
ROOM = 210
"""Most code points quoted in one answer before its list of units."""
SECOND = 0.8
"""A second sentence is quoted if its score reaches this share of the first one's."""
ALSO = 0.93
"""When the wording is far from the corpus, a clause this near to the best one is offered too."""
ENUMERATION = 0.15
"""Bonus for a sentence that enumerates, when a list was asked for."""

HEADED = 0.9
"""Coverage of the topic by a heading from which the heading is what was named."""
MAX_OUTLINES = 200
"""Documents whose outlines are searched for a heading."""


def compose_description(context: Context, chosen: ClauseKey | None = None) -> Draft:
    """The best one or two sentences of the best clause (or the one chosen), and whom to ask."""
    asked = context.asked
    key = chosen or _headed(context) or _chosen(context)
    if key is None:
        return no_clause(context) if asked.label else not_found(context)
    if asked.intent == "tasks_on" and (tasks := _tasks_on(context)):
        return tasks
    if asked.intent == "list" and (parts := _parts(context, key)):
        return parts
    evidence = _ordered(context, key)
    if not evidence:
        return not_found(context)
    if asked.expects is not None and not _holds(context, key, evidence):
        what = asked.expects.name_en if asked.english else asked.expects.name
        return not_given(context, what)
    statements = _quoted(context, key, evidence)
    sure = chosen is not None or _sure(context, key)
    if not sure:
        statements.insert(0, Statement(context.say("hedge")))
    if context.ranking.gate > 0.3 and not asked.label and asked.bound is None:
        statements += _others(context, key)
    if facts := context.duties(key):
        units = context.join([fact.unit for fact in facts])
        groups = tuple(Quote(key, g) for g in dict.fromkeys(f.group for f in facts))
        statements.append(Statement(context.say("ask_units", units=units), groups, lead=PARAGRAPH))
    status: Status = "answered" if sure else "partial"
    return Draft(status, tuple(statements), _suggestions(context, key))


def _sure(context: Context, key: ClauseKey) -> bool:
    best = context.ranking.best
    return context.asked.bound == key or best is None or best.key != key or context.found(best)


def _chosen(context: Context) -> ClauseKey | None:
    asked = context.asked
    if asked.bound is not None and (not asked.topic or asked.label):
        return asked.bound
    best = context.ranking.best
    return best.key if best is not None and context.near(best) else None


def _headed(context: Context) -> ClauseKey | None:
    """The clause whose heading a list question names and whose parts it therefore asks for.

    Such a clause often has no words of its own, so no passage of it can be found.
    """
    asked = context.asked
    if asked.intent != "list" or not asked.topic or len(context.corpus.held) > MAX_OUTLINES:
        return None
    found = [
        (len(clause.heading), (info.id, clause.ordinal))
        for info in context.corpus.held
        for clause in context.corpus.clauses(info.id)
        if clause.heading
        and coverage(context.ranking.topic, folded(clause.heading)) >= HEADED
        and sum(bool(c.heading) for c in context.corpus.children((info.id, clause.ordinal))) > 1
    ]
    return min(found)[1] if found else None


def _ordered(context: Context, key: ClauseKey) -> list[Evidence]:
    """The clause's sentences, best first; in reading order when the whole clause was asked for."""
    found = context.evidence(key)
    if not context.asked.topic:
        return sorted(found, key=lambda e: e.span.start)
    if context.asked.intent == "list":
        text = context.text(key)
        return sorted(
            found, key=lambda e: -(e.score + ENUMERATION * (e.span.of(text).count("、") >= 2))
        )
    return found


def _quoted(context: Context, key: ClauseKey, evidence: list[Evidence]) -> list[Statement]:
    chosen = [evidence[0]]
    if len(evidence) > 1:
        second = evidence[1]
        near = not context.asked.topic or second.score >= SECOND * evidence[0].score
        if near and min(len(evidence[0].span), QUOTE) + min(len(second.span), QUOTE) <= ROOM:
            chosen.append(second)
    chosen.sort(key=lambda e: e.span.start)
    statements = []
    for i, item in enumerate(chosen):
        shown, quote = context.quote(key, item.span, QUOTE)
        if i == 0:
            words = context.say("says", clause=context.name(key), quote=shown)
            statements.append(Statement(words, (quote,), lead=PARAGRAPH))
        else:
            statements.append(Statement(f"“{shown}”", (quote,)))
    return statements


def _others(context: Context, key: ClauseKey) -> list[Statement]:
    """One more clause, when the wording leaves open which of them was meant."""
    best = context.ranking.clauses[0]
    for ranked in context.ranking.clauses[1:3]:
        if ranked.key == key or ranked.score < ALSO * best.score or not context.found(ranked):
            continue
        if evidence := context.evidence(ranked.key):
            shown, quote = context.quote(ranked.key, evidence[0].span, 60)
            words = context.say("also", clause=context.name(ranked.key), quote=shown)
            return [Statement(words, (quote,), lead=PARAGRAPH)]
    return []


def _parts(context: Context, key: ClauseKey) -> Draft | None:
    """The headings below a clause, counted, when the question asks for its parts."""
    asked = context.asked
    heading = folded(context.clause(key).heading)
    children = [c for c in context.corpus.children(key) if c.heading]
    if len(children) < 2 or (asked.topic and coverage(context.ranking.topic, heading) < 0.5):
        return None
    words = context.say("parts", clause=context.name(key), count=len(children))
    statements = [Statement(words, computed=(str(len(children)),), sums_up=True)]
    for child in children:
        place = (key[0], child.ordinal)
        statements.append(
            Statement(child.heading_path[-1], (Quote(place, child.heading_span),), lead=ITEM)
        )
    return Draft("answered", tuple(statements))


def _tasks_on(context: Context) -> Draft | None:
    """Every task that says the topic in so many words, counted."""
    words = context.asked.topic.replace(" ", "")
    keys = [
        key
        for key in context.corpus.duties
        if words in folded(context.clause(key).span.of(context.text(key)))
    ]
    if not keys:
        return None
    head = context.say("tasks_on", topic=words, count=len(keys))
    statements = [Statement(head, computed=(str(len(keys)),), asked=(words,), sums_up=True)]
    for key in sorted(keys):
        evidence = context.evidence(key)
        if evidence:
            _, quote = context.quote(key, evidence[0].span, QUOTE)
            statements.append(Statement(context.name(key), (quote,), lead=ITEM))
    return Draft("answered", tuple(statements))


def _holds(context: Context, key: ClauseKey, evidence: list[Evidence]) -> bool:
    """Whether the best sentences give the kind of thing that the question expects."""
    text = context.text(key)
    expected = context.asked.expects
    return expected is not None and any(
        re.search(expected.holds, folded(e.span.of(text))) for e in evidence[:2]
    )


def _suggestions(context: Context, key: ClauseKey) -> tuple[str, ...]:
    label = context.clause(key).label
    if not label or context.clause(key).kind != "1.":
        return ()
    found = [f"第{label}项由谁负责?"] if context.duties(key) else []
    if any(f.comparator != "=" for f in context.corpus.targets.get(key, ())):
        found.append(f"第{label}项的指标是多少?")
    return tuple(found)
