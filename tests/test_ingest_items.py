"""Paragraphs, items and sub-items of a clause, layout by layout; all texts invented."""

import pytest

from ingest.items import Part, parts
from ingest.outline import outline


def read(text: str, label: str = "第一条") -> list[tuple[str, int, str]]:
    """Kind, number and words of the parts of one clause."""
    return [(p.kind, p.number, p.span.of(text)) for p in found(text, label)]


def found(text: str, label: str = "第一条") -> list[Part]:
    clause = next(c for c in outline("d", text) if c.label == label)
    return parts(text, clause)


def test_lines_are_paragraphs() -> None:
    text = "第一条　甲局主管。\n\n乙局清运。\n第二条　丙。"
    assert read(text) == [("款", 1, "甲局主管。"), ("款", 2, "乙局清运。")]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = "第一条　违反\n第四条规定的，按照\n第五条处理。\n\n另行通知。"
    assert [words.replace("\n", "") for _, _, words in read(text)] == [
        "违反第四条规定的，按照第五条处理。",
        "另行通知。",
    ]


@pytest.mark.parametrize(
    "items",
    [
        ("（一）甲；", "（二）乙。"),
        ("㈠甲；", "㈡乙。"),
        ("(一)甲;", "(二)乙。"),
        ("1.甲；", "2.乙。"),
        ("1．甲；", "2．乙。"),
        ("1、甲；", "2、乙。"),
        ("(1)甲；", "(2)乙。"),
        ("⑴甲；", "⑵乙。"),
        ("①甲；", "②乙。"),
        ("一是甲；", "二是乙。"),
        ("一要甲；", "二要乙。"),
        ("第一，甲；", "第二，乙。"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n　　", ""])
def test_items_belong_to_the_paragraph_of_their_lead_in(
    items: tuple[str, str], between: str
) -> None:
    text = (
        f"第一条 先有一款。\n应当提交下列材料：{between}{items[0]}{between}{items[1]}\n还有一款。"
    )
    kinds = [(kind, number) for kind, number, _ in read(text)]
    assert kinds == [("款", 1), ("款", 2), ("项", 1), ("项", 2), ("款", 3)]
    first, second = (p for p in found(text) if p.kind == "项")
    assert (first.span.of(text), second.span.of(text)) == items
    assert first.lead is not None
    assert first.lead == second.lead
    assert first.lead.of(text) == "应当提交下列材料："


def test_a_second_list_under_its_own_lead_in_is_of_the_next_paragraph() -> None:
    text = "第一条 甲类材料：\n（一）表；\n（二）证。\n乙类材料：\n（一）照；\n（二）图。\n"
    assert read(text) == [
        ("款", 1, "甲类材料：\n（一）表；\n（二）证。"),
        ("项", 1, "（一）表；"),
        ("项", 2, "（二）证。"),
        ("款", 2, "乙类材料：\n（一）照；\n（二）图。"),
        ("项", 1, "（一）照；"),
        ("项", 2, "（二）图。"),
    ]


def test_a_line_between_two_items_goes_on_with_the_item_above() -> None:
    text = "第一条 程序：\n（一）公示。\n有异议的，重新调查。\n（二）发证。\n费用免收。"
    assert read(text)[1:] == [
        ("项", 1, "（一）公示。\n有异议的，重新调查。"),
        ("项", 2, "（二）发证。"),
        ("款", 2, "费用免收。"),
    ]


def test_sub_items() -> None:
    text = "第一条 标准如下：\n（一）甲类：\n1.大的；\n2.小的。\n（二）乙类：①长；②短。\n"
    assert [(k, n) for k, n, _ in read(text)] == [
        *(("款", 1), ("项", 1), ("目", 1), ("目", 2)),
        *(("项", 2), ("目", 1), ("目", 2)),
    ]
    assert [p.span.of(text) for p in found(text) if p.kind == "目"] == [
        *("1.大的；", "2.小的。", "①长；", "②短。")
    ]


def test_items_without_a_lead_in_are_one_paragraph() -> None:
    text = "一、补助标准\n（一）小学生1200元；\n（二）高中生2400元。\n二、审核\n甲局审核。"
    assert [(p.kind, p.number, p.lead) for p in found(text, "一")] == [
        *(("款", 1, None), ("项", 1, None), ("项", 2, None))
    ]


def test_the_last_item_inside_a_line_ends_with_its_sentence() -> None:
    text = "第一条 包括：（一）甲；（二）乙。其他情形除外。"
    assert read(text)[-1] == ("项", 2, "（二）乙。")


def test_a_reference_to_an_item_opens_none() -> None:
    assert read("第一条 依照第八条第（一）项、第（二）项办理。") == [
        ("款", 1, "依照第八条第（一）项、第（二）项办理。")
    ]


def test_a_document_and_a_chapter_have_no_items_of_their_articles() -> None:
    text = "某办法\n第一章 总则\n第一条 甲。\n第二条 乙。\n"
    clauses = outline("d", text)
    assert parts(text, clauses[0]) == parts(text, clauses[1]) == []


def test_the_list_in_an_answer() -> None:
    text = (
        "问：谁可以申请？\n答：下列人员：\n（一）失业人员；\n（二）残疾人。\n问：多少？\n答：80元。"
    )
    assert [(k, n) for k, n, _ in read(text, "")] == []
    (first, _) = (c for c in outline("d", text) if c.kind == "问")
    assert [p.span.of(text) for p in parts(text, first)][1:] == [
        "（一）失业人员；",
        "（二）残疾人。",
    ]


@pytest.mark.parametrize(
    "steps",
    [
        "网上预约→窗口提交→领取证件",
        "网上预约 → 窗口提交 → 领取证件",
        "网上预约-->窗口提交-->领取证件",
        "网上预约⇒窗口提交⇒领取证件",
    ],
)
@pytest.mark.parametrize("lead", ["", "流程："])
def test_steps_that_arrows_part_are_items(steps: str, lead: str) -> None:
    text = f"一、办理流程\n{lead}{steps}。逾期作废。"
    items = [p for p in found(text, "一") if p.kind == "项"]
    assert [p.span.of(text) for p in items] == ["网上预约", "窗口提交", "领取证件。"]
    assert [p.number for p in items] == [1, 2, 3]
    assert all((p.lead.of(text) if p.lead else "") == lead for p in items)


def test_numbered_steps_that_arrows_part() -> None:
    text = "一、办理流程\n1.网上预约→2.窗口提交→3.领取证件\n二、费用\n免收。"
    assert [c.path for c in outline("d", text)[1:]] == ["一", "二"]
    assert read(text, "一")[1:] == [
        ("项", 1, "1.网上预约"),
        ("项", 2, "2.窗口提交"),
        ("项", 3, "3.领取证件"),
    ]


def test_one_arrow_makes_no_steps() -> None:
    assert [k for k, _, _ in read("第一条 名称由甲→乙。")] == ["款"]


@pytest.mark.parametrize(
    "items", ["①东街；②西街。", "（一）东街；（二）西街。", "1.东街；2.西街。"]
)
def test_a_list_on_one_line_without_a_lead_in_has_items_and_no_clauses(items: str) -> None:
    text = f"一、地点\n{items}\n二、费用\n免收。"
    assert [c.path for c in outline("d", text)[1:]] == ["一", "二"]
    assert [n for k, n, _ in read(text, "一") if k == "项"] == [1, 2]


def test_a_list_that_goes_on_below_its_first_line_has_clauses() -> None:
    text = "一、地点\n（一）东街，包括：1.甲；2.乙。\n（二）西街。"
    assert [c.path for c in outline("d", text)[1:]] == ["一", "一/(一)", "一/(二)"]


def test_a_line_that_refers_to_an_item_is_none() -> None:
    text = "第一条 材料：\n（一）甲；\n（二）乙。\n（一）项所述的材料免交。"
    assert read(text)[-2:] == [("项", 2, "（二）乙。"), ("款", 2, "（一）项所述的材料免交。")]
