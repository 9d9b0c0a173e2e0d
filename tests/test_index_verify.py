"""What the examination of an index folder finds, beyond what opening it finds."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from index_doubles import HashingEncoder, corpus, full_document

from index import dense_build, manifest, sealing
from index.dense import DenseIndex
from index.local import LocalIndex
from index.manifest import DenseInfo
from index.verify import verify

ENCODER = HashingEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add([*corpus(2, 3), full_document()])
    return tmp_path / "index"


def reseal(folder: Path) -> None:
    """Make the manifest agree with files that were tampered with."""
    found = manifest.read(folder)
    (segment,) = found.segments
    parts = sealing.seal(folder / segment.name, segment.parts, {})
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    content["segments"][0]["parts"] = {
        name: {"bytes": part.bytes, "sha256": part.sha256} for name, part in parts.items()
    }
    path.write_text(json.dumps(content))


def tamper(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(next(folder.glob("segment-*/store.sqlite")))
    connection.execute(sql)
    connection.commit()
    connection.close()
    reseal(folder)


def errors(folder: Path) -> list[str]:
    found = [finding for finding in verify(folder, ENCODER) if finding.severity == "error"]
    assert all(finding.remedy for finding in found)
    return [finding.found for finding in found]


def test_a_sound_index_has_no_errors(folder):
    assert errors(folder) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE passages SET \"end\" = 99999 WHERE document_id = 'full'", "超出正文"),
        ("UPDATE facts SET start = start - 1 WHERE kind = 'duty'", "与其区间的文字"),
        ("UPDATE documents SET length = 1 WHERE id = 'full'", "length"),
        ("DELETE FROM texts WHERE document_id = 'full'", "却没有正文"),
        ("DELETE FROM documents WHERE id = 'full'", "无主记录"),
        ("UPDATE passages SET pid = 77 WHERE document_id = 'full'", "编号不一致"),
        ("UPDATE passages SET pid = 77 WHERE document_id = 'full'", "的段落编号是"),
        ("UPDATE passages SET text = '别的' WHERE document_id = 'full'", "文字与正文不同"),
        ("DELETE FROM facts WHERE kind = 'figure'", "的记录数是"),
        ("UPDATE names SET kind = 'term'", "词典中的名称与正文不符"),
    ],
)
def test_records_that_do_not_fit_are_found(folder, sql, said):
    tamper(folder, sql)
    assert any(said in line for line in errors(folder))


def test_vectors_that_are_missing_or_too_long_are_found(folder):
    path = next(folder.glob("segment-*/dense.faiss"))
    ((pids, vectors),) = DenseIndex(path, ENCODER.dim, DenseInfo()).vectors()
    dense_build.write(path, 6, ENCODER.dim, lambda: iter([(pids[1:], vectors[1:])]))
    reseal(folder)
    assert any("向量有 6 个，应为 7 个" in line for line in errors(folder))
    dense_build.write(path, 7, ENCODER.dim, lambda: iter([(pids, vectors * 2)]))
    reseal(folder)
    assert errors(folder) == ["7 个向量既非单位向量也非零向量"]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("pids", lambda pids: pids[:-1], "词片有 6 段"),
        ("pids", lambda pids: pids + 1, "编号不一致"),
        ("offsets", lambda offsets: offsets[::-1], "互不相符"),
        ("offsets", lambda offsets: offsets * (offsets != offsets[2]), "不是递增的"),
        ("ids", lambda ids: ids[:-1], "互不相符"),
    ],
)
def test_pieces_that_do_not_fit_are_found(folder, name, change, said):
    path = next(folder.glob(f"segment-*/pieces.{name}.npy"))
    np.save(path, change(np.load(path)))
    reseal(folder)
    assert any(said in line for line in errors(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.update(next_pid=7), "下一个编号 7"),
        (lambda found: found["segments"][0].update(withdrawn=["nobody"]), "撤下了它没有的文档"),
        (lambda found: found["segments"][0].update(withdrawn=["full"]), "有效的记录数"),
        (lambda found: found["counts"].update(facts=9), "有效的记录数"),
        (lambda found: found["segments"][0]["counts"].update(clauses=1), "清单写的是"),
        (lambda found: found["segments"].append(found["segments"][0]), "同时在"),
        (lambda found: found["segments"][0].update(name="segment-00000099"), "无法打开"),
    ],
)
def test_a_manifest_that_does_not_fit_is_found(folder, change, said):
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    assert any(said in line for line in errors(folder))


def test_leftovers_and_strange_files_are_warnings(folder):
    (folder / "segment-00000099").mkdir()
    (folder / "notes.txt").touch()
    warnings = [one.found for one in verify(folder) if one.severity == "warning"]
    assert any("segment-00000099" in line for line in warnings)
    assert any("notes.txt" in line for line in warnings)
    assert any("示例办法" in line for line in warnings)
    assert errors(folder) == []
    LocalIndex.open(folder, ENCODER, writable=True).close()
    assert not (folder / "segment-00000099").exists()
    assert (folder / "notes.txt").exists()
