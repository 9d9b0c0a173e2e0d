"""Duties in all the forms in which documents give them; all texts invented."""

import pytest

from ingest.outline import outline
from ingest.responsibility import responsibilities


def duties(text: str) -> list[tuple[str, str]]:
    """Units with roles, each checked to be the text under its span."""
    found = responsibilities(text, outline("d", text))
    for fact in found:
        assert fact.span.of(text) == fact.who
        assert fact.group.covers(fact.span)
    return [(fact.who, fact.role) for fact in found]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("（牵头单位：甲局，支撑单位：相关街镇）", [("甲局", "牵头"), ("相关街镇", "配合")]),
        ("【责任单位：甲局、乙委】", [("甲局", "责任"), ("乙委", "责任")]),
        (
            "[牵头单位：市委组织部（人才办）；参与单位：丙局；时间节点：6月底]",
            [("市委组织部（人才办）", "牵头"), ("丙局", "配合")],
        ),
        (
            "（推进单位：甲局；权属部门：乙局；指导单位：丙委）",
            [
                *(("甲局", "责任"), ("乙局", "责任"), ("丙委", "责任")),
            ],
        ),
        ("（牵头单位：甲局；统筹协助单位：乙局）", [("甲局", "牵头"), ("乙局", "配合")]),
        (
            "（财政部牵头，国务院相关部门及各地区按职责分工负责）",
            [("财政部", "牵头"), ("国务院相关部门", "责任"), ("各地区", "责任")],
        ),
        (
            "（甲局牵头负责，乙局、丙局按职责分工负责落实）",
            [
                *(("甲局", "牵头"), ("乙局", "责任"), ("丙局", "责任")),
            ],
        ),
        ("（商务部指导，供销合作总社参与）", [("商务部", "责任"), ("供销合作总社", "配合")]),
        ("（由甲局牵头，乙局配合）", [("甲局", "牵头"), ("乙局", "配合")]),
    ],
)
def test_printed_lists(printed: str, expected: list[tuple[str, str]]) -> None:
    assert duties(f"1.修桥。修桥3座。{printed}\n2.铺路。铺路5里。") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("区民政局负责低保审批。", [("区民政局", "责任")]),
        ("低保审批由区民政局负责，区财政局配合。", [("区民政局", "责任"), ("区财政局", "配合")]),
        ("区发改委会同区财政局制定细则。", [("区发改委", "牵头"), ("区财政局", "配合")]),
        ("甲区人力资源局（以下简称“区人社局”）负责援助。", [("甲区人力资源局", "责任")]),
        ("公安机关是本市户籍管理的主管部门。", [("公安机关", "责任")]),
        ("区审核，区财政局负责资金保障。", [("区财政局", "责任")]),
        (
            "由区水务局牵头，区财政局、各街镇为成员单位。",
            [
                *(("区水务局", "牵头"), ("区财政局", "配合"), ("各街镇", "配合")),
            ],
        ),
        ("用人单位负责缴费。", []),
        ("申请人应当对材料的真实性负责。", []),
        ("有关部门按照各自职责负责。", []),
        ("加强干部队伍建设，全面负责。", []),
        ("建立由政府牵头的机制，通过学校负责。", []),
    ],
)
def test_sentences(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert duties(f"第一条 {sentence}\n第二条 施行。") == expected


def test_a_printed_list_overrules_prose() -> None:
    text = "1.修桥。由区丙局牵头修桥。（责任单位：甲局）\n2.铺路。铺路。"
    assert duties(text) == [("甲局", "责任")]


def test_headings_that_name_units() -> None:
    text = (
        "一、职责分工\n（一）区财政局\n安排资金。\n（二）区公安分局（交管）\n维护秩序。\n"
        "（三）各街镇、经开区\n属地管理。\n二、任务\n（一）财政保障\n保障。\n（二）宣传\n宣传。"
    )
    assert duties(text) == [
        ("区财政局", "责任"),
        ("区公安分局（交管）", "责任"),
        ("各街镇", "责任"),
        ("经开区", "责任"),
    ]


def test_one_heading_alone_gives_no_duty() -> None:
    assert (
        duties("（一）区财政局\n安排资金。\n（二）宣传引导\n加强宣传。\n（三）考核\n考核。") == []
    )


def test_paragraphs_that_begin_with_a_unit() -> None:
    text = (
        "各区财政局：\n一、分工\n区财政局：保障资金及时到位。\n"
        "区水务局、区绿化市容局：做好日常管养。\n注意事项：不得遗漏任何一项。"
    )
    assert duties(text) == [
        *(("区财政局", "责任"), ("区水务局", "责任"), ("区绿化市容局", "责任")),
    ]


def test_columns_of_a_table() -> None:
    text = "某清单\n\n序号\t任务\t推进单位\n1\t修桥\t甲局、乙办\n2\t铺路\t丙局\n"
    assert duties(text) == [("甲局", "责任"), ("乙办", "责任"), ("丙局", "责任")]
