"""`wence bench`: every figure is there with its unit, and the user's index is left alone."""

import contextlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from index_doubles import HashingEncoder
from qa_doubles import PLAN, RULES, SHIPPED, write_invented

from eval import bench, bench_tasks
from eval.bench_figures import rate, spread, table
from eval.bench_process import python
from eval.bench_questions import questions, warm_up
from index.backend import Hit
from index.local import LocalIndex
from ingest.errors import ReadError, WenceError
from ingest.parse import parse_bytes
from qa.question.checked import checked

ROOT = Path(__file__).parents[1]
KEYS = {
    "字/s": "parse_rate",
    "段/s": "encode_rate build_rate",
    "s": "build_s add_command_s",
    "B": "size_store_bytes size_lexical_bytes size_dense_bytes size_pieces_bytes "
    "size_manifest_bytes size_total_bytes",
    "MB": "peak_add_mb peak_ask_mb peak_answering_mb",
    "ms": "cold_ask_ms cold_imports_ms interpreter_ms cold_open_ms load_encoder_ms open_index_ms "
    "first_lexical_ms first_dense_ms answer_ms retrieve_ms total_ms encode_question_ms lexical_ms "
    "dense_ms add_one_ms find_one_ms delete_one_ms",
}
UNITS = {key: unit for unit, keys in KEYS.items() for key in keys.split()}


class Bench(NamedTuple):
    """What one run printed, what it left in its temporary folder, and the user's index."""

    found: dict[str, Any]
    left: list[str]
    untouched: bool


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """One run over the invented corpus; whoever opened the user's index would be told off."""
    if not SHIPPED:
        pytest.skip("the shipped encoder is not built yet")
    folder = write_invented(tmp_path_factory.mktemp("documents"))
    index = tmp_path_factory.mktemp("index")
    (index / "letter.txt").write_text("not an index", "utf-8")
    temporary = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as out:
        patch.setenv("WENCE_INDEX_DIR", str(index))
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr(tempfile, "tempdir", str(temporary))
        before = contents(index)
        assert bench.main([str(folder), "--questions", "6", "--rounds", "2", "--json"]) == 0
    (line,) = out.getvalue().splitlines()
    left = [path.name for path in temporary.iterdir()]
    return Bench(json.loads(line), left, contents(index) == before)


def test_every_figure_is_there_with_its_unit(ran: Bench) -> None:
    assert {key: figure["unit"] for key, figure in ran.found["figures"].items()} == UNITS


@pytest.mark.parametrize("key", UNITS)
def test_each_figure_is_positive_and_its_bad_end_no_better_than_its_median(
    ran: Bench, key: str
) -> None:
    figure = ran.found["figures"][key]
    values = [figure[name] for name in ("median", "p95", "p99", "worst")]
    assert min(values) > 0
    assert values == sorted(values, reverse=key.endswith("_rate"))


def test_the_numbers_of_samples_are_those_of_rounds_and_questions(ran: Bench) -> None:
    samples = {key: figure["n"] for key, figure in ran.found["figures"].items()}
    assert (samples["build_s"], samples["cold_ask_ms"], samples["delete_one_ms"]) == (2, 2, 2)
    assert (samples["answer_ms"], samples["dense_ms"], samples["size_total_bytes"]) == (12, 12, 1)


def test_what_was_measured_with_is_told(ran: Bench) -> None:
    found = ran.found
    assert (found["documents"], found["questions"], found["rounds"]) == (2, 6, 2)
    assert found["characters"] == len(PLAN) + len(RULES)
    assert found["passages"] >= 13
    assert sum(found["status"].values()) == 12
    assert len(found["machine"]["load"]) == 2
    times = [one["ms"] for one in found["slowest"]]
    assert len(times) == 3
    assert times == sorted(times, reverse=True)


def test_the_parts_on_disk_add_up(ran: Bench) -> None:
    sizes = {k: f["median"] for k, f in ran.found["figures"].items() if k.startswith("size_")}
    assert sizes.pop("size_total_bytes") == sum(sizes.values())


def test_the_users_index_is_untouched_and_nothing_is_left_behind(ran: Bench) -> None:
    assert ran.untouched
    assert ran.left == []


def test_figures_are_printed_as_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("一、任务\n修路。\n", "utf-8")
    counts = {"documents": 1, "characters": 9, "passages": 1, "questions": 2}
    slow = {"slowest": [{"question": "修路?", "ms": 3.0}], "status": {"answered": 4}}
    given = []

    def measured(*arguments: object) -> tuple[dict[str, Any], list[Any]]:
        given.append(arguments)
        return counts | slow, [spread("answer_ms", "热态", "ms", [2.0, 3.0])]

    monkeypatch.setattr(bench, "measure", measured)
    assert bench.main([str(tmp_path), "--questions", "2", "--rounds", "2"]) == 0
    out = capsys.readouterr().out
    assert given == [(tmp_path, 2, 2)]
    assert "文件1份，9字，1段；问题2个，问2轮：answered 4\n最慢的问题：修路? 3.0 ms\n" in out
    assert "| 热态 | ms   |    2 |   2.50 | 3.00 |   - | 3.00 |" in out


def test_a_single_sample_has_no_spread_and_few_have_no_p99() -> None:
    rows = table([spread("a", "甲", "B", [7]), spread("b", "乙", "ms", [1.0] * 100)]).split("\n")
    assert rows[2].replace(" ", "") == "|甲|B|1|7.00|-|-|-|"
    assert rows[3].replace(" ", "") == "|乙|ms|100|1.00|1.00|1.00|1.00|"


def test_the_bad_end_of_a_rate_is_the_low_one() -> None:
    one = rate("parse_rate", "读取", "字/s", 1000, [1.0, 2.0, 10.0])
    assert (one.median, one.p95, one.worst, one.n) == (500.0, 100.0, 100.0, 3)


def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="没有可读的文件"):
        bench.main([str(tmp_path)])
    with pytest.raises(ReadError, match="不是文件夹"):
        bench.main([str(tmp_path / "absent")])


@pytest.mark.parametrize("given", ["--rounds=0", "--questions=-1", "--questions=x"])
def test_a_number_that_is_none_is_a_wrong_call(
    given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main([given])
    assert stopped.value.code == 2
    assert f"数目是{given.partition('=')[2]}；需要 1 以上的整数" in capsys.readouterr().err


def test_a_document_that_cannot_be_read_stops_the_run_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(WenceError, match=r"bad\.txt.*binary_file"):
        bench.main([str(tmp_path), "--rounds", "1"])


def opened(folder: Path, *texts: str) -> LocalIndex:
    index = LocalIndex.create(folder, HashingEncoder())
    index.add([parse_bytes(text.encode(), f"{text[:4]}.txt") for text in texts])
    return index


def test_questions_are_of_all_kinds_and_can_all_be_taken(tmp_path: Path) -> None:
    with opened(tmp_path / "index", PLAN, RULES) as index:
        found = questions(index, 500)
        assert {"加密公交线网由谁负责?", "加密公交线网的内容是什么?"} <= set(found)
        assert "区教育局有哪些任务?" in found
        assert any(one.endswith("办法》第三条的内容是什么?") for one in found)
        assert len(found) == len(set(found))
        assert all(checked(one) for one in found)
        assert not set(found) & set(warm_up(index, 10))
        assert questions(index, 7) == found[:7]


def test_the_same_documents_give_the_same_questions_in_whatever_order(tmp_path: Path) -> None:
    with opened(tmp_path / "one", PLAN, RULES) as one, opened(tmp_path / "two", RULES, PLAN) as two:
        assert questions(one, 30) == questions(two, 30)


def test_a_text_without_outline_gives_a_question_all_the_same(tmp_path: Path) -> None:
    with opened(tmp_path / "index", "关于修路的通知\n今年修路三条。\n") as index:
        assert len(questions(index, 10)) == 1
        assert len(warm_up(index, 10)) == 1


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("index.encoder.load_encoder", lambda *_: HashingEncoder())
    opened(tmp_path / "index", PLAN, RULES).close()
    return tmp_path / "index"


def test_adding_and_withdrawing_leaves_the_documents_as_they_were(built: Path) -> None:
    with LocalIndex.open(built) as index:
        before = index.documents()
    samples = bench_tasks.changes(str(built), 3)
    with LocalIndex.open(built) as index:
        assert index.documents() == before
    assert [len(values) for values in samples.values()] == [3, 3, 3, 3]


def test_a_document_that_is_not_found_once_added_is_an_error(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object, **__: object) -> list[Hit]:
        return []

    monkeypatch.setattr(LocalIndex, "search_lexical", nothing)
    with pytest.raises(WenceError, match="新添加的文件查不到"):
        bench_tasks.changes(str(built), 1)


def test_a_process_gives_its_words_and_its_peak() -> None:
    ended = python(["-c", "print(input()); x = bytearray(300_000_000)"], given="问策")
    assert ended.out == "问策\n"
    assert ended.peak > 300_000_000


def test_a_process_that_fails_is_an_error_with_its_last_line() -> None:
    with pytest.raises(WenceError, match=r"以3退出\(原因\)"):
        python(["-c", "import sys; print('前言\\n原因', file=sys.stderr); sys.exit(3)"])


def test_a_process_imports_this_program_whatever_lies_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "__init__.py").write_text("raise SystemExit(9)", "utf-8")
    monkeypatch.chdir(tmp_path)
    ended = python(["-c", "import ui; print(ui.__file__)"])
    assert Path(ended.out.strip()).parent == ROOT / "ui"


def test_whoever_measures_stays_small() -> None:
    """A child's peak is never below the size of its parent; see `eval.bench_process`."""
    used = "import sys, eval.bench, ingest.parse, qa.service.settings, index.manifest"
    heavy = ("numpy", "faiss", "tantivy", "jieba", "rjieba", "torch")
    ended = python(["-c", f"{used}\nprint(*[n for n in {heavy} if n in sys.modules])"])
    assert ended.out.split() == []
