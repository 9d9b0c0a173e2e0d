"""Figures that a question states itself: whether the printed ones agree."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ingest.schema import Span, Target
from qa.claims import plain
from qa.compose.context import Context
from qa.compose.figure_fit import SEGMENT, figure_segment
from qa.concepts import Topic, coverage, folded, topic
from qa.corpus import ClauseKey
from qa.draft import Draft, Quote, Statement
from qa.figures import figures

CLAUSES = 3
"""Clauses, beside the one that was found, that are looked through for a figure."""
SAME_MATTER, BETTER = 0.4, 0.15
"""Least coverage of the topic by the words around a figure, and by how much those around another
figure may cover it better than those around the one that the question states."""
PIECES = frozenset("个家项条所处种类件座路名棵")
"""Measure words that people exchange freely: 10个企业 is 10家企业."""

_DONE = re.compile("已经?|了(?:吗|么|没|没有)|实际|完成情况")
_PARTS = re.compile("[；;]")
_RELATIVE = {"今年": 0, "本年": 0, "年内": 0, "明年": 1, "后年": 2}
_COMPARES = re.compile("超过|多于|大于|高于|不止|低于|少于|不到|不足")
_NUMBER = r"(?P<n>\d+(?:\.\d+)?)"
_BOUND = re.compile("(?P<ge>不少于|不低于|至少)|不超过|不高于|至多|最多")
_ABOVE = re.compile(rf"(?<!不)(?:超过|超|多于|大于|高于|不止|突破|不少于|不低于|至少){_NUMBER}")
_BELOW = re.compile(rf"(?:低于|少于|小于|不到|不足|不超过|不高于|至多|最多){_NUMBER}")


def compared(context: Context, fact: Target) -> bool | None:
    """Whether the printed figure is above or below the one of the question (有没有超过150项).

    None if the question compares nothing, or if a bound leaves it open (至少100, 有没有超过150).
    """
    match = _ABOVE.search(context.asked.text) or _BELOW.search(context.asked.text)
    if match is None or not context.asked.yes_no:
        return None
    asked = Decimal(match["n"])
    if asked == fact.value:
        return None
    own_bound = _BOUND.match(match[0])
    if own_bound and fact.comparator in (("≥", ">") if own_bound["ge"] else ("≤", "<")):
        return False  # 不超过5次 is no other way to say 不超过2次
    above = match.re is _ABOVE
    bigger = fact.value > asked
    if fact.comparator in ("≥", ">") and not bigger:
        return None
    if fact.comparator in ("≤", "<") and bigger:
        return None
    return bigger == above


def stated(context: Context, words: str) -> bool | None:
    """Whether the number that a yes-no question states is printed; None if it states none."""
    asked = context.asked
    if not asked.numbers:
        return None
    printed = set(re.findall(r"\d+(?:\.\d+)?", folded(words)))
    agree = all(n in printed for n in asked.numbers)
    if agree and _DONE.search(asked.text):
        return None  # a plan says what is to be, not what has come about
    return agree if asked.yes_no or not agree else None


def ambiguous(context: Context, key: ClauseKey, fact: Target) -> bool:
    """Whether the figure may be one of something else: another of its unit in the same sentence
    stands beside words that fit the question nearly as well (…的奖励15万元；…的奖励50万元)."""
    rivals = [
        f
        for f in context.corpus.targets.get(key, ())
        if f.sentence == fact.sentence and f.unit == fact.unit and f.value != fact.value
    ]
    text, matter = context.text(key), matter_apart(context)
    for around in (figure_segment, _part):
        own = coverage(matter, folded(around(context, key, fact).of(text)))
        others = [coverage(matter, folded(around(context, key, f).of(text))) for f in rivals]
        if own >= SAME_MATTER and own > max(others, default=0.0) + BETTER:
            return False
    return bool(rivals)


def bound_differs(context: Context, fact: Target) -> bool:
    """Whether a question states the printed number with the opposite bound (不超过 for 超过)."""
    for kind, value, _, bound, *_ in (f.key for f in figures(plain(context.asked.text))):
        if kind == "number" and value == format(fact.value.normalize(), "f"):
            if bound in ("le", "lt") and fact.comparator in ("≥", ">"):
                return True
            if bound in ("ge", "gt") and fact.comparator in ("≤", "<"):
                return True
    return False


def _part(context: Context, key: ClauseKey, fact: Target) -> Span:
    """The part of the sentence, between semicolons, that a figure stands in."""
    text = context.text(key)
    stops = [m.end() for m in _PARTS.finditer(text, fact.sentence.start, fact.sentence.end)]
    edges = [fact.sentence.start, *stops, fact.sentence.end]
    return next((Span(a, b) for a, b in pairwise(edges) if a <= fact.span.start < b), fact.sentence)


_MONTH = re.compile("[0-9一二三四五六七八九十]月|月[底末]|季度|半年")
_BY = re.compile("(?:底|末|初|中旬|[日号])?(?:之?前|以前|截止|到期)|期限|截止")


def due_differs(context: Context, key: ClauseKey, fact: Target) -> bool:
    """Whether a yes-no question states another date or year than the figure's sentence prints."""
    asked = context.asked
    if not asked.yes_no:
        return False
    said = [f.key[1:4] for f in figures(plain(asked.text)) if f.key[0] == "date"]
    own = _own_year(context, key)
    said += [
        (str(own + later), "", "")
        for word, later in _RELATIVE.items()
        if own is not None and word in asked.text and not any(year for year, *_ in said)
    ]
    words = plain(fact.sentence.of(context.text(key)))
    printed = [f.key[1:4] for f in figures(words) if f.key[0] == "date"]
    return bool(said and printed) and not any(_agree(s, p) for s in said for p in printed)


def due_missing(context: Context, key: ClauseKey, place: Span) -> bool:
    """Whether a yes-no question states a month by which, and the sentence with `place` has none."""
    asked = context.asked
    if not asked.yes_no or not _BY.search(asked.text) or not _MONTH.search(asked.text):
        return False
    whole = next((s for s in context.sentences(key) if s.covers(place)), place)
    return _MONTH.search(whole.of(context.text(key))) is None


def _own_year(context: Context, key: ClauseKey) -> int | None:
    """The year that 今年 means in a document: that of its title, else of its issue."""
    info = context.corpus.infos[key[0]]
    titled = re.search(r"(?:19|20)\d{2}", info.title)
    if titled is not None:
        return int(titled[0])
    return info.issued.year if info.issued is not None else None


def _agree(said: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    return all(not s or not p or s == p for s, p in zip(said, printed, strict=True))


def compose_stated(context: Context, key: ClauseKey) -> Draft | None:
    """Whether a figure of a yes-no question is what the text prints of the same matter.

    It reads figures that no `Target` holds, and written-out ones (四级, 五家以上, 百分之十五);
    None where the question states none or the text prints none of that measure on the matter.
    """
    asked = context.asked
    if not asked.yes_no or _DONE.search(asked.text) or _COMPARES.search(asked.text):
        return None
    said = _counted(asked.text)
    if len(said) != 1:
        return None
    ((value, measure),) = said
    matter = matter_apart(context)
    found = [
        (coverage(matter, folded(piece.of(context.text(place)))), place, piece, of)
        for place in _places(context, key)
        for piece in _pieces(context, place)
        if (of := {v for v, m in _counted(plain(piece.of(context.text(place)))) if m == measure})
    ]
    best = max((one[0] for one in found), default=0.0)
    if best < SAME_MATTER:
        return None
    agreeing = [one for one in found if value in one[3] and one[0] >= best - BETTER]
    _, place, piece, _ = max(agreeing or found, key=lambda one: one[0])
    words = context.say("figure", clause=context.name(place), quote=piece.of(context.text(place)))
    undated = due_missing(context, place, piece)
    what = context.say("date_kind")
    statements = [
        Statement(context.say("not_given", what=what), asked=(what,))
        if undated
        else Statement(context.say("yes" if agreeing else "premise"), sums_up=True),
        Statement(words + context.say("stop"), (Quote(place, piece),)),
    ]
    if context.duties(place):
        statements.append(context.ask_units(place))
    return Draft("answered" if agreeing and not undated else "partial", tuple(statements))


def matter_apart(context: Context) -> Topic:
    """The topic without the figures that the question states."""
    words = plain(context.asked.topic)
    for figure in reversed(figures(words)):
        words = words[: figure.span[0]] + " " + words[figure.span[1] + 1 :]
    return topic(words, context.corpus.frequencies, context.corpus.importance)


def _counted(text: str) -> set[tuple[str, str]]:
    """The numbers of a folded text with what they count; one thing is no number (一网, 一件事)."""
    return {
        (value, "个" if measure in PIECES else measure)
        for kind, value, measure, *_ in (figure.key for figure in figures(text))
        if kind == "number" and measure and value != "1"
    }


def _places(context: Context, key: ClauseKey) -> list[ClauseKey]:
    near = [r.key for r in context.ranking.clauses[:CLAUSES] if context.near(r)]
    return list(dict.fromkeys([key, *near])) if context.asked.bound is None else [key]


def _pieces(context: Context, key: ClauseKey) -> Iterator[Span]:
    """The pieces of the sentences of a clause between their stops."""
    text = context.text(key)
    for sentence in context.sentences(key):
        stops = [m.end() for m in SEGMENT.finditer(text, sentence.start, sentence.end)]
        for start, end in pairwise([sentence.start, *stops, sentence.end]):
            piece = text[start:end]
            kept = piece.rstrip("，,；;。！？：: \n")
            if kept.strip():
                start += len(kept) - len(kept.lstrip())
                yield Span(start, start + len(kept.strip()))
