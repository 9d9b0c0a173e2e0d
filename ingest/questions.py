"""Questions and answers: pages that print a question and, below it, what is answered.

Told by marks: a line that begins with 问：, Q1., 【问题1】, 甲报记者： (a number may stand before
or behind) opens a pair, and 答：, A:, 【解答】 or a speaker's name opens its answer, on a line of
its own or behind the question's ？.  A numbered line right above 答： is a question too.  Without
any mark, short lines that end in ？ are questions where a page has several of them and each has a
paragraph below it; bold lines and Markdown headings tell it sooner.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import CJK, SPACE
from ingest.lines import Line
from ingest.numbering import mark_at
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim

MAX_QUESTION = 80
"""Longest line, in code points, that is a question for its ？ alone."""

MIN_UNMARKED = 3
MIN_BOLD = 2
"""So many such lines make a page of questions and answers, plain ones or bold ones."""

_NUMBER = rf"(?:{CHINESE_NUMBER}|\d{{1,3}})"
_SP = f"[{SPACE}]"
_PARTED = rf"(?:[】\]][：:]?|{_SP}*[：:]|(?<=\d)[.．、]|(?P<weak>{_SP}+)){_SP}*"
"""What parts 问 or 答 from the words; `weak` is a mere space, which needs more evidence."""

_ASKS = pattern(
    rf"(?:(?P<before>{_NUMBER}){_SP}*[.．、]{_SP}*|[（(](?P<around>{_NUMBER})[）)])?[【\[]?"
    rf"(?:第(?P<nth>{_NUMBER})[问問]|(?:[问問][题題]?|提[问問]|咨询|Q|q"
    rf"|(?P<speaker>(?:[{CJK}]{{0,12}}[记記]者|主持人|网友))[问問]?)(?P<behind>{_NUMBER}?)){_PARTED}"
)
_ANSWERS = pattern(
    rf"[【\[]?(?:(?:[答回解][复覆答]?|A|a){_NUMBER}?|[{CJK}]{{0,12}}发言人答?"
    rf"|[{CJK}]{{1,12}}(?:负责人|司长|局长|主任|处长|部长|厅长)答?){_PARTED}"
)
_ANSWERS_BEHIND = pattern(
    rf"(?<=[？?]){_SP}*[【\[]?(?:[答回解][复覆答]?|A){_NUMBER}?(?:[】\]][：:]?|[：:]){_SP}*"
)
_ASKED = pattern(r"[？?][”」）)]?\**$")
_DRESS = pattern(rf"[#*{SPACE}◆●■▲★•·※☆◇○▪]*")
"""What may stand before a question without a mark: Markdown's signs and bullets."""


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
    asking = _asking(text, content)
    answering = _answering(text, content, asking)
    result: dict[int, Pair] = {}
    answered = 0
    for i, line in enumerate(content):
        answer = _answer_of(i, asking, answering, len(content))
        end, following = line.span.end, content[min(i + 1, len(content) - 1)].span.start
        if i in asking:
            found = asking[i]
            label = found["before"] or found["around"] or found["behind"] or found["nth"] or ""
            start = found.end()
            if behind := _ANSWERS_BEHIND.search(text, start, end):
                answer, end, following = None, behind.start(), behind.end()
                answered += 1
        elif answer == i + 1:
            mark = mark_at(text, line.span.start, line.span.end)
            if mark is None and not _is_asked(text, line):
                continue
            label = mark.label if mark else ""
            start = mark.end if mark else line.span.start
        else:
            continue
        if answer is not None:
            end, following = content[answer - 1].span.end, answering[answer]
            answered += 1
        elif not answering and i + 1 < len(content) and i + 1 not in asking:
            answered += _is_asked(text, line)
        question = _undressed(text, Span(start, end))
        if len(question):
            result[i] = Pair(label, question, i if answer is None else answer - 1, following)
    numbered = sum(
        i not in result
        and _is_asked(text, line)
        and mark_at(text, line.span.start, line.span.end) is not None
        for i, line in enumerate(content)
    )  # the page's own questions, where the pairs are examples inside their answers
    return result if answered and answered * 2 >= len(result) > numbered else {}


def _asking(text: str, content: Sequence[Line]) -> dict[int, re.Match[str]]:
    """The lines that open with 问 and the like; where that says little, they must end in ？."""
    return {
        i: found
        for i, line in enumerate(content)
        if (found := _ASKS.match(text, line.span.start, line.span.end))
        and (
            not (found["weak"] or found["speaker"] == "主持人") or _ASKED.search(line.span.of(text))
        )
    }


def _answering(
    text: str, content: Sequence[Line], asking: dict[int, re.Match[str]]
) -> dict[int, int]:
    """The lines that open with 答 and the like → where the words of the answer begin."""
    return {
        i: found.end()
        for i, line in enumerate(content)
        if i not in asking
        and (found := _ANSWERS.match(text, line.span.start, line.span.end))
        and (not found["weak"] or any(above in asking for above in range(i - 3, i)))
    }


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
    bold = 0
    for i, (line, after) in enumerate(pairwise(content)):
        marked = mark_at(text, line.span.start, line.span.end) is not None
        if marked and not result:
            return {}
        if i and not marked and _is_asked(text, line) and not _is_asked(text, after):
            result[i] = Pair("", _undressed(text, line.span), i, after.span.start)
            bold += text[line.span.start] in "#*"
    return result if len(result) >= MIN_UNMARKED or bold >= MIN_BOLD else {}


def _undressed(text: str, span: Span) -> Span:
    """A question without bullets, Markdown's signs and white space around it."""
    dress = _DRESS.match(text, span.start, span.end)
    start = dress.end() if dress else span.start
    end = span.end
    while end > start and text[end - 1] == "*":
        end -= 1
    return trim(text, Span(start, end))


def _is_asked(text: str, line: Line) -> bool:
    return len(line.span) <= MAX_QUESTION and _ASKED.search(line.span.of(text)) is not None
