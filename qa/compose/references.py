"""The documents that a document names: its basis, or all that it refers to, counted if asked."""

import re

from ingest.characters import OPENERS
from ingest.references import same_title
from ingest.schema import DocumentInfo, Reference, Span
from qa.compose.context import Context
from qa.compose.printed_facts import quote_of
from qa.draft import ITEM, Draft, Statement

_BASIS = re.compile("根据|依据|按照|落实|贯彻|为了?")
_WORKS = (
    "(?:上位|上级|其他|别的|政策|官方|市级|区级)?(?:文件|规划|计划|法规|条例|办法|政策|名字|书名号)"
)
_COUNTED = re.compile(
    f"(?:几|多少)(?:份|部|个|本){_WORKS}|(?:哪些|哪几(?:份|部|个)|什么){_WORKS}(?=的?(?:名|被|$|[?？]))"
    f"|{_WORKS}(?:一共|总共|共|都|分别)?(?:有|是|列|提|引)?(?:了|到)?(?:几|多少|哪几)(?:份|部|个|本)"
)
_NAMED = re.compile("提到|提及|引用|援引|列|写|点名|依据|根据|按照|落实|贯彻|参照|参考|出现|举")
_OPENING = re.compile("开头|开篇|起始|第一段|首段|前言|导语|依据|根据|按照|落实|贯彻|参照|为了")
_OWN = re.compile(
    rf"{_COUNTED.pattern}|{_WORKS}|{_NAMED.pattern}|{_OPENING.pattern}|为|等|要求|精神|上位|上级|[.…几份部个本的里中]|\s"
)


def compose_references(context: Context) -> Draft | None:
    """How many documents the one in question names, and which; None if that is not asked."""
    asked = context.asked
    text = asked.text
    if asked.units or asked.label or not (_COUNTED.search(text) and _NAMED.search(text)):
        return None
    if len(_OWN.sub("", asked.topic)) > 1 or (document := context.only_document) is None:
        return None
    info = context.corpus.infos[document]
    opening = _OPENING.search(text) is not None
    named = _basis_of(context, info) if opening else _others(context, info)
    first = {r.title: r for r in reversed(named)}
    named = [r for r in named if first[r.title] is r]
    if not named:
        return None
    place = context.name((info.id, named[0].clause)) if opening else context.say("whole")
    head = context.say("references", clause=place, count=len(named))
    quotes = [quote_of(context, info, r.span) for r in named]
    statements = [Statement(head, computed=(str(len(named)),), asked=(place,), sums_up=True)]
    for one, quote in zip(named, quotes, strict=True):
        statements.append(Statement(f"《{one.title}》", (quote,), lead=ITEM))
    return Draft("answered", tuple(statements))


def basis(context: Context, info: DocumentInfo) -> Draft | None:
    """The documents that the opening names as what this one carries out; None if it has none."""
    opening = _basis_of(context, info)
    if not opening:
        return None
    text = context.corpus.text(info.id)
    first, last = opening[0].span.start, opening[-1].span.end
    first -= text[first - 1] in OPENERS
    quotes = (quote_of(context, info, Span(first, last + 1)),)
    titles = "".join(f"《{r.title}》" for r in opening)
    statements = [Statement(context.say("meta_basis", value=titles), quotes)]
    lost = [r.title for r in opening if not context.corpus.holds_title(r.title)]
    for title in lost:
        words = context.say("not_held", title=title)
        statements.append(Statement(words, quotes, lead=ITEM))
    return Draft("answered", tuple(statements))


def _others(context: Context, info: DocumentInfo) -> list[Reference]:
    """Every reference of a document to another one."""
    found = context.corpus.references_of(info.id)
    return [r for r in found if not same_title(r.title, info.title)]


def _basis_of(context: Context, info: DocumentInfo) -> list[Reference]:
    text = context.corpus.text(info.id)
    return [
        r
        for r in _others(context, info)
        if r.clause == 0
        and _BASIS.search(text[text.rfind("\n", 0, r.span.start) + 1 : r.span.start])
    ]
