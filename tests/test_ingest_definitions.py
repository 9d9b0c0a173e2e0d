"""Definitions and short names, form by form; all texts invented."""

import pytest

from ingest.parse import parse_bytes


def terms(body: str) -> list[tuple[str, str, str]]:
    text = f"甲市学徒办法\n第一条 修桥。\n第二条 {body}\n第三条 铺路。\n"
    parsed = parse_bytes(text.encode(), "a.txt")
    facts = parsed.facts_of("definition")
    for fact in facts:
        assert fact.group.covers(fact.span)
    return [(f.who, f.what, f.span.of(parsed.document.text)) for f in facts]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("本办法所称学徒，是指随师学艺的人员。", [("学徒", "所称", "随师学艺的人员。")]),
        ("本办法所称的“老匠人”，是指满三十年的匠人。", [("老匠人", "所称", "满三十年的匠人。")]),
        ("学徒是指随师学艺的人员。", [("学徒", "所称", "随师学艺的人员。")]),
        (
            "为规范本市学徒津贴发放资金（以下简称“津贴”）的使用，制定本办法。",
            [("津贴", "简称", "学徒津贴发放资金")],
        ),
        (
            "填写《学徒登记与考核申请表》（以下简称《申请表》）。",
            [("《申请表》", "简称", "《学徒登记与考核申请表》")],
        ),
        (
            "甲类填《入门表》，乙类填《出师表》，以下统称《表》。",
            [("《表》", "简称", "《入门表》"), ("《表》", "简称", "《出师表》")],
        ),
        (
            "车辆须做到“三净”（车身净、车轮净、车牌净）。",
            [("三净", "所称", "车身净、车轮净、车牌净")],
        ),
        ("采用师带徒或公私合营（PPP）等模式。", [("PPP", "简称", "公私合营")]),
        ("津贴总额＝人数×每人标准。", [("津贴总额", "公式", "人数×每人标准。")]),
        ("指导学徒应当耐心。", []),
        ("完成“三年行动”（第二批）任务。", []),
        ("学徒的津贴以现金发放，由区人社局指定银行。", []),
    ],
)
def test_a_term_has_its_meaning(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert terms(body) == expected
