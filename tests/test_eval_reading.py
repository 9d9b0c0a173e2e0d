"""`wence eval --reading`: measures against hand-worked cases, and a run over a small folder."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from index_doubles import HashingEncoder
from qa_doubles import SHIPPED

from eval import cli
from eval.errors import GoldError
from eval.reading_measures import contains, ratio, rouge_l
from eval.reading_report import as_json, figures, report
from eval.reading_run import Reading, ask_all, ask_given, assistant_over, by_fold, judged, read
from eval.retrieval_collection import Collection, RetrievalQuestion, read_collection
from index.encoder import load_encoder
from ingest.schema import Span
from qa.answer import Answer, Citation
from qa.errors import QuestionError

NCPP = Path(__file__).parent.parent.parent / "shared/bench/ncpp"

ROAD = "青屿区道路方案\n\n一、修路\n\n甲局负责修缮大桥，工期三月。\n\n二、养护\n\n乙局养护步道。\n"
CLINIC = "青屿区社区医院计划\n\n一、门诊\n\n社区医院的门诊时间延长到晚上八点。\n"
TEXTS = {"road": ROAD, "clinic": CLINIC}
HOURS = CLINIC.index("延长到晚上八点")
GOLD = RetrievalQuestion("1", "门诊时间怎么改？", ("clinic",), Span(HOURS, HOURS + 7))


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [
        ("甲乙丙丁", "甲乙丙丁", 1.0),
        ("甲乙丙丁", "乙丁", 2 * 2 / 6),  # in order, not in a row
        ("丁丙", "丙丁", 2 * 1 / 4),  # order counts
        ("甲 乙\n", "甲乙", 1.0),
        ("甲", "乙", 0.0),
        ("", "乙", 0.0),
        ("甲甲乙", "甲乙乙乙", 2 * 2 / 7),
    ],
)
def test_rouge_l_by_hand(answer: str, gold: str, score: float) -> None:
    assert rouge_l(answer, gold) == pytest.approx(score)
    assert rouge_l(gold, answer) == pytest.approx(score)


def test_a_span_is_contained_by_its_places_or_its_words() -> None:
    assert contains(["x"], [Span(0, 4), Span(4, 9)], "甲乙丙。", Span(2, 6))
    assert contains(["x"], [Span(2, 5)], "甲乙丙。", Span(2, 6))  # the full stop need not be quoted
    assert contains(["x"], [Span(2, 3), Span(4, 5)], "甲 乙", Span(2, 5))  # nor white space
    assert not contains(["x"], [Span(3, 9)], "甲乙丙。", Span(2, 6))
    assert not contains(["x"], [], "甲乙丙。", Span(2, 6))
    assert contains(["……说 甲乙 丙"], [], "甲乙丙。", Span(2, 6))  # a near copy elsewhere
    assert not contains(["甲", "乙丙"], [], "甲乙丙", Span(2, 5))


def test_lengths_leave_white_space_out() -> None:
    assert ratio("甲 乙丙\n", "甲乙") == 1.5


def answer(status: Any, *spans: tuple[str, str]) -> Answer:
    """An answer that quotes these (document, words)."""
    cited = []
    for marker, (document, words) in enumerate(spans, start=1):
        start = TEXTS[document].index(words)
        place = (start, start + len(words))
        cited.append(Citation(marker, document, "", "", "", "", (), words, *place, None, ""))
    text = "".join(f"“{c.quote}”[{c.marker}]" for c in cited)
    return Answer(status, text, tuple(cited))


def judge(given: Answer) -> Reading:
    return judged(GOLD, given, TEXTS, 1.0)


def test_an_answer_is_judged_by_its_quotations_in_order() -> None:
    found = judge(answer("answered", ("clinic", "社区医院的门诊时间延长到晚上八点。")))
    assert (found.contains, found.right_document, found.refused) == (True, True, False)
    assert found.ratio == pytest.approx(17 / 7)
    assert found.rouge_quotes == pytest.approx(2 * 7 / 24)
    assert found.rouge_answer == pytest.approx(2 * 7 / 26)  # with the quotation marks
    parts = judge(answer("partial", ("clinic", "延长到"), ("clinic", "晚上八点")))
    assert (parts.contains, parts.rouge_quotes, parts.ratio) == (True, 1.0, 1.0)


def test_a_refusal_counts_nothing_even_if_it_quotes() -> None:
    found = judge(answer("not_found", ("clinic", "延长到晚上八点")))
    assert (found.rouge_quotes, found.rouge_answer, found.contains) == (0.0, 0.0, False)
    assert (found.ratio, found.refused) == (None, True)


def test_misses_are_told_apart() -> None:
    outcomes = [
        judge(answer("answered", ("road", "乙局养护步道"))),
        judge(answer("answered", ("clinic", "延长到"))),
        judge(answer("not_found")),
        judge(answer("answered", ("clinic", "延长到晚上八点"))),
    ]
    found = figures(outcomes)
    assert (found.by_retrieval, found.by_reading, found.refusals) == (1, 1, 1)
    assert found.shares["contains"].mean == 0.25
    assert found.shares["refused"].mean == 0.25
    assert found.ratio is not None
    assert found.ratio.mean == pytest.approx(6 / 7)  # the median of 6/7, 3/7 and 1
    assert 0 <= found.shares["rouge_l"].low <= found.shares["rouge_l"].mean
    table = report(found, given=True)
    assert "限于应答的文件" in table
    assert "1 题首条引文不在应答的文件，1 题文件对而文字不全，1 题拒答" in table


def test_without_a_quotation_there_is_no_ratio() -> None:
    found = figures([judge(answer("not_found"))])
    assert found.ratio is None
    assert "length_ratio" not in as_json(found)
    assert "无" in report(found, given=False)


def test_a_rejected_question_is_a_refusal() -> None:
    def reject(_: RetrievalQuestion) -> Answer:
        raise QuestionError("问题是空的", "问题", "写出问题")

    (found,) = read(Collection(TEXTS, (GOLD,)), reject)
    assert (found.status, found.refused) == ("clarify", True)


def test_a_collection_without_places_is_an_error() -> None:
    with pytest.raises(GoldError, match="没有一题给出 start 和 end"):
        read(Collection(TEXTS, (replace(GOLD, evidence=None),)), lambda _: answer("answered"))


def write(folder: Path) -> Path:
    questions = [
        {"id": "1", "question": "社区医院的门诊时间怎么改？", "documents": ["clinic"],
         "start": HOURS, "end": HOURS + 7},
        {"id": "2", "question": "步道怎样养护？", "documents": ["road"],
         "start": ROAD.index("乙局"), "end": ROAD.index("乙局") + 6},
    ]  # fmt: skip
    documents = [{"id": one, "text": text} for one, text in TEXTS.items()]
    for name, rows in (("documents", documents), ("questions", questions)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_given_limits_the_question_to_its_document(tmp_path: Path) -> None:
    collection = read_collection(write(tmp_path))
    wrong = replace(collection.questions[0], documents=("road",))
    with assistant_over(collection, HashingEncoder()) as assistant:
        steps_for = by_fold(assistant, [])
        free, limited = ask_all(steps_for)(wrong), ask_given(steps_for)(wrong)
    assert {c.document_id for c in free.citations} == {"clinic"}
    assert {c.document_id for c in limited.citations} <= {"road"}


@pytest.mark.parametrize("options", [[], ["--given"]])
def test_the_command_prints_one_object(
    options: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.encoder.load_encoder", lambda *_: HashingEncoder())
    assert cli.main(["--reading", str(write(tmp_path)), "--json", *options]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["questions"] == 2
    assert found["contains"] == 1.0
    assert set(found["missed"]) == {"retrieval", "reading", "refused"}
    for name, (low, high) in found["intervals"].items():
        assert low <= found[name] <= high


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--given"], "给出了 --given 而没有 --reading"),
        (["--retrieval", "d", "--reading", "d"], "同时给出了 --retrieval 和 --reading"),
        (["gold.jsonl", "--reading", "d"], "同时给出了 gold.jsonl 和 --reading"),
        (["--reading", "d", "--failures"], "它们只用于标准题"),
    ],
)
def test_options_that_do_not_go_together_are_a_wrong_call(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.skipif(not NCPP.is_dir(), reason="../shared (public test data) is absent")
@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not here")
def test_real_questions_are_read() -> None:
    """40 of 736 questions, each limited to its notice; well below what was measured."""
    whole = read_collection(NCPP)
    some = whole.questions[::18][:40]
    held = {one: whole.documents[one] for q in some for one in q.documents}
    with assistant_over(Collection(held, some), load_encoder(None)) as assistant:
        found = figures(read(Collection(held, some), ask_given(by_fold(assistant, []))))
    assert found.shares["rouge_l"].mean > 0.2
    assert found.shares["refused"].mean < 0.4
