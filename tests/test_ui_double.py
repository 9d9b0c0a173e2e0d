"""A double of the answering service over two small documents, and proof that it keeps the law.

The other tests of `ui/` import it; it answers by looking for a known word in the question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from index.errors import UnknownDocumentError
from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Fact,
    FactKind,
    Span,
)
from qa.answer import Answer, Citation, Request, Verification
from qa.errors import UnknownModelError
from qa.question.checked import checked
from qa.service.outcomes import FileOutcome

PLAN_TEXT = (
    "城区数字化转型工作要点\n"
    "一、总体要求\n"
    "为落实《市“十四五”规划》,制定本要点。\n"
    "二、重点任务\n"
    "1.提升光纤网络服务能级。推进 IPv6 规模部署,固定宽带用户平均速率达到80%以上。"
    "(责任单位:区科委、各街道)\n"
    "2.提升“颐养扶助”服务能级。探索互联网医院在7家养老机构推广应用。<b>保留原样</b>"
    "(责任单位:区民政局)\n"
)
LAW_TEXT = "数据条例\n第一条 " + "".join(
    f"第{n}项要求是依法、合规、安全、有序地开展公共数据的采集、共享和开放工作。"
    for n in range(1, 90)
)
LAW_TEXT += "自2031年5月1日起施行。"


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def clause(
    document: Document,
    ordinal: int,
    label: str,
    first: str,
    last: str,
    path: str,
    parent: int | None,
) -> Clause:
    start, end = span_of(document.text, first), span_of(document.text, last)
    return Clause(
        document_id=document.id,
        ordinal=ordinal,
        parent=parent,
        kind="1.",
        rank=1,
        label=label,
        path=path,
        heading=first.split(".")[-1].split("、")[-1],
        heading_path=(first,) if parent is None else ("二、重点任务", first),
        heading_span=start,
        body=Span(start.end, end.end),
        span=Span(start.start, end.end),
    )


PLAN = Document(
    DocumentInfo(
        id="plan-2022",
        title="2022年城区数字化转型工作要点",
        number="数字化办〔2022〕1号",
        issuer="区数字化办",
        issued=date(2022, 7, 19),
        source="corpus/要点.txt",
        length=len(PLAN_TEXT),
    ),
    PLAN_TEXT,
)
LAW = Document(
    DocumentInfo(id="law", title="数据条例", source="corpus/条例.txt", length=len(LAW_TEXT)),
    LAW_TEXT,
)
MISSING = DocumentInfo(id="missing-1", title="市“十四五”规划", held=False)
CLAUSES = {
    "plan-2022": [
        clause(PLAN, 1, "一", "一、总体要求", "制定本要点。", "一", None),
        clause(PLAN, 2, "二", "二、重点任务", "(责任单位:区民政局)", "二", None),
        clause(PLAN, 3, "1", "1.提升光纤网络服务能级", "区科委、各街道)", "二/1", 2),
        clause(PLAN, 4, "2", "2.提升“颐养扶助”服务能级", "(责任单位:区民政局)", "二/2", 2),
    ],
    "law": [clause(LAW, 1, "第一条", "第一条", LAW_TEXT[-40:], "第一条", None)],
}


def duty(ordinal: int, unit: str, group: str) -> Fact:
    spans = span_of(PLAN_TEXT, unit), span_of(PLAN_TEXT, group)
    return Fact("duty", PLAN.id, ordinal, *spans, who=unit, role="责任")


FACTS = [
    duty(3, "区科委", "(责任单位:区科委、各街道)"),
    duty(3, "各街道", "(责任单位:区科委、各街道)"),
    duty(4, "区民政局", "(责任单位:区民政局)"),
    Fact(
        *("figure", PLAN.id, 3, span_of(PLAN_TEXT, "80%以上")),
        span_of(PLAN_TEXT, "固定宽带用户平均速率达到80%以上"),
        what="固定宽带用户平均速率",
        value=Decimal("80"),
        measure="%",
        bound="≥",
        when="2022年底",
    ),
    Fact(
        *("reference", PLAN.id, 1, span_of(PLAN_TEXT, "《市“十四五”规划》")),
        span_of(PLAN_TEXT, "《市“十四五”规划》"),
        what="市“十四五”规划",
        target="missing-1",
    ),
    Fact(
        *("date", LAW.id, 1, span_of(LAW_TEXT, "2031年5月1日")),
        span_of(LAW_TEXT, "自2031年5月1日起施行。"),
        what="施行",
        when="2031-05-01",
    ),
]


class FakeIndex:
    """The read methods of the port over the two documents."""

    held: ClassVar = {PLAN.id: PLAN, LAW.id: LAW}

    def documents(self) -> list[DocumentInfo]:
        return [LAW.info, MISSING, PLAN.info]

    def document(self, document_id: str) -> Document:
        if document_id not in self.held:
            raise UnknownDocumentError(
                f"文件编号是{document_id}", "索引中的文件", "用 wence ls 查看"
            )
        return self.held[document_id]

    def clauses(self, document_id: str) -> list[Clause]:
        self.document(document_id)
        return CLAUSES[document_id]

    def info(self, document_id: str) -> DocumentInfo:
        known = {info.id: info for info in self.documents()}
        return known.get(document_id) or self.document(document_id).info

    def facts(
        self, kind: FactKind, *, document_id: str | None = None, who: str | None = None
    ) -> list[Fact]:
        if document_id is not None:
            self.document(document_id)
        return [
            fact
            for fact in FACTS
            if fact.kind == kind
            and document_id in (None, fact.document_id)
            and who in (None, fact.who)
        ]

    def snapshot(self) -> str:
        return "generation-1"


def cite(document: Document, ordinal: int, quote: str, *marked: str) -> Citation:
    found = next(one for one in CLAUSES[document.id] if one.ordinal == ordinal)
    span = span_of(document.text, quote)
    spots = [span_of(quote, words) for words in marked]
    return Citation(
        1,
        document.id,
        document.title,
        document.info.number,
        found.label,
        found.path,
        found.heading_path,
        quote,
        span.start,
        span.end,
        None,
        document.info.source,
        tuple((span.start + spot.start, span.start + spot.end) for spot in spots),
    )


@dataclass(frozen=True)
class FakeEvent:
    kind: Any
    data: Any


@dataclass
class FakeAssistant:
    """Known words bring known answers; `asked` keeps the requests."""

    index: Any = field(default_factory=FakeIndex)
    models: tuple[str, ...] = ("extractive",)
    default_model: str = "extractive"
    asked: list[Request] = field(default_factory=list)
    refreshed: int = 0

    def refresh(self) -> None:
        self.refreshed += 1

    def ask(self, request: Request) -> Answer:
        question = request.question
        checked(question)
        if request.model not in self.models:
            raise UnknownModelError(f"模型名是{request.model}", "已配置的模型", "改用 extractive")
        self.asked.append(request)
        if "内部错误" in question:
            raise ZeroDivisionError("secret detail")
        answer = Answer("not_found", "没有找到直接规定。", (), question, ("区科委有哪些任务？",))
        if "IPv6" in question:
            quote = "推进 IPv6 规模部署,固定宽带用户平均速率达到80%以上。(责任单位:区科委、各街道)"
            answer = Answer(
                "answered",
                "由**区科委**、**各街道**负责。[1]",
                (cite(PLAN, 3, quote, "区科委", "各街道"),),
                question,
                ("区科委有哪些任务？", "区民政局负责什么？"),
                verification=Verification(1, 3, 0),
            )
        elif "养老" in question:
            quote = "探索互联网医院在7家养老机构推广应用。<b>保留原样</b>(责任单位:区民政局)"
            answer = Answer("partial", "在7家养老机构推广。[1]", (cite(PLAN, 4, quote),), question)
        elif "原文" in question:
            quote = PLAN_TEXT[PLAN_TEXT.index("1.提升") :].rstrip()
            cited = cite(PLAN, 2, quote, "80%以上", "7家养老机构")
            broken = quote.replace("\n", "  \n")
            answer = Answer("answered", f"- “{broken}”[1]", (cited,), question)
        elif "条例" in question:
            quote = "第80项要求是依法、合规、安全、有序地开展公共数据的采集、共享和开放工作。"
            answer = Answer("answered", "要依法、合规。[1]", (cite(LAW, 1, quote),), question)
        return replace(answer, timings_ms={"retrieve": 1.0, "total": 2.0})

    def stream(self, request: Request) -> Iterator[FakeEvent]:
        yield FakeEvent("status", "检索条款\u2028核对引文")
        answer = self.ask(request)
        yield FakeEvent("token", answer.answer)
        if "中途断开" in request.question:
            raise ZeroDivisionError("secret detail")
        yield FakeEvent("answer", answer)


def test_double_keeps_the_law_of_the_house() -> None:
    for question in ("IPv6", "养老", "原文", "条例"):
        for citation in FakeAssistant().ask(Request(question)).citations:
            text = FakeIndex.held[citation.document_id].text
            assert text[citation.start : citation.end] == citation.quote
            for start, end in citation.highlights:
                assert citation.start <= start < end <= citation.end


@dataclass
class FakeLibrary:
    """What `wence add` and `wence remove` call."""

    added: list[Any] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __enter__(self) -> "FakeLibrary":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(
        self,
        paths: Sequence[Any],
        *,
        progress: Callable[[int, int, str], None],
        acknowledged: Callable[[Sequence[FileOutcome]], None],
    ) -> list[FileOutcome]:
        self.added.extend(paths)
        found = [FileOutcome(str(paths[0]), "added", "plan-2022", PLAN.title, 12)]
        progress(1, 1, str(paths[0]))
        acknowledged(found)
        return found

    def remove(self, names: Sequence[str]) -> list[DocumentInfo]:
        gone = [FakeIndex().document(one).info for one in names]
        self.removed.extend(names)
        return gone
