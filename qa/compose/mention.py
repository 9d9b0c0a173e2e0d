"""Whether the documents say a word at all: 有没有提到元宇宙, 数字人民币写进去了吗.

What they say is shown at every place where they do; what they don't is said so, with the nearest.
"""

import re

from index.tokens import dictionary_words
from qa.compose.context import Context
from qa.compose.refusal import nearest
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

_ASKS = re.compile(
    r"(?P<verb>写|提|讲|说)没(?P=verb)"
    "|(?:有没有|有无|是否|是不是|可曾)(?:再|也|专门|单独|明确)?(?:写|提|讲|说|涉及|出现)(?:到|及|进去?|过|了|入)*"
    "|(?:写|提|讲|说|涉及|出现)(?:到|及|进去?|过|了|入)*(?:.{0,12})(?:吗|么|没有|没)[?？。! ]*$"
)
_MORE = re.compile("谁|哪|什么|啥|多少|几|怎|如何|为何|怎样")
_TAIL = re.compile(
    "(?:写|提|讲|说|涉及|出现)(?:到|及|进去?|过|了|入)*$|^(?:写|提|讲|说)(?:到|及|过)"
)
MIN_WORDS, MAX_WORDS = 2, 16
"""Lengths of what may be looked for word for word, in code points."""
MAX_CLAUSES = 600
"""Most clauses that are looked through for all places; of longer documents the best ones."""
QUOTE = 80
"""Longest quotation at a place, in code points."""


def compose_mention(context: Context) -> Draft | None:
    """Where the documents say the word that is asked for; None if none is, or not in so many words.

    A phrase whose words all occur, though not together, is left to a description.
    """
    asked = context.asked
    words = _TAIL.sub("", re.sub(r'[\s“”"《》]', "", asked.topic))
    if asked.intent not in ("describe", "list", "tasks_on") or asked.units or asked.label:
        return None
    if not _ASKS.search(asked.text) or _MORE.search(asked.text) or asked.numbers:
        return None
    if not MIN_WORDS <= len(words) <= MAX_WORDS or asked.bound is not None:
        return None
    if words not in re.sub(r'[\s“”"《》]', "", asked.text):
        return None  # pieces of a longer story
    keys = [key for key in _places(context) if words in _body(context, key)]
    if keys:
        return _said(context, words, keys)
    parts = [word for word in dictionary_words(words) if len(word) > 1]
    if not parts or all(context.corpus.mentions(part) for part in parts):
        return None
    name = _printed(words, asked.question)
    first = Statement(context.say("says_nowhere", words=name), asked=(name,))
    near = nearest(context)
    return Draft("partial" if near else "not_found", (first, *near))


def _places(context: Context) -> list[ClauseKey]:
    """The clauses of the only document, or those that were found."""
    document = context.only_document
    if document is not None:
        clauses = context.corpus.clauses(document)
        if len(clauses) <= MAX_CLAUSES:
            return [(document, clause.ordinal) for clause in clauses]
    return sorted(ranked.key for ranked in context.ranking.clauses)


def _body(context: Context, key: ClauseKey) -> str:
    clause = context.clause(key)
    text = context.text(key)
    return folded(clause.heading_span.of(text) + "\n" + clause.body.of(text))


def _said(context: Context, words: str, keys: list[ClauseKey]) -> Draft:
    """Every place with the first sentence there that says the words, counted."""
    places: list[Statement] = []
    for key in keys:
        text = context.text(key)
        spans = [s for s in context.sentences(key) if words in folded(s.of(text))]
        if spans:
            shown, quote = context.quote(key, spans[0], QUOTE)
            line = context.say("says", clause=context.name(key), quote=shown)
        else:
            quote = Quote(key, context.clause(key).heading_span)
            line = context.name(key)
        places.append(Statement(line, (quote,), lead=ITEM))
    known = (str(len(places)),)
    name = _printed(words, context.text(keys[0]))
    head = context.say("says_at", words=name, count=len(places))
    first = Statement(head, computed=known, asked=(name,), sums_up=True)
    return Draft("answered", (first, *places))


def _printed(words: str, text: str) -> str:
    """Folded words as a text prints them (5G); as they are, where it spells them in other ways."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    return found[0] if found else words
