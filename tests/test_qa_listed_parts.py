"""Parts of what the answer before listed, earlier questions, and what goes on about a clause."""

import pytest
from qa_doubles import ask, invented, real

from qa.answer import Answer

TRADE = "打造数字商贸新高地由谁负责?"
FIBRE, MOBILE = "提升光纤网络那项由哪些单位负责?", "移动网络那项呢?"


def first(answer: Answer) -> str:
    return answer.citations[0].clause


@pytest.mark.parametrize(
    "question",
    ["里面属于企业的是哪几家?", "里头不是政府部门的是哪几家?", "其中几家是企业?", "企业有哪些?"],
)
def test_units_of_one_kind_are_those_of_the_clause_before(question: str) -> None:
    answer = ask(real(), question, TRADE)
    assert "新世界集团、豫园股份、淮海集团" in answer.answer
    assert "区商务委" not in answer.answer
    assert first(answer) == "6"


def test_a_kind_that_only_a_collective_name_has_is_there() -> None:
    answer = ask(real(), "街道也参加吗?", "智慧早餐是谁的活?")
    assert "各街道" in answer.answer
    assert "没有街道" not in answer.answer


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("第一个叫什么?", "数字化娱乐"),
        ("最后一个是啥?", "服务共享及自动调度"),
        ("倒数第二个呢?", "运营态势智能感知"),
    ],
)
def test_an_item_of_a_list_by_its_place(question: str, item: str) -> None:
    answer = ask(real(), question, "数字酒店2.0有哪几个场景?")
    assert item in answer.answer.splitlines()[0]
    assert first(answer) == "13"


def test_a_place_that_the_list_has_not_gets_the_list() -> None:
    answer = ask(real(), "第九个叫什么?", "数字酒店2.0有哪几个场景?")
    assert "数字化娱乐" in answer.answer
    assert "第9个" not in answer.answer


@pytest.mark.parametrize("question", ["第二家还有别的任务吗?", "第二个单位还管什么?"])
def test_a_unit_by_its_place(question: str) -> None:
    answer = ask(invented(), question, "护学路由谁负责?")
    assert answer.standalone_question == "区公安分局有哪些任务?"
    assert {c.clause for c in answer.citations} == {"3", "5"}


def test_a_listed_task_by_what_it_says() -> None:
    answer = ask(real(), "其中跟消防有关的是哪个?", "请列出治理数字化那部分的任务")
    assert first(answer) == "18"


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("再问头一个:责任单位是谁?", "19"),
        ("回到第一个问题,责任单位是谁?", "19"),
        ("上一个问题,责任单位有几家?", "20"),
    ],
)
def test_an_earlier_question_by_its_place(question: str, clause: str) -> None:
    assert first(ask(real(), question, FIBRE, MOBILE)) == clause


@pytest.mark.parametrize("question", ["两项都有份的是哪几家?", "两边都出现的是谁?"])
def test_both_matters_of_the_questions_before(question: str) -> None:
    answer = ask(real(), question, FIBRE, MOBILE)
    assert "区科委、区建管委" in answer.answer.splitlines()[0]
    assert {"19", "20"} <= {c.clause for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "before", "clause"),
    [
        ("它主要盯着哪几类毛病?", "豫园商城做数字孪生是哪项任务?", "16"),
        ("那是为了对付街上的哪些问题?", "数字孪生体要在哪些重点区域打造?", "16"),
        ("它集成了什么?", "“黄浦汇”是干嘛的?", "9"),
        ("那件事挑了哪些高频热点领域?", "区绿化市容局管哪件事?", "17"),
        ("楼宇和园区那头要打造什么?", "万兆入户试点是什么安排?", "19"),
    ],
)
def test_what_goes_on_about_the_clause_stays_there(question: str, before: str, clause: str) -> None:
    answer = ask(real(), question, before)
    assert first(answer) == clause
    assert answer.status != "not_found"


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("食品安全监管准备怎么做?", "18"),
        ("移动网络那条由谁负责?", "20"),
        ("回头看金融科技那条,要增强哪些关键环节的智能化水平?", "5"),
    ],
)
def test_another_matter_leaves_the_clause(question: str, clause: str) -> None:
    assert first(ask(real(), question, FIBRE)) == clause


@pytest.mark.parametrize(
    ("question", "verdict"), [("里面有区财政局吗?", "不是"), ("区公安分局在不在里面?", "是的")]
)
def test_whether_a_unit_is_among_those_of_the_clause(question: str, verdict: str) -> None:
    assert ask(invented(), question, "护学路由谁负责?").answer.startswith(verdict)


def test_whether_a_thing_is_in_the_list_before() -> None:
    answer = ask(real(), "预警处置算不算?", "数字景区优化哪些功能?")
    assert answer.answer.startswith("是的")


@pytest.mark.parametrize("question", ["第三块是什么?", "最后一部分是什么?"])
def test_a_part_of_the_document_by_its_place(question: str) -> None:
    answer = ask(real(), question, "重点任务有几个部分?")
    assert first(answer) == ("(三)" if "三" in question else "(五)")


def test_a_task_of_the_part_asked_about() -> None:
    before = ("重点任务分几块?", "第三块是什么?")
    assert "分为5个部分" in ask(real(), "里面有几条任务?", *before).answer
    assert first(ask(real(), "头一条谁负责?", *before)) == "10"


@pytest.mark.parametrize(
    ("question", "before", "shown"),
    [
        ("要建多少个?", "5G室外基站由谁负责?", "5G室外基站的指标是多少?"),
        ("它主要盯着哪几类毛病?", "第16项讲什么?", "第16项：主要盯着哪几类毛病?"),
        ("哪个单位牵头?", "首席数据官是什么模式?", "首席数据官的模式由谁负责?"),
        ("第二个是什么?", "数字景区优化哪些功能?", "“数字景区优化哪些功能”中的第2个是什么?"),
    ],
)
def test_the_question_shown_reads_as_one_would_say_it(
    question: str, before: str, shown: str
) -> None:
    assert ask(real(), question, before).standalone_question == shown


@pytest.mark.parametrize(
    ("question", "before", "says"),
    [
        ("Which of them are companies?", "Who is responsible for task 6?", "新世界集团"),
        ("What else does the second one do?", "Who is responsible for task 12?", "区残联"),
        ("Is the police bureau among them?", "Who is responsible for task 16?", "No"),
    ],
)
def test_english_follow_ups_point_as_chinese_ones_do(question: str, before: str, says: str) -> None:
    assert says in ask(real(), question, before).answer
