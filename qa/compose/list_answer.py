"""A list as an answer: what is listed and how many, then its items as printed."""

import re

from ingest.characters import chinese_number
from qa import tables
from qa.compose.context import Context
from qa.compose.list_fit import MIN_FIT, FoundList, served, shared_ending
from qa.concepts import folded
from qa.draft import ITEM, PARAGRAPH, Quote, Statement
from qa.wanted import MEASURE, NUMBER, Wanted

MAX_ITEM = 120
"""The longest item shown whole, in code points."""
_OWN_NUMBER = re.compile(rf"^(?:的|共|共计|上述|这)?(?P<n>{NUMBER})(?:{MEASURE})")
_VERBS = ("监测", "培训", "建设", "打造", "推进", "开展", "支持", "提供", "改造", "升级")
"""What a noun from before 哪些 may end in that names no thing (监测哪些内容)."""


def stated_count(context: Context, found: FoundList) -> int | None:
    """The number that the text gives for what it lists, if it lists fewer (资金、补贴等8项政策)."""
    match = _OWN_NUMBER.match(found.listed.head.of(context.text(found.key)))
    number = chinese_number(match["n"]) if match else None
    return number if number is not None and number > len(found.listed.items) else None


def list_statements(
    context: Context, found: FoundList, asks: Wanted, counted: bool
) -> list[Statement]:
    """What is listed and how many, then the items, one by one."""
    key, listed, text = found.key, found.listed, context.text(found.key)
    quote = Quote(key, listed.span)
    stated = stated_count(context, found)
    number = len(listed.items)
    known = [str(number)] + ([str(stated)] if stated else [])
    phrase = "listed_some" if stated else "listed_open" if listed.open_ended else "listed"
    if counted and not stated:
        phrase = "counted_open" if listed.open_ended else "counted"
    what = _noun(context, found, asks)
    measures = tables.toml("enumeration.toml")["measures"]
    measure = asks.measure if asks.measure not in ("", "大", "样", "点") else ""
    measure = measure or next(
        (m for m, nouns in measures.items() if what.endswith(tuple(nouns))), "项"
    )
    head = context.say(
        phrase, clause=context.name(key), count=number, stated=stated, what=what, measure=measure
    )
    asked = (asks.noun,) if asks.noun else ()
    statements = [
        Statement(head, (quote,), lead=PARAGRAPH, computed=tuple(known), asked=asked, sums_up=True)
    ]
    for item in listed.items:
        part = item
        shown = part.of(text)
        if len(part) > MAX_ITEM:
            shown, _ = context.quote(key, part, MAX_ITEM)
        statements.append(Statement(" ".join(shown.split()), (quote,), lead=ITEM))
    return statements


def _noun(context: Context, found: FoundList, asks: Wanted) -> str:
    """What the list is called: the noun that the text prints behind it, else the question's."""
    head = found.listed.head.of(context.text(found.key)).strip()
    head = _OWN_NUMBER.sub("", head).removeprefix("各类").removeprefix("的")
    ending = next((n for n in range(len(asks.noun), 1, -1) if asks.noun[-n:] in folded(head)), 0)
    if ending:
        head = head[: folded(head).index(asks.noun[-ending:]) + ending]
    elif served(context, found.listed, asks, context.text(found.key)):
        return asks.noun
    elif not context.asked.english:
        if asks.noun.endswith(_VERBS) or found.fit < MIN_FIT:
            return "内容"
        if asks.noun and shared_ending(asks.noun, folded(head)) < 0.5:
            return asks.noun
    plain = 2 <= len(head) <= 12 and not re.search('[“”《》「」"\\d()（）、]', head)
    if context.asked.english:
        return head if plain else "items"
    return head if plain else asks.noun or "内容"
