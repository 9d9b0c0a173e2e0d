"""Every figure is over its own denominator, and moves with the one thing that it measures."""

from dataclasses import replace

import pytest

from eval.gold import GoldQuestion
from eval.many_figures import MEASURES, Share, by_kind, figures
from eval.many_judge import Verdict
from eval.many_report import as_json, failure_lines, notes, report, summary
from eval.replies import Judged, Reply
from qa.answer import Answer, Verification

GOOD = Verdict(True, "", "answered", True, True, True)
ASKED = GoldQuestion("a-1", "amount", "多少?", documents=("a.txt",), quote="x")
REFUSAL = Verdict(True, "", "not_found", None, None, True)
UNASKED = GoldQuestion("u-1", "unanswerable", "谁?", answerable=False)


def one(
    verdict: Verdict, gold: GoldQuestion = ASKED, text: str = "甲 局[1]", ms: float = 1.0
) -> Judged:
    answer = Answer("answered", text, verification=Verification(3, 0, 1))
    return Judged(gold, Reply(answer, ms), verdict)


RUN = [one(GOOD), one(GOOD), one(REFUSAL, UNASKED)]


def shares(run: list[Judged]) -> dict[str, str]:
    found = figures(run).shares
    return {name: f"{share.met}/{share.of}" for name, share in found.items()}


def test_the_denominators_are_those_questions_that_a_measure_is_about() -> None:
    assert shares(RUN) == {
        "right": "3/3",
        "right_answerable": "2/2",
        "right_unanswerable": "1/1",
        "first_document": "2/2",
        "evidence": "2/2",
        "confident_wrong": "0/3",
        "hedged": "0/3",
        "refused_answerable": "0/2",
        "refused_unanswerable": "1/1",
        "exact": "3/3",
        "crashed": "0/3",
    }


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ({"first_document": False}, {"first_document": "1/2"}),
        ({"evidence": False}, {"evidence": "1/2"}),
        ({"exact": False}, {"exact": "2/3"}),
        ({"status": "partial"}, {"hedged": "1/3"}),
        (
            {"right": False},
            {"right": "2/3", "right_answerable": "1/2", "confident_wrong": "1/3"},
        ),
        (
            {"right": False, "status": "clarify"},
            {"right": "2/3", "right_answerable": "1/2", "refused_answerable": "1/2"},
        ),
        (
            {"right": False, "status": "partial"},
            {"right": "2/3", "right_answerable": "1/2", "hedged": "1/3"},
        ),
    ],
)
def test_each_measure_moves_alone(change: dict[str, object], moved: dict[str, str]) -> None:
    worse = [one(replace(GOOD, **change)), *RUN[1:]]  # type: ignore[arg-type]
    assert shares(worse) == shares(RUN) | moved


def test_an_answer_to_what_nothing_answers_is_confident_and_wrong() -> None:
    wrong = replace(REFUSAL, right=False, status="answered")
    assert shares([*RUN[:2], one(wrong, UNASKED)]) == shares(RUN) | {
        "right": "2/3",
        "right_unanswerable": "0/1",
        "refused_unanswerable": "0/1",
        "confident_wrong": "1/3",
    }


def test_length_is_of_the_words_and_a_crash_has_neither_length_nor_time() -> None:
    crash = Judged(ASKED, Reply(None, 0.0, "x"), Verdict(False, "x", "crash", False, False, False))
    found = figures([one(GOOD), one(GOOD, text="甲乙丙丁[1]", ms=9.0), crash])
    assert (found.median_length, found.p90_length) == (3, 4)
    assert (found.median_ms, found.p95_ms) == (5.0, 9.0)
    assert (found.withheld.met, found.withheld.of) == (2, 8)
    assert found.shares["crashed"] == Share(1, 3)


def test_a_share_of_nothing_is_none() -> None:
    assert Share(0, 0).value is None
    assert str(figures([one(GOOD)]).shares["right_unanswerable"]) == "-"


def test_the_report_has_each_measure_with_its_denominator_beside_the_baseline() -> None:
    plain = [
        one(replace(GOOD, right=False)),
        *RUN[1:2],
        one(replace(REFUSAL, right=False), UNASKED),
    ]
    text = report("worked：3 题", RUN, plain)
    first, second = text.split("\n\n")[1:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in first.splitlines()]
    assert rows[0] == ["指标", "分母", "程序", "基线"]
    assert ["答对", "全部题 3", "1.000", "0.333"] in rows
    assert ["答对", "有答案的题 2", "1.000", "0.500"] in rows
    assert len(rows) == 2 + len(MEASURES) + 5
    assert [line.split("|")[1].strip() for line in second.splitlines()[2:]] == [
        "amount",
        "unanswerable",
    ]
    assert "基线" not in report("worked", RUN, None)


def test_the_summary_has_a_column_for_each_side_of_each_part() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in summary({"worked": (RUN, RUN[:2]), "unseen": (RUN[:1], None)}).splitlines()
    ]
    assert rows[0] == ["指标", "worked 程序", "worked 基线", "unseen 程序"]
    assert rows[2] == ["题数", "3", "2", "1"]
    assert rows[3] == ["答对", "1.000", "1.000", "1.000"]
    assert ["说明没有答案（无答案的题）", "1.000", "-", "-"] in rows


def test_a_note_warns_of_distractors_only_where_there_are_any() -> None:
    assert "干扰" not in notes(0)
    assert "加了 5 份干扰文件" in notes(5)


def test_json_has_all_figures_of_both() -> None:
    found = as_json(RUN, RUN)
    assert found["program"]["overall"]["shares"]["right"] == {"met": 3, "of": 3, "value": 1.0}
    assert set(found["program"]["kinds"]) == {"amount", "unanswerable"} == set(by_kind(RUN))
    assert set(as_json(RUN, None)) == {"program"}


def test_failures_say_why_and_how_the_answer_begins() -> None:
    wrong = one(replace(GOOD, right=False, why="缺少「甲」"))
    crash = Judged(
        UNASKED,
        Reply(None, 0.0, "KeyError: 1"),
        Verdict(False, "程序出错", "crash", None, None, False),
    )
    assert failure_lines([wrong, RUN[1], crash]) == [
        "✗ a-1 多少?",
        "    缺少「甲」",
        "    answered：甲 局[1]",
        "✗ u-1 谁?",
        "    程序出错",
        "    crash：KeyError: 1",
    ]
