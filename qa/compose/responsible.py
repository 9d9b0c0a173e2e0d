"""Who is responsible: the complete list of units of the clause, as printed."""

import re

from qa.chapters import chapter_meant
from qa.compose.context import Context
from qa.compose.premise import unmentioned_name, with_units, wrong_numbers
from qa.compose.refusal import not_found, not_given
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Statement

NEAR = 0.6
"""A clause with units is preferred to the best clause if its score reaches this share of it."""

AS_WELL = 0.9
"""The share of the best clause's coverage from which another one with units is meant as well."""

MAX_CLAUSES = 3
"""Clauses that hold the topic word for word are all named, up to this many."""
FAR = 0.3
"""Gate from which the wording is far from the corpus."""
QUOTE = 90
"""Longest quotation of the matter itself, in code points."""

_LEADS = re.compile("牵头|主责|主办|为主|挑头|lead")
_SUPPORTS = re.compile("配合|协办|协助|参与方|打下手|support")
_ALL = re.compile("所有|全部|各项?任务|各自|分别|每[一]?[项条个]|都")
_UNITS = re.compile(
    "(?:责任|牵头|配合|负责)?(?:单位|部门)|负责|牵头|配合|有谁|是谁|由谁|哪些|哪几个|谁|由|的"
)
_NEGATED = re.compile("(?<![是在算])不(?!是|对)|(?<!有)没有(?![?？。]*$)|并非|无需")


def compose_responsible(context: Context) -> Draft:
    """The units of the clause that the topic belongs to, or of all tasks of a chapter."""
    if context.asked.bound is None and (whole := _of_chapter(context)) is not None:
        return whole
    keys = responsible_clauses(context)
    if not keys:
        return _without_units(context)
    statements = [s for key in keys for s in _statements(context, key, key is keys[0])]
    apart = _role_asked(context, keys)
    sure = context.asked.bound is not None or _meant(context, keys[0])
    if apart == "both":
        sure = False
        statements.insert(0, Statement(context.say("no_lead")))
    elif apart:
        statements.append(Statement(context.say("no_lead"), lead=PARAGRAPH))
    if wrong_numbers(context, keys[0], anywhere=True):
        sure = False
        statements.insert(0, Statement(context.say("premise")))
    elif context.asked.bound is None and (name := unmentioned_name(context)):
        sure = False
        words = context.say("name_not_mentioned", name=name)
        statements.insert(0, Statement(words, asked=(name,)))
    elif not sure and apart != "both":
        statements.insert(0, Statement(context.say("hedge")))
    named = context.clause(keys[0]).label
    follow = (context.follow_up(keys[0], "{}有哪些具体要求?"),) if named else ()
    return Draft("answered" if sure else "partial", tuple(statements), follow)


def _role_asked(context: Context, keys: list[ClauseKey]) -> str:
    """Which role is asked for that the clauses do not tell apart: "lead", "both" or none ("").

    Who leads may be the units that are listed; who leads and who only supports no list tells.
    """
    text = context.asked.text
    roles = {fact.role for key in keys for fact in context.duties(key)}
    if _LEADS.search(text) is None or "牵头" in roles:
        return ""
    return "both" if _SUPPORTS.search(text) and roles == {"责任"} else "lead"


def _meant(context: Context, key: ClauseKey) -> bool:
    """Whether the clause with units is the one that was found, or covers the topic as well."""
    best = context.ranking.best
    if best is None or not context.found(best):
        return False
    own = next((r.coverage for r in context.ranking.clauses if r.key == key), 0.0)
    return key in (best.key, context.units_place(best.key)) or own >= AS_WELL * best.coverage


def _without_units(context: Context) -> Draft:
    """A clause that names no unit: the units of the tasks below it, or word that it names none."""
    best = context.ranking.best
    key = context.asked.bound or (best.key if best is not None and context.found(best) else None)
    if key is None:
        return not_found(context)
    if (below := _units_below(context, key)) is None:
        what = ("责任单位名单", "a list of responsible units")[context.asked.english]
        return not_given(context, what)
    return below


def _of_chapter(context: Context) -> Draft | None:
    """The units of every task of a chapter that the question names and asks all units of."""
    text = context.asked.text
    if not _ALL.search(text):
        return None
    words = _ALL.sub(" ", _UNITS.sub(" ", text))
    key = chapter_meant(context.corpus, context.only_document, words)
    return None if key is None or context.duties(key) else _units_below(context, key)


def _units_below(context: Context, key: ClauseKey) -> Draft | None:
    """The units of every task directly below a clause; None if none has any."""
    below = [(key[0], c.ordinal) for c in context.corpus.children(key)]
    tasks = [place for place in below if context.corpus.duties.get(place)]
    if not tasks:
        return None
    words = context.say("parts", clause=context.name(key), count=len(tasks))
    known = (str(len(tasks)), context.clause(key).label)
    head = Statement(words, computed=known, asked=(context.name(key),), sums_up=True)
    items = [unit_statement(context, place, lead=ITEM) for place in tasks]
    return Draft("answered", (head, *items))


def compose_check(context: Context) -> Draft:
    """Whether the named units are responsible: yes or no, with the list.

    Who only supports does not lead; a question with 不 or 没有 gets the list without a verdict.
    """
    keys = responsible_clauses(context)
    if not keys:
        return not_found(context)
    text = context.asked.text
    facts = context.duties(keys[0])
    lead = "牵头" in text and any(f.role != "责任" for f in facts)
    units = {f.unit for f in facts if not lead or f.role == "牵头"}
    mentioned = [set(m.printed) for m in context.asked.units]
    agree = all(names & units for names in mentioned)
    statements = _statements(context, keys[0], agree)
    if not _NEGATED.search(text):
        verdict = Statement(context.say("yes" if agree else "no"), sums_up=True)
        statements.insert(0, verdict)
    return Draft("answered" if agree else "partial", tuple(statements))


def compose_unlisted(context: Context) -> Draft | None:
    """That a unit which no document lists is not responsible for a matter, and who is."""
    keys = responsible_clauses(context)
    if not keys:
        return None
    words = context.asked.units[0].words
    first = Statement(context.say("unit_none", unit=words), asked=(words,))
    return Draft("partial", (first, *_statements(context, keys[0], False)))


def unit_statement(context: Context, key: ClauseKey, lead: str = "") -> Statement:
    """The complete list of units of one clause, by role, with its printed place."""
    facts = context.duties(key)
    by_role = {fact.role for fact in facts} != {"责任"}
    words = context.say(
        "responsible_roles" if by_role else "responsible",
        clause=context.name(context.units_place(key)),
        count=len(facts),
        units=context.units(key),
    )
    counted = (str(len(facts)),)
    return Statement(words + context.say("stop"), context.groups(key), lead=lead, computed=counted)


def responsible_clauses(context: Context) -> list[ClauseKey]:
    """The clauses with units that the topic belongs to; usually one."""
    asked = context.asked
    if asked.bound is not None:
        named = [with_units(context, key) for key in (asked.bound, *asked.also)]
        return list(dict.fromkeys(key for key in named if key is not None))
    ranked = context.ranking.clauses
    if not ranked or not context.near(ranked[0]):
        return []
    top = ranked[0]
    able = [
        r
        for r in ranked
        if context.duties(context.units_place(r.key)) and r.score >= NEAR * top.score
    ]
    if not able:
        near = with_units(context, top.key)
        return [near] if near else []
    first = able[0]
    whole = asked.topic.replace(" ", "")
    same = [
        r.key
        for r in able[1:MAX_CLAUSES]
        if len(whole) >= 2
        and _holds(context, r.key, whole)
        and _holds(context, first.key, whole)
        and not _heading_holds(context, first.key, whole)
        and r.score >= 0.9 * first.score
    ]
    return list(dict.fromkeys(context.units_place(key) for key in (first.key, *same)))


def _holds(context: Context, key: ClauseKey, words: str) -> bool:
    return words in folded(context.clause(key).span.of(context.text(key)))


def _heading_holds(context: Context, key: ClauseKey, words: str) -> bool:
    return words in folded(context.clause(key).heading)


def _statements(context: Context, key: ClauseKey, with_matter: bool) -> list[Statement]:
    found = [unit_statement(context, key, lead=PARAGRAPH)]
    if not with_matter or not context.asked.topic:
        return found
    evidence = context.evidence(key)
    best = context.ranking.best
    far = context.ranking.gate > FAR and not context.found(best)  # lay words share none
    if evidence and (far or evidence[0].coverage > 0):
        shown, quote = context.quote(key, evidence[0].span, QUOTE)
        found.append(Statement(context.say("matter", quote=shown), (quote,), lead=PARAGRAPH))
    return found
