"""Lines without a mark that go on above the open clause: they close it."""

from collections.abc import Iterable, Sequence

from ingest.node import Node
from ingest.numbering import Mark
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.unit_lists import announces_units

_CLOSING = pattern(
    r"本[\u4e00-\u9fff]{1,10}(?:自|由|有效期|从)[^。\n]{0,40}(?:施行|实施|执行|生效|解释|有效|为止|\d日)"
)


def closes_text(text: str, nodes: Sequence[Node], stack: Sequence[int], span: Span) -> bool:
    """Whether a line is about the whole text (本意见自…起施行) and not about the open item."""
    inside = any(nodes[i].kind in ("条", "附件", "问") for i in stack)
    deep = len(stack) > 1 and nodes[stack[-1]].kind != "正文"
    return deep and not inside and _CLOSING.match(text, span.start, span.end) is not None


def closes_list(text: str, nodes: Sequence[Node], stack: Sequence[int]) -> bool:
    """Whether a line without a mark goes on with the clause above a finished list."""
    top = nodes[stack[-1]]
    if top.opening is None or top.opening.mark.kind.statutory or top.parent <= 0:
        return False
    above = nodes[top.parent]
    if text[top.end - 1] not in "。.！" or text[above.end - 1] not in ":：":
        return False
    items = 0
    for i in reversed(above.children):
        node = nodes[i]
        if node.opening is None:
            break
        if node.children or node.lines > 1:
            return False  # the items have paragraphs of their own
        items += 1
    return items >= 2


def gives_units_of_all(
    text: str,
    nodes: Sequence[Node],
    stack: Sequence[int],
    span: Span,
    below: Iterable[Mark | None],
) -> bool:
    """Whether a line of its own lists the units of the item above, whose sub-items just ended.

    So it is where several sub-items came before it, none with a list of its own, and none
    comes after it: `below` are the marks of the lines below it.
    """
    top = nodes[stack[-1]]
    if top.opening is None or top.opening.mark.kind.statutory or top.parent <= 0:
        return False
    if not announces_units(text, span, whole=True):
        return False
    above = nodes[top.parent]
    before = [nodes[child] for child in above.children]
    following = next((m for m in below if m is not None), None)
    mark = top.opening.mark
    if following is not None and (following.kind, following.number) == (
        mark.kind,
        mark.number + 1,
    ):
        return False
    return len(before) > 1 and not any(
        announces_units(text, Span(node.start, node.end)) for node in [*before, above]
    )
