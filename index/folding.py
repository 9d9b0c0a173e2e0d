"""One spelling for matching: width, case, script and look-alike characters folded away.

What is quoted stays as published; only what is compared is folded.  Every folded character comes
from exactly one original code point, so a span found in folded text leads back to the original.
Folding goes character by character on purpose: a phrase dictionary would convert 乾隆 better and
lose that trace.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.patterns import pattern
from ingest.schema import Span

# U+2E80..2EF3 with their unified ideographs.  Source: Unicode's EquivalentUnifiedIdeograph.txt;
# NFKC mends U+2F00..2FDF but only two of these.  Unassigned or un-equated places hold a space.
_RADICALS_FROM = 0x2E80
_RADICALS = (
    " 厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣"
    "尢𡯂巳幺彑彐忄㣺扌攵 旡日月歺母"
    "民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹"
    "纟罓罒㓁 𦉫羊𦍌𦍋耂肀聿肉臼艹艹"
    "艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶阝"
    "钅長镸长门𨸏阝雨青韦页风飞食𩙿飠"
    "饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜"
    "龙龜亀龟"
)
# Characters that take no room on paper: soft hyphen, zero-width spaces and joiners, marks of
# direction, word joiner, variation selectors, byte order mark.
_INVISIBLE = pattern(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the way back.

    `offsets[i]` is the code point of the original that `text[i]` comes from;
    `original_length` is in code points.
    """

    text: str
    offsets: Sequence[int]
    original_length: int

    def to_original(self, start: int, end: int) -> Span:
        """The original code points behind `text[start:end]` (half-open).

        An empty span stays empty.  Raises ValueError outside the folded text.

        >>> folded = fold("㎡与ＩＰｖ６")
        >>> folded.text, folded.to_original(3, 7)
        ('m2与ipv6', Span(start=2, end=6))
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(
                f"found span {start}..{end}, expected it inside 0..{len(self.text)} of folded text"
            )
        if start == end:
            here = self.offsets[start] if start < len(self.text) else self.original_length
            return Span(here, here)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold `text` and keep the offsets.

    >>> fold("網絡安全　ＡＢＣ").text
    '网络安全 abc'
    """
    folded = text.translate(_TABLE)
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, range(len(text)), len(text))
    offsets = [place for place, char in enumerate(text) for _ in range(len(char.translate(_TABLE)))]
    return Folded(folded, offsets, len(text))


def fold_text(text: str) -> str:
    """The folded text alone.

    >>> fold_text("⺠⽣，第２０条")
    '民生,第20条'
    """
    return text.translate(_TABLE)


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of `text`, (len(text),) uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def fold_codes(text: str) -> npt.NDArray[np.uint32]:
    """`text` folded place by place, (len(text),) uint32: ten times faster on a pile of passages.

    Where folding gives several characters, or none, the first of them (or a space) stands in
    their place, so that place i is still code point i of the original.

    >>> fold_codes("㎡與Ａ").tobytes().decode("utf-32-le")
    'm与a'
    """
    codes = code_points(text)
    known = _CODES[codes]
    if not known.all():
        for code in np.unique(codes[known == 0]).tolist():
            folded = _TABLE[code]
            _UNEVEN[code] = len(folded) != 1  # before the other: a thread that sees that sees this
            _CODES[code] = ord((folded or " ")[0])
        known = _CODES[codes]
    return known


def fold_lines(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The code points of all folded texts, a line feed after each: `fold_text`, for many at once.

    A folded text holds no line feed of its own.

    >>> fold_lines(["㎡", "與\\nＡ"]).tobytes().decode("utf-32-le")
    'm2\\n与 a\\n'
    """
    lines = list(texts)
    codes = fold_codes("\n".join([*lines, ""]))
    if (uneven := _UNEVEN[code_points("\n".join([*lines, ""]))]).any():
        ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)) + 1)
        for place in np.unique(np.searchsorted(ends, np.flatnonzero(uneven), "right")).tolist():
            lines[place] = fold_text(lines[place])
        codes = fold_codes("\n".join([*lines, ""]))  # folding what is folded changes nothing
    codes[np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)) + 1) - 1] = ord("\n")
    return codes


class _Table(dict[int, str]):
    """Code point to folded string, filled as characters are met.

    `uneven` holds the characters whose folded form is not exactly one character long.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _fold_character(char)
        # `uneven` first: another thread that sees the entry must see this, too.
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


def _fold_character(char: str) -> str:
    """Fold one character until nothing changes, so that folding twice is folding once."""
    folded = char
    while True:
        before = folded
        folded = "".join(_radical(one) for one in folded)
        folded = unicodedata.normalize("NFKC", folded).casefold()
        folded = "".join(" " if one.isspace() else _simplified(one) for one in folded)
        folded = _INVISIBLE.sub("", folded)
        if folded == before:
            return folded


def _radical(char: str) -> str:
    place = ord(char) - _RADICALS_FROM
    if 0 <= place < len(_RADICALS) and _RADICALS[place] != " ":
        return _RADICALS[place]
    return char


def _simplified(char: str) -> str:
    if char < "\u2e80" or "\ud800" <= char <= "\udfff":  # OpenCC takes no lone surrogates
        return char
    simplified: str = _converter().convert(char)
    return simplified if len(simplified) == 1 else char


@cache
def _converter() -> Any:
    """OpenCC, Traditional to simplified; loaded only when a CJK character is met."""
    from opencc import OpenCC

    return OpenCC("t2s")


_TABLE = _Table()
_CODES: npt.NDArray[np.uint32] = np.zeros(0x110000, dtype=np.uint32)  # 0: not met yet
_UNEVEN: npt.NDArray[np.bool_] = np.zeros(0x110000, dtype=np.bool_)  # for what `_CODES` knows
