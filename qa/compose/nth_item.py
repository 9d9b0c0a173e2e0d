"""One item of a list that the turn before asked for: 第二个叫什么, 头一所搞什么.

The list is composed as for the question before; of its items the one stands at its place, or what
the question asks of it is answered from the same clause.
"""

from collections.abc import Callable
from dataclasses import replace

from qa.compose.context import Context
from qa.concepts import folded, topic
from qa.draft import ITEM, Draft, Statement
from qa.ranking import rank


def compose_nth_item(context: Context, compose: Callable[[Context], Draft]) -> Draft | None:
    """The item at the place that is asked for; None if the question asks for no such item."""
    asked = context.asked
    if not asked.nth:
        return None
    draft = compose(replace(context, asked=replace(asked, nth=0, of_item="")))
    items = [statement for statement in draft.statements if statement.lead == ITEM]
    if not 0 < abs(asked.nth) <= len(items):
        return draft
    place = asked.nth if asked.nth > 0 else len(items) + 1 + asked.nth
    item = items[place - 1]
    if asked.of_item:
        return compose(_about(context, item))
    words = context.say("nth_item", place=place, item=item.text)
    return Draft("answered", (Statement(words, item.quotes, computed=(str(place),)),))


def _about(context: Context, item: Statement) -> Context:
    """The question about the item itself."""
    asked, corpus = context.asked, context.corpus
    words = folded(item.text)
    about = topic(words, corpus.frequencies, corpus.importance)
    ranking = rank(about, corpus, context.encoder)
    text = f"{words}{asked.of_item}"
    alone = replace(asked, nth=0, of_item="", text=text, topic=words, intent="describe")
    return replace(context, asked=replace(alone, expects=None), ranking=ranking)
