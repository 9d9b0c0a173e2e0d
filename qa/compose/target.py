"""A figure: joined to the question by what it counts, never by where it stands."""

import re
from decimal import Decimal
from itertools import pairwise

from index.encoder import encode_queries
from ingest.schema import Span, Target
from qa.compose.context import Context
from qa.compose.enumerated import compose_counted
from qa.compose.refusal import matter_of, not_found, not_given
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement

MIN_SUBJECT = 0.45
"""Least coverage of the topic by the words around a figure."""

SURE = 0.75
"""Coverage by a figure's own words from which it answers, however far the clause is."""

LAG = 0.25
"""A sentence without a figure that covers the topic this much better than the figure's own words
means that the document names the matter but gives no figure for it."""

MIN_SUBJECT_LENGTH = 3
"""A figure with a shorter subject, in code points, is shown with the words before it."""

EACH = 0.75
"""When several figures are asked for, each must cover the topic by this share of the best."""

MAX_DOCUMENTS = 200
"""Documents whose clauses are looked through for a heading."""
MIN_HEADING = 4
"""Shortest heading, in code points, that names a clause by itself."""

QUOTE = 90
_ALL = re.compile("(?:指标|目标|数字|数据|要求|数).{0,12}(?:汇总|罗列|列|拎|梳理|整理|有哪些|哪几)")
SEGMENT = re.compile("[，,；;。！？：:]")
_ASKED_UNIT = re.compile(
    r"(?:多少|几)(个工作日|个百分点|个|家|项|路|条|所|台|人|座|处|种|类|级|兆|倍|岁|分钟|小时|天|年|米|公里|次|件|户|名|场|张|元|钱|栋|幢|架|辆|户|位|套|门|平方米)"
)
_LOOSE_UNITS = (
    "个",
    "家",
    "项",
    "条",
    "所",
    "处",
    "种",
    "类",
    "件",
    "场",
    "路",
    "台",
    "座",
    "兆",
    "栋",
    "幢",
    "架",
    "辆",
    "位",
    "套",
    "门",
)
_MEASURES = (
    "分钟",
    "小时",
    "天",
    "年",
    "%",
    "级",
    "元",
    "万元",
    "亿元",
    "岁",
    "米",
    "公里",
    "mbps",
    "m",
)
"""Units of a measure: a figure in them never tells how many of something there are."""
_DONE = re.compile("已经?|了(?:吗|么|没|没有)|实际|完成情况")
_SEVERAL = re.compile("各(?:是|为|有|要|达|应|需)|分别|各自")
_PERCENT = re.compile("百分之|比例|占比|比重|比率|率(?:是|为|要|得|应|达|有|$|[^先领])|几成|%")
_SPEED = re.compile("速率|速度|网速|多快|带宽|mbps|兆")
_GRADE = re.compile("几级|级别|等级|什么水平|哪一?级")
_NUMBER = r"(?P<n>\d+(?:\.\d+)?)"
_ABOVE = re.compile(rf"(?<!不)(?:超过|超|多于|大于|高于|不止|突破|不少于|不低于|至少){_NUMBER}")
_BELOW = re.compile(rf"(?:低于|少于|小于|不到|不足|不超过|不高于|至多|最多){_NUMBER}")
_TIME = re.compile("几分钟|多久|多长时间|几小时|几天")


def compose_target(context: Context) -> Draft | None:
    """The figure that the topic asks for; None if nothing here is a figure question after all."""
    asked = context.asked
    if not asked.topic and asked.label == "" and asked.bound is None:
        if (listed := compose_counted(context)) is not None:
            return listed
        only = asked.document
        targets = context.corpus.targets
        return _all(context, list(targets if only is None else targets.of(only)))
    bound = asked.bound
    if bound is None and _ALL.search(asked.text) and (part := _named_part(context)) is not None:
        return _all(context, [part])
    scored = _scored(context, bound)
    key = context.ranking.best.key if context.ranking.best else None
    if bound is not None and not asked.topic:
        if (listed := compose_counted(context)) is not None:
            return listed
        return _all(context, [bound]) if scored else _no_figure(context, bound)
    if not scored and (listed := compose_counted(context)) is not None:
        return listed
    if not scored and key is not None and (above := figures_above(context, key)) is not None:
        return above
    if not scored:
        return _no_figure(context, key) if key and context.found(context.ranking.best) else None
    _, own, place, fact = scored[0]
    silent = _best_without_figure(context)
    counted = fact.unit in _LOOSE_UNITS
    other_kind = _unit_bonus(context, fact) < 0 and (_strict(context) or not counted)
    if own < MIN_SUBJECT or silent > own + LAG or other_kind:
        if (listed := compose_counted(context)) is not None:
            return listed
        if key is not None and (above := figures_above(context, key)) is not None:
            return above
        best = context.ranking.best
        sought = context.near(best) or bool(
            asked.numbers
        )  # a wrong figure makes any answer unlikely
        named = sought and max(own, silent) >= MIN_SUBJECT
        if key is not None and (named or context.found(best)):
            stated = _in_best_sentence(context, key)
            return _answer(context, key, stated) if stated else _no_figure(context, key)
        return not_found(context)
    if (agreed := _all_stated(context, place)) is not None:
        return agreed
    if _SEVERAL.search(asked.text):
        more = [(k, f) for _, o, k, f in scored[:8] if k == place and o >= EACH * own]
        if len(more) > 1:
            return _figures(context, more, context.name(place))
    draft = _answer(context, place, fact)
    if own >= SURE or context.found(context.ranking.best) or draft.status == "partial":
        return draft
    hedge = Statement(context.say("hedge"))
    return Draft("partial", (hedge, *draft.statements), draft.suggestions)


def _all_stated(context: Context, key: ClauseKey) -> Draft | None:
    """Yes, with every figure, where a question states several and the clause prints all of them."""
    numbers = context.asked.numbers
    if len(set(numbers)) < 2:
        return None
    facts = [f for f in context.corpus.targets.get(key, ()) if str(f.value) in numbers]
    if {str(f.value) for f in facts} != set(numbers):
        return None
    figures = _figures(context, [(key, f) for f in facts], context.name(key))
    yes = Statement(context.say("yes"), sums_up=True)
    return Draft("answered", (yes, *figures.statements))


def _named_part(context: Context) -> ClauseKey | None:
    """The clause with several figures that the question names by its heading, word for word."""
    only = context.only_document
    if only is None and len(context.corpus.held) > MAX_DOCUMENTS:
        return None
    keys = [
        key
        for document in ([only] if only else [info.id for info in context.corpus.held])
        for key, facts in context.corpus.targets.of(document).items()
        if len(facts) > 1
        and len(heading := folded(context.clause(key).heading)) >= MIN_HEADING
        and heading in folded(context.asked.text)
    ]
    return keys[0] if len(keys) == 1 else None


def _answer(context: Context, key: ClauseKey, fact: Target) -> Draft:
    segment = figure_segment(context, key, fact)
    words = segment.of(context.text(key))
    statements = [
        Statement(
            context.say("figure", clause=context.name(key), quote=words) + context.say("stop"),
            (Quote(key, segment),),
        )
    ]
    agree = _compared(context, fact)
    agree = _premise(context, words) if agree is None else agree
    if agree is not None:
        statements.insert(0, Statement(context.say("yes" if agree else "premise"), sums_up=True))
    label = context.clause(key).label
    follow = (f"第{label}项由谁负责?",) if label and context.duties(key) else ()
    return Draft("partial" if agree is False else "answered", tuple(statements), follow)


def _compared(context: Context, fact: Target) -> bool | None:
    """Whether the printed figure is above or below the one of the question (有没有超过150项).

    None if the question compares nothing, or if a bound leaves it open (至少100, 有没有超过150).
    """
    match = _ABOVE.search(context.asked.text) or _BELOW.search(context.asked.text)
    if match is None or not context.asked.yes_no or _PERCENT.search(match[0]):
        return None
    asked = Decimal(match["n"])
    if asked == fact.value:
        return None
    above = match.re is _ABOVE
    bigger = fact.value > asked
    if fact.comparator in ("≥", ">") and not bigger:
        return None
    if fact.comparator in ("≤", "<") and bigger:
        return None
    return bigger == above


def _premise(context: Context, words: str) -> bool | None:
    """Whether the number that a yes-no question states is printed; None if it states none."""
    asked = context.asked
    if not asked.numbers:
        return None
    printed = set(re.findall(r"\d+(?:\.\d+)?", folded(words)))
    agree = all(n in printed for n in asked.numbers)
    if agree and _DONE.search(asked.text):
        return None  # a plan says what is to be, not what has come about
    return agree if asked.yes_no or not agree else None


def _scored(
    context: Context, bound: ClauseKey | None
) -> list[tuple[float, float, ClauseKey, Target]]:
    """Figures with their score and the coverage of their own words, best first."""
    topic = context.ranking.topic
    keys = [bound] if bound else [r.key for r in context.ranking.clauses[:20]]
    facts = [(key, fact) for key in keys for fact in context.corpus.targets.get(key, ())]
    if not facts:
        return []
    segments = [figure_segment(context, key, fact).of(context.text(key)) for key, fact in facts]
    vectors = context.encoder.encode([f.subject for _, f in facts])
    similar = vectors @ encode_queries(context.encoder, [topic.text])[0]
    found = []
    for (key, fact), words, near in zip(facts, segments, similar, strict=True):
        heading = folded(context.clause(key).heading)
        subject = coverage(topic, folded(fact.subject))
        segment = coverage(topic, folded(words))
        whole = 0.8 * coverage(topic, folded(fact.sentence.of(context.text(key))) + heading)
        own = max(subject, segment, whole)
        score = own + 0.3 * segment + 0.3 * subject + 0.4 * float(near) + _unit_bonus(context, fact)
        found.append((score, own, key, fact))
    return sorted(found, key=lambda f: (-f[0], f[2], f[3].span.start))


def _unit_bonus(context: Context, fact: Target) -> float:
    """Whether the figure is of the kind that the question asks for."""
    text = context.asked.text
    if match := _ASKED_UNIT.search(text):
        wanted = {"钱": "元", "兆": "m"}.get(match[1], match[1])
        return 0.25 if wanted in folded(fact.unit) else -0.15
    for pattern, units in (
        (_PERCENT, "%％"),
        (_SPEED, "mbps"),
        (_GRADE, "级"),
        (_TIME, "分钟小时天"),
    ):
        if pattern.search(text):
            return 0.25 if folded(fact.unit) in units or folded(fact.unit) == units else -0.15
    return 0.1 if fact.comparator in ("≥", ">", "≤", "<") else 0.0


def _strict(context: Context) -> bool:
    """Whether the question asks for a kind of figure that no other kind can answer."""
    text = context.asked.text
    asked = _ASKED_UNIT.search(text)
    if asked is not None:
        return asked[1] not in _LOOSE_UNITS
    return any(p.search(text) for p in (_PERCENT, _SPEED, _GRADE, _TIME))


def _best_without_figure(context: Context) -> float:
    """How well the best sentence that states no figure covers the topic."""
    best = 0.0
    for ranked in context.ranking.clauses[:5]:
        text = context.text(ranked.key)
        figures = [f.sentence for f in context.corpus.targets.get(ranked.key, ())]
        for span in context.sentences(ranked.key):
            if span not in figures:
                best = max(best, coverage(context.ranking.topic, folded(span.of(text))))
            else:
                best = max(
                    best,
                    *(
                        coverage(context.ranking.topic, folded(part.of(text)))
                        for part in _silent_segments(context, ranked.key, span)
                    ),
                    0.0,
                )
    return best


def _silent_segments(context: Context, key: ClauseKey, sentence: Span) -> list[Span]:
    """The pieces of a sentence, between stops, that hold none of its figures."""
    text = context.text(key)
    figures = [f.span for f in context.corpus.targets.get(key, ()) if f.sentence == sentence]
    edges = [
        sentence.start,
        *(m.end() for m in SEGMENT.finditer(text, sentence.start, sentence.end)),
        sentence.end,
    ]
    pieces = [Span(a, b) for a, b in pairwise(edges) if b > a]
    return [p for p in pieces if not any(p.start < f.end and f.start < p.end for f in figures)]


def figure_segment(context: Context, key: ClauseKey, fact: Target) -> Span:
    """The piece of the sentence, between stops, that holds a figure and what it counts."""
    text = context.text(key)
    start, end = fact.sentence.start, fact.sentence.end
    low = (
        min(fact.span.start, fact.subject_span.start) if len(fact.subject_span) else fact.span.start
    )
    high = max(fact.span.end, fact.subject_span.end) if len(fact.subject_span) else fact.span.end
    for stop in SEGMENT.finditer(text, fact.sentence.start, low):
        start = stop.end()
    if stop_after := SEGMENT.search(text, high, fact.sentence.end):
        end = stop_after.start()
    if len(fact.subject_span) < MIN_SUBJECT_LENGTH and start > fact.sentence.start:
        previous = fact.sentence.start
        for stop in SEGMENT.finditer(text, fact.sentence.start, start - 1):
            previous = stop.end()
        start = previous
    return Span(start, end)


def figures_above(context: Context, key: ClauseKey) -> Draft | None:
    """The figures of the sentence that introduces the item (有下列行为之一的，处…罚款：(一)…)."""
    parent = context.clause(key).parent
    if not parent or not context.found(context.ranking.best):
        return None
    place = (key[0], parent)
    facts = context.corpus.targets.get(place, [])
    sentences = context.sentences(place)
    last = [f for f in facts if sentences and f.sentence == sentences[-1]]
    introduces = sentences and sentences[-1].of(context.text(place)).endswith(("：", ":"))
    if not last or not introduces or all(_unit_bonus(context, f) < 0 for f in last):
        return None
    return _figures(context, [(place, f) for f in last], context.name(place))


def _in_best_sentence(context: Context, key: ClauseKey) -> Target | None:
    """The one figure, with the unit that is asked for, of the sentence that covers the topic best.

    Of such a sentence nobody may say that it gives no figure.
    """
    asked = _ASKED_UNIT.search(context.asked.text)
    best = context.evidence(key)[:1]
    if asked is None or not best or best[0].coverage < MIN_SUBJECT / 2:
        return None
    facts = [f for f in context.corpus.targets.get(key, ()) if f.sentence == best[0].span]
    facts = [f for f in facts if folded(f.unit) == asked[1]]
    return facts[0] if len(facts) == 1 else None


def _no_figure(context: Context, key: ClauseKey) -> Draft:
    evidence = context.evidence(key)
    if not evidence:
        return not_found(context)
    shown, quote = context.quote(key, evidence[0].span, QUOTE)
    matter = matter_of(context, key)
    if not matter:
        return not_given(context, context.say("figure_kind"))
    words = context.say("no_figure_of", matter=matter)
    statements = [
        Statement(words, asked=(matter,)),
        Statement(context.say("says", clause=context.name(key), quote=shown), (quote,), PARAGRAPH),
    ]
    if context.duties(key):
        statements.append(context.ask_units(key))
    return Draft("partial", tuple(statements))


def _all(context: Context, keys: list[ClauseKey]) -> Draft:
    """Every bounded figure of the clauses, counted."""
    items = [
        (key, fact)
        for key in sorted(keys)
        for fact in context.corpus.targets.get(key, ())
        if fact.comparator != "=" or len(keys) == 1
    ]
    if not items:
        return not_found(context)
    scope = context.name(keys[0]) if len(keys) == 1 else context.say("documents")
    return _figures(context, items, scope)


def figures_of(context: Context, keys: list[ClauseKey], scope: str) -> Draft:
    """Every bounded figure of a unit's clauses, counted; says so if they state none."""
    items = [
        (key, fact)
        for key in keys
        for fact in context.corpus.targets.get(key, ())
        if fact.comparator != "="
    ]
    if not items:
        words = context.say("no_figures", scope=scope, count=len(keys))
        known = (str(len(keys)),)
        return Draft("partial", (Statement(words, computed=known, asked=(scope,)),))
    return _figures(context, items, context.say("tasks_of", unit=scope))


def _figures(context: Context, items: list[tuple[ClauseKey, Target]], scope: str) -> Draft:
    """A list of figures, each as printed, in reading order."""
    pieces = {(key, figure_segment(context, key, fact)) for key, fact in items}
    if len(pieces) == 1:
        return _answer(context, *items[0])
    ordered = sorted(pieces, key=lambda p: (p[0], p[1].start, p[1].end))
    labels = dict.fromkeys(context.clause(key).label for key, _ in ordered)
    head = context.say("all_targets", scope=scope, count=len(pieces))
    statements = [
        Statement(head, computed=(str(len(pieces)), *labels), asked=(scope,), sums_up=True)
    ]
    for key, span in ordered:
        statements.append(Statement(span.of(context.text(key)), (Quote(key, span),), lead=ITEM))
    return Draft("answered", tuple(statements))
