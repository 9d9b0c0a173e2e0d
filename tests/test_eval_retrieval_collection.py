"""A test collection is checked as a whole before anything is built; errors name file and line."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from eval.errors import GoldError
from eval.retrieval_collection import RetrievalQuestion, read_collection
from ingest.schema import Span

DOCUMENTS = [{"id": "d1", "text": "甲局负责修路。"}, {"id": "d2", "text": "乙局负责修桥。"}]
QUESTION = {"id": "q1", "question": "谁修路?", "documents": ["d1"]}


def jsonl(*rows: object) -> str:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    return "\n".join(lines) + "\n"


def folder(tmp_path: Path, documents: str | None, questions: str | None) -> Path:
    if documents is not None:
        (tmp_path / "documents.jsonl").write_text(documents, "utf-8")
    if questions is not None:
        (tmp_path / "questions.jsonl").write_text(questions, "utf-8")
    return tmp_path


def of_question(tmp_path: Path, *rows: object) -> Path:
    return folder(tmp_path, jsonl(*DOCUMENTS), jsonl(*rows))


def question(**changes: Any) -> dict[str, Any]:
    return {**QUESTION, **changes}


def test_rows_become_records_in_their_order(tmp_path: Path) -> None:
    located = question(id="q2", documents=["d2", "d1"], answer="乙局", evidence="乙局")
    found = read_collection(of_question(tmp_path, QUESTION, "", {**located, "start": 0, "end": 2}))
    assert list(found.documents.items()) == [(row["id"], row["text"]) for row in DOCUMENTS]
    assert found.questions == (
        RetrievalQuestion("q1", "谁修路?", ("d1",)),
        RetrievalQuestion("q2", "谁修路?", ("d2", "d1"), Span(0, 2)),
    )


def test_packed_documents_are_the_same_documents(tmp_path: Path) -> None:
    plain = read_collection(of_question(tmp_path, QUESTION))
    (tmp_path / "documents.jsonl").unlink()
    packed = tmp_path / "documents.jsonl.xz"
    packed.write_bytes(lzma.compress(jsonl(*DOCUMENTS).encode()))
    assert read_collection(tmp_path) == plain
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(GoldError, match=r"documents\.jsonl\.xz 解不开"):
        read_collection(tmp_path)


def test_null_is_as_good_as_absent(tmp_path: Path) -> None:
    row = question(answer=None, evidence=None, start=None, end=None, source="甲")
    assert read_collection(of_question(tmp_path, row)).questions[0].evidence is None


@pytest.mark.parametrize(
    ("documents", "questions", "message"),
    [
        (None, jsonl(QUESTION), "没有 documents.jsonl；需要documents.jsonl 或 documents.jsonl.xz"),
        (jsonl(*DOCUMENTS), None, "没有 questions.jsonl"),
        ("\n", jsonl(QUESTION), "documents.jsonl 里没有文件"),
        (jsonl(*DOCUMENTS), "", "questions.jsonl 里没有题目"),
        (
            jsonl(DOCUMENTS[0], '{"id": '),
            jsonl(QUESTION),
            "documents.jsonl:2 第 8 列不是合法的 JSON",
        ),
        (jsonl(["d1"]), jsonl(QUESTION), "documents.jsonl:1 是 数组"),
        (jsonl({"id": "d1"}), jsonl(QUESTION), "documents.jsonl:1 缺少 text"),
        (jsonl({"id": 1, "text": "甲"}), jsonl(QUESTION), "documents.jsonl:1 的 id 是 数字 1"),
        (jsonl({"id": "d1", "text": " "}), jsonl(QUESTION), "documents.jsonl:1 的 text 是 字符串"),
        ('{"id": "d1", "text": "甲\\ud800"}', jsonl(QUESTION), "text 第 2 字是孤立的代理码点"),
        (
            jsonl(*DOCUMENTS, DOCUMENTS[0]),
            jsonl(QUESTION),
            "documents.jsonl:3 的 id 为 'd1'，第 1 行已用过；需要每份文件的 id 不同",
        ),
    ],
)
def test_what_the_files_lack_is_said(
    tmp_path: Path, documents: str | None, questions: str | None, message: str
) -> None:
    with pytest.raises(GoldError) as caught:
        read_collection(folder(tmp_path, documents, questions))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{}", "questions.jsonl:2 缺少 id、question、documents"),
        (question(id="q1"), "questions.jsonl:2 的 id 为 'q1'，第 1 行已用过；需要每题的 id 不同"),
        (question(id="q2", question=""), "questions.jsonl:2 的 question 是 字符串"),
        (question(id="q2", documents=[]), "documents 为空；需要至少一份应检出的文件（无答案的题"),
        (question(id="q2", documents="d1"), "questions.jsonl:2 的 documents 是 字符串"),
        (question(id="q2", documents=["d1", "d9"]), "的 documents 有未知的文件 'd9'"),
        (question(id="q2", documents=["d1", "d1"]), "需要不重复的文件 id"),
        (question(id="q2", start=0), "questions.jsonl:2 的 end 是 null"),
        (question(id="q2", start=0, end=True), "questions.jsonl:2 的 end 是 布尔值"),
        (question(id="q2", start=3, end=8), "的 start、end 是 3、8，而文件有 7 个码点"),
        (question(id="q2", start=3, end=3), "需要0 ≤ start < end ≤ 码点数"),
        (question(id="q2", start=0, end=2, evidence="乙局"), "处的「甲局」不同"),
    ],
)
def test_a_bad_question_is_named_with_its_line(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(GoldError) as caught:
        read_collection(of_question(tmp_path, QUESTION, row))
    assert message in str(caught.value)


def test_a_folder_that_is_none_and_two_files_of_documents_are_errors(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="不是文件夹"):
        read_collection(tmp_path / "absent")
    of_question(tmp_path, QUESTION)
    (tmp_path / "documents.jsonl.xz").write_bytes(lzma.compress(b""))
    with pytest.raises(GoldError, match="都有；需要其中之一"):
        read_collection(tmp_path)
