"""How well the figures of the clauses fit a question: by what they count, and in which unit."""

import re
from itertools import pairwise

from index.encoder import encode_queries
from ingest.schema import Span, Target
from qa.compose.context import Context
from qa.concepts import coverage, folded
from qa.corpus import ClauseKey
from qa.wanted import MEASURE

MIN_SUBJECT_LENGTH = 3
"""A figure with a shorter subject, in code points, is shown with the words before it."""
SEGMENT = re.compile("[，,；;。！？：:]")
ASKED_UNIT = re.compile(
    r"(?:多少|几)(个工作日|个百分点|个|家|项|路|条|所|台|人|座|处|种|类|级|兆|倍|岁|分钟|小时|天|年|米|公里|次|件|户|名|场|张|元|钱|栋|幢|架|辆|户|位|套|门|平方米)"
)
LOOSE_UNITS = tuple("个家项条所处种类件场路台座兆栋幢架辆位套门")
"""Measure words that count things of any kind."""
_TERM = re.compile(r"(?<![a-z0-9])(?:\d+[a-z]+|[a-z]+\d+|[a-z]{2,})(?![a-z0-9])")
_PERCENT = re.compile(
    "百分[之比]|比例|占(?:到|了|得|用)?(?:多少|几|多大)|占比|比重|比率|(?<![速频功斜汇效])率(?:是|为|要|得|应|达|有|$|[^先领])|几成|%"
)
_SPEED = re.compile("速率|速度|网速|多快|带宽|mbps|兆")
_GRADE = re.compile("几级|级别|等级|什么水平|哪一?级")
_TIME = re.compile("几分钟|多久|多长时间|几小时|几天")


def scored_figures(
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
        score = own + 0.3 * segment + 0.3 * subject + 0.4 * float(near) + unit_fit(context, fact)
        found.append((score, own, key, fact))
    return sorted(found, key=lambda f: (-f[0], f[2], f[3].span.start))


def unit_fit(context: Context, fact: Target) -> float:
    """Whether the figure is of the kind that the question asks for."""
    text = context.asked.text
    if match := ASKED_UNIT.search(text):
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


_PIECE = re.compile(
    "[,，;；。?？!！、 ]+|以及|还有|另外|并且"
    "|(?<=[多少几何])(?:和|与)|(?:和|与|跟)(?=[^,，和与]{2,}各)"
)
ASKS_FIGURE = re.compile(
    f"多少|几(?:成|{MEASURE}|元|万|天|年|月|小时|分|次|倍|级|岁|人)|多[大高久长快]"
    "|封顶|上限|下限|最[多高少低长]|(?:比例|占比|比重|率|标准|规模|目标|数量|面积|时长|周期)(?=.{0,6}(?:什么|啥|要求|呢|如何|怎|是|$)|$)"
    "|各(?:是|为|要|有)"
)


def asking_pieces(text: str) -> list[str]:
    """The pieces of a question that each ask for a figure: 补几成, 单户封顶多少."""
    return [piece for piece in _PIECE.split(text) if ASKS_FIGURE.search(piece)]


def asks_one_kind(context: Context) -> bool:
    """Whether the question asks for a kind of figure that no other kind can answer."""
    text = context.asked.text
    asked = ASKED_UNIT.search(text)
    if asked is not None:
        return asked[1] not in LOOSE_UNITS
    return any(p.search(text) for p in (_PERCENT, _SPEED, _GRADE, _TIME))


def best_without_figure(context: Context) -> float:
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


def of_another(context: Context, key: ClauseKey, fact: Target) -> bool:
    """Whether the question names something by letters (4G) that a figure's sentence is not about.

    Such names tell alike things apart: the rate of 5G is none of 4G.
    """
    if context.asked.english:
        return False
    clause, text = context.clause(key), context.text(key)
    said = folded("".join(clause.heading_path) + fact.sentence.of(text))
    terms = set(_TERM.findall(context.asked.topic)) - {folded(fact.unit), "mbps", "m"}
    return any(term not in said for term in terms)


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
