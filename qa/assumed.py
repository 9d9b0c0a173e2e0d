"""What a question takes for granted about responsibility, apart from what it asks.

既然网络安全归甲局管,他们要怎么开展? asks how, and assumes who: the unit is no part of the matter,
and the assumption is held against the printed units when the answer is composed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.units import UnitMention

_MARKED = re.compile("既然|如果|要是|假如|倘若|若是|的话(?=[,，])")
_BEFORE = re.compile("(?:是由|都由|都归|由|归|是|让|交给|交由|划给)$")
_AFTER = re.compile(
    "^(?:来|在|去|统一|具体)?(?P<role>(?:牵头|负责)(?:推进|落实|建设|实施)|牵头负责|负责|牵头|主管|管理|管|承担|分管|主抓|抓|主责|办|落实)?"
    "(?P<verb>[^,，。;；?？谁哪]{0,6}?)(?:的话|的|了)?[,，]"
)
_ASKS_WHO = re.compile(
    "谁|哪(?:个|些|家|几家|几个)?(?:单位|部门|局|委)|对不对|对吗|对吧|是吗|是吧|属实"
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A question without what it assumes, and the units that it takes to be responsible."""

    rest: str
    units: tuple[UnitMention, ...]


def assumption(text: str, units: Sequence[UnitMention]) -> Assumption | None:
    """What a folded question assumes of who is responsible; None if it assumes nothing.

    Only a first part that is marked as given (既然, 如果, 的话) counts, and only where the rest
    asks for something else than who it is.
    """
    for mention in units:
        marked = _MARKED.search(text)
        before = _BEFORE.search(text[: mention.start])
        after = _AFTER.match(text[mention.end :])
        if marked is None or before is None or after is None:
            continue
        rest = text[mention.end + after.end() :]
        if not rest.strip() or _ASKS_WHO.search(rest):
            continue
        matter = _MARKED.sub("", text[: before.start()]).strip(" ,，") + after["verb"]
        return Assumption(f"{matter},{rest}".strip(","), (mention,))
    return None
