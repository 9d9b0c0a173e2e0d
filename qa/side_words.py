"""The pieces of a question that may be sides of a comparison, told by the words alone.

What joins two sides (和, 比, 还是) and what begins the question about them (分别, 有什么区别) are
patterns of `qa/data/comparison.toml`; a quotation, a unit and a printed heading stay whole.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.schema import Span
from qa import tables
from qa.scaffold import Scaffold
from qa.units import UnitMention

TABLE = "comparison.toml"
AROUND = 2
"""Code points on each side of a connecting word by which it is known as part of a heading."""
LEAST = 2
"""Shortest side that has no unit and no label, in code points."""

_STOP = re.compile("[,，;；?？。!！:：]+")
_QUOTED = re.compile('[“"《]([^”"》]{1,30})[”"》]')
_QUOTES = re.compile("[“”\"'‘’]")
_OPENS = re.compile(
    "^(?:那么|那|请|麻烦|帮我|再|同是|同样是|都是|按照?|对于|关于|就|(?:比较|对比)(?:一?下)?|[查列看问]一?下)+"
)
_COUNT = re.compile("(?:总|个|项|条)?(?:数|数量|数目|多少)|负责|名下|手里|手上|手头|身上")
_ORDINAL = re.compile("[(（][一二三四五六七八九十]+[)）]")
_TOP = re.compile("最[多高大重少低小轻]")
"""列得最多的 is no side: it asks for one."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side as it was said: its folded words, and the topic, unit or clause number in them."""

    words: str
    topic: str
    units: tuple[UnitMention, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece that may be a side, and where it stands in the text (half-open code points)."""

    side: Side
    start: int
    end: int

    @property
    def kind(self) -> bool:
        """Whether it is a unit and nothing else."""
        return bool(self.side.units) and not self.side.topic and not self.side.label


def chunk_rows(
    whole: Scaffold, apart: Callable[[str], Scaffold], headings: Sequence[str]
) -> list[list[Chunk]]:
    """The pieces that name something, those between the same stops together.

    `apart` takes a part of the text apart as it does with a question; `headings` are those of the
    corpus, folded.
    """
    fixed = list(_fixed(whole, headings))
    segments = _segments(whole.text, fixed)
    return [_chunks(whole.text, segment, fixed, apart) for segment in segments]


def _fixed(whole: Scaffold, headings: Sequence[str]) -> Iterator[Span]:
    """Where words hang together: quotations, units, headings and what a heading joins."""
    text = whole.text
    yield from (Span(*m.span()) for m in _QUOTED.finditer(text))
    yield from (Span(m.start, m.end) for m in whole.units if text[m.start : m.end] == m.words)
    for heading in headings:
        if len(heading) > AROUND and (place := text.find(heading)) >= 0:
            yield Span(place, place + len(heading))
    for match in re.finditer(tables.toml(TABLE)["connectors"], text):
        around = text[max(match.start() - AROUND, 0) : match.end() + AROUND]
        if len(around) == len(match[0]) + 2 * AROUND and any(around in h for h in headings):
            yield Span(*match.span())


def _inside(place: int, spans: Sequence[Span]) -> bool:
    return any(s.start <= place < s.end for s in spans)


def _segments(text: str, fixed: Sequence[Span]) -> list[Span]:
    """The pieces between stops; one that opens with a connecting word goes on (…多,还是…多)."""
    joins = re.compile("(?:" + tables.toml(TABLE)["connectors"] + ")")
    edges, found = 0, []
    for stop in _STOP.finditer(text):
        if _inside(stop.start(), fixed) or joins.match(text, stop.end()):
            continue
        found.append(Span(edges, stop.start()))
        edges = stop.end()
    found.append(Span(edges, len(text)))
    return [s for s in found if len(s)]


def _chunks(
    text: str, segment: Span, fixed: Sequence[Span], apart: Callable[[str], Scaffold]
) -> list[Chunk]:
    """The possible sides of a segment: what stands between its connecting words."""
    pattern = re.compile(tables.toml(TABLE)["connectors"])
    joins = [
        m
        for m in pattern.finditer(text, segment.start, segment.end)
        if not _inside(m.start(), fixed)
    ]
    words = [m for m in joins if m[0] != "、"]
    if words and all(m.start() > words[-1].start() for m in joins if m[0] == "、"):
        joins = words  # A和乙、丙: what is enumerated belongs to the second side
    edges = [segment.start, *(e for m in joins for e in m.span()), segment.end]
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if (chunk := _chunk(text, start, end, fixed, apart)) is not None:
            found.append(chunk)
    return found


def _chunk(
    text: str, start: int, end: int, fixed: Sequence[Span], apart: Callable[[str], Scaffold]
) -> Chunk | None:
    """What is left of a piece before the question about it begins; None if it names nothing."""
    if opened := _OPENS.match(text[start:end].lstrip(",，;； ")):
        start += text[start:end].index(opened[0]) + opened.end()
    for frame in re.finditer(tables.toml(TABLE)["frame"], text[start:end]):
        if frame.start() > 0 and not _inside(start + frame.start(), fixed):
            end = start + frame.start()
            break
    words = text[start:end].strip(" ,，;；")
    if not words or _TOP.search(words):
        return None
    parts = apart(words)
    units = tuple(m for m in parts.units)
    topic = _QUOTES.sub("", parts.topic).strip()
    if units and _COUNT.fullmatch(topic):
        topic = ""  # 甲局的任务数量
    if not topic and any(start <= s.start and s.end <= end for s in fixed):
        topic = words if not units and not parts.label else ""  # a heading of generic words
    ordinal = _ORDINAL.search(words)
    if not units and not parts.label and ordinal is not None:
        topic = ordinal[0]
    if not units and not parts.label and len(topic.replace(" ", "")) < LEAST:
        return None
    return Chunk(Side(words, topic, units, parts.label), start, end)


def compared_chunks(rows: list[list[Chunk]]) -> list[Chunk]:
    """The chunks that are compared: those of one segment, else one of each of several."""
    best: list[Chunk] = []
    for row in rows:
        for some in ([c for c in row if not c.kind], [c for c in row if c.kind], row):
            if len(_different(some)) > max(len(best), 1):
                best = _different(some)
                break
    if best:
        return best
    every = [c for row in rows for c in row]
    for some in ([c for c in every if c.kind], [c for c in every if not c.kind]):
        if len(_different(some)) > 1:
            return _different(some)
    return _different(every)


def enumerated(text: str, chosen: Sequence[Chunk]) -> bool:
    """Whether nothing but 、 stands between the sides, as in a list of things of one matter."""
    return all(
        text[a.end : b.start].strip() in ("、", "")
        for a, b in pairwise(sorted(chosen, key=place_of))
    )


def place_of(chunk: Chunk) -> int:
    """Where a piece begins."""
    return chunk.start


def _different(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks that name something else than those before them."""
    found: list[Chunk] = []
    for chunk in chunks:
        if not any(_named(chunk) == _named(other) for other in found):
            found.append(chunk)
    return found


def _named(chunk: Chunk) -> tuple[object, ...]:
    side = chunk.side
    return (
        side.topic.replace(" ", ""),
        side.label,
        tuple(u.printed or u.words for u in side.units),
    )
