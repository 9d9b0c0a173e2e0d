"""English questions over Chinese text: English connecting words, everything else as printed."""

import re

import pytest
from qa_doubles import ask, assert_exact, invented, real

from qa.answer import Request
from qa.english import to_chinese

UNIT_LIST = "区科委, 区建管委, 区市场监管局, 区房管局"


def test_who_is_responsible_lists_the_units_as_printed() -> None:
    answer = ask(real(), "Who is responsible for IPv6 deployment?")
    assert answer.status == "answered"
    assert "Task 19" in answer.answer
    assert UNIT_LIST in answer.answer
    assert_exact(answer, real().corpus)


@pytest.mark.parametrize(
    ("question", "unit", "count"),
    [
        ("Which tasks does the finance bureau have?", "区财政局", 3),
        ("What tasks does the education bureau have?", "区教育局", 2),
    ],
)
def test_the_tasks_of_a_unit_by_its_english_name(question: str, unit: str, count: int) -> None:
    answer = ask(invented(), question)
    assert answer.answer.startswith(f"{unit} has {count} task(s)")
    assert len(answer.citations) == count


@pytest.mark.parametrize(
    "question",
    ["Who is responsible for IPv6 deployment?", "Which tasks does the education bureau have?"],
)
def test_outside_of_names_and_quotations_no_chinese_stands(question: str) -> None:
    answer = ask(real(), question).answer
    for known in [*real().corpus.units, *re.findall("“.*”|（.*?）", answer)]:
        answer = answer.replace(known, "")
    assert re.findall("[\u4e00-\u9fff]", answer) == []


def test_a_refusal_is_in_english_too() -> None:
    answer = ask(real(), "Who is responsible for penguins on the moon?")
    assert answer.status in ("not_found", "clarify", "out_of_scope")
    assert not re.search("[\u4e00-\u9fff]", answer.answer.split("“")[0])


def test_the_language_of_the_request_wins() -> None:
    chinese = real().ask(Request("Who is responsible for IPv6 deployment?", language="zh"))
    assert "责任单位共4个" in chinese.answer
    english = real().ask(Request("谁负责IPv6规模部署?", language="en"))
    assert UNIT_LIST in english.answer
    assert [c.quote for c in english.citations] == [c.quote for c in chinese.citations]


def test_an_english_question_may_hold_a_chinese_term() -> None:
    answer = ask(invented(), "Who is responsible for 护学路?")
    assert "is the responsibility of 2 unit(s): 区教育局, 区公安分局" in answer.answer


def test_names_with_digits_are_kept() -> None:
    assert to_chinese("who is responsible for ipv6") == "谁负责 ipv6"
    assert "5g" in to_chinese("5g zzz").split()


def test_the_longest_phrase_wins_and_plurals_are_known() -> None:
    assert to_chinese("education bureau") == to_chinese("education bureaus") == "教育局"


def test_a_question_of_unknown_words_stays_itself() -> None:
    assert to_chinese("penguins") == "penguins"
