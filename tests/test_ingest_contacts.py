"""Telephones, addresses and the like with whose they are; all texts invented."""

import pytest

from ingest.parse import parse_bytes


def contacts(body: str) -> list[tuple[str, str, str]]:
    text = f"甲区学徒指南\n一、材料\n交申请表。\n二、联系\n{body}\n"
    parsed = parse_bytes(text.encode(), "a.txt")
    facts = parsed.facts_of("contact")
    for fact in facts:
        assert fact.group.covers(fact.span)
    return [(f.what, f.span.of(parsed.document.text), f.who) for f in facts]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "联系人：张三、李四　电话：65432101、65432102。",
            [
                *(("联系人", "张三", ""), ("联系人", "李四", "")),
                *(("电话", "65432101", "张三"), ("电话", "65432102", "李四")),
            ],
        ),
        ("区人社局咨询电话：021-65432101", [("电话", "021-65432101", "区人社局")]),
        ("材料发送至：xuetu_2031@example.cn。", [("邮箱", "xuetu_2031@example.cn", "")]),
        ("办公地址：甲路5号3楼", [("地址", "甲路5号3楼", "")]),
        ("受理时间：周一至周五 9:00-17:00", [("时间", "周一至周五 9:00-17:00", "")]),
        ("网址：https://www.example.cn/xuetu", [("网址", "https://www.example.cn/xuetu", "")]),
        ("传真：65432103", [("传真", "65432103", "")]),
        ("办理时间：五个工作日", []),
        ("电话营销：不得扰民。", []),
    ],
)
def test_a_contact_has_its_kind_and_owner(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert contacts(body) == expected


def test_columns_of_a_table() -> None:
    body = "序号\t单位\t地址\t联系电话\n1\t甲街道\t甲路1号\t65432101\n2\t乙镇\t乙路2号\t65432102"
    assert contacts(body) == [
        *(("地址", "甲路1号", "甲街道"), ("电话", "65432101", "甲街道")),
        *(("地址", "乙路2号", "乙镇"), ("电话", "65432102", "乙镇")),
    ]
