"""The terms whose meaning a question asks for."""

import re

from ingest.patterns import pattern as lazy
from qa.words import tables

LONGEST = 12
"""Code points that a term without quotation marks may have."""

_QUOTED = lazy('[“"「]([^“”"「」]{1,20})[”"」]')
_BREAK = lazy("[的里中,，。:：、?？ ]|所说|所称|什么是|什么叫|何谓|何为")


def terms(text: str) -> tuple[str, ...]:
    """The terms whose meaning a folded question asks for; of nested ones the longest first.

    >>> terms("办法里说的“新引进人才”到底指什么?"), terms("重点管理区是指哪些地方?")[0]
    (('新引进人才',), '重点管理区')
    >>> terms("城镇企业包括哪些?")
    ('城镇企业', '镇企业')
    """
    asked = re.search(tables.toml("question.toml")["definition"]["asks"], text)
    if asked is None:
        return ()
    if found := _QUOTED.findall(text):
        return tuple(dict.fromkeys(found))
    before, after = text[: asked.start()], text[asked.end() :]
    piece = next((p for p in reversed(_BREAK.split(before)) if len(p) > 1), "")
    piece = piece or next((p for p in _BREAK.split(after) if len(p) > 1), "")
    piece = piece[-LONGEST:]
    return tuple(piece[place:] for place in range(max(1, (len(piece) + 1) // 2)) if piece)


def quoted(text: str) -> bool:
    """Whether a question puts words between quotation marks."""
    return _QUOTED.search(text) is not None
