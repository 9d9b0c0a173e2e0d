"""The outline of a document: which numbering marks open clauses, and how the clauses nest.

A mark at the start of a line opens a clause only where its number fits: it is 1, or it follows
the last number of its kind.  That is what tells the heading 第十九条 from the cross reference
第十九条 that happens to stand at the start of a line.  Nesting follows this document: a kind that
is already open closes everything down to it; a kind that is new opens below, unless custom ranks
it above what is open and no colon announced a list.
"""

import re
from dataclasses import dataclass, field

from ingest.characters import CHINESE_NUMBER, SPACE, without_spaces
from ingest.headings import HeadingStyles, Opening
from ingest.lines import Line, lines
from ingest.numbering import ATTACHMENT, Mark, mark_at
from ingest.schema import Clause, Span
from ingest.sentences import trim

_DATE_LINE = re.compile(
    rf"(?:\d{{4}}|{CHINESE_NUMBER})[{SPACE}]*年[{SPACE}]*(?:\d{{1,2}}|{CHINESE_NUMBER})[{SPACE}]*月"
    rf"[{SPACE}]*(?:\d{{1,2}}|{CHINESE_NUMBER})[{SPACE}]*日"
)
_PROSE = re.compile("[。；;：:，,！？、]")
MAX_STATUTORY_HEADING = 60
"""A 编/章/节 line longer than this, in code points, is a sentence that mentions the chapter."""
MAX_SIGNATURE = 40
MAX_GAP = {"条": 5, "编": 2, "章": 2, "节": 2}
"""How far a number may run ahead of the last one: repealed articles leave gaps."""


@dataclass(slots=True)
class _Node:
    """A clause while it grows; `end` is the end of its last line of its own."""

    kind: str
    rank: int
    label: str
    parent: int
    start: int
    opening: Opening | None
    end: int
    lines: int = 1
    children: list[int] = field(default_factory=list)


class _Builder:
    """Reads the lines in order and keeps the stack of open clauses."""

    def __init__(self, text: str, content: list[Line]) -> None:
        self.text = text
        self.content = content
        self.nodes = [_Node("文", -1, "", -1, 0, None, 0)]
        self.stack = [0]
        self.last: dict[str, int] = {}
        self.signed = False
        self.attachments = 0

    def line(self, line: Line) -> None:
        mark = mark_at(self.text, line.span.start, line.span.end)
        if mark is not None and self._fits(mark, line.span):
            self._open(mark, line.span)
            return
        if self.signed:
            self._plain("正文", 0, line.span)
            self.signed = False
        elif self._closes_list():
            self._plain("款", self.nodes[self.stack[-1]].parent, line.span)
        else:
            self.nodes[self.stack[-1]].lines += 1
        self.nodes[self.stack[-1]].end = line.span.end

    def signature(self, span: Span) -> None:
        """Close everything: the issuer and the date stand under the text."""
        self._plain("落款", 0, span)
        self.signed = True
        self.last.clear()

    def _plain(self, kind: str, parent: int, span: Span) -> None:
        label = self.nodes[parent].label if kind == "款" else ""
        while self.stack[-1] != parent:
            self.stack.pop()
        self._push(_Node(kind, 99, label, parent, span.start, None, span.end))

    def _push(self, node: _Node) -> None:
        node.parent = self.stack[-1]
        self.nodes[node.parent].children.append(len(self.nodes))
        self.stack.append(len(self.nodes))
        self.nodes.append(node)

    def _fits(self, mark: Mark, span: Span) -> bool:
        kind = mark.kind
        if kind is ATTACHMENT:
            return True
        if kind.statutory and kind.name != "条" and len(span) > MAX_STATUTORY_HEADING:
            return False
        if mark.number == 1:
            return True
        last = self.last.get(kind.name, 0)
        if not last:
            return kind.name == "条" and self._goes_on(mark, span)
        # 第十条之一 repeats the number by design, kinds other than 条 by misprint
        first = last + 1 if kind.name == "条" and mark.label.endswith("条") else last
        return first <= mark.number <= last + MAX_GAP.get(kind.name, 1)

    def _goes_on(self, mark: Mark, span: Span) -> bool:
        """Whether the next article follows this one: a part of a code starts at any number."""
        for line in self.content:
            if line.span.start > span.start:
                later = mark_at(self.text, line.span.start, line.span.end)
                if later is not None and later.kind.name == "条":
                    return later.number == mark.number + 1
        return False

    def _closes_list(self) -> bool:
        """Whether a line without a mark goes on with the clause above a finished list."""
        top = self.nodes[self.stack[-1]]
        if top.opening is None or top.opening.mark.kind.statutory or top.parent <= 0:
            return False
        above = self.nodes[top.parent]
        items = [self.nodes[i] for i in above.children]
        if len(items) < 2 or any(n.children or n.lines > 1 for n in items):
            return False  # the items have paragraphs of their own
        return self.text[top.end - 1] in "。.！" and self.text[above.end - 1] in ":："

    def _open(self, mark: Mark, span: Span) -> None:
        kind = mark.kind
        names = [self.nodes[i].kind for i in self.stack]
        announced = self.text[self.nodes[self.stack[-1]].end - 1 :][:1] in (":", "：")
        if kind.name in names:
            del self.stack[names.index(kind.name) :]
        elif not (announced and mark.number == 1 and not kind.statutory):
            while len(self.stack) > 1 and self.nodes[self.stack[-1]].rank > kind.rank:
                self.stack.pop()
        while len(self.stack) > 1 and self.nodes[self.stack[-1]].rank == 99:
            self.stack.pop()
        self.last[kind.name] = mark.number
        if kind is ATTACHMENT:
            self.last.clear()
            self.attachments += 1
        self.signed = False
        above = [self.nodes[i].kind for i in self.stack]
        group = "/".join([str(self.attachments), *above, kind.name])
        opening = Opening(mark, Span(mark.end, span.end), group)
        self._push(_Node(kind.name, kind.rank, mark.label, 0, mark.start, opening, span.end))


def outline(document_id: str, text: str) -> list[Clause]:
    """The clauses of `text` in reading order; clause 0 is the document itself."""
    content = _without_contents([line for line in lines(text) if not line.furniture], text)
    builder = _Builder(text, content)
    signatures = _signatures(content, text)
    skip = -1
    for i, line in enumerate(content):
        if i <= skip:
            continue
        if i in signatures and len(builder.nodes) > 1:
            skip = signatures[i]
            builder.signature(Span(line.span.start, content[skip].span.end))
        else:
            builder.line(line)
    return _clauses(document_id, text, builder.nodes)


def _signatures(content: list[Line], text: str) -> dict[int, int]:
    """First line → last line of each block of issuer lines closed by a line with only a date."""
    found = {}
    for i, line in enumerate(content):
        if not _DATE_LINE.fullmatch(line.span.of(text)):
            continue
        first = i
        while first > 0 and first > i - 4:
            above = content[first - 1].span
            words = above.of(text)
            if len(above) > MAX_SIGNATURE or _PROSE.search(words):
                break
            if mark_at(text, above.start, above.end):
                break
            first -= 1
        if first < i:
            found[first] = i
    return found


def _without_contents(content: list[Line], text: str) -> list[Line]:
    """The lines without a printed table of contents (目录), whose entries look like headings."""
    for i, line in enumerate(content):
        if without_spaces(line.span.of(text)) not in ("目录", "目次"):
            continue
        entries = content[i + 1 :]
        if not entries:
            return content
        first = without_spaces(entries[0].span.of(text))[:12]
        for j, later in enumerate(entries[1:], start=1):
            if without_spaces(later.span.of(text))[:12] == first:
                return content[:i] + entries[j:]
        return content
    return content


def _clauses(document_id: str, text: str, nodes: list[_Node]) -> list[Clause]:
    styles = HeadingStyles(text, [n.opening for n in nodes if n.opening is not None])
    ends = [node.end for node in nodes]
    for i in range(len(nodes) - 1, 0, -1):
        ends[nodes[i].parent] = max(ends[nodes[i].parent], ends[i])
    clauses: list[Clause] = []
    for i, node in enumerate(nodes):
        above = clauses[node.parent] if i else None
        own_end = nodes[node.children[0]].start if node.children else ends[i]
        heading = styles.heading(node.opening) if node.opening else Span(node.start, node.start)
        body_start = styles.body_start(node.opening, heading) if node.opening else node.start
        body = trim(text, Span(min(body_start, own_end), own_end))
        clauses.append(
            Clause(
                document_id=document_id,
                ordinal=i,
                parent=above.ordinal if above else None,
                kind=node.kind,
                rank=node.rank,
                label=node.label,
                path=_path(node, above),
                heading=heading.of(text).strip(),
                heading_path=_heading_path(text, node, heading, above),
                heading_span=Span(
                    node.start, heading.end if len(heading) else max(node.start, _mark_end(node))
                ),
                body=body,
                span=Span(node.start, ends[i]),
            )
        )
    return clauses


def _mark_end(node: _Node) -> int:
    return node.opening.mark.end if node.opening else node.start


def _path(node: _Node, above: Clause | None) -> str:
    if above is None:
        return ""
    if node.kind in ("款", "落款", "正文"):
        return above.path
    if node.kind == "条":  # articles are numbered through all chapters
        return node.label
    return f"{above.path}/{node.label}" if above.path else node.label


def _heading_path(text: str, node: _Node, heading: Span, above: Clause | None) -> tuple[str, ...]:
    if above is None:
        return ()
    if node.opening is None:
        return above.heading_path
    printed = text[node.start : heading.end if len(heading) else node.opening.mark.end]
    return (*above.heading_path, printed.strip().lstrip("#* ").rstrip("　 :："))
