"""What `wence show` prints of a document: its text, its outline, or its facts."""

from collections.abc import Callable, Iterator, Mapping

from index.backend import SearchBackend
from index.titles import Titles, targeted
from ingest.schema import DocumentInfo, Fact, FactKind
from ui.render import printable

KINDS: Mapping[FactKind, str] = {
    "duty": "任务",
    "figure": "指标",
    "reference": "引用",
    "date": "日期",
    "cell": "表格",
    "amendment": "修改",
    "item": "列项",
    "definition": "释义",
    "contact": "联系",
    "question": "问答",
    "crossref": "互引",
}

SHOWN = 60
"""Longest part of a document's words that is shown of a fact, in code points."""


def duty(fact: Fact, _: str) -> str:
    """The unit, its part, and whether the list goes on."""
    return f"{fact.who}（{fact.role}）" + ("等" if fact.open else "")


def figure(fact: Fact, text: str) -> str:
    """What is counted, the quantity as printed, by when."""
    return f"{fact.what} {fact.span.of(text)}" + (f"（{fact.when}）" if fact.when else "")


def reference(fact: Fact, _: str) -> str:
    """The title, and the id of the document where it is known."""
    return f"《{fact.what}》" + (f" → {fact.target}" if fact.target else "")


def day(fact: Fact, text: str) -> str:
    """What the day means, as printed, and the day."""
    return f"{fact.what} {fact.span.of(text)}（{fact.when}）".lstrip()


def cell(fact: Fact, text: str) -> str:
    """What the row and the column are called, and what stands where they meet."""
    return f"{fact.who} · {fact.what}：{fact.span.of(text)}"


def amendment(fact: Fact, _: str) -> str:
    """What is done to which document, to which clause or until when, and from when."""
    whom = f"《{fact.who}》" if not fact.who.endswith("号") else fact.who
    number = f"（{fact.measure}）" if fact.measure else ""
    since = f"（自{fact.when}）" if fact.when else ""
    return f"{fact.role}{whom}{number}{fact.what}{since}" + (
        f" → {fact.target}" if fact.target else ""
    )


def item(fact: Fact, text: str) -> str:
    """The lead-in, the number in the list, and the beginning of the item."""
    return f"{fact.what} 第{fact.value}项 {shown(fact, text)}".lstrip()


def definition(fact: Fact, text: str) -> str:
    """The term, and what it means or stands for."""
    return f"{fact.who}（{fact.what}）：{shown(fact, text)}"


def contact(fact: Fact, text: str) -> str:
    """Which kind of contact, as printed, and of whom."""
    return f"{fact.what} {fact.span.of(text)}" + (f"（{fact.who}）" if fact.who else "")


def question(fact: Fact, text: str) -> str:
    """The question, and the beginning of the answer."""
    return f"{fact.what} {shown(fact, text)}"


def crossref(fact: Fact, _: str) -> str:
    """The label as printed, and the ordinal of the clause where there is one."""
    return fact.what if fact.value is None else f"{fact.what} → {fact.value}"


def shown(fact: Fact, text: str) -> str:
    """The words of a fact, cut where they are long."""
    words = fact.span.of(text)
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


TOLD: Mapping[FactKind, Callable[[Fact, str], str]] = {
    "duty": duty,
    "figure": figure,
    "reference": reference,
    "date": day,
    "cell": cell,
    "amendment": amendment,
    "item": item,
    "definition": definition,
    "contact": contact,
    "question": question,
    "crossref": crossref,
}


def head(info: DocumentInfo) -> Iterator[str]:
    """What is known of a document, one line a fact; empty facts are left out.

    >>> print(*head(DocumentInfo(id="plan", title="工作要点", number="1号")), sep="\\n")
    《工作要点》
    编号：plan
    文号：1号
    """
    yield info.title if "《" in info.title else f"《{info.title}》"
    known = {
        "编号": info.id,
        "文号": info.number,
        "发文机关": info.issuer,
        "成文日期": info.issued,
        "发布日期": info.published,
        "施行日期": info.effective,
        "废止日期": info.repealed,
        "效力": info.status,
        "地区": info.region,
        "来源": info.source,
        "文字": "由图像识别，可能有错字" if info.recognized else "",
    }
    yield from (printable(f"{name}：{value}") for name, value in known.items() if value)
    if not info.held:
        yield "未入库：只在其他文件中被引用"


def outline(index: SearchBackend, document_id: str) -> Iterator[str]:
    """The clauses, each under the one it belongs to: heading, path, half-open code points."""
    depths: dict[int, int] = {}
    for clause in index.clauses(document_id):
        depth = 0 if clause.parent is None else depths.get(clause.parent, -1) + 1
        depths[clause.ordinal] = depth
        named = clause.heading_path[-1] if clause.heading_path else clause.label or clause.heading
        place = f"{clause.span.start}-{clause.span.end}"
        yield printable(f"{'  ' * depth}{named or '（全文）'}\t{clause.path}\t{place}")


def facts(index: SearchBackend, document_id: str) -> Iterator[str]:
    """The facts of every kind, in reading order: kind, clause, what is said, code points."""
    text = index.document(document_id).text
    known = Titles(info for info in index.documents() if info.held)
    paths = {clause.ordinal: clause.path for clause in index.clauses(document_id)}
    for kind, name in KINDS.items():
        for read in index.facts(kind, document_id=document_id):
            fact = targeted(read, known)
            told = " ".join(TOLD[kind](fact, text).split())
            place = f"{fact.span.start}-{fact.span.end}"
            yield printable(f"{name}\t{paths.get(fact.clause, '')}\t{told}\t{place}")
