"""What a chapter, a section or a group of tasks is made of: its parts, counted and listed.

The question must speak of parts (几个小节, 多少项任务, 哪几条); `qa.chapters` tells which chapter.
"""

import re

from qa.chapters import asks_for_parts, chapter_meant
from qa.compose.context import Context
from qa.compose.listing import parts_of
from qa.draft import Draft

_OF_UNITS = re.compile(
    "(?:单位|部门)(?:都|分别|各|一共|总共)*(?:有|是|包括|涉及)?(?:哪|什么|谁|几|多少)"
)


def compose_parts(context: Context) -> Draft | None:
    """The parts of the chapter that a question names; None if it asks for no parts."""
    asked = context.asked
    task = asked.bound is not None and asked.label.isdecimal()
    of_units = _OF_UNITS.search(asked.text)
    if task or asked.units or not asks_for_parts(asked.text) or of_units:
        return None
    found = chapter_meant(context.corpus, context.only_document, asked.text)
    return parts_of(context, found) if found is not None else None
