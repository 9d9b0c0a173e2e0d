"""Lists that stand inside sentences: the one that is asked for, item by item, counted.

Of the enumerations in the clauses that are near the question, the one wins whose own words cover
the topic and whose noun (…等重点区域) is what the question asks for.  Its items are shown as
printed, each with the whole stretch as its quotation; where the text says 等, so does the answer.
"""

import re
from dataclasses import replace

from ingest.schema import Span
from qa import tables
from qa.answer import Status
from qa.compose.context import Context
from qa.compose.list_answer import list_statements, stated_count
from qa.compose.list_fit import KIND, MIN_FIT, MIN_SAID, FoundList, can_answer, candidate_lists
from qa.compose.subitems import compose_subitems
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import Draft, Statement
from qa.wanted import LISTS, MEASURE, wanted

CLAUSES, NEAR = 4, 0.7
"""Clauses that are searched for the list, and the share of the best one's score they must have."""
MIN_COVERED, MIN_BOTH = 0.4, 1.15
"""Least coverage by list, sentence and heading, and least sum of it and the fit of the noun."""
SURE_OWN, SURE_COVERED = 0.7, 0.75
"""Coverage by the list's own words and by all, from which a list fits whatever its noun."""
NAMED, COUNTED, COUNTED_SAID = 0.85, 0.3, 0.8
"""Fit where the noun is all that the question says; least coverage by its own words, or by its
sentence, of a list that is counted."""
BESIDE = 0.3
"""A list whose sentence says the topic by so much less than another clause's is beside it."""
SAME = 0.85
"""Further lists of a clause are given, too, if their own words cover the topic by this share."""
LAG = 0.25
"""A sentence without the list that covers the topic this much better answers in its place."""
SAID = 0.6
"""Coverage by the sentence from which it says the matter, whatever kind of thing it names."""
MAX_LISTS, MAX_CLAUSES = 4, 400
"""Lists in one answer, most clauses looked through."""
_COUNTS = re.compile(rf"(?:几|多少)(?:{MEASURE})")
_FACTS = re.compile("(?:数|数字|数据|指标|目标|目标值|任务|单位|部门|量化要求)$")
"""Nouns of questions that facts answer, not enumerations."""
_BROAD = re.compile(
    "(?:支持|好处|举措|措施|手段|帮助|要求|变化|动作|便利|优惠|福利|政策|安排|办法|做法|影响|服务|工作)$"
)
"""Nouns that a whole clause answers rather than one list in it."""


def asks_for_list(context: Context) -> bool:
    """Whether a question that is no fact question asks for a list."""
    asked = context.asked
    if asked.expects is not None and not asked.expects.in_piece:
        return False
    return asked.intent == "list" or (
        asked.intent == "describe" and not asked.yes_no and LISTS.search(asked.text) is not None
    )


def compose_counted(context: Context) -> Draft | None:
    """The count of an enumeration, for a question for a number that no figure answers."""
    if _COUNTS.search(context.asked.text) is None:
        return None
    best = context.ranking.best
    if (items := compose_subitems(context, best.key if best is not None else None)) is not None:
        return items
    return compose_enumerated(context, best.key if best is not None else None, strict=True)


def compose_enumerated(
    context: Context, key: ClauseKey | None, strict: bool = False
) -> Draft | None:
    """The list that is asked for; None if no enumeration fits.

    `strict` is for questions for a number, where the noun must fit and not only the topic.
    """
    asks = wanted(context.asked.text)
    if asks is None or _FACTS.search(asks.noun) or (strict and not asks.noun):
        return None
    if not asks.noun and not context.asked.topic:
        return None  # 第3项有哪些内容 asks for the whole clause
    if not asks.noun and not strict:
        kinds = tables.toml("enumeration.toml")["kinds"]
        asks = replace(asks, noun=next((w for w in context.asked.topic.split() if w in kinds), ""))
    if _BROAD.search(asks.noun) and _only_noun(context, asks.noun):
        return None
    everywhere = bool(asks.noun) and context.asked.bound is None and _only_noun(context, asks.noun)
    keys = _all_clauses(context) if everywhere else _keys(context, key)
    found = [f for f in candidate_lists(context, keys, asks) if can_answer(context, f, asks)]
    fitting = [f for f in found if f.fit >= MIN_FIT and f.covered >= MIN_COVERED]
    fitting = [f for f in fitting if f.fit + f.covered >= MIN_BOTH]
    fitting = [f for f in fitting if f.listed.form != "steps" or f.key in keys[:1]]
    if everywhere:
        fitting = [f for f in found if f.fit >= NAMED and f.listed.form == "items"]
        fitting = fitting if len({f.key for f in fitting}) == 1 else []
    elif strict:
        fitting = [f for f in fitting if f.key in keys[:1] and _may_be_counted(f)]
    if not everywhere:
        fitting = [f for f in _not_beside(context, fitting) if not _said_elsewhere(context, f)]
    if not fitting and not strict and not _BROAD.search(asks.noun):
        fitting = [f for f in found if f.own >= SURE_OWN and f.covered >= SURE_COVERED]
        fitting = [f for f in fitting if f.listed.form == "items"]
    if not fitting:
        return None
    best = max(fitting, key=lambda f: (f.score, -f.listed.items[0].start))
    same = [
        f
        for f in fitting
        if f.key == best.key
        and f.listed.form == best.listed.form
        and f.own >= SAME * best.own
        and f.fit >= best.fit - 0.05
    ]
    several = len(same) > 1 and not strict and best.listed.form == "items"
    chosen = _apart(same, best)[:MAX_LISTS] if several else [best]
    chosen.sort(key=lambda f: f.listed.items[0].start)
    short = [f for f in chosen if stated_count(context, f) is not None]
    statements = [s for f in chosen for s in list_statements(context, f, asks, strict)]
    other_number = asks.number is not None and asks.number != len(best.listed.items)
    named = asks.noun and (best.fit >= NAMED or best.own >= SURE_OWN)
    if other_number and not named:
        return None  # another list than the one of so many
    if other_number and len(chosen) == 1 and not short:
        statements.insert(0, Statement(context.say("premise")))
        return Draft("partial", tuple(statements), _suggestions(context, best.key))
    sure = context.asked.bound == best.key or _sure(context, best)
    if not sure:
        statements.insert(0, Statement(context.say("hedge")))
    status: Status = "answered" if sure and not short else "partial"
    return Draft(status, tuple(statements), _suggestions(context, best.key))


def _said_elsewhere(context: Context, found: FoundList) -> bool:
    """Whether another sentence of the clause says the topic clearly better than the list's own."""
    if not context.asked.topic or found.fit >= NAMED:
        return False
    best = context.evidence(found.key)[:1]
    return bool(best) and best[0].coverage > max(found.said, found.own) + LAG


def _may_be_counted(found: FoundList) -> bool:
    """Whether a number may be given for a list: its own words, or its sentence, say the matter."""
    return found.own >= COUNTED or found.said >= COUNTED_SAID or found.fit == KIND


def _not_beside(context: Context, fitting: list[FoundList]) -> list[FoundList]:
    """Lists without those of other clauses than the best, where a sentence of that says far more.

    老字号的新业态 is no list of 新业态 that never mentions 老字号.
    """
    best = context.ranking.best
    evidence = context.evidence(best.key) if best is not None and context.found(best) else []
    if best is None or not evidence:
        return fitting
    said = max(e.coverage for e in evidence)
    return [f for f in fitting if f.key == best.key or f.fit == KIND or f.said + BESIDE >= said]


def _sure(context: Context, found: FoundList) -> bool:
    """Whether the sentence of a list says the matter, and not only its clause."""
    top = context.ranking.best
    if found.fit == KIND and top is not None and top.key == found.key and context.near(top):
        return True
    likely = top is not None and top.key == found.key and context.found(top)
    return found.said >= (MIN_SAID if likely else 0.5) and (likely or found.covered >= 0.75)


def other_kind(context: Context, key: ClauseKey, said: Span) -> bool:
    """Whether things of a kind are asked for (学校, 专题试点) of which nothing is said.

    A kind that the table knows must be named in the clause, any other in the best sentence, unless
    that says all the rest of the topic.
    """
    asks = wanted(context.asked.text) if asks_for_list(context) else None
    if asks is None or not asks.noun:
        return False
    kinds = tables.toml("enumeration.toml")["kinds"]
    noun = asks.noun
    named = next((noun[-n:] for n in range(len(noun), 1, -1) if noun[-n:] in kinds), None)
    if named is None:
        words = folded(said.of(context.text(key)))
        return noun[-2:] not in words and coverage(context.ranking.topic, words) < SAID
    text = folded(context.clause(key).span.of(context.text(key)))
    return not any(kind in text for kind in kinds[named])


def _only_noun(context: Context, noun: str) -> bool:
    """Whether the question says no more than the noun of the list."""
    topic = context.asked.topic.strip(" 被的有了进去")
    return topic in noun or not topic.replace(noun, "").strip(" 被的有了进去")


def _all_clauses(context: Context) -> list[ClauseKey]:
    """Every clause of the document in question, if there is only one."""
    document = context.only_document
    if document is None:
        return []
    return [(document, c.ordinal) for c in context.corpus.clauses(document)][:MAX_CLAUSES]


def _keys(context: Context, key: ClauseKey | None) -> list[ClauseKey]:
    """The clauses to search: the one that is meant, else the best few with what stands above."""
    if context.asked.bound is not None:
        return [context.asked.bound]
    ranked = context.ranking.clauses[:CLAUSES]
    near = [r.key for r in ranked if r.score >= NEAR * ranked[0].score and context.near(r)]
    return list(dict.fromkeys([*([key] if key is not None else []), *near]))


def _apart(found: list[FoundList], best: FoundList) -> list[FoundList]:
    """Enumerations that don't overlap, best first."""
    kept = [best]
    for other in sorted(found, key=lambda f: -f.score):
        if all(
            other.listed.span.end <= k.listed.span.start
            or k.listed.span.end <= other.listed.span.start
            or not any(
                i.start < o.end and o.start < i.end
                for i in k.listed.items
                for o in other.listed.items
            )
            for k in kept
        ):
            kept.append(other)
    return kept


def _suggestions(context: Context, key: ClauseKey) -> tuple[str, ...]:
    named = context.clause(key).label and context.duties(key)
    return (context.follow_up(key, "{}由谁负责?"),) if named else ()
