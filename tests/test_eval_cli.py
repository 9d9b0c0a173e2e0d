"""`wence eval` with a fake assistant: figures, failures, files, thresholds, exit status."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest

from eval import cli
from eval.errors import GoldError
from eval.figures import score
from eval.gold import GoldQuestion, read_gold
from eval.report import table
from eval.run import evaluate
from eval.thresholds import Threshold, misses, read_thresholds
from index.errors import NoIndexError, UnknownDocumentError
from qa.answer import Answer, Citation, Request, Turn
from qa.errors import EmptyQuestionError

TEXT = "1.提升网络能级。(责任单位:甲局)"
QUOTE = "(责任单位:甲局)"


def citation(quote: str = QUOTE) -> Citation:
    start = TEXT.index(QUOTE)
    return Citation(1, "doc", "计划", "", "1", "1", (), quote, start, start + len(QUOTE), None, "")


ANSWERS = {
    "谁负责?": Answer("answered", "由甲局负责。[1]", (citation(),)),
    "谁牵头?": Answer("answered", "由甲局负责。[1]", (citation("(责任单位:乙局)"),)),
    "谁修路?": Answer("not_found", "没有找到。"),
}
GOLD = (
    GoldQuestion("a-1", "responsible", "谁负责?", ("有哪些任务?",), ("1",), ("甲局",)),
    GoldQuestion("a-2", "responsible", "谁牵头?", (), ("1",), ("甲局",)),
    GoldQuestion("u-1", "unanswerable", "谁修路?", answerable=False),
)


def ask(request: Request) -> Answer:
    return ANSWERS[request.question]


def text_of(document_id: str) -> str | None:
    return TEXT if document_id == "doc" else None


def write_gold(tmp_path: Path, thresholds: str | None) -> Path:
    path = tmp_path / "gold.jsonl"
    rows = []
    for question in GOLD:
        row = asdict(question)
        del row["line"]
        rows.append(row | {"history": [{"question": earlier} for earlier in question.history]})
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    if thresholds is not None:
        (tmp_path / "gold.thresholds.toml").write_text(thresholds, encoding="utf-8")
    return path


@pytest.fixture
def fake_assistant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_open_assistant", lambda: (ask, text_of))


def test_earlier_questions_are_given_without_answers() -> None:
    seen = []

    def remember(request: Request) -> Answer:
        seen.append(request)
        return ask(request)

    evaluate(GOLD[:1], remember, text_of)
    assert seen == [Request("谁负责?", (Turn("有哪些任务?", ""),))]


def test_a_rejected_question_is_judged_as_a_refusal_and_does_not_vanish() -> None:
    def reject(_: Request) -> Answer:
        raise EmptyQuestionError("问题为空", "至少一个字", "输入问题")

    outcomes = evaluate(GOLD, reject, text_of)
    assert [outcome.judgement.answer_correct for outcome in outcomes] == [False, False, True]
    assert all(outcome.judgement.refused for outcome in outcomes)


def test_figures_are_shares_of_each_kind_and_overall() -> None:
    scores = score(evaluate(GOLD, ask, text_of))
    responsible = scores.kinds["responsible"]
    assert list(scores.kinds) == ["responsible", "unanswerable"]
    assert (responsible.questions, responsible.answer_correct) == (2, 1.0)
    assert (responsible.first_citation_right, responsible.citations_exact) == (1.0, 0.5)
    assert scores.kinds["unanswerable"].first_citation_right is None
    assert scores.overall.refused == pytest.approx(1 / 3)
    assert 0 < scores.overall.median_ms <= scores.overall.p95_ms


def test_the_table_is_aligned_markdown() -> None:
    lines = table(score(evaluate(GOLD, ask, text_of))).splitlines()
    assert len(lines) == 2 + 2 + 1
    assert len({len(line) for line in lines}) == 1
    assert lines[0].startswith("| kind ")
    assert lines[-1].startswith("| overall ")
    assert "0.667" in lines[-1]  # two of three have exact citations


@pytest.mark.usefixtures("fake_assistant")
def test_thresholds_that_are_met_exit_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = write_gold(tmp_path, "[overall]\nanswer_correct = 1.0\n[kind.unanswerable]\nrefused=1")
    assert cli.main([str(gold)]) == 0
    assert "2 项阈值全部达到" in capsys.readouterr().out


@pytest.mark.usefixtures("fake_assistant")
def test_each_threshold_that_is_missed_is_printed_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = write_gold(
        tmp_path, "[overall]\ncitations_exact = 1.0\n[kind.responsible]\ncitations_exact = 0.75"
    )
    assert cli.main([str(gold), "--failures"]) == 1
    out = capsys.readouterr().out
    assert "未达阈值：overall.citations_exact = 0.667，应不低于 1" in out
    assert "未达阈值：kind.responsible.citations_exact = 0.500，应不低于 0.75" in out
    assert "✗ a-2 谁牵头?\n    引文[1]与原文不一致\n    answered：由甲局负责。[1]" in out
    assert "a-1" not in out


@pytest.mark.usefixtures("fake_assistant")
def test_without_thresholds_only_figures_are_printed_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([str(write_gold(tmp_path, None))]) == 0
    assert "没有阈值文件 gold.thresholds.toml" in capsys.readouterr().out


@pytest.mark.usefixtures("fake_assistant")
def test_json_is_one_object_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write_gold(tmp_path, "[overall]\ncitations_exact = 1.0")
    assert cli.main([str(gold), "--json", "--failures"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    summary = json.loads(line)
    assert summary["overall"]["questions"] == 3
    assert summary["kinds"]["responsible"]["citations_exact"] == 0.5
    assert summary["failed"] == ["a-2"]
    assert [miss["name"] for miss in summary["misses"]] == ["overall.citations_exact"]
    assert summary["failures"][0]["answer"]["citations"][0]["quote"] == "(责任单位:乙局)"


@pytest.mark.usefixtures("fake_assistant")
def test_a_report_is_three_files(tmp_path: Path) -> None:
    gold = write_gold(tmp_path, "[overall]\ncitations_exact = 1.0")
    folder = tmp_path / "new" / "report"
    assert cli.main([str(gold), "--report", str(folder)]) == 1
    assert json.loads((folder / "report.json").read_text("utf-8"))["failed"] == ["a-2"]
    (failed,) = (folder / "failures.jsonl").read_text("utf-8").splitlines()
    assert json.loads(failed)["faults"] == ["引文[1]与原文不一致"]
    page = (folder / "report.md").read_text("utf-8")
    assert "| overall" in page
    assert "overall.citations_exact = 0.667" in page
    assert "✗ a-2" in page


@pytest.mark.parametrize(
    ("thresholds", "message"),
    [
        ("[overal]\n", "未知的表 overal"),
        ("[overall]\ncorrect = 1", "未知的指标 correct"),
        ("[overall]\nrefused = 1.5", "refused 是 1.5"),
        ("[overall]\nrefused = true", "refused 是 True"),
        ("overall = 1", "不是表"),
        ("kind = 1", "不是表"),
        ("[overall", "不是合法的 TOML"),
    ],
)
def test_a_threshold_that_would_check_nothing_is_an_error(
    tmp_path: Path, thresholds: str, message: str
) -> None:
    path = tmp_path / "gold.thresholds.toml"
    path.write_text(thresholds, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_thresholds(path)


@pytest.mark.parametrize(
    "threshold",
    [Threshold("lists", "refused", 0.5), Threshold("unanswerable", "first_citation_right", 0.5)],
)
def test_a_threshold_without_questions_is_an_error(threshold: Threshold) -> None:
    scores = score(evaluate(GOLD, ask, text_of))
    with pytest.raises(GoldError, match="没有可衡量的题目"):
        misses((threshold,), scores)


def test_the_assistant_of_the_chat_is_asked_and_its_index_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = []

    class Index:
        def document(self, document_id: str) -> SimpleNamespace:
            read.append(document_id)
            if document_id != "doc":
                raise UnknownDocumentError("没有", "已有的编号", "看 wence ls")
            return SimpleNamespace(text=TEXT)

    class FakeAssistant:
        index = Index()

        @classmethod
        def open(cls, _: object) -> "FakeAssistant":
            return cls()

        def ask(self, request: Request) -> Answer:
            return ask(request)

    module = SimpleNamespace(Assistant=FakeAssistant)
    monkeypatch.setitem(sys.modules, "qa.service.assistant", cast(ModuleType, module))
    asked, text = cli._open_assistant()
    assert asked(Request("谁修路?")).status == "not_found"
    assert [text("doc"), text("doc"), text("gone")] == [TEXT, TEXT, None]
    assert read == ["doc", "gone"]


def test_an_absent_index_is_for_the_command_line_to_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent() -> None:
        raise NoIndexError("没有索引", "一个索引", "运行 wence add")

    monkeypatch.setattr(cli, "_open_assistant", absent)
    with pytest.raises(NoIndexError):
        cli.main([str(write_gold(tmp_path, None))])


def test_the_gold_file_of_the_corpus_fits_its_thresholds() -> None:
    folder = Path(__file__).parents[1] / "eval" / "gold"
    questions = read_gold(folder / "huangpu-2022.jsonl")
    thresholds = read_thresholds(folder / "huangpu-2022.thresholds.toml")
    assert thresholds
    kinds = {question.kind for question in questions}
    assert {threshold.kind for threshold in thresholds} - {None} <= kinds
