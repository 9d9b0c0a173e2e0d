"""What a document rules about itself: since when and until when it is in force, what it repeals,
who interprets it.

Answered by the sentences that rule it, from the last one back: such provisions stand at the end.
"""

import re

from ingest.schema import Span
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Statement

_DAY = "\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?|(?:印发|发布|公布)之日"
_KINDS = (
    (
        re.compile(
            "(?:什么时候|何时|哪[一]?天|几[月号]|从?哪[天日年]|多会儿).{0,8}(?:施行|实施|生效|执行|起效|算起)|(?:施行|实施|生效|执行)(?:的)?(?:日期|时间|日)"
        ),
        re.compile(f"自(?:{_DAY})起.{{0,6}}(?:施行|实施|生效|执行)"),
    ),
    (
        re.compile(
            "有效期|效力|失效|到期|(?:管|用|执行|有效)(?:到|至)(?:什么时候|哪|几|何时|啥时候)|为止"
            "|管(?:几|多少)年|有效(?:几|多久|多少)"
        ),
        re.compile(f"有效期|(?:{_DAY})(?:止|失效)"),
    ),
    (
        re.compile("废止|作废|取代|替代|不再(?:执行|有效)|停止执行"),
        re.compile("废止|停止执行|不再执行"),
    ),
    (
        re.compile(
            "(?:谁|哪|什么|啥).{0,10}解释|解释(?:权|机关|单位|部门|工作)?.{0,6}(?:谁|哪|什么|啥)"
        ),
        re.compile("(?:负责|承担).{0,6}解释|解释权"),
    ),
)
_REST = re.compile(
    "废止|作废|取代|替代|失效|到期|有效期?|效力|施行|实施|生效|执行|起效|解释权?|为止|止|管|以前|之前|原来|旧|老|"
    "哪|份|个|条|几|年|月|日|天|从|起|到|至|时候?|开始|后|同时|因此|负责|"
    "措施|政策|办法|规定|文件|方案|通知|[一了的被把由和这会就,，? ]"
)
QUOTE = 110
"""Longest quotation, in code points."""


def compose_provisions(context: Context) -> Draft | None:
    """The sentences that rule what is asked; None if nothing of the kind is asked or ruled."""
    asked = context.asked
    wanted = [holds for asks, holds in _KINDS if asks.search(asked.text)]
    if not wanted or asked.label or asked.yes_no or len(_REST.sub("", asked.topic)) > 1:
        return None
    if (document := context.only_document) is None:
        return None
    found: dict[tuple[ClauseKey, Span], None] = {}
    for holds in wanted:
        place = _last(context, document, holds)
        if place is None:
            return None
        found[place] = None
    statements = []
    for key, span in found:
        shown, quote = context.quote(key, span, QUOTE)
        words = context.say("says", clause=context.name(key), quote=shown)
        statements.append(Statement(words, (quote,), lead=PARAGRAPH))
    return Draft("answered", tuple(statements))


def _last(context: Context, document: str, holds: re.Pattern[str]) -> tuple[ClauseKey, Span] | None:
    """The last sentence of a document that rules something."""
    text = context.corpus.text(document)
    for clause in reversed(context.corpus.clauses(document)):
        key = (document, clause.ordinal)
        for span in reversed(context.sentences(key)):
            if holds.search(span.of(text)):
                return key, span
    return None
