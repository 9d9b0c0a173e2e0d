"""What a document says of its own force: from when, until when, what it repeals, who interprets it.

Such provisions stand in a clause of their own (附则) or in a closing sentence; the answer is that
sentence, as printed.
"""

import re

from ingest.schema import DocumentInfo, Span
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import Draft, Statement

QUOTE = 160
"""Longest quotation of such a sentence, in code points."""

_OWN = (
    "本(?:办法|措施|方案|意见|通知|规定|细则|规划|计划|要点|条例|规则|政策|实施|若干|文件|决定"
    "|公告|通告|标准|指南)"
)
_BEGINS = "(?:施行|实施|生效|执行)"
_DAY = "(?:\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?|(?:印发|发布|公布)之日)"
IN_FORCE = {
    "effective": re.compile(
        rf"{_OWN}.{{0,12}}自.{{2,24}}?起.{{0,6}}{_BEGINS}|自{_DAY}起.{{0,6}}{_BEGINS}"
    ),
    "expiry": re.compile(
        rf"有效期|(?:{_OWN}.{{0,30}}(?:施行|实施|执行|有效)(?:期)?(?:到|至))|{_DAY}(?:止|失效)"
    ),
    "repeals": re.compile(
        "(?:同时|相应|即行|自.{2,16}起)(?:予以)?(?:废止|停止执行)"
        "|》.{0,24}(?:废止|停止执行|不再执行|失效)"
    ),
    "interpreter": re.compile("负责解释|解释权|由.{2,30}解释"),
}
"""Facts about a document's force, with what the sentence that gives them says."""


def in_force(context: Context, info: DocumentInfo, attribute: str) -> Draft | None:
    """The last sentence of the document that gives the fact; None if none does."""
    text = context.corpus.text(info.id)
    found: list[tuple[ClauseKey, Span]] = [
        ((info.id, clause.ordinal), span)
        for clause in context.corpus.clauses(info.id)
        for span in context.sentences((info.id, clause.ordinal))
        if IN_FORCE[attribute].search(span.of(text))
    ]
    if not found:
        return None
    key, span = found[-1]
    shown, quote = context.quote(key, span, QUOTE)
    words = context.say("says", clause=context.name(key), quote=shown)
    return Draft("answered", (Statement(words, (quote,)),))
