"""Units in questions: what people say, matched to what a corpus prints, and to nothing else."""

import pytest
from qa_doubles import ask, invented

from index.folding import fold_text
from qa.question.units import UnitMention, UnitNames

PRINTED = (
    *(
        "区科委",
        "区教育局",
        "区卫生健康委",
        "区委宣传部",
        "区发展改革委",
        "区政府办公室",
        "区建管委",
    ),
    *("区公安分局", "新泽城集团", "镜湖股份", "镜湖街道", "望江路街道", "各部门", "各街道"),
)
NAMES = UnitNames(PRINTED)


def found(text: str) -> list[tuple[str, ...]]:
    return [mention.printed for mention in NAMES.find(fold_text(text))]


@pytest.mark.parametrize("unit", PRINTED)
def test_every_printed_unit_is_found_whole_in_a_question(unit: str) -> None:
    (mention,) = NAMES.find(f"请问{unit}有哪些任务")
    assert mention == UnitMention(unit, (unit,), 2, 2 + len(unit))


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("科委", "区科委"),
        ("科技局", "区科委"),
        ("区科技局", "区科委"),
        ("区科学技术委员会", "区科委"),
        ("教委", "区教育局"),
        ("卫健委", "区卫生健康委"),
        ("卫计委", "区卫生健康委"),
        ("区卫生健康委员会", "区卫生健康委"),
        ("发改委", "区发展改革委"),
        ("宣传部", "区委宣传部"),
        ("区府办", "区政府办公室"),
        ("區府辦", "区政府办公室"),
        ("公安局", "区公安分局"),
        ("新泽城", "新泽城集团"),
        ("镜湖街道办", "镜湖街道"),
        ("镜湖街道办事处", "镜湖街道"),
        ("望江路街道办事处", "望江路街道"),
        ("所有街道", "各街道"),
    ],
)
def test_what_people_say_means_the_printed_unit(said: str, printed: str) -> None:
    assert found(f"{said}有哪些任务")[0] == (printed,)


@pytest.mark.parametrize("said", ["市教委", "市科委", "市科技局", "省教育厅", "市发改委"])
def test_a_body_of_another_level_is_not_the_one_printed(said: str) -> None:
    assert found(f"{said}有哪些任务") == [()]


@pytest.mark.parametrize("said", ["区水务局", "区文旅局", "民政局"])
def test_a_standard_body_that_is_not_printed_is_known_and_absent(said: str) -> None:
    assert found(f"{said}有哪些任务") == [()]


@pytest.mark.parametrize("text", ["镜湖边上有什么", "怎么学习科学技术", "街上谁来管", "IPv6"])
def test_words_that_name_no_unit_are_none(text: str) -> None:
    assert found(text) == []


def test_two_units_are_found_in_their_order_and_the_longest_name_wins() -> None:
    assert found("区委宣传部和教委一起做什么") == [("区委宣传部",), ("区教育局",)]


def test_places_of_mentions_are_those_of_the_text() -> None:
    text = fold_text("请问甲区科委、卫健委和市教委")
    mentions = NAMES.find(text)
    assert [m.words for m in mentions][1:] == ["卫健委", "市教委"]
    assert all(text[m.start : m.end] == m.words for m in mentions)


@pytest.mark.parametrize("said", ["市教委", "区文旅局", "区市场监管局"])
def test_a_unit_without_tasks_is_named_in_the_refusal(said: str) -> None:
    answer = ask(invented(), f"{said}有哪些任务?")
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert said in answer.answer
    assert answer.verification.withheld == 0


def test_the_text_that_names_a_unit_without_a_list_is_quoted() -> None:
    answer = ask(invented(), "区民政局有哪些任务?")
    assert answer.status in ("answered", "partial")
    assert {c.clause for c in answer.citations} == {"第五条"}


@pytest.mark.parametrize("area", ["", "青屿区", "本区"])
def test_the_own_area_before_a_unit_changes_nothing(area: str) -> None:
    answer = ask(invented(), f"{area}教育局有哪些任务?")
    assert answer.status == "answered"
    assert "任务共2项" in answer.answer
    assert [c.clause for c in answer.citations] == ["5", "7"]


@pytest.mark.xfail(strict=True, reason="any area before 区教育局 is taken for our own")
def test_a_unit_of_a_district_that_no_table_knows_is_not_ours() -> None:
    assert ask(invented(), "白鹭区教育局有哪些任务?").status == "not_found"


@pytest.mark.parametrize("street", ["南山街道", "南京东路街道", "小东门街道", "半淞园路街道"])
def test_a_street_that_is_not_printed_is_said_not_to_be(street: str) -> None:
    answer = ask(invented(), f"{street}有哪些任务?")
    assert answer.status != "answered"
    assert street in answer.answer
    assert answer.verification.withheld == 0


def test_what_is_excepted_is_not_asked_about() -> None:
    answer = ask(invented(), "除了区教育局,护学路还有谁负责?")
    assert answer.citations[0].clause == "5"
    assert "区公安分局" in answer.answer


def test_units_listed_together_are_asked_for_what_they_share() -> None:
    answer = ask(invented(), "区教育局和区公安分局同时列为责任单位的有没有?有的话是哪些?")
    assert "任务共1项" in answer.answer
    assert {c.clause for c in answer.citations} == {"5"}


@pytest.mark.parametrize("question", ["文件有没有要求街道自己出钱?", "哪些任务鼓励街道参与?"])
def test_a_verb_before_streets_is_no_name(question: str) -> None:
    names = UnitNames(["各街道", "区民政局"])
    assert not any(m.words not in ("街道", "各街道") for m in names.find(question))
