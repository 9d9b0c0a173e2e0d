"""Lines that were wrapped by hand: which line breaks of a text lie inside a paragraph.

Two signs tell one.  A line ends in a word or stop that cannot end a paragraph (按照, 、), and the
next line follows at once.  Or the text is set at a constant width: many lines are equally long and
end without a stop; then such a line goes on in the next one unless that opens a clause.
"""

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from ingest.characters import SPACE
from ingest.numbering import mark_at
from ingest.patterns import pattern
from ingest.schema import Span

MIN_WIDTH = 28
"""Narrowest column, in half-width characters, that text is wrapped at."""

WIDE = 40
MIN_CLOSED = 0.1
"""Lines of a narrower column may be a list of names; so, for each of them that is full, there must
be this share of lines that a stop closes."""

MIN_LINES = 5
"""So many lines of the same width, none of them closed by a stop, show that a text is wrapped."""

SLACK = 2
"""How much narrower, in half-width characters, a full line may be: one ideograph did not fit."""

SHARE = 0.5
"""Least share of such lines among all that are as wide or wider."""

_GOES_ON = pattern(r"(?:[、，,（(《“]|按照|依照|依据|根据|违反|符合|适用|参照|以及|或者)$")
_STOPPED = pattern("[。；;]$")
_CLOSED = pattern(r"[。；;：:！？!?…”）)》】|]$")


@lru_cache(maxsize=2)
def wrapped(text: str) -> frozenset[int]:
    """The places of the line breaks of `text` that end no paragraph.

    >>> t = "第二条\\u3000违反本办法，按照\\n第五条处理。\\n第三条\\u3000施行。"
    >>> [t[place - 2 : place + 3] for place in wrapped(t)]
    ['按照\\n第五']
    """
    if "\n" not in text:
        return frozenset()
    rows, widths = _rows(text)
    width = _column(text, rows, widths)
    found = set()
    for (row, own), (below, _) in pairwise(zip(rows, widths, strict=True)):
        words = row.of(text)
        if not words or not len(below) or "|" in words or "\t" in words:
            continue
        full = width and own >= width - SLACK and not _CLOSED.search(words)
        if not full and not _GOES_ON.search(words):
            continue
        opens = mark_at(text, below.start, below.end, titled=True)
        if opens is None or (opens.kind.statutory and not _spaced(text, opens.end)):
            found.add(text.index("\n", row.end))
    return frozenset(found)


def _rows(text: str) -> tuple[list[Span], list[int]]:
    """The lines without outer white space, and how wide each is with its indent."""
    found, widths, start = [], [], 0
    for line in text.split("\n"):
        kept = line.strip(SPACE)
        indent = line[: len(line) - len(line.lstrip(SPACE))]
        found.append(Span(start + len(indent), start + len(indent) + len(kept)))
        widths.append(_width(indent + kept) if kept else 0)
        start += len(line) + 1
    return found, widths


def _column(text: str, rows: list[Span], measured: list[int]) -> int:
    """The width at which the text is wrapped, or 0 if it is not."""
    widths = [
        (width, bool(_CLOSED.search(row.of(text))))
        for row, width in zip(rows, measured, strict=True)
        if width >= MIN_WIDTH
    ]
    counts = Counter(width for width, ends in widths if not ends)
    closed = sum(_STOPPED.search(row.of(text)) is not None for row in rows)
    for width in sorted(counts, reverse=True):
        same = sum(counts[width - d] for d in range(SLACK + 1))
        wide = sum(w >= width - SLACK for w, _ in widths)
        wider = sum(w > width + SLACK for w, _ in widths)
        prose = width >= WIDE or closed >= same * MIN_CLOSED
        if same >= MIN_LINES and same / wide >= SHARE and wider <= same / 10 and prose:
            return width
    return 0


def _width(words: str) -> int:
    return sum(1 if c < "\u1100" else 2 for c in words)


def _spaced(text: str, at: int) -> bool:
    return text[at : at + 1] in SPACE
