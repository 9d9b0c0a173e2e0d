"""Sets that the text counts and whose members it does not name: 28个“一件事”, 8家龙头企业.

Who asks which ones they are is told the number as printed, and that no list is given; an
enumeration beside the number (资金、补贴等8项政策) is left to `enumerated`, which shows its items.
"""

import re

from ingest.characters import chinese_number
from ingest.schema import Span, Target
from qa.compose.context import Context
from qa.compose.enumerated import compose_enumerated
from qa.compose.figure_fit import LOOSE_UNITS, figure_segment
from qa.compose.stated_figures import matter_apart
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Quote, Statement
from qa.enumeration import enumerations
from qa.wanted import MEASURE, NUMBER, wanted

CLAUSES = 4
"""Clauses that are searched for the number."""
NAMED, COVERED = 0.5, 0.6
"""Least coverage of the topic by the words around a number that the question states, and by those
around one that it does not state."""
MIN_MEMBERS = 2

_MEMBERS = re.compile(
    "名单|清单|单子|名录|目录|花名册|点位|哪(?:些|几|个|家|所|\\d|[二两三四五六七八九十]+[个家项所条类座处])"
    "|(?:都|分别|各自|各|具体|到底|逐[条一个])(?:是|叫|有)(?:些|了)?(?:什么|啥)"
    "|(?:都|分别|各自?|逐[条一个])叫|叫(?:什么|啥)|逐[条一个项]|列(?:出|举|一下|给|全)|有(?:什么|啥)"
)
_OF_THEM = re.compile(
    "(?:由|归|找)(?:谁|哪)|责任单位|负责|牵头|写在|在哪(?:一)?[条项章份]|哪(?:一)?[条章]|哪些?(?:单位|部门)"
)
"""What may be asked of a counted set that is no question for its members."""
_NAMES = re.compile("分别|包括|包含|其中|具体(?:为|是)|即|[是为]")
_STOP = re.compile("[。；;！？]")
_STATED = re.compile(rf"(?<!第)(?P<n>{NUMBER})(?:{MEASURE}|座|场|路|户|人|件)")


def compose_counted_set(context: Context) -> Draft | None:
    """That a set is counted and not listed; None if its members are named or none are asked for."""
    text = context.asked.text
    if not _MEMBERS.search(text) or _OF_THEM.search(text):
        return None
    found = _counted(context)
    if found is None:
        return None
    key, fact = found
    segment = figure_segment(context, key, fact)
    named = _named_beside(context, key, segment, fact)
    if named >= fact.value or len(context.corpus.children(key)) >= fact.value:
        return None
    some = compose_enumerated(context, key) if named else None
    return (
        some
        if some is not None and some.status == "partial"
        else _only_number(context, key, segment)
    )


def _only_number(context: Context, key: ClauseKey, segment: Span) -> Draft:
    shown = segment.of(context.text(key))
    words = context.say("counted_only", clause=context.name(key), quote=shown)
    statements = [Statement(words, (Quote(key, segment),))]
    if duties := context.duties(key):
        units = context.join([fact.unit for fact in duties])
        ask = context.say("ask_there", units=units)
        statements.append(Statement(ask, context.groups(key), lead=PARAGRAPH))
    return Draft("partial", tuple(statements))


def _counted(context: Context) -> tuple[ClauseKey, Target] | None:
    """The number, with its clause, of the set whose members are asked for."""
    asked = context.asked
    bound = asked.bound
    ranked = [r.key for r in context.ranking.clauses[:CLAUSES] if context.near(r)]
    stated = {chinese_number(m["n"]) for m in _STATED.finditer(asked.text)}
    best: tuple[float, ClauseKey, Target] | None = None
    for key in [bound] if bound is not None else ranked:
        for fact in context.corpus.targets.get(key, ()):
            counts = fact.value >= MIN_MEMBERS and fact.unit[-1:] in LOOSE_UNITS
            if not counts or not _fits(context, key, fact, stated):
                continue
            covered = _covered(context, key, fact)
            if best is None or covered > best[0]:
                best = covered, key, fact
    return (best[1], best[2]) if best is not None else None


def _fits(context: Context, key: ClauseKey, fact: Target, stated: set[int | None]) -> bool:
    """Whether the members of this set are asked for: by its number, or by what it counts."""
    if fact.value in stated:
        return not context.asked.topic or _covered(context, key, fact) >= NAMED
    asks = wanted(context.asked.text)
    if stated or asks is None or len(asks.noun) < 2:
        return False
    own = folded(figure_segment(context, key, fact).of(context.text(key)))
    return asks.noun[-2:] in own and _covered(context, key, fact) >= COVERED


def _covered(context: Context, key: ClauseKey, fact: Target) -> float:
    own = folded(figure_segment(context, key, fact).of(context.text(key)))
    return max(coverage(context.ranking.topic, own), coverage(matter_apart(context), own))


def _named_beside(context: Context, key: ClauseKey, segment: Span, fact: Target) -> int:
    """How many members the text names beside the number: in the same piece of the sentence, or in
    the next one where that begins as lists of names do (…3个,分别位于…)."""
    text = context.text(key)
    found = [e for e in enumerations(text, fact.sentence) if e.form == "items"]
    beside = [
        e
        for e in found
        if segment.covers(e.span)
        or (
            segment.end <= e.items[0].start
            and _NAMES.match(text[segment.end : e.items[0].start + 3].lstrip("，,：: "))
            and not _STOP.search(text[segment.end + 1 : e.items[0].start])
        )
    ]
    return max((len(e.items) for e in beside), default=0)
