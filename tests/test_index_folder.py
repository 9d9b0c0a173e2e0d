"""Opening, locking and damage of an index folder."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from index_doubles import HashingEncoder, corpus, document, full_document

from index import generation, migrations
from index.errors import (
    CorruptIndexError,
    EncoderError,
    ForeignIndexError,
    IndexFolderError,
    IndexLockedError,
    NoIndexError,
    UnknownDocumentError,
)
from index.local import LocalIndex
from index.migrations import MIGRATIONS, migrate
from index.rebuilding import rebuild
from index.verify import verify

ENCODER = HashingEncoder()
TESTS = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed index of two small documents and one with facts."""
    path = tmp_path / "index"
    with LocalIndex.create(path, ENCODER) as index:
        index.add([*corpus(2, 3), full_document()])
    return path


def part_of(folder: Path, name: str) -> Path:
    """A file of the one segment, or of the lexical index."""
    (found,) = folder.glob(f"*-*/{name}")
    return found


def edit_manifest(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
    )


def test_what_was_written_is_read_by_the_next_process(folder):
    with LocalIndex.open(folder, ENCODER) as index:
        assert [info.id for info in index.documents()] == ["doc000", "doc001", "full"]
        assert index.facts() == full_document().facts
        assert index.search_lexical("覆盖率", 1)[0].key == ("full", 1)
    assert verify(folder, ENCODER)[0].severity == "warning"  # 《示例办法》 is not held


def test_no_index_is_said_to_be_none(tmp_path):
    with pytest.raises(NoIndexError, match=r"不存在.*wence add"):
        LocalIndex.open(tmp_path / "nowhere")
    with pytest.raises(NoIndexError, match="还没有索引"):
        LocalIndex.open(tmp_path)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    for attempt in (LocalIndex.open, lambda path: LocalIndex.create(path, ENCODER)):
        with pytest.raises(ForeignIndexError):
            attempt(tmp_path)
    with pytest.raises(ForeignIndexError, match="不是文件夹"):
        LocalIndex.open(tmp_path / "holiday.jpg")
    with pytest.raises(ForeignIndexError):
        LocalIndex.create(tmp_path / "holiday.jpg", ENCODER)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_an_index_is_not_created_over_another(folder):
    with pytest.raises(ForeignIndexError, match="已有索引"):
        LocalIndex.create(folder, ENCODER)
    with LocalIndex.open(folder, ENCODER, writable=True) as index:
        assert len(index.documents()) == 3


def test_a_creation_that_was_killed_can_be_repeated(tmp_path):
    (tmp_path / "segment-00000001" / "lexical").mkdir(parents=True)
    (tmp_path / "write.lock").touch()
    with pytest.raises(NoIndexError):
        LocalIndex.open(tmp_path)
    with LocalIndex.create(tmp_path, ENCODER) as index:
        index.add(corpus(1, 1))


def test_a_place_that_can_not_be_made_or_read(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(IndexFolderError, match="写索引"):
        LocalIndex.create(tmp_path / "file" / "index", ENCODER)
    (tmp_path / "index" / "manifest.json").mkdir(parents=True)
    with pytest.raises(IndexFolderError, match="无法读取"):
        LocalIndex.open(tmp_path / "index")


def test_an_unreadable_manifest(folder):
    (folder / "manifest.json").write_text("{")
    with pytest.raises(CorruptIndexError, match=r"不可读.*备份"):
        LocalIndex.open(folder)
    (folder / "manifest.json").write_text('{"format": "wence-index", "layout": 2}')
    with pytest.raises(CorruptIndexError, match="缺少内容"):
        LocalIndex.open(folder)
    assert verify(folder)[0].severity == "error"


def test_another_program_or_another_version(folder):
    edit_manifest(folder, layout=99)
    with pytest.raises(ForeignIndexError, match="99"):
        LocalIndex.open(folder)
    edit_manifest(folder, layout=2, schema=99)
    with pytest.raises(ForeignIndexError, match="升级本程序"):
        LocalIndex.open(folder)
    edit_manifest(folder, schema=len(MIGRATIONS), tokenizer="other")
    with pytest.raises(ForeignIndexError, match="分词规则是 other"):
        LocalIndex.open(folder)


@pytest.mark.parametrize("part", ["store.sqlite", "dense.faiss", "pieces.ids.npy", "meta.json"])
@pytest.mark.parametrize("harm", ["missing", "truncated", "flipped"])
def test_damage_is_noticed_on_opening(folder, part, harm):
    path = part_of(folder, part)
    content = path.read_bytes()
    if harm == "missing":
        path.unlink()
    elif harm == "truncated":
        path.write_bytes(content[:-1])
    else:
        path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    with pytest.raises(CorruptIndexError, match=rf"{part}.*备份"):
        LocalIndex.open(folder)
    errors = [finding for finding in verify(folder) if finding.severity == "error"]
    assert part in errors[0].found
    assert errors[0].remedy


@pytest.mark.parametrize("part", ["store.sqlite", "dense.faiss", "pieces.ids.npy", "meta.json"])
def test_damage_of_an_index_too_large_to_hash_is_an_error_all_the_same(folder, part, monkeypatch):
    monkeypatch.setattr(generation, "_HASHED_ON_OPEN", 0)
    path = part_of(folder, part)
    path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(CorruptIndexError), LocalIndex.open(folder) as index:
        index.search_dense(np.eye(1, 64, dtype=np.float32)[0], 1)


def test_counts_that_differ_from_the_manifest(folder):
    found = json.loads((folder / "manifest.json").read_text())
    edit_manifest(folder, counts={**found["counts"], "passages": 99})
    with pytest.raises(CorruptIndexError, match="记录数"):
        LocalIndex.open(folder)
    assert any("记录数" in finding.found for finding in verify(folder))


def test_another_encoder_is_refused_and_a_rebuild_takes_it(folder):
    other = HashingEncoder(32, "hashing-2")
    for writable in (False, True):
        with pytest.raises(EncoderError, match=r"hashing-1，64 维.*hashing-2，32 维"):
            LocalIndex.open(folder, other, writable=writable)
    assert any("hashing-2" in finding.found for finding in verify(folder, other))
    rebuild(folder, other)
    with LocalIndex.open(folder, other) as index:
        assert len(index.search_dense(other.encode(["网络"])[0], 99)) == 7
        assert index.search_lexical("覆盖率", 1)[0].key == ("full", 1)
    assert not [finding for finding in verify(folder, other) if finding.severity == "error"]


def test_without_an_encoder_one_can_read_and_delete_but_not_add(folder):
    with LocalIndex.open(folder, writable=True) as index:
        index.delete(["doc000"])
        before = index.snapshot()
        with pytest.raises(EncoderError, match="没有给出编码器"):
            index.add([document("new", "新的。")])
        assert index.snapshot() == before
        assert len(index.search_lexical("项", 99)) == 3
    assert len(list(folder.glob("lexical-*"))) == 1


def test_a_reader_does_not_write(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with LocalIndex.open(folder, ENCODER) as index:
        index.search_lexical("网络", 3)
        index.search_dense(np.zeros(64, np.float32), 3)
        with pytest.raises(IndexLockedError, match=r"只读.*writable=True"):
            index.delete(["full"])
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_folder_that_may_not_be_written_can_be_read():
    code = (
        "import mmap, os, sys\n"
        "from index.local import LocalIndex\n"
        "from index.tokens import fingerprint, words\n"
        "from index.errors import IndexFolderError\n"
        "words('先载入'), fingerprint()\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "with LocalIndex.open(sys.argv[1]) as index:\n"
        "    assert index.search_lexical('网络安全', 1)\n"
        "try: LocalIndex.open(sys.argv[1], writable=True)\n"
        "except IndexFolderError as error: print(error.code)\n"
    )
    # Not below tmp_path: another user may not go in there, and root may write anywhere.
    with tempfile.TemporaryDirectory(prefix="wence-test-") as made:
        folder = Path(made) / "index"
        with LocalIndex.create(folder, ENCODER) as index:
            index.add([document("a", "网络安全。")])
        inside = [Path(made), folder, *folder.rglob("*")]
        for path in inside:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            done = python(code, str(folder))
        finally:
            for path in inside:
                path.chmod(0o755)
    assert (done.stdout.strip(), done.stderr) == ("index_error", "")


def test_only_one_process_writes(folder):
    code = (
        "import sys\n"
        "from index.local import LocalIndex\n"
        "from index.errors import IndexLockedError\n"
        "try: LocalIndex.open(sys.argv[1], writable=True)\n"
        "except IndexLockedError as error: print(error.code, error)\n"
        "LocalIndex.open(sys.argv[1]).close()\n"
    )
    with LocalIndex.open(folder, ENCODER, writable=True):
        done = python(code, str(folder))
        assert done.stdout.startswith("index_locked 另一个进程正在写索引"), done.stderr
        with pytest.raises(IndexLockedError):
            LocalIndex.open(folder, ENCODER, writable=True)
        with pytest.raises(IndexLockedError):
            rebuild(folder, ENCODER)
    LocalIndex.open(folder, ENCODER, writable=True).close()


def test_a_reader_keeps_its_generation_until_it_asks_for_the_latest(folder):
    vector = ENCODER.encode(["网络"])[0]
    with LocalIndex.open(folder, ENCODER) as reader:
        assert reader.latest() is reader
        with LocalIndex.open(folder, ENCODER, writable=True) as writer:
            writer.delete(["full"])
            writer.add([document("later", "后来的网络。")])
            assert writer.latest() is writer
        # The old folders are unlinked by now; nothing of them had been searched before.
        assert len(list(folder.glob("lexical-*"))) == 1
        assert reader.document("full").title == "数字规划"
        assert reader.search_lexical("覆盖率", 1)[0].key == ("full", 1)
        assert len(reader.search_dense(vector, 99)) == 7
        with reader.latest() as newer:
            assert newer.snapshot() != reader.snapshot()
            assert len(newer.search_dense(vector, 99)) == 7
            with pytest.raises(UnknownDocumentError):
                newer.document("full")


def test_an_older_store_is_brought_up_to_date_by_the_first_writer(folder, monkeypatch):
    step = "ALTER TABLE documents ADD COLUMN note TEXT NOT NULL DEFAULT ''"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, step))
    monkeypatch.setattr(migrate, "__defaults__", ((*MIGRATIONS, step),))
    monkeypatch.setattr("index.generation.SCHEMA", len(MIGRATIONS) + 1)
    monkeypatch.setattr("index.segments.SCHEMA", len(MIGRATIONS) + 1)
    monkeypatch.setattr("index.migrations.SCHEMA", len(MIGRATIONS) + 1)
    with pytest.raises(ForeignIndexError, match="写入一次，索引会随之升级"):
        LocalIndex.open(folder)
    with LocalIndex.open(folder, ENCODER, writable=True) as index:
        assert len(index.documents()) == 3
        assert index.search_lexical("覆盖率", 1)[0].key == ("full", 1)
    LocalIndex.open(folder).close()


def test_a_full_disk_is_said_in_our_words(folder, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with LocalIndex.open(folder, ENCODER, writable=True) as index:
        before = index.snapshot()
        monkeypatch.setattr("index.lexical.LexicalWriter.finish", full)
        with pytest.raises(IndexFolderError, match=r"No space left.*检查权限和磁盘空间"):
            index.add([document("new", "新的。")])
        monkeypatch.undo()
        assert index.snapshot() == before
        assert index.add([document("new", "新的。")])[0].change == "added"


def test_opening_and_searching_loads_nothing_heavy(folder):
    code = (
        "import sys, numpy\n"
        "from index.local import LocalIndex\n"
        "index = LocalIndex.open(sys.argv[1])\n"
        "assert 'faiss' not in sys.modules\n"
        "index.search_lexical('网络', 3); index.search_dense(numpy.zeros(64, 'f4'), 3)\n"
        "heavy = {'torch', 'sentence_transformers', 'langchain', 'langchain_core', 'jieba'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = python(code, str(folder))
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_threads_share_an_index(tmp_path):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index, ThreadPoolExecutor(6) as pool:
        index.add(corpus(3, 5))
        vector = ENCODER.encode(["网络"])[0]

        def read(_: int) -> int:
            hits = index.search_lexical("项", 99) + index.search_dense(vector, 99)
            return len([index.passages(hit.key.document_id) for hit in hits[:3]])

        def write(number: int) -> str:
            return index.add([document(f"new{number}", f"第{number}项。")])[0].change

        writes = [pool.submit(write, number) for number in range(6)]
        reads = [pool.submit(read, number) for number in range(60)]
        assert {done.result() for done in writes} == {"added"}
        assert {done.result() for done in reads} == {3}
        assert len(index.documents()) == 9
