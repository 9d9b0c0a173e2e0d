"""The grammars of marks, headings, unit lists, titles and metadata, form by form."""

from datetime import date

import pytest

from ingest.metadata import metadata
from ingest.numbering import mark_at
from ingest.numbers.printed_dates import printed_date
from ingest.outline import outline
from ingest.parse import parse_bytes
from ingest.references import references, same_title
from ingest.responsibility import responsibilities
from ingest.schema import Fact


def duties(text: str) -> list[Fact]:
    return responsibilities(text, outline("d", text))


@pytest.mark.parametrize(
    ("line", "kind", "number", "label"),
    [
        ("第十二章 总则", "章", 12, "第十二章"),
        ("第 三 条 甲", "条", 3, "第三条"),
        ("第一百零八条之二 甲", "条", 108, "第一百零八条之二"),
        ("十一、甲", "一、", 11, "十一"),
        ("（二）甲", "(一)", 2, "(二)"),
        ("(二)甲", "(一)", 2, "(二)"),
        ("\u3000\u30003．甲", "1.", 3, "3"),
        ("１２、甲", "1.", 12, "12"),
        ("（3）甲", "(1)", 3, "(3)"),
        ("4）甲", "1)", 4, "4)"),
        ("③甲", "①", 3, "③"),
        ("1.2 甲", "1.1", 2, "1.2"),
        ("## 第二节 甲", "节", 2, "第二节"),
        ("附件3", "附件", 3, "附件3"),
        ("附件：", "附件", 1, "附件"),
    ],
)
def test_a_mark_is_read(line: str, kind: str, number: int, label: str) -> None:
    mark = mark_at(line, 0, len(line))
    assert mark is not None
    assert (mark.kind.name, mark.number, mark.label) == (kind, number, label)


@pytest.mark.parametrize(
    "line",
    ["2.0版上线", "第三条第一款", "一体化推进", "2022年工作", "10%以上", "第一章的规定", "3.5万元"],
)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert mark_at(line, 0, len(line)) is None


def headings(text: str) -> list[str]:
    return [c.heading for c in outline("d", text)[1:]]


def test_a_heading_that_runs_into_its_text_is_cut_like_its_siblings() -> None:
    text = (
        "1.健全工作机制。各单位落实责任。\n2.完善服务体系围绕群众需求，优化流程。\n"
        "3.加强队伍建设。组织培训。\n"
    )
    assert headings(text) == ["健全工作机制", "完善服务体系", "加强队伍建设"]


def test_items_of_a_list_have_no_heading() -> None:
    text = (
        "一、申请条件\n应符合：\n（一）年满十八周岁；\n（二）有固定住所。\n二、申请材料\n身份证。\n"
    )
    assert headings(text) == ["申请条件", "", "", "申请材料"]


def test_a_list_inside_a_list_of_its_kind_is_nested() -> None:
    text = "1.甲事项\n包括：\n1.一类；\n2.二类。\n2.乙事项\n丙。\n3.丁事项\n戊。\n"
    assert [c.path for c in outline("d", text)[1:]] == ["1", "1/1", "1/2", "2", "3"]


def test_the_line_after_a_list_belongs_to_the_clause_above_it() -> None:
    text = (
        "一、条件\n应符合下列条件：\n（一）甲；\n（二）乙。\n不符合的，不予受理。\n二、程序\n丙。\n"
    )
    clauses = outline("d", text)
    assert [(c.kind, c.path) for c in clauses[2:5]] == [
        ("(一)", "一/(一)"),
        ("(一)", "一/(二)"),
        ("款", "一"),
    ]


def test_lost_line_breaks_are_found_at_the_spaces() -> None:
    filler = "各单位要认真落实有关要求，确保工作取得实效。" * 8
    text = (
        f"某市关于某项工作的通知 各区： {filler} 一、加强组织领导 各区要落实责任。 "
        f"（一）建立机制。{filler} （二）落实经费。{filler} 二、强化监督检查 各部门要督促。"
    )
    clauses = outline("d", text)
    assert [c.path for c in clauses[1:]] == ["一", "一/(一)", "一/(二)", "二"]
    assert [c.heading for c in clauses[1:]] == [
        "加强组织领导",
        "建立机制",
        "落实经费",
        "强化监督检查",
    ]
    assert metadata(text)["title"] == "某市关于某项工作的通知"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(责任单位:甲局、乙委)", "甲局/责任 乙委/责任"),
        ("（牵头单位：甲局；配合单位：乙委、丙办）", "甲局/牵头 乙委/配合 丙办/配合"),
        ("（牵头部门：甲局  配合部门：乙委）", "甲局/牵头 乙委/配合"),
        ("（甲局牵头，乙局、丙委配合）", "甲局/牵头 乙局/配合 丙委/配合"),
        ("（市甲局、市乙局牵头，各区政府负责）", "市甲局/牵头 市乙局/牵头 各区政府/责任"),
        ("（市甲局负责）", "市甲局/责任"),
        ("（市甲局、市乙局按职责分工负责）", "市甲局/责任 市乙局/责任"),
        ("（责任单位：甲局、乙委", "甲局/责任 乙委/责任"),
        ("（责任单位：甲局(乙办)、丙委）", "甲局(乙办)/责任 丙委/责任"),
        ("（责任单位：丙委、甲局（乙办））", "丙委/责任 甲局（乙办）/责任"),
        (
            "（责任单位：市文化和旅游局、市教育局和区政府）",
            "市文化和旅游局/责任 市教育局/责任 区政府/责任",
        ),
        ("（责任单位：甲局、乙委等相关部门）", "甲局/责任 乙委/责任"),
        ("（责任单位：市甲局、市乙委。）", "市甲局/责任 市乙委/责任"),
        ("\n责任单位：甲局、乙委", "甲局/责任 乙委/责任"),
        ("\n牵头单位：甲局\n配合单位：乙委", "甲局/牵头 乙委/配合"),
        ("（以下简称甲局）", ""),
        ("（含区级单位）", ""),
        ("（由专人全程陪同并负责）", ""),
        ("主任由李某负责。", ""),
    ],
)
def test_a_list_of_units_is_read(printed: str, expected: str) -> None:
    text = f"1.做好工作。推进试点。{printed}\n2.另一项。推进。\n"
    assert " ".join(f"{d.who}/{d.role}" for d in duties(text)) == expected
    for duty in duties(text):
        assert duty.span.of(text) == duty.who
        assert duty.open is ("等相关部门" in printed)


def test_units_without_a_separator_are_parted_where_one_is_known() -> None:
    text = "1.甲。乙。（责任单位：科技集团区科委）\n2.丙。丁。（责任单位：区科委、区市场监管局）\n"
    assert [d.who for d in duties(text)] == ["科技集团", "区科委", "区科委", "区市场监管局"]


def test_an_unclosed_bracket_ends_with_its_sentence() -> None:
    text = "推进试点（责任单位：甲局、乙委。加大投入，丙局、丁局另行安排。（责任单位：戊办）"
    assert [d.who for d in duties(text)] == ["甲局", "乙委", "戊办"]


def test_nested_and_broken_titles() -> None:
    text = (
        "按照《关于印发〈甲市办法〉的通知》和《关于《乙市规定》的批复》办理，见《表》及《未完\n丙。"
    )
    found = references(text, outline("d", text))
    assert [r.what for r in found] == ["关于印发〈甲市办法〉的通知", "关于《乙市规定》的批复"]
    assert same_title("甲市“十四五”规划(2021-2025年)", "甲市十四五规划（2021—2025年）")
    assert not same_title("甲市规划", "乙市规划")


def test_metadata_of_a_notice() -> None:
    text = (
        "索引号：1\n发布机构：某市甲局\n成文日期：2023-10-19\n发布日期：2023-11-07\n"
        "某市甲局关于印发某项办法的通知\n某甲规字〔2023〕7号\n各区：\n现印发。\n第一条 甲。\n"
        "第二条 本办法自2023年12月1日起施行。\n"
    )
    assert metadata(text) == {
        "issuer": "某市甲局",
        "issued": date(2023, 10, 19),
        "published": date(2023, 11, 7),
        "effective": date(2023, 12, 1),
        "number": "某甲规字〔2023〕7号",
        "level": "市",
        "title": "某市甲局关于印发某项办法的通知",
    }


def test_a_menu_is_no_title() -> None:
    text = "首页 无障碍 长者助手 繁体版\n登录\n办事内容如下。\n"
    assert "title" not in metadata(text)
    assert parse_bytes(text.encode(), "办事指引.txt").document.title == "办事指引"
    assert printed_date("2022年2月30日") is None
