"""Comparisons: several sides and what is asked of them, of the real plan and of invented ones."""

import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from qa_doubles import SHIPPED, answered, ask, assert_exact, cited, invented, opened, real

from qa.answer import Request
from qa.service.assistant import Assistant
from qa.sides import Comparison, agrees
from qa.understand import Understanding

shipped = pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")

MEASURES = """白鹭区2032年养老服务实施方案

    一、服务设施

    (一)老年助餐。新建助餐点18个,对助餐点的检查每季度不少于3次。(责任单位:区民政局、区商务局)

    (二)引进人才。企业新引进的博士、硕士、本科毕业生,分别给予每月3000元、1500元、800元租房补贴。(责任单位:区人社局、区民政局)

    (三)护理保险。重度失能人员选择机构护理的,每人每月支付1500元;选择居家护理的,每人每月支付1100元。(责任单位:区医保局)

    二、人才队伍

    (一)入职奖励。对毕业生按照本科及以上4万元、大专3万元、中专2万元的标准给予入职奖励。(责任单位:区人社局)

    (二)技能培训。岗前培训率达到95%以上,学员满意度不低于88%。(责任单位:区人社局、区教育局)
"""
"""Figures in a row: side by side, behind 分别, and one sentence after the other."""


@cache
def measures() -> Assistant:
    folder = Path(tempfile.mkdtemp(prefix="wence-compare-"))
    (folder / "measures.txt").write_text(MEASURES, "utf-8")
    return opened(folder, folder / "measures.txt", shipped=True)


def compared(service: Assistant, question: str) -> Comparison:
    found = Understanding(service.corpus)(Request(question, ())).comparison
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "sides", "cue"),
    [
        ("护学路比候车亭多几条?", ("护学路", "候车亭"), "amount"),
        ("护学路那项和滨水步道那项有什么区别", ("护学路那项", "滨水步道那项"), "differ"),
        ("护学路要几条?候车亭又要多少座?差几个?", ("护学路", "候车亭"), "amount"),
        ("护学路条数多,还是候车亭座数多?", ("护学路条数", "候车亭座数"), "more"),
        ("第2、5、7项里哪项的责任单位更多", ("第2项", "第5项", "第7项里"), "more"),
        ("区财政局、区水务局和区教育局谁的任务更多", ("区财政局", "区水务局", "区教育局"), "more"),
        ("“护学路”和“光储充”分别写在第几项", ("“护学路”", "“光储充”"), "each"),
    ],
)
def test_sides_end_where_the_question_about_them_begins(
    question: str, sides: tuple[str, ...], cue: str
) -> None:
    found = compared(invented(), question)
    assert tuple(side.words for side in found.sides) == sides
    assert cue in found.cues


@pytest.mark.parametrize(
    "question",
    [
        "护学路由谁负责?",
        "区财政局有哪些任务?",
        "商圈、医院的违规停放车辆怎么办?",
        "充电桩占比不低于多少?",
        "比例要求是多少?",
        "夜间照明和口袋公园由谁负责?",
    ],
)
def test_other_questions_compare_nothing(question: str) -> None:
    assert Understanding(invented().corpus)(Request(question, ())).comparison is None


def test_a_word_inside_a_heading_joins_no_sides() -> None:
    question = "网络和信息安全那项与移动网络那项的责任单位有什么不同"
    found = compared(real(), question)
    assert [side.words for side in found.sides] == ["网络和信息安全那项", "移动网络那项"]


@pytest.mark.parametrize(
    ("frame", "values", "agree"),
    [
        (" 比 高吗", (100, 80), True),
        (" 比 低吗", (100, 80), False),
        (" 和 一样多吗", (3, 3), True),
        (" 和 一样多吗", (3, 4), False),
        (" 和 差多少", (3, 4), None),
    ],
)
def test_yes_or_no_follows_from_the_values(
    frame: str, values: tuple[int, int], agree: bool | None
) -> None:
    one = Comparison(frame, (), frame, frozenset())
    assert agrees(one, Decimal(values[0]), Decimal(values[1])) is agree


def test_three_units_are_counted() -> None:
    answer = answered(invented(), "区财政局、区水务局、区教育局谁的任务最多,各几项?")
    first = answer.answer.split("\n")[0]
    for said in ("区财政局共3项", "区水务局共1项", "区教育局共2项", "最多的是区财政局"):
        assert said in first


def test_a_unit_that_is_not_listed_is_said_to_have_no_task() -> None:
    answer = ask(invented(), "区财政局和区审计局谁的任务多?")
    assert answer.status == "partial"
    assert "区审计局共0项" in answer.answer
    assert "没有把“区审计局”列为责任单位" in answer.answer
    assert_exact(answer, invented().corpus)


def test_what_one_unit_has_and_another_has_not_is_no_comparison() -> None:
    answer = answered(invented(), "区公安分局有而区教育局没有的任务是哪些?")
    head, *items = answer.answer.split("\n")
    assert head == "责任单位中有区公安分局、没有区教育局的任务共1项："
    assert [item.startswith("- 第3项") for item in items] == [True]


def test_units_by_the_bare_name_of_their_matter() -> None:
    answer = answered(invented(), "财政和水务这两家,有没有一起负责的?")
    assert cited(answer) == {"4"}
    assert "区财政局、区水务局共同负责1项任务" in answer.answer


def test_yes_or_no_comes_before_the_counts() -> None:
    assert answered(invented(), "区财政局的任务比区教育局多吗?").answer.startswith("是的。")
    assert answered(invented(), "区财政局的任务比区教育局少吗?").answer.startswith("不是。")


def test_units_that_two_tasks_share_and_those_of_only_one() -> None:
    answer = answered(invented(), "第2项和第3项的责任单位有什么不同?")
    assert answer.answer.startswith("都有的责任单位：区城管执法局（1个）。")
    assert "只在第2项（改造候车设施）的责任单位：区交通运输局" in answer.answer
    assert "只在第3项" in answer.answer
    assert "区公安分局" in answer.answer.split("只在第3项")[1]
    assert cited(answer) == {"2", "3"}


def test_which_task_has_more_units() -> None:
    answer = answered(invented(), "第2项和第7项,谁的责任单位多,多几个?")
    first = answer.answer.split("[1]")[0]
    assert "有2个责任单位" in first
    assert "有4个责任单位" in first
    assert "第7项（开展宣传教育）多2个" in first
    assert "合计6个责任单位" in answered(invented(), "第2项和第7项的责任单位加起来几家?").answer


def test_two_parts_by_their_tasks() -> None:
    answer = answered(invented(), "公共交通那部分和慢行系统那部分,哪块任务多?")
    assert answer.answer.startswith(
        "二(一)（优化公共交通）共3项、二(二)（完善慢行系统）共2项；二(一)（优化公共交通）多1项。"
    )
    assert "第5项（建设护学路）" in answer.answer


def test_three_parts_of_which_two_are_alike() -> None:
    answer = answered(invented(), "公共交通、慢行系统、低碳生活三块,哪块任务最多?")
    first = answer.answer.split("[1]")[0]
    assert first.endswith("最多的是二(一)（优化公共交通）。")
    first = answered(invented(), "公共交通、慢行系统、低碳生活三块,哪块任务最少?").answer.split(
        "[1]"
    )[0]
    assert first.endswith("最少的是二(二)（完善慢行系统）、二(三)（倡导低碳生活）。")


def test_every_part_below_one_is_counted() -> None:
    answer = answered(real(), "第二部分的五个小节各有几项任务?")
    for said in ("共4项", "共5项", "第23项（夯实网络和信息安全保障）"):
        assert said in answer.answer


def test_the_units_of_one_clause_are_the_same() -> None:
    answer = answered(invented(), "减速带和彩色斑马线,责任单位一样吗?")
    assert answer.answer.startswith("都在第5项（建设护学路），责任单位相同。")


def test_a_year_that_is_only_compared_with_is_refused() -> None:
    answer = ask(real(), "今年和去年相比任务多了几项?")
    assert answer.status == "not_found"
    assert "2021" in answer.answer


def test_what_is_mentioned_by_which() -> None:
    answer = answered(invented(), "第2项和第5项都提到减速带吗?")
    assert answer.answer.startswith("提到“减速带”的是第5项（建设护学路）；第2项")
    assert cited(answer) == {"5"}
    assert answered(invented(), "第1项和第7项都提到街道吗?").answer.startswith("都提到“街道”。")


def test_what_questions_before_were_about_is_compared() -> None:
    answer = ask(invented(), "这两项的责任单位有什么不同?", "第2项由谁负责?", "第3项呢?")
    assert answer.status == "answered"
    assert cited(answer) == {"2", "3"}
    answer = ask(invented(), "它俩谁的任务多?", "区财政局有哪些任务?", "那区教育局呢?")
    assert answer.answer.startswith("区财政局共3项任务，区教育局共2项，区财政局多1项。")


def test_another_year_is_refused_with_its_name() -> None:
    answer = ask(invented(), "2031年和2040年的护学路相差几条?")
    assert answer.status == "not_found"
    assert "2040" in answer.answer


def test_most_and_fewest_within_a_part() -> None:
    answer = answered(invented(), "公共交通这部分里,责任单位最多的是哪项任务,最少的又是哪项?")
    first, last = answer.answer.split("责任单位最少的是")
    assert first.startswith("责任单位最多的是第1项（加密公交线网），共3个。")
    assert "第7项" not in first
    assert last.startswith("第2项（改造候车设施）、第3项（规范共享单车停放")


@shipped
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("室外基站的目标比公共场所的目标多多少个?", ("超过1930个", "达到250个", "多1680个")),
        ("网办比例和云客服解决率相差几个百分点?", ("80%", "100%", "高20个百分点")),
        ("龙头企业的目标是金融科技企业目标的几倍?", ("达到8家以上", "2家以上", "的4倍")),
        ("5G下载速率比网办比例高吗?", ("600Mbps", "80%", "计量单位不同")),
        ("免申即享和一件事,哪个数目大,大多少?", ("8项", "28个", "只按数字比较", "多20")),
    ],
)
def test_figures_of_the_plan(question: str, said: tuple[str, ...]) -> None:
    answer = answered(real(shipped=True), question)
    for words in said:
        assert words in answer.answer


@shipped
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("博士和本科毕业生的租房补贴差多少?", "多2200元"),
        ("硕士和本科毕业生的租房补贴差多少?", "多700元"),
        ("本科和中专毕业生的入职奖励差多少钱?", "多2万元"),
        ("机构护理和居家护理,每月支付的哪个高?", "多400元"),
        ("岗前培训率和满意度的要求差几个百分点?", "高7个百分点"),
        ("学员满意度比岗前培训率低多少?", "低7个百分点"),
    ],
)
def test_a_figure_belongs_to_the_words_that_lead_up_to_it(question: str, said: str) -> None:
    assert said in answered(measures(), question).answer


@shipped
def test_what_has_no_figure_is_named() -> None:
    answer = ask(real(shipped=True), "室外基站比无人机多多少个?")
    assert answer.status == "partial"
    assert "没有给出无人机的具体数值" in answer.answer
    assert "相差" not in answer.answer
    assert_exact(answer, real(shipped=True).corpus)


@shipped
def test_two_sides_of_one_clause_have_a_sentence_each() -> None:
    answer = answered(real(shipped=True), "同是第18项,智慧工地和智慧民防有什么区别?")
    one, other = (line for line in answer.answer.split("\n") if line.startswith("- "))
    assert "施工机械" in one
    assert "烟感" in other
    assert cited(answer) == {"18"}


@shipped
def test_what_one_sentence_says_of_both_is_not_told_apart() -> None:
    answer = ask(real(shipped=True), "场所码和数字哨兵有什么区别?")
    assert answer.status == "partial"
    assert "没有分别说明" in answer.answer
    assert cited(answer) == {"15"}


@shipped
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Do task 7 and task 13 have units in common?", "in common: 区文化旅游局 (1)"),
        ("What do tasks 7 and 8 have in common?", "区科委, 区金融办, 区发展改革委"),
        ("Are there more tasks in the economic part or the governance part?", "has 1 more"),
        (
            "Is the cloud customer service response rate higher than the online handling rate?",
            "Yes. ",
        ),
    ],
)
def test_in_english(question: str, said: str) -> None:
    assert said in answered(real(shipped=True), question).answer
