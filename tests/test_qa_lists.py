"""Questions for lists, counts, members, kinds of units and parts, end to end."""

import re
from pathlib import Path

import pytest
from qa_doubles import SHIPPED, answered, ask, assert_exact, cited, invented, opened, real

pytestmark = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")


def items(answer: str) -> list[str]:
    """The list items of an answer, without their markers."""
    lines = [line[2:] for line in answer.split("\n") if line.startswith("- ")]
    return [re.sub(r"\[\d+\]", "", line) for line in lines]


@pytest.mark.parametrize(
    ("question", "clause", "expected"),
    [
        ("候车亭配备哪些设施?", "2", ["盲文站牌", "遮阳座椅"]),
        (
            "围绕哪几类场所划定电子围栏?",
            "3",
            ["商圈", "医院"],
        ),
    ],
)
def test_the_items_of_a_short_list_are_quoted(
    question: str, clause: str, expected: list[str]
) -> None:
    answer = answered(invented(shipped=True), question)
    assert clause in cited(answer)
    assert all(item in answer.answer for item in expected)


@pytest.mark.parametrize(
    ("question", "clause", "expected"),
    [
        (
            "最小管理单元聚焦哪些重点区域?",
            "16",
            [
                "豫园商城",
                "“一大会馆”及泛新天地周边商业楼宇",
                "衡复历史风貌保护区",
                "田子坊",
                "春江小区",
                "瞿溪路沿街商铺",
            ],
        ),
        ("要打造虚拟现实融合交互平台的商圈有哪些?", "6", ["南京路", "豫园", "淮海中路商圈"]),
        (
            "“数字酒店2.0”要打造哪几类场景?",
            "13",
            ["“数字化娱乐”", "“运营态势智能感知”", "“服务共享及自动调度”"],
        ),
        ("哪些菜市场要做智慧化升级?", "14", ["马立斯菜市场", "荟选集市丽园路店"]),
        (
            "基层数据采集要遵循的原则是哪几句话?",
            "22",
            ["一口采集", "一数一源", "多源稽查", "实施反哺"],
        ),
    ],
)
def test_a_list_is_cut_into_all_its_items(question: str, clause: str, expected: list[str]) -> None:
    answer = answered(real(shipped=True), question)
    assert cited(answer) == {clause}
    assert items(answer.answer) == expected
    assert f"共{len(expected)}" in answer.answer
    quote = answer.citations[0].quote
    assert all(item in quote for item in expected)


def test_a_list_that_the_text_leaves_open_is_said_to_be_open() -> None:
    assert "列举未尽" in answered(real(shipped=True), "前瞻布局的热门赛道包括哪些?").answer
    assert "列举未尽" not in answered(real(shipped=True), "哪些菜市场要做智慧化升级?").answer


def test_an_enumeration_is_counted_where_no_figure_is_stated() -> None:
    answer = answered(real(shipped=True), "被写进智慧教育场景的学校有几所?")
    assert "学校有4所（按原文清点" in answer.answer
    assert len(items(answer.answer)) == 4


def test_examples_of_a_stated_number_are_no_complete_list() -> None:
    answer = ask(real(shipped=True), "“免申即享”的8项政策具体是哪8项?")
    assert answer.status == "partial"
    assert "没有逐一列出" in answer.answer


def test_a_wrong_number_of_items_is_corrected() -> None:
    wrong = ask(real(shipped=True), "要打造虚拟现实融合交互平台的是哪四个商圈?")
    assert (wrong.status, wrong.answer.startswith("与文件不符")) == ("partial", True)
    right = answered(real(shipped=True), "要打造虚拟现实融合交互平台的是哪三个商圈?")
    assert items(right.answer) == items(wrong.answer)


@pytest.mark.parametrize(
    ("question", "status", "begins"),
    [
        ("田子坊在重点区域和场点里面吗?", "answered", "是的"),
        ("数字景区的功能包括客流监测吗?", "answered", "是的"),
        ("热门赛道里包括月球采矿吗?", "partial", "没有列出“月球采矿”"),
    ],
)
def test_members_of_a_list(question: str, status: str, begins: str) -> None:
    answer = ask(real(shipped=True), question)
    assert (answer.status, answer.answer.startswith(begins)) == (status, True)
    assert_exact(answer, real(shipped=True).corpus)


def test_units_of_one_kind_are_counted() -> None:
    answer = answered(real(shipped=True), "“一网统管”任务里有几个街道要参加")
    assert "街道有5个" in answer.answer
    assert "区城运中心" not in answer.answer


def test_tasks_with_units_of_one_kind() -> None:
    answer = answered(real(shipped=True), "责任单位里有企业集团的任务是哪些")
    assert cited(answer) == {"6", "8", "9"}


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("重点任务这一章分几个小节?", 5),
        ("数字经济那一节有多少项任务?", 5),
        ("第二部分(四)包含哪几条?", 4),
        ("第一组统筹协同的任务清单", 4),
    ],
)
def test_the_parts_of_a_chapter(question: str, count: int) -> None:
    answer = answered(real(shipped=True), question)
    assert f"分为{count}个部分" in answer.answer
    assert len(items(answer.answer)) == count


@pytest.mark.parametrize(
    ("question", "status", "begins"),
    [
        ("听说候车亭要改造2000座,没记错吧?", "partial", "与文件不符"),
        ("护学路有没有超过20条?", "answered", "是的"),
        ("护学路有没有超过30条?", "partial", "与文件不符"),
    ],
)
def test_stated_figures_are_compared(question: str, status: str, begins: str) -> None:
    answer = ask(invented(shipped=True), question)
    assert (answer.status, answer.answer.startswith(begins)) == (status, True)


def test_all_figures_of_a_clause() -> None:
    answer = answered(invented(shipped=True), "总体目标里的量化指标请汇总一下,一个都别漏。")
    assert [f in answer.answer for f in ("72%以上", "460个", "不超过9分钟")] == [True] * 3


def test_two_figures_asked_in_one_breath() -> None:
    answer = answered(invented(shipped=True), "候车亭改造几座、护学路建几条?")
    assert "86座" in answer.answer
    assert "22条" in answer.answer


RULES = """青屿区公园管理办法

第一条 为规范公园管理,制定本办法。

第二条 在公园内禁止下列行为:

(一)攀折花木、捕捉鸟类;

(二)使用明火、燃放烟花;

(三)投喂野生动物。

经营者应当在入口处设置明显标识。

第三条 违反本办法规定,有下列行为之一的,处二百元以上五百元以下罚款:

(一)损坏健身器材的;

(二)占用无障碍通道的。
"""


def test_numbered_items_below_a_clause(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "park.txt").write_text(RULES, "utf-8")
    service = opened(tmp_path, folder, shipped=True)
    listed = answered(service, "公园内禁止哪些行为?")
    assert "共3项" in listed.answer  # the paragraph behind the last item is none
    assert items(listed.answer)[2] == "投喂野生动物。"
    fine = answered(service, "占用无障碍通道罚款多少元?")
    assert "二百元以上五百元以下罚款" in fine.answer


@pytest.mark.parametrize(
    ("question", "count", "first"),
    [("疫情防控这块今年要干哪些事", 2, "18"), ("哪些任务提到人工智能", 5, "2")],
)
def test_every_task_that_says_a_matter(question: str, count: int, first: str) -> None:
    answer = answered(real(shipped=True), question)
    assert f"共{count}项" in answer.answer
    assert len(items(answer.answer)) == count
    assert answer.citations[0].clause == first


def test_a_large_count_is_no_year_and_a_year_still_is_one() -> None:
    assert "不涉及2000年" not in ask(invented(shipped=True), "候车亭要改造2000座吗?").answer
    assert "不涉及2029年" in ask(invented(shipped=True), "2029年候车亭要改造多少座?").answer


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("中小企业能得到哪些好处?", "3"),
        ("5G建设有哪些具体举措?", "20"),
        ("第10项有哪些具体要求?", "10"),
        ("智慧菜场有哪些功能", "14"),
    ],
)
def test_what_no_single_list_answers_is_described(question: str, clause: str) -> None:
    answer = ask(real(shipped=True), question)
    assert items(answer.answer) == []
    assert answer.citations[0].clause == clause
