"""The tree of clauses while the lines are read: below which clause a new one opens.

Whether a mark opens a clause is told by its number: see `fitting`.  Nesting follows this document:
a kind that is already open closes everything down to it, unless a colon announced a list of its
own; a kind that is new opens below, unless custom ranks it above what is open.

A question opens a clause of its own, and no mark inside its answer does: see `questions`.
"""

from itertools import islice

from ingest.annexes import annexes
from ingest.closing import closes_list, closes_text, gives_units_of_all
from ingest.fitting import MAX_STATUTORY_HEADING, Numbers
from ingest.headings import Opening
from ingest.lines import Line
from ingest.node import Node
from ingest.numbering import ATTACHMENT, Mark, mark_at
from ingest.patterns import pattern
from ingest.questions import Pair, pairs
from ingest.schema import Span
from ingest.table_rows import rows
from ingest.unnumbered_headings import titles

_STOPS = pattern("[。；;：:]")


class Builder:
    """Reads the lines in order and keeps the stack of open clauses."""

    def __init__(self, text: str, content: list[Line]) -> None:
        self.text = text
        self.content = content
        self.marks = [
            mark_at(text, line.span.start, line.span.end, titled=True) for line in content
        ]
        self.rows = rows(text)
        self.pairs = pairs(text, content)
        self.nodes = [Node("文", -1, "", -1, 0, None, 0)]
        self.stack = [0]
        self.titles = {} if self.pairs else titles(text, content, self.marks, self.rows)
        self.annexes = annexes(text, content, self.marks)
        self.numbers = Numbers(text, content, self.marks)
        self.signed = False
        self.attachments = 0

    def line(self, i: int) -> None:
        """Take the next line: a new clause, or more text of the open one."""
        if (
            self.annexes.titles.get(i - 1) == i
            and self.nodes[self.stack[-1]].kind == ATTACHMENT.name
        ):
            return  # the title of the annex, which was read with it
        mark, span = self.marks[i], self.content[i].span
        if (pair := self.pairs.get(i)) is not None:
            self._ask(pair, i)
            return
        if (title := self.titles.get(i)) is not None:
            self._head(title, span)
            return
        if self.nodes[self.stack[-1]].kind == "问" and not self._heads_questions(i):
            self.nodes[self.stack[-1]].lines += 1
            self.nodes[self.stack[-1]].end = span.end
            return
        if (row := self.rows.get(span.start)) is not None:
            while self.nodes[self.stack[-1]].kind == "行":
                self.stack.pop()
            end = max(span.end, row.span.end)
            self._push(Node("行", 99, f"第{row.number}行", 0, span.start, None, end))
            return
        if self.nodes[self.stack[-1]].kind == "行" and span.end <= self.nodes[self.stack[-1]].end:
            return  # a row that has a line for each cell
        if mark is not None and self._fits(mark, i):
            self._open(mark, self._rest(mark, i))
            return
        if i in self.annexes.listed and len(self.nodes) > 1:
            self._plain("正文", 0, span)
            self.numbers.restart()
        elif self.nodes[self.stack[-1]].kind == "行":
            self._plain("款", self.nodes[self.stack[-1]].parent, span)
        elif self.signed or closes_text(self.text, self.nodes, self.stack, span):
            self._plain("正文", 0, span)
            self.signed = False
        elif self._closes_item(i):
            self._plain("款", self.nodes[self.stack[-1]].parent, span)
        else:
            self.nodes[self.stack[-1]].lines += 1
        self.nodes[self.stack[-1]].end = span.end

    def _closes_item(self, i: int) -> bool:
        """Whether line `i`, without a mark, goes on with the clause above the open item."""
        state = (self.text, self.nodes, self.stack)
        below = islice(self.marks, i + 1, None)
        return gives_units_of_all(*state, self.content[i].span, below) or closes_list(*state)

    def _ask(self, pair: Pair, i: int) -> None:
        """Open a question, under the heading right above it or beside the question before."""
        if self.nodes[self.stack[-1]].kind == "问":
            self.stack.pop()
        elif not self._heads_questions(i - 1) or self.nodes[self.stack[-1]].rank == 99:
            del self.stack[1:]
        span = self.content[i].span
        node = Node("问", 99, pair.label, 0, span.start, None, span.end, pair=pair)
        self._push(node)
        node.end = max(span.end, pair.question.end)
        self.signed = False

    def _head(self, title: Pair, span: Span) -> None:
        """Open a heading without a number, below the annex that is open."""
        del self.stack[2 if len(self.stack) > 1 and self._in_annex() else 1 :]
        self._push(Node("标题", 5, "", 0, span.start, None, span.end, pair=title))
        self.numbers.restart()
        self.signed = False

    def _in_annex(self) -> bool:
        return self.nodes[self.stack[1]].kind == ATTACHMENT.name

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
        self.numbers.restart()

    def _fits(self, mark: Mark, i: int) -> bool:
        if mark.kind is ATTACHMENT:
            return i in self.annexes.titles
        top = self.nodes[self.stack[-1]]
        return self.numbers.fits(mark, i, top.kind in ("编", "章", "节") and top.lines == 1)

    def _rest(self, mark: Mark, i: int) -> Span:
        """What stands behind a mark on its line, or the title below an annex's."""
        titled = self.annexes.titles.get(i, i)
        start = mark.end if titled == i else self.content[titled].span.start
        return Span(start, self.content[titled].span.end)

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

    def _open(self, mark: Mark, rest: Span) -> None:
        kind = mark.kind
        names = [self.nodes[i].kind for i in self.stack]
        end = self.nodes[self.stack[-1]].end
        announced = self.text[end - 1 : end] in (":", "：")
        inner = announced and mark.number == 1 and not kind.statutory and kind is not ATTACHMENT
        if inner and names.count(kind.name) == 1:
            self.numbers.outer[kind.name] = self.numbers.last[kind.name]
        elif kind.name in names:
            place = names.index(kind.name)
            if kind.name in self.numbers.outer and self._stays_inner(mark):
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
        self.numbers.opened(mark, above)
        if kind is ATTACHMENT:
            self.numbers.restart()
            self.attachments += 1
        self.signed = False
        group = "/".join([str(self.attachments), *above, kind.name])
        opening = Opening(mark, rest, group)
        self._push(Node(kind.name, kind.rank, mark.label, 0, mark.start, opening, rest.end))

    def _heads_articles(self) -> bool:
        """Whether the open clause is a heading line of its own kind above articles: 一、准入."""
        top = self.nodes[self.stack[-1]]
        if top.opening is None or top.opening.mark.kind.rank != 5 or top.lines > 1:
            return False
        words = top.opening.rest.of(self.text)
        return len(words) <= MAX_STATUTORY_HEADING and not _STOPS.search(words)

    def _stays_inner(self, mark: Mark) -> bool:
        """Whether a number goes on with the inner list and not with the list around it."""
        inner = self.numbers.stays_inner(mark)
        if inner is not None:
            return inner
        ended = self.text[self.nodes[self.stack[-1]].end - 1] in "。.！"
        siblings = self.nodes[self.nodes[self.stack[-1]].parent].children
        before = self.nodes[siblings[-2]].end if len(siblings) > 1 else 0
        return not (ended and before and self.text[before - 1] in "；;")
