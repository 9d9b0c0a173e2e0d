"""The gold file is read strictly: whatever would weaken a question is an error with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import GoldError
from eval.gold import GoldQuestion, development_files, read_gold

ROW: dict[str, Any] = {
    "id": "a-1",
    "kind": "responsible",
    "question": "谁负责?",
    "history": [{"question": "有哪些任务?"}],
    "clauses": ["1"],
    "must": ["甲局"],
    "must_any": [["80%", "百分之八十"]],
    "must_not": ["乙局"],
    "answerable": True,
    "all_clauses": False,
}


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(**changes: Any) -> str:
    return json.dumps({**ROW, **changes}, ensure_ascii=False)


def test_a_row_becomes_a_frozen_record(tmp_path: Path) -> None:
    (question,) = read_gold(write(tmp_path, row()))
    assert question == GoldQuestion(
        id="a-1",
        kind="responsible",
        question="谁负责?",
        history=("有哪些任务?",),
        clauses=("1",),
        must=("甲局",),
        must_any=(("80%", "百分之八十"),),
        must_not=("乙局",),
        answerable=True,
        all_clauses=False,
        line=1,
    )
    with pytest.raises(AttributeError):
        question.id = "b"  # type: ignore[misc]


def test_documents_and_quote_may_be_there_or_not(tmp_path: Path) -> None:
    named = row(documents=["x.txt"], quote="由甲局负责")
    question, plain = read_gold(write(tmp_path, named, row(id="a-2")))
    assert (question.documents, question.quote) == (("x.txt",), "由甲局负责")
    assert (plain.documents, plain.quote) == ((), "")


def test_empty_lines_are_skipped_and_lines_still_counted(tmp_path: Path) -> None:
    questions = read_gold(write(tmp_path, row(), "", row(id="a-2")))
    assert [(question.id, question.line) for question in questions] == [("a-1", 1), ("a-2", 3)]


def test_a_line_separator_inside_a_string_does_not_split_the_line(tmp_path: Path) -> None:
    (question,) = read_gold(write(tmp_path, row(question="谁\u2028负责?")))
    assert question.question == "谁\u2028负责?"


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"id": 3}, "id 是 数字 3", "非空字符串"),
        ({"question": " "}, "question 是 字符串", "非空字符串"),
        ({"must": "甲局"}, "must 是 字符串", "非空字符串组成的数组"),
        ({"must": [""]}, "must 是 数组", "非空字符串组成的数组"),
        ({"must_not": [None]}, "must_not 是 数组", "非空字符串组成的数组"),
        ({"clauses": [19]}, "clauses 是 数组 [19]", "非空字符串组成的数组"),
        ({"must_any": ["80%"]}, "must_any 是 数组", "非空数组组成的数组"),
        ({"must_any": [[]]}, "must_any 是 数组", "非空数组组成的数组"),
        ({"answerable": 1}, "answerable 是 数字 1", "true 或 false"),
        ({"all_clauses": "yes"}, "all_clauses 是 字符串", "true 或 false"),
        ({"all_clauses": True, "clauses": []}, "clauses 为空", "列出各条"),
        ({"history": ["先前"]}, "history 是 数组", '{"question"'),
        ({"history": [{"question": "先前", "answer": "x"}]}, "history 是 数组", '{"question"'),
        ({"history": {}}, "history 是 对象", '{"question"'),
        ({"musts": []}, "未知的键 musts", "must_any"),
        ({"documents": "x.txt"}, "documents 是 字符串", "非空字符串组成的数组"),
        ({"quote": None}, "quote 是 null", "字符串"),
        ({"quote": "由甲局负责"}, "有 quote 而 documents 为空", "引文所在的文件"),
    ],
)
def test_a_wrong_value_is_named(
    tmp_path: Path, changes: dict[str, Any], found: str, expected: str
) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(write(tmp_path, row(), row(**{"id": "a-2", **changes})))
    assert "gold.jsonl:2" in caught.value.found
    assert found in caught.value.found
    assert expected in caught.value.expected
    assert caught.value.remedy


@pytest.mark.parametrize("key", list(ROW))
def test_each_key_has_to_be_there(tmp_path: Path, key: str) -> None:
    rest = {name: value for name, value in ROW.items() if name != key}
    with pytest.raises(GoldError, match=f"gold.jsonl:1 缺少 {key}"):
        read_gold(write(tmp_path, json.dumps(rest)))


@pytest.mark.parametrize(
    ("line", "found"),
    [("{", "gold.jsonl:1 第 2 列不是合法的 JSON"), ("[]", "gold.jsonl:1 是 数组")],
)
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str, found: str) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(write(tmp_path, line))
    assert found in caught.value.found


def test_an_id_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"gold\.jsonl:3 的 id 为 'a-1'，第 1 行已用过"):
        read_gold(write(tmp_path, row(), row(id="a-2"), row()))


def test_a_file_without_questions_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="没有题目"):
        read_gold(write(tmp_path, ""))


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="读不了"):
        read_gold(tmp_path / "absent.jsonl")
    (tmp_path / "gold.jsonl").write_bytes(row().encode("gb18030"))
    with pytest.raises(GoldError, match="不是 UTF-8"):
        read_gold(tmp_path / "gold.jsonl")


def test_test_sets_are_left_out_of_what_is_learned_from(tmp_path: Path) -> None:
    held_out = ("plan-test.jsonl", "plan-test2.jsonl", "milestone.jsonl", "unseen.jsonl")
    for name in ("plan.jsonl", "plan-dev.jsonl", "test.md", *held_out):
        (tmp_path / name).write_text(row(id=name, question=name) + "\n", encoding="utf-8")
    names = [path.name for path in development_files([tmp_path])]
    assert names == ["plan-dev.jsonl", "plan.jsonl"]
    named = [tmp_path / "plan-test.jsonl", tmp_path / "plan.jsonl"]
    assert [path.name for path in development_files(named)] == ["plan.jsonl"]


def test_nothing_is_learned_from_a_test_set_alone(tmp_path: Path) -> None:
    (tmp_path / "plan-test.jsonl").write_text(row() + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"plan-test\.jsonl.*不是测试集.*开发用的题库"):
        development_files([tmp_path])
