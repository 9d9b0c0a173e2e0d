"""`wence add` and `wence remove`: what is printed, where, and with which exit code."""

import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from qa_doubles import encoder

from qa.service import library
from qa.service.library import Library
from qa.service.settings import Settings
from ui import cli

ROADS = "青屿区道路养护办法\n\n第一条 道路由区路政机构养护。\n\n第二条 每季度巡查一次。\n"


@pytest.fixture(autouse=True)
def _double(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENCE_INDEX_DIR", str(tmp_path / "index"))
    with mock.patch.object(library, "load_encoder", return_value=encoder()):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "资料"
    (made / "子").mkdir(parents=True)
    (made / "甲.txt").write_text(ROADS, "utf-8")
    (made / "子" / "乙.txt").write_text(ROADS.replace("道路", "绿地"), "utf-8")
    (made / "子" / "空.txt").write_text("", "utf-8")
    (made / "副本.md").write_text(ROADS, "utf-8")
    (made / "图.png").write_bytes(b"\x89PNG")
    return made


def test_a_folder_ends_with_a_summary_and_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["add", "资料"]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert [line.partition("（")[0] for line in lines[:2]] == [
        "已入库 青屿区道路养护办法",
        "已入库 青屿区绿地养护办法",
    ]
    assert lines[2] == "新增 2，更新 0，未变 0，重复 1，跳过 1，失败 1"
    assert lines[3].startswith("重复 甲.txt：与《青屿区道路养护办法》（")
    assert lines[4].startswith("跳过 图.png：图.png的格式是.png；需要")
    assert lines[5].startswith("失败 子/空.txt：空.txt")
    assert len(lines) == 6
    assert err == ""
    (folder / "子" / "空.txt").unlink()
    assert cli.main(["add", "资料"]) == 0
    assert capsys.readouterr().out.startswith("新增 0，更新 0，未变 2，重复 1，跳过 1，失败 0\n")


def test_json_tells_each_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["add", "资料", "--json"]) == 1
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert told["counts"] == {"added": 2, "duplicate": 1, "skipped": 1, "failed": 1}
    files = {one["file"]: one for one in told["files"]}
    assert files["子/空.txt"]["code"] == "empty_document"
    assert files["图.png"]["code"] == "unsupported_format"
    (note,) = files["甲.txt"]["notes"]
    assert (note["relation"], note["document_id"]) == ("text", files["副本.md"]["document_id"])
    assert err == ""
    assert cli.main(["add", str(folder / "子" / "空.txt"), "--json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["counts"] == {"failed": 1}
    assert err.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_one_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["add", "资料/甲.txt"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert cli.main(["add", "资料/甲.txt"]) == 0
    assert capsys.readouterr().out.startswith("无变化 青屿区道路养护办法（")
    assert cli.main(["add", "资料/副本.md"]) == 0
    assert capsys.readouterr().out.startswith("重复 资料/副本.md：与《青屿区道路养护办法》（")
    for name, code in (("空.txt", "empty_document"), ("无.txt", "unreadable")):
        assert cli.main(["add", f"资料/子/{name}"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.endswith(f"({code})\n")
        assert err.count("\n") == 1


def test_nothing_read_is_two_with_all_reasons(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["add", "资料/子/空.txt", "无此文件.txt"]) == 2
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "新增 0，更新 0，未变 0，重复 0，跳过 0，失败 2"
    assert [line[:2] for line in out.splitlines()[1:]] == ["失败", "失败"]
    assert err.endswith("(nothing_read)\n")
    (folder / "空").mkdir()
    assert cli.main(["add", "资料/空"]) == 2
    assert "没有可读的文件" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("options", [[], ["--quiet"]])
def test_a_bar_is_for_terminals_that_want_it(
    options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("COLUMNS", "100")
    with mock.patch("tqdm.std.time", side_effect=range(1000)):  # a second between two looks
        assert cli.main(["add", "资料", *options]) == 1
    shown = stderr.getvalue()
    if options:
        assert shown == ""
    else:
        assert "5/5" in shown
        assert "子/空.txt" in shown


@pytest.mark.usefixtures("folder")
def test_a_second_writer_waits_as_long_as_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    held = Library.open(settings)
    assert cli.main(["add", "资料/甲.txt", "--wait", "0"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert cli.main(["add", "资料/甲.txt", "--wait", "0.1"]) == 2
    waiting, failed = capsys.readouterr().err.splitlines()
    assert f"（进程 {os.getpid()}，" in waiting
    assert waiting.endswith("最多等 0.1 秒")
    assert failed.endswith("(index_locked)")
    later = threading.Timer(0.3, held.close)
    later.start()
    assert cli.main(["add", "资料/甲.txt"]) == 0
    later.join()
    out, err = capsys.readouterr()
    assert out.startswith("已入库")
    assert err.endswith("最多等 60 秒\n")


@pytest.mark.usefixtures("folder")
def test_remove_takes_a_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["add", "资料"]) == 1
    capsys.readouterr()
    assert cli.main(["remove", "《青屿区绿地养护办法》"]) == 0
    assert capsys.readouterr().out.startswith("已撤下 青屿区绿地养护办法（d")
    assert cli.main(["remove", "《青屿区绿地养护办法》"]) == 2
    assert capsys.readouterr().err.endswith("(unknown_document)\n")
