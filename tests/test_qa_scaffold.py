"""What a question asks for and what is left of it as a topic, over invented questions."""

import pytest
from qa_doubles import invented

from qa.answer import Request
from qa.understand import Understanding
from qa.understood import Intent, Understood


def understood(question: str) -> Understood:
    return Understanding(invented().corpus)(Request(question))


@pytest.mark.parametrize(
    ("question", "intent", "topic"),
    [
        ("护学路由谁负责?", "responsible", "护学路"),
        ("谁来管护学路?", "responsible", "护学路"),
        ("请问一下护学路归哪个部门管呀?", "responsible", "护学路"),
        ("护学路的牵头单位是谁?", "responsible", "护学路"),
        ("护学路的责任单位有哪些?", "responsible", "护学路"),
        ("护学路这事儿找谁?", "responsible", "护学路"),
        ("滨水步道由哪几家单位配合?", "responsible", "滨水步道"),
        ("护学路多少条?", "target", "护学路"),
        ("护学路要建多少条?", "target", "护学路"),
        ("候车时间不超过几分钟?", "target", "候车时间"),
        ("绿色出行比例的目标是多少?", "target", "绿色出行比例"),
        ("滨水步道包括哪些内容?", "list", "滨水步道"),
        ("有哪些任务涉及老旧小区?", "tasks_on", "老旧小区"),
        ("口袋公园怎么样?", "describe", "口袋公园"),
    ],
)
def test_the_intent_and_the_topic(question: str, intent: Intent, topic: str) -> None:
    asked = understood(question)
    assert (asked.intent, topic in asked.topic.replace(" ", "")) == (intent, True)
    assert asked.units == ()
    assert len(asked.topic) <= len(topic) + 2  # nothing but the topic is left


@pytest.mark.parametrize(
    "question",
    [
        "区教育局有哪些任务?",
        "区教育局今年要做什么?",
        "列出区教育局的全部工作",
        "区教育局负责哪些事项?",
    ],
)
def test_the_tasks_of_a_unit(question: str) -> None:
    asked = understood(question)
    assert asked.intent == "unit_tasks"
    assert [m.printed for m in asked.units] == [("区教育局",)]


@pytest.mark.parametrize("question", ["区教育局负责护学路吗?", "护学路是不是由区教育局牵头?"])
def test_whether_a_unit_is_responsible(question: str) -> None:
    asked = understood(question)
    assert (asked.intent, asked.topic, asked.yes_no) == ("check", "护学路", True)


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("这份文件的文号是什么?", "number"),
        ("文件是谁印发的?", "issuer"),
        ("发布机构是哪个?", "issuer"),
        ("什么时候发布的?", "published"),
        ("什么时候印发的?", "issued"),
        ("成文日期是哪天?", "issued"),
        ("完整标题是什么?", "title"),
        ("制定依据是什么?", "basis"),
        ("附件是什么?", "attachment"),
        ("信息来源是哪里?", "source"),
        ("发给谁的?", "addressee"),
        ("一共有多少项任务?", "count"),
    ],
)
def test_facts_about_the_document(question: str, attribute: str) -> None:
    asked = understood(question)
    assert (asked.intent, asked.attribute) == ("metadata", attribute)


@pytest.mark.parametrize(
    ("question", "intent", "label"),
    [
        ("第5项的内容是什么?", "clause", "5"),
        ("第 五 项的内容是什么?", "clause", "5"),
        ("第5项由谁负责?", "responsible", "5"),
        ("任务5由谁负责?", "responsible", "5"),
        ("5号任务由谁负责?", "responsible", "5"),
        ("第三条规定了什么?", "clause", "第三条"),
        ("第十二项由谁牵头?", "responsible", "12"),
    ],
)
def test_clause_numbers(question: str, intent: Intent, label: str) -> None:
    asked = understood(question)
    assert (asked.intent, asked.label) == (intent, label)


def test_a_stated_figure_is_a_number_and_not_the_clause_or_the_year() -> None:
    asked = understood("2031年第5项是不是要建22条护学路?")
    assert asked.yes_no
    assert asked.numbers == ("22",)
    assert asked.label == "5"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("护学路的咨询电话是多少?", "联系方式"),
        ("护学路的预算是多少?", "金额或预算"),
        ("滨水步道什么时候完成?", "具体时间"),
        ("护学路怎么申请?", "办理流程或材料"),
    ],
)
def test_what_kind_of_answer_is_expected(question: str, name: str) -> None:
    expects = understood(question).expects
    assert expects is not None
    assert expects.name == name


@pytest.mark.parametrize("question", ["滨水步道什么时候完成?", "区教育局要干什么?"])
def test_no_half_of_a_question_word_is_left_in_the_topic(question: str) -> None:
    assert "什" not in understood(question).topic


@pytest.mark.parametrize("question", ["谁负责?", "那个呢?", "要多少个?", "文件的内容?"])
def test_a_question_without_matter_has_no_topic(question: str) -> None:
    assert understood(question).topic == ""


@pytest.mark.parametrize(
    ("question", "topic"),
    [("有哪些任务?", "任务"), ("主要任务有哪些?", "主要任务")],
)
def test_of_a_list_generic_words_are_left_for_a_heading_may_hold_them(
    question: str, topic: str
) -> None:
    asked = understood(question)
    assert (asked.intent, asked.topic) == ("list", topic)


@pytest.mark.parametrize("mark", ["“{}”", '"{}"'])
@pytest.mark.parametrize(
    "words", ["谁主管谁负责", "一件事", "谁有本事谁来", "𠀀𰀀字", "\U000e0067\U0010fffd", "🙂🙂🙂"]
)
def test_quoted_words_are_a_topic_whatever_they_say(words: str, mark: str) -> None:
    asked = understood(f"{mark.format(words)}是什么意思?")
    assert asked.intent == "describe"
    assert asked.topic


def test_who_is_able_may_do_it_asks_for_nobody() -> None:
    assert understood("护学路的活是不是谁有本事谁来干").intent != "responsible"


def test_who_asks_is_not_whom_they_ask_about() -> None:
    assert understood("我在环卫局上班,护学路由谁负责?").units == ()
