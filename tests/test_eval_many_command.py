"""`wence eval --many` over a small shared folder: parts, files kept, and what is never shown."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest

from eval import cli, many_command
from eval.errors import GoldError
from eval.gold import GoldQuestion
from eval.replies import Reply
from eval.run import Ask, answered
from qa.answer import Answer, Citation, Request

TEXTS = {"a.txt": "第一条 由甲局负责。", "b.txt": "第一条 由乙局负责。"}
SECRET = "乙事谁负责?"


def row(identity: str, question: str, document: str, unit: str) -> str:
    values = {
        "id": identity, "kind": "responsible", "question": question, "history": [],
        "documents": [document], "clauses": [], "quote": f"由{unit}负责", "must": [unit],
        "must_any": [], "must_not": [], "answerable": True, "all_clauses": False,
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    many, folder = tmp_path / "many", tmp_path / "shared"
    many.mkdir()
    folder.mkdir()
    listed = ""
    for name, part in (("a.txt", "worked"), ("b.txt", "unseen")):
        (folder / name).write_text(TEXTS[name], encoding="utf-8")
        listed += f"[[document]]\ndocument = '{name}'\npart = '{part}'\nfile = '{name}'\n"
    (many / "documents.toml").write_text(listed, encoding="utf-8")
    (many / "worked.jsonl").write_text(row("a-1", "甲事谁负责?", "a.txt", "甲局"), encoding="utf-8")
    (many / "unseen.jsonl").write_text(row("b-1", SECRET, "b.txt", "乙局"), encoding="utf-8")
    monkeypatch.setattr(many_command, "MANY", many)
    return folder


def quoting(name: str) -> Answer:
    cited = Citation(1, name, "", "", "", "", (), TEXTS[name], 0, len(TEXTS[name]), None, "")
    return Answer("answered", f"{TEXTS[name]}[1]", (cited,))


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Callable[[Ask], None]:
    """Puts a program in the place of the one that answers; the baseline always quotes a.txt."""

    def use(ask: Ask) -> None:
        @contextmanager
        def asking(texts: Mapping[str, bytes]) -> Iterator[tuple[Ask, Ask]]:
            assert {name: data.decode() for name, data in texts.items()} == TEXTS
            yield ask, lambda _: quoting("a.txt")

        def replies(questions: list[GoldQuestion], ask: Ask) -> dict[str, Reply]:
            return {gold.id: Reply(*answered(gold, ask)) for gold in questions}

        module = ModuleType("eval.many_run")
        module.__dict__.update(asking=asking, replies=replies)
        monkeypatch.setitem(sys.modules, "eval.many_run", cast(ModuleType, module))

    return use


def right(request: Request) -> Answer:
    return quoting("a.txt" if "甲" in request.question else "b.txt")


def wrong(_: Request) -> Answer:
    return Answer("not_found", "没有找到。")


Run = Callable[..., str]


@pytest.fixture
def run(shared: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def printed(*options: str) -> str:
        assert cli.main(["--many", str(shared), *options]) == 0
        return capsys.readouterr().out

    return printed


def test_the_part_worked_with_is_asked_unless_others_are_named(
    run: Run, program: Callable[[Ask], None]
) -> None:
    program(right)
    out = run()
    assert "worked：1 题（无答案的 0 题），库中 2 份文件" in out
    assert "unseen" not in out
    both = run("--part", "unseen", "--part", "worked")
    assert both.index("worked：") < both.index("unseen：")


def test_nothing_but_figures_is_printed_of_the_unseen_part(
    run: Run, program: Callable[[Ask], None], tmp_path: Path
) -> None:
    program(right)
    kept = tmp_path / "before.jsonl"
    run("--part", "unseen", "--part", "worked", "--keep", str(kept))
    program(wrong)
    parts = ("--part", "unseen", "--part", "worked")
    out = run(*parts, "--against", str(kept), "--failures", "--keep", str(tmp_path / "after"))
    assert out.count("新答对 0；新答错 1；") == 2
    assert "- a-1 甲事谁负责? | answered → not_found（未作答（not_found））" in out
    assert "✗ a-1 甲事谁负责?" in out
    assert "unseen 的题目不列出" in out
    assert SECRET not in out
    assert "b-1" not in out
    assert "未作答" not in (tmp_path / "after").read_text("utf-8").splitlines()[1]


def test_kept_answers_are_judged_without_the_program(
    run: Run, program: Callable[[Ask], None], tmp_path: Path
) -> None:
    program(right)
    kept = str(tmp_path / "kept.jsonl")
    asked = json.loads(run("--json", "--keep", kept))

    def never(_: Request) -> Answer:
        raise AssertionError("the program was asked")

    program(never)
    read = json.loads(run("--json", "--answers", kept, "--against", kept))
    changed = read["worked"].pop("changes")
    assert changed == {"right": 0, "wrong": 0, "status": 0, "words": 0}
    assert read == asked
    assert read["worked"]["program"]["overall"]["shares"]["right"]["value"] == 1.0


def test_a_question_without_a_kept_answer_is_an_error(
    run: Run, program: Callable[[Ask], None], tmp_path: Path
) -> None:
    program(right)
    kept = str(tmp_path / "kept.jsonl")
    run("--keep", kept)
    for option in ("--answers", "--against"):
        with pytest.raises(GoldError, match=r"kept\.jsonl 缺少 1 题的答案"):
            run("--part", "unseen", option, kept)


def test_a_missing_shared_folder_is_told(shared: Path) -> None:
    with pytest.raises(GoldError, match="不是文件夹"):
        cli.main(["--many", str(shared / "gone")])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--keep", "x"], "给出了 --keep 而没有 --many"),
        (["gold.jsonl", "--part", "worked"], "给出了 --part 而没有 --many"),
        (["--many", ".", "gold.jsonl"], "同时给出了 gold.jsonl 和 --many"),
        (["--many", ".", "--retrieval", "."], "同时给出了 --many 和 --retrieval"),
        (["--many", ".", "--report", "x"], "--report 与 --many 同用"),
        (["--many", ".", "--distractors", "-1"], "--distractors 是 -1"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(options)
    assert message in capsys.readouterr().err
