"""Facts beside sheets: what counts as found, and how well the shared documents are read."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cli import main
from eval.errors import GoldError
from eval.fact_matching import Tally, compare, matching
from eval.fact_sheets import FACTS, KINDS, read_beside, read_sheets

SHARED = Path(__file__).parent.parent.parent / "shared"
TEXT = """甲区关于修桥的通知
成文日期：2031-01-15

一、任务
（一）修桥。区甲局负责修桥，新建不少于3座。
（二）铺路。区乙局配合，2031年6月底前完成。
本通知所称桥，是指过河的路。
联系人：张三
"""
EMPTY: dict[str, Any] = {"file": "a.txt", "upto": "", **{kind: [] for kind in KINDS}}
THREE = {"value": "3", "unit": "座", "of": "新建", "bound": "≥"}


def tallies(tmp_path: Path, **lines: Any) -> dict[str, Tally]:
    """The counts of each measure for these lines beside the text above."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    sheet = tmp_path / "sheet.jsonl"
    sheet.write_text(json.dumps({**EMPTY, **lines}, ensure_ascii=False), encoding="utf-8")
    (one,) = read_sheets(sheet)
    return {name: c.tally for name, c in compare(read_beside(one, tmp_path)).items()}


def test_each_kind_is_found(tmp_path: Path) -> None:
    found = tallies(
        tmp_path,
        duties=[{"who": "区甲局", "role": "责任", "at": "负责修桥"}],
        figures=[THREE],
        dates=[{"iso": "2031-06-30", "meaning": "期限"}],
        items=[{"lead": "任务", "count": 2, "first": "修桥", "last": "铺路"}],
        definitions=[{"term": "桥", "at": "过河"}],
        contacts=[{"what": "联系人", "value": "张三"}],
    )
    kinds = ("duties", "figures", "figures_with_bound", "dates", "items", "contacts")
    assert [found[kind][:2] for kind in kinds] == [(1, 1)] * len(kinds)
    assert found["duties"] == (1, 1, 2)
    assert (found["duties"].precision, found["duties"].recall) == (0.5, 1.0)
    assert found["duties"].f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "duty",
    [
        {"who": "区乙局", "role": "责任", "at": "2031年"},
        {"who": "区丙局", "role": "责任", "at": "负责修桥"},
        {"who": "区甲局", "role": "责任", "at": "施行"},
    ],
)
def test_a_wrong_duty_is_not_found(tmp_path: Path, duty: dict[str, str]) -> None:
    assert tallies(tmp_path, duties=[duty])["duties"].right == 0


def test_one_fact_answers_one_line(tmp_path: Path) -> None:
    found = tallies(tmp_path, figures=[THREE, THREE])
    assert found["figures"] == (1, 2, 1)


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        ({"value": "4"}, "figures"),
        ({"unit": "项"}, "figures"),
        ({"of": "铺路"}, "figures_in_sentence"),
        ({"bound": "≤"}, "figures_with_bound"),
    ],
)
def test_a_figure_is_right_by_measure(tmp_path: Path, change: dict[str, str], measure: str) -> None:
    assert tallies(tmp_path, figures=[{**THREE, **change}])[measure].right == 0


def test_what_stands_behind_the_covered_part_is_not_counted(tmp_path: Path) -> None:
    assert tallies(tmp_path, upto="一、任务")["duties"].facts == 0


def test_as_many_lines_as_possible_find_a_fact() -> None:
    assert matching([[0], [0, 1], [1, 2]]) == {0: 0, 1: 1, 2: 2}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"file": "a.txt", "upto": ""}, "缺少"),
        ({**EMPTY, "dates": [{"iso": "2031-01-01"}]}, "缺少 meaning"),
        ({**EMPTY, "items": "无"}, "数组"),
    ],
)
def test_what_is_no_sheet(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    path = tmp_path / "sheet.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(GoldError, match=said):
        read_sheets(path)


def test_a_document_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"读不了 .*a\.txt"):
        read_beside(read_sheets(_sheet(tmp_path, EMPTY))[0], tmp_path / "none")


def _sheet(folder: Path, row: dict[str, Any]) -> Path:
    path = folder / "sheet.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="../shared (samples) is absent")
def test_the_shared_documents_are_read_this_well() -> None:
    totals: dict[str, Tally] = {}
    for sheet in read_sheets(FACTS / "seen.jsonl"):
        for name, one in compare(read_beside(sheet, SHARED / "samples")).items():
            totals[name] = totals.get(name, Tally(0, 0, 0)) + one.tally
    assert totals["duties"].f1 >= 0.95
    assert totals["figures_in_sentence"].f1 >= 0.94
    assert totals["figures_with_subject"].f1 >= 0.64
    assert totals["figures_with_bound"].recall >= 0.89
    least = {"dates": 0.97, "items": 0.97, "definitions": 0.93, "contacts": 1.0}
    assert {name: totals[name].recall >= share for name, share in least.items()} == dict.fromkeys(
        least, True
    )


@pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="../shared (samples) is absent")
def test_of_unseen_sheets_only_totals_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    hidden = {sheet.file for sheet in read_sheets(FACTS / "unseen.jsonl")}
    assert main(["--facts", str(SHARED), "--failures"]) == 0
    printed = capsys.readouterr().out
    assert "unseen" in printed
    assert not [file for file in hidden if file in printed]


@pytest.mark.parametrize("more", [["gold.jsonl"], ["--report", "folder"], ["--many", "elsewhere"]])
def test_options_that_do_not_go_together(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--facts", "shared", *more])
    assert "--facts" in capsys.readouterr().err
