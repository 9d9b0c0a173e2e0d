"""Who asks, and in what situation, told apart from what is asked."""

import re

from qa.compose.context import Context

_SENTENCES = re.compile("(?<=[。.!！;；?？])")


def asks_as_one(context: Context) -> bool:
    """Whether the units of a question are the asker's own (我们居委…。这个平台会改吗?).

    They are no units of the documents, they stand in what is told before, and the sentence that
    asks names none of them but a matter.
    """
    asked = context.asked
    if not asked.units or not asked.topic or any(m.printed for m in asked.units):
        return False
    told = [one for one in _SENTENCES.split(asked.text) if one.strip()]
    return len(told) > 1 and not any(m.words in told[-1] for m in asked.units)
