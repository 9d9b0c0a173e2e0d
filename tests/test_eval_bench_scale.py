"""`wence bench --scale`: corpora of exact size, honest figures, rivals, and errors beforehand."""

import contextlib
import importlib.util
import io
import json
import lzma
import tempfile
from itertools import islice
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from index_doubles import HashingEncoder
from qa_doubles import PLAN, RULES, SHIPPED, write_invented

from eval import bench, bench_scale, scale_figures, scale_report, scale_tasks
from eval.bench_corpus import Corpus, copy, vocabulary
from eval.bench_process import python
from eval.bench_questions import LAY, of_documents
from eval.bench_texts import LAWS, NEWS, texts
from index import pipeline
from index.local import LocalIndex
from index.validation import complaints
from ingest.errors import ReadError, WenceError
from ingest.schema import ParsedDocument

INSTALLED = {name: bool(importlib.util.find_spec(n)) for name, n in bench_scale.RIVALS.items()}


def write_data(folder: Path) -> Path:
    """A folder laid out like the two collections."""
    for path, rows in (
        (LAWS, [{"path": f"a/办法{n}.md", "text": f"办法{n}\n\n{RULES}"} for n in range(2)]),
        (NEWS, [{"text": f"2023-08-16，正文：{PLAN}第{n}条"} for n in range(30)]),
    ):
        (folder / path).parent.mkdir(parents=True)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / path).write_bytes(lzma.compress(lines.encode()))
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


def size_of(documents: list[ParsedDocument]) -> int:
    return sum(len(one.passages) for one in documents)


@pytest.mark.parametrize("passages", [1, 40, 1_000])
def test_a_corpus_has_exactly_the_passages_asked_for(data: Path, passages: int) -> None:
    corpus = Corpus(data, passages)
    documents = list(corpus)
    assert size_of(documents) == passages == corpus.spent.parsed + corpus.spent.copied
    assert len({one.document.id for one in documents}) == len(documents) == corpus.spent.documents


def test_the_same_folder_gives_the_same_corpus_and_a_smaller_one_is_its_beginning(
    data: Path,
) -> None:
    large, again = list(Corpus(data, 900)), list(Corpus(data, 900))
    assert large == again
    small = list(Corpus(data, 300))
    assert [one.document for one in small] == [one.document for one in large[: len(small)]]


def test_real_documents_come_first_and_copies_are_no_duplicates_and_fit_their_text(
    data: Path,
) -> None:
    documents = list(Corpus(data, 1_500))
    kinds = [one.document.id.partition("-")[0] for one in documents]
    real = kinds.index("copy")
    assert real == 32
    assert set(kinds[real:]) == {"copy"}
    assert kinds[:3] == ["law", "news", "news"]
    bodies = [one.document.text for one in documents]
    assert len(set(bodies)) == len(bodies)
    assert [complaint for one in documents for complaint in complaints(one)] == []


def test_a_copy_keeps_most_of_its_text_and_changes_some(data: Path) -> None:
    words = vocabulary(data)
    made = copy(PLAN, words, Random(1))
    before, after = set(PLAN), set(made)
    assert made != PLAN
    assert len(before & after) > len(before) / 2
    assert copy(PLAN, words, Random(1)) == made


@pytest.mark.parametrize("ahead", [False, True])
def test_an_index_that_reads_a_corpus_holds_the_same_as_one_that_is_given_it(
    ahead: bool, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ahead:
        monkeypatch.setattr(pipeline, "ALONE", 20)
    for number in (3, 40, 700):
        folder = tmp_path / str(number)
        with (
            LocalIndex.create(folder / "read", HashingEncoder()) as read,
            LocalIndex.create(folder / "given", HashingEncoder()) as given,
        ):
            corpus = Corpus(data, number)
            outcomes = read.add(corpus.unread(), intake=corpus)
            spent = corpus.spent
            documents = list(corpus)
            assert given.add(documents) == outcomes
            assert sum(outcome.passages for outcome in outcomes) == number
            assert spent.parsed + spent.copied == number
            assert (spent.documents, spent.parsed) == (len(documents), corpus.spent.parsed)
            for info in given.documents():
                assert read.info(info.id) == info
                assert read.passages(info.id) == given.passages(info.id)
                assert read.clauses(info.id) == given.clauses(info.id)


@pytest.mark.parametrize("ahead", [False, True])
def test_an_index_skips_what_cannot_be_read_only_if_its_intake_does(
    ahead: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ahead:
        monkeypatch.setattr(pipeline, "ALONE", 0)
    folder = write_invented(tmp_path)
    (folder / "n.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with LocalIndex.create(tmp_path / "index", HashingEncoder()) as index:
        corpus = Corpus(folder, 60)
        with pytest.raises(ReadError, match=r"n\.txt"):
            index.add(corpus.unread())
        assert index.documents() == []
        assert sum(one.passages for one in index.add(corpus.unread(), intake=corpus)) == 60
    assert corpus.spent.skipped >= 1


def test_any_folder_of_texts_will_do(tmp_path: Path) -> None:
    folder = write_invented(tmp_path)
    documents = list(Corpus(folder, 200))
    assert size_of(documents) == 200
    assert documents[2].document.id == "copy-00000001"


def test_what_cannot_be_read_is_skipped_and_counted(tmp_path: Path) -> None:
    folder = write_invented(tmp_path)
    (folder / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    corpus = Corpus(folder, 200)
    assert size_of(list(corpus)) == 200
    assert corpus.spent.skipped == 1


def test_a_damaged_file_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / NEWS).parent.mkdir(parents=True)
    (tmp_path / NEWS).write_bytes(lzma.compress(b'{"text": "a"}\n{"text": 1}\n'))
    with pytest.raises(ReadError, match=r"news\.jsonl\.xz第2行"):
        list(texts(tmp_path))
    (tmp_path / NEWS).write_bytes(b"no xz")
    with pytest.raises(ReadError, match=r"news\.jsonl\.xz"):
        list(texts(tmp_path))


def test_questions_are_names_spans_and_what_people_ask(data: Path) -> None:
    documents = list(Corpus(data, 100))
    asked = of_documents(documents, 20, 1)
    assert len(asked) == 20 + len(LAY)
    assert [one.question for one in asked[-len(LAY) :]] == list(LAY)
    words = {
        (one.document.id, passage.ordinal): "".join(passage.span.of(one.document.text).split())
        for one in documents
        for passage in one.passages
    }
    spans = [one for one in asked if one.source is not None]
    assert len(spans) == 10
    assert all(one.source and one.question in words[one.source] for one in spans)
    assert of_documents(documents, 20, 1) == asked


@pytest.fixture(scope="module")
def ran(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], list[str], Path]:
    """One run of the command without rivals: what it printed, what it left, and its plots."""
    if not SHIPPED:
        pytest.skip("the shipped encoder is not built yet")
    temporary, out = tmp_path_factory.mktemp("temporary"), tmp_path_factory.mktemp("out")
    plots = ["--out", str(out)] if importlib.util.find_spec("matplotlib") else []
    arguments = ["--scale", "300", "--data", str(data), "--questions", "12", "--rounds", "1"]
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as text:
        patch.setenv("TMPDIR", str(temporary))
        patch.setenv("MPLCONFIGDIR", str(tmp_path_factory.mktemp("matplotlib")))
        patch.setattr(tempfile, "tempdir", str(temporary))
        patch.setattr(bench_scale, "RIVALS", {"langchain": "no_such_module"})
        patch.setattr(bench_scale, "_CHANGES", 3)
        assert bench.main([*arguments, *plots, "--json"]) == 0
    (line,) = text.getvalue().splitlines()
    return json.loads(line), [path.name for path in temporary.iterdir()], out


def test_every_figure_is_there(ran: tuple[dict[str, Any], list[str], Path]) -> None:
    found, left, _ = ran
    assert left == []
    assert (found["questions"], found["growth"]) == (12 + len(LAY), [])
    (one,) = found["sizes"]
    assert (one["passages"], one["copied"]) == (300, 0)
    figures = one["figures"]
    expected = (
        "all_in_rate all_in_s read_s copy_s cpu_s peak_build_mb size_total_bytes "
        "cold_ms cold_inner_ms interpreter_ms lexical_ms dense_ms fused_ms recall first_answer_ms "
        "answer_ms peak_search_mb peak_answering_mb add_find_ms delete_miss_ms lexical_source"
    )
    assert set(expected.split()) <= set(figures)
    assert figures["recall"]["median"] == 1.0  # searched exactly at this size
    assert figures["lexical_source"]["median"] > 0.5
    taken = 300 / figures["all_in_s"]["median"]
    assert figures["all_in_rate"]["median"] == pytest.approx(taken, rel=1e-3)
    assert figures["cold_inner_ms"]["median"] < figures["cold_ms"]["median"]
    counts = {key: figures[key]["n"] for key in ("fused_ms", "add_find_ms", "cold_ms")}
    assert counts == {"fused_ms": 12 + len(LAY), "add_find_ms": 3, "cold_ms": 1}


def test_it_is_shown_as_tables_and_a_missing_rival_says_how_to_install_it(
    ran: tuple[dict[str, Any], list[str], Path],
) -> None:
    shown = scale_report.shown(ran[0])
    assert "| 融合检索 p95 " in shown
    assert "rank_bm25+FAISS+RRF：未安装，pip install -c constraints.txt -e '.[bench]'" in shown
    widths = {len(line.split("|")) for line in shown.splitlines() if line.startswith("| 方案")}
    assert widths == {16}


@pytest.mark.skipif(not importlib.util.find_spec("matplotlib"), reason="matplotlib is an extra")
def test_plots_are_written(ran: tuple[dict[str, Any], list[str], Path]) -> None:
    for name in ("latency", "build", "memory"):
        assert (ran[2] / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_growth_is_by_medians() -> None:
    def size(passages: int, ms: float) -> dict[str, Any]:
        return {"passages": passages, "figures": {"a": {"median": ms}, "b": {"median": 0.0}}}

    assert scale_figures.growth([size(100, 2.0), size(1_000, 3.0)]) == [
        {"passages": 10.0, "figures": {"a": 1.5}}
    ]


def test_making_copies_is_taken_off_only_as_far_as_other_cores_were_not_at_work() -> None:
    built = {
        "read_s": 1.0, "copy_s": 4.0, "parsed": 80, "copied": 20, "wall_s": 10.0,
        "cores": 2, "cpu_s": 12.0, "peak_mb": 1.0, "worker_peak_mb": 0.0,
    }  # fmt: skip
    figures = {one.key: one.median for one in scale_figures.building(100, built)}
    assert (figures["all_in_s"], figures["read_s"]) == (8.0, 1.0)
    assert figures["all_in_rate"] == 12.5


def indexed(folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("index.encoder.load_encoder", lambda *_: HashingEncoder())
    with LocalIndex.create(folder / "index", HashingEncoder()) as index:
        index.add(Corpus(data, 120))
    return str(folder / "index")


def test_recall_counts_equal_passages_as_equally_good(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = indexed(tmp_path, data, monkeypatch)
    found = scale_tasks.recall(index, ["加密公交线网", "区教育局"])["recall"]
    assert found == [1.0, 1.0]
    plain = LocalIndex.search_dense

    def worse(self: LocalIndex, vector: Any, k: int, **options: Any) -> Any:
        return plain(self, vector, 120, **options)[-k:]

    monkeypatch.setattr(LocalIndex, "search_dense", worse)
    assert max(scale_tasks.recall(index, ["加密公交线网", "区教育局"])["recall"]) < 0.5


@pytest.mark.parametrize("name", bench_scale.RIVALS)
def test_each_rival_finds_where_a_question_was_cut_from(
    name: str, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not INSTALLED[name]:
        pytest.skip(f"{name} is an extra")
    index = indexed(tmp_path, data, monkeypatch)
    scale_tasks.export(index, str(tmp_path))
    asked = [(one.question, one.source) for one in of_documents(Corpus(data, 120), 20, 1)]
    options = {"name": name, "folder": str(tmp_path), "asked": asked}
    ended = python(["-c", _RIVAL], given=json.dumps(options))
    found = json.loads(ended.out)
    assert found["build_s"] > 0
    assert len(found["lexical_ms"]) == len(asked)
    assert sum(found["found"]["lexical"]) >= 6
    assert ("fused_ms" in found) == (name != "bm25s")


_RIVAL = """
import json, sys
sys.path.insert(0, "tests")
import index.encoder
from index_doubles import HashingEncoder
index.encoder.load_encoder = lambda *_: HashingEncoder()
from eval.scale_tasks import rival
print(json.dumps(rival(**json.load(sys.stdin))))
"""


@pytest.mark.parametrize(
    ("text", "size"), [("300", 300), ("10k", 10_000), ("1M", 1_000_000), ("0010k", 10_000)]
)
def test_sizes_may_be_written_short(text: str, size: int) -> None:
    assert bench_scale._size(text) == size


@pytest.mark.parametrize("text", ["", "99", "0k", "-1", "1.5k", "1g", "11m", "一万", "١٠٠٠"])
def test_a_size_that_is_none_is_a_wrong_call(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main([f"--scale={text}"])
    assert stopped.value.code == 2
    assert f"段数是{text}；需要 100 到 10000000 的整数" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--out", "x"], "没有 --scale"),
        (["--data", "x"], "没有 --scale"),
        (["corpus", "--scale", "1000"], "请改用 --data"),
    ],
)
def test_options_that_do_not_go_together_are_a_wrong_call(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        bench.main(given)
    assert said in capsys.readouterr().err


def test_a_folder_without_data_is_an_error_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="没有可读的文件"):
        bench.main(["--scale", "1k", "--data", str(tmp_path)])
    with pytest.raises(ReadError, match="不是文件夹"):
        bench.main(["--scale", "1k", "--data", str(tmp_path / "absent")])


def test_too_little_disk_is_an_error_before_anything_runs(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(free=10_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(WenceError, match=r"还有0\.0 GB；需要4\.0 GB（1,000,000段"):
        bench.main(["--scale", "1k", "1m", "--data", str(data)])


def test_plots_that_cannot_be_drawn_are_an_error_before_anything_runs(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--scale", "1k", "--data", str(data), "--out"]
    (tmp_path / "file").write_text("")
    if importlib.util.find_spec("matplotlib"):
        with pytest.raises(WenceError, match="建不了文件夹"):
            bench.main([*arguments, str(tmp_path / "file" / "out")])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(WenceError, match=r"没有安装 matplotlib.*pip install"):
        bench.main([*arguments, str(tmp_path / "out")])


def test_texts_are_taken_one_by_one(data: Path) -> None:
    assert [raw.name for raw in islice(texts(data), 3)] == ["办法0.md", "news-1.txt", "news-2.txt"]
