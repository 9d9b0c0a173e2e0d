"""By when a task is to be done, where a label beside its units says so: 完成时限：9月底前."""

import re

from ingest.schema import Span
from qa.compose.context import Context
from qa.compose.premise import wrong_unit
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Quote, Statement

_LABEL = re.compile(
    "(?:完成|办结|落实)?(?:时限|时间(?:节点|要求|安排)?|期限|进度(?:安排|要求)?)"
    "[：:](?P<v>[^；;）)\\n。]{2,40})"
)
_ASKS = re.compile(
    "什么时候|何时|哪天|哪一天|几[月号]|几月|时限|期限|截止|时间(?:节点|要求|表)|底前"
)
_DATED = re.compile("\\d{1,2}月(?:\\d{1,2}日|底|初|中旬)?(?:前|之前|以前)|年底前")


def compose_deadline(context: Context, chosen: ClauseKey | None = None) -> Draft | None:
    """The printed deadline of the task that is asked about; None if it prints none.

    A day that the best sentence itself gives is the answer; the label dates the task as a whole.
    """
    asked, best = context.asked, context.ranking.best
    if not _ASKS.search(asked.text) or asked.intent in ("responsible", "check", "metadata"):
        return None
    key = chosen or asked.bound or (best.key if best is not None and context.near(best) else None)
    if key is None:
        return None
    text = context.text(key)
    said = [e.span.of(text) for e in context.evidence(key)[:1]]
    if any(_DATED.search(words) for words in said):
        return None
    owner = context.units_place(key)
    for quote in context.groups(key):
        match = _LABEL.search(text, quote.span.start, quote.span.end)
        if match is None:
            continue
        place = Quote(owner, Span(*match.span()))
        words = context.say("figure", clause=context.name(owner), quote=match[0])
        first = Statement(words + context.say("stop"), (place,), PARAGRAPH)
        if (wrong := wrong_unit(context, key)) is not None:
            return Draft("partial", (wrong, first))
        return Draft("answered", (first, context.ask_units(key)))
    return None
