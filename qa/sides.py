"""Comparisons: the sides that a question names, and what it asks of them.

A question that compares names its sides side by side, joined by a connecting word or one after the
other between stops (A和B有什么区别, A比B多几个, A要几家?B又要几家?).  Which unit, clause, part or
figure a side is, only the corpus can tell (`qa.compose.sides`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa import tables
from qa.scaffold import Scaffold
from qa.side_words import TABLE, Chunk, Side, chunk_rows, compared_chunks, enumerated, place_of

__all__ = ["STRONG", "Comparison", "Side", "agrees", "comparison"]

STRONG = frozenset(("more", "amount", "ratio", "differ", "sum"))
"""Cues of a question that cannot be anything but a comparison."""
_LEANS = re.compile(
    "^(?:那么?|它|他)?(?:再)?(?:和|跟|与|比起?|相比|对比|同)|(?:这|那)?(?:两|二)(?:项|条|个|家|者|块|边|头)|[它他]们?俩?|俩"
    "|^(?:那)?(?:谁|哪(?:个|家|边|头|项|条))(?:的)?(?:任务|活|事|担子)?(?:更|要|比较)?[多少高低大重]"
)
"""What a question begins with or holds that leaves a side to the questions before."""
_BOTH = re.compile("(?:这|那|上述|前面)?(?:两|二)(?:项|条|个|家|者|块|边|头)")
_CLAIM = re.compile(
    "(?P<same>一样(?:多|高|大|快|长)?|相同|相等)(?:吗|么|吧|[?？]|$)"
    "|比[^谁哪几多]{0,4}(?:(?P<more>多|高|大|长|快|重)|(?P<less>少|低|小|短|慢|轻))(?:些|一些|一点)?"
    "(?:吗|么|吧|对吗|[?？]|$)"
)


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


def comparison(
    whole: Scaffold,
    apart: Callable[[str], Scaffold],
    headings: Callable[[], Sequence[str]],
    before: Sequence[Scaffold] = (),
) -> Comparison | None:
    """What a question compares; None if it compares nothing or names fewer than two sides.

    `apart` takes a part of the text apart as it does with a question; `headings` gives those of
    the corpus, folded, and is called for a question that may compare.  What a question leaves out
    (和移动网络比呢, 这两项) are the matters of the questions `before`.
    """
    text = whole.text
    if not _cues(text) and "比" not in text:
        return None
    rows = chunk_rows(whole, apart, headings())
    chosen = compared_chunks(rows)
    if len(chosen) < 2 and not (before and _LEANS.search(text)):
        return None
    frame = text
    for chunk in sorted(chosen, key=place_of, reverse=True):
        frame = f"{frame[: chunk.start]} {frame[chunk.end :]}"
    cues = _cues(frame)
    if not cues or not _compares(text, frame, cues, chosen, rows):
        return None
    sides = tuple(c.side for c in chosen)
    if len(sides) < 2:
        if _BOTH.search(text) and len(before) > 1:
            sides = ()  # 两边都有的是谁: both are matters of questions before
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
    chosen: Sequence[Chunk],
    rows: Sequence[Sequence[Chunk]],
) -> bool:
    """Whether the cues are enough for what the sides are and for how they are put."""
    across = sum(any(c in chosen for c in row) for row in rows) > 1
    if across and cues & STRONG == {"sum"} and not _summed_up(text, chosen):
        return False
    if cues & STRONG or any(c.kind for c in chosen):
        return not across or bool(cues & STRONG)
    if len(chosen) > 1 and enumerated(text, chosen):
        return False
    return not across and (cues != {"together"} or bool(re.search(_aspect("bodies"), frame)))


def _summed_up(text: str, chosen: Sequence[Chunk]) -> bool:
    """Whether what asks for a sum stands behind the sides that are put between stops."""
    match = re.search(tables.toml(TABLE)["cues"]["sum"], text)
    return match is None or all(chunk.start < match.start() for chunk in chosen)


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
    patterns, plain = tables.toml(TABLE)["cues"], text.replace(" ", "")
    return frozenset(cue for cue, pattern in patterns.items() if re.search(pattern, plain))
