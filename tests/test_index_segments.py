"""Segments and tombstones behave as one store, whatever was written in which order."""

from collections import Counter
from pathlib import Path
from sqlite3 import ProgrammingError

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_doubles import HashingEncoder, corpus, document, full_document

from index import manifest, merging, pipeline, reading_ahead
from index.backend import PassageKey
from index.encoder import DEFAULT_MODEL, StaticEncoder, shipped_encoder
from index.errors import ForeignIndexError, IndexFolderError, UnknownDocumentError
from index.local import LocalIndex
from index.verify import verify
from ingest.errors import BinaryFileError, ReadError
from ingest.parse import Unread

ENCODER = HashingEncoder()


def segments(root: Path) -> list[str]:
    return sorted(path.name for path in root.glob("segment-*"))


def test_an_addition_writes_one_segment_and_leaves_the_others_alone(tmp_path):
    root = tmp_path / "index"
    with LocalIndex.create(root, ENCODER) as index:
        index.add(corpus(10, 4))
        (first,) = segments(root)
        before = {path: path.stat().st_mtime_ns for path in (root / first).iterdir()}
        index.add([document("new", "网络。"), document("doc001", "换过的。")])
        assert len(segments(root)) == 2
        index.delete(["doc002"])
        assert len(segments(root)) == 2
        assert {path: path.stat().st_mtime_ns for path in (root / first).iterdir()} == before
        old, new = manifest.read(root).segments
        assert (old.withdrawn, new.withdrawn) == (("doc001", "doc002"), ())
        assert (old.first_pid, old.last_pid, new.first_pid, new.last_pid) == (1, 40, 41, 42)


def test_a_segment_of_which_nothing_counts_is_dropped_at_once(tmp_path):
    root = tmp_path / "index"
    with LocalIndex.create(root, ENCODER) as index:
        index.add(corpus(5, 4))
        index.add([document("new", "网络。")])
        index.delete(["new"])
        assert len(segments(root)) == 1


def test_small_segments_are_merged_before_there_are_many(tmp_path):
    root = tmp_path / "index"
    with LocalIndex.create(root, ENCODER) as index:
        for number in range(20):
            index.add([document(f"d{number:02}", f"第{number}号网络。")])
            assert len(segments(root)) <= merging.MOST_IN_TIER
        assert len(index.search_lexical("网络", 99)) == 20
        assert len(index.search_dense(ENCODER.encode(["网络"])[0], 99)) == 20
    assert verify(root, ENCODER) == []


def test_much_that_was_withdrawn_is_compacted_away(tmp_path):
    root = tmp_path / "index"
    with LocalIndex.create(root, ENCODER) as index:
        index.add(corpus(8, 2))
        index.delete(["doc000", "doc001"])
        assert manifest.read(root).lexical.withdrawn == 4
        index.delete(["doc002"])
        found = manifest.read(root)
        assert (found.lexical.withdrawn, found.segments[0].withdrawn) == (0, ())
        before = index.snapshot()
        index.compact(full=True)
        assert index.snapshot() == before
    assert verify(root, ENCODER) == []


TEXTS = ["网络安全服务。", "老年人去医院。", "绿色规划。", "建设公路。", "养殖鲤鱼。"]
ACTS = st.one_of(
    st.tuples(
        st.just("add"),
        st.lists(st.tuples(st.integers(0, 5), st.lists(st.sampled_from(TEXTS), max_size=3))),
    ),
    st.tuples(st.just("delete"), st.integers(0, 5)),
    st.tuples(st.just("compact"), st.booleans()),
    st.tuples(st.just("reopen"), st.just(0)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, max_size=12))
def test_any_sequence_of_writes_leaves_what_a_dict_would_hold(tmp_path_factory, acts):
    root = tmp_path_factory.mktemp("model") / "index"
    held: dict[str, list[str]] = {}
    index = LocalIndex.create(root, ENCODER)
    for act, what in acts:
        if act == "add":
            batch = [(f"d{number}", texts) for number, texts in what]
            index.add([document(name, *texts) for name, texts in batch])
            held.update(batch)
        elif act == "delete":
            name = f"d{what}"
            if name in held:
                index.delete([name])
                del held[name]
            else:
                with pytest.raises(UnknownDocumentError):
                    index.delete([name])
        elif act == "compact":
            index.compact(full=what)
        else:
            index.close()
            index = LocalIndex.open(root, ENCODER, writable=True)
    expect_held(index, held)
    index.close()
    assert verify(root, ENCODER) == []


def expect_held(index: LocalIndex, held: dict[str, list[str]]) -> None:
    assert [info.id for info in index.documents()] == sorted(held)
    passages = {
        PassageKey(name, number): text
        for name, texts in held.items()
        for number, text in enumerate(texts, start=1)
    }
    for name, texts in held.items():
        assert [stored.text for stored in index.passages(name)] == texts
    assert [stored.text for stored in index.get(list(passages))] == list(passages.values())
    vector = ENCODER.encode(["网络安全"])[0]
    for query in (vector, np.zeros_like(vector)):
        assert {hit.key for hit in index.search_dense(query, 99)} == set(passages)
    fish = {key for key, text in passages.items() if "鲤鱼" in text}
    assert {hit.key for hit in index.search_lexical("鲤鱼", 99)} == fish
    cut = shipped_encoder().ids(
        [f"测试规划 一、重点任务 {key[1]}.\n{passages[key]}" for key in passages]
    )
    for found, expected in zip(index.token_ids(list(passages)), cut, strict=True):
        assert found.tolist() == expected.tolist()


def test_pieces_make_the_vectors_of_the_shipped_encoder(tmp_path):
    encoder = StaticEncoder(DEFAULT_MODEL)
    with LocalIndex.create(tmp_path / "index", encoder) as index:
        index.add([full_document(), *corpus(2, 3)])
        hits = index.search_dense(encoder.encode(["网络安全"])[0], 99)
        pieces = index.token_ids([hit.key for hit in hits])
        assert {one.dtype for one in pieces} == {np.dtype(np.uint16)}
        scores = encoder.encode_ids(pieces) @ encoder.encode(["网络安全"])[0]
        assert [hit.score for hit in hits] == pytest.approx(scores.tolist(), abs=1e-5)
        with pytest.raises(ValueError, match="read-only"):
            pieces[0][0] = 1
        with pytest.raises(UnknownDocumentError, match="第 9 段"):
            index.token_ids([PassageKey("full", 9)])
        assert index.token_ids([]) == []


def test_pieces_of_another_tokenizer_are_refused(tmp_path, monkeypatch):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(1, 1))
        monkeypatch.setattr(shipped_encoder(), "fingerprint", "static:other")
        with pytest.raises(ForeignIndexError, match=r"词片由.*切分.*static:other.*重建"):
            index.token_ids([PassageKey("doc000", 1)])


def test_words_and_bigrams_can_be_searched_apart(tmp_path):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(4, 6))
        query = "网络安全服务平台"
        arms = {
            fields: {hit.key: hit.score for hit in index.search_lexical(query, 999, fields=fields)}
            for fields in ("both", "words", "bigrams")
        }
        summed = Counter(arms["words"])
        summed.update(arms["bigrams"])
        assert arms["words"] != arms["bigrams"]
        assert arms["both"] == pytest.approx(dict(summed), rel=1e-5)


def test_the_outcome_does_not_depend_on_how_many_processes_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 64)
    monkeypatch.setattr(pipeline, "ALONE", 100)
    encoder = StaticEncoder(DEFAULT_MODEL)
    made = {}
    for workers in (0, 1, 2):
        monkeypatch.setattr(pipeline, "most", lambda count=workers: count)
        root = tmp_path / str(workers)
        with LocalIndex.create(root, encoder) as index:
            index.add(iter(corpus(30, 20)))
            made[workers] = index.search_lexical("网络安全", 999)
        (segment,) = manifest.read(root).segments
        made[workers] = (segment.parts, made[workers])
    assert made[0] == made[1] == made[2]


def test_a_worker_that_dies_is_done_without(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 64)
    monkeypatch.setattr(pipeline, "ALONE", 100)
    monkeypatch.setattr("index.workers.sys.executable", "/bin/false")
    monkeypatch.setattr(pipeline, "most", lambda: 1)
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(30, 20))
    assert verify(tmp_path / "index", ENCODER) == []


def test_documents_are_taken_as_they_come_and_their_errors_are_their_own(tmp_path):
    def broken():
        yield document("a", "网络。")
        raise OSError("the share is gone")

    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        before = index.snapshot()
        with pytest.raises(OSError, match=r"^the share is gone$"):
            index.add(broken())
        assert index.snapshot() == before
        assert segments(tmp_path / "index") == []


def test_a_write_counts_even_if_tidying_up_after_it_fails(tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(3, 2))
        with monkeypatch.context() as patched:
            patched.setattr(merging, "merge", full)
            index.delete(["doc000"])
            assert len(index.documents()) == 2
            with pytest.raises(IndexFolderError, match="No space left"):
                index.compact(full=True)
        index.delete(["doc001"])
        assert manifest.read(tmp_path / "index").lexical.withdrawn == 0
    assert verify(tmp_path / "index") == []


@pytest.mark.parametrize("first", ["older", "newer"])
def test_readers_that_share_files_close_apart(tmp_path, first):
    root = tmp_path / "index"
    with LocalIndex.create(root, ENCODER) as writer:
        writer.add(corpus(9, 2))
        older = LocalIndex.open(root, ENCODER)
        writer.delete(["doc000"])
        newer = older.latest()
        assert newer is not older
        assert newer._generation.views[0].opened is older._generation.views[0].opened
        gone, stays = (older, newer) if first == "older" else (newer, older)
        gone.close()
        assert len(stays.search_dense(ENCODER.encode(["网络"])[0], 99)) > 0
        assert len(stays.passages("doc001")) == 2
        stays.close()
        with pytest.raises(ProgrammingError):
            stays.passages("doc001")


def files(folder, count, size=20):
    folder.mkdir()
    for number, parsed in enumerate(corpus(count, size)):
        (folder / f"{number:03}.txt").write_text(parsed.document.text, "utf-8")
    return [Unread(path, {"id": path.stem}) for path in sorted(folder.iterdir())]


def test_files_may_be_read_by_any_number_of_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "ALONE", 40)
    monkeypatch.setattr(reading_ahead, "CHUNK_FILES", 3)
    encoder = StaticEncoder(DEFAULT_MODEL)
    unread = files(tmp_path / "files", 30)
    mixed = [*unread[:20], document("made", "网络安全。"), *unread[20:], unread[3]]
    outcomes, parts = [], []
    for workers in (0, 1, 2):
        monkeypatch.setattr(pipeline, "most", lambda count=workers: count)
        root = tmp_path / str(workers)
        with LocalIndex.create(root, encoder) as index:
            outcomes.append(index.add(iter(mixed)))
            assert {one.change for one in index.add(unread)} == {"unchanged"}
        parts.append([segment.parts for segment in manifest.read(root).segments])
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert parts[0] == parts[1] == parts[2]
    assert outcomes[0][-1].change == "unchanged"


@pytest.mark.parametrize("workers", [0, 1])
def test_the_first_file_that_cannot_be_read_is_named_whoever_reads(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(pipeline, "ALONE", 40)
    monkeypatch.setattr(reading_ahead, "CHUNK_FILES", 3)
    monkeypatch.setattr(pipeline, "most", lambda: workers)
    unread = files(tmp_path / "files", 30)
    (tmp_path / "files" / "020.txt").write_bytes(b"\x89PNG")

    def broken():
        yield from unread[:25]
        raise OSError("the share is gone")

    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        with pytest.raises(BinaryFileError, match=r"^020\.txt是PNG图片；"):
            index.add(broken())
        (tmp_path / "files" / "020.txt").unlink()
        with pytest.raises(ReadError, match=r"^没有文件.*020\.txt；"):
            index.add(broken())
        unread[20] = Unread(unread[20].path, {"id": "again"}, "正文在此。".encode())
        with pytest.raises(OSError, match=r"^the share is gone$"):
            index.add(broken())
        assert segments(tmp_path / "index") == []
        assert len(index.add(unread)) == 30
