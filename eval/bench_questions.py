"""Questions made from the documents themselves, so that any folder can be measured.

They ask for what the documents say in the words of the documents: good for timing, useless for
judging answers.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from random import Random
from typing import NamedTuple

from index.backend import PassageKey
from index.local import LocalIndex
from ingest.schema import Clause, DocumentInfo, ParsedDocument
from qa.question.checked import can_be_taken

_LONGEST = 60  # code points of a heading or a unit; longer ones are text that ran into it
_SIGNS = "，,。；;：:"
_ARTICLE = "条"  # articles of statutes have a label and no heading

RESPONSIBLE = "{}由谁负责?"
CONTENT = "{}的内容是什么?"
TASKS = "{}有哪些任务?"
WARM_UP = "关于{}有什么要求?"

LAY = (
    "我妈不会用智能手机怎么办?",
    "小孩上学要带什么材料?",
    "楼上漏水没人管找谁?",
    "工资拖着不发去哪里说?",
    "摆个小摊要不要办证?",
    "家里老人没人照顾有什么补贴?",
    "租房子押金不退怎么办?",
    "路灯坏了谁来修?",
    "刚毕业想开公司能少交税吗?",
    "看病花了很多钱能报多少?",
    "邻居半夜太吵能报警吗?",
    "买到假货怎么赔?",
)
"""Invented, as people ask; most corpora do not answer them."""

_SPAN = (8, 20)  # code points of a span that stands for a question


class Asked(NamedTuple):
    """A question, and the passage that its words were taken from, if they were."""

    question: str
    source: PassageKey | None = None


def questions(index: LocalIndex, count: int) -> list[str]:
    """At most `count` questions, all kinds in turn; the same index gives the same questions.

    Headings are asked for their units and their content, articles for their content, units for
    their tasks, documents for their content.
    """
    return _in_turn(*_names(index))[:count]


def of_documents(documents: Iterable[ParsedDocument], count: int, seed: int) -> list[Asked]:
    """At most `count` questions of documents that are not in an index yet, and `LAY`.

    A half as `questions` makes them, a half spans of a sentence each, word for word.
    """
    held = list(documents)
    outlines = ((one.document.info, one.clauses) for one in held)
    headings, articles, titles = _outlined(outlines)
    units = [fact.who for one in held for fact in one.facts_of("duty")]
    spans = _spans(held, count // 2, Random(seed))  # noqa: S311 - the same each time
    made = _in_turn(headings, articles, units, titles)[: count - len(spans)]
    every = [*map(Asked, made), *spans, *map(Asked, LAY)]
    return list({asked.question: asked for asked in reversed(every)}.values())[::-1]


def _in_turn(
    headings: Sequence[str], articles: Sequence[str], units: Sequence[str], titles: Sequence[str]
) -> list[str]:
    kinds = [
        _made(RESPONSIBLE, headings),
        _made(CONTENT, headings),
        _made(TASKS, units),
        _made(CONTENT, articles),
        _made(CONTENT, titles),
    ]
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return list(dict.fromkeys(question for question in in_turn if question))


def warm_up(index: LocalIndex, count: int) -> list[str]:
    """At most `count` questions that `questions` does not hold, to be asked before timing."""
    headings, _, _, titles = _names(index)
    return _made(WARM_UP, headings or titles)[:count]


def _names(index: LocalIndex) -> tuple[list[str], list[str], list[str], list[str]]:
    """Headings, articles, units and titles, as they are named in questions."""
    held = (info for info in index.documents() if info.held)
    headings, articles, titles = _outlined((info, index.clauses(info.id)) for info in held)
    return headings, articles, [fact.who for fact in index.facts("duty")], titles


def _outlined(
    outlines: Iterable[tuple[DocumentInfo, Sequence[Clause]]],
) -> tuple[list[str], list[str], list[str]]:
    """Headings, articles and titles, as they are named in questions."""
    headings, articles, titles = [], [], []
    for info, clauses in outlines:
        titles.append(f"《{info.title}》")
        for clause in clauses:
            if clause.heading:
                headings.append(clause.heading)
            elif clause.kind == _ARTICLE:
                articles.append(f"《{info.title}》{clause.label}")
    return headings, articles, titles


def _spans(documents: Sequence[ParsedDocument], count: int, random: Random) -> list[Asked]:
    """Spans of the passages' words, without the signs at their ends."""
    every = [(one, passage) for one in documents for passage in one.passages]
    found: list[Asked] = []
    for parsed, passage in random.sample(every, min(len(every), 4 * count)):
        text, length = passage.span.of(parsed.document.text), random.randint(*_SPAN)
        start = random.randint(0, max(0, len(text) - length))
        words = "".join(text[start : start + length].split()).strip(_SIGNS)
        if len(words) >= _SPAN[0] and can_be_taken(words):
            found.append(Asked(words, PassageKey(passage.document_id, passage.ordinal)))
        if len(found) == count:
            break
    return found


def _made(wording: str, names: Sequence[str]) -> list[str]:
    """The questions that can be taken, each once, in an order that only their words decide."""
    tidy = dict.fromkeys("".join(name.split()).strip(_SIGNS) for name in names)
    made = [wording.format(name) for name in tidy if 0 < len(name) <= _LONGEST]
    return sorted(filter(can_be_taken, made), key=_shuffled)


def _shuffled(question: str) -> bytes:
    return hashlib.blake2b(question.encode(), digest_size=8).digest()
