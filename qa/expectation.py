"""The kind of answer that a question expects: a phone number, a place, a person, a budget, …

The kinds, with the nouns that ask for them and what a passage must hold to answer, stand in
`qa/data/intents.toml` under `expects`.
"""

import re
from dataclasses import dataclass
from functools import cache

from qa import tables
from qa.understood import Expectation, Intent

_BREAKS = re.compile("[,，。;；!！?？]")
_USES = re.compile("(?:打|接|听|拨|来|挂|发|用|通|回|扫)(?:个|了|着|过)?$")
"""Verbs before a noun that is used and not asked for: 打电话, 发邮箱, 用微信号."""
_ASKS = re.compile(
    "(?:号码?)?(?:(?:和|及|、|跟|与)[\u3400-\u9fff]{2,6}(?=$))?"
    "(?:都|到底|分别|各|大概|一般|一共|总共|的话)*(?:$|是(?!不是)|为|有(?:没有|吗|哪|多)|多少|几|什么|啥|哪|在哪"
    "|怎么(?:算|收|定|查)|如何|呢|给|标准|要多|贵不贵|高不高)"
)
_REQUEST = re.compile(
    "(?:什么|啥|哪个|哪些|哪里的|有没有|有无|给个|给我|留个|查(?:一下)?|问(?:一下|问)?|知道|告诉我?|报(?:一下)|提供"
    "|要个|想要|找(?:一下)?|多少)[^,，。;；]{0,10}$"
)


@dataclass(frozen=True, slots=True)
class ExpectedKind:
    """One kind of answer, as the table tells it; `names` is None where no noun asks for it."""

    expectation: Expectation
    asks: re.Pattern[str]
    names: re.Pattern[str] | None
    of_facts: bool


@cache
def kinds() -> tuple[ExpectedKind, ...]:
    """The kinds of the table, in its order: the first that a question asks for counts."""
    return tuple(
        ExpectedKind(
            Expectation(
                entry["name"],
                entry["name_en"],
                _one(entry["holds"]),
                bool(entry.get("in_piece", False)),
            ),
            re.compile(_one(entry["asks"])),
            re.compile(_one(entry["names"])) if "names" in entry else None,
            bool(entry.get("of_facts", False)),
        )
        for entry in tables.toml("intents.toml")["expects"]
    )


def _one(patterns: str | list[str]) -> str:
    return patterns if isinstance(patterns, str) else "|".join(patterns)


def expected(text: str, intent: Intent) -> Expectation | None:
    """The kind of answer that is expected; of facts only persons and contacts are."""
    if intent == "metadata":
        return None
    for kind in kinds():
        if intent in ("responsible", "unit_tasks") and not kind.of_facts:
            continue
        if kind.asks.search(text) or (kind.names is not None and _asked_for(kind.names, text)):
            return kind.expectation
    return None


def without_kind(topic: str, expects: Expectation) -> str:
    """A topic without the words that only say which kind of answer is expected."""
    for kind in kinds():
        if kind.expectation.name == expects.name:
            topic = kind.asks.sub(" ", topic)
            topic = kind.names.sub(" ", topic) if kind.names is not None else topic
    return topic


def _asked_for(names: re.Pattern[str], text: str) -> bool:
    """Whether one of these nouns is asked for, in its own piece of the question."""
    for piece in _BREAKS.split(text):
        for noun in names.finditer(piece):
            before, after = piece[: noun.start()], piece[noun.end() :]
            if _REQUEST.search(before) or (_ASKS.match(after) and not _USES.search(before)):
                return True
    return False
