"""Adding as a keeper expects it: folders, bad files, copies, and the same file known again."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import pytest
from qa_doubles import encoder

from index.pace import Pace
from ingest.errors import (
    EmptyDocumentError,
    MetadataError,
    ReadError,
    UnsupportedFormatError,
)
from qa.errors import AmbiguousTitleError, NothingReadError
from qa.service import library
from qa.service.library import Library
from qa.service.outcomes import FileOutcome
from qa.service.settings import Settings

_LINE = "巡查 保洁 绿化 照明 停车 防汛 除雪 养护 投诉 执法 宣传 培训 统计 考核 验收 备案"
DUTIES = _LINE.split()


def text(title: str, *words: str) -> str:
    """A document of one clause for each word."""
    lines = (f"{n}.做好{word}工作，每季度报送一次情况。" for n, word in enumerate(words, 1))
    return "\n".join([title, "", "一、主要任务", "", *lines, ""])


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def changes(outcomes: Sequence[FileOutcome]) -> dict[str, str]:
    return {one.file: one.change for one in outcomes}


def notes(outcome: FileOutcome) -> list[tuple[str, str]]:
    return [(one.relation, one.document_id) for one in outcome.notes]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Library]:
    with (
        mock.patch.object(library, "load_encoder", return_value=encoder()),
        Library.open(Settings(index_dir=tmp_path / "index")) as made,
    ):
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that can be read and files that can't, in a folder and below it."""
    made = tmp_path / "corpus"
    write(made / "甲.txt", text("青屿区道路养护办法", "巡查"))
    write(made / "子" / "乙.md", text("青屿区绿地养护办法", "绿化"))
    write(made / "子" / "空.txt", "")
    write(made / "图.png", "x")
    write(made / "无扩展名", "x")
    for hidden in (".git/丙.txt", "~$甲.docx", "Thumbs.db", "子/.DS_Store", "子/.丁.txt"):
        write(made / hidden, text("不该看见", "考核"))
    return made


def test_a_folder_is_taken_with_all_that_lies_below_it(writer: Library, folder: Path) -> None:
    outcomes = writer.add([folder])
    assert changes(outcomes) == {
        "图.png": "skipped",
        "无扩展名": "skipped",
        "甲.txt": "added",
        "子/乙.md": "added",
        "子/空.txt": "failed",
    }
    assert [type(one.error) for one in outcomes if one.error] == [
        *(UnsupportedFormatError, UnsupportedFormatError, EmptyDocumentError)
    ]
    assert len(writer.index.documents()) == 2


def test_links_that_lead_back_end(writer: Library, folder: Path) -> None:
    (folder / "子" / "上").symlink_to(folder)
    (folder / "子" / "断.txt").symlink_to(folder / "无此文件.txt")
    outcomes = changes(writer.add([folder]))
    assert outcomes["子/断.txt"] == "failed"
    assert sorted(outcomes) == [
        "图.png",
        "子/乙.md",
        "子/断.txt",
        "子/空.txt",
        "无扩展名",
        "甲.txt",
    ]


def test_each_folder_has_its_own_sources(writer: Library, folder: Path) -> None:
    told = '[[document]]\nfile = "{}"\nid = "{}"\n[[document]]\nid = "r-{}"\ntitle = "参考"\n'
    write(folder / "sources.toml", told.format("甲.txt", "roads", "1"))
    write(folder / "子" / "sources.toml", told.format("乙.md", "lawns", "2"))
    writer.add([folder])
    held = {one.id: one.held for one in writer.index.documents()}
    assert held == {"lawns": True, "r-1": False, "r-2": False, "roads": True}


def test_bad_sources_keep_no_other_folder_out(writer: Library, folder: Path) -> None:
    write(folder / "子" / "sources.toml", "[[document]]\nfile = 3\n")
    outcomes = {one.file: one for one in writer.add([folder])}
    assert outcomes["甲.txt"].change == "added"
    assert outcomes["子/乙.md"].change == "skipped"
    assert isinstance(outcomes["子/sources.toml"].error, MetadataError)


def test_what_is_given_twice_is_added_once(writer: Library, folder: Path) -> None:
    outcomes = writer.add([folder, folder / "甲.txt", folder / "子"])
    assert len(outcomes) == 5
    assert changes(outcomes)[str(folder / "甲.txt")] == "added"


def test_nothing_read_is_an_error_that_leaves_its_reasons(writer: Library, folder: Path) -> None:
    told: list[FileOutcome] = []
    with pytest.raises(NothingReadError, match="2 个文件"):
        writer.add([folder / "子" / "空.txt", folder / "无"], acknowledged=told.extend)
    assert [one.change for one in told] == ["failed", "failed"]


def test_a_reader_that_breaks_is_a_failure_of_its_file(writer: Library, folder: Path) -> None:
    with (
        mock.patch("ingest.parse.metadata", side_effect=ZeroDivisionError("by zero")),
        pytest.raises(ReadError, match=r"甲\.txt解析时出错\(ZeroDivisionError"),
    ):
        writer.add([folder / "甲.txt"])


def test_progress_counts_every_file_and_ends_with_all(writer: Library, folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    writer.add([folder], progress=lambda *told: seen.append(told))
    assert [done for done, _, _ in seen] == [1, 2, 3, 4, 5]
    assert {of for _, of, _ in seen} == {5}
    assert {name for _, _, name in seen} >= {"子/乙.md", "图.png"}


@pytest.mark.parametrize("name", ["副本.txt", "子/甲.md"])
def test_a_copy_is_told_and_left_out(writer: Library, folder: Path, name: str) -> None:
    spaced = text("青屿区道路养护办法", "巡查").replace("\n", "\n\n ")
    write(folder / name, spaced)
    for _ in range(2):
        outcomes = {one.file: one for one in writer.add([folder])}
        (roads,) = (one for one in writer.index.documents() if one.title == "青屿区道路养护办法")
        copies = [one for one in outcomes.values() if one.change == "duplicate"]
        assert [notes(one) for one in copies] == [[("text", roads.id)]]
    (copy,) = writer.add([write(folder.parent / "又一份.txt", spaced)])
    assert (copy.change, notes(copy)) == ("duplicate", [("text", roads.id)])


def test_what_is_nearly_the_same_is_told_and_added(writer: Library, tmp_path: Path) -> None:
    write(tmp_path / "a" / "1.txt", text("青屿区市容办法", *DUTIES))
    write(tmp_path / "a" / "2.txt", text("云泽区市容办法", *DUTIES))
    write(tmp_path / "a" / "3.txt", text("青屿区市容办法", *DUTIES[:8], "夜市", "集市", "早市"))
    first, second, third = writer.add([tmp_path / "a"])
    assert [one.change for one in (first, second, third)] == ["added"] * 3
    assert notes(first) == []
    assert notes(second) == [("near", first.document_id)]
    assert notes(third) == [("title", first.document_id)]
    (fourth,) = writer.add([write(tmp_path / "4.txt", text("白沙区市容办法", *DUTIES))])
    assert {one.relation for one in fourth.notes} == {"near"}
    assert {one.document_id for one in fourth.notes} == {first.document_id, second.document_id}


def test_a_copy_takes_the_place_of_what_was_replaced_later(writer: Library, tmp_path: Path) -> None:
    """The text moved to another file, which is read first."""
    folder = tmp_path / "a"
    write(folder / "乙.txt", text("青屿区市容办法", "保洁"))
    writer.add([folder])
    write(folder / "丙.txt", text("青屿区市容办法", "保洁"))
    write(folder / "乙.txt", text("青屿区市容办法", *DUTIES))
    assert changes(writer.add([folder])) == {"丙.txt": "added", "乙.txt": "replaced"}
    assert len(writer.index.documents()) == 2


def test_an_update_may_say_what_another_document_says(writer: Library, tmp_path: Path) -> None:
    one = write(tmp_path / "1.txt", text("青屿区市容办法", *DUTIES))
    write(tmp_path / "2.txt", text("青屿区市容办法", *DUTIES[:9]))
    first, _ = writer.add([one, tmp_path / "2.txt"])
    write(tmp_path / "2.txt", one.read_text("utf-8"))
    (second,) = writer.add([tmp_path / "2.txt"])
    assert second.change == "replaced"
    assert notes(second) == [("text", first.document_id), ("title", first.document_id)]


def test_versions_of_one_title_live_side_by_side(writer: Library, tmp_path: Path) -> None:
    """By number, by name, and by folder, each of them an update when it comes again."""
    head = "云府办〔{}〕7号\n\n云泽市人民政府办公室关于做好防汛工作的通知\n\n一、{}。\n"
    same = [write(tmp_path / "a" / "通知.txt", head.format(2030, "巡查堤防"))]
    writer.add(same)
    write(same[0], head.format(2031, "备足物资"))
    assert [one.change for one in writer.add(same)] == ["added"]
    folders = [write(tmp_path / f / "通报.txt", text("通报", f)) for f in ("a", "b", "c/b")]
    placed = writer.add([tmp_path / "a" / "通报.txt", *folders[1:]])
    assert [one.change for one in placed] == ["added"] * 3
    assert len({one.document_id for one in placed}) == 3
    assert [one.change for one in writer.add(folders)] == ["unchanged"] * 3
    for path, before in zip(folders, placed, strict=True):
        write(path, text("通报", path.parent.name, "补充"))
        (after,) = writer.add([path])
        assert (after.change, after.document_id) == ("replaced", before.document_id)
    assert len(writer.index.documents()) == 5


def test_a_file_whose_title_changed_is_still_the_file(writer: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "办法.txt", text("青屿区市容试行办法", *DUTIES))
    (before,) = writer.add([path])
    write(path, text("青屿区市容办法", *DUTIES))
    (after,) = writer.add([path])
    assert (after.change, after.title) == ("replaced", "青屿区市容办法")
    assert [one.id for one in writer.index.documents()] == [after.document_id]
    assert before.document_id != after.document_id
    write(tmp_path / "sources.toml", '[[document]]\nfile = "办法.txt"\nid = "tidy"\n')
    assert [one.change for one in writer.add([path])] == ["replaced"]
    assert [one.id for one in writer.index.documents()] == ["tidy"]


def test_another_text_under_the_same_name_is_another_document(
    writer: Library, tmp_path: Path
) -> None:
    path = write(tmp_path / "下载.txt", text("青屿区市容办法", *DUTIES))
    writer.add([path])
    write(path, "云泽市渡口管理规定\n\n第一条 渡口由港航机构管理。\n\n第二条 渡船每年检验一次。\n")
    assert [one.change for one in writer.add([path])] == ["added"]
    assert len(writer.index.documents()) == 2


def test_a_folder_that_was_moved_brings_updates(writer: Library, folder: Path) -> None:
    writer.add([folder])
    moved = folder.rename(folder.parent / "moved")
    write(moved / "甲.txt", text("青屿区道路养护办法", "巡查", "除雪"))
    found = changes(writer.add([moved]))
    assert (found["甲.txt"], found["子/乙.md"]) == ("replaced", "unchanged")


def test_an_unchanged_file_is_not_read_again(writer: Library, folder: Path) -> None:
    writer.add([folder])
    with mock.patch("index.draft.parse", side_effect=AssertionError):
        outcomes = {one.file: one for one in writer.add([folder]) if one.change == "unchanged"}
    assert {(one.file, one.title, one.passages) for one in outcomes.values()} == {
        ("甲.txt", "青屿区道路养护办法", 2),
        ("子/乙.md", "青屿区绿地养护办法", 2),
    }
    with mock.patch("ingest.fingerprint._rules", return_value="other rules"):
        read = mock.Mock(side_effect=ReadError("甲", "乙", "丙"))
        with mock.patch("index.draft.parse", read), pytest.raises(NothingReadError):
            writer.add([folder])
    assert read.call_count == 3


def test_what_is_told_is_durable(writer: Library, tmp_path: Path) -> None:
    """Each batch is told when another reader finds it, and no file is told twice."""
    for number, word in enumerate(DUTIES):
        write(tmp_path / "a" / f"{number:02}.txt", text(f"青屿区{word}办法", word))
    told: list[str] = []
    batches = 0

    def acknowledged(outcomes: Sequence[FileOutcome]) -> None:
        nonlocal batches
        batches += 1
        told.extend(one.document_id for one in outcomes)
        held = {one.id for one in type(writer.index).open(writer.index._root).documents()}
        assert held == set(told)

    with mock.patch.object(library, "Pace", return_value=Pace(shortest=0, longest=0)):
        outcomes = writer.add([tmp_path / "a"], acknowledged=acknowledged)
    assert told == [one.document_id for one in outcomes]
    assert len(set(told)) == len(DUTIES)
    assert batches > 1


def test_batches_grow_with_the_work() -> None:
    now = 0.0
    pace = Pace(clock=lambda: now)
    lengths = []
    for _ in range(20):
        began = now
        while not pace.due:
            now += 0.01
        lengths.append(now - began)
        now += 0.02
        pace.published(0.02)
    assert 0.25 <= lengths[0] < 0.3
    assert lengths[-1] == pytest.approx(0.2 * (now - lengths[-1]), rel=0.1)
    now += 3600
    pace.published(0.02)
    began = now
    while not pace.due:
        now += 1
    assert now - began <= 61


def test_titles_name_documents_if_they_are_of_one_only(writer: Library, tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt"):
        write(tmp_path / "a" / name, text("青屿区市容办法", *DUTIES[: 4 + int(name[0])]))
    write(tmp_path / "a" / "3.txt", text("青屿区绿地办法", "绿化"))
    writer.add([tmp_path / "a"])
    with pytest.raises(AmbiguousTitleError) as caught:
        writer.remove(["《青屿区绿地办法》", "青屿区市容办法"])
    ids = [one.id for one in writer.index.documents() if one.title == "青屿区市容办法"]
    assert all(one in str(caught.value) for one in ids)
    assert len(writer.index.documents()) == 3
    gone = writer.remove(["《青屿区绿地办法》", ids[0]])
    assert [one.title for one in gone] == ["青屿区绿地办法", "青屿区市容办法"]
    assert [one.id for one in writer.index.documents()] == [ids[1]]


def test_a_name_that_is_no_text_is_a_failure(writer: Library, folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"\xff.txt")).write_text(text("某办法", "巡查"), "utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    found = changes(writer.add([folder]))
    assert found["\udcff.txt"] == "failed"
    assert found["甲.txt"] == "added"
