"""Which marks open clauses: those whose number fits what came before.

A mark at the start of a line opens a clause only where its number is 1 or follows the last number
of its kind.  That is what tells the heading 第十九条 from the cross reference 第十九条 that happens
to stand at the start of a line.  A chapter whose number does not fit still opens where it can be
nothing else: as a Markdown heading, or right above the article that is due.
"""

from collections.abc import Sequence
from itertools import islice

from ingest.characters import SPACE
from ingest.item_marks import inside_run
from ingest.lines import Line
from ingest.numbering import DECIMALS, Mark
from ingest.patterns import pattern
from ingest.schema import Span

MAX_STATUTORY_HEADING = 60
"""A 编/章/节 line longer than this, in code points, is a sentence that mentions the chapter."""

MAX_GAP = {"条": 5, "部分": 2, "编": 2, "分编": 2, "章": 2, "节": 2} | dict.fromkeys(DECIMALS, 3)
"""How far a number may run ahead of the last one: repealed articles leave gaps."""

HIGHEST_ITEM = 6
"""The rank of （一）, the highest number that an item may have."""

_GOES_ON = pattern("(?:[、，]|按照|依照|依据|根据|违反|符合|适用|参照|以及|或者)$")


_ENDED = pattern("[。；;]")


class Numbers:
    """The numbers that the clauses of a text have so far.

    `last` has the last number of each kind, `outer` those of lists that hold an inner list of
    their own kind.
    """

    def __init__(self, text: str, content: Sequence[Line], marks: Sequence[Mark | None]) -> None:
        self.last: dict[str, int] = {}
        self.outer: dict[str, int] = {}
        self._text = text
        self._content = content
        self._marks = marks
        self._next_article = _next_articles(marks)
        self._decimals: dict[str, str] = {}

    def opened(self, mark: Mark, above: Sequence[str]) -> None:
        """Count a mark that opened a clause below clauses of the kinds `above`."""
        self.outer = {name: n for name, n in self.outer.items() if name in above}
        self.last[mark.kind.name] = mark.number
        if mark.kind.name in DECIMALS:
            self._decimals[mark.kind.name] = _prefix(mark)

    def restart(self) -> None:
        """Begin anew, as an annex does."""
        self.last.clear()

    def fits(self, mark: Mark, i: int, below_heading: bool) -> bool:
        """Whether the mark of line `i` opens a clause.

        `below_heading` tells that nothing but the heading of a 编, 章 or 节 stands right above.
        """
        kind = mark.kind.name
        if kind == "1":  # 1 总则, above 1.1
            below = next((m for m in self._marks[i + 1 :] if m is not None), None)
            return below is not None and below.label.startswith(f"{mark.label}.")
        if kind in DECIMALS and _prefix(mark) != self._decimals.get(kind):
            return True  # a part of a standard starts at any number
        if kind == "条" and self._refers(mark, i):
            return False
        heads = mark.kind.statutory and kind != "条"
        if heads and len(self._content[i].span) > MAX_STATUTORY_HEADING:
            return False
        if mark.number == 1:
            return not self._runs_on(mark, i)
        if mark.number == self.outer.get(kind, -1) + 1:
            return True
        if heads and self._stands_above(mark, i):
            return True
        last = self.last.get(kind, 0)
        if not last:
            # a part of a code starts at any number
            return kind == "条" and self._next_article[i] == mark.number + 1
        # 第十条之一 repeats the number by design, kinds other than 条 by misprint
        first = last + 1 if kind == "条" and mark.label.endswith("条") else last
        if kind == "条" and below_heading:
            return mark.number >= first  # the articles before it may be lost in long lines
        return first <= mark.number <= last + MAX_GAP.get(kind, 1)

    def stays_inner(self, mark: Mark) -> bool | None:
        """Whether a number goes on with the inner list and not with the list around it.

        None where it would go on with both.
        """
        name = mark.kind.name
        if mark.number == 1 or not 0 <= mark.number - self.last[name] <= 1:
            return False
        return True if mark.number != self.outer[name] + 1 else None

    def _stands_above(self, mark: Mark, i: int) -> bool:
        """Whether a heading can be nothing else: it is marked as one, or what it holds is due."""
        line = self._content[i].span
        if self._text[line.start] == "#":
            return True
        below = self._marks[i + 1] if i + 1 < len(self._marks) else None
        if below is None or not below.kind.statutory or below.kind is mark.kind:
            return False
        if below.kind.rank < mark.kind.rank or _ENDED.search(line.of(self._text)):
            return False
        due = self.last.get("条", 0) + 1
        return below.number == (due if below.kind.name == "条" else 1)

    def _runs_on(self, mark: Mark, i: int) -> bool:
        """Whether a line holds a whole list of its own: ①甲；②乙。  Its items are no clauses."""
        if mark.kind.statutory or mark.kind.rank < HIGHEST_ITEM:
            return False
        line = Span(mark.start, self._content[i].span.end)
        run = inside_run(self._text, [line])
        if not run or run[0].start != mark.start:
            return False
        following = next((m for m in islice(self._marks, i + 1, None) if m is not None), None)
        return following is None or following.kind is not mark.kind or following.number == 1

    def _refers(self, mark: Mark, i: int) -> bool:
        """Whether 第五条 at a line start is a reference: the line above goes on in this one."""
        if not i or self._text[mark.end : mark.end + 1] in SPACE:
            return False
        above = self._content[i - 1].span
        return (
            self._text.count("\n", above.end, mark.start) == 1
            and _GOES_ON.search(above.of(self._text)) is not None
        )


def _prefix(mark: Mark) -> str:
    """4.2 of 4.2.1: the number of the clause above."""
    return mark.label.rsplit(".", 1)[0]


def _next_articles(marks: Sequence[Mark | None]) -> list[int]:
    """For each line the number of the next article after it, 0 if there is none."""
    following = 0
    result = []
    for mark in reversed(marks):
        result.append(following)
        if mark is not None and mark.kind.name == "条":
            following = mark.number
    return result[::-1]
