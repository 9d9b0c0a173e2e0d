"""Stretches: the text between two neighbouring places where a quotation may begin or end.

Those places are the clause boundaries of the print (，；。： and the like) and white space, since a
published text may have lost its line breaks on the way.  A run of stretches is what
`qa.reader.reading` chooses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.characters import CLOSERS, SPACE
from ingest.patterns import pattern
from ingest.schema import Span

Numbers = npt.NDArray[np.int64]

ENDS = ("，,、", "。.", "；;", "：:", "！!？?", "")
"""What a stretch may end with, kind by kind; the last kind is white space or nothing."""

_CLOSED = rf"[{re.escape(CLOSERS)}\"]*"
_END = pattern(
    rf"(?:[，；。：！？…\n]+|[,;:!?](?![\dA-Za-z/=&])){_CLOSED}[{SPACE}\n]*|[{SPACE}\n]+"
)
_BREAK = pattern(rf"\n|[{SPACE}]{{2,}}|[。；！？：][{SPACE}]+$")


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of a region in reading order, row by row.

    `starts` and `ends` (n,) are code points without the white space around; `kind` (n,) is the
    place in `ENDS` of what the stretch ends with; `sentence`, `block` and `region` (n,) number the
    sentence, the paragraph and the region that it belongs to.
    """

    starts: Numbers
    ends: Numbers
    kind: Numbers
    sentence: Numbers
    block: Numbers
    region: Numbers

    def __len__(self) -> int:
        """The number of stretches."""
        return len(self.starts)


def stretches(text: str, regions: Sequence[Span]) -> Stretches:
    """The stretches of some regions, which are in reading order; a region begins a paragraph.

    >>> t = "一、窗口 可以预约，电话8888。"
    >>> found = stretches(t, [Span(0, len(t))])
    >>> [t[a:b] for a, b in zip(found.starts, found.ends)]
    ['一、窗口', '可以预约，', '电话8888。']
    """
    rows: list[tuple[int, ...]] = []
    sentence = block = 0
    for number, region in enumerate(regions):
        start = region.start
        while start < region.end:
            match = _END.search(text, start, region.end)
            end = match.end() if match else region.end
            said = text[start:end]
            bare = said.strip(SPACE + "\n")
            closed = bare.rstrip(CLOSERS + '"')
            kind = next((k for k, marks in enumerate(ENDS) if closed[-1:] in marks), len(ENDS) - 1)
            if bare:
                first = start + len(said) - len(said.lstrip(SPACE + "\n"))
                rows.append((first, first + len(bare), kind, sentence, block, number))
            if kind in (1, 2, 4) or _BREAK.search(said):
                sentence += 1
            if _BREAK.search(said):
                block += 1
            start = end
        sentence, block = sentence + 1, block + 1
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    return Stretches(*columns)
