"""A test collection: documents, questions, and which documents are right for each question.

A folder holds documents.jsonl (or documents.jsonl.xz) with `id` and `text`, and questions.jsonl
with `id`, `question` and `documents` (ids); `answer`, `evidence`, `start` and `end` may be there.
Other keys are left alone, so that a collection may carry its provenance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import GoldError
from eval.jsonl import Row, require, rows, text, unused, wrong
from ingest.schema import Span

DOCUMENTS, QUESTIONS = "documents.jsonl", "questions.jsonl"


@dataclass(frozen=True, slots=True)
class RetrievalQuestion:
    """A question with the ids of the documents that answer it, at least one.

    `evidence` is where the first of them does: half-open code points of its text, None where the
    collection does not say.
    """

    id: str
    question: str
    documents: tuple[str, ...]
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """The texts by document id, as published, and the questions in the order of their file."""

    documents: Mapping[str, str]
    questions: tuple[RetrievalQuestion, ...]


def read_collection(folder: Path) -> Collection:
    """The collection of a folder; `GoldError` names the file and line of what does not fit."""
    if not folder.is_dir():
        raise GoldError(
            f"{folder} 不是文件夹", f"放着 {DOCUMENTS} 和 {QUESTIONS} 的文件夹", "检查路径"
        )
    documents_file, questions_file = _documents_file(folder), folder / QUESTIONS
    if not questions_file.is_file():
        raise GoldError(f"{folder} 里没有 {QUESTIONS}", "每行一题的 JSONL 文件", "补上它")
    documents = _documents(documents_file)
    questions: list[RetrievalQuestion] = []
    lines: dict[str, int] = {}
    for number, where, row in rows(questions_file):
        question = _question(row, where, documents)
        unused(question.id, lines, number, where)
        questions.append(question)
    if not questions:
        raise GoldError(f"{QUESTIONS} 里没有题目", "至少一题", "每行写一题")
    return Collection(documents, tuple(questions))


def _documents_file(folder: Path) -> Path:
    both = [folder / DOCUMENTS, folder / f"{DOCUMENTS}.xz"]
    found = [path for path in both if path.is_file()]
    if not found:
        raise GoldError(f"{folder} 里没有 {DOCUMENTS}", f"{DOCUMENTS} 或 {DOCUMENTS}.xz", "补上它")
    if len(found) > 1:
        raise GoldError(
            f"{folder} 里 {DOCUMENTS} 和 {DOCUMENTS}.xz 都有", "其中之一", "删去多余的一个"
        )
    return found[0]


def _documents(path: Path) -> dict[str, str]:
    documents: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, where, row in rows(path):
        require(row, ("id", "text"), where)
        identity = _encodable(row, "id", where)
        unused(identity, lines, number, where, "份文件")
        documents[identity] = _encodable(row, "text", where)
    if not documents:
        raise GoldError(f"{path.name} 里没有文件", "至少一份文件", "每行写一份")
    return documents


def _question(row: Row, where: str, documents: Mapping[str, str]) -> RetrievalQuestion:
    require(row, ("id", "question", "documents"), where)
    wanted = row["documents"]
    if wanted == []:
        raise GoldError(
            f"{where} 的 documents 为空",
            "至少一份应检出的文件（无答案的题没有可检出的，衡量不了检索）",
            "从中删去，改用 wence eval GOLD.jsonl 衡量拒答",
        )
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise wrong(where, "documents", wanted, "由文件 id 组成的数组")
    if unknown := [one for one in wanted if one not in documents]:
        raise GoldError(
            f"{where} 的 documents 有未知的文件 {unknown[0]!r}",
            f"{DOCUMENTS} 里的 id",
            "改正 id 或补上文件",
        )
    if len(set(wanted)) < len(wanted):
        raise wrong(where, "documents", wanted, "不重复的文件 id")
    evidence = _evidence(row, where, documents[wanted[0]])
    return RetrievalQuestion(
        text(row, "id", where), text(row, "question", where), tuple(wanted), evidence
    )


def _evidence(row: Row, where: str, content: str) -> Span | None:
    if row.get("start") is None and row.get("end") is None:
        return None
    start, end = _place(row, "start", where), _place(row, "end", where)
    if not 0 <= start < end <= len(content):
        raise GoldError(
            f"{where} 的 start、end 是 {start}、{end}，而文件有 {len(content)} 个码点",
            "0 ≤ start < end ≤ 码点数",
            "按码点（不是字节）重数",
        )
    said = row.get("evidence")
    if isinstance(said, str) and content[start:end] != said:
        raise GoldError(
            f"{where} 的 evidence 与原文 {start} 到 {end} 处的「{content[start:end][:20]}」不同",
            "text[start:end] == evidence",
            "改正 start、end 或 evidence",
        )
    return Span(start, end)


def _place(row: Row, key: str, where: str) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(where, key, value, "整数，且 start 和 end 同时给出")
    return value


def _encodable(row: Row, key: str, where: str) -> str:
    value = text(row, key, where)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise GoldError(
            f"{where} 的 {key} 第 {error.start + 1} 字是孤立的代理码点",
            "可以编码的文字",
            f"改正 {key}",
        ) from error
    return value
