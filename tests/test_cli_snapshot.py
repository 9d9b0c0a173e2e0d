"""`wence compact`, `wence snapshot` and `wence restore`, on a real index."""

from pathlib import Path

import pytest
from index_doubles import HashingEncoder, corpus

from index.local import LocalIndex
from ui import cli

ENCODER = HashingEncoder()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENCE_INDEX_DIR", str(tmp_path / "index"))
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(9, 2))
        index.delete(["doc001"])
    return tmp_path / "index"


@pytest.mark.usefixtures("folder")
def test_an_index_is_saved_compacted_and_restored(tmp_path, monkeypatch, capsys):
    assert cli.main(["snapshot", "saved.tar"]) == 0
    assert capsys.readouterr().out == "已保存快照 saved.tar：8 份文件\n"
    assert cli.main(["compact"]) == 0
    assert cli.main(["compact"]) == 0
    assert capsys.readouterr().out == "已整理索引\n索引无须整理\n"
    monkeypatch.setenv("WENCE_INDEX_DIR", str(tmp_path / "again"))
    assert cli.main(["restore", "saved.tar"]) == 0
    assert capsys.readouterr().out == f"已恢复到 {tmp_path / 'again'}：8 份文件\n"
    with LocalIndex.open(tmp_path / "again", ENCODER) as index:
        assert len(index.documents()) == 8


@pytest.mark.usefixtures("folder")
def test_errors_are_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys):
    assert cli.main(["restore", "saved.tar"]) == 2
    assert capsys.readouterr().err.endswith("(foreign_index)\n")
    (tmp_path / "saved.tar").touch()
    assert cli.main(["snapshot", "saved.tar"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("wence: ")
    assert error.count("\n") == 1
    monkeypatch.setenv("WENCE_INDEX_DIR", str(tmp_path / "nowhere"))
    for command in (["compact"], ["snapshot", "other.tar"]):
        assert cli.main(command) == 2
        assert capsys.readouterr().err.endswith("(no_index)\n")
