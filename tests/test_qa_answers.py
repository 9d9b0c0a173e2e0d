"""Questions to answers, end to end, over the invented corpus and over the real one."""

import pytest
from qa_doubles import SHIPPED, answered, ask, assert_exact, cited, invented, real


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("谁负责加密公交线网?", "1", "牵头单位：区交通运输局；配合单位：区财政局、各街道"),
        ("改造候车设施由谁负责?", "2", "责任单位共2个：区交通运输局、区城管执法局"),
        ("共享单车停放归谁管?", "3", "责任单位共2个：区城管执法局、区公安分局"),
        ("滨水步道由谁牵头?", "4", "牵头单位：区园林绿化局；配合单位：区水务局、区财政局"),
        ("护学路谁负责?", "5", "责任单位共2个：区教育局、区公安分局等相关部门"),
        ("第6项由谁负责?", "6", "牵头单位：区发展改革委；配合单位：区机关事务管理局、区财政局"),
        ("谁负责宣传教育?", "7", "责任单位共4个：区委宣传部、区教育局、区卫生健康委、各街道"),
    ],
)
def test_all_responsible_units_with_their_roles(question: str, clause: str, words: str) -> None:
    answer = answered(invented(), question)
    assert words in answer.answer
    assert cited(answer) == {clause}


@pytest.mark.parametrize(
    ("question", "figure", "clause"),
    [
        ("绿色出行比例要达到多少?", "72%以上", "一"),
        ("新增公共充电桩多少个?", "460个", "一"),
        ("公交平均候车时间不超过几分钟?", "不超过9分钟", "一"),
        ("护学路要建多少条?", "22条", "5"),
        ("候车亭改造多少座?", "86座", "2"),
        ("新能源汽车占比不低于多少?", "不低于65%", "6"),
        ("留样时间不少于多久?", "48小时", "第三条"),
    ],
)
def test_figures(question: str, figure: str, clause: str) -> None:
    answer = answered(invented(), question)
    assert figure in answer.answer
    assert figure in "".join(c.quote for c in answer.citations)
    assert cited(answer) == {clause}


def test_a_matter_without_a_figure_is_partial_and_quoted() -> None:
    answer = ask(invented(), "夜间照明要装多少盏?")
    assert answer.status == "partial"
    assert answer.answer.startswith("文件没有给出夜间照明的具体数值。")
    assert "夜间照明" in answer.citations[0].quote


@pytest.mark.parametrize("place", ["杭州市", "徐汇区", "深圳"])
def test_another_place_is_not_covered(place: str) -> None:
    answer = ask(invented(), f"{place}的护学路由谁负责?")
    assert answer.status == "not_found"
    assert f"不涉及{place}" in answer.answer
    assert answer.citations == ()


def test_another_year_is_not_covered() -> None:
    answer = ask(invented(), "2029年绿色出行比例是多少?")
    assert answer.status == "not_found"
    assert "2029年" in answer.answer
    assert ask(invented(), "2031年绿色出行比例是多少?").status == "answered"


def test_the_weather_is_out_of_scope() -> None:
    answer = ask(invented(), "今天天气怎么样?")
    assert (answer.status, answer.citations) == ("out_of_scope", ())


@pytest.mark.parametrize("question", ["火星移民补贴怎么发放?", "比特币挖矿许可由谁审批?"])
def test_what_no_document_says_is_not_found(question: str) -> None:
    assert ask(invented(), question).status in ("not_found", "out_of_scope")


def test_a_question_without_matter_asks_back() -> None:
    answer = ask(invented(), "谁负责?")
    assert (answer.status, answer.citations) == ("clarify", ())


@pytest.mark.parametrize(
    ("question", "status", "verdict"),
    [
        ("区教育局负责护学路吗?", "answered", "是的"),
        ("护学路是不是由区公安分局负责?", "answered", "是的"),
        ("区水务局负责护学路吗?", "partial", "不是"),
        ("候车亭要改造86座吗?", "answered", "是的"),
        ("候车亭要改造90座吗?", "partial", "与文件不符"),
        ("护学路是不是要建2条?", "partial", "与文件不符"),
        ("护学路建30条对吗?", "partial", "与文件不符"),
        ("滨水步道由区园林绿化局牵头吗?", "answered", "是的"),
        ("滨水步道由区财政局牵头吗?", "partial", "不是"),  # it supports
        ("滨水步道由区财政局配合吗?", "answered", "是的"),
    ],
)
def test_yes_or_no_with_what_is_printed(question: str, status: str, verdict: str) -> None:
    answer = ask(invented(), question)
    assert (answer.status, answer.answer.startswith(verdict)) == (status, True)
    assert answer.citations


def test_a_question_with_a_denial_gets_the_list_without_a_verdict() -> None:
    answer = answered(invented(), "护学路不由区教育局负责吗?")
    assert answer.answer.startswith("第5项（建设护学路）的责任单位共2个：区教育局、区公安分局")


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("谁负责IPv6规模部署?", "19", "区科委、区建管委、区市场监管局、区房管局"),
        ("第17项由谁负责?", "17", "区市场监管局、区建管委等相关部门"),
        ("数字家园由谁负责?", "14", "责任单位共7个"),
        ("谁负责数字商贸新高地?", "6", "新世界集团、豫园股份、淮海集团"),
        ("数字化园区载体由谁负责?", "9", "责任单位共2个：科创集团、区科委"),
        ("5G室外基站要建多少个?", "(二)", "超过1930个"),
        ("信息安全资金投入占信息化预算比例不低于多少?", "23", "不低于10%"),
    ],
)
def test_the_real_plan(question: str, clause: str, words: str) -> None:
    answer = answered(real(), question)
    assert words in answer.answer
    assert clause in cited(answer)


@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not built yet")
@pytest.mark.parametrize(
    ("question", "status", "words"),
    [
        ("谁负责IPv6规模部署?", "answered", "区科委、区建管委、区市场监管局、区房管局"),
        ("区科委今年有哪些任务?", "answered", "共有14项任务"),
        ("区政务应用IPv6流量占比是多少?", "partial", "没有给出区政务应用IPv6流量占比的具体数值"),
        ("徐汇区谁负责IPv6?", "not_found", "徐汇区"),
    ],
)
def test_the_shipped_encoder_answers_the_same(question: str, status: str, words: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == status
    assert words in answer.answer
    assert_exact(answer, real(shipped=True).corpus)


def test_the_figures_of_one_document_are_not_those_of_another() -> None:
    answer = ask(invented(), "绿色出行行动方案的量化指标有哪些?")
    assert {c.document_id for c in answer.citations} == {"travel"}


@pytest.mark.parametrize(
    "question", ["滨水步道和护学路分别由谁负责?", "候车亭和护学路分别要建多少?"]
)
def test_of_two_matters_asked_none_is_dropped_in_silence(question: str) -> None:
    answer = ask(invented(), question)
    assert answer.status != "answered" or len(cited(answer)) == 2


def test_who_is_responsible_may_stand_in_a_sentence() -> None:
    answer = ask(invented(), "助餐点的检查由谁负责?")
    assert answer.status != "not_found"
    assert "区民政局" in answer.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("第5项的内容是什么?", "责任单位：区教育局、区公安分局等相关部门。"),
        ("第4项的内容是什么?", "牵头单位：区园林绿化局；配合单位：区水务局、区财政局。"),
    ],
)
def test_the_units_under_a_description_are_the_printed_ones(question: str, words: str) -> None:
    answer = ask(invented(), question).answer
    assert words in answer


def test_a_clause_that_is_all_heading_is_quoted_from_it() -> None:
    assert "划定电子围栏" in ask(invented(), "第3项的内容是什么?").answer


def test_a_figure_that_is_printed_is_never_said_to_be_missing() -> None:
    answer = ask(invented(), "护学路至少建30条对吗?").answer
    assert "没有给出" not in answer
    assert "22条" in answer
