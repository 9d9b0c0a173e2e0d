"""From a question to its plan: what is selected, in what shape, about what."""

import pytest

from qa.question.parse import content, parse
from qa.question.plan import Plan
from qa.question.units import UnitNames

NAMES = UnitNames(
    [
        "区科委",
        "区建管委",
        "区市场监管局",
        "区公安分局",
        "区大数据中心",
        "区民政局",
        "区教育局",
        "各街道",
    ],
    ["黄浦区"],
)


def plan(question: str) -> Plan:
    return parse(question, question, "zh", NAMES.find(question))


@pytest.mark.parametrize(
    ("question", "select"),
    [
        ("ipv6规模部署由哪些单位负责?", "duty"),
        ("智慧菜场改造找哪个部门?", "duty"),
        ("区科委负责哪些任务?", "task"),
        ("区公安分局被列为责任单位的工作有几项?", "task"),
        ("哪些任务的责任单位里写了区大数据中心、却没写区科委?", "task"),
        ("请列出区民政局作为责任单位的全部任务", "task"),
        ("区科委跟区大数据中心比,谁名下的任务多?", "task"),
        ("一共多少项任务?", "outline"),
        ("重点任务分成哪五个方面?", "outline"),
        ("办法共有多少条?", "outline"),
        ("把推进生活数字化转型下面的任务都列出来", "outline"),
        ("免申即享涉及几项政策?", "text"),
        ("申请材料有哪些?", "text"),
        ("写明的量化指标有哪些?", "figure"),
        ("落款日期是哪天?", "metadata"),
        ("附件是什么?", "metadata"),
        ("文号是多少?", "metadata"),
        ("第16项由谁负责?", "duty"),
        ("第16项讲什么?", "clause"),
        ("业委会要建立哪几项日常工作制度?", "text"),  # what is counted are no tasks
        ("重点任务清单定下来以后还能调整吗?", "text"),
        ("这是正式稿还是征求意见稿?", "metadata"),
        ("认定办法改了哪些地方?", "metadata"),
        ("哪一天发文把2009年的意见废掉的?", "metadata"),
    ],
)
def test_select(question: str, select: str) -> None:
    assert plan(question).select == select


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("哪个单位任务最多?", "most"),
        ("信息安全的钱最少得占几成?", "text"),
        ("区科委有几项任务?", "count"),
        ("小学和中学的补助哪个更高?", "compare"),
        ("信息化标杆校归区教育局负责吗?", "check"),
    ],
)
def test_shape(question: str, shape: str) -> None:
    assert plan(question).shape == shape


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("一网通办由谁负责?", ["一网通办"]),
        ("一网统管的责任单位是谁?", ["一网统管"]),
        ("请问互联网医院要推广到几家养老机构?", ["互联网", "医院", "养老", "机构"]),
        ("除了养老助残那项,区民政局还有什么任务?", []),
        ("区大数据中心的名字一共出现在几项任务里?", []),
    ],
)
def test_topic(question: str, words: list[str]) -> None:
    topic = plan(question).topic
    assert all(word in topic for word in words)
    assert words or not content(topic)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("总预算多少钱?", ["金额", "具体数值"]),
        ("占比要达到百分之几?", ["具体数值"]),
        ("什么时候申报?", ["具体时间"]),
        ("热线电话是多少?", ["联系方式"]),
        ("要交哪些材料?", ["申请材料"]),
        ("实际建成了多少个?", ["实际完成情况", "具体数值"]),
        ("产业园叫什么名字?", []),
        ("哪几个街镇?", []),
        ("区科委有几项任务?", []),
    ],
)
def test_expects(question: str, kinds: list[str]) -> None:
    found = {one.name for one in plan(question).expects}
    assert set(kinds) <= found
    assert kinds or not found


def test_units_left_out_and_besides() -> None:
    left = plan("哪些任务写了区大数据中心、却没写区科委?")
    assert [u.words for u in left.units] == ["区大数据中心"]
    assert [u.words for u in left.excluded] == ["区科委"]
    besides = plan("除了区科委还有哪个单位负责?")
    assert not besides.units
    assert [u.words for u in besides.beside] == ["区科委"]


def test_names_of_a_kind() -> None:
    assert plan("一网统管由哪几个街道参加?").kind
    assert not plan("一网统管由谁负责?").kind


def test_yes_no() -> None:
    assert plan("豫园也在里头吗?").yes_no
    assert not plan("附件是什么?").yes_no


def test_a_quoted_document_with_a_clause_is_a_title() -> None:
    assert plan("“外滩金融科技实施细则”第三条怎么写的").scope.titles == ("外滩金融科技实施细则",)
    assert not plan("“市重大工程投资计划”怎么进?").scope.titles
