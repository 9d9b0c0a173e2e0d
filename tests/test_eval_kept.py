"""Kept answers are judged as the ones they were kept from, and two runs are told apart."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.difference import changes, counts, lines
from eval.errors import GoldError
from eval.gold import GoldQuestion
from eval.kept import expect_all, keep, read_kept
from eval.replies import Judged, Reply, judged
from qa.answer import Answer, Citation, Verification

TEXT = "第一条 由甲局负责，2025年完成。"
HELD = ("a.txt",)
GOLD = (
    GoldQuestion(
        "a-1", "duty", "谁负责?", ("先前?",), must=("甲局",), documents=HELD, quote="由甲局负责"
    ),
    GoldQuestion("u-1", "unanswerable", "谁修路?", answerable=False),
    GoldQuestion("c-1", "date", "何时?", must=("2025年",), documents=HELD, quote="2025年完成"),
)
CITED = Citation(1, "a.txt", "", "", "", "", (), TEXT, 0, len(TEXT), None, "")
CHECKED = Verification(2, 5, 1)
CAME = {
    "a-1": Reply(Answer("answered", "甲局，2025年。[1]", (CITED,), verification=CHECKED), 12.5),
    "u-1": Reply(Answer("not_found", "没有找到。"), 3.0),
    "c-1": Reply(None, 0.0, "KeyError: 'x'"),
}
PLAIN = {gold.id: Reply(Answer("answered", TEXT + "[1]", (CITED,)), 1.0) for gold in GOLD}


def verdicts(came: dict[str, Reply]) -> list[Judged]:
    return judged(GOLD, came, {"a.txt": TEXT}.get)


def test_what_is_kept_comes_back_and_is_judged_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    keep(path, verdicts(CAME), PLAIN, set())
    program, plain = read_kept(path)
    assert [one.verdict for one in verdicts(program)] == [one.verdict for one in verdicts(CAME)]
    assert [one.verdict for one in verdicts(plain)] == [one.verdict for one in verdicts(PLAIN)]
    assert (program["a-1"].ms, program["c-1"]) == (12.5, CAME["c-1"])
    answer = program["a-1"].answer
    assert answer is not None
    assert answer.verification == Verification(2, 0, 1)


def test_a_line_tells_the_verdict_and_the_numbers_and_no_question(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    keep(path, verdicts(CAME), PLAIN, {"c-1"})
    first, second, hidden = map(json.loads, path.read_text("utf-8").splitlines())
    assert (first["right"], first["why"], first["numbers"]) == (True, "", ["2025"])
    assert (second["status"], second["right"]) == ("not_found", True)
    assert (hidden["status"], hidden["right"], "why" in hidden) == ("crash", False, False)
    assert "谁负责" not in path.read_text("utf-8")


def test_answers_of_another_program_need_little(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    cited = {"document": "a.txt", "quote": "由甲局负责", "start": 4, "end": 9}
    row = {"id": "a-1", "status": "answered", "text": "甲局[1]", "citations": [cited]}
    path.write_text(json.dumps(row), encoding="utf-8")
    program, plain = read_kept(path)
    (found,) = judged(GOLD[:1], program, {"a.txt": TEXT}.get)
    assert (found.verdict.right, found.verdict.exact, plain) == (True, True, {})
    with pytest.raises(GoldError, match=r"other\.jsonl 缺少 2 题的答案（u-1 等）"):
        expect_all(program, GOLD, path.name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": "fine"}, "status 是 字符串"),
        ({"text": None}, "text 是 null"),
        ({"citations": ["x"]}, "citations 是 数组"),
        ({"citations": [{"quote": "x"}]}, "引文 缺少 document"),
        ({"id": ""}, "id 是 字符串"),
    ],
)
def test_a_line_that_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    row = {"id": "a-1", "status": "answered", "text": "x", "citations": []} | change
    path = tmp_path / "kept.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(GoldError, match=r"kept\.jsonl:1.*" + message):
        read_kept(path)


def test_changes_are_told_by_their_weightiest_kind() -> None:
    after = {
        "a-1": Reply(Answer("partial", "不知道。[1]", (CITED,)), 1.0),
        "u-1": Reply(Answer("clarify", "哪里?"), 1.0),
        "c-1": Reply(Answer("answered", "2025年。[1]", (CITED,)), 1.0),
    }
    gold = replace(GOLD[0], must=("乙局",))
    before = [replace(one) for one in verdicts(CAME)]
    found = changes(before, verdicts(after))
    assert counts(found) == {"right": 1, "wrong": 0, "status": 2, "words": 0}
    assert [(one.kind, one.after.gold.id) for one in found] == [
        ("status", "a-1"),
        ("status", "u-1"),
        ("right", "c-1"),
    ]
    worse = judged([gold, *GOLD[1:]], after, {"a.txt": TEXT}.get)
    assert counts(changes(before, worse))["wrong"] == 1
    told = lines(changes(before, worse), hidden=False)
    assert told == [
        "新答对 1；新答错 1；对错未变而状态变 1；对错和状态未变而文字变 0",
        "+ c-1 何时? | crash（程序出错） → answered",
        "- a-1 先前? → 谁负责? | answered → partial（缺少「乙局」）",
        "~ u-1 谁修路? | not_found → clarify",
    ]
    assert lines(changes(before, worse), hidden=True) == told[:1]


def test_the_same_answers_are_no_change_and_other_words_are_counted_only() -> None:
    assert changes(verdicts(CAME), verdicts(CAME)) == []
    reworded = CAME | {"u-1": Reply(Answer("not_found", "没有。"), 3.0)}
    found = changes(verdicts(CAME), verdicts(reworded))
    assert [one.kind for one in found] == ["words"]
    assert len(lines(found, hidden=False)) == 1
