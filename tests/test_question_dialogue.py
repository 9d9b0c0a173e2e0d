"""A follow-up is the earlier plan with parts replaced."""

import pytest

from ingest.schema import Span
from qa.question.dialogue import Earlier, Listed, merged
from qa.question.ellipsis import leans, opening, own
from qa.question.parse import parse
from qa.question.plan import Plan
from qa.question.units import UnitNames

NAMES = UnitNames(["区科委", "区建管委", "区教育局", "区民政局", "区残联"], ["黄浦区"])
AT = ("d", 9)


def plan(question: str, follows: bool = True) -> Plan:
    text = opening(question) if follows else question
    return parse(question, text, "zh", NAMES.find(text))


def after(earlier: str, question: str, **known: object) -> Plan:
    before = Earlier(plan(earlier, False), AT, **known)  # type: ignore[arg-type]
    return merged(plan(question), [before])


@pytest.mark.parametrize(
    "question",
    ["那高中生呢?", "由谁负责?", "它还管别的吗?", "下一项呢?", "最后一条讲什么?", "期限呢?",
     "其中讲数商的是哪一项?", "除了它还有谁?", "这项由哪些单位负责?"],
)  # fmt: skip
def test_leans(question: str) -> None:
    assert leans(plan(question))


@pytest.mark.parametrize("question", ["区科委负责哪些任务?", "互联网医院推广到几家养老机构?"])
def test_stands_alone(question: str) -> None:
    assert not leans(plan(question))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("不对,我问的是区民政局", "区民政局"),
        ("换成区教育局呢?", "区教育局呢?"),
        ("换个问题,养老院能看病吗?", "养老院能看病吗?"),
        ("顺便问下文号?", "文号?"),
        ("由谁负责?", "由谁负责?"),
    ],
)
def test_opening(question: str, text: str) -> None:
    assert opening(question) == text


def test_own_words_are_what_is_not_asking_or_pointing() -> None:
    assert own(plan("那移动网络呢?")) == ["移动", "网络"]
    assert own(plan("这项由哪些单位负责?")) == []
    assert own(plan("一共几项?")) == []


def test_units_of_the_matter_before() -> None:
    found = after("智慧早餐要做什么?", "这项由谁负责?")
    assert (found.select, found.anchor) == ("duty", AT)


def test_tasks_of_another_unit() -> None:
    found = after("区科委有哪些任务?", "换成区教育局呢?")
    assert found.select == "task"
    assert [u.words for u in found.units] == ["区教育局"]


def test_more_tasks_of_the_unit() -> None:
    found = after("区科委有哪些任务?", "它还管别的吗?")
    assert found.select == "task"
    assert [u.words for u in found.units] == ["区科委"]


def test_tasks_of_the_unit_on_a_topic() -> None:
    found = after("区科委有哪些任务?", "其中提到疫情的是哪几项?")
    assert found.select == "task"
    assert "疫情" in found.topic


def test_the_unit_that_the_answer_named() -> None:
    found = after(
        "除了区科委还有哪个单位负责?", "这个单位还有别的任务吗?", units=("区科委", "区建管委")
    )
    assert [u.printed for u in found.units] == [("区建管委",)]


def test_another_unit_of_the_matter_is_checked() -> None:
    found = after("智慧早餐由谁负责?", "那区教育局呢?")
    assert (found.select, found.shape, found.anchor) == ("duty", "check", AT)


def test_what_the_answer_is_next_to() -> None:
    here = {"following": Listed(("d", 10)), "preceding": Listed(("d", 8))}
    assert after("第9项由谁负责?", "下一项呢?", **here).anchor == ("d", 10)
    assert after("第9项由谁负责?", "下一项呢?", **here).select == "duty"
    assert after("第9项讲什么?", "它前面那条讲什么?", **here).anchor == ("d", 8)


def test_places_in_a_list() -> None:
    listed = tuple(Listed(("d", n), None, n) for n in (14, 17, 19))
    assert after("区科委有哪些任务?", "最后一项由谁负责?", listed=listed).anchor == ("d", 19)
    assert after("区科委有哪些任务?", "其中第二项讲什么?", listed=listed).anchor == ("d", 17)
    assert after("区科委有哪些任务?", "第17项讲什么?", listed=listed).anchor == ("d", 17)
    far = after("区科委有哪些任务?", "第22项讲什么?", listed=listed)
    assert far.anchor is None
    assert far.labels[0].steps == (("项", 22),)


def test_an_item_inside_a_provision() -> None:
    listed = (Listed(AT, Span(0, 5), 1), Listed(AT, Span(5, 9), 2))
    assert after("申请条件有哪些?", "第二项是什么?", listed=listed).within == Span(5, 9)


def test_a_paragraph_of_the_article_before() -> None:
    found = after("第五条讲什么?", "第二款呢?")
    assert found.labels[0].steps == (("条", 5), ("款", 2))


def test_a_bare_number_is_the_next_label() -> None:
    assert after("第19项讲什么?", "那20呢?").labels[0].steps == (("项", 20),)


def test_another_place() -> None:
    found = after("黄浦区的5g基站目标是多少?", "那静安区呢?")
    assert found.scope.places == ("静安区",)
    assert "黄浦" not in found.text


def test_another_subject() -> None:
    found = after("小学生补助多少钱?", "那高中生呢?")
    assert "高中" in found.topic
    assert found.near == AT


def test_both_matters_side_by_side() -> None:
    one = Earlier(plan("光纤网络由谁负责?", False), ("d", 19))
    other = Earlier(plan("移动网络由谁负责?", False), ("d", 20))
    found = merged(plan("两项都有份的是哪几家?"), [one, other])
    assert [side.anchor for side in found.sides] == [("d", 19), ("d", 20)]


def test_back_to_the_first_question() -> None:
    one = Earlier(plan("元宇宙归哪些部门?", False), ("d", 7))
    other = Earlier(plan("数商集群呢?"), ("d", 8))
    assert merged(plan("回到第一个问题,由谁负责?"), [one, other]).anchor == ("d", 7)


def test_a_fact_about_the_document_before() -> None:
    found = after("智慧早餐由谁负责?", "顺便问下文号是多少?")
    assert found.select == "metadata"
    assert found.scope.documents == ("d",)
