"""The documents with questions come from a shared folder, whole, and none of them from here."""

import json
import lzma
from dataclasses import replace
from pathlib import Path

import pytest

from eval.collection import (
    MANY,
    PARTS,
    Source,
    as_read,
    expect_quotes,
    materialized,
    read_part,
    read_sources,
    texts_of,
)
from eval.distractors import distractors
from eval.errors import GoldError
from eval.gold import GoldQuestion
from eval.many_judge import judge_many
from ingest.parse import document_files
from qa.answer import Answer, Citation

LISTED = (
    Source("samples/policies/x.txt", "worked", "x.txt"),
    Source("bench/laws/documents.jsonl.xz#甲/犬.md", "milestone", "犬.txt"),
    Source("bench/ncpp/documents.jsonl#n1", "unseen", "n.txt"),
)
TEXTS = {
    "x.txt": "第一条 甲局负责。",
    "犬.txt": "# 甲市养犬管理条例\n第一条 乙局负责。",
    "n.txt": "通知。",
}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    for name in ("samples/policies", "bench/laws", "bench/ncpp"):
        (folder / name).mkdir(parents=True)
    (folder / "samples/policies/x.txt").write_text(TEXTS["x.txt"], encoding="utf-8")
    laws = [{"path": "甲/犬.md", "text": TEXTS["犬.txt"]}]
    laws += [{"path": f"{n}.md", "text": f"# {n}\n第一条"} for n in ("乙市养犬管理条例", "湿地法")]
    packed = "\n".join(json.dumps(row) for row in laws).encode()
    (folder / "bench/laws/documents.jsonl.xz").write_bytes(lzma.compress(packed))
    rows = [{"id": "n1", "text": TEXTS["n.txt"]}, {"id": "n2", "text": "公告。"}]
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "bench/ncpp/documents.jsonl").write_text(lines, encoding="utf-8")
    return folder


def listing(tmp_path: Path, text: str) -> Path:
    (tmp_path / "documents.toml").write_text(text, encoding="utf-8")
    return tmp_path


ENTRY = "[[document]]\ndocument = 'a/x.txt'\npart = 'worked'\nfile = 'x.txt'\n"


def test_a_list_becomes_records(tmp_path: Path) -> None:
    assert read_sources(listing(tmp_path, ENTRY)) == (Source("a/x.txt", "worked", "x.txt"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "documents.toml 里有"),
        ("[[documents]]", "documents"),
        ("[[document", "不是合法的 TOML"),
        (ENTRY.replace("part", "parts"), "第 1 个条目"),
        (ENTRY.replace("worked", "dev"), "part 是 'dev'"),
        (ENTRY.replace("'x.txt'", "'../x.txt'"), "file 是"),
        (ENTRY.replace("'x.txt'", "1"), "不都是字符串"),
        (ENTRY + ENTRY, "出现多次"),
    ],
)
def test_a_list_that_does_not_fit_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        read_sources(listing(tmp_path, text))


def test_a_missing_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"读不了 .*documents\.toml"):
        read_sources(tmp_path)


def test_texts_come_from_files_and_from_lines_by_path_or_id(shared: Path) -> None:
    assert as_read(texts_of(shared, LISTED)) == TEXTS


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (replace(LISTED[0], document="samples/gone.txt"), r"读不了 .*gone\.txt"),
        (replace(LISTED[2], document="bench/ncpp/documents.jsonl#n9"), "没有 'n9'"),
        (replace(LISTED[2], document="bench/gone.jsonl#n1"), r"读不了 .*gone\.jsonl"),
    ],
)
def test_a_document_that_is_not_there_is_named(shared: Path, source: Source, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        texts_of(shared, [source])


def test_a_missing_shared_folder_is_told_with_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"gone 不是文件夹；需要放着 samples、bench 的共享文件夹"):
        texts_of(tmp_path / "gone", LISTED)


def test_the_folder_is_one_to_add_under_the_questions_names_and_goes_away(shared: Path) -> None:
    with materialized(texts_of(shared, LISTED)) as folder:
        found = {
            path.name: (stated, path.read_text("utf-8")) for path, stated in document_files(folder)
        }
    assert found == {name: ({"id": name}, text) for name, text in TEXTS.items()}
    assert not folder.exists()


def test_distractors_are_others_of_other_subjects_and_fewer_are_the_first_of_more(
    shared: Path,
) -> None:
    texts = texts_of(shared, LISTED)
    both = distractors(shared, 2, LISTED, texts)
    assert sorted(data.decode() for data in both.values()) == ["# 湿地法\n第一条", "公告。"]
    assert list(distractors(shared, 1, LISTED, texts)) == list(both)[:1]
    assert distractors(shared, 0, LISTED, texts) == {}
    with pytest.raises(GoldError, match="至多 2"):
        distractors(shared, 3, LISTED, texts)


def test_a_proof_that_is_not_in_its_document_is_told() -> None:
    gold = GoldQuestion("a-1", "amount", "谁?", documents=("x.txt",), quote="甲局负责")
    expect_quotes([gold], TEXTS)
    with pytest.raises(GoldError, match=r"a-1 的 quote 不在 x\.txt 里"):
        expect_quotes([replace(gold, quote="乙局负责")], TEXTS)


def part(tmp_path: Path, **changes: object) -> Path:
    row = {
        "id": "a-1", "kind": "amount", "question": "谁?", "history": [], "documents": ["x.txt"],
        "clauses": [], "quote": "甲局负责", "must": ["甲局"], "must_any": [], "must_not": [],
        "answerable": True, "all_clauses": False,
    }  # fmt: skip
    line = json.dumps(row | changes, ensure_ascii=False)
    (tmp_path / "worked.jsonl").write_text(line, encoding="utf-8")
    return tmp_path


def test_a_question_names_its_documents_and_its_proof(tmp_path: Path) -> None:
    (gold,) = read_part("worked", LISTED, part(tmp_path))
    assert gold.documents == ("x.txt",)
    with pytest.raises(GoldError, match=r"worked\.jsonl:1 的 documents 有未知的文件 'y\.txt'"):
        read_part("worked", LISTED, part(tmp_path, documents=["y.txt"]))
    with pytest.raises(GoldError, match=r"worked\.jsonl:1 没有 documents 和 quote"):
        read_part("worked", LISTED, part(tmp_path, quote=""))
    read_part("worked", LISTED, part(tmp_path, quote="", answerable=False))


@pytest.mark.parametrize("name", PARTS)
def test_every_question_can_be_passed_and_failed(name: str) -> None:
    """Only ids are told: of one part no question may be seen."""
    files = {source.file: source.part for source in read_sources()}
    for gold in read_part(name, read_sources()):
        cited = tuple(
            Citation(1, one, "", "", "", "", (), gold.quote, 0, len(gold.quote), None, "")
            for one in gold.documents[:1]
        )
        words = [*gold.must, *(group[0] for group in gold.must_any)]
        texts = dict.fromkeys(gold.documents, gold.quote)
        right = Answer("answered", "。".join(words) + "[1]", cited)
        refusal = Answer("not_found", "没有。")
        better, worse = (
            (right, refusal) if gold.answerable else (refusal, replace(right, answer="x"))
        )
        passed = judge_many(gold, better, texts.get).right
        failed = judge_many(gold, worse, texts.get).right
        assert (gold.id, passed, failed) == (gold.id, True, False)
        assert not gold.answerable or any(files[one] == name for one in gold.documents), gold.id


def test_the_parts_share_no_id_and_no_text_of_a_document_is_here() -> None:
    sources = read_sources()
    ids = [gold.id for name in PARTS for gold in read_part(name, sources)]
    assert len(ids) == len(set(ids))
    assert {path.suffix for path in MANY.iterdir()} == {".toml", ".jsonl"}
