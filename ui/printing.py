"""What the command line prints: answers, documents, outcomes; plain unless on a terminal."""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from ui.render import clause_line, printable, reference_line

BOLD, DIM, END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
CHANGES: Mapping[str, str] = {"added": "已入库", "replaced": "已更新", "unchanged": "无变化"}


def coloured() -> bool:
    """Whether standard output is a terminal that wants styles (see no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def styled(text: str, style: str) -> str:
    """The text in this style, where the terminal takes it."""
    return f"{style}{text}{END}" if coloured() else text


def answer_lines(answer: Mapping[str, Any]) -> Iterable[str]:
    """The answer, then each citation: document, clause, quote, source.

    >>> citation = {"marker": 1, "document_title": "要点", "document_number": "1号", "clause": "2",
    ...             "heading_path": ["二、任务"], "quote": "由区数据局负责。", "source": "要点.txt"}
    >>> answer = {"answer": "区数据局。[1]", "citations": [citation], "suggestions": []}
    >>> print(*answer_lines(answer), sep="\\n")
    区数据局。[1]
    <BLANKLINE>
    [1] 《要点》（1号）
        二、任务
        “由区数据局负责。”
        来源：要点.txt
    """
    yield printable(answer["answer"])
    for citation in answer["citations"]:
        yield ""
        yield styled(f"[{citation['marker']}] {printable(reference_line(citation))}", BOLD)
        if clause_line(citation):
            yield f"    {printable(clause_line(citation))}"
        quote = printable(citation["quote"]).strip().replace("\n", "\n    ")
        yield f"    “{quote}”"
        if citation["source"]:
            yield styled(f"    来源：{printable(citation['source'])}", DIM)
    if answer["suggestions"]:
        yield ""
        yield "可以接着问：" + " ｜ ".join(printable(one) for one in answer["suggestions"])


def document_line(document: Mapping[str, Any]) -> str:
    """One document of `wence ls`.

    >>> document_line({"id": "a", "title": "市规划", "number": "", "issued": None, "held": False})
    'a\\t未入库\\t市规划'
    """
    state = "已入库" if document["held"] else "未入库"
    parts = [document["id"], state, document["title"], document["number"]]
    parts.append(str(document["issued"] or ""))
    return "\t".join(printable(str(part)) for part in parts).rstrip("\t")


def outcome_line(change: str, title: str, document_id: str, passages: int) -> str:
    """One document of `wence add`.

    >>> outcome_line("added", "工作要点", "plan", 12)
    '已入库 工作要点（plan，12 个片段）'
    """
    return printable(f"{CHANGES[change]} {title}（{document_id}，{passages} 个片段）")
