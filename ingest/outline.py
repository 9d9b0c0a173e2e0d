"""The outline of a document: its clauses in reading order, with headings, paths and spans."""

from collections import Counter

from ingest.blocks import signatures, without_contents
from ingest.characters import SPACE, without_spaces
from ingest.headings import MAX_LINE, HeadingStyles, Opening
from ingest.lines import lines
from ingest.nesting import Builder
from ingest.node import Node
from ingest.schema import Clause, Span
from ingest.sentences import trim
from ingest.table_rows import rows

SHARE_ASKED = 0.6
"""Least share of the headings of one kind that end in ？ on a page of questions and answers."""

SHARE_ALL = 0.9
"""From this share on the others are questions too, whose ？ was forgotten."""


def outline(document_id: str, text: str) -> list[Clause]:
    """The clauses of `text` in reading order; clause 0 is the document itself."""
    content = without_contents([line for line in lines(text) if not line.furniture], text)
    builder = Builder(text, content)
    signed = signatures(content, text)
    skip = -1
    for i, line in enumerate(content):
        if i <= skip:
            continue
        if i in signed and len(builder.nodes) > 1:
            skip = signed[i]
            builder.signature(Span(line.span.start, content[skip].span.end))
        else:
            builder.line(i)
    return _clauses(document_id, text, builder.nodes)


def _clauses(document_id: str, text: str, nodes: list[Node]) -> list[Clause]:
    openings = [n.opening for n in nodes if n.opening is not None]
    holding = [
        n.opening
        for n in nodes
        if n.opening is not None and n.lines == 1 and n.children and nodes[n.children[0]].opening
    ]
    styles = HeadingStyles(text, openings, holding)
    asked = _asked(text, [(o, styles.heading(o)) for o in openings])
    ends = [node.end for node in nodes]
    for i in range(len(nodes) - 1, 0, -1):
        ends[nodes[i].parent] = max(ends[nodes[i].parent], ends[i])
    clauses: list[Clause] = []
    articles: set[str] = set()
    asked_below: Counter[int] = Counter()
    for i, node in enumerate(nodes):
        above = clauses[node.parent] if i else None
        asked_below[node.parent] += node.kind == "问"
        own_end = nodes[node.children[0]].start if node.children else ends[i]
        heading = styles.heading(node.opening) if node.opening else Span(node.start, node.start)
        body_start = styles.body_start(node.opening, heading) if node.opening else node.start
        if node.pair is not None:
            heading, body_start = node.pair.question, node.pair.answer
        if node.kind == "行":
            row = rows(text)[node.start]
            heading = row.cells[row.name]
            if len(heading) > MAX_LINE or not node.start <= heading.start < ends[i]:
                heading = Span(node.start, node.start)
        body = trim(text, Span(min(body_start, own_end), own_end))
        clauses.append(
            Clause(
                document_id=document_id,
                ordinal=i,
                parent=above.ordinal if above else None,
                kind="问" if node.opening in asked else node.kind,
                rank=node.rank,
                label=node.label,
                path=_path(text, node, above, asked_below[node.parent], articles),
                heading=heading.of(text).strip(),
                heading_path=_heading_path(text, node, heading, above),
                heading_span=heading
                if node.kind == "行"
                else Span(
                    node.start, heading.end if len(heading) else max(node.start, _mark_end(node))
                ),
                body=body,
                span=Span(node.start, ends[i]),
            )
        )
    return clauses


def _asked(text: str, headings: list[tuple[Opening, Span]]) -> set[Opening]:
    """The openings whose heading is a question, where most of their siblings' are."""
    groups: dict[str, list[tuple[Opening, bool]]] = {}
    for opening, heading in headings:
        question = len(heading) > 0 and text[heading.end - 1] in "？?"
        groups.setdefault(opening.group, []).append((opening, question))
    return {
        opening
        for members in groups.values()
        if sum(question for _, question in members) >= max(2, len(members) * SHARE_ASKED)
        for opening, question in members
        if question or sum(q for _, q in members) >= len(members) * SHARE_ALL
    }


def _mark_end(node: Node) -> int:
    return node.opening.mark.end if node.opening else node.start


def _path(text: str, node: Node, above: Clause | None, asked: int, articles: set[str]) -> str:
    """The path of a clause.

    `asked` is the place of a question among those beside it, `articles` hold the labels of the
    articles before it.
    """
    if above is None:
        return ""
    if node.kind == "标题" and node.pair is not None:
        return f"{above.path}/{without_spaces(node.pair.question.of(text))}".lstrip("/")
    if node.kind == "问" and not node.label:
        return f"{above.path}/第{asked}问".lstrip("/")
    if node.kind in ("款", "落款", "正文"):
        return above.path
    if node.kind == "条" and node.label not in articles:  # numbered through all chapters
        articles.add(node.label)
        return node.label
    return f"{above.path}/{node.label}" if above.path else node.label


def _heading_path(text: str, node: Node, heading: Span, above: Clause | None) -> tuple[str, ...]:
    if above is None:
        return ()
    if node.kind in ("行", "问", "标题") and node.opening is None:
        return (*above.heading_path, heading.of(text) or node.label)
    if node.opening is None:
        return above.heading_path
    printed = text[node.start : heading.end if len(heading) else node.opening.mark.end]
    lines = [line.strip(f"{SPACE}：:*") for line in printed.lstrip("#* ").split("\n")]
    return (*above.heading_path, " ".join(line for line in lines if line))
