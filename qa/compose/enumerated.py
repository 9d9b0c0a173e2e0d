"""Lists that stand inside sentences: the one that is asked for, item by item, counted.

Of the enumerations in the clauses that are near the question, the one wins whose own words cover
the topic and whose noun (…等重点区域) is what the question asks for.  Its items are shown as
printed, each with the whole stretch as its quotation; where the text says 等, so does the answer.
"""

import re
from dataclasses import dataclass, replace

from ingest.characters import chinese_number
from ingest.schema import Span
from qa import tables
from qa.answer import Status
from qa.compose.context import Context
from qa.compose.subitems import compose_subitems
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement
from qa.enumeration import STOP, Enumeration, between, enumerations, marked
from qa.list_edges import begins_with_verb
from qa.wanted import LISTS, MEASURE, NUMBER, Wanted, wanted

CLAUSES, NEAR = 4, 0.7
"""Clauses that are searched for the list, and the share of the best one's score they must have."""
OWN, SENTENCE, HEADING, NOUN = 1.2, 0.6, 0.3, 0.8
"""Weights of what covers the topic (the list's own words, its sentence, the headings above) and of
how well the noun fits; chosen on the development questions."""
MIN_FIT, MIN_COVERED, MIN_BOTH = 0.5, 0.4, 1.15
"""Least fit of the noun, least coverage by list, sentence and heading, and least sum of the two."""
SURE_OWN, SURE_COVERED = 0.7, 0.75
"""Coverage by the list's own words and by all, from which a list fits whatever its noun."""
NAMED, KIND, COUNTED = 0.85, 0.9, 0.3
"""Fit where the noun is all that the question says; fit of a list of names of the kind asked for;
least coverage by its own words of a list that is counted."""
SAME = 0.85
"""Further lists of a clause are given, too, if their own words cover the topic by this share."""
MIN_SAID, SAID, SAME_NOUN = 0.3, 0.6, 0.95
"""Least coverage by the sentence unless the items are of the kind; fit from which a list may have
an item that the question names itself."""
MAX_LISTS, MAX_ITEM, MAX_CLAUSES = 4, 120, 400
"""Lists in one answer, the longest item shown whole (code points), most clauses looked through."""

_OWN_NUMBER = re.compile(rf"^(?:的|共|共计|上述|这)?(?P<n>{NUMBER})(?:{MEASURE})")
_COUNTS = re.compile(rf"(?:几|多少)(?:{MEASURE})")
_FACTS = re.compile("(?:数|数字|数据|指标|目标|目标值|任务|单位|部门|量化要求)$")
"""Nouns of questions that facts answer, not enumerations."""
_VERBS = ("监测", "培训", "建设", "打造", "推进", "开展", "支持", "提供", "改造", "升级")
"""What a noun from before 哪些 may end in that names no thing (监测哪些内容)."""
_BROAD = re.compile(
    "(?:支持|好处|举措|措施|手段|帮助|要求|变化|动作|便利|优惠|福利|政策|安排|办法|做法|影响|服务|工作)$"
)
"""Nouns that a whole clause answers rather than one list in it."""
_NAMES_LIST = re.compile(
    "(?:包括|包含|涵盖|分为|分别[是为]|如下|下列.{0,8}|以下.{0,8}|即|[是为有：:])$"
)
_STEPS = re.compile("措施|举措|做法|办法|动作|安排|手段|行动|政策支持|要求|工作")


@dataclass(frozen=True, slots=True)
class _Found:
    """An enumeration with its clause, its score and how well its noun fits."""

    key: ClauseKey
    listed: Enumeration
    score: float
    fit: float
    own: float
    said: float
    covered: float


def asks_for_list(context: Context) -> bool:
    """Whether a question that is no fact question asks for a list."""
    asked = context.asked
    if asked.expects is not None and not asked.expects.in_piece:
        return False
    return asked.intent == "list" or (
        asked.intent == "describe" and not asked.yes_no and LISTS.search(asked.text) is not None
    )


def compose_counted(context: Context) -> Draft | None:
    """The count of an enumeration, for a question for a number that no figure answers."""
    if _COUNTS.search(context.asked.text) is None:
        return None
    best = context.ranking.best
    if (items := compose_subitems(context, best.key if best is not None else None)) is not None:
        return items
    return compose_enumerated(context, best.key if best is not None else None, strict=True)


def compose_enumerated(
    context: Context, key: ClauseKey | None, strict: bool = False
) -> Draft | None:
    """The list that is asked for; None if no enumeration fits.

    `strict` is for questions for a number, where the noun must fit and not only the topic.
    """
    asks = wanted(context.asked.text)
    if asks is None or _FACTS.search(asks.noun) or (strict and not asks.noun):
        return None
    if not asks.noun and not context.asked.topic:
        return None  # 第3项有哪些内容 asks for the whole clause
    if not asks.noun and not strict:
        kinds = tables.toml("enumeration.toml")["kinds"]
        asks = replace(asks, noun=next((w for w in context.asked.topic.split() if w in kinds), ""))
    if _BROAD.search(asks.noun) and _only_noun(context, asks.noun):
        return None
    everywhere = bool(asks.noun) and context.asked.bound is None and _only_noun(context, asks.noun)
    keys = _all_clauses(context) if everywhere else _keys(context, key)
    found = [f for f in _candidates(context, keys, asks) if _answers(context, f, asks)]
    fitting = [f for f in found if f.fit >= MIN_FIT and f.covered >= MIN_COVERED]
    fitting = [f for f in fitting if f.fit + f.covered >= MIN_BOTH]
    fitting = [f for f in fitting if f.listed.form != "steps" or f.key in keys[:1]]
    if everywhere:
        fitting = [f for f in found if f.fit >= NAMED and f.listed.form == "items"]
        fitting = fitting if len({f.key for f in fitting}) == 1 else []
    elif strict:
        fitting = [f for f in fitting if f.key in keys[:1] and (f.own >= COUNTED or f.fit == KIND)]
    if not fitting and not strict and not _BROAD.search(asks.noun):
        fitting = [f for f in found if f.own >= SURE_OWN and f.covered >= SURE_COVERED]
        fitting = [f for f in fitting if f.listed.form == "items"]
    if not fitting:
        return None
    best = max(fitting, key=lambda f: (f.score, -f.listed.items[0].start))
    same = [
        f
        for f in fitting
        if f.key == best.key
        and f.listed.form == best.listed.form
        and f.own >= SAME * best.own
        and f.fit >= best.fit - 0.05
    ]
    several = len(same) > 1 and not strict and best.listed.form == "items"
    chosen = _apart(same, best)[:MAX_LISTS] if several else [best]
    chosen.sort(key=lambda f: f.listed.items[0].start)
    short = [f for f in chosen if _stated(context, f) is not None]
    statements = [s for f in chosen for s in _statements(context, f, asks, strict)]
    other_number = asks.number is not None and asks.number != len(best.listed.items)
    if other_number and len(chosen) == 1 and not short:
        statements.insert(0, Statement(context.say("premise")))
        return Draft("partial", tuple(statements), _suggestions(context, best.key))
    sure = context.asked.bound == best.key or _sure(context, best)
    if not sure:
        statements.insert(0, Statement(context.say("hedge")))
    status: Status = "answered" if sure and not short else "partial"
    return Draft(status, tuple(statements), _suggestions(context, best.key))


def _sure(context: Context, found: _Found) -> bool:
    """Whether the sentence of a list says the matter, and not only its clause."""
    top = context.ranking.best
    if found.fit == KIND and top is not None and top.key == found.key and context.near(top):
        return True
    likely = top is not None and top.key == found.key and context.found(top)
    return found.said >= (MIN_SAID if likely else 0.5) and (likely or found.covered >= 0.75)


def other_kind(context: Context, key: ClauseKey, said: Span) -> bool:
    """Whether things of a kind are asked for (学校, 专题试点) of which nothing is said.

    A kind that the table knows must be named in the clause, any other in the best sentence, unless
    that says all the rest of the topic.
    """
    asks = wanted(context.asked.text) if asks_for_list(context) else None
    if asks is None or not asks.noun:
        return False
    kinds = tables.toml("enumeration.toml")["kinds"]
    noun = asks.noun
    named = next((noun[-n:] for n in range(len(noun), 1, -1) if noun[-n:] in kinds), None)
    if named is None:
        words = folded(said.of(context.text(key)))
        return noun[-2:] not in words and coverage(context.ranking.topic, words) < SAID
    text = folded(context.clause(key).span.of(context.text(key)))
    return not any(kind in text for kind in kinds[named])


def _only_noun(context: Context, noun: str) -> bool:
    """Whether the question says no more than the noun of the list."""
    topic = context.asked.topic.strip(" 被的有了进去")
    return topic in noun or not topic.replace(noun, "").strip(" 被的有了进去")


def _all_clauses(context: Context) -> list[ClauseKey]:
    """Every clause of the document in question, if there is only one."""
    document = context.only_document
    if document is None:
        return []
    return [(document, c.ordinal) for c in context.corpus.clauses(document)][:MAX_CLAUSES]


def _keys(context: Context, key: ClauseKey | None) -> list[ClauseKey]:
    """The clauses to search: the one that is meant, else the best few with what stands above."""
    if context.asked.bound is not None:
        return [context.asked.bound]
    ranked = context.ranking.clauses[:CLAUSES]
    near = [r.key for r in ranked if r.score >= NEAR * ranked[0].score and context.near(r)]
    return list(dict.fromkeys([*([key] if key is not None else []), *near]))


def _candidates(context: Context, keys: list[ClauseKey], asks: Wanted) -> list[_Found]:
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
) -> _Found:
    """An enumeration with how well it fits the question."""
    text = context.text(key)
    topic = context.ranking.topic
    own = folded(_piece(text, sentence, listed).of(text))
    whole = folded(sentence.of(text))
    heading = folded("".join(context.clause(key).heading_path[-2:]))
    fit = _fit(listed, asks, text)
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
    return _Found(key, listed, score, fit, own_share, said, covered)


def _answers(context: Context, found: _Found, asks: Wanted) -> bool:
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
        best = max(best, weight * _shared(noun, words))
    ending = 0.0 if named else sum(item.endswith(noun[-2:]) for item in items) / len(items)
    return max(best, 0.5 + 0.4 * ending if ending and len(items) > 2 else 0.8 * ending)


def _shared(noun: str, words: str) -> float:
    """How much of a noun stands in other words, its ending counting most, in [0, 1]."""
    size = len(noun)
    for length in range(size, 1, -1):
        if noun[-length:] in words:
            return 0.6 + 0.4 * length / size
    for length in range(size - 1, 1, -1):
        if any(noun[i : i + length] in words for i in range(size - length)):
            return 0.4 + 0.4 * length / size
    return 0.0


def _apart(found: list[_Found], best: _Found) -> list[_Found]:
    """Enumerations that don't overlap, best first."""
    kept = [best]
    for other in sorted(found, key=lambda f: -f.score):
        if all(
            other.listed.span.end <= k.listed.span.start
            or k.listed.span.end <= other.listed.span.start
            or not any(
                i.start < o.end and o.start < i.end
                for i in k.listed.items
                for o in other.listed.items
            )
            for k in kept
        ):
            kept.append(other)
    return kept


def _overlap(one: Enumeration, other: Enumeration) -> bool:
    """Whether two enumerations share an item or a part of one."""
    return any(i.start < o.end and o.start < i.end for i in one.items for o in other.items)


def _stated(context: Context, found: _Found) -> int | None:
    """The number that the text gives for what it lists, if it lists fewer (资金、补贴等8项政策)."""
    match = _OWN_NUMBER.match(found.listed.head.of(context.text(found.key)))
    number = chinese_number(match["n"]) if match else None
    return number if number is not None and number > len(found.listed.items) else None


def _statements(context: Context, found: _Found, asks: Wanted, counted: bool) -> list[Statement]:
    """What is listed and how many, then the items, one by one."""
    key, listed, text = found.key, found.listed, context.text(found.key)
    quote = Quote(key, listed.span)
    stated = _stated(context, found)
    number = len(listed.items)
    known = [str(number)] + ([str(stated)] if stated else [])
    phrase = "listed_some" if stated else "listed_open" if listed.open_ended else "listed"
    if counted and not stated:
        phrase = "counted_open" if listed.open_ended else "counted"
    what = _noun(context, found, asks)
    measures = tables.toml("enumeration.toml")["measures"]
    measure = asks.measure if asks.measure not in ("", "大", "样", "点") else ""
    measure = measure or next(
        (m for m, nouns in measures.items() if what.endswith(tuple(nouns))), "项"
    )
    head = context.say(
        phrase, clause=context.name(key), count=number, stated=stated, what=what, measure=measure
    )
    asked = (asks.noun,) if asks.noun else ()
    statements = [
        Statement(head, (quote,), lead=PARAGRAPH, computed=tuple(known), asked=asked, sums_up=True)
    ]
    for item in listed.items:
        part = item
        shown = part.of(text)
        if len(part) > MAX_ITEM:
            shown, _ = context.quote(key, part, MAX_ITEM)
        statements.append(Statement(" ".join(shown.split()), (quote,), lead=ITEM))
    return statements


def _noun(context: Context, found: _Found, asks: Wanted) -> str:
    """What the list is called: the noun that the text prints behind it, else the question's."""
    head = found.listed.head.of(context.text(found.key)).strip()
    head = _OWN_NUMBER.sub("", head).removeprefix("各类").removeprefix("的")
    ending = next((n for n in range(len(asks.noun), 1, -1) if asks.noun[-n:] in folded(head)), 0)
    if ending:
        head = head[: folded(head).index(asks.noun[-ending:]) + ending]
    elif not context.asked.english:
        if asks.noun.endswith(_VERBS) or found.fit < MIN_FIT:
            return "内容"
        if asks.noun and _shared(asks.noun, folded(head)) < 0.5:
            return asks.noun
    plain = 2 <= len(head) <= 12 and not re.search('[“”《》「」"\\d()（）、]', head)
    if context.asked.english:
        return head if plain else "items"
    return head if plain else asks.noun or "内容"


def _suggestions(context: Context, key: ClauseKey) -> tuple[str, ...]:
    label = context.clause(key).label
    return (f"第{label}项由谁负责?",) if label and context.duties(key) else ()
