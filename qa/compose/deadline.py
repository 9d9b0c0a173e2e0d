"""By when a task is to be done, where it is printed beside its units: 完成时限：9月底前."""

import re

from ingest.deadlines import deadlines
from qa.compose.context import Context
from qa.compose.premise import wrong_unit
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Quote, Statement

_ASKS = re.compile(
    "什么时候|啥时候|何时|哪天|哪一天|几[月号]|哪个月|时限|期限|截止|最迟|最晚"
    "|(?:多久|多长时间)(?:之?内|以内)?(?:能|才|要|会|可以)*(?:完|办|建|做|搞|弄|落实|到位|见效)"
    "|时间(?:节点|要求|安排|表)|底前|deadline"
)
_DATED = re.compile("\\d{1,2}月(?:\\d{1,2}日|底|初|中旬)?(?:前|之前|以前)|年底前")


def asks_deadline(context: Context) -> bool:
    """Whether the question asks by when something is to be done."""
    return _ASKS.search(context.asked.text) is not None


def compose_deadline(context: Context, chosen: ClauseKey | None = None) -> Draft | None:
    """The printed deadline of the task that is asked about; None if it prints none.

    A day that the best sentence itself gives is the answer; the deadline beside the units dates
    the task as a whole.
    """
    asked, best = context.asked, context.ranking.best
    if not asks_deadline(context) or asked.intent in ("responsible", "check", "metadata"):
        return None
    key = chosen or asked.bound or (best.key if best is not None and context.near(best) else None)
    if key is None:
        return None
    said = [e.span.of(context.text(key)) for e in context.evidence(key)[:1]]
    if any(_DATED.search(words) for words in said):
        return None
    if (printed := printed_deadline(context, key)) is None:
        return None
    if (wrong := wrong_unit(context, key)) is not None:
        return Draft("partial", (wrong, printed))
    place = context.units_place(key)
    units = (context.ask_units(place),) if context.duties(place) else ()
    return Draft("answered", (printed, *units))


def printed_deadline(context: Context, key: ClauseKey) -> Statement | None:
    """The deadline printed beside the units of a clause, or of the item that it is part of."""
    place = context.units_place(key)
    clause = context.clause(place)
    groups = [fact.group for fact in context.duties(place)]
    text = context.text(key)
    found = deadlines(text, groups or [clause.body])
    if not found:
        return None
    words = context.say("deadline", clause=context.name(place), when=found[0].of(text))
    return Statement(words, (Quote(place, found[0]),), PARAGRAPH)
