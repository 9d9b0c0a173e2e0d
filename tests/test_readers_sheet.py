"""Spreadsheets: sheets become headings and tables, with cells as they are displayed."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from test_readers_archive import zipped

from ingest.errors import DamagedFileError, EmptyDocumentError, TooLargeError
from ingest.parse import parse_bytes
from ingest.readers import registry
from ingest.readers.base import Reading
from ingest.readers.excel import survey as sheet_survey
from ingest.readers.excel.sheet import read

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples/mirror"
ROWS = [["事项", "金额", "责任单位"], ["修路", 5, "甲局"], ["架桥", 2.5, "乙局"]]


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def filled(rows: Sequence[Sequence[object]], title: str = "Sheet1") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def reading(book: Workbook) -> Reading:
    return read(saved(book), "甲.xlsx")


def test_a_sheet_is_a_table_with_its_header() -> None:
    book, _ = filled(ROWS)
    found, form = registry.read(saved(book), "甲.xlsx")
    assert form is registry.XLSX
    assert found.text == "事项\t金额\t责任单位\n修路\t5\t甲局\n架桥\t2.5\t乙局\n"
    assert [(b.kind, b.header) for b in found.blocks] == [("table", 1)]


def test_titles_and_notes_are_paragraphs_and_names_are_headings() -> None:
    book, sheet = filled([["2016年任务表"], [], *ROWS, ["注：金额以万元计。"]], "任务")
    sheet.merge_cells("A1:C1")
    book.create_sheet("空表")
    other = book.create_sheet("其他")
    other.append(["只有一格\n第二行"])
    found = reading(book)
    assert found.text.splitlines() == [
        "任务", "2016年任务表", "事项\t金额\t责任单位", "修路\t5\t甲局", "架桥\t2.5\t乙局",
        "注：金额以万元计。", "其他", "只有一格", "第二行",
    ]  # fmt: skip
    assert [b.span.of(found.text) for b in found.blocks if b.kind == "heading"] == ["任务", "其他"]


def test_hidden_sheets_are_left_out() -> None:
    book, _ = filled(ROWS)
    hidden = book.create_sheet("草稿")
    hidden.append(["机密", "草稿"])
    hidden.sheet_state = "hidden"
    assert "机密" not in reading(book).text
    assert "Sheet1" not in reading(book).text


def test_merged_cells_fill_their_rows_and_columns() -> None:
    book, sheet = filled([["区", "补贴", None], [None, "新建", "改建"], ["甲", 1, 2], [None, 3, 4]])
    for merged in ("A1:A2", "B1:C1", "A3:A4"):
        sheet.merge_cells(merged)
    found = reading(book)
    assert found.text == "区\t补贴\t补贴\n区\t新建\t改建\n甲\t1\t2\n甲\t3\t4\n"
    assert [b.header for b in found.blocks] == [2]


def test_empty_rows_and_columns_are_left_out() -> None:
    book, sheet = filled([])
    for row, line in enumerate(ROWS):
        for column, value in enumerate(line):
            sheet.cell(row=2 + row * 3, column=2 + column * 2, value=value)
    sheet.merge_cells("B2:C2")
    assert reading(book).text == "事项\t金额\t责任单位\n修路\t5\t甲局\n架桥\t2.5\t乙局\n"


def test_values_are_displayed() -> None:
    book, sheet = filled([["甲", "乙", "丙"]])
    values: list[tuple[object, str, str]] = [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (date(2016, 5, 31), "yyyy-mm-dd", "2016-05-31"),
        (datetime(2016, 5, 31, 8, 30), "yyyy-mm-dd hh:mm", "2016-05-31 08:30"),
        (time(8, 30), "hh:mm", "08:30"),
        (True, "General", "TRUE"),
        ("一行\n又一行", "General", "一行 又一行"),
        (123456789012, "General", "123456789012"),
    ]
    for value, code, _ in values:
        sheet.append(["甲", value, "丙"])
        sheet.cell(row=sheet.max_row, column=2).number_format = code
    rows = reading(book).text.splitlines()[1:]
    assert [row.split("\t")[1] for row in rows] == [shown for _, _, shown in values]


def test_a_table_of_data_without_names_has_no_header() -> None:
    book, _ = filled([[1, 2, 3], [4, 5, 6]])
    assert [b.header for b in reading(book).blocks] == [0]


def xlsx(cells: str, strings: str = "") -> bytes:
    """A workbook of one sheet with these cells, written by hand."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    members = {
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="a" '
        f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{kinds}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {relations}><Relationship Id="a" '
        f'Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {space}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData>"
        "</worksheet>",
    }
    return zipped({name: made.encode() for name, made in members.items()})


def test_two_cells_far_apart_are_refused_before_the_sheet_is_loaded() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"><v>2</v></c></row>'
    assert read(xlsx(cells), "甲.xlsx").text == "1\n2\n"
    with pytest.raises(TooLargeError, match="17179869184个单元格"):
        read(xlsx(cells.replace("C9", "XFD1048576")), "甲.xlsx")


def test_one_long_text_in_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_survey, "MAX_WORDS", 5000)
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9))
    made = xlsx(cells, f"<si><t>{'长' * 1000}</t></si>")
    with pytest.raises(TooLargeError, match="个以上的字"):
        read(made, "甲.xlsx")


def test_what_is_damaged_or_empty_is_refused() -> None:
    book, _ = filled(ROWS)
    with pytest.raises(DamagedFileError, match="残缺"):
        registry.read(saved(book)[:-40], "甲.xlsx")
    with pytest.raises(EmptyDocumentError, match="没有文字"):
        reading(Workbook())
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 90
    with pytest.raises(DamagedFileError, match="残缺的Excel表格"):
        registry.read(old, "甲.xls")


def test_rows_become_clauses() -> None:
    book, _ = filled(ROWS)
    parsed = parse_bytes(saved(book), "任务.xlsx")
    assert [c.heading for c in parsed.clauses if c.kind == "行"] == ["修路", "架桥"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")
def test_real_spreadsheets_are_read_with_tables_of_even_rows() -> None:
    paths = [*SAMPLES.glob("xls/*.xls"), *SAMPLES.glob("xlsx/*.xlsx")]
    assert len(paths) >= 8
    for path in paths:
        found = read(path.read_bytes(), path.name)
        tables = [b for b in found.blocks if b.kind == "table"]
        assert tables, path.name
        assert all(len({len(row) for row in table.cells}) == 1 for table in tables)
        assert ".0\t" not in found.text


def test_the_title_is_what_is_printed_above_the_first_table() -> None:
    def title(above: Sequence[Sequence[object]], name: str = "Sheet1") -> object:
        return reading(filled([*above, *ROWS], name)[0]).stated.get("title")

    assert title([["甲市修桥与补贴政策"]], "政策") == "甲市修桥与补贴政策"
    assert title([["附件1"], ["甲市修桥与补贴政策"]]) == "甲市修桥与补贴政策"
    assert title([["单位：万元，保留两位"]]) is None
    assert title([]) is None
    book, _ = filled([["说明"], ["以下各表的来源写在表里"]], "README")
    sheet = book.create_sheet("修桥")
    for row in ([["甲市修桥汇总表"]], ROWS):
        for one in row:
            sheet.append(one)
    assert reading(book).stated["title"] == "甲市修桥汇总表"


def test_long_cells_keep_their_row_and_say_nothing_of_the_document() -> None:
    said = (
        "第一条 修桥要快。 第二条 每座补助50元。 " * 12
        + "本办法自2031年1月1日起施行。甲府〔2030〕2号 通知。"
    )
    rows = [["", "", "甲城", "乙城"], ["住房", "租房", said, "无"], ["住房", "购房", "有", said]]
    parsed = parse_bytes(saved(filled([["各城住房与补贴政策"], *rows])[0]), "表.xlsx")
    cells = [(fact.who, fact.what) for fact in parsed.facts_of("cell") if len(fact.span) > 100]
    assert cells == [("租房", "甲城"), ("购房", "乙城")]
    assert (parsed.document.info.effective, parsed.document.info.number) == (None, "")
