"""Whether something stands in a list: 豫园也在里面吗, 数字景区的功能包括客流监测吗.

The list is one of the enumerations of the clauses near the question.  A thing that an item says is
in it; a thing that none says is only said to be missing where the question names the list itself.
"""

import re
from dataclasses import dataclass

from ingest.schema import Span
from qa.compose.context import Context
from qa.concepts import coverage, folded, topic
from qa.corpus import ClauseKey
from qa.draft import Draft, Quote, Statement
from qa.enumeration import Enumeration, enumerations

_AT_END = r"(?:了|的)?(?:吗|么|没有|对吧|对吗|吧|是吗|是吧|不|没)?[?？。! ]*$"
_CONTAINS = re.compile(
    r"^(?P<list>.*?)(?:里面?|中|当中|其中|里头|(?=有没有|包|涵|列|点名|提到|写了|是))(?:都|也|还)?(?:是不是|是否|有没有|会不会)?"
    r"(?:包括|包含|涵盖|列了|列出了?|点名了?|提到了?|写了|有没有(?:把)?|(?<=[里中面头])有)(?:了)?(?P<item>[^?？,，]{2,16}?)"
    + _AT_END
)
_INSIDE = re.compile(
    r"^(?P<item>.{2,16}?)(?:也|还|都)?(?:是不是|是否|有没有|算不算|算是|算)?(?:也|还)?(?:被)?"
    r"(?:在|属于|列入|列进|写进|纳入|列在|算在|包括在)(?P<list>[^?？,，]{0,24}?)"
    r"(?:里面?|里头|之列|当中|其中|之中|范围|名单|内|中)(?:之?内|里)?" + _AT_END
)
_WORDS = "吗|么|吧|没有|是不是|是否|有没有|算不算|对不对|会不会"
_OF_ANY = re.compile("(?:比例|指标|要求|数值|数字|标准|目标|规定|安排|计划|期限|时间|办法|政策)$")
"""What a text may state of anything, and lists nowhere: 有没有硬性比例."""
ENOUGH = 0.5
"""Least coverage of the words that name the list, by it and its clause, for a denial."""
SURE = 0.75
"""Coverage from which a denial is given even though the documents name the thing elsewhere."""
SAME = 0.8
"""Lists named this nearly as well as the best one count as the one that is named."""
CLAUSES, NEAR = 3, 0.8


@dataclass(frozen=True, slots=True)
class _Place:
    """An enumeration with its clause and how well it is the one that the question names."""

    key: ClauseKey
    listed: Enumeration
    share: float


def compose_membership(context: Context) -> Draft | None:
    """Yes or no with the list; None if the question does not ask whether a list has something."""
    asked = context.asked
    if not (asked.yes_no or re.search(_WORDS, asked.text)) or asked.numbers or asked.units:
        return None
    match = _INSIDE.search(asked.text) or _CONTAINS.search(asked.text)
    if match is None:
        return None
    item = _plain(match["item"])
    named = _plain(match["list"])
    if len(item) < 2 or _OF_ANY.search(item):
        return None
    if asked.intent in ("responsible", "unit_tasks", "metadata"):
        return None
    places = _places(context, named, item)
    named_best = max((p.share for p in places), default=0.0) if named else 0.0
    near = [p for p in places if p.share >= SAME * named_best]
    holding = [p for p in near if any(item in _item(context, p, i) for i in p.listed.items)]
    if holding:
        exact = [p for p in holding if any(_item(context, p, i) == item for i in p.listed.items)]
        best = max(exact or holding, key=lambda p: p.share)
        return _said(context, "member_yes", item, best, "answered")
    sure = [p for p in places if named and p.share >= ENOUGH]
    if not sure or (named_best < SURE and context.corpus.mentions(item)):
        return None
    return _said(context, "member_no", item, max(sure, key=lambda p: p.share), "partial")


def _plain(words: str) -> str:
    words = re.sub(r"^(?:那|请问|听说|那么|文件|要点|,|，| )+", "", words)
    return re.sub(r"[“”\"'《》 ]|^的|的$", "", words)


def _item(context: Context, place: _Place, span: Span) -> str:
    return re.sub("[“”\"'《》]", "", folded(span.of(context.text(place.key))))


def _body(context: Context, key: ClauseKey) -> str:
    return folded(context.clause(key).body.of(context.text(key)))


def _places(context: Context, named: str, item: str) -> list[_Place]:
    """The enumerations of the clauses in question, with how well they are named."""
    asked = context.asked
    ranked = [r for r in context.ranking.clauses[:CLAUSES] if context.near(r)]
    keys = [r.key for r in ranked if r.score >= NEAR * ranked[0].score]
    by_name = [r.key for r in context.ranking.clauses if named and named in _body(context, r.key)]
    keys = list(dict.fromkeys([*keys, *by_name]))
    if not named:  # the list was named a turn before: any clause that says the thing may have it
        said = [r.key for r in context.ranking.clauses]
        keys = [k for k in said if item in _body(context, k)]
    if asked.bound is not None:
        keys = [asked.bound]
    words = topic(named or asked.topic, context.corpus.frequencies, context.corpus.importance)
    found = []
    for key in keys:
        text = context.text(key)
        heading = folded(context.clause(key).heading)
        for sentence in context.sentences(key):
            for listed in enumerations(text, sentence):
                if listed.form == "items":
                    around = folded(listed.span.of(text))
                    share = max(coverage(words, around), 0.6 * coverage(words, around + heading))
                    found.append(_Place(key, listed, share))
    return found


def _said(context: Context, phrase: str, item: str, place: _Place, status: str) -> Draft:
    quote = Quote(place.key, place.listed.span)
    words = context.say(
        phrase,
        clause=context.name(place.key),
        item=item,
        quote=place.listed.span.of(context.text(place.key)),
    )
    words += context.say("stop")
    statement = Statement(words, (quote,), asked=(f"“{item}”",))
    return Draft("answered" if status == "answered" else "partial", (statement,))
