"""Questions in citizens' own words: figures told by their kind, who asks, what is quoted."""

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, real

from qa.answer import Request
from qa.question.english import to_chinese

shipped = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")

CARE = "文件中最相关的内容如下"


@shipped
@pytest.mark.parametrize(
    ("question", "figure", "clause"),
    [
        ("派出所的摄像头画面要能转到政务网上,得有多少路?", "1000路", "21"),
        ("街坊走一会儿就能用上各种线上便利的那个圈,是几分钟的?", "10分钟", "14"),
        ("公家花在防黑客上的钱,在整个信息化的盘子里起码占多少?", "不低于10%", "23"),
    ],
)
def test_a_figure_asked_in_lay_words_is_shown_with_care(
    question: str, figure: str, clause: str
) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert answer.answer.startswith(CARE)
    assert figure in answer.answer
    assert answer.citations[0].clause == clause
    assert_exact(answer, real(shipped=True).corpus)


@shipped
def test_a_number_that_differs_from_the_nearest_figure_is_said_to_differ() -> None:
    answer = ask(real(shipped=True), "敬老院里上网看病拿药,今年是要开到15家院,对吧?")
    assert answer.status == "partial"
    assert answer.answer.startswith("您说的数字与文件中最相关的内容不一致")
    assert "7家养老机构" in answer.citations[0].quote


@shipped
@pytest.mark.parametrize(
    "question",
    ["刚毕业想租人才公寓,月租大概多少钱?", "小孩坐公交,身高多少米以下不买票?"],
)
def test_a_figure_of_another_kind_is_not_offered(question: str) -> None:
    assert ask(real(shipped=True), question).status == "not_found"


@shipped
def test_care_does_not_deny_what_the_text_says() -> None:
    answer = ask(real(shipped=True), "老弄堂里手机只有一格信号,地下室干脆没有。今年会改吗?")
    assert answer.status == "partial"
    assert "没有直接" not in answer.answer
    request = Request("派出所的摄像头画面要能转到政务网上,得有多少路?", language="en")
    assert real(shipped=True).ask(request).answer.startswith("The most relevant passage follows")


@shipped
def test_the_askers_own_body_is_no_unit_of_the_documents() -> None:
    told = ask(real(shipped=True), "我们居委要办的事多,报表也多。以后同样的信息能少填几遍吗?")
    assert "列为责任单位" not in told.answer
    assert "没有提到" not in told.answer
    asked = ask(real(shipped=True), "居委会负责哪些任务?")
    assert "没有把“居委会”列为责任单位" in asked.answer


@shipped
@pytest.mark.parametrize(
    "question",
    [
        "我开了家软件公司,想接政府的数字化项目,有什么门路?",
        "做人工智能的创业公司想问一声,区里怎么扶持?",
    ],
)
def test_the_askers_own_company_is_not_missed(question: str) -> None:
    assert "没有提到" not in ask(real(shipped=True), question).answer


@shipped
def test_a_company_that_is_named_is_missed_still() -> None:
    answer = ask(real(shipped=True), "东华软件公司要参加哪些建设?")
    assert answer.status != "answered"


@shipped
@pytest.mark.parametrize(
    "question",
    [
        "我们做智能投顾软件,还没在黄浦落脚。今年最少想拉来、养大几家这样的公司?",
        "想把旗袍卖到国外去,区里鼓不鼓励?找哪个委办谈比较对口?",
    ],
)
def test_a_lay_sentence_with_a_list_compares_nothing(question: str) -> None:
    answer = ask(real(shipped=True), question)
    assert "无法比较" not in answer.answer


@shipped
@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("好几个小区的物业都归我管,想试点智能化,上头支持吗?", "14"),
        ("就怕哪天我的病历漏出去。区里怎么护着这些数据?", "23"),
    ],
)
def test_indefinite_words_ask_for_no_number_and_no_date(question: str, clause: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == "partial"
    assert answer.citations[0].clause == clause


@shipped
def test_all_words_of_a_question_choose_the_sentence() -> None:
    answer = ask(real(shipped=True), "孩子在学校的学习情况以后会被自动记下来吗?")
    assert answer.citations[0].clause == "11"
    assert "自动采集" in answer.answer


@shipped
def test_who_governs_is_no_question_for_a_reason() -> None:
    answer = ask(real(shipped=True), "深化各领域精细化治理由谁负责?")
    assert "原因" not in answer.answer


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("who put this notice out, please?", "发布机构是哪个"),
        ("and which two offices are responsible for that?", "哪个部门负责"),
        ("what events will the district run?", "活动 区"),
    ],
)
def test_english_of_every_day_is_understood(english: str, chinese: str) -> None:
    assert to_chinese(english).startswith(chinese)


@shipped
def test_two_questions_on_one_clause_name_its_units_once() -> None:
    answer = ask(
        real(shipped=True), "看病报销要攒一沓纸头发票,区里有没有办法省事些?我该问哪家单位?"
    )
    assert answer.answer.count("区医保局") == 1
    assert "责任单位共2个" in answer.answer
    assert answer.answer.count("无纸化") == 1
