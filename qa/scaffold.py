"""The scaffolding of a question: what it asks for, and what is left as its topic.

All texts here are folded (half width, lower case, simplified).
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace

from qa import clause_numbers, tables
from qa.asides import EXCEPT, SELF, without_asides
from qa.assumed import assumption
from qa.corpus import ClauseKey
from qa.expectation import expected
from qa.intent import intent_of, of_another_piece, with_document_facts
from qa.ranges import ranges_written_out
from qa.topic_left import EDGE, UNIT_HERE, hidden, topic_left, without
from qa.understood import Expectation, Intent
from qa.units import UnitMention, UnitNames

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?!\d)"
    r"(?=[ ]*(?:年|财年|的|版|计划|要点|$"
    r"|[^\d.%a-z个家项条座处路所台人种类级兆倍元件户名场张次米万亿余多吨套辆盏]))"
)
_DAY = re.compile(r"(?<!\d)月份?\d{1,2}[号日]")
"""A day of no certain month (这个月15号): when, and no figure."""
_INDEFINITE = re.compile("谁(?!是)[^,，。;；?？谁、]{1,8}谁[^,，。;；?？]{0,2}")
"""谁有本事谁来做 asks for nobody."""
_QUOTED = re.compile('[“"]([^”"“\ufffc]{2,16})[”"]')
_NUMBER = re.compile(r"(?<![a-z0-9.])\d+(?:[.,]\d+)*(?![a-z\d])")
_QUESTION = re.compile("谁|哪|什么|多少|几(?=[个家项条所种类])|啥|怎么|如何|为什么|为何|分别|具体")


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The parts of one question; `leans` says that it leans on the turn before, `subject` that it
    says what it is about before it asks.

    `assumed` holds the units that the question takes to be responsible without asking for it,
    `bound` is the clause that an earlier turn was about, `within` says that only those of the
    units' tasks are meant that the topic stands in.  `turn` is the place of the earlier question
    that it points at (None: the last), `nth` that of the item of a list, from 1 or from the end,
    that is asked for, `of_item` what is asked of that item ("": which it is).
    """

    text: str
    intent: Intent
    topic: str
    units: tuple[UnitMention, ...]
    label: str
    attribute: str
    yes_no: bool
    years: tuple[int, ...]
    numbers: tuple[str, ...]
    expects: Expectation | None
    leans: bool
    subject: bool
    labels: tuple[str, ...] = ()
    bound: ClauseKey | None = None
    within: bool = False
    assumed: tuple[UnitMention, ...] = ()
    turn: int | None = None
    nth: int = 0
    of_item: str = ""


def scaffold(text: str, names: UnitNames, background: Container[str]) -> Scaffold:
    """Take `text` apart.  `background` holds what names the corpus itself (its titles and
    regions); a topic that says no more than they do is no topic.
    """
    text = ranges_written_out(without_asides(text))
    units = tuple(m for m in names.find(text) if m.printed or m.words not in background)
    if (said := SELF.match(text)) and len(text) - said.end() >= 4:
        units = tuple(m for m in units if m.printed or m.start >= said.end())
    if units and not any(m.printed for m in units) and of_another_piece(text, units):
        units = ()  # 支不支持居委自己做?责任单位里有街道吗: nobody asks whether 居委 is one
    if given := assumption(text, units):
        return replace(scaffold(given.rest, names, background), assumed=given.units)
    if excepted := EXCEPT.search(text):
        start, end = excepted.span()
        others = tuple(m for m in units if m.end <= start or m.start >= end)
        if others or topic_left(text[:start] + " " + text[end:], background):
            # 除了甲局还有谁: what is excepted is not what is asked about
            return scaffold(f"{text[:start]} {text[end:]}".strip(), names, background)
    numbered = clause_numbers.said(text)
    label = numbered[0].label if numbered else ""
    yes_no = any(p.search(text) for p in tables.patterns("yes_no", "patterns"))
    leans = any(p.search(text) for p in tables.patterns("followup", "pointers"))
    bare = text
    for mention in units:
        bare = bare.replace(mention.words, UNIT_HERE)
    bare = re.sub("[《》]", " ", bare)
    bare = _INDEFINITE.sub(lambda m: hidden(m[0]), bare)
    bare = _QUOTED.sub(lambda m: m[0][0] + hidden(m[1]) + m[0][-1], bare)
    for mentioned in numbered:
        bare = bare.replace(mentioned.words, " ")
    bare = without(bare, tables.patterns("filler", "words"))
    unlabelled = _DAY.sub(" ", _YEAR.sub(" ", clause_numbers.without(text)))
    numbers = tuple(_NUMBER.findall(unlabelled))
    told = intent_of(bare, units, label, yes_no, background)
    intent, attribute, rest = told if label else with_document_facts(text, told)
    if intent == "describe" and yes_no and numbers:
        intent = "target"  # the question states a figure: it is checked against the printed one
    years = tuple(int(y) for y in _YEAR.findall(text))
    topic = topic_left(rest, background)
    if topic.replace(" ", "").isdecimal():
        topic = ""  # a number alone is no matter: 一共8项吗
    if intent == "list" and not topic and not units and not label:
        topic = rest.strip(EDGE)  # 重点任务 is generic, but it may be the heading that is meant
        if topic in ("", "内容"):
            intent, attribute, topic = "metadata", "parts", ""
    return Scaffold(
        text=text,
        intent=intent,
        topic=topic,
        units=units,
        label=label,
        attribute=attribute,
        yes_no=yes_no,
        years=years,
        numbers=numbers,
        expects=expected(text, intent),
        leans=leans,
        labels=tuple(dict.fromkeys(one.label for one in numbered[1:])),
        subject=bool(units or label or topic_left(_QUESTION.split(bare)[0], background)),
    )
