"""The tree of clauses while the lines are read: which marks open clauses, and below which.

A mark at the start of a line opens a clause only where its number fits: it is 1, or it follows
the last number of its kind.  That is what tells the heading 第十九条 from the cross reference
第十九条 that happens to stand at the start of a line.  Nesting follows this document: a kind that
is already open closes everything down to it, unless a colon announced a list of its own; a kind
that is new opens below, unless custom ranks it above what is open.

A question opens a clause of its own, and no mark inside its answer does: see `questions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.characters import SPACE
from ingest.headings import Opening
from ingest.lines import Line
from ingest.numbering import ATTACHMENT, Mark, mark_at
from ingest.patterns import pattern
from ingest.questions import Pair, pairs
from ingest.schema import Span
from ingest.table_rows import rows
from ingest.unit_lists import announces_units

MAX_STATUTORY_HEADING = 60
"""A 编/章/节 line longer than this, in code points, is a sentence that mentions the chapter."""
_STOPS = pattern("[。；;：:]")
_CLOSING = pattern(
    r"本[\u4e00-\u9fff]{1,10}(?:自|由|有效期|从)[^。\n]{0,40}(?:施行|实施|执行|生效|解释|有效|为止|\d日)"
)
_GOES_ON = pattern("(?:[、，]|按照|依照|依据|根据|违反|符合|适用|参照|以及|或者)$")
MAX_GAP = {"条": 5, "部分": 2, "编": 2, "章": 2, "节": 2}
"""How far a number may run ahead of the last one: repealed articles leave gaps."""


@dataclass(slots=True)
class Node:
    """A clause while it grows; `end` is the end of its last line of its own.

    Of a question, `pair` has its words; of any other clause it is None.
    """

    kind: str
    rank: int
    label: str
    parent: int
    start: int
    opening: Opening | None
    end: int
    lines: int = 1
    children: list[int] = field(default_factory=list)
    pair: Pair | None = None


class Builder:
    """Reads the lines in order and keeps the stack of open clauses.

    `last` has the last number of each kind, `outer` those of lists that hold an inner list of
    their own kind.
    """

    def __init__(self, text: str, content: list[Line]) -> None:
        self.text = text
        self.content = content
        self.marks = [mark_at(text, line.span.start, line.span.end) for line in content]
        self.rows = rows(text)
        self.pairs = pairs(text, content)
        self.asked = 0
        self.next_article = list(_next_articles(self.marks))
        self.nodes = [Node("文", -1, "", -1, 0, None, 0)]
        self.stack = [0]
        self.last: dict[str, int] = {}
        self.outer: dict[str, int] = {}
        self.signed = False
        self.attachments = 0
        self.decimal = ""

    def line(self, i: int) -> None:
        """Take the next line: a new clause, or more text of the open one."""
        mark, span = self.marks[i], self.content[i].span
        if (pair := self.pairs.get(i)) is not None:
            self._ask(pair, i)
            return
        if self.nodes[self.stack[-1]].kind == "问" and not self._heads_questions(i):
            self.nodes[self.stack[-1]].lines += 1
            self.nodes[self.stack[-1]].end = span.end
            return
        if (row := self.rows.get(span.start)) is not None:
            while self.nodes[self.stack[-1]].kind == "行":
                self.stack.pop()
            self._push(Node("行", 99, f"第{row.number}行", 0, span.start, None, span.end))
            return
        if mark is not None and self._fits(mark, i):
            self._open(mark, span)
            return
        if self.nodes[self.stack[-1]].kind == "行":
            self._plain("款", self.nodes[self.stack[-1]].parent, span)
        elif self.signed or self._closes_text(span):
            self._plain("正文", 0, span)
            self.signed = False
        elif self._units_of_all(i) or self._closes_list():
            self._plain("款", self.nodes[self.stack[-1]].parent, span)
        else:
            self.nodes[self.stack[-1]].lines += 1
        self.nodes[self.stack[-1]].end = span.end

    def _ask(self, pair: Pair, i: int) -> None:
        """Open a question, under the heading right above it or beside the question before."""
        if self.nodes[self.stack[-1]].kind == "问":
            self.stack.pop()
        elif not self._heads_questions(i - 1) or self.nodes[self.stack[-1]].rank == 99:
            del self.stack[1:]
        self.asked += 1
        span = self.content[i].span
        node = Node("问", 99, pair.label, 0, span.start, None, span.end, pair=pair)
        self._push(node)
        node.end = max(span.end, pair.question.end)
        self.signed = False

    def _heads_questions(self, i: int) -> bool:
        """Whether line `i` is a numbered heading right above a question."""
        if i < 0 or i + 1 not in self.pairs or i in self.pairs:
            mark = self.marks[i] if i >= 0 else None
            return mark is not None and mark.kind is ATTACHMENT
        return self.marks[i] is not None and not _STOPS.search(self.content[i].span.of(self.text))

    def signature(self, span: Span) -> None:
        """Close everything: the issuer and the date stand under the text."""
        self._plain("落款", 0, span)
        self.signed = True
        self.last.clear()

    def _plain(self, kind: str, parent: int, span: Span) -> None:
        label = self.nodes[parent].label if kind == "款" else ""
        while self.stack[-1] != parent:
            self.stack.pop()
        self._push(Node(kind, 99, label, parent, span.start, None, span.end))

    def _push(self, node: Node) -> None:
        node.parent = self.stack[-1]
        self.nodes[node.parent].children.append(len(self.nodes))
        self.stack.append(len(self.nodes))
        self.nodes.append(node)

    def _fits(self, mark: Mark, i: int) -> bool:
        kind = mark.kind
        if kind is ATTACHMENT:
            return True
        if kind.name == "1":  # 1 总则, above 1.1
            below = next((m for m in self.marks[i + 1 :] if m is not None), None)
            return below is not None and below.label.startswith(f"{mark.label}.")
        if kind.name in ("1.1", "1.1.1") and mark.label.rsplit(".", 1)[0] != self.decimal:
            return True  # a part of a standard starts at any number
        if kind.name == "条" and self._refers(mark, i):
            return False
        length = len(self.content[i].span)
        if kind.statutory and kind.name != "条" and length > MAX_STATUTORY_HEADING:
            return False
        if mark.number == 1 or mark.number == self.outer.get(kind.name, -1) + 1:
            return True
        last = self.last.get(kind.name, 0)
        if not last:
            # a part of a code starts at any number
            return kind.name == "条" and self.next_article[i] == mark.number + 1
        # 第十条之一 repeats the number by design, kinds other than 条 by misprint
        first = last + 1 if kind.name == "条" and mark.label.endswith("条") else last
        top = self.nodes[self.stack[-1]]
        if kind.name == "条" and top.kind in ("编", "章", "节") and top.lines == 1:
            return mark.number >= first  # the articles before it may be lost in long lines
        return first <= mark.number <= last + MAX_GAP.get(kind.name, 1)

    def _refers(self, mark: Mark, i: int) -> bool:
        """Whether 第五条 at a line start is a reference: the line above goes on in this one."""
        if not i or self.text[mark.end : mark.end + 1] in SPACE:
            return False
        above = self.content[i - 1].span
        return (
            self.text.count("\n", above.end, mark.start) == 1
            and _GOES_ON.search(above.of(self.text)) is not None
        )

    def _closes_text(self, span: Span) -> bool:
        """Whether a line is about the whole text (本意见自…起施行) and not about the open item."""
        inside = any(self.nodes[i].kind in ("条", "附件", "问") for i in self.stack)
        deep = len(self.stack) > 1 and self.nodes[self.stack[-1]].kind != "正文"
        return deep and not inside and _CLOSING.match(self.text, span.start, span.end) is not None

    def _closes_list(self) -> bool:
        """Whether a line without a mark goes on with the clause above a finished list."""
        top = self.nodes[self.stack[-1]]
        if top.opening is None or top.opening.mark.kind.statutory or top.parent <= 0:
            return False
        above = self.nodes[top.parent]
        if self.text[top.end - 1] not in "。.！" or self.text[above.end - 1] not in ":：":
            return False
        items = 0
        for i in reversed(above.children):
            node = self.nodes[i]
            if node.opening is None:
                break
            if node.children or node.lines > 1:
                return False  # the items have paragraphs of their own
            items += 1
        return items >= 2

    def _units_of_all(self, i: int) -> bool:
        """Whether a line of its own lists the units of the item above, whose sub-items just ended.

        So it is where several sub-items came before it, none with a list of its own, and none
        comes after it.
        """
        top = self.nodes[self.stack[-1]]
        if top.opening is None or top.opening.mark.kind.statutory or top.parent <= 0:
            return False
        span = self.content[i].span
        if not announces_units(self.text, span, whole=True):
            return False
        above = self.nodes[top.parent]
        before = [self.nodes[child] for child in above.children]
        following = next((m for m in self.marks[i + 1 :] if m is not None), None)
        mark = top.opening.mark
        if following is not None and (following.kind, following.number) == (
            mark.kind,
            mark.number + 1,
        ):
            return False
        return len(before) > 1 and not any(
            announces_units(self.text, Span(node.start, node.end)) for node in [*before, above]
        )

    def _open(self, mark: Mark, span: Span) -> None:
        kind = mark.kind
        names = [self.nodes[i].kind for i in self.stack]
        end = self.nodes[self.stack[-1]].end
        announced = self.text[end - 1 : end] in (":", "：")
        inner = announced and mark.number == 1 and not kind.statutory and kind is not ATTACHMENT
        if inner and names.count(kind.name) == 1:
            self.outer[kind.name] = self.last[kind.name]
        elif kind.name in names:
            place = names.index(kind.name)
            if kind.name in self.outer and self._stays_inner(mark):
                place = len(names) - 1 - names[::-1].index(kind.name)
            del self.stack[place:]
        elif not inner and not (kind.name == "条" and self._heads_articles()):
            while len(self.stack) > 1 and self.nodes[self.stack[-1]].rank > kind.rank:
                self.stack.pop()
        while len(self.stack) > 1 and self.nodes[self.stack[-1]].rank == 99:
            self.stack.pop()
        if kind.name == "1.1" and "1" in (names := [self.nodes[i].kind for i in self.stack]):
            place = names.index("1")
            if not mark.label.startswith(f"{self.nodes[self.stack[place]].label}."):
                del self.stack[place:]
        above = [self.nodes[i].kind for i in self.stack]
        self.outer = {name: n for name, n in self.outer.items() if name in above}
        self.last[kind.name] = mark.number
        if kind.name in ("1.1", "1.1.1"):
            self.decimal = mark.label.rsplit(".", 1)[0]
        if kind is ATTACHMENT:
            self.last.clear()
            self.attachments += 1
        self.signed = False
        group = "/".join([str(self.attachments), *above, kind.name])
        opening = Opening(mark, Span(mark.end, span.end), group)
        self._push(Node(kind.name, kind.rank, mark.label, 0, mark.start, opening, span.end))

    def _heads_articles(self) -> bool:
        """Whether the open clause is a heading line of its own kind above articles: 一、准入."""
        top = self.nodes[self.stack[-1]]
        if top.opening is None or top.opening.mark.kind.rank != 5 or top.lines > 1:
            return False
        words = top.opening.rest.of(self.text)
        return len(words) <= MAX_STATUTORY_HEADING and not _STOPS.search(words)

    def _stays_inner(self, mark: Mark) -> bool:
        """Whether a number goes on with the inner list and not with the list around it."""
        name = mark.kind.name
        if mark.number == 1 or not 0 <= mark.number - self.last[name] <= 1:
            return False
        if mark.number != self.outer[name] + 1:
            return True
        ended = self.text[self.nodes[self.stack[-1]].end - 1] in "。.！"
        siblings = self.nodes[self.nodes[self.stack[-1]].parent].children
        before = self.nodes[siblings[-2]].end if len(siblings) > 1 else 0
        return not (ended and before and self.text[before - 1] in "；;")


def _next_articles(marks: list[Mark | None]) -> Iterator[int]:
    """For each line the number of the next article after it, 0 if there is none."""
    following = 0
    result = []
    for mark in reversed(marks):
        result.append(following)
        if mark is not None and mark.kind.name == "条":
            following = mark.number
    return reversed(result)
