"""Quantities that a clause states, each with what is counted and how it is bounded.

A quantity is a number with its unit: 超过1930个, 达到80%, 2家以上, 600Mbps, 五级.  What is counted
stands before a comparing word (网办比例达到80%) or behind the unit (28个专项行动).  Dates, document
numbers, titles in 《》, clause labels and names such as 5G or IPv6 are no quantities.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ingest.characters import CHINESE_NUMBER, SPACE, printed_number
from ingest.schema import Clause, Comparator, Span, Target
from ingest.sentences import sentences, trim

_SEGMENT = re.compile("[，,。；;：:！？\n（）()]|、(?=[^、]{8,})")
_NO_SUBJECT = "的达至到为约近共计与和及等在将约" + SPACE
_DEADLINE = re.compile(
    rf"(?:到|至|截至|在)?[{SPACE}]*(?:\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:底|末|前|年底前)?"
    r"|“?[一二三四五十]+五”?(?:期间|期末|末)|年底前?|年内|今年)"
)
_WEAK = frozenset(("要求", "标准", "水平", "目标", "试点", "的", "底前"))
MAX_SUBJECT = 40
"""Longest subject kept, in code points; more is cut at the far end from the number."""


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, Comparator], dict[str, Comparator]]:
    table = tomllib.loads(files("ingest").joinpath("quantities.toml").read_text("utf-8"))
    before: dict[str, Comparator] = {w: c for c, ws in table["before"].items() for w in ws}
    after: dict[str, Comparator] = {w: c for c, ws in table["after"].items() for w in ws}

    def one_of(words: Sequence[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    pattern = re.compile(
        rf"(?P<before>{one_of(list(before))})?[{SPACE}]*"
        rf"(?P<number>\d[\d,]*(?:[.．]\d+)?(?:[百千万亿]+)?|(?P<chinese>{CHINESE_NUMBER}))[{SPACE}]*"
        rf"(?P<multi>多|余)?(?P<unit>{one_of(table['units'])})"
        rf"(?P<after>{one_of(list(after))})?",
        re.IGNORECASE,
    )
    return pattern, before, after


@cache
def _forbidden() -> re.Pattern[str]:
    """Stretches of text in which a number is part of a name or a date."""
    return re.compile(
        rf"《[^》\n]*》?|\d{{4}}[{SPACE}]*年(?:[{SPACE}]*\d{{1,2}}[{SPACE}]*月)?(?:[{SPACE}]*\d{{1,2}}[{SPACE}]*日)?"
        rf"|\d{{1,2}}月\d{{1,2}}日|[〔\[［]\d{{4}}[〕\]］]\s*第?\d+号"
        rf"|第[{SPACE}]*(?:\d+|{CHINESE_NUMBER})[{SPACE}]*[条款项章节批届次类号]"
        r"|(?<![0-9.])[2-6]G(?![A-Za-z])|IPv[46]|\d+\.\d+版|\d+\.0(?![\d%％万亿倍])|[A-Za-z]+\d+|\d{3,4}-\d{7,8}"
    )


@cache
def _chinese_units() -> frozenset[str]:
    table = tomllib.loads(files("ingest").joinpath("quantities.toml").read_text("utf-8"))
    return frozenset(table["chinese_numeral_units"])


def targets(text: str, clauses: Sequence[Clause]) -> list[Target]:
    """The quantities of all clauses, in reading order."""
    return [
        target
        for clause in clauses
        for sentence in sentences(text, clause.body)
        for target in _of_sentence(text, clause, sentence)
    ]


def _of_sentence(text: str, clause: Clause, sentence: Span) -> list[Target]:
    pattern, before, after = _patterns()
    forbidden = [Span(*m.span()) for m in _forbidden().finditer(text, sentence.start, sentence.end)]
    found = []
    for match in pattern.finditer(text, sentence.start, sentence.end):
        number = Span(*match.span("number"))
        if any(f.covers(number) for f in forbidden) or _inside_word(text, match):
            continue
        value = printed_number(match["number"])
        if value is None:
            continue
        prefix, suffix = match["before"], match["after"]
        comparator = before.get(prefix or "") or after.get(suffix or "") or "="
        if suffix and comparator == "=":
            comparator = after[suffix]
        span = trim(text, Span(match.start(), match.end()))
        subject = _subject(text, sentence, span, bool(prefix))
        deadline = _DEADLINE.search(sentence.of(text)[: span.start - sentence.start])
        found.append(
            Target(
                document_id=clause.document_id,
                clause=clause.ordinal,
                subject=subject.of(text),
                comparator=comparator,
                value=value,
                unit=match["unit"],
                printed=span.of(text),
                deadline=deadline[0].strip() if deadline else "",
                span=span,
                subject_span=subject,
                sentence=sentence,
            )
        )
    return found


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral is part of a word: 一体化, 一网, 唯一"""
    if match["chinese"] is None:
        return False
    start = match.start("number")
    if match["before"] or match["after"]:
        return False
    if match["chinese"] in ("一", "两", "十", "百", "千", "几"):
        return True
    if match["unit"] not in _chinese_units():
        return True  # 二路, 三门 and their likes are names more often than quantities
    return start > 0 and text[start - 1] in "第周星期十"


def _subject(text: str, sentence: Span, quantity: Span, compared: bool) -> Span:
    """What is counted: the words before a comparing word, else those behind the unit."""
    start, end = sentence.start, sentence.end
    for stop in _SEGMENT.finditer(text, sentence.start, quantity.start):
        start = stop.end()
    if following := _SEGMENT.search(text, quantity.end, sentence.end):
        end = following.start()
    left = _stripped(text, Span(start, quantity.start))
    right = _stripped(text, Span(quantity.end, end))
    if compared:
        first, second = left, right
    else:
        first, second = right, left
    weak = len(first) < 2 or first.of(text) in _WEAK
    chosen = second if weak and len(second) >= 2 else first
    if len(chosen) < 2 and start > sentence.start:  # 占比…,达到10%: the part before the comma
        previous = sentence.start
        for stop in _SEGMENT.finditer(text, sentence.start, start - 1):
            previous = stop.end()
        chosen = _stripped(text, Span(previous, start - 1))
    if len(chosen) > MAX_SUBJECT:
        if chosen.start < quantity.start:
            return Span(chosen.end - MAX_SUBJECT, chosen.end)
        return Span(chosen.start, chosen.start + MAX_SUBJECT)
    return chosen


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _NO_SUBJECT:
        start += 1
    while end > start and text[end - 1] in _NO_SUBJECT:
        end -= 1
    return Span(start, end)
