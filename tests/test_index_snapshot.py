"""A snapshot is the whole index of one moment, and nothing half restored is ever seen."""

import io
import tarfile
from pathlib import Path

import pytest
from index_doubles import HashingEncoder, corpus, document, full_document

from index import snapshot as module
from index.errors import CorruptIndexError, ForeignIndexError, IndexFolderError, NoIndexError
from index.local import LocalIndex
from index.snapshot import restore, snapshot
from index.verify import verify

ENCODER = HashingEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add([*corpus(4, 3), full_document()])
        index.add([document("later", "后来的网络。")])
        index.delete(["doc001"])
    return tmp_path / "index"


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    snapshot(folder, tmp_path / "saved.tar")
    return tmp_path / "saved.tar"


def repacked(source: Path, target: Path, change) -> Path:
    """The snapshot with its members changed: `change(name, content)` gives members anew."""
    with tarfile.open(source) as before, tarfile.open(target, "w") as after:
        for member in before:
            content = before.extractfile(member).read()
            for header, data in change(member, content):
                header.size = len(data)
                after.addfile(header, io.BytesIO(data))
    return target


def test_what_is_restored_is_the_same_index(folder, saved, tmp_path):
    found = restore(saved, tmp_path / "again")
    with LocalIndex.open(folder, ENCODER) as old, LocalIndex.open(tmp_path / "again") as new:
        assert new.snapshot() == old.snapshot() == found.name
        assert new.documents() == old.documents()
        assert new.search_lexical("网络", 99) == old.search_lexical("网络", 99)
    assert [one for one in verify(tmp_path / "again", ENCODER) if one.severity == "error"] == []
    with LocalIndex.open(tmp_path / "again", ENCODER, writable=True) as index:
        index.add([document("more", "更多。")])


def test_an_empty_folder_may_be_restored_into_and_another_not(saved, tmp_path):
    (tmp_path / "empty").mkdir()
    restore(saved, tmp_path / "empty")
    for name in ("empty", "index"):
        with pytest.raises(ForeignIndexError, match=r"已有内容.*先移走它"):
            restore(saved, tmp_path / name)
    LocalIndex.open(tmp_path / "index", ENCODER).close()


def test_a_snapshot_is_of_one_generation_while_others_write(folder, tmp_path, monkeypatch):
    real = module._put
    before = LocalIndex.open(folder, ENCODER)
    with LocalIndex.open(folder, ENCODER, writable=True) as writer:

        def slow(tar, name, file, part):
            writer.add([document(f"new {name}", "另一个网络。")])
            real(tar, name, file, part)

        monkeypatch.setattr(module, "_put", slow)
        snapshot(folder, tmp_path / "saved.tar")
    restore(tmp_path / "saved.tar", tmp_path / "again")
    with LocalIndex.open(tmp_path / "again") as index:
        assert index.snapshot() == before.snapshot()
    before.close()


def test_a_snapshot_replaces_no_file_and_leaves_none_half_written(folder, saved, tmp_path):
    with pytest.raises(IndexFolderError, match=r"saved\.tar 已存在"):
        snapshot(folder, saved)
    with pytest.raises(IndexFolderError, match="写快照"):
        snapshot(folder, tmp_path / "nowhere" / "saved.tar")
    with pytest.raises(NoIndexError):
        snapshot(tmp_path / "nowhere", tmp_path / "other.tar")
    part = next(folder.glob("segment-*/dense.faiss"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(CorruptIndexError, match=r"dense\.faiss 与清单不符"):
        snapshot(folder, tmp_path / "other.tar")
    assert {path.name for path in tmp_path.iterdir()} == {"index", "saved.tar"}


def harmed(header, content):
    where = "store.sqlite" in header.name
    yield header, content[:-1] + b"x" if where else content


def missing(header, content):
    if "dense.faiss" not in header.name:
        yield header, content


def outside(header, content):
    yield header, content
    yield tarfile.TarInfo("../outside"), b"x"


def absolute(header, content):
    yield header, content
    yield tarfile.TarInfo("/segment-1/outside"), b"x"


def linked(header, content):
    yield header, content
    link = tarfile.TarInfo("segment-00000001/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    yield link, b""


def extra(header, content):
    yield header, content
    if header.name == "manifest.json":
        yield tarfile.TarInfo("segment-00000001/extra"), b"x"


@pytest.mark.parametrize("change", [harmed, missing, outside, absolute, linked, extra])
def test_a_snapshot_that_was_tampered_with_is_refused_whole(saved, tmp_path, change):
    bad = repacked(saved, tmp_path / "bad.tar", change)
    with pytest.raises(CorruptIndexError, match=r"快照.*换一份快照"):
        restore(bad, tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} == {"index", "saved.tar", "bad.tar"}


def test_what_is_no_snapshot_is_refused(saved, tmp_path):
    (tmp_path / "text.tar").write_text("一些文字")
    (tmp_path / "half.tar").write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    for name in ("text.tar", "half.tar"):
        with pytest.raises(ForeignIndexError):
            restore(tmp_path / name, tmp_path / "again")
    with pytest.raises(IndexFolderError, match="失败"):
        restore(tmp_path / "nowhere.tar", tmp_path / "again")
    assert not (tmp_path / "again").exists()
