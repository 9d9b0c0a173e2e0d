"""How well an enumeration fits a question that asks for a list.

Its own words, its sentence and the headings above it cover the topic; its noun (…等重点区域) is
what the question asks for.
"""

import re
from dataclasses import dataclass

from ingest.schema import Span
from qa import tables
from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.enumeration import STOP, Enumeration, between, enumerations, marked
from qa.list_edges import begins_with_verb
from qa.wanted import Wanted

OWN, SENTENCE, HEADING, NOUN = 1.2, 0.6, 0.3, 0.8
"""Weights of what covers the topic (the list's own words, its sentence, the headings above) and of
how well the noun fits; chosen on the development questions."""
MIN_FIT, KIND = 0.5, 0.9
"""Least fit of the noun; fit of a list of names of the kind asked for."""
MIN_SAID, SAME_NOUN = 0.3, 0.95
"""Least coverage by the sentence unless the items are of the kind; fit from which a list may have
an item that the question names itself."""
_NAMES_LIST = re.compile(
    "(?:包括|包含|涵盖|分为|分别[是为]|如下|下列.{0,8}|以下.{0,8}|即|[是为有：:])$"
)
MIN_THING = 4
"""Shortest name of a thing, in code points, by which a list of what it is for is told."""
_FUNCTIONS = re.compile("(?:功能|作用|用途|能力|模块|服务|业务|板块|环节|步骤)$")
_STEPS = re.compile("措施|举措|做法|办法|动作|安排|手段|行动|政策支持|要求|工作")


@dataclass(frozen=True, slots=True)
class FoundList:
    """An enumeration with its clause, its score and how well its noun fits."""

    key: ClauseKey
    listed: Enumeration
    score: float
    fit: float
    own: float
    said: float
    covered: float


def candidate_lists(context: Context, keys: list[ClauseKey], asks: Wanted) -> list[FoundList]:
    """The enumerations in some clauses, with how well each fits the question."""
    found = []
    for key in keys:
        text = context.text(key)
        for sentence in context.sentences(key):
            for listed in enumerations(text, sentence):
                found.append(_scored(context, key, sentence, listed, asks))
        body = context.clause(key).body
        if (listed_by := marked(text, body)) is not None:
            found.append(_scored(context, key, body, listed_by, asks))
    return found


def _scored(
    context: Context, key: ClauseKey, sentence: Span, listed: Enumeration, asks: Wanted
) -> FoundList:
    """An enumeration with how well it fits the question."""
    text = context.text(key)
    topic = context.ranking.topic
    own = folded(_piece(text, sentence, listed).of(text))
    whole = folded(sentence.of(text))
    heading = folded("".join(context.clause(key).heading_path[-2:]))
    fit = max(_fit(listed, asks, text), served(context, listed, asks, text))
    if listed.form == "steps":
        fit = 0.5 if asks.noun and _STEPS.search(asks.noun) else 0.0
    if not context.asked.topic:
        covered = own_share = 1.0
    else:
        own_share = coverage(topic, own)
        covered = max(coverage(topic, own + whole + heading), own_share)
    said = coverage(topic, whole) if context.asked.topic else 1.0
    above = coverage(topic, heading) if context.asked.topic else 1.0
    ranked = next((r for r in context.ranking.clauses if r.key == key), None)
    rank = ranked.score if ranked else 0.0
    if ranked is not None and context.found(ranked):
        covered = max(covered, min(1.0, ranked.coverage / 2 + ranked.similarity))
    top = context.ranking.clauses[0].score if context.ranking.clauses else 1.0
    score = OWN * own_share + SENTENCE * said + HEADING * above + NOUN * fit
    score += 0.4 * (rank / top if top > 0 else 0.0) + 0.1 * (len(listed.items) > 2)
    return FoundList(key, listed, score, fit, own_share, said, covered)


def can_answer(context: Context, found: FoundList, asks: Wanted) -> bool:
    """Whether a list can be the answer: its sentence says the matter, and it does not merely hold
    what the question names (文旅有哪些新场景 is not answered by 医疗、教育、文旅等场景)."""
    if found.said < MIN_SAID and found.fit != KIND:
        return False
    text = context.text(found.key)
    question = context.asked.text.replace(asks.noun, " ") if asks.noun else context.asked.text
    items = (folded(item.of(text)).strip('“”"') for item in found.listed.items)
    named = any(len(item) > 1 and item in question for item in items)
    return not named or found.fit >= SAME_NOUN


def _piece(text: str, sentence: Span, listed: Enumeration) -> Span:
    """The piece of the sentence, between stops, that an enumeration stands in."""
    stop = STOP.search(text, listed.span.end, sentence.end)
    return Span(listed.span.start, stop.start() if stop else sentence.end)


def _fit(listed: Enumeration, asks: Wanted, text: str) -> float:
    """How well the noun that is asked for is what the enumeration lists, in [0, 1]."""
    noun = asks.noun
    if not noun:
        return 0.3
    head, lead = folded(listed.head.of(text)), folded(listed.lead.of(text))
    items = [folded(i.of(text)) for i in listed.items]
    kinds = tables.toml("enumeration.toml")["kinds"]
    named = next((noun[-n:] for n in range(len(noun), 1, -1) if noun[-n:] in kinds), None)
    if named is not None:
        of_kind = sum(any(k in item for k in kinds[named]) for item in items)
        if 2 * of_kind >= len(items) and of_kind >= 2:
            return KIND
    gaps = "".join(folded(gap.of(text)) for gap in between(listed))
    last = "" if listed.open_ended or head or named else items[-1]
    if items and all(begins_with_verb(item) for item in items):
        last = ""
    attribute = text[max(0, listed.head.start - 1)] == "的" and text[listed.items[-1].end] == "的"
    best = 0.0
    heading = 0.8 if _NAMES_LIST.search(lead) else 0.4  # 原则为甲、乙 names what it lists
    behind = 0.3 if attribute else 1.0 if listed.open_ended or listed.quoted else 0.7
    places = ((head, behind), (gaps, 0.9), (lead, heading), (last, 0.7))
    for words, weight in places:
        best = max(best, weight * shared_ending(noun, words))
    ending = 0.0 if named else sum(item.endswith(noun[-2:]) for item in items) / len(items)
    return max(best, 0.5 + 0.4 * ending if ending and len(items) > 2 else 0.8 * ending)


def served(context: Context, listed: Enumeration, asks: Wanted, text: str) -> float:
    """Fit of a list that says what a thing is for: 平台有哪些功能 asks for 打造甲、乙一体化平台.

    The noun behind such a list is the thing that the question names.
    """
    head = folded(listed.head.of(text)).removeprefix("的")
    if not _FUNCTIONS.search(asks.noun) or len(head) < MIN_THING:
        return 0.0
    asked = context.asked.text.split(asks.noun)[0]
    return KIND if head[-MIN_THING:] in asked else 0.0


def shared_ending(noun: str, words: str) -> float:
    """How much of a noun stands in other words, its ending counting most, in [0, 1]."""
    size = len(noun)
    for length in range(size, 1, -1):
        if noun[-length:] in words:
            return 0.6 + 0.4 * length / size
    for length in range(size - 1, 1, -1):
        if any(noun[i : i + length] in words for i in range(size - length)):
            return 0.4 + 0.4 * length / size
    return 0.0
