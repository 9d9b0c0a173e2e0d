"""Questions that ask several things: each part has its answer; comparisons, overviews."""

import pytest
from qa_doubles import answered, ask, assert_exact, cited, invented


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("护学路要建多少条,谁来负责?", ("22条", "区教育局、区公安分局")),
        ("护学路由谁负责?新辟多少条?", ("22条", "区教育局、区公安分局")),
        ("我们家门口老堵车,护学路由谁负责,要建多少条呀?", ("22条", "区教育局、区公安分局")),
        ("改造候车设施由谁负责,护学路又归谁管?", ("区城管执法局", "区教育局")),
        ("护学路和滨水步道分别由谁负责?", ("区教育局", "区园林绿化局")),
        ("护学路和候车亭各要建多少?", ("22条", "86座")),
    ],
)
def test_every_part_is_answered(question: str, said: tuple[str, ...]) -> None:
    answer = answered(invented(), question)
    for words in said:
        assert words in answer.answer
    assert_exact(answer, invented().corpus)


def test_a_part_that_can_not_be_answered_leaves_the_other_standing() -> None:
    answer = ask(invented(), "护学路由谁负责,要花多少钱?")
    assert answer.status == "partial"
    assert "区教育局" in answer.answer
    assert "没有给出金额" in answer.answer


def test_one_question_with_commas_stays_one() -> None:
    plain = answered(invented(), "区财政局有哪些任务?")
    wordy = answered(invented(), "列一下区财政局有哪些任务,要完整,不要漏")
    assert wordy.answer == plain.answer


def test_each_unit_has_its_own_list_where_each_is_asked_for() -> None:
    answer = answered(invented(), "区财政局和区教育局各有哪些任务?")
    assert "区财政局共有3项任务" in answer.answer
    assert "区教育局共有2项任务" in answer.answer


def test_a_follow_up_leans_on_a_question_of_several_parts() -> None:
    answer = ask(invented(), "那滨水步道呢?", "护学路由谁负责,要建多少条?")
    assert "区园林绿化局" in answer.answer


def test_two_units_are_compared_by_their_tasks() -> None:
    answer = answered(invented(), "区财政局和区教育局谁的任务多?")
    assert answer.answer.startswith("区财政局共3项任务，区教育局共2项，区财政局多1项。")
    assert "只有区财政局承担的3项" in answer.answer
    assert cited(answer) == {"1", "4", "5", "6", "7"}
    assert_exact(answer, invented().corpus)


def test_two_units_with_as_many_tasks() -> None:
    answer = answered(invented(), "区公安分局和区教育局的任务一样多吗?")
    assert "一样多" in answer.answer
    assert "共同承担1项：第5项（建设护学路）" in answer.answer


def test_two_clauses_are_compared() -> None:
    answer = answered(invented(), "第2项和第3项有什么区别?")
    assert answer.answer.startswith("都有的责任单位：区城管执法局")
    assert {"2", "3"} <= cited(answer)
    assert "没有共同的责任单位" in answered(invented(), "对比第2项和第5项").answer


def test_the_unit_with_most_tasks_of_all() -> None:
    answer = answered(invented(), "哪个单位的任务最多?")
    assert answer.answer.startswith("任务最多的是区财政局，共3项。")
    assert "各街道" not in answer.answer.split("\n")[0]


def test_the_tasks_with_most_units() -> None:
    answer = answered(invented(), "哪项任务的责任单位最多?")
    assert answer.answer.startswith("责任单位最多的是第7项（开展宣传教育），共4个。")


def test_all_units_are_counted() -> None:
    answer = answered(invented(), "一共涉及多少个责任单位?")
    assert "共11个" in answer.answer
    for unit in ("区交通运输局", "区机关事务管理局", "区水务局"):
        assert unit in answer.answer


def test_a_matter_is_not_taken_for_all_units() -> None:
    answer = answered(invented(), "护学路涉及哪些单位?")
    assert cited(answer) == {"5"}


def test_two_matters_before_the_word_for_each() -> None:
    answer = answered(invented(), "护学路那项和滨水步道那项分别归哪些部门管,麻烦列一下?")
    assert "区教育局" in answer.answer
    assert "区园林绿化局" in answer.answer
