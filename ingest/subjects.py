"""What a quantity counts: words before a comparing word, or behind a unit that counts.

网办比例达到80%, 28个专项行动.  A quantity without such words shares them with its neighbour, or
takes them from the part of the sentence before.
"""

from functools import cache

from ingest.characters import CJK, SPACE
from ingest.numbers.quantities import Quantity
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import WHITE
from ingest.times import MAX_DEADLINE, TIME, TIME_BEGINS
from ingest.words import word_table

MAX_SUBJECT = 40
"""Longest subject kept, in code points; more is cut at the far end from the number."""

MAX_CHAIN = 8
"""How many neighbours may share their words."""

_SEGMENT = pattern('[，,。；;：:！？\n（）()“”"]|、(?=[^、]{8,})')
_JOIN = pattern(rf"[{SPACE}]*(?:、|或者?|和|及|并处?|以及|至|到)?[{SPACE}]*$")
_EACH = "每(?:人|年|月|户|次|天|日|半年|学期|学年|生)"
_LEAD = pattern(
    # the first characters of all that follows, for speed
    rf"(?=[{TIME_BEGINS}较比力争努确其分并且以同预累原一总均应或和及与、每的满实保提降扩处])"
    rf"(?:{TIME}|[较比]上一?年度?|力争|争取|努力|确保|其中|分别|并且|并(?!联)|且|以及|同时|预计|累计|原则上|一般|总计|均(?!衡)|应当"
    rf"|的(?![士确])|或者?|和(?![平谐])|及(?!时)|与|、|{_EACH}|[{SPACE}]"
    rf"|(?:满足|实现|保持|提升|提高|降低|扩大|处以|预留)(?=..))"
)
_TRAIL = pattern(
    rf"(?:最高|最低|最多|最长|最短|至少|不得|不能|原则上|分别|基本|合计|总计|力争|应当|应该|{_EACH}"
    r"|(?:每年|同比|逐年|年均|累计)?(?:提升|提高|增加|增长|降低|下降|减少|上升|扩大|缩短|压缩|延长|放宽)"
    r"|的|达到?|至|到|从|(?<!自)由|为|约|近|在|共|均|是|按|和|及|(?<!参)与|(?<![许认])可|(?<![响供反效适对])应|须"
    rf"|(?<![平同高中初])等|[、{SPACE}])$"
)
_TRAIL_ENDS = (
    frozenset(
        "高低多长短少得能上别本计争当该人年月户次天日期生升加大短缩宽的达到至从由为约近在共均是按和及与可应须等、降"
    )
    | WHITE
)
"""What every match of `_TRAIL` ends with: most words end otherwise."""

_AFTER = pattern(rf"[的之{SPACE}]*(?:及)?")
_UNFIT = pattern(
    r"[、，和或及与且并即则给至到以在由用按从不也者于后前起内外\d%％/*×=＝~～-]|可以|应当|未(?!成年)|无(?!人|障碍|线)"
)
_CUT = pattern(
    "(?<=..)(?:可(?=在|以|由|按|将|给|向)|可享|应(?=按|在|当|由|自|于)|应予|须|均(?!衡|等)|将(?!来)"
    "|要(?=在|按|求各)|用于|列入|纳入|进行|以及|且|即可|的，|"
    "(?:拓展|推进|推动|加强|深化|打造|建设|完善|优化|开展)(?=“))"
)
_WORD = pattern(f"[{CJK}]{{2}}|[A-Za-z]{{3}}")
_FINED = pattern("处以?$")


@cache
def _empty_words() -> frozenset[str]:
    """Words that say nothing of what is counted."""
    empty = [word_table("measures.toml")["empty"], *word_table("openers.toml").values()]
    return frozenset(word for words in empty for word in words)


def subject_of(
    text: str,
    sentence: Span,
    found: list[Quantity],
    baseline: list[bool],
    i: int,
) -> Span | None:
    """The words that say what is counted, or None where the sentence has none."""
    quantity = found[i]
    first, last = i, i
    while first > max(0, i - MAX_CHAIN) and (
        baseline[first - 1] or _joined(text, found[first - 1], found[first])
    ):
        first -= 1
    while last + 1 < min(len(found), i + MAX_CHAIN) and _joined(text, found[last], found[last + 1]):
        last += 1
    least = found[first - 1].span.end if first else sentence.start
    most = found[last + 1].span.start if last + 1 < len(found) else sentence.end
    left = _left(text, Span(least, found[first].span.start))
    right = _right(text, Span(found[last].span.end, most))
    of_right = text[found[last].span.end : found[last].span.end + 1] == "的"
    percent = quantity.unit in ("%", "％")
    behind_first = quantity.counting or (not quantity.compared and of_right)
    if percent and text[max(0, quantity.span.start - 1) : quantity.span.start] == "的":
        behind_first = False  # 服务费的80%用于…
    if quantity.span.of(text).startswith("每"):
        behind_first = True  # 每3年组织一次评估
    if quantity.comparator == "≤" and not percent and not quantity.compared:
        behind_first = True  # 3个月内出台方案
    if _FINED.search(text[least : found[first].span.start]):
        behind_first = True  # 并可处以五百元以上一万元以下罚款
    order = (right, left) if behind_first else (left, right)
    for choice in order:
        if _says_something(text, choice):
            return _shortened(choice) if choice is left else _longest(choice)
    end = found[first].span.start
    return _before_comma(text, Span(max(least, end - MAX_DEADLINE), end))


def _joined(text: str, one: Quantity, other: Quantity) -> bool:
    gap = text[one.span.end : other.span.start]
    return len(gap) < 4 and _JOIN.match(gap) is not None


def _left(text: str, window: Span) -> Span:
    """The words between the last stop before a quantity and the quantity."""
    start = window.start
    outside: list[int] = []
    for stop in _SEGMENT.finditer(text, window.start, window.end):
        if stop[0] in "(（“":
            outside.append(start)
        # what a bracket closes belongs to the words around it
        start = outside.pop() if stop[0] in ")）”" and outside else stop.end()
    return _stripped(text, Span(start, window.end))


def _right(text: str, window: Span) -> Span:
    """The words behind a quantity up to the next stop; empty if they can't be what it counts."""
    lead = _AFTER.match(text, window.start, window.end)
    start = lead.end() if lead else window.start
    if _UNFIT.match(text, start, window.end):
        return Span(start, start)
    end = window.end
    quoted = 0
    for stop in _SEGMENT.finditer(text, start, window.end):
        quoted += (stop[0] == "“") - (stop[0] == "”")
        if stop[0] not in "“”" or quoted < 0:
            end = stop.start()
            break
    if cut := _CUT.search(text, start, end):
        end = cut.start()
    return _stripped(text, Span(start, end))


def _before_comma(text: str, window: Span) -> Span | None:
    """The nearest earlier part of the sentence that says something: 网办比例，达到80%."""
    end = window.end
    for stop in reversed(list(_SEGMENT.finditer(text, window.start, window.end))):
        part = _left(text, Span(window.start, stop.start()))
        if stop.end() < end and _says_something(text, part):
            return _shortened(part)
        end = stop.start()
    return None


def _says_something(text: str, span: Span) -> bool:
    words = span.of(text)
    return bool(_WORD.search(words)) and words not in _empty_words()


def _longest(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + MAX_SUBJECT))


def _shortened(span: Span) -> Span:
    return Span(max(span.start, span.end - MAX_SUBJECT), span.end)


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (lead := _LEAD.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    while (
        start < end
        and text[end - 1] in _TRAIL_ENDS
        and (trail := _TRAIL.search(text[max(start, end - 12) : end]))
    ):
        end -= len(trail[0])
    for word in ("将", "把"):
        place = text.rfind(word, start, end)
        if place >= 0 and end - place > 3 and text[place + 1] not in "来近":
            start = place + 1
    return Span(start, max(start, end))
