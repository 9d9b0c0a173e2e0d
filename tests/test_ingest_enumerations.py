"""Lists under their lead-ins come out member by member; all texts invented."""

import pytest

from ingest.enumerations import enumerations
from ingest.outline import outline


def lists(text: str) -> dict[str, list[str]]:
    """The members of each list by its lead-in, each checked for its number and the list's span."""
    found: dict[str, list[str]] = {}
    for fact in enumerations(text, outline("d", text)):
        members = found.setdefault(fact.what, [])
        members.append(fact.span.of(text))
        assert fact.value == len(members)
        assert fact.group.covers(fact.span)
    return found


def test_items_on_lines_of_their_own() -> None:
    text = "第一条 修桥。\n第二条 申请人应当提交：\n（一）身份证；\n（二）户口簿。\n第三条 施行。"
    assert lists(text) == {"申请人应当提交：": ["（一）身份证；", "（二）户口簿。"]}


def test_items_that_run_on() -> None:
    text = "第一条 修桥。\n第二条 工作分三步：一是勘察；二是施工；三是验收。\n第三条 施行。"
    assert list(lists(text).values()) == [["一是勘察；", "二是施工；", "三是验收。"]]


def test_each_list_of_a_clause_is_its_own() -> None:
    text = (
        "第一条 修桥。\n第二条 材料\n甲类材料：\n（一）图纸；\n（二）合同。\n"
        "乙类材料：\n（一）照片；\n（二）发票；\n（三）清单。\n第三条 施行。"
    )
    assert [len(members) for members in lists(text).values()] == [2, 3]


def test_the_headings_below_a_heading() -> None:
    text = "一、任务\n（一）修桥。修3座。\n（二）铺路。铺5里。\n二、保障\n加强保障。"
    assert lists(text) == {"任务": ["（一）修桥。修3座。", "（二）铺路。铺5里。"]}


def test_paragraphs_without_marks() -> None:
    text = (
        "一、原则\n安全第一，不出事故。\n质量为本，不留隐患。\n节约，不超预算。\n二、保障\n加强。"
    )
    assert len(lists(text)["原则"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "第一章 总则\n第一条 修桥。\n第二条 铺路。\n第二章 附则\n第三条 施行。",
        "一、任务\n（一）修桥。\n二、保障\n加强。",
        "一、修桥\n修3座。\n二、铺路\n铺5里。",
        "一、任务\n工作一是要快。\n二、保障\n加强。",
    ],
)
def test_an_outline_and_one_member_alone_are_no_list(text: str) -> None:
    assert lists(text) == {}
