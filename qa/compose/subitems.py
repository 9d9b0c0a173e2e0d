"""Numbered items below a clause (有下列情形之一的：(一)…(二)…): all of them, counted.

The words that introduce them stand in the clause itself; whichever of the items a search brings
up, the whole list is the answer.
"""

import re

from ingest.schema import Clause
from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.wanted import wanted

INTRODUCED = 0.5
"""Least coverage of the topic by the introducing sentence and the headings above it."""
MAX_LEAD, MAX_ITEM = 120, 110
"""Longest introduction and longest item shown, in code points."""

_BROAD = re.compile("事项|措施|规定|要求|意见|政策|举措|工作|内容")
_INTRODUCES = re.compile("[：:]$|(?:下列|以下|如下)")


def compose_subitems(context: Context, key: ClauseKey | None) -> Draft | None:
    """The items below the clause or beside it; None if it introduces none that fit the topic."""
    if key is None:
        return None
    asks = wanted(context.asked.text)
    named = asks is not None and asks.noun and not _BROAD.search(asks.noun)
    parent = context.clause(key).parent
    places = [key] if parent in (None, 0) else [key, (key[0], parent)]
    for place in places:
        children = _items(context, place)
        sentences = context.sentences(place)
        if len(children) < 2 or not sentences or (named and not place[1]):
            continue  # what a whole notice is divided into is no list of, say, laws
        lead = sentences[-1]
        words = lead.of(context.text(place))
        if not _INTRODUCES.search(words):
            continue
        above = "".join(context.clause(place).heading_path[-1:])
        if context.asked.topic and not context.asked.bound:
            said = coverage(context.ranking.topic, folded(words + above))
            if said < INTRODUCED:
                continue
        return _listed(context, place)
    return None


def _items(context: Context, place: ClauseKey) -> list[Clause]:
    """The clauses below that are numbered alike; a paragraph behind the last item is none."""
    children = [c for c in context.corpus.children(place) if c.kind != "款"]
    return [c for c in children if c.kind == children[0].kind]


def _listed(context: Context, place: ClauseKey) -> Draft | None:
    lead = context.sentences(place)[-1]
    shown, quote = context.quote(place, lead, MAX_LEAD)
    items = []
    for child in _items(context, place):
        key = (place[0], child.ordinal)
        own = context.sentences(key)
        spans = own[:1] if own else [child.heading_span] * bool(len(child.heading_span))
        if spans:
            words, part = context.quote(key, spans[0], MAX_ITEM)
            items.append(Statement(words.rstrip("；;"), (Quote(key, part.span),), lead=ITEM))
    if len(items) < 2:
        return None
    words = context.say(
        "subitems", clause=context.name(place), quote=shown.rstrip("：:"), count=len(items)
    )
    head = Statement(words, (quote,), computed=(str(len(items)),), sums_up=True)
    return Draft("answered", (head, *items))
