"""Facts about a document itself: number, issuer, dates, basis, how many tasks.

The value comes from the corpus' records; the citation is the place in the text that prints it.
"""

import re
from dataclasses import replace

from ingest.characters import CHINESE_NUMBER, chinese_number
from ingest.schema import Clause, DocumentInfo
from qa.compose.context import Context
from qa.compose.in_force import IN_FORCE, in_force
from qa.compose.listing import parts_of
from qa.compose.printed_facts import located, printed_place, quote_of
from qa.compose.references import basis
from qa.compose.refusal import not_given
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement

_WHAT = {
    "number": ("文号", "a document number"),
    "issuer": ("发布机构", "its issuer"),
    "issued": ("成文日期", "a date of issue"),
    "published": ("发布日期", "a date of publication"),
    "title": ("标题", "a title"),
    "basis": ("制定依据", "its basis"),
    "attachment": ("附件", "an attachment"),
    "source": ("信息来源", "a source"),
    "addressee": ("发送对象", "its addressees"),
    "count": ("任务数", "a number of tasks"),
    "parts": ("各部分", "its parts"),
    "approval": ("批准机关", "who approved it"),
    "purpose": ("制定目的", "its purpose"),
    "region": ("适用地区", "the region it is for"),
    "period": ("适用年份", "the years it is for"),
    "effective": ("施行日期", "the day from which it is in force"),
    "expiry": ("有效期", "how long it is in force"),
    "repeals": ("所废止的文件", "what it repeals"),
    "interpreter": ("解释机关", "who interprets it"),
}
_AREA = re.compile("(?:[一-鿿]{2,4}?省)?(?:[一-鿿]{2,4}?市)?(?:[一-鿿]{1,4}?[市区县])")
_MADE_FOR = re.compile("^\\W*为.{4,}(?:制定|出台|编制|印发|提出)(?:了)?(?:本|如下|以下)", re.S)
"""为了……，制定本办法: how official documents say what they are for."""
_ARTICLES = re.compile("(?:几|多少|[0-9一二三四五六七八九十])条|条数|条款")
"""Of a document with articles (第X条) these are counted, whether they name units or not."""
PURPOSE = 200
"""Longest quotation of the purpose, in code points."""


def compose_metadata(context: Context) -> Draft:
    """The facts about the document that is meant, one or several."""
    attributes = context.asked.attribute.replace("dates", "issued published").split()
    info = document_meant(context)
    if info is None:
        count = len(context.corpus.held)
        what = _WHAT[attributes[0]][context.asked.english]
        titles = tuple(f"《{i.title}》的{what}是什么?" for i in context.corpus.held[:5])
        words = context.say("clarify_document", count=count)
        return Draft("clarify", (Statement(words, computed=(str(count),)),), titles)
    if not info.held:
        return compose_not_held(context, info)
    drafts = [stated_fact(context, info, attribute) for attribute in attributes]
    statements = dict.fromkeys(  # one sentence may give several of the facts
        replace(s, lead=s.lead or PARAGRAPH) for draft in drafts for s in draft.statements
    )
    statuses = {draft.status for draft in drafts}
    return Draft(drafts[0].status if len(statuses) == 1 else "partial", tuple(statements))


def stated_fact(context: Context, info: DocumentInfo, attribute: str) -> Draft:
    """One fact about a document, with the place that prints it, or word that it is not given."""
    if attribute == "count":
        return _count(context, info)
    if attribute == "parts":
        return _parts(context, info)
    if attribute == "basis" and (named := basis(context, info)) is not None:
        return named
    if attribute == "purpose":
        return _purpose(context, info)
    copied = attribute == "addressee" and "抄送" in context.asked.text
    if copied and not context.corpus.mentions("抄送"):
        return not_given(context, ("抄送单位", "who gets copies")[context.asked.english])
    if attribute == "region":
        return _region(context, info)
    if attribute == "period":
        return _period(context, info)
    if attribute in IN_FORCE:
        said = in_force(context, info, attribute)
        if said is not None:
            return said
        missing = not_given(context, _WHAT[attribute][context.asked.english])
        period = _period(context, info) if attribute == "expiry" else missing
        if period is missing or period.status != "answered":
            return missing
        return Draft("partial", (missing.statements[0], *period.statements))
    found = printed_place(context, info, attribute) if attribute != "basis" else None
    if found is None:
        return not_given(context, _WHAT[attribute][context.asked.english])
    value, span = found
    words = context.say(f"meta_{attribute}", value=value)
    fact = Statement(words, (quote_of(context, info, span),))
    return Draft("answered", (fact,))


def _parts(context: Context, info: DocumentInfo) -> Draft:
    """The headings of the highest two levels, as printed."""
    if (stated := _stated_parts(context, info)) is not None:
        return stated
    top = [c for c in context.corpus.children((info.id, 0)) if c.heading]
    if not top:
        return not_given(context, _WHAT["parts"][context.asked.english])
    head = context.say("parts", clause=f"《{info.title}》", count=len(top))
    known = (str(len(top)),)
    statements = [Statement(head, computed=known, asked=(info.title,), sums_up=True)]
    for part in top:
        key = (info.id, part.ordinal)
        below = [c for c in context.corpus.children(key) if c.heading]
        quotes = [Quote(key, part.heading_span)]
        quotes += [Quote((info.id, c.ordinal), c.heading_span) for c in below]
        inner = context.join([c.heading_path[-1] for c in below])
        words = part.heading_path[-1] + (f"（{len(below)}）：{inner}" if below else "")
        statements.append(Statement(words, tuple(quotes), lead=ITEM, computed=(str(len(below)),)))
    return Draft("answered", tuple(statements))


def _stated_parts(context: Context, info: DocumentInfo) -> Draft | None:
    """The parts of the clause that has as many of them as the question says (五个板块)."""
    said = re.search(rf"({CHINESE_NUMBER}|\d)(?:个|大)", context.asked.text)
    number = chinese_number(said[1]) if said else None
    if number is None or number < 2:
        return None
    for clause in context.corpus.clauses(info.id):
        key = (info.id, clause.ordinal)
        if sum(bool(c.heading) for c in context.corpus.children(key)) == number:
            return parts_of(context, key)
    return None


def compose_not_held(context: Context, info: DocumentInfo) -> Draft:
    """A document that others refer to: say so, with what is known of it and where it is named."""
    quotes = tuple(
        Quote((r.document_id, r.clause), r.span) for r in context.corpus.referring(info.title)[:1]
    )
    statements = [Statement(context.say("not_held", title=info.title), quotes, asked=(info.title,))]
    known = [info.issuer, f"{info.issued:%Y-%m-%d}" if info.issued else "", info.number]
    facts = context.join([k for k in known if k])
    if facts:
        words = context.say("not_held_known", facts=facts)
        statements.append(Statement(words, lead=PARAGRAPH, asked=tuple(k for k in known if k)))
    return Draft("partial", tuple(statements))


def document_meant(context: Context) -> DocumentInfo | None:
    """The document that is asked about: the one named, the one of the clause, or the only one."""
    if context.asked.document is not None:
        return context.corpus.infos[context.asked.document]
    if context.asked.bound is not None:
        return context.corpus.infos[context.asked.bound[0]]
    held = context.corpus.held
    return held[0] if len(held) == 1 else None


def _purpose(context: Context, info: DocumentInfo) -> Draft:
    """The sentence of the opening, or of the first article, that says what the document is for."""
    text = context.corpus.text(info.id)
    for clause in context.corpus.clauses(info.id):
        key = (info.id, clause.ordinal)
        for span in context.sentences(key):
            if _MADE_FOR.search(span.of(text)):
                shown, quote = context.quote(key, span, PURPOSE)
                return Draft(
                    "answered", (Statement(context.say("purpose", quote=shown), (quote,)),)
                )
    return not_given(context, _WHAT["purpose"][context.asked.english])


def _region(context: Context, info: DocumentInfo) -> Draft:
    """The area that the document is for, as its head prints the last part of it."""
    text = context.corpus.text(info.id)
    if not (region := info.region):  # the name of the issuer, or the title, begins with it
        named = _AREA.match(info.issuer) or _AREA.match(info.title)
        region = named[0] if named else ""
    area = re.findall("[^省市区县]+[省市区县]", region)[-1:]
    span = next((s for name in area if (s := located(text, name))), None)
    if span is None:
        return not_given(context, _WHAT["region"][context.asked.english])
    level = f"（{info.level}级）" if info.level and not context.asked.english else ""
    known = (region, level)
    words = context.say("meta_region", value=region + level)
    return Draft("answered", (Statement(words, (quote_of(context, info, span),), asked=known),))


def _period(context: Context, info: DocumentInfo) -> Draft:
    """The years that the title names."""
    years = re.search(r"(?:19|20)\d{2}年?(?:[-—–~至到](?:19|20)\d{2})?年?", info.title)
    text = context.corpus.text(info.id)
    span = located(text, info.title)
    if years is None or span is None:
        return not_given(context, _WHAT["period"][context.asked.english])
    words = context.say("meta_period", value=years[0])
    return Draft("answered", (Statement(words, (quote_of(context, info, span),)),))


def _count(context: Context, info: DocumentInfo) -> Draft:
    """How many tasks (clauses with responsible units, else articles), part by part."""
    clauses = context.corpus.clauses(info.id)
    articles = [c for c in clauses if c.kind == "条"]
    named = [
        c
        for c in clauses
        if (key := (info.id, c.ordinal)) in context.corpus.duties and not context.attached(key)
    ]
    whole = articles and (not named or _ARTICLES.search(context.asked.text))
    tasks = articles if whole else named
    if not tasks:
        return not_given(context, _WHAT["count"][context.asked.english])
    parts: dict[int, list[Clause]] = {}
    for task in tasks:
        parts.setdefault(task.parent or 0, []).append(task)
    phrase = "meta_articles" if whole else "meta_count"
    head_words = context.say(phrase, count=len(tasks), parts=len(parts))
    counts = (str(len(tasks)), str(len(parts)))
    statements = [Statement(head_words, computed=counts, sums_up=True)]
    for parent, members in parts.items():
        above = clauses[parent]
        name = above.heading_path[-1] if above.heading_path else info.title
        first, last = (
            context.name((info.id, members[0].ordinal)),
            context.name((info.id, members[-1].ordinal)),
        )
        quotes = [Quote((info.id, m.ordinal), m.heading_span) for m in (members[0], members[-1])]
        if len(above.heading_span):
            quotes.insert(0, Quote((info.id, parent), above.heading_span))
        words = f"{name}：{first}" + (f"—{last}" if len(members) > 1 else "")
        statements.append(Statement(words, tuple(dict.fromkeys(quotes)), lead=ITEM))
    return Draft("answered", tuple(statements))
