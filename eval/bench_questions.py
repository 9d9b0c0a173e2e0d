"""Questions made from the documents themselves, so that any folder can be measured.

They ask for what the documents say in the words of the documents: good for timing, useless for
judging answers.
"""

import hashlib
from collections.abc import Sequence
from itertools import chain, zip_longest

from index.local import LocalIndex
from ingest.errors import QuestionError
from qa.question import checked

_LONGEST = 60  # code points of a heading or a unit; longer ones are text that ran into it
_ARTICLE = "条"  # articles of statutes have a label and no heading

RESPONSIBLE = "{}由谁负责?"
CONTENT = "{}的内容是什么?"
TASKS = "{}有哪些任务?"
WARM_UP = "关于{}有什么要求?"


def questions(index: LocalIndex, count: int) -> list[str]:
    """At most `count` questions, all kinds in turn; the same index gives the same questions.

    Headings are asked for their units and their content, articles for their content, units for
    their tasks, documents for their content.
    """
    headings, articles, units, titles = _names(index)
    kinds = [
        _made(RESPONSIBLE, headings),
        _made(CONTENT, headings),
        _made(TASKS, units),
        _made(CONTENT, articles),
        _made(CONTENT, titles),
    ]
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return list(dict.fromkeys(question for question in in_turn if question))[:count]


def warm_up(index: LocalIndex, count: int) -> list[str]:
    """At most `count` questions that `questions` does not hold, to be asked before timing."""
    headings, _, _, titles = _names(index)
    return _made(WARM_UP, headings or titles)[:count]


def _names(index: LocalIndex) -> tuple[list[str], list[str], list[str], list[str]]:
    """Headings, articles, units and titles, as they are named in questions."""
    headings, articles, titles = [], [], []
    for info in index.documents():
        if not info.held:
            continue
        titles.append(f"《{info.title}》")
        for clause in index.clauses(info.id):
            if clause.heading:
                headings.append(clause.heading)
            elif clause.kind == _ARTICLE:
                articles.append(f"《{info.title}》{clause.label}")
    return headings, articles, [fact.unit for fact in index.responsibilities()], titles


def _made(wording: str, names: Sequence[str]) -> list[str]:
    """The questions that can be taken, each once, in an order that only their words decide."""
    tidy = dict.fromkeys("".join(name.split()).strip("，,。；;：:") for name in names)
    made = [wording.format(name) for name in tidy if 0 < len(name) <= _LONGEST]
    return sorted(filter(_taken, made), key=_shuffled)


def _taken(question: str) -> bool:
    try:
        checked(question)
    except QuestionError:
        return False
    return True


def _shuffled(question: str) -> bytes:
    return hashlib.blake2b(question.encode(), digest_size=8).digest()
