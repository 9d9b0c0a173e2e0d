"""A printed list of which the question has a part: 三个词,第一个是“心脏”,请补齐."""

import re

from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement
from qa.enumeration import Enumeration, enumerations

_ASKS = re.compile(
    "补(?:齐|全|上|充|完整)|(?:另|其)(?:外|余|他|它)(?:的)?[一两二三四五六七八九几\\d]?(?:个|样|项|条|种|句|者|家|处)?"
    "(?:词|字)?(?:都|又|还|分别)?(?:是|叫|有|指)(?:什么|啥|哪)|还有(?:哪)?[一两二三四几\\d](?:个|样|项|条|种|句)"
    "|剩下(?:的)?[两二三四几\\d]?(?:个|样|项|条|种|句)?|其[他它余](?:的)?(?:[两二三四几]个)?呢|后面(?:的)?[两二三四几\\d]?(?:个|样|项|句)?(?:都|分别)?(?:是|叫)(?:什么|啥|哪)"
)
_QUOTED = re.compile('[“"「]([^”"“」]{1,16})[”"」]')


def compose_completed(context: Context) -> Draft | None:
    """The whole list that has the quoted words among its items; None if nobody asks for it."""
    asked = context.asked
    if asked.units or not _ASKS.search(asked.text):
        return None
    said = [folded(m[1]) for m in _QUOTED.finditer(asked.text)]
    found = [(key, one) for key in _keys(context) for one in _lists(context, key, said)]
    if not said or not found:
        return None
    best = max(found, key=lambda f: (_said(context, *f), -f[0][1]))
    key, listed = best
    text = context.text(key)
    quote = Quote(key, listed.span)
    items = [" ".join(item.of(text).split()) for item in listed.items]
    words = context.say("listed_whole", clause=context.name(key), count=len(items))
    first = Statement(words, (quote,), PARAGRAPH, computed=(str(len(items)),), sums_up=True)
    rows = (Statement(item, (quote,), lead=ITEM) for item in items)
    return Draft("answered", (first, *rows))


def _keys(context: Context) -> list[ClauseKey]:
    """The clauses in which the list may stand: those of the document meant, or those found."""
    document = context.only_document
    if document is None:
        return [ranked.key for ranked in context.ranking.clauses]
    return [(document, clause.ordinal) for clause in context.corpus.clauses(document)]


def _lists(context: Context, key: ClauseKey, said: list[str]) -> list[Enumeration]:
    """The lists of a clause that have one of the quoted words among their items."""
    text, found = context.text(key), []
    for sentence in context.sentences(key):
        for listed in enumerations(text, sentence):
            items = [folded(item.of(text)) for item in listed.items]
            if listed.form == "items" and any(_among(words, items) for words in said):
                found.append(listed)
    return found


def _among(words: str, items: list[str]) -> bool:
    return any(words == re.sub('[“”"「」]', "", item) for item in items)


def _said(context: Context, key: ClauseKey, listed: Enumeration) -> float:
    """How much of the question stands in the sentence and the headings of a list."""
    text = context.text(key)
    sentence = next((s for s in context.sentences(key) if s.covers(listed.span)), listed.span)
    words = " ".join([*context.clause(key).heading_path, sentence.of(text)])
    return coverage(context.ranking.topic, folded(words))
