"""Every place that prints certain words: 带“2.0”字样的, 哪里出现过“生态圈”三个字."""

import re

from ingest.schema import Span
from qa.compose.context import Context
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Statement

_ASKS = re.compile(
    '[“"「](?P<words>[^”"“」]{2,16})[”"」](?:的|这|那)?(?:[一二两三四五六几]?个)?(?:字样|字眼|词语?|字|说法|提法|表述|后缀|叫法|称呼)'
)
_WHERE = re.compile("有没有|有无|是否|出现|哪|几|多少|两|三|分别|都|列|找")
QUOTE = 90
"""Longest quotation of a place, in code points."""
MAX_SHOWN = 12
"""Most places that are shown."""


def compose_printed_words(context: Context) -> Draft | None:
    """The places that print the words, counted; None if nobody asks for words as they stand."""
    asked = context.asked
    match = _ASKS.search(asked.text)
    document = context.only_document
    if (
        match is None
        or document is None
        or asked.label
        or asked.units
        or not _WHERE.search(asked.text)
    ):
        return None
    words = match["words"]
    places = [
        ((document, clause.ordinal), sentence)
        for clause in context.corpus.clauses(document)
        if clause.ordinal
        for sentence in context.sentences((document, clause.ordinal))
        if words in folded(sentence.of(context.corpus.text(document)))
    ]
    if len(places) > MAX_SHOWN:
        return None
    if not places and words in folded(context.corpus.text(document)):
        return None  # printed, but in no sentence: a unit, a heading
    if not places:
        none = context.say("printed_words_none", words=words)
        return Draft("not_found", (Statement(none, asked=(words,)),))
    count = context.say("printed_words", words=words, count=len(places))
    known = (str(len(places)),)
    statements = [Statement(count, computed=known, asked=(words,), sums_up=True)]
    statements += [_place(context, key, sentence, words) for key, sentence in places]
    return Draft("answered", tuple(statements))


def _place(context: Context, key: ClauseKey, sentence: Span, words: str) -> Statement:
    """One place: the pieces of its sentence from the one that prints the words on."""
    text = context.text(key)
    start = sentence.start + folded(sentence.of(text)).find(words)
    before = max(text.rfind(stop, sentence.start, start) for stop in "，,；;")
    part = Span(before + 1 if before > 0 else sentence.start, sentence.end)
    shown, quote = context.quote(key, part, QUOTE)
    said = context.say("says", clause=context.name(key), quote=shown)
    return Statement(said, (quote,), lead=ITEM)
