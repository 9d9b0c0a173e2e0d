"""Tables as rows and cells, however their cells are parted and whatever their header looks like."""

import pytest

from ingest.cells import cells
from ingest.outline import outline
from ingest.parse import parse_bytes
from ingest.table_rows import rows


def table(text: str) -> list[list[str]]:
    return [[cell.of(text) for cell in row.cells] for row in rows(text).values()]


def told(text: str) -> dict[tuple[str, str], str]:
    facts = cells(text, outline("d", text))
    return {(fact.who, fact.what): fact.span.of(text) for fact in facts}


TABBED = "类别\t租房补贴（元/月）\t购房补贴（万元）\nA类\t6000\t100\nB类\t4500\t60\n"
BARRED = "| 工单 | 响应 | 办结 |\n|---|---|---|\n| 投诉 | 2日 | 7日 |\n| 求助 | 2小时 | 48小时 |\n"
SPACED = "区域      首小时     全天封顶\n一类区域  10元       60元\n二类区域  6元        40元\n"


@pytest.mark.parametrize(
    ("text", "who", "what", "value"),
    [
        (TABBED, "B类", "租房补贴（元/月）", "4500"),
        (TABBED, "A类", "购房补贴（万元）", "100"),
        (BARRED, "求助", "响应", "2小时"),
        (SPACED, "二类区域", "全天封顶", "40元"),
    ],
)
def test_a_cell_has_its_row_and_its_column(text: str, who: str, what: str, value: str) -> None:
    assert told(f"收费办法\n\n{text}")[who, what] == value


def test_a_number_takes_its_unit_from_the_header() -> None:
    facts = cells(TABBED, outline("d", TABBED))
    assert [(str(f.value), f.measure) for f in facts if f.who == "B类"] == [
        ("4500", "元/月"),
        ("60", "万元"),
    ]


def test_names_over_several_columns_are_part_of_those_below() -> None:
    text = "街道\t指标\t指标\n街道\t小学\t初中\n东街\t10\t20\n西街\t30\t40\n"
    assert told(text)["西街", "指标初中"] == "40"
    assert len(table(text)) == 2


def test_a_line_between_the_rows_keeps_the_header() -> None:
    text = "项目\t单位\t金额\n甲\t户\t1元\n乙\t户\t2元\n二、住房\n丙\t套\t3元\n丁\t套\t4元\n"
    assert told(text)["丁", "金额"] == "4元"


def test_an_empty_cell_at_either_end_keeps_its_place() -> None:
    text = "街道\t指标\t备注\n东街\t10\t\n\t20\t试点\n西街\t30\t试点\n"
    assert table(text)[1] == ["", "20", "试点"]
    assert table(text)[0] == ["东街", "10", ""]


def test_labels_with_values_are_no_header() -> None:
    text = "办理条件\t年满十八周岁\n办理地点\t东街窗口\n办理时限\t五个工作日\n"
    assert [row.titles for row in rows(text).values()] == [("", "")] * 3


@pytest.mark.parametrize(
    "text",
    [
        "联系人：甲\t电话：1234567\n",
        "第一条\t为了规范，制定本办法。\n第二条\t本办法所称，是指。\n",
        "发文机关  某局\n成文日期  某日\n",
    ],
)
def test_what_only_looks_like_a_table_is_none(text: str) -> None:
    assert rows(text) == {}


def test_a_table_of_figures_is_one_passage_with_the_names_of_its_columns() -> None:
    text = "收费标准\n\n一、各类区域的收费标准如下。\n\n" + TABBED
    parsed = parse_bytes(text.encode(), "a.txt")
    holding = [p for p in parsed.passages if "4500" in p.span.of(parsed.document.text)]
    assert len(holding) == 1
    assert "租房补贴" in holding[0].context
    assert parsed.clauses[holding[0].clause].label == "一"


STACKED = """分配表

街道
小区
户数

东街
甲里
10

乙里
20

西街
丙里
30
"""


def test_rows_of_one_cell_a_line_are_parted_by_empty_lines() -> None:
    assert table(STACKED) == [
        ["东街", "甲里", "10"],
        ["东街", "乙里", "20"],
        ["西街", "丙里", "30"],
    ]
    assert told(STACKED)["乙里", "户数"] == "20"


def test_numbered_rows_of_one_cell_a_line_keep_their_units_and_headings() -> None:
    first = "类型 序号 任务 责任单位 道路 1 修路。 区建设局 2 架桥。 区建设局"
    words = f"{first} 绿化 3 种树。 区绿化局 4 铺草。 区园林局"
    text = words.replace(" ", "\n\n") + "\n"
    assert table(text) == [
        ["道路", "1", "修路。", "区建设局"],
        ["道路", "2", "架桥。", "区建设局"],
        ["绿化", "3", "种树。", "区绿化局"],
        ["绿化", "4", "铺草。", "区园林局"],
    ]
    parsed = parse_bytes(text.encode(), "a.txt")
    units = [fact.who for fact in parsed.facts_of("duty")]
    assert units == ["区建设局", "区建设局", "区绿化局", "区园林局"]


def test_short_lines_without_figures_are_no_table() -> None:
    assert rows("名单\n\n甲\n乙\n丙\n\n丁\n戊\n己\n\n庚\n辛\n壬\n\n子\n丑\n寅\n") == {}


def test_a_sparse_last_column_spans_the_rows_below() -> None:
    rows_ = ["东街\n甲里\n10\n一期", "乙里\n20", "丙里\n30", "西街\n丁里\n40\n二期", "戊里\n50"]
    text = "分配表\n\n街道\n小区\n户数\n备注\n\n" + "\n\n".join(rows_) + "\n\n合计\n150\n"
    notes = [row[-1] for row in table(text)]
    assert notes == ["一期", "一期", "一期", "二期", "二期", ""]
