"""Enumerations in running text: their items, what leads into them, what noun stands behind.

Three forms: items parted by 、 (with 和, 及 or 与 before the last and 等 at the end; or quoted
names in a row), steps of equal shape between commas (推进甲，打造乙，实现丙), and marked items
(一是…二是…, (一)…(二)…).  What stands in brackets or quotes is one piece of the level around it
and may hold enumerations of its own.  Pure functions: a text and a span in, spans out, so that the
items and what lies between them make up the text again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from index.tokens import dictionary_words
from ingest.characters import CHINESE_NUMBER, CLOSERS, OPENERS, chinese_number
from ingest.schema import Span
from ingest.sentences import sentences, trim
from qa.list_edges import FILL, MORE, ROW, head_end, item_edges, word_set

Form = Literal["items", "steps", "marked"]

MIN_STEPS = 3
"""Fewest parallel steps that make an enumeration."""

_PAIRS = dict(zip(OPENERS, CLOSERS, strict=True))
STOP = re.compile(r"[，,；;。：:！？!?\n](?!\d{3}(?!\d))")
_ETC = re.compile("(?<![平高中同对初均劣优相上下])等等?(?![级待于额同效值候价第边])")
_MODAL = re.compile("应当|可以|不得|必须|严禁|采取")
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
    head = Span(after, after + head_end(rest, 0))
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
        chars[place + 1 - region.start : close - region.start] = FILL * (close - place - 1)
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
        more = list(MORE.finditer(words, place))
        ends = [
            m
            for m in _ETC.finditer(words, place)
            if not any(c.start() <= m.start() < c.end() for c in more)
        ]
        etc = next((m for m in ends if _listed(words[place : m.start()])), None)
        rest = words[etc.end() :] if etc else ""
        last = etc is None or "、" not in rest
        end = etc.start() if etc else len(words)
        found = item_edges(words, place, end, etc is not None)
        if found is not None and all(a <= b for a, b in found[0]):
            items, head = found
            if etc is not None:
                head = (etc.end(), head_end(words, etc.end()))
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
    return "、" in words or ROW.search(words) is not None


def _steps(text: str, parts: list[Span]) -> Iterator[Enumeration]:
    """Runs of pieces that each begin with a verb of doing."""
    runs: list[list[Span]] = [[]]
    for part in parts:
        words = dictionary_words(_bare(text, part).of(text)[:8])
        if words and words[0] in word_set("actions"):
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
