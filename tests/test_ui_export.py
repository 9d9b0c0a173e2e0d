"""`wence export` and `wence ls --missing` over invented documents."""

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from index_doubles import HashingEncoder
from openpyxl import load_workbook

from index.local import LocalIndex
from index.missing import missing
from index.titles import Named, Titles, targeted
from ingest.parse import parse_bytes
from ingest.schema import DocumentInfo
from ui import cli
from ui.export import COLUMNS, FORMATS, TABLES, ExportError, export, write

PLAN = """甲区修桥工作方案
甲府〔2031〕2号
一、主要任务
1.新建桥梁。到2031年底，新建桥梁12座。（责任单位：区水务局、区财政局）
2.=桥梁检查。每年检查2次。（责任单位：区水务局）
二、依据
按照《乙市修桥办法》、《甲区桥梁规划》和《丙省桥梁养护条例》执行，《丙省桥梁养护条例》另有规定的从其规定。
"""
RULES = """乙市人民政府关于印发《乙市修桥办法（试行）》的通知
乙府〔2030〕6号
现将《乙市修桥办法（试行）》印发给你们。
乙市人民政府
2030年1月1日
第一条 依据《丙省桥梁养护条例》（丙府〔2020〕1号，以下简称《养护条例》）制定本办法。
第二条 《养护条例》未作规定的，适用本办法。
第三条 《乙市旧桥办法》（乙府〔2019〕9号）同时废止。
"""


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalIndex:
    made = LocalIndex.create(tmp_path / "index", HashingEncoder())
    made.add(
        [
            parse_bytes(PLAN.encode(), "plan.txt", {"id": "plan"}),
            parse_bytes(RULES.encode(), "rules.txt", {"id": "rules"}),
        ]
    )
    made.declare(
        [DocumentInfo("law", "丙省桥梁养护条例", source="https://example.org", held=False)]
    )
    monkeypatch.setenv("WENCE_INDEX_DIR", str(tmp_path / "index"))
    return made


def rows(index: LocalIndex, table: str) -> list[dict[str, str]]:
    out = io.BytesIO()
    export(index, table, "csv", out)
    text = out.getvalue().decode("utf-8-sig")
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    head, *body = list(csv.reader(io.StringIO(text)))
    assert head == list(COLUMNS[table].values())
    return [dict(zip(COLUMNS[table], row, strict=True)) for row in body]


def test_tasks_with_their_clause(index: LocalIndex) -> None:
    found = rows(index, "tasks")
    assert [(r["clause_path"], r["unit"], r["role"]) for r in found] == [
        ("一/1", "区水务局", "责任"),
        ("一/1", "区财政局", "责任"),
        ("一/2", "区水务局", "责任"),
    ]
    first = found[0]
    assert (first["document"], first["number"]) == ("甲区修桥工作方案", "甲府〔2031〕2号")
    text = index.document("plan").text
    assert text[int(first["start"]) : int(first["end"])].strip() == first["quote"]


def test_targets_with_value_unit_and_deadline(index: LocalIndex) -> None:
    first = rows(index, "targets")[0]
    assert (first["value"], first["unit"], first["deadline"]) == ("12", "座", "到2031年底")
    assert "新建桥梁12座" in first["quote"]


def test_documents_held_and_declared(index: LocalIndex) -> None:
    assert {(r["document_id"], r["held"]) for r in rows(index, "documents")} == {
        ("plan", "1"),
        ("rules", "1"),
        ("law", "0"),
    }


def test_no_cell_is_a_formula() -> None:
    index = LocalIndex.__new__(LocalIndex)
    row = dict.fromkeys(COLUMNS["missing"], "") | {"document": "=HYPERLINK(1)", "count": -3}
    for form in ("csv", "xlsx"):
        out = io.BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(TABLES, "missing", lambda _: iter([row]))  # type: ignore[arg-type]
            assert export(index, "missing", form, out) == 1
        if form == "csv":
            assert "'=HYPERLINK(1)" in out.getvalue().decode("utf-8-sig")
            assert ",-3," in out.getvalue().decode("utf-8-sig")
        else:
            sheet = load_workbook(io.BytesIO(out.getvalue()))["missing"]
            assert [cell.value for cell in sheet[2]][:3] == ["'=HYPERLINK(1)", None, -3]
            assert sheet[2][0].data_type == "s"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_table_in_every_format(
    index: LocalIndex, tmp_path: Path, table: str, form: str
) -> None:
    path = tmp_path / f"out.{form}"
    count = write(index, table, form, path)
    assert count == len(list(TABLES[table](index))) > 0
    if form == "xlsx":
        assert load_workbook(path)[table].max_row == count + 1
        assert ZipFile(path).testzip() is None
    elif form == "jsonl":
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert len(lines) == count
        assert all(list(line) == list(COLUMNS[table]) for line in lines)


def test_a_file_that_cannot_be_written(index: LocalIndex, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="换一个位置"):
        write(index, "tasks", "csv", tmp_path / "none" / "x.csv")


def test_missing_documents_most_named_first(index: LocalIndex) -> None:
    found = missing(index)
    assert [(one.title, one.number, one.count) for one in found] == [
        ("丙省桥梁养护条例", "丙府〔2020〕1号", 5),
        ("乙市旧桥办法", "乙府〔2019〕9号", 1),
        ("甲区桥梁规划", "", 1),
    ]
    assert found[0].by == ("plan", "rules")
    assert (found[0].declared, found[0].source) == ("law", "https://example.org")


def test_a_title_means_the_document_that_a_notice_passes_on(index: LocalIndex) -> None:
    known = Titles(index.documents())
    for title in ("乙市修桥办法", "关于印发《乙市修桥办法（试行）》的通知", "乙市修桥办法(试行)"):
        assert known.meant(Named(title, "")) == ("rules",), title
    assert known.meant(Named("", "乙府[2030]6号")) == ("rules",)
    assert known.meant(Named("乙市修桥办法", "乙府〔2024〕1号")) == ()  # another version
    (fact, *_) = index.facts("reference", document_id="plan", what="乙市修桥办法")
    assert targeted(fact, known).target == "rules"


def test_a_version_of_another_year_is_told_apart() -> None:
    versions = [
        DocumentInfo("a", "甲办法", number="甲府〔2021〕1号"),
        DocumentInfo("b", "甲办法", number="甲府〔2022〕3号"),
        DocumentInfo("c", "乙市修桥若干意见", region="乙市"),
    ]
    known = Titles(versions)
    assert known.meant(Named("甲区办法", "")) == ()
    assert known.meant(Named("关于修桥的若干意见", "")) == ("c",)
    assert known.meant(Named("甲办法办法", "甲府〔2022〕3号")) == ("b",)


def test_the_commands(index: LocalIndex, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    index.close()
    assert cli.main(["ls", "--missing"]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert out.splitlines()[0] == (
        "5次\t《丙省桥梁养护条例》（丙府〔2020〕1号）\thttps://example.org\t见：甲区修桥工作方案、"
        "乙市人民政府关于印发《乙市修桥办法（试行）》的通知"
    )
    assert cli.main(["export", "missing", "--format", "jsonl"]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert json.loads(lines[0])["count"] == 5
    assert cli.main(["show", "rules", "--facts"]) == 0
    assert "废止《乙市旧桥办法》（乙府〔2019〕9号）" in capsysbinary.readouterr().out.decode()
