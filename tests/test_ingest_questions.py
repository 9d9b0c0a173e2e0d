"""Pages of questions and answers: one clause a pair; all texts invented."""

import pytest

from ingest.outline import outline
from ingest.parse import parse_bytes


def pairs(text: str) -> list[tuple[str, str, str]]:
    """Label, question and answer of each pair."""
    return [(c.label, c.heading, c.body.of(text)) for c in outline("d", text) if c.kind == "问"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("问：谁可以？\n答：本区户籍。\n问：多少？\n答：80元。", ["", ""]),
        ("Q:谁可以？\nA: 本区户籍。\nQ：多少？\nA：80元。", ["", ""]),
        ("Q1:谁可以？\nA1: 本区户籍。\nQ2：多少？\nA2：80元。", ["1", "2"]),
        ("1.记者：谁可以？\n答：本区户籍。\n2.记者：多少？\n答：80元。", ["1", "2"]),
        ("记者：谁可以？\n王局长：本区户籍。\n记者：多少？\n王局长：80元。", ["", ""]),
        ("一、谁可以？\n答：本区户籍。\n二、多少？\n答：80元。", ["一", "二"]),
        ("问题一：谁可以？\n答：本区户籍。\n问题二：多少？\n答：80元。", ["一", "二"]),
        ("一、问：谁可以？\n答：本区户籍。\n二、问：多少？\n答：80元。", ["一", "二"]),
        ("（一）问：谁可以？\n答：本区户籍。\n（二）问：多少？\n答：80元。", ["一", "二"]),
        ("第一问：谁可以？\n本区户籍。\n第二问：多少？\n80元。", ["一", "二"]),
        ("问1：谁可以？\n答1：本区户籍。\n问2：多少？\n答2：80元。", ["1", "2"]),
        ("Q1. 谁可以？\nA1. 本区户籍。\nQ2. 多少？\nA2. 80元。", ["1", "2"]),
        ("Q：谁可以？A：本区户籍。\nQ：多少？ A：80元。", ["", ""]),
        ("问：谁可以？\n本区户籍。\n问：多少？\n80元。", ["", ""]),
        ("问 谁可以？\n答 本区户籍。\n问 多少？\n答 80元。", ["", ""]),
        ("問：谁可以？\n答：本区户籍。\n問：多少？\n答：80元。", ["", ""]),
        ("问题1 谁可以？\n答复：本区户籍。\n问题2 多少？\n答复：80元。", ["1", "2"]),
        ("【问题1】谁可以？\n【解答】本区户籍。\n【问题2】多少？\n【解答】80元。", ["1", "2"]),
        ("咨询：谁可以？\n回复：本区户籍。\n咨询：多少？\n回复：80元。", ["", ""]),
        ("甲报记者：谁可以？\n发言人：本区户籍。\n乙台记者：多少？\n发言人：80元。", ["", ""]),
        ("**谁可以？**\n本区户籍。\n**多少？**\n80元。", ["", ""]),
        ("## 谁可以？\n本区户籍。\n## 多少？\n80元。", ["", ""]),
        ("**1. 谁可以？**\n本区户籍。\n**2. 多少？**\n80元。", ["1", "2"]),
        ("【问】谁可以？\n【答】本区户籍。\n【问】多少？\n【答】80元。", ["", ""]),
        ("1、谁可以？\n本区户籍。\n2、多少？\n80元。", ["1", "2"]),
        ("一、谁可以？\n\n本区户籍。\n\n二、多少？\n\n80元。", ["一", "二"]),
    ],
)
def test_each_pair_is_a_clause(text: str, labels: list[str]) -> None:
    found = pairs(f"甲区政策问答\n{text}\n")
    assert [label for label, _, _ in found] == labels
    assert [(question, answer) for _, question, answer in found] == [
        ("谁可以？", "本区户籍。"),
        ("多少？", "80元。"),
    ]


def test_lines_that_end_in_a_question_mark_need_no_mark() -> None:
    text = "甲区政策问答\n谁可以？\n本区户籍。\n多少？\n80元。\n何时？\n每月。\n由谁发放。"
    assert pairs(text)[-1] == ("", "何时？", "每月。\n由谁发放。")
    assert len(pairs(text)) == 3


def test_headings_inside_an_answer_stay_inside_the_pair() -> None:
    text = (
        "某问答\n问：有何变化？\n答：有两点。\n（一）范围不变。面向全市。\n（二）方式微调。\n"
        "问：多少？\n答：80元。"
    )
    assert [c.kind for c in outline("d", text)] == ["文", "问", "问"]
    assert pairs(text)[0][2].endswith("（二）方式微调。")


def test_a_numbered_heading_above_questions_holds_them() -> None:
    text = (
        "某问答\n一、条件\n1、谁可以？\n答：甲。\n2、多大？\n答：乙。\n"
        "二、标准\n1、多少？\n答：丙。"
    )
    paths = [(c.kind, c.path) for c in outline("d", text)[1:]]
    assert paths == [
        *(("一、", "一"), ("问", "一/1"), ("问", "一/2"), ("一、", "二"), ("问", "二/1")),
    ]


def test_pairs_without_a_number_are_counted_in_their_paths() -> None:
    text = "问：谁可以？\n答：甲。\n问：多少？\n答：乙。"
    assert [c.path for c in outline("d", text)[1:]] == ["第1问", "第2问"]


def test_pairs_of_a_text_that_lost_its_line_breaks() -> None:
    filler = "这里说明政策的来由和目的。" * 30
    text = f"某政策问答 问：谁可以？答：{filler} 问：多少？答：80元。"
    assert [(q, a[-4:]) for _, q, a in pairs(text)] == [
        ("谁可以？", "和目的。"),
        ("多少？", "80元。"),
    ]


def test_the_passages_of_an_answer_carry_its_question() -> None:
    text = "甲区政策问答\n问：谁可以？\n答：本区户籍。\n问：多少？\n答：80元。"
    parsed = parse_bytes(text.encode(), "a.txt")
    told = {p.span.of(text): p.context for p in parsed.passages}
    assert told["80元。"].endswith("多少？")


def test_a_rhetorical_question_makes_no_page_of_questions() -> None:
    text = "某方案\n一、背景\n为什么要做？因为必要。\n二、任务\n修桥。"
    assert pairs(text) == []


def test_questions_below_numbered_clauses_are_no_pairs() -> None:
    text = "某办法\n一、目标\n修桥。\n谁修？\n甲。\n何时？\n乙。\n多少？\n丙。"
    assert pairs(text) == []


def test_bullets_before_questions_are_no_words_of_them() -> None:
    text = "甲区政策问答\n◆谁可以？\n本区户籍。\n◆多少？\n80元。\n◆何时？\n每月。"
    assert [question for _, question, _ in pairs(text)] == ["谁可以？", "多少？", "何时？"]


def test_what_a_host_says_is_a_question_only_if_it_asks() -> None:
    text = (
        "某发布会\n主持人：欢迎王局长。\n王局长：谢谢。\n记者：谁可以？\n王局长：本区户籍。\n"
        "主持人：请问多少？\n王局长：80元。"
    )
    assert [question for _, question, _ in pairs(text)] == ["谁可以？", "请问多少？"]


def test_whom_to_consult_is_no_question() -> None:
    text = "一、联系方式\n咨询：12345\n负责人：张三\n二、时间\n每月。"
    assert pairs(text) == []
