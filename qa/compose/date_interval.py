"""How many days lie between two dates of a document: 落款和挂网差几天, 印发后隔了多久才施行."""

import re
from datetime import date

from qa.compose.context import Context
from qa.compose.printed_facts import printed_place, quote_of
from qa.draft import PARAGRAPH, Draft, Statement

_GAP = re.compile(
    "(?:相|间|时间)?差(?:了|着)?(?:有)?(?:几|多少|多久)|相(?:差|隔|距)|间隔|[隔过][了着]?(?:几|多少|多久|多长)"
    "|[早晚迟][了]?(?:几|多少|多久)|(?:几|多少)(?:天|日)(?:之?后|才|工夫)|同一?天|同一?日"
)
_DATES = {
    "issued": re.compile("落款|成文|印发|签发|署|制定|出台|盖章"),
    "published": re.compile("发布|公布|公开|上网|挂|上线|登出"),
    "effective": re.compile("施行|实施|生效|执行"),
}
_REST = re.compile(
    "|".join([_GAP.pattern, *(p.pattern for p in _DATES.values())])
    + "|日期|日子|时间|网上?|网站|正式|开始|之?后|以后|从|到|之间|才|被|出去|出来"
    + "|[天日和与跟的是在了 ]"
)


def compose_interval(context: Context) -> Draft | None:
    """The days between the two dates that the question names; None if it names no two."""
    text = context.asked.text
    names = [name for name, words in _DATES.items() if words.search(text)]
    if len(names) != 2 or not _GAP.search(text) or context.asked.units:
        return None
    if len(_REST.sub("", context.asked.topic)) > 1 or (document := context.only_document) is None:
        return None
    info = context.corpus.infos[document]
    dates = [when for name in names if isinstance(when := getattr(info, name), date)]
    places = [place for name in names if (place := printed_place(context, info, name)) is not None]
    if len(dates) < 2 or len(places) < 2:
        return None
    days = abs((dates[1] - dates[0]).days)
    words = context.say("interval" if days else "interval_none", days=days)
    statements = [Statement(words, computed=(str(days),), sums_up=True)]
    for name, (value, span) in zip(names, places, strict=True):
        fact = context.say(f"meta_{name}", value=value)
        quotes = (quote_of(context, info, span),)
        statements.append(Statement(fact, quotes, lead=PARAGRAPH))
    return Draft("answered", tuple(statements))
