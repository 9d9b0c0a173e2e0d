"""Where the words that answer stand: in a quote, and in an answer that holds the quote.

A citation's `highlights` are spans of its document.  They are display and nothing else: a span
that reaches out of the quote is cut to it, spans that touch are one, and where the answer does not
hold a quote as a whole nothing of it is marked.  Spans are half-open code points.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Place = tuple[int, int]
# A quote inside a quote is printed with the other pair.
PAIRS = str.maketrans("‘’", "“”")


def merged(spans: Iterable[Sequence[int]], start: int, end: int) -> list[Place]:
    """The spans inside [start, end), in order; those that touch are one, empty ones are none.

    >>> merged([[5, 9], [2, 3], [3, 4], [8, 30], [6, 6]], 3, 12)
    [(3, 4), (5, 12)]
    """
    found: list[Place] = []
    for first, last in sorted((max(start, one[0]), min(end, one[1])) for one in spans):
        if first >= last:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def pieces(text: str, offset: int, spans: Iterable[Sequence[int]]) -> Iterator[tuple[str, bool]]:
    """A text that begins at `offset` of its document, cut at the spans; True: it is marked.

    >>> list(pieces("补贴40%，最高28万元。", 100, [[102, 105], [106, 112]]))
    [('补贴', False), ('40%', True), ('，', False), ('最高28万元', True), ('。', False)]
    """
    end = offset + len(text)
    spots = merged(spans, offset, end)
    cuts = sorted({offset, end, *(cut for spot in spots for cut in spot)})
    starts = {spot[0] for spot in spots}
    for first, last in pairwise(cuts):
        yield text[first - offset : last - offset], first in starts


def bare(text: str) -> tuple[str, list[int]]:
    """The printed characters of a text, each with its place: a line may break elsewhere.

    >>> bare("甲  \\n 乙")
    ('甲乙', [0, 5])
    """
    kept = [place for place, one in enumerate(text) if one.isprintable() and not one.isspace()]
    return "".join(text[place] for place in kept).translate(PAIRS), kept


def holds(answer: str, quote: str) -> bool:
    """Whether the answer holds this quote as a whole.

    >>> holds("第四条：“给予补贴。  \\n最高28万元。”[1]", "给予补贴。\\n    最高28万元。")
    True
    """
    return bool(bare(quote)[0]) and bare(quote)[0] in bare(answer)[0]


def places(answer: str, citations: Iterable[Mapping[str, Any]]) -> list[Place]:
    """Where in the answer the marked words of its quotes stand; no place crosses a line.

    >>> cited = {"quote": "给予补贴。最高28万元。", "start": 7, "end": 19, "highlights": [[12, 18]]}
    >>> places("“给予补贴。  \\n最高28万元。”[1]", [cited])
    [(9, 15)]
    """
    shown, at = bare(answer)
    found: list[Place] = []
    for citation in citations:
        quote, inside = bare(citation["quote"])
        start = shown.find(quote) if quote else -1
        while start >= 0:
            for first, last in merged(citation["highlights"], citation["start"], citation["end"]):
                # the characters of the answer under this highlight; a | stands between two cells
                found += [
                    (at[start + number], at[start + number] + 1)
                    for number, place in enumerate(inside)
                    if first <= citation["start"] + place < last and quote[number] != "|"
                ]
            start = shown.find(quote, start + len(quote))
    return _lines(answer, found)


def _lines(answer: str, characters: Iterable[Place]) -> list[Place]:
    """Single characters joined to places; blanks between two of a line belong to them."""
    found: list[Place] = []
    for first, last in sorted(set(characters)):
        between = answer[found[-1][1] : first] if found else "\n"
        if not between or (between.isspace() and "\n" not in between):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
