"""What must hold of a parsed document before the index takes it.

A span that does not fit its text would surface much later as a wrong citation, so it is refused
here, with the record that carries it.
"""

from collections.abc import Iterator

from ingest.errors import ReadError
from ingest.patterns import pattern
from ingest.schema import DocumentInfo, ParsedDocument, Span

_SURROGATE = pattern("[\ud800-\udfff]")


def check(parsed: ParsedDocument) -> None:
    """Raise ReadError for the first record that does not fit its document."""
    for complaint in complaints(parsed):
        raise ReadError(
            f"《{parsed.document.title}》({parsed.document.id})的解析结果有误：{complaint}",
            "每条记录都属于本文档，且其区间落在正文之内",
            "重新解析该文档；若仍如此，请附上原文报告此问题",
        )


def check_declared(info: DocumentInfo) -> None:
    """Raise ReadError unless `info` can stand for a document whose text is not held."""
    if not info.id or info.held:
        raise ReadError(
            f"登记文档“{info.title}”时 id 为“{info.id}”、held 为 {info.held}",
            "非空的 id 和 held=False（正文不在库中）",
            "改正登记信息；有正文的文档请用添加，不用登记",
        )


def complaints(parsed: ParsedDocument) -> Iterator[str]:
    """Everything that does not fit, in Chinese, one line each."""
    info, text = parsed.document.info, parsed.document.text
    if not info.id:
        yield "文档没有 id"
    if not info.held:
        yield "文档有正文，却标为 held=False"
    if info.length != len(text):
        yield f"length 为 {info.length}，而正文有 {len(text)} 个码点"
    if _SURROGATE.search(text):
        yield "正文含有孤立的代理码点"
    yield from _clauses(parsed)
    yield from _passages(parsed)
    yield from _facts(parsed)


def _clauses(parsed: ParsedDocument) -> Iterator[str]:
    seen: set[int] = set()
    ordinals = {clause.ordinal for clause in parsed.clauses}
    for clause in parsed.clauses:
        name = f"条款 {clause.ordinal}"
        if clause.ordinal in seen:
            yield f"{name} 的序号重复"
        seen.add(clause.ordinal)
        if clause.parent is not None and clause.parent != 0 and clause.parent not in ordinals:
            yield f"{name} 的上级 {clause.parent} 不存在"
        yield from _fits(parsed, name, clause.document_id, clause.span)
        for part, span in (("标题", clause.heading_span), ("正文", clause.body)):
            if not clause.span.covers(span):
                yield f"{name} 的{part}区间 {span} 超出条款区间 {clause.span}"


def _passages(parsed: ParsedDocument) -> Iterator[str]:
    spans = {clause.ordinal: clause.span for clause in parsed.clauses}
    seen: set[int] = set()
    for passage in parsed.passages:
        name = f"段落 {passage.ordinal}"
        if passage.ordinal in seen:
            yield f"{name} 的序号重复"
        seen.add(passage.ordinal)
        yield from _fits(parsed, name, passage.document_id, passage.span)
        if not passage.span.of(parsed.document.text).strip():
            yield f"{name} 没有文字"
        around = spans.get(passage.clause)
        if around is None and passage.clause != 0:
            yield f"{name} 的条款 {passage.clause} 不存在"
        if around is not None and not around.covers(passage.span):
            yield f"{name} 的区间 {passage.span} 超出其条款区间 {around}"


def _facts(parsed: ParsedDocument) -> Iterator[str]:
    ordinals = {clause.ordinal for clause in parsed.clauses} | {0}
    text = parsed.document.text
    for fact in parsed.facts:
        name = f"事实 {fact.kind}“{fact.who or fact.what}”"
        yield from _fits(parsed, name, fact.document_id, fact.span, fact.group)
        if fact.kind == "duty" and fact.span.of(text) != fact.who:
            yield f"{name} 与其区间的文字“{fact.span.of(text)}”不同"
        if fact.clause not in ordinals:
            yield f"区间 {fact.span} 处的事实属于不存在的条款 {fact.clause}"


def _fits(parsed: ParsedDocument, name: str, document_id: str, *spans: Span) -> Iterator[str]:
    if document_id != parsed.document.id:
        yield f"{name} 属于另一文档 {document_id}"
    for span in spans:
        if span.end > len(parsed.document.text):
            yield f"{name} 的区间 {span} 超出正文（共 {len(parsed.document.text)} 个码点）"
