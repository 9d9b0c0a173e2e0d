"""The heading of a chapter that a question gives the number of: 第二部分第五块的标题."""

import re

from qa.chapters import chapter_numbered, names_chapter
from qa.compose.context import Context
from qa.compose.refusal import not_found
from qa.draft import Draft, Quote, Statement

_ASKS = re.compile(
    "(?:大|小|总)?(?:标题|题目|题名|名称|名字)(?!里|中)|(?<![都各])叫(?:什么|啥)|(?:开头|原文)?怎么写的"
)
_MORE = re.compile(
    "单位|部门|几[项条个]|多少|哪些|哪几|谁|(?:都|各|分别)叫|(?:底下|下面|里面).{0,6}(?:任务|项)"
)


def compose_chapter_heading(context: Context) -> Draft | None:
    """The heading as printed; None if no numbered chapter's heading is asked for."""
    asked = context.asked
    if asked.units or not _ASKS.search(asked.text) or _MORE.search(asked.text):
        return None
    key = chapter_numbered(context.corpus, context.only_document, asked.text)
    if key is None and asked.attribute == "title" and names_chapter(asked.text):
        return not_found(context)  # no such chapter, and the document's own title is none
    if key is None or not len(context.clause(key).heading_span):
        return None
    span = context.clause(key).heading_span
    words = " ".join(span.of(context.text(key)).split())
    said = context.say("heading_printed", heading=words)
    return Draft("answered", (Statement(said, (Quote(key, span),)),))
