"""The sides of a comparison, told by the words: A和B有什么区别, A比B多几个, A要几家?B又要几家?

A question that compares names its sides side by side, joined by a connecting word or one after the
other between stops; what is asked of them stands before or behind.  Which unit, clause, part or
figure a side is, only the corpus can tell (`qa.compose.sides`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ingest.schema import Span
from qa import tables
from qa.scaffold import Scaffold
from qa.units import UnitMention

TABLE = "comparison.toml"
AROUND = 2
"""Code points on each side of a connecting word by which it is known as part of a heading."""
STRONG = frozenset(("more", "amount", "ratio", "differ"))
"""Cues of a question that cannot be anything but a comparison."""
LEAST = 2
"""Shortest side that has no unit and no label, in code points."""

_STOP = re.compile("[,，;；?？。!！:：]+")
_QUOTED = re.compile('[“"《]([^”"》]{1,30})[”"》]')
_QUOTES = re.compile("[“”\"'‘’]")
_OPENS = re.compile(
    "^(?:那么|那|请|麻烦|帮我|再|同是|同样是|都是|按照?|对于|关于|就|(?:比较|对比)(?:一?下)?|[查列看问]一?下)+"
)
_COUNT = re.compile("(?:总|个|项|条)?(?:数|数量|数目|多少)|负责|名下|手里|手上|手头|身上")
_LEANS = re.compile(
    "^(?:那么?|它|他)?(?:再)?(?:和|跟|与|比起?|相比|对比|同)|(?:这|那)?(?:两|二)(?:项|条|个|家|者|块|边)|[它他]们?俩?|俩"
)
"""What a question begins with or holds that leaves a side to the questions before."""
_CLAIM = re.compile(
    "(?P<same>一样(?:多|高|大|快|长)?|相同|相等)(?:吗|么|吧|[?？]|$)"
    "|比[^谁哪几多]{0,4}(?:(?P<more>多|高|大|长|快|重)|(?P<less>少|低|小|短|慢|轻))(?:些|一些|一点)?"
    "(?:吗|么|吧|对吗|[?？]|$)"
)
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
class Comparison:
    """Sides in their order and what is asked of them.

    `frame` is the folded question with the sides left out, `cues` are the keys of the table's
    `cues` that it answers to; `matter` is what is named before the sides (豫园: 商贸任务和…任务里),
    `topic` what is named behind.
    """

    text: str
    sides: tuple[Side, ...]
    frame: str
    cues: frozenset[str]
    matter: str = ""
    topic: str = ""

    def asks(self, *aspects: str) -> bool:
        """Whether the words around the sides ask for one of the table's aspects."""
        said = [side.words for side in self.sides if side.label or side.units]
        heard = " ".join([self.frame, *said])
        return any(re.search(_aspect(aspect), heard) for aspect in aspects)


@dataclass(frozen=True, slots=True)
class _Chunk:
    side: Side
    start: int
    end: int

    @property
    def kind(self) -> bool:
        """Whether it is a unit and nothing else."""
        return bool(self.side.units) and not self.side.topic and not self.side.label


def comparison(
    whole: Scaffold,
    apart: Callable[[str], Scaffold],
    headings: Sequence[str],
    before: Sequence[Scaffold] = (),
) -> Comparison | None:
    """What a question compares; None if it compares nothing or names fewer than two sides.

    `apart` takes a part of the text apart as it does with a question; `headings` are those of the
    corpus, folded.  What a question leaves out (和移动网络比呢, 这两项) are the matters of the
    questions `before`.
    """
    text = whole.text
    if not _cues(text):
        return None
    fixed = list(_fixed(whole, headings))
    rows = [_chunks(text, segment, fixed, apart) for segment in _segments(text, fixed)]
    chosen = _sides(rows)
    if len(chosen) < 2 and not (before and _LEANS.search(text)):
        return None
    frame = text
    for chunk in sorted(chosen, key=_start, reverse=True):
        frame = f"{frame[: chunk.start]} {frame[chunk.end :]}"
    cues = _cues(frame)
    if not cues or not _compares(text, frame, cues, chosen, rows):
        return None
    sides = tuple(c.side for c in chosen)
    if len(sides) < 2:
        sides = _with_earlier(sides, before)
        return Comparison(text, sides, frame, cues) if len(sides) > 1 else None
    first = min(c.start for c in chosen)
    others = [c for row in rows for c in row if c not in chosen]
    matter = " ".join(c.side.topic for c in others if c.end <= first).strip()
    behind = " ".join(c.side.topic for c in others if c.end > first).strip()
    return Comparison(text, sides, frame, cues, matter, behind)


def _compares(
    text: str,
    frame: str,
    cues: frozenset[str],
    chosen: Sequence[_Chunk],
    rows: Sequence[Sequence[_Chunk]],
) -> bool:
    """Whether the cues are enough for what the sides are and for how they are put."""
    across = sum(any(c in chosen for c in row) for row in rows) > 1
    if cues & STRONG or any(c.kind for c in chosen):
        return not across or bool(cues & STRONG)
    if _enumerated(text, chosen):
        return False
    return not across and (cues != {"together"} or bool(re.search(_aspect("bodies"), frame)))


def _with_earlier(sides: tuple[Side, ...], before: Sequence[Scaffold]) -> tuple[Side, ...]:
    """The sides with those that the questions before were about: the last, or the last two."""
    found: dict[tuple[object, ...], Side] = {}
    for one in before:
        words = one.label or one.topic or "".join(u.words for u in one.units)
        if words:
            units = one.units if not one.topic and not one.label else ()
            found[words,] = Side(words, one.topic, units, one.label)
    missing = 2 - len(sides)
    earlier = list(found.values())[-missing:]
    return (*earlier, *sides) if len(earlier) == missing else ()


def agrees(compared: Comparison, first: Decimal, second: Decimal) -> bool | None:
    """Whether the first side stands to the second as a yes-no question says (A比B高吗, 一样多吗).

    None if the question claims nothing of the kind.
    """
    match = _CLAIM.search(compared.frame)
    if match is None:
        return None
    if match["same"]:
        return first == second
    return first > second if match["more"] else first < second


def _aspect(name: str) -> str:
    """The pattern of one of the table's aspects."""
    return str(tables.toml(TABLE)["aspects"][name])


def _cues(text: str) -> frozenset[str]:
    """The cues of the table that a folded text answers to."""
    patterns = tables.toml(TABLE)["cues"]
    return frozenset(cue for cue, pattern in patterns.items() if re.search(pattern, text))


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
) -> list[_Chunk]:
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
) -> _Chunk | None:
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
    ordinal = _ORDINAL.search(words)
    if not units and not parts.label and ordinal is not None:
        topic = ordinal[0]
    if not units and not parts.label and len(topic.replace(" ", "")) < LEAST:
        return None
    return _Chunk(Side(words, topic, units, parts.label), start, end)


def _sides(rows: list[list[_Chunk]]) -> list[_Chunk]:
    """The chunks that are compared: those of one segment, else one of each of several."""
    best: list[_Chunk] = []
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


def _enumerated(text: str, chosen: Sequence[_Chunk]) -> bool:
    """Whether nothing but 、 stands between the sides, as in a list of things of one matter."""
    return all(
        text[a.end : b.start].strip() in ("、", "") for a, b in pairwise(sorted(chosen, key=_start))
    )


def _start(chunk: _Chunk) -> int:
    return chunk.start


def _different(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    """Chunks that name something else than those before them."""
    found: list[_Chunk] = []
    for chunk in chunks:
        if not any(_named(chunk) == _named(other) for other in found):
            found.append(chunk)
    return found


def _named(chunk: _Chunk) -> tuple[object, ...]:
    side = chunk.side
    return (
        side.topic.replace(" ", ""),
        side.label,
        tuple(u.printed or u.words for u in side.units),
    )
