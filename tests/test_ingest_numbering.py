"""Numbering marks of all forms, and the outlines that they make; all texts invented."""

import pytest

from ingest.numbering import mark_at
from ingest.outline import outline


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("第二條　讀者證", "第二条"),
        ("第五条规定的人员，依照执行。", None),
        ("第三条、第四条所称机构。", None),
        ("第四条规定的，按照", None),
        ("第五条处理。", None),
        ("第二条之一外籍申请人", "第二条之一"),
        ("第１０条 甲", "第10条"),
        ("第一章总则", "第一章"),
        ("第一章规定的情形除外", None),
        ("第一部分 数字经济", "第一部分"),
        ("第一部分的内容", None),
        ("㈠持有居住证", "(一)"),
        ("⑴甲", "(1)"),
        ("⒈甲", "1"),
        ("4.2.1 通则", "4.2.1"),
        ("4.2检查内容", "4.2"),
        ("1.5万元以上", None),
        ("2.0版上线", None),
        ("1.2031年的指标是多少？", "1"),
        ("1.2031万元", None),
        ("五、2031年的细则另行发文。", "五"),
        ("行动1 再造新极", "行动1"),
        ("行动一：再造", "行动一"),
        ("任务5：修桥", "任务5"),
        ("任务5个", None),
        ("——任务3 铺路", "任务3"),
        ("第一步，网上预约", "第一步"),
        ("第二阶段（4月底前）", "第二阶段"),
        ("附件1-2", "附件1-2"),
        ("附件1：", "附件1"),
        ("附件1：任务分工表", "附件1"),
        ("附表二 收费标准", "附件二"),
        ("附录A 检查表", "附件A"),
        ("附件3名单", None),
        ("附件3企业名单", "附件3"),
        ("【附件2】申报条件", "附件2"),
        ("附件的内容由甲局解释", None),
        ("附件1所列的项目，由甲局负责。", None),
        ("第一分编 通则", "第一分编"),
        ("4.2.1.3 细则", "4.2.1.3"),
        ("（一）项所述的材料", None),
        ("（一）项目概况", "(一)"),
        ("（二）目的和意义", "(二)"),
        ("一、二项规定的情形", None),
        ("**一、目标**", "一"),
    ],
)
def test_marks(line: str, label: str | None) -> None:
    mark = mark_at(line, 0, len(line), titled=True)
    assert (mark.label if mark else None) == label


def test_an_annex_has_a_title_behind_its_mark_only_where_that_is_asked_for() -> None:
    assert mark_at("附件1：名单", 0, 6) is None
    assert mark_at("附件1：名单", 0, 6, titled=True) is not None


def paths(text: str) -> list[str]:
    return [c.path for c in outline("d", text)[1:]]


def test_a_reference_on_a_line_that_was_cut_opens_no_article() -> None:
    text = "第一条　甲。\n\n第二条　违反\n第四条规定的，按照\n第五条处理。\n\n第三条　乙。\n"
    assert paths(text) == ["第一条", "第二条", "第三条"]


def test_parts_hold_lists_that_begin_anew() -> None:
    text = "第一部分 甲\n一、申报\n每年4月。\n二、奖励\n20万元。\n第二部分 乙\n一、申报\n每年9月。"
    assert paths(text) == [
        *("第一部分", "第一部分/一", "第一部分/二", "第二部分", "第二部分/一"),
    ]


def test_decimals_stand_below_their_chapter() -> None:
    text = (
        "某规程\n1 总则\n1.1 每年检查。\n1.2 全面检查。\n4.2 检查内容\n4.2.1 通则\n不得少于2人。\n"
    )
    assert paths(text) == ["1", "1/1.1", "1/1.2", "4.2", "4.2/4.2.1"]


def test_traditional_characters() -> None:
    assert paths("第一條　讀者證免費。\n第二條　可借10冊。\n") == ["第一条", "第二条"]


def test_actions_and_their_tasks() -> None:
    text = (
        "一、重点\n行动1：再造新极\n任务1：修桥\n修桥3座。\n任务2：铺路\n铺路5里。\n"
        "行动2：重塑\n任务3：种树\n种树。"
    )
    assert [c.heading for c in outline("d", text)[1:]] == [
        *("重点", "再造新极", "修桥", "铺路", "重塑", "种树")
    ]


def test_a_closing_line_is_about_the_whole_text() -> None:
    text = (
        "一、任务\n修桥。\n二、要求\n（一）组织。加强组织。\n（二）考核。严格考核。\n"
        "本意见自印发之日起施行。"
    )
    last = outline("d", text)[-1]
    assert (last.kind, last.parent) == ("正文", 0)


def test_tables_by_rule_and_by_figures() -> None:
    for table in (
        "| 类型 | 响应 |\n|---|---|\n| 投诉 | 2日 |\n| 求助 | 2小时 |\n",
        "区域      首小时     封顶\n一类区域  10元       60元\n二类区域  6元        40元\n",
        "类别\t租房\t购房\nA类\t6000\t100\nB类\t4500\t60\n",
    ):
        assert [c.kind for c in outline("d", f"某标准\n\n{table}")] == ["文", "行", "行"]


def test_decimals_to_four_levels() -> None:
    text = (
        "4 检查\n4.2 内容\n4.2.1 通则\n4.2.1.1 甲。\n4.2.1.2 乙。\n4.2.2 专项\n丙。\n4.3 结果\n丁。"
    )
    assert paths(text) == [
        *("4", "4/4.2", "4/4.2/4.2.1", "4/4.2/4.2.1/4.2.1.1", "4/4.2/4.2.1/4.2.1.2"),
        *("4/4.2/4.2.2", "4/4.3"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("附件1：任务分工表", "附件2：联系人名单"),
        ("附件1\n任务分工表", "附件2\n联系人名单"),
        ("附件1 任务分工表", "附件2 联系人名单"),
        ("【附件1】任务分工表", "【附件2】联系人名单"),
        ("附表1任务分工表", "附表2联系人名单"),
        ("附录1：\n任务分工表", "附录2：\n联系人名单"),
    ],
)
@pytest.mark.parametrize(
    "listed",
    [
        "",
        "附件：1.任务分工表\n2.联系人名单\n甲局\n2031年1月2日\n",
        "附件1 任务分工表\n附件2 联系人名单\n甲局\n2031年1月2日\n",
        "附件：1．任务分工表\n　　　2．联系人名单\n\n甲局\n2031年1月2日\n",
    ],
)
def test_annexes_begin_their_numbers_anew(first: str, second: str, listed: str) -> None:
    annexed = f"{first}\n一、甲\n乙。\n{second}\n1.丙\n2.丁"
    text = f"某通知\n一、目标\n1.修桥。\n二、任务\n铺路。\n{listed}{annexed}"
    clauses = [c for c in outline("d", text)[1:] if c.kind not in ("正文", "落款")]
    assert [(c.path, c.heading) for c in clauses] == [
        *(
            ("一", "目标"),
            ("一/1", ""),
            ("二", "任务"),
            ("附件1", "任务分工表"),
            ("附件1/一", "甲"),
        ),
        *(("附件2", "联系人名单"), ("附件2/1", "丙"), ("附件2/2", "丁")),
    ]
    assert clauses[2].body.of(text) == "铺路。"
    assert clauses[4].heading_path[0] == first.replace("：\n", "\n").replace("\n", " ")


def test_bold_headings() -> None:
    text = "某方案\n**一、目标**\n修桥。\n**二、任务：** 铺路。\n**三、要求。**种树。"
    told = [(c.heading, c.body.of(text)) for c in outline("d", text)[1:]]
    assert told == [("目标", "修桥。"), ("任务", "铺路。"), ("要求", "种树。")]


def test_the_same_headings_below_different_parts_keep_their_parents() -> None:
    text = "第一部分 甲\n一、条件\n满18岁。\n第二部分 乙\n一、条件\n满20岁。"
    below = [c for c in outline("d", text) if c.heading == "条件"]
    assert [c.path for c in below] == ["第一部分/一", "第二部分/一"]
    assert [c.heading_path[0] for c in below] == ["第一部分 甲", "第二部分 乙"]


def test_articles_in_the_middle_have_leads() -> None:
    leads = ["载体建设", "平台服务", "企业培育", "交流融合"]
    for kept in (4, 3):
        rows = [f"{lead}。对甲给予补助五十万元，由乙局发放。" for lead in leads[:kept]]
        rows = ["为了修桥，制定本办法。", *rows, *["本办法由甲局解释。"] * 5]
        text = "\n".join(
            f"第{n}条 {row}" for n, row in zip("一二三四五六七八九十", rows, strict=False)
        )
        found = [clause.heading for clause in outline("d", text) if clause.heading]
        assert found == (leads if kept == 4 else [])
