"""The command line: output, exit codes, and what it must not import."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from test_ui_double import PLAN_TEXT, FakeAssistant, FakeIndex, FakeLibrary

from index.errors import IndexLockedError, NoIndexError
from index.verify import Finding
from ui import cli, doctor
from ui.wrapping import width

ROOT = Path(__file__).resolve().parent.parent


class Index(FakeIndex):
    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        return None


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WENCE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENCE_INDEX_DIR", str(tmp_path / "index"))


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    made = FakeAssistant()
    factory = SimpleNamespace(open=lambda _: made)
    monkeypatch.setitem(sys.modules, "qa.service.assistant", SimpleNamespace(Assistant=factory))
    return made


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> FakeLibrary:
    made = FakeLibrary()
    factory = SimpleNamespace(open=lambda _, **__: made)
    monkeypatch.setitem(sys.modules, "qa.service.library", SimpleNamespace(Library=factory))
    return made


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    made = Index()
    factory = SimpleNamespace(open=lambda *_: made)
    monkeypatch.setitem(sys.modules, "index.local", SimpleNamespace(LocalIndex=factory))
    return made


def test_ask_prints_answer_then_citations(
    assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", "谁负责IPv6?", "--history", "一?", "--history", "二?"]) == 0
    assert capsys.readouterr().out == (
        "由**区科委**、**各街道**负责。[1]\n"
        "\n"
        "[1] 《2022年城区数字化转型工作要点》（数字化办〔2022〕1号）\n"
        "    二、重点任务 › 1.提升光纤网络服务能级\n"
        "    “推进 IPv6 规模部署,固定宽带用户平均速率达到80%以上。"
        "(责任单位:【区科委】、【各街道】)”\n"
        "    来源：corpus/要点.txt\n"
        "\n"
        "可以接着问：区科委有哪些任务？ ｜ 区民政局负责什么？\n"
    )
    assert [turn.question for turn in assistant.asked[0].history] == ["一?", "二?"]


def test_a_quote_that_the_answer_holds_is_marked_there_and_printed_once(
    assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", "原文?", "--document", "plan-2022", "--document", "law"]) == 0
    assert capsys.readouterr().out == (
        "- “1.提升光纤网络服务能级。推进 IPv6 规模部署,固定宽带用户平均速率达到【80%以上】。"
        "(责任单位:区科委、各街道)\n"
        "  2.提升“颐养扶助”服务能级。探索互联网医院在【7家养老机构】推广应用。<b>保留原样</b>"
        "(责任单位:区民政局)”[1]\n"
        "\n"
        "[1] 《2022年城区数字化转型工作要点》（数字化办〔2022〕1号）\n"
        "    二、重点任务\n"
        "    来源：corpus/要点.txt\n"
    )
    assert assistant.asked[0].documents == ("plan-2022", "law")


@pytest.mark.parametrize("name", ["nothing", "missing-1", "\udcff", ""])
def test_a_document_that_is_not_held_cannot_be_answered_from(
    assistant: FakeAssistant, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", "IPv6", "--document", "law", "--document", name]) == 2
    error = capsys.readouterr().err
    assert error.startswith("wence: 限定的文件 ")
    assert error.endswith("或不限定文件(unknown_document)\n")
    assert assistant.asked == []


def test_a_terminal_gets_bold_marks_and_short_lines(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("ui.printing.coloured", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert cli.main(["ask", "谁负责IPv6?"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "由\x1b[1m区科委\x1b[0m、\x1b[1m各街道\x1b[0m负责。[1]"
    assert "\x1b[1m【区科委】\x1b[0m、" in "".join(line.strip() for line in lines)
    assert max(width(line) for line in lines) <= 60
    assert sum(line.startswith("    ") for line in lines) == 4
    assert len(assistant.asked) == 1


def test_ask_json_is_the_contract(
    assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", "--json", "--language", "en", "谁负责IPv6?"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["status"], body["citations"][0]["clause"]) == ("answered", "1")
    start = PLAN_TEXT.index("区科委")
    assert body["citations"][0]["highlights"][0] == [start, start + 3]
    assert assistant.asked[0].language == "en"


def test_language_of_the_settings_is_the_default(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_LANGUAGE", "zh")
    assert cli.main(["ask", "谁负责IPv6?"]) == 0
    assert assistant.asked[0].language == "zh"


@pytest.mark.usefixtures("assistant")
def test_a_refusal_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "月亮上有什么?"]) == 0
    assert capsys.readouterr().out.startswith("没有找到直接规定。\n")


@pytest.mark.usefixtures("assistant")
@pytest.mark.parametrize("question", ["", " ", "长" * 2001, "问\x1b[31m题", "\udcff"])
def test_a_bad_question_is_one_line_and_two(
    question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", question]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("wence: ")
    assert captured.err.endswith(")\n")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "问", "--language", "fr"],
        ["nothing"],
        ["add"],
        ["add", "a.txt", "--wait", "nan"],
        ["add", "a.txt", "--wait", "-1"],
        ["remove"],
        ["show"],
        ["show", "law", "--outline", "--facts"],
        ["serve", "--port", "70000"],
        ["serve", "--ui-port", "x"],
        ["--nothing"],
    ],
)
def test_wrong_calls_exit_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: wence")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["ask", "--help"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 0
    assert "usage: wence" in capsys.readouterr().out


def test_bad_settings_are_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_PORT", "many")
    assert cli.main(["doctor"]) == 2
    assert capsys.readouterr().err.endswith("(bad_settings)\n")


def test_add_and_remove(library: FakeLibrary, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["add", "a.txt", "https://example.org/b"]) == 0
    assert library.added == [Path("a.txt"), "https://example.org/b"]
    assert cli.main(["remove", "plan-2022"]) == 0
    assert library.removed == ["plan-2022"]
    assert capsys.readouterr().out == (
        "已入库 2022年城区数字化转型工作要点（plan-2022，12 个片段）\n"
        "新增 1，更新 0，未变 0，重复 0，跳过 0，失败 0\n"
        "已撤下 2022年城区数字化转型工作要点（plan-2022）\n"
    )
    assert cli.main(["remove", "nothing"]) == 2
    assert "(unknown_document)" in capsys.readouterr().err


def test_a_locked_index_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise IndexLockedError("另一个进程正在写入", "空闲的索引", "稍后再试")

    fake = SimpleNamespace(Library=SimpleNamespace(open=locked))
    monkeypatch.setitem(sys.modules, "qa.service.library", fake)
    assert cli.main(["add", "a.txt"]) == 2
    assert capsys.readouterr().err == (
        "wence: 另一个进程正在写入；需要空闲的索引；请稍后再试(index_locked)\n"
    )


@pytest.mark.usefixtures("index")
def test_ls_marks_what_is_not_held(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ls"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "law\t已入库\t数据条例",
        "missing-1\t未入库\t市“十四五”规划",
        "plan-2022\t已入库\t2022年城区数字化转型工作要点\t数字化办〔2022〕1号\t2022-07-19",
    ]
    assert cli.main(["ls", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[2]["issued"] == "2022-07-19"


@pytest.mark.usefixtures("index")
def test_show_prints_text_outline_or_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "plan-2022"]) == 0
    assert capsys.readouterr().out == (
        "《2022年城区数字化转型工作要点》\n编号：plan-2022\n文号：数字化办〔2022〕1号\n"
        "发文机关：区数字化办\n成文日期：2022-07-19\n来源：corpus/要点.txt\n\n" + PLAN_TEXT
    )
    assert cli.main(["show", "plan-2022", "--outline"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("一、总体要求\t一\t12-")
    assert [line.split("\t")[0] for line in lines[1:]] == [
        "二、重点任务",
        "  1.提升光纤网络服务能级",
        "  2.提升“颐养扶助”服务能级",
    ]
    assert cli.main(["show", "plan-2022", "--facts"]) == 0
    told = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[:3] for line in told] == [
        ["任务", "二/1", "区科委（责任）"],
        ["任务", "二/1", "各街道（责任）"],
        ["任务", "二/2", "区民政局（责任）"],
        ["指标", "二/1", "固定宽带用户平均速率 80%以上（2022年底）"],
        ["引用", "一", "《市“十四五”规划》 → missing-1"],
    ]
    start, end = map(int, told[0][3].split("-"))
    assert PLAN_TEXT[start:end] == "区科委"
    assert cli.main(["show", "law", "--facts"]) == 0
    assert "日期\t第一条\t施行 2031年5月1日（2031-05-01）\t" in capsys.readouterr().out


@pytest.mark.usefixtures("index")
def test_show_says_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    for view in ([], ["--outline"], ["--facts"]):
        assert cli.main(["show", "missing-1", *view]) == 0
        captured = capsys.readouterr()
        assert captured.err == "missing-1 未入库；用 wence add 添加\n"
        assert ("未入库：只在其他文件中被引用" in captured.out) is (view == [])
    assert cli.main(["show", "nothing"]) == 2
    assert "(unknown_document)" in capsys.readouterr().err


def test_interrupt_is_quiet(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(assistant, "ask", interrupt)
    assert cli.main(["ask", "谁负责IPv6?"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_commands_of_other_packages_get_their_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def points(*, group: str, name: str = "bench") -> Iterator[Any]:
        assert group == "wence.commands"
        if name == "bench":
            yield SimpleNamespace(name="bench", load=lambda: lambda given: len(given))

    monkeypatch.setattr(cli, "entry_points", points)
    assert cli.main(["bench", "--long", "x"]) == 2
    assert cli.main(["--help"]) == 0
    assert "其他命令：bench" in capsys.readouterr().out


@pytest.mark.usefixtures("assistant")
def test_doctor_tells_good_from_bad(
    index: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def warn(_: object) -> list[Finding]:
        return [Finding("warning", "有未完成的写入", "等待下一次写入")]

    checks = {"索引": warn, "问答": doctor.check_service}
    monkeypatch.setattr(doctor, "CHECKS", checks)
    counted = {"unit": 3, "place": 0, "term": 2, "title": 1}
    monkeypatch.setattr(index, "names", lambda: counted, raising=False)
    monkeypatch.setenv("WENCE_ENCODER_QUERY_PROMPT", "Instruct: find\nQuery:")
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "  port = 8600\n" in out
    assert "  encoder_query_prompt = Instruct: find\\nQuery:\n" in out
    assert "  reranker = \n  rerank_top = 20\n" in out
    assert "  提示  索引：有未完成的写入；处理办法：等待下一次写入\n  正常  问答\n" in out
    assert "  词典  6 个名称（单位 3、地名 0、政策用语 2、文件名 1）\n" in out

    def fail(_: object) -> list[Finding]:
        raise NoIndexError("没有索引", "已建立的索引", "先运行 wence add")

    monkeypatch.setitem(checks, "索引", fail)
    assert cli.main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "  异常  索引：没有索引(no_index)；处理办法：先运行 wence add\n  正常  问答\n" in out


def test_output_survives_a_console_without_chinese_and_a_closed_pipe() -> None:
    code = "import sys; from ui import cli; sys.exit(cli.main(['--help']))"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    piped = subprocess.run(
        ["bash", "-c", f'{sys.executable} -c "{code}" | true; echo ${{PIPESTATUS[0]}}'],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (piped.stdout, piped.stderr) == (b"0\n", b"")


def test_the_way_to_ask_imports_no_server_no_chat_and_no_large_model() -> None:
    heavy = ("fastapi", "uvicorn", "streamlit", "torch", "sentence_transformers", "transformers")
    code = (
        "import sys; from ui import cli, printing; import qa.service.settings, qa.answer;"
        "cli.parser();"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
