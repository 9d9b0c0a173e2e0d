"""Wrong premises and near misses: corrected or refused, with what the text does say."""

import re

import pytest
from qa_doubles import REAL, SHIPPED, ask, assert_exact, invented, real

from qa.assumed import assumption
from qa.expectation import expected
from qa.question.units import UnitMention

shipped = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")

WRONG = [
    ("电子健康档案要达到四级要求,我这么理解对不对?", "五级", "10"),
    ("5G下载速率要达到800Mbps是不是", "600Mbps", "20"),
    ("金融科技企业要引育五家以上,是这样吧", "2家以上", ""),
    ("一件事专项优化有三十六个吗", "28个", "15"),
    ("云客服解决率达到九成就够了吧", "100%", ""),
    ("5G室外基站不超过1930个就行,是吧", "超过1930个", ""),
    ("数字经济的龙头公司今年要到20家以上,这说法对不对?", "8家以上", ""),
]


@shipped
@pytest.mark.parametrize(("question", "true", "clause"), WRONG)
def test_a_wrong_figure_is_put_right_with_its_place(question: str, true: str, clause: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert answer.answer.startswith("与文件不符。")
    assert true in answer.answer
    assert true in answer.citations[0].quote
    assert clause in ("", answer.citations[0].clause)
    assert_exact(answer, real(shipped=True).corpus)


@shipped
@pytest.mark.parametrize(
    "question",
    [
        "电子健康档案要达到五级要求对不对",
        "引育2家以上金融科技企业对不对",
        "互联网医院推广到七家养老机构是不是",
        "信息安全资金占比不低于10%对吧",
        "5G室外基站超过1930个,对吧",
    ],
)
def test_a_right_figure_is_confirmed(question: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "answered"
    assert answer.answer.startswith("是的。")


@shipped
@pytest.mark.parametrize(
    ("question", "unit", "clause"),
    [
        ("智慧养老平台既然归区教育局升级,他们打算怎么做?", "区民政局", "12"),
        ("既然网络安全归区民政局管,他们要怎么开展?", "区委网信办", "23"),
        ("既然数字家园由区卫生健康委负责,那电梯怎么改?", "区房管局", "14"),
        ("要是智慧工地由区教育局来抓,怎么监测?", "区建管委", "18"),
    ],
)
def test_a_wrongly_assumed_unit_is_put_right_first(question: str, unit: str, clause: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert answer.answer.startswith("与文件不符。")
    assert unit in answer.answer
    assert answer.citations[0].clause == clause


@shipped
def test_a_rightly_assumed_unit_needs_no_word() -> None:
    answer = ask(real(shipped=True), "既然数字家园由区民政局负责,那电梯怎么改?")
    assert answer.status == "answered"
    assert "电梯" in answer.answer
    assert "不符" not in answer.answer


def test_only_what_is_marked_as_given_is_an_assumption() -> None:
    unit = UnitMention("甲局", ("甲局",), 7, 9)
    text = "既然智慧早餐归甲局管,他们怎么做?"
    found = assumption(text, [unit])
    assert found is not None
    assert found.rest == "智慧早餐,他们怎么做?"
    assert found.units == (unit,)
    plain = "智慧早餐归甲局管,他们怎么做?"
    assert assumption(plain, [UnitMention("甲局", ("甲局",), 5, 7)]) is None
    who = "既然智慧早餐归甲局管,谁来配合?"
    assert assumption(who, [unit]) is None


@shipped
@pytest.mark.parametrize(
    ("question", "true"),
    [
        ("这份要点是黄浦区人民政府办公室发布的,对吧?", "城区数字化转型工作领导小组办公室"),
        ("文号是黄数字化办〔2022〕3号吧", "黄数字化办〔2022〕1号"),
        ("这个文件是2021年7月印发的吧?", "2022年7月19日"),
        ("落款是2022年8月19日对不对", "2022年7月19日"),
        ("2021年印发的这份要点,发文字号里的年份也是2021吧?", "〔2022〕1号"),
        ("浦东新区数字化办发的这个要点,是几月印发的?", "黄浦区城区数字化转型"),
    ],
)
def test_what_is_stated_of_the_document_is_put_right(question: str, true: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert answer.answer.startswith("与文件不符。")
    assert true in answer.answer
    assert_exact(answer, real(shipped=True).corpus)


@shipped
@pytest.mark.parametrize(
    "question",
    [
        "文号是黄数字化办〔2022〕1号吧",
        "文件是2022年7月19日印发的吗",
        "文件是7月20日在网上发布的吗",
        "发布机构是不是数字化转型领导小组办公室",
        "这份文件是2022年的吗",
    ],
)
def test_what_is_stated_rightly_of_the_document_is_confirmed(question: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "answered"
    assert answer.answer.startswith("是的。")


@shipped
def test_another_year_than_the_printed_one_is_put_right() -> None:
    right = ask(invented(shipped=True), "2031年底绿色出行比例达到72%,对吧?")
    assert right.answer.startswith("是的。")
    late = ask(invented(shipped=True), "绿色出行比例达到72%是明年底的事吧?")
    assert late.status == "partial"
    assert "2031年底" in late.answer


@shipped
@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("区教育局里具体是哪位局长分管标杆校建设?", "具体人员"),
        ("谁是区数字化转型领导小组的组长?", "具体人员"),
        ("首席数据官由谁担任?", "具体人员"),
        ("“一网通办”的网办比例现在实际做到百分之几了?", "实际完成情况"),
        ("万兆入户试点做到哪一步了?", "实际完成情况"),
        ("马立斯菜市场智慧化升级完成了吗", "实际完成情况"),
        ("卢湾高级中学的机器人课每周上几节?", "频次"),
        ("没完成公共数据开放会不会被扣分?", "处罚或追责"),
        ("无人机火场建模的精度要求是多少", "技术参数"),
        ("老字号上云直播哪个平台做得最好?", "优劣评价"),
    ],
)
def test_a_kind_of_answer_that_the_text_lacks_is_named(question: str, missing: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status in ("partial", "not_found")
    assert answer.answer.startswith("文件没有给出")
    assert missing in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "公共数据今年要开放到多少项?",
        "现在的目标是网办比例多少?",
        "名字出现在几项任务的责任单位里?",
        "室外的5G基站要建到什么数量,是达到还是超过?",
        "目前在推进哪些商圈的AR导览?",
        "比去年提高多少?占比要比去年高吗",
        "例会制度是怎么要求的",
        "哪些人员可以申请?",
        "领导小组是哪个部门牵头?",
    ],
)
def test_a_question_for_what_is_to_be_expects_no_result(question: str) -> None:
    found = expected(question, "describe")
    assert found is None or found.name not in ("实际完成情况", "具体人员", "频次或时长安排")


@shipped
@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("8家以上的数字经济龙头企业都是哪些公司?", "8家以上"),
        ("要引育的2家金融科技企业到底是哪两家?", "2家以上"),
        ("28个“一件事”的事项清单能发我吗", "28个"),
        ("八项免申即享政策分别是什么", "8项"),
        ("数字经济有哪些龙头企业", "8家以上"),
    ],
)
def test_the_members_of_a_set_that_is_only_counted_are_not_given(
    question: str, figure: str
) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert "没有逐一列出" in answer.answer
    assert figure in answer.answer


@shipped
@pytest.mark.parametrize(
    ("question", "member"),
    [
        ("要升级的菜场是哪两家", "马立斯菜市场"),
        ("市级专题试点有哪三个", "中医药监管"),
        ("标杆校涉及的学校是哪几所?", "格致中学"),
    ],
)
def test_the_members_of_a_set_that_is_listed_are_given(question: str, member: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "answered"
    assert member in answer.answer


@shipped
def test_who_leads_and_who_supports_is_not_told_apart_and_who_leads_is_answered() -> None:
    apart = ask(real(shipped=True), "第18项列了七家单位,谁是牵头单位、谁是配合单位?")
    assert apart.status == "partial"
    assert apart.answer.startswith("文件只列责任单位，没有区分牵头与配合。")
    assert "区公安分局" in apart.answer
    leads = ask(real(shipped=True), "养老领域的工作专班由谁牵头?")
    assert leads.status == "answered"
    assert "分管区领导牵头" in leads.answer


@shipped
def test_another_bound_is_no_other_way_to_say_the_printed_one() -> None:
    wrong = ask(invented(shipped=True), "公交候车时间不超过12分钟对吧")
    assert wrong.answer.startswith("与文件不符。")
    assert "不超过9分钟" in wrong.answer


@shipped
def test_a_bare_measure_names_what_it_may_be_of_and_a_single_one_is_answered() -> None:
    bare = ask(real(shipped=True), "比例是多少?")
    assert bare.status == "clarify"
    assert {"80%", "100%", "10%"} <= set(re.findall(r"\d+%", bare.answer))
    assert bare.verification.withheld == 0
    assert_exact(bare, real(shipped=True).corpus)
    assert "600Mbps" in ask(real(shipped=True), "速率是多少").answer
    assert ask(real(shipped=True), "那个平台由谁建?").status == "clarify"


@shipped
def test_companies_of_a_matter_are_no_units_of_its_task() -> None:
    assert ask(real(shipped=True), "参与数商签约的企业有几家").status == "partial"
    listed = ask(real(shipped=True), "参加第6项任务的企业有几家")
    assert listed.status == "answered"
    assert "淮海集团" in listed.answer


@shipped
def test_a_speed_is_no_percentage() -> None:
    answer = ask(real(shipped=True), "5G下载速率是多少")
    assert answer.status == "answered"
    assert "600Mbps" in answer.answer


@shipped
def test_a_name_in_a_heading_is_mentioned() -> None:
    assert REAL.is_dir()
    assert "没有提到" not in ask(real(shipped=True), "“颐养扶助”谁管").answer
