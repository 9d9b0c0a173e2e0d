"""Everything that is not a fact question: the words that answer, quoted, with whom to ask."""

import re
from dataclasses import replace

from qa.answer import Status
from qa.compose.context import Context
from qa.compose.counted_set import compose_counted_set
from qa.compose.deadline import asks_deadline, compose_deadline, printed_deadline
from qa.compose.enumerated import asks_for_list, compose_enumerated, other_kind
from qa.compose.expected_kind import holds_expected
from qa.compose.listing import chapter, headed, names_heading, parts_of, tasks_on
from qa.compose.premise import (
    unexplained,
    unmentioned_name,
    unmentioned_place,
    wrong_numbers,
    wrong_unit,
)
from qa.compose.refusal import no_clause, not_found, not_given
from qa.compose.span import clause_of, elsewhere, quoted, read_span
from qa.compose.stated_figures import compose_stated
from qa.compose.subitems import compose_subitems
from qa.compose.table_row import row_statement
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Quote, Statement
from qa.evidence import Evidence
from qa.reading import Run

QUOTE = 130
"""Longest quotation, in code points."""
QUOTE_OF_SEVERAL = 85
"""The same where several clauses are offered."""
ROOM = 210
"""Most code points quoted in one answer before its list of units."""
ROOM_FAR = 260
"""The same where the wording is far and one clause stands out: its second sentence may answer."""
LIST_QUOTE = 200
"""Both of these where a list was asked for: what is cut off might be an item."""
FAR = 0.3
"""Gate from which the wording is so far from the corpus that several clauses are offered."""
SHORT = 300
"""Most code points of an answer that is no list."""
CARE = 25
"""Code points of a word of caution and of the lead of a list of units."""
SECOND = 0.8
"""A second sentence is quoted if its score reaches this share of the first one's."""
SECOND_FAR = 0.6
"""The same where the wording is so far that the order of the sentences says little."""
APART = 0.1
"""By how much of its score the first clause must lead for no other to be offered beside it."""
ALSO, ALSO_UNSURE = 0.93, 0.85
"""When the wording is far from the corpus, clauses this near to the best one are offered too: one,
or two where no clause says it directly."""
ENUMERATION = 0.15
"""Bonus for a sentence that enumerates, when a list was asked for."""
EXPECTED = 0.3
"""Bonus for a sentence that holds the kind of thing that is expected."""

_WHOLE = re.compile(
    "(?:怎么|如何|怎样)(?:个)?(?:规定|要求|安排|说)|规定了?(?:什么|啥|哪些)|(?:作|做|有)了?(?:什么|哪些)(?:规定|要求|安排)"
    "|做法|介绍|说明一下|请说明|请讲"
)


def compose_description(context: Context, chosen: ClauseKey | None = None) -> Draft:
    """The words that answer, or the best sentences of a task (or of the clause chosen)."""
    asked = context.asked
    part = headed(context)
    key = chosen or part or _chosen(context)
    if key is None:
        return _nothing(context)
    if (dated := compose_deadline(context, key)) is not None:
        return dated
    if part is not None and (parts := parts_of(context, part)):
        return parts
    if asked.bound == key and (parts := chapter(context, key)):
        return parts
    if asked.intent == "tasks_on" and (tasks := tasks_on(context)):
        return tasks
    if asked.intent == "list" and names_heading(context, key) and (parts := parts_of(context, key)):
        return parts
    evidence = _ordered(context, key)
    if not evidence and asked.expects is not None:
        return not_given(context, asked.expects.name_en if asked.english else asked.expects.name)
    if not evidence:
        return _only_heading(context, key)
    whole = chosen is None and _asks_whole(context, key)
    run = read_span(context, key) if chosen is None and not whole else None
    if chosen is None:
        known = compose_counted_set(context) or compose_stated(context, key)
        if known is not None:
            return known
    if chosen is None and asks_for_list(context):
        listed = compose_subitems(context, key) or compose_enumerated(context, key)
        if listed is not None and not elsewhere(listed, key, run):
            return listed
    if asked.expects is not None and not holds_expected(context, key, evidence, run):
        what = asked.expects.name_en if asked.english else asked.expects.name
        return _instead(context, not_given(context, what), key, run)
    if run is not None:
        key = clause_of(context, key, run)
    said = evidence[0].span if run is None else run.span
    sure = chosen is not None or (_sure(context, key) and not other_kind(context, key, said))
    far = context.ranking.gate > FAR and not asked.label and asked.bound is None
    lone = far and _stands_out(context)
    doubtful = far and not lone and not sure
    if (row := row_statement(context, key)) is not None:
        statements = [row]
    elif run is None:
        limit = QUOTE_OF_SEVERAL if doubtful else QUOTE
        chosen_of = sorted(evidence, key=lambda e: e.span.start) if whole else evidence
        statements = _quoted(context, key, chosen_of, limit, ROOM, whole=whole)
        if lone:
            longer = _quoted(context, key, chosen_of, limit, ROOM_FAR, whole=whole)
            units = context.units(context.units_place(key))
            statements = longer if _length(longer) + len(units) <= SHORT - CARE else statements
    else:
        shown, quote = quoted(context, key, run)
        words = context.say("says", clause=context.name(key), quote=shown)
        statements = [Statement(words, (quote,), lead=PARAGRAPH)]
    roomy = len(statements) == 1
    if asks_deadline(context) and (when := printed_deadline(context, key)) is not None:
        statements.append(when)
    if (caution := _caution(context, key, sure)) is not None:
        sure = False
        statements.insert(0, caution)
    place = context.units_place(key)
    ask = [context.ask_units(place)] if context.duties(place) and row is None else []
    if far and not lone:
        for other in _others(context, key, sure)[: 2 if roomy and not sure else 1]:
            if _length([*statements, other, *ask]) <= SHORT:
                statements.append(other)
    statements += ask
    status: Status = "answered" if sure else "partial"
    return Draft(status, tuple(statements), _suggestions(context, key))


def _stands_out(context: Context) -> bool:
    """Whether no other clause comes near the first one, so that no other need be offered."""
    first, *rest = context.ranking.clauses
    return not rest or rest[0].score < (1 - APART) * first.score


def _asks_whole(context: Context, key: ClauseKey) -> bool:
    """Whether the question asks for all that a clause says, and the clause is short enough."""
    if context.asked.intent != "describe" or not _WHOLE.search(context.asked.text):
        return False
    sentences = context.sentences(key)
    return len(sentences) > 1 and sum(map(len, sentences)) <= ROOM


def _length(statements: list[Statement]) -> int:
    """Code points of an answer of these statements, with their markers."""
    return sum(len(s.lead) + len(s.text) + 3 * len(s.quotes) for s in statements)


def _instead(context: Context, refused: Draft, key: ClauseKey, run: Run | None) -> Draft:
    """A draft that misses the kind of thing asked for, with what was read as the nearest words."""
    if run is None or not refused.statements or refused.status != "partial":
        return refused
    key = clause_of(context, key, run)
    shown, quote = quoted(context, key, run)
    words = context.say("nearest", clause=context.name(key), quote=shown)
    near = Statement(words, (quote,), lead=PARAGRAPH)
    return replace(refused, statements=(refused.statements[0], near))


def _nothing(context: Context) -> Draft:
    """No clause is near: there is no such clause, no such fact about a unit, or nothing at all."""
    asked = context.asked
    if asked.label:
        return no_clause(context)
    if asked.expects is not None and any(m.printed for m in asked.units):
        return not_given(context, asked.expects.name_en if asked.english else asked.expects.name)
    return not_found(context)


def _caution(context: Context, key: ClauseKey, sure: bool) -> Statement | None:
    """What has to be said before the clause is quoted; None if it answers as it is."""
    if (unit := wrong_unit(context, key)) is not None:
        return unit
    if unexplained(context, key):
        return Statement(context.say("no_reason"))
    if wrong_numbers(context, key):
        return Statement(context.say("premise"))
    if context.asked.bound is None:
        if name := unmentioned_name(context):
            return Statement(context.say("name_not_mentioned", name=name), asked=(name,))
        if place := unmentioned_place(context, key):
            return Statement(context.say("place_not_mentioned", place=place), asked=(place,))
    return None if sure else Statement(context.say("hedge"))


def _sure(context: Context, key: ClauseKey) -> bool:
    best = context.ranking.best
    return context.asked.bound == key or best is None or best.key != key or context.found(best)


def _chosen(context: Context) -> ClauseKey | None:
    asked = context.asked
    if asked.bound is not None and (not asked.topic or asked.label or asked.inherits):
        return asked.bound
    best = context.ranking.best
    return best.key if best is not None and context.near(best) else None


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
    if (expected := context.asked.expects) is not None:
        text = context.text(key)
        held = [bool(re.search(expected.holds, folded(e.span.of(text)))) for e in found]
        scores = [e.score + EXPECTED * h for e, h in zip(found, held, strict=True)]
        return [found[at] for at in sorted(range(len(found)), key=lambda at: -scores[at])]
    return found


def _quoted(
    context: Context,
    key: ClauseKey,
    evidence: list[Evidence],
    limit: int,
    room: int,
    *,
    whole: bool = False,
) -> list[Statement]:
    share = SECOND if room == ROOM else SECOND_FAR
    if context.asked.intent == "list":
        limit = room = LIST_QUOTE
    chosen = evidence if whole else [evidence[0]]
    if len(evidence) > 1 and not whole:
        best, second = evidence[:2]
        used = min(len(best.span), limit) + min(len(second.span), limit)
        near = not context.asked.topic or second.score >= share * best.score
        if near and used <= room:
            chosen.append(second)
    chosen.sort(key=lambda e: e.span.start)
    statements = []
    for i, item in enumerate(chosen):
        shown, quote = context.quote(key, item.span, limit)
        if i == 0:
            words = context.say("says", clause=context.name(key), quote=shown)
            statements.append(Statement(words, (quote,), lead=PARAGRAPH))
        else:
            statements.append(Statement(f"“{shown}”", (quote,)))
    return statements


def _others(context: Context, key: ClauseKey, sure: bool) -> list[Statement]:
    """Further clauses, when the wording leaves open which of them was meant."""
    best = context.ranking.clauses[0]
    found = []
    for ranked in context.ranking.clauses[1:4]:
        share = ALSO if sure else ALSO_UNSURE
        if ranked.key == key or ranked.score < share * best.score or not ranked.key[1]:
            continue
        if evidence := context.evidence(ranked.key):
            shown, quote = context.quote(ranked.key, evidence[0].span, 45)
            words = context.say("also", clause=context.name(ranked.key), quote=shown)
            found.append(Statement(words, (quote,), lead=PARAGRAPH))
    return found


def _only_heading(context: Context, key: ClauseKey) -> Draft:
    """A clause that is all heading: the heading is what it says."""
    clause = context.clause(key)
    if not len(clause.heading_span):
        return not_found(context)
    words = clause.heading_span.of(context.text(key))
    statements = [Statement(f"“{words}”", (Quote(key, clause.heading_span),))]
    place = context.units_place(key)
    if context.duties(place):
        statements.append(context.ask_units(place))
    return Draft("answered", tuple(statements), _suggestions(context, key))


def _suggestions(context: Context, key: ClauseKey) -> tuple[str, ...]:
    if not context.clause(key).label or context.clause(key).kind != "1.":
        return ()
    found = [context.follow_up(key, "{}由谁负责?")] if context.duties(key) else []
    if any(f.comparator != "=" for f in context.corpus.targets.get(key, ())):
        found.append(context.follow_up(key, "{}的指标是多少?"))
    return tuple(found)
