"""Lists: the parts of a clause, what a chapter holds, the tasks that a matter occurs in.

Always complete and counted, never the best few.
"""

import re

from qa import tables
from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

QUOTE = 130
"""Longest quotation behind a list item, in code points."""
SHOWN = 40
"""Longest quotation of a part that has no heading, in code points."""
HEADED = 0.9
"""Coverage of the topic by a heading from which the heading is what was named."""
MAX_OUTLINES = 200
"""Documents whose outlines are searched for a heading."""

_COUNTED = re.compile("几[项条个件]|多少|哪一?[项条]")
_ITEMS = re.compile("(?:几|多少)(?:条|项|个)")


def headed(context: Context) -> ClauseKey | None:
    """The clause whose heading a question names and whose parts it therefore asks for.

    Such a clause often has no words of its own, so no passage of it can be found.
    """
    asked = context.asked
    counted = asked.intent == "target" and _ITEMS.search(asked.text)
    if asked.intent not in ("list", "tasks_on") and not counted:
        return None
    if asked.label or not asked.topic or len(context.corpus.held) > MAX_OUTLINES:
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


def parts_of(context: Context, key: ClauseKey) -> Draft | None:
    """The headings below a clause, counted."""
    children = [c for c in context.corpus.children(key) if c.label and c.kind != "款"]
    if len(children) < 2 or not any(c.heading for c in children):
        return None
    words = context.say("parts", clause=context.name(key), count=len(children))
    statements = [Statement(words, computed=(str(len(children)),), sums_up=True)]
    for child in children:
        place = (key[0], child.ordinal)
        quote = Quote(place, child.heading_span)
        words = child.heading_path[-1]
        if not child.heading and (own := context.sentences(place)[:1]):
            shown, quote = context.quote(place, own[0], SHOWN)
            words = f"{words}{shown.rstrip('。')}"
        statements.append(Statement(words, (quote,), lead=ITEM))
    return Draft("answered", tuple(statements))


def tasks_on(context: Context) -> Draft | None:
    """Every task that says the topic in so many words, counted."""
    words = context.asked.topic.replace(" ", "")
    keys = [
        key
        for key in context.corpus.duties
        if words in folded(context.clause(key).span.of(context.text(key)))
    ]
    asked = context.asked.text  # a lone task is shown with its content, unless it was counted
    said_by_one = len(keys) == 1 and not (
        _COUNTED.search(asked) or any(p.search(asked) for p in tables.patterns("tasks_on"))
    )
    if not keys or said_by_one:
        return None
    keys.sort(key=lambda key: (words not in folded(context.clause(key).heading), key))
    head = context.say("tasks_on", topic=words, count=len(keys))
    statements = [Statement(head, computed=(str(len(keys)),), asked=(words,), sums_up=True)]
    for key in keys:
        evidence = context.evidence(key)
        if evidence:
            _, quote = context.quote(key, evidence[0].span, QUOTE)
            statements.append(Statement(context.name(key), (quote,), lead=ITEM))
    return Draft("answered", tuple(statements))


def names_heading(context: Context, key: ClauseKey) -> bool:
    """Whether the question names the clause by its heading."""
    heading = folded(context.clause(key).heading)
    return not context.asked.topic or coverage(context.ranking.topic, heading) >= 0.5


def chapter(context: Context, key: ClauseKey) -> Draft | None:
    """What stands below a clause that has no sentence of its own: a chapter, a group of tasks."""
    children = context.corpus.children(key)
    if len(children) < 2 or context.sentences(key):
        return None
    words = context.say("parts", clause=context.name(key), count=len(children))
    known = (str(len(children)), context.clause(key).label)
    statements = [Statement(words, computed=known, sums_up=True)]
    for child in children:
        place = (key[0], child.ordinal)
        spans = [child.heading_span] if child.heading else context.sentences(place)[:1]
        if spans:
            shown, quote = context.quote(place, spans[0], 40)
            label = "" if child.heading else child.label + " "
            statements.append(Statement(label + shown, (quote,), lead=ITEM))
    return Draft("answered", tuple(statements))
