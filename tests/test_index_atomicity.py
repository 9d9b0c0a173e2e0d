"""All or nothing: failures and kills at any point leave the last acknowledged state."""

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from index_doubles import HashingEncoder, corpus, document

from index import dense_build, lexical, manifest, sealing
from index.errors import EncoderError
from index.local import LocalIndex
from index.store_writer import WritableStore
from index.verify import verify

ENCODER = HashingEncoder()
TESTS = Path(__file__).parent

WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from index_doubles import HashingEncoder, document
from index.local import LocalIndex

with LocalIndex.open(sys.argv[1], HashingEncoder(), writable=True) as index:
    start = len(index.documents())
    for number in range(start, start + 1000):
        pair = [document(f"{name}{number:04}", f"第{number}号网络。") for name in ("a", "b")]
        print("try", number, flush=True)
        index.add(pair)
        print("added", number, flush=True)
        if number % 3 == 0:
            index.delete([one.document.id for one in pair])
            print("deleted", number, flush=True)
"""


class Stop(Exception):
    """Raised in the middle of a write."""


def stop(*_: object, **__: object) -> None:
    raise Stop


NEW_SEGMENT = [(WritableStore, "finish"), (dense_build, "write")]
POINTS = [
    *NEW_SEGMENT,
    (lexical.LexicalWriter, "finish"),
    (sealing, "seal"),
    (manifest, "write"),
]


@pytest.mark.parametrize(
    ("owner", "name", "act"),
    [
        pytest.param(*point, act, id=f"{act}-{point[0].__name__}.{point[1]}")
        for point in POINTS
        for act in ("add", "replace", "delete", "compact")
        if act != "delete" or point not in NEW_SEGMENT  # a delete writes none
    ],
)
def test_a_write_that_fails_leaves_the_index_as_it_was(tmp_path, monkeypatch, owner, name, act):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(6, 3))
        before = (index.snapshot(), index.documents(), index.search_lexical("项规划", 99))
        acts = {
            "add": lambda: index.add([document("new", "新的。")]),
            "replace": lambda: index.add([document("doc000", "换过的。")]),
            "delete": lambda: index.delete(["doc001"]),
            "compact": lambda: index.compact(full=True),
        }
        if act == "compact":
            index.delete(["doc005"])
            before = (index.snapshot(), index.documents(), index.search_lexical("项规划", 99))
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, stop)
            with pytest.raises(Stop):
                acts[act]()
        after = (index.snapshot(), index.documents(), index.search_lexical("项规划", 99))
        assert after == before
        assert len(list((tmp_path / "index").glob("lexical-*"))) == 1
        assert len(list((tmp_path / "index").glob("segment-*"))) == 1
        assert verify(tmp_path / "index") == []
        acts[act]()
        assert index.snapshot() != before[0]
        assert verify(tmp_path / "index") == []


def test_an_error_after_publication_does_not_take_the_generation_away(tmp_path, monkeypatch):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(1, 2))
        real = manifest.write

        def late(root: Path, made: manifest.Manifest) -> None:
            real(root, made)
            raise Stop

        with monkeypatch.context() as patched:
            patched.setattr(manifest, "write", late)
            with pytest.raises(Stop):
                index.add([document("new", "新的。")])
    with LocalIndex.open(tmp_path / "index", ENCODER) as index:
        assert len(index.documents()) == 2


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (np.zeros((1, 3)), r"形状是 \(1, 3\).*\(1, 64\)"),
        (np.full((1, 64), 0.5), r"长度有 4"),
        (np.full((1, 64), np.nan), r"长度有 nan"),
    ],
)
def test_an_encoder_that_breaks_its_promise_is_refused(tmp_path, vectors, message):
    class Broken(HashingEncoder):
        def encode(self, texts):
            return vectors

    with LocalIndex.create(tmp_path / "index", Broken()) as index:
        before = index.snapshot()
        with pytest.raises(EncoderError, match=message):
            index.add([document("a", "网络。")])
        assert index.snapshot() == before


def test_a_kill_at_any_instant_loses_nothing_acknowledged(tmp_path):
    root = tmp_path / "index"
    LocalIndex.create(root, ENCODER).close()
    chooser = random.Random()
    expected: set[int] = set()
    for _ in range(3):
        command = [sys.executable, "-c", WRITER, str(root), str(TESTS), str(TESTS.parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline().split()]
            time.sleep(chooser.uniform(0.0, 1.2))
            writer.kill()
            lines += [line.split() for line in writer.stdout.read().splitlines(keepends=False)]
        unsure: int | None = None
        for act, number in lines:
            if act == "try":
                unsure = int(number)
            elif act == "added":
                expected.add(int(number))
                unsure = int(number) if int(number) % 3 == 0 else None
            else:
                expected.discard(int(number))
                unsure = None
        with LocalIndex.open(root, ENCODER) as index:
            found = {info.id for info in index.documents()}
            numbers = {int(name[1:]) for name in found}
            assert found == {f"{letter}{number:04}" for number in numbers for letter in "ab"}
            assert numbers ^ expected <= ({unsure} if unsure is not None else set())
            hits = {hit.key.document_id for hit in index.search_lexical("网络", 9999)}
            vectors = index.search_dense(np.zeros(64, np.float32), 9999)
            assert hits == {hit.key.document_id for hit in vectors} == found
        assert [one for one in verify(root, ENCODER) if one.severity == "error"] == []
        expected = numbers


def test_readers_see_whole_generations_while_another_process_writes(tmp_path):
    root = tmp_path / "index"
    LocalIndex.create(root, ENCODER).close()
    command = [sys.executable, "-c", WRITER, str(root), str(TESTS), str(TESTS.parent)]
    seen = set()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as writer:
        try:
            end = time.monotonic() + 20
            while len(seen) < 8 and time.monotonic() < end:
                with LocalIndex.open(root, ENCODER) as index:
                    held = {info.id for info in index.documents()}
                    assert {f"a{name[1:]}" for name in held} == {
                        f"a{name[1:]}" for name in held if f"b{name[1:]}" in held
                    }
                    dense_hits = index.search_dense(np.zeros(64, np.float32), 999)
                    lexical_hits = index.search_lexical("网络", 999)
                    for hits in (lexical_hits, dense_hits):
                        assert {hit.key.document_id for hit in hits} == held
                        index.get([hit.key for hit in hits])
                    seen.add(index.snapshot())
        finally:
            writer.kill()
    assert len(seen) >= 8


def test_many_small_additions_are_merged(tmp_path):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        for number in range(12):
            index.add([document(f"d{number}", f"第{number}号网络。")])
        assert len(index.search_lexical("网络", 99)) == 12
        lexical_folder = next((tmp_path / "index").glob("lexical-*"))
        segments = {path.stem for path in lexical_folder.iterdir() if path.suffix == ".term"}
        assert len(segments) <= 8
