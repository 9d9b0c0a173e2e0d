"""`wence eval GOLD… --beside SHARED`: the plan's questions with other documents in the corpus."""

import json
import lzma
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval import beside as command
from eval import cli
from eval.gold import GoldQuestion
from index.errors import UnknownDocumentError
from qa.answer import Answer, Citation, Request

TEXT = "由甲局负责。"


def gold(path: Path, count: int) -> Path:
    rows = [
        {
            "id": f"a-{number}", "kind": "responsible", "question": f"第{number}事谁负责?",
            "history": [], "clauses": [], "must": ["甲局"], "must_any": [], "must_not": [],
            "answerable": True, "all_clauses": False,
        }
        for number in range(count)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    for name in ("laws", "ncpp"):
        (tmp_path / "bench" / name).mkdir(parents=True)
    rows = [{"id": f"n{i}", "text": f"# {t}\n\n第一条 {t}。"} for i, t in enumerate(TITLES)]
    pools = {"ncpp/documents.jsonl": rows[:2], "laws/documents.jsonl.xz": rows[2:]}
    for path, some in pools.items():
        lines = "\n".join(map(json.dumps, some)).encode()
        if path.endswith(".xz"):
            lines = lzma.compress(lines)
        (tmp_path / "bench" / path).write_bytes(lines)
    return tmp_path


TITLES = ("湿地保护条例", "乙区推进城区数字化转型工作要点", "献血管理规定")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions asked of a program that is right about every one but the first."""
    questions: list[str] = []

    def ask(request: Request) -> Answer:
        questions.append(request.question)
        words = "由乙局负责" if "第0" in request.question else TEXT
        cited = Citation(1, "plan", "", "", "", "", (), TEXT, 0, len(TEXT), None, "")
        return Answer("answered", f"{words}[1]", (cited,))

    def document(one: str) -> SimpleNamespace:
        if one != "plan":
            raise UnknownDocumentError(one, "已入库的文件", "检查标识")
        return SimpleNamespace(text=TEXT)

    @contextmanager
    def beside(others: Mapping[str, bytes]) -> Iterator[SimpleNamespace]:
        assert not any("数字化" in data.decode() for data in others.values())
        infos = [SimpleNamespace(id=one, held=True, title="") for one in others]
        infos.append(SimpleNamespace(id="plan", held=True, title="甲区工作要点"))
        index = SimpleNamespace(documents=lambda: infos, document=document)
        yield SimpleNamespace(index=index, ask=ask)

    monkeypatch.setattr(command, "beside", beside)
    return questions


def test_other_documents_stand_beside_and_none_has_the_plan_s_subject(
    tmp_path: Path, shared: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(gold(tmp_path / f"{name}.jsonl", 10)) for name in "ab"]
    assert cli.main([*files, "--beside", str(shared), "--others", "2", "--failures"]) == 1
    out = capsys.readouterr().out
    assert len(asked) == 20
    assert "✗ a-0 第0事谁负责?" in out
    assert "✗ 全部题型答对 0.900，至少 0.93；另有 2 份文件。" in out


def test_some_questions_are_left_out_and_the_document_is_named(
    tmp_path: Path, shared: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(gold(tmp_path / "a.jsonl", 40))
    options = ["--beside", str(shared), "--others", "0", "--every", "2", "--named", "--json"]
    assert cli.main([file, *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kinds"]["responsible"]["answer_correct"] == 0.95
    assert asked[:2] == ["《甲区工作要点》：第0事谁负责?", "《甲区工作要点》：第2事谁负责?"]


def test_only_kinds_that_need_it_name_the_document() -> None:
    some = [GoldQuestion("a", kind, "有吗?") for kind in ("list", "yes_no")]
    assert [one.question for one in command.named(some, "甲")] == ["《甲》：有吗?", "有吗?"]


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (["a.jsonl", "--named"], "给出了 --named 而没有 --beside"),
        (["--beside", "."], "给出了 --beside 而没有 GOLD.jsonl"),
        (["a.jsonl", "--beside", ".", "--every", "-1"], "需要正整数"),
        (["a.jsonl", "--beside", ".", "--report", "x"], "--report 与 --beside 同用"),
        (["a.jsonl", "--beside", ".", "--many", "."], "同时给出了 --many 和 --beside"),
        (["a.jsonl", "b.jsonl"], "给出了 2 个 GOLD.jsonl"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    options: list[str], wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(options)
    assert stopped.value.code == 2
    assert wrong in capsys.readouterr().err


def test_the_plan_is_held_with_what_stands_beside_it() -> None:
    other = {"law-1.txt": "甲市养犬管理条例\n\n第一条 养犬应当登记。".encode()}
    with command.beside(other) as assistant:
        titles = {one.id: one.title for one in assistant.index.documents() if one.held}
        texts = command.Texts(assistant)
        assert titles["huangpu-digital-2022"] == "2022年黄浦区推进城区数字化转型工作要点"
        assert "养犬应当登记" in str(texts("law-1.txt"))
        assert texts("nothing") is None
