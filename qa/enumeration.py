"""Enumerations in running text: their items, what leads into them, what noun stands behind.

Four forms: items parted by 、 (with 和, 及 or 与 before the last and 等 at the end, or quoted names
in a row), steps of equal shape between commas (推进甲，打造乙，实现丙), and marked items
(一是…二是…, (一)…(二)…).  What stands in brackets or quotes is one piece of the level around it
and may hold enumerations of its own.  Pure functions: a text and a span in, spans out, so that the
items and what lies between them make up the text again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from index.tokens import dictionary_words
from ingest.characters import CHINESE_NUMBER, CLOSERS, OPENERS, chinese_number
from ingest.schema import Span
from ingest.sentences import sentences, trim
from qa import tables

Form = Literal["items", "steps", "marked"]

MAX_HEAD = 14
"""Longest noun behind an enumeration that is repeated as what it lists, in code points."""
MIN_STEPS = 3
"""Fewest parallel steps that make an enumeration."""

_PAIRS = dict(zip(OPENERS, CLOSERS, strict=True))
_FILL = "\ufffc"
STOP = re.compile(r"[，,；;。：:！？!?\n](?!\d{3}(?!\d))")
_ETC = re.compile("(?<![平高中同对初均劣优相上下])等等?(?![级待于额同效值候价第边])")
_MORE = re.compile("等[^、]{1,12}?(?:以及|(?<!涉)(?<!普)及(?!时)|和(?!谐)|与)(?=[^、]{2,}、)")
_MODAL = re.compile("应当|可以|不得|必须|严禁|采取")
_AND = ("以及", "及", "和", "与", "或者", "或", "并")
_MARKS = (
    re.compile(rf"(?:(?<=[，,；;。：:！？\s])|^)(?P<n>{CHINESE_NUMBER})(?:是|要|为)(?=[^的])"),
    re.compile(rf"(?:(?<=[，,；;。：:！？\s])|^)第(?P<n>{CHINESE_NUMBER})[，,、：:]"),
    re.compile(rf"[(（](?P<n>{CHINESE_NUMBER}|\d{{1,2}})[)）]"),
    re.compile(r"(?:(?<=[，,；;。：:！？\s])|^)(?P<n>\d{1,2})[.．、](?!\d)"),
)
_EDGE = " \t\u3000\u2002\u00a0\n，,；;。：:、"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list in a text.  All spans are half-open code points of the text.

    `lead` holds the words before the first item, `head` the noun behind the last one (both may be
    empty); `open_ended` says that 等 stands there, so that the list is not closed; `quoted` that
    the list fills a quotation.
    """

    form: Form
    items: tuple[Span, ...]
    lead: Span
    head: Span
    open_ended: bool
    quoted: bool = False

    @property
    def span(self) -> Span:
        """The whole stretch, from the words that lead in to the noun behind."""
        start = self.lead.start if len(self.lead) else self.items[0].start
        return Span(start, max(self.items[-1].end, self.head.end))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(tables.toml("enumeration.toml")[name].split())


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(tables.toml('enumeration.toml')['endings'])})$")


def enumerations(text: str, span: Span) -> list[Enumeration]:
    """Every enumeration of a sentence, in order of its first item.

    >>> t = "打造门诊分诊、院内导航（含“楼层、房间”）和电子票据等服务场景。"
    >>> [[i.of(t) for i in e.items] for e in enumerations(t, Span(0, len(t)))]
    [['门诊分诊', '院内导航（含“楼层、房间”）', '电子票据'], ['楼层', '房间']]
    """
    pairs = _pairs(text, span)
    found = []
    for region in [span, *(Span(a + 1, b) for a, b in sorted(pairs.items()))]:
        mask = _masked(text, region, pairs)
        before = Span(region.start, region.start)
        parts = _parted(mask, region)
        for segment in parts:
            inside = _of_segment(text, mask, region.start, segment, before)
            found += [e if region == span else _quoted(text, e, region, span) for e in inside]
            before = segment
        if region == span:
            found += _steps(text, parts)
    return sorted(found, key=lambda e: (e.items[0].start, -len(e.span)))


def _quoted(text: str, listed: Enumeration, region: Span, sentence: Span) -> Enumeration:
    """A list that fills a quotation takes its lead and its noun from around it (“甲、乙”的原则)."""
    if listed.items[0].start != region.start or listed.items[-1].end != region.end:
        return listed
    stops = [m.end() for m in STOP.finditer(text, sentence.start, region.start - 1)]
    lead = Span(max([sentence.start, *stops]), region.start - 1)
    after = region.end + 1
    after += text[after : after + 1] == "的"
    stop = STOP.search(text, after, sentence.end)
    rest = text[after : stop.start() if stop else sentence.end]
    head = Span(after, after + _head_end(rest, 0))
    return replace(listed, lead=lead, head=head, quoted=True)


def marked(text: str, span: Span) -> Enumeration | None:
    """The items that numbers mark in a clause (一是…二是…, (一)…(二)…), or None.

    >>> t = "措施：一是减免房租。二是延期缴税；三是发放补贴。"
    >>> [i.of(t) for i in marked(t, Span(0, len(t))).items]
    ['一是减免房租', '二是延期缴税', '三是发放补贴']
    """
    for pattern in _MARKS:
        run: list[int] = []
        for match in pattern.finditer(text, span.start, span.end):
            if chinese_number(match["n"]) == len(run) + 1:
                run.append(match.start())
        if len(run) < 2:
            continue
        ends = [*run[1:], _paragraph_end(text, run[-1], span.end)]
        items = tuple(_bare(text, Span(a, b)) for a, b in zip(run, ends, strict=True))
        before = sentences(text, Span(span.start, run[0]))[-1:]
        lead = before[0] if before else Span(run[0], run[0])
        if all(len(item) > 3 for item in items):
            return Enumeration("marked", items, lead, Span(ends[-1], ends[-1]), False)
    return None


def _paragraph_end(text: str, start: int, most: int) -> int:
    """The end of the sentence, inside its paragraph, that the last marked item runs to."""
    found = sentences(text, Span(start, most))
    return found[0].end if found else most


def _pairs(text: str, span: Span) -> dict[int, int]:
    """Where brackets and quotes that are closed open, with where they close."""
    open_at: list[int] = []
    found: dict[int, int] = {}
    for place in range(span.start, span.end):
        char = text[place]
        if char in _PAIRS:
            open_at.append(place)
        elif char in CLOSERS:
            matching = [i for i, at in enumerate(open_at) if _PAIRS[text[at]] == char]
            if matching:
                found[open_at[matching[-1]]] = place
                del open_at[matching[-1] :]
    return found


def _masked(text: str, region: Span, pairs: dict[int, int]) -> str:
    """The text of a region with everything inside brackets and quotes blotted out."""
    chars = list(region.of(text))
    place = region.start
    while place < region.end:
        close = pairs.get(place)
        if close is None or close >= region.end:
            place += 1
            continue
        chars[place + 1 - region.start : close - region.start] = _FILL * (close - place - 1)
        place = close + 1
    return "".join(chars)


def _parted(mask: str, region: Span) -> list[Span]:
    """The pieces of a region between stops, as spans of the text."""
    edges = [0]
    for stop in STOP.finditer(mask):
        edges += [stop.start(), stop.end()]
    edges.append(len(mask))
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    return [Span(region.start + a, region.start + b) for a, b in pieces if b > a]


def _of_segment(
    text: str, mask: str, origin: int, segment: Span, before: Span
) -> Iterator[Enumeration]:
    """The enumerations of one piece between stops; one 等 may close each but the last."""
    words = mask[segment.start - origin : segment.end - origin]
    modal = next((m for m in _MODAL.finditer(words) if "、" in words[: m.start()]), None)
    if modal is not None and "、" in words[modal.end() :]:
        # 市、区政府应当及时采取补助、减免等措施 has two lists: who, and what
        for part in (
            Span(segment.start, segment.start + modal.start()),
            Span(segment.start + modal.start(), segment.end),
        ):
            yield from _of_segment(text, mask, origin, part, before)
        return
    place = 0
    while place < len(words):
        more = list(_MORE.finditer(words, place))
        ends = [
            m
            for m in _ETC.finditer(words, place)
            if not any(c.start() <= m.start() < c.end() for c in more)
        ]
        etc = next((m for m in ends if _listed(words[place : m.start()])), None)
        rest = words[etc.end() :] if etc else ""
        last = etc is None or "、" not in rest
        end = etc.start() if etc else len(words)
        found = _items(words, place, end, etc is not None)
        if found is not None:
            items, head = found
            if etc is not None:
                head = (etc.end(), _head_end(words, etc.end()))
            at = segment.start
            spans = tuple(_bare(text, Span(at + a, at + b)) for a, b in items)
            lead = Span(at + place, spans[0].start)
            if not lead.of(text).strip(_EDGE) and len(before) and not place:
                lead = Span(before.start, spans[0].start)
            if all(len(span) for span in spans):
                yield Enumeration(
                    "items",
                    spans,
                    trim(text, lead) if len(lead) else lead,
                    Span(at + head[0], at + head[1]),
                    etc is not None or any(m.end() <= end for m in more),
                )
        if last or etc is None:
            return
        place = etc.end()


def _listed(words: str) -> bool:
    """Whether a piece holds a list at all."""
    return "、" in words or _ROW.search(words) is not None


_COMMA = re.compile("、(?:以及|及|和)?")
_ROW = re.compile("(?<=[”》」])(?:以及|[和与及或])?(?=[“《「])")


def _items(
    words: str, start: int, end: int, closed: bool
) -> tuple[list[tuple[int, int]], tuple[int, int]] | None:
    """The items between two places of a segment, and the noun behind them; None if no list."""
    separators = [m.span() for m in _COMMA.finditer(words, start, end)]
    separators = separators or [m.span() for m in _ROW.finditer(words, start, end)]
    separators += [m.span() for m in _MORE.finditer(words, start, end)]
    separators.sort()
    separators = [
        one for i, one in enumerate(separators) if not i or one[0] >= separators[i - 1][1]
    ]
    if not separators:
        return None
    edges = [start, *(e for pair in separators for e in pair), end]
    items = list(zip(edges[::2], edges[1::2], strict=True))
    first, *others = items
    items[0] = (_lead_end(words, first, [words[a:b] for a, b in others]), first[1])
    head = (end, end)
    if not closed:
        others_longest = max(b - a for a, b in items[:-1])
        cut, head = _tail(words, items[-1], others_longest, [words[a:b] for a, b in items[:-1]])
        items[-1] = (items[-1][0], cut)
    if (both := _at_and(words, items[-1])) is not None:
        items[-1:] = [(items[-1][0], both[0]), (both[1], items[-1][1])]
    return items, head


def _cut_words(words: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Dictionary words with their places; what is bracketed stays one piece."""
    found = []
    for run in re.finditer("[\u3400-\u9fff]+|[^\u3400-\u9fff]+", words[start:end]):
        place = start + run.start()
        pieces = dictionary_words(run[0]) if "\u3400" <= run[0][0] <= "\u9fff" else [run[0]]
        for piece in pieces:
            found.append((piece, place, place + len(piece)))
            place += len(piece)
    return found


def _lead_end(words: str, item: tuple[int, int], others: list[str]) -> int:
    """Where the first item begins, behind the words that lead into the list."""
    start, end = item
    cuts = _cut_words(words, start, end)
    shortest = min([2, *(len(o) for o in others)])
    if all(begins_with_verb(o) for o in others):
        verbs = [a for piece, a, _ in cuts if piece in _set("actions")]
        return verbs[-1] if verbs else start
    size = _common_length(others) or _common_length(others[:-1])
    begin = start
    for piece, a, b in cuts:
        if size and end - begin == size:
            return begin
        if end - b < shortest:
            break
        leads = piece in _set("leads") and not any(piece in o for o in others)
        if leads or (piece in _set("fillers") and a == begin):
            begin = b
    possessive = words.rfind("的", begin, end - shortest)
    if possessive >= 0 and not any("的" in o for o in others):
        begin = possessive + 1
    bracket = max(words.rfind(c, begin, end) for c in "“《「")
    if bracket > begin and others and all(re.match("[“《「]", o) for o in others):
        begin = bracket  # quoted names in a row: what stands before the first is no part of it
    return begin


def begins_with_verb(item: str) -> bool:
    """Whether an item is something done (打造甲乙) and not a thing."""
    first = dictionary_words(item[:6])[:1] if re.match("[\u3400-\u9fff]", item) else []
    return bool(first) and first[0] in _set("actions")


def _common_length(items: list[str]) -> int:
    """The length that all of two or more items have, else 0."""
    sizes = {len(item) for item in items}
    if any(_FILL in item for item in items):
        return 0  # brackets make any length
    return sizes.pop() if len(items) > 1 and len(sizes) == 1 else 0


def _tail(
    words: str, item: tuple[int, int], longest: int, others: list[str]
) -> tuple[int, tuple[int, int]]:
    """Where the last item ends that no 等 closes, and the noun behind it."""
    start, end = item
    if re.match("[“《「]", words[start:end]) and all(re.match("[“《「]", o) for o in others):
        closers = [i + 1 for i in range(start, end) if words[i] in "”》」"]
        close = closers[0] if closers else end
        return close, (close, _head_end(words, close))
    if (ending := _endings().search(words, start + 2, end)) and not any(
        _endings().search(o) for o in others
    ):
        return ending.start(), (ending.start(), ending.start())
    size = _common_length(others)
    rest = end - start - size
    if size and rest >= (2 if size > 3 else 4):
        for piece, a, _ in _cut_words(words, start, end):
            if a - start == size and piece not in _AND:
                noun = a + (words[a] == "的")
                return a, (noun, end) if rest <= MAX_HEAD else (a, a)
    if end - start <= longest + 2:
        return end, (end, end)
    for piece, a, b in _cut_words(words, start, end):
        if a - start >= 2 and end - b >= 2 and not any(piece in o for o in others):
            if piece == "的":
                return a, (b, _head_end(words, b))
            if piece in _set("tails"):
                return a, (a, a)
    return end, (end, end)


def _at_and(words: str, item: tuple[int, int]) -> tuple[int, int] | None:
    """The 和 that parts the last two items, as the end of the one and the start of the other."""
    start, end = item
    for piece, a, b in _cut_words(words, start, end):
        if piece in _AND and a - start >= 2 and end - b >= 2:
            return a, b
    return None


def _head_end(words: str, start: int) -> int:
    """Where the noun behind a list ends: at a verb or at the end of the piece."""
    for piece, a, _ in _cut_words(words, start, len(words)):
        if a > start and (piece in _set("tails") or piece[0] in "的、(（"):
            return a
        if a - start > MAX_HEAD:
            return start + MAX_HEAD
    return len(words)


def _steps(text: str, parts: list[Span]) -> Iterator[Enumeration]:
    """Runs of pieces that each begin with a verb of doing."""
    runs: list[list[Span]] = [[]]
    for part in parts:
        words = dictionary_words(_bare(text, part).of(text)[:8])
        if words and words[0] in _set("actions"):
            runs[-1].append(_bare(text, part))
        elif runs[-1]:
            runs.append([])
    for run in runs:
        if len(run) >= MIN_STEPS:
            nothing = Span(run[0].start, run[0].start)
            yield Enumeration("steps", tuple(run), nothing, Span(run[-1].end, run[-1].end), False)


def _bare(text: str, span: Span) -> Span:
    """The span without white space and stops at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def between(enumeration: Enumeration) -> list[Span]:
    """What lies between the items: with the items it makes up the stretch they cover."""
    return [Span(a.end, b.start) for a, b in pairwise(enumeration.items)]
