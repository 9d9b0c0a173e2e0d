"""What the command line prints: answers, documents, outcomes; plain unless on a terminal."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from index.missing import MissingDocument
from ingest.patterns import pattern
from ui.marking import holds, pieces, places
from ui.render import clause_line, printable, reference_line
from ui.wrapping import HANGING, columns, wrapped

BOLD, DIM, END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
STRONG = pattern(r"\*\*(.+?)\*\*")
NAMED = 3
"""Documents that are named where a missing one is listed."""
CHANGES: Mapping[str, str] = {"added": "已入库", "replaced": "已更新", "unchanged": "无变化"}


def coloured() -> bool:
    """Whether standard output is a terminal that wants styles (see no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def styled(text: str, style: str) -> str:
    """The text in this style, where the terminal takes it."""
    return f"{style}{text}{END}" if coloured() else text


def marked(text: str, offset: int, spans: Iterable[Sequence[int]]) -> str:
    """A text that begins at `offset` with the words under the spans in 【 and 】.

    >>> marked("补贴40%，最高28万元。", 100, [[102, 105], [106, 112]])
    '补贴【40%】，【最高28万元】。'
    """
    return "".join(
        styled(f"【{printable(piece)}】", BOLD) if inside else printable(piece)
        for piece, inside in pieces(text, offset, spans)
    )


def body_lines(answer: str, citations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of an answer; what belongs to an item stands under its text.

    >>> print(*body_lines("共2项：\\n- “甲；  \\n附乙。”[1]\\n- 丙", []), sep="\\n")
    共2项：
    - “甲；
      附乙。”[1]
    - 丙
    """
    shown = printable(answer)
    shown = marked(shown, 0, places(shown, citations))
    if coloured():
        shown = STRONG.sub(lambda strong: styled(strong[1], BOLD), shown)
    room, hang, broken = columns(), "", False
    for line in shown.split("\n"):
        if item := HANGING.match(line):
            hang, first = " " * len(item[0]), line
        else:
            hang = hang if broken else ""
            first = hang + line.lstrip(" ") if hang else line
        broken = line.endswith("  ")
        yield first if line.startswith("|") else wrapped(first.rstrip(), room, hang)


def answer_lines(answer: Mapping[str, Any]) -> Iterable[str]:
    """The answer, then each citation: document, clause, quote, source.

    A quote that the answer holds as a whole is not printed again.

    >>> citation = {"marker": 1, "document_title": "要点", "document_number": "1号", "clause": "2",
    ...             "heading_path": ["二、任务"], "quote": "由区数据局负责。", "source": "要点.txt",
    ...             "start": 7, "end": 15, "highlights": [[8, 12]]}
    >>> answer = {"answer": "区数据局。[1]", "citations": [citation], "suggestions": []}
    >>> print(*answer_lines(answer), sep="\\n")
    区数据局。[1]
    <BLANKLINE>
    [1] 《要点》（1号）
        二、任务
        “由【区数据局】负责。”
        来源：要点.txt
    """
    citations = answer["citations"]
    yield from body_lines(answer["answer"], citations)
    room, indent = columns(), "    "
    for citation in citations:
        yield ""
        title = f"[{citation['marker']}] {printable(reference_line(citation))}"
        yield wrapped(styled(title, BOLD), room, indent)
        if clause_line(citation):
            yield wrapped(indent + printable(clause_line(citation)), room, indent)
        if not holds(answer["answer"], citation["quote"]):
            quote = marked(citation["quote"], citation["start"], citation["highlights"])
            for line in f"“{quote.strip()}”".split("\n"):
                if line.strip():
                    yield wrapped(indent + line.strip(), room, indent)
        if citation["source"]:
            source = styled(f"来源：{printable(citation['source'])}", DIM)
            yield wrapped(indent + source, room, indent)
    if answer["suggestions"]:
        yield ""
        asked = "可以接着问：" + " ｜ ".join(printable(one) for one in answer["suggestions"])
        yield wrapped(asked, room)


def document_line(document: Mapping[str, Any]) -> str:
    """One document of `wence ls`.

    >>> document_line({"id": "a", "title": "市规划", "number": "", "issued": None, "held": False})
    'a\\t未入库\\t市规划'
    """
    state = "已入库" if document["held"] else "未入库"
    parts = [document["id"], state, document["title"], document["number"]]
    parts.append(str(document["issued"] or ""))
    return "\t".join(printable(str(part)) for part in parts).rstrip("\t")


def missing_line(one: MissingDocument, by: Sequence[str]) -> str:
    """One document of `wence ls --missing`: how often it is named, its number, its address, by whom.

    >>> missing_line(MissingDocument("甲办法", "甲府〔2031〕1号", 3, ("a",)), ["乙方案"])
    '3次\\t《甲办法》（甲府〔2031〕1号）\\t见：乙方案'
    """
    number = f"（{one.number}）" if one.title and one.number else one.number
    title = f"《{one.title}》" if one.title else ""
    parts = [f"{one.count}次", f"{title}{number}", one.source]
    shown = "、".join(by[:NAMED]) + (f"等{len(by)}份" if len(by) > NAMED else "")
    parts.append(f"见：{shown}" if by else "")
    return "\t".join(printable(part) for part in parts if part)


def outcome_line(change: str, title: str, document_id: str, passages: int) -> str:
    """One document of `wence add`.

    >>> outcome_line("added", "工作要点", "plan", 12)
    '已入库 工作要点（plan，12 个片段）'
    """
    return printable(f"{CHANGES[change]} {title}（{document_id}，{passages} 个片段）")
