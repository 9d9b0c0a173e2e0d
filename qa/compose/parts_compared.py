"""How many tasks each of two chapters has, and which has more: 生活和治理两节各有多少项任务?"""

import re

from qa.compose.context import Context
from qa.compose.parts import chapter_meant
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement

_SECTION = "(?:小?节|块|部分|章|板块|领域|方面|篇)"
_BOTH = re.compile(
    f"(?P<a>[^,，。;；?？和与跟及、]{{1,16}}?){_SECTION}?(?:和|与|跟|及|、|以及|比)"
    f"(?P<b>[^,，。;；?？和与跟及、]{{1,16}}?)(?:(?:(?:这|那)?[两二]个?大?)?{_SECTION}|(?=各有|分别|各自))"
)
_COUNTS = re.compile(
    "(?:几|多少)(?:个|条|项)|(?:任务|工作|条目)(?:数|数量)?(?:更|谁|哪)|[更最]?[多少](?=[?？。]|$)"
)
_TASKS = re.compile("任务|工作|[项条]|小节")


def compose_parts_compared(context: Context) -> Draft | None:
    """The number of tasks of each of the two chapters; None if no two are named."""
    text = context.asked.text
    match = _BOTH.search(text)
    if match is None or context.asked.units or not (_COUNTS.search(text) and _TASKS.search(text)):
        return None
    keys = [chapter_meant(context, name + "部分") for name in (match["a"], match["b"])]
    if keys[0] is None or keys[1] is None or keys[0] == keys[1]:
        return None
    counted = [(key, _parts(context, key)) for key in keys if key is not None]
    if not all(parts for _, parts in counted):
        return None
    statements = [_counted(context, key, parts) for key, parts in counted]
    one, other = (len(parts) for _, parts in counted)
    more = context.name(counted[0 if one > other else 1][0])
    phrase = "compare_more" if one != other else "compare_same"
    words = context.say(phrase, more=more, difference=abs(one - other))
    known = (str(abs(one - other)), *(context.clause(key).label for key, _ in counted))
    statements.append(Statement(words, lead=PARAGRAPH, computed=known, asked=(more,), sums_up=True))
    return Draft("answered", tuple(statements))


def _parts(context: Context, key: ClauseKey) -> list[ClauseKey]:
    return [(key[0], c.ordinal) for c in context.corpus.children(key) if c.heading]


def _counted(context: Context, key: ClauseKey, parts: list[ClauseKey]) -> Statement:
    names = context.join([context.name(part) for part in parts])
    words = context.say("parts_count", clause=context.name(key), count=len(parts), names=names)
    spans = [(key, context.clause(key).heading_span)]
    spans += [(part, context.clause(part).heading_span) for part in parts]
    quotes = tuple(Quote(place, span) for place, span in spans)
    return Statement(words, quotes, lead=ITEM, computed=(str(len(parts)),))
