"""Questions and answers: pages that print a question and, below it, what is answered.

Told by marks: a line that begins with 问：, Q:, 记者： (a number may stand before or behind) opens
a pair, and 答：, A: or a speaker's name opens its answer.  A numbered line right above 答： is a
question too.  Without any mark, short lines that end in ？ are questions where a page has several
of them and each has a paragraph below it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import SPACE
from ingest.lines import Line
from ingest.numbering import mark_at
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim

MAX_QUESTION = 80
"""Longest line, in code points, that is a question for its ？ alone."""

MIN_UNMARKED = 3
"""So many such lines make a page of questions and answers."""

_NUMBER = rf"(?:{CHINESE_NUMBER}|\d{{1,3}})"
_ASKS = pattern(
    rf"(?:(?P<before>{_NUMBER})[{SPACE}]*[.．、][{SPACE}]*|[（(](?P<around>{_NUMBER})[）)][{SPACE}]*)?"
    rf"[【\[]?(?:问题?|提问|记者问?|主持人|网友问?|Q|q)(?P<behind>{_NUMBER}?)"
    rf"(?:[】\]][：:]?|[{SPACE}]*[：:])[{SPACE}]*"
)
_ANSWERS = pattern(
    rf"[【\[]?(?:答复?|回答|回复|A|a|[\u4e00-\u9fff]{{1,12}}(?:负责人|司长|局长|主任|处长|部长|厅长"
    rf"|发言人)答?){_NUMBER}?(?:[】\]][：:]?|[{SPACE}]*[：:])[{SPACE}]*"
)
_ASKED = pattern(r"[？?][”」）)]?$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question: `label` its number or "", `question` its words, `end` its last line's number.

    `answer` is where the words of the answer begin.
    """

    label: str
    question: Span
    end: int
    answer: int


def pairs(text: str, content: Sequence[Line]) -> dict[int, Pair]:
    """The questions of a text by the number of the line that opens them; empty if it has none."""
    return _marked(text, content) or _unmarked(text, content)


def _marked(text: str, content: Sequence[Line]) -> dict[int, Pair]:
    asking = {
        i: found
        for i, line in enumerate(content)
        if (found := _ASKS.match(text, line.span.start, line.span.end))
    }
    answering = {
        i: found.end()
        for i, line in enumerate(content)
        if (found := _ANSWERS.match(text, line.span.start, line.span.end))
    }
    result: dict[int, Pair] = {}
    for i in range(len(content)):
        answer = _answer_of(i, asking, answering, len(content))
        if i in asking:
            found = asking[i]
            label = found["before"] or found["around"] or found["behind"] or ""
            start = found.end()
        elif i + 1 in answering and answer == i + 1:
            mark = mark_at(text, content[i].span.start, content[i].span.end)
            if mark is None and not _ASKED.search(content[i].span.of(text)):
                continue
            label = mark.label if mark else ""
            start = mark.end if mark else content[i].span.start
        else:
            continue
        last = content[i].span.end if answer is None else content[answer - 1].span.end
        question = trim(text, Span(start, last))
        if len(question):
            following = content[i + 1].span.start if i + 1 < len(content) else last
            result[i] = Pair(
                label,
                question,
                i if answer is None else answer - 1,
                following if answer is None else answering[answer],
            )
    answered = sum(pair.end + 1 in answering for pair in result.values())
    numbered = sum(
        i not in result
        and _is_asked(text, line)
        and mark_at(text, line.span.start, line.span.end) is not None
        for i, line in enumerate(content)
    )  # the page's own questions, where the pairs are examples inside their answers
    return result if answered and answered * 2 >= len(result) > numbered else {}


def _answer_of(
    i: int, asking: dict[int, re.Match[str]], answering: dict[int, int], count: int
) -> int | None:
    """The line at which the answer to line `i` begins: at most three lines below."""
    for below in range(i + 1, min(i + 4, count)):
        if below in asking:
            return None
        if below in answering:
            return below
    return None


def _unmarked(text: str, content: Sequence[Line]) -> dict[int, Pair]:
    """Lines without a mark that end in ？, each with a paragraph below.

    Not where numbered clauses come before: then they are links and rhetoric at the end of a page.
    """
    result: dict[int, Pair] = {}
    for i, (line, after) in enumerate(pairwise(content)):
        marked = mark_at(text, line.span.start, line.span.end) is not None
        if marked and not result:
            return {}
        if i and not marked and _is_asked(text, line) and not _is_asked(text, after):
            result[i] = Pair("", line.span, i, after.span.start)
    return result if len(result) >= MIN_UNMARKED else {}


def _is_asked(text: str, line: Line) -> bool:
    return len(line.span) <= MAX_QUESTION and _ASKED.search(line.span.of(text)) is not None
