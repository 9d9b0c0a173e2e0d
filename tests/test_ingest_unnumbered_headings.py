"""Headings without a number, as guides to services print them; all texts invented."""

import pytest

from ingest.items import parts
from ingest.outline import outline


def told(text: str) -> list[tuple[str, str, str]]:
    """Path, heading and text of the headings without a number."""
    return [(c.path, c.heading, c.body.of(text)) for c in outline("d", text) if c.kind == "标题"]


@pytest.mark.parametrize("form", ["{}\n", "{}：\n", "【{}】\n"])
def test_short_lines_over_text_are_headings(form: str) -> None:
    names = ("办理条件", "申请材料", "受理地点")
    first, second, third = (form.format(name) for name in names)
    text = f"甲区办证指南\n{first}年满十八岁。\n{second}1.身份证；\n2.照片。\n{third}东街1号。\n"
    assert told(text) == [
        ("办理条件", "办理条件", "年满十八岁。"),
        ("申请材料", "申请材料", ""),
        ("受理地点", "受理地点", "东街1号。"),
    ]
    clauses = outline("d", text)
    assert [c.path for c in clauses if c.kind == "1."] == ["申请材料/1", "申请材料/2"]
    assert [c.heading_path[0] for c in clauses if c.kind == "1."] == ["申请材料"] * 2
    assert [p.number for p in parts(text, clauses[2]) if p.kind == "项"] == [1, 2]


@pytest.mark.parametrize("colon", ["", "："])
def test_text_may_follow_on_the_line_of_a_heading_in_brackets(colon: str) -> None:
    text = f"甲区办证指南\n【条件】{colon}年满十八岁。\n【地点】{colon}东街1号。\n周日休息。\n"
    assert told(text) == [
        ("条件", "条件", "年满十八岁。"),
        ("地点", "地点", "东街1号。\n周日休息。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "甲区办证指南\n办理条件\n年满十八岁。\n",  # one alone is an accident
        "一、办证\n办理条件\n年满十八岁。\n申请材料\n身份证。\n二、换证\n照前。",
        "甲区名单\n东街小学\n西街小学\n南街小学\n电话1234。\n北街小学\n电话5678。",
        "（一）甲说。\n她的考虑是：\n先等等。\n（二）乙说。\n他告诉丙：\n再等等。\n（三）丁说。",
        "甲区通告\n现将有关\n事项通告如下，请遵照\n执行时间\n另行通知。",
    ],
)
def test_other_short_lines_are_no_headings(text: str) -> None:
    assert told(text) == []


def test_headings_of_an_annex_stand_below_it() -> None:
    text = "某通知\n见附件。\n附件1：指南\n办理条件\n年满十八岁。\n申请材料\n身份证。"
    assert [path for path, _, _ in told(text)] == ["附件1/办理条件", "附件1/申请材料"]
