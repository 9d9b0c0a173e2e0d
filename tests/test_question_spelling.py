"""Typing errors and pinyin: read as the corpus' own words, and correct text is left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qa_doubles import ask, invented, real

from index.folding import fold_text
from qa.question.spelling import Speller
from qa.service.assistant import Assistant

INVENTED = Speller(invented().corpus)
REAL = Speller(real().corpus)


def pieces(service: Assistant) -> list[str]:
    """All lines, sentences and parts of sentences of a corpus, folded."""
    text = fold_text("\n".join(service.corpus.text(i.id) for i in service.corpus.held))
    found = [*text.split("\n"), *re.split("[。\n]", text), *re.split("[,;:、。“”()\n]", text)]
    return [piece for piece in dict.fromkeys(found) if piece.strip()]


@pytest.mark.parametrize("speller", [INVENTED, REAL], ids=["invented", "real"])
def test_the_text_of_a_corpus_is_never_changed(speller: Speller) -> None:
    own = pieces(invented() if speller is INVENTED else real())
    assert len(own) > 50
    assert {p: speller.corrected(p) for p in own if speller.corrected(p) != p} == {}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_stretch_of_the_corpus_is_changed_wherever_it_is_cut(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(pieces(real())))
    start = data.draw(st.integers(0, len(text) - 1))
    stretch = text[start : start + data.draw(st.integers(2, 30))]
    assert REAL.corrected(stretch) == stretch


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("护雪路由谁负责", "护学路由谁负责"),  # sounds alike
        ("护学陆由谁负责", "护学路由谁负责"),
        ("候车婷改造", "候车亭改造"),
        ("新能园汽车占比", "新能源汽车占比"),
        ("绿色初行比例", "绿色出行比例"),
        ("共享但车停放", "共享单车停放"),
    ],
)
def test_slips_are_read_as_words_of_this_corpus(typed: str, meant: str) -> None:
    assert INVENTED.corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("元羽宙", "元宇宙"),
        ("光纤网洛", "光纤网络"),
        ("晋融科技", "金融科技"),  # n for ng
        ("区科尾", "区科委"),
        ("数字家圆", "数字家园"),
        ("便捷就衣服务", "便捷就医服务"),
        ("一网桶办", "一网通办"),
    ],
)
def test_slips_are_read_as_words_of_the_real_corpus(typed: str, meant: str) -> None:
    assert REAL.corrected(typed) == meant


def test_a_slip_is_answered_as_what_was_meant() -> None:
    right = ask(invented(), "护学路由谁负责?")
    assert ask(invented(), "护雪路由谁负责?").answer == right.answer


def test_words_of_another_corpus_are_not_put_in() -> None:
    assert INVENTED.corrected("元羽宙") == "元羽宙"
    assert REAL.corrected("护雪路由谁负责") == "护雪路由谁负责"


@pytest.mark.parametrize(
    "question",
    [
        *(
            "公积金怎么提取",
            "幼儿园什么时候报名",
            "停车怎么收费",
            "居住证在哪里办",
            "垃圾分类谁负责",
        ),
        *("残疾人有什么补贴", "老年卡怎么领取", "噪音扰民找谁", "医保断缴了怎么办", "路灯坏了谁修"),
        *("想开个小饭馆要办什么证", "低保标准是多少", "电梯加装补贴多少钱", "小区停车位不够谁来管"),
        *("流浪猫狗谁来管", "高空抛物找谁", "学区怎么划分", "孩子上学有什么政策", "房产税怎么算"),
    ],
)
def test_correct_questions_on_other_matters_are_not_changed(question: str) -> None:
    assert INVENTED.corrected(question) == question
    assert REAL.corrected(question) == question


@pytest.mark.xfail(strict=True, reason="a near stretch of a heading wins over the question word")
def test_a_slip_in_a_question_word_is_no_word_of_a_heading() -> None:
    assert "设" not in INVENTED.corrected("谁负则护学路")


@pytest.mark.parametrize(
    ("pinyin", "characters"),
    [
        ("huxuelu you shui fuze", "护学路由谁负责"),
        ("hu xue lu you shui fu ze", "护学路由谁负责"),
        ("binshui budao you shui fuze", "滨水步道由谁负责"),
    ],
)
def test_a_whole_question_in_pinyin(pinyin: str, characters: str) -> None:
    assert INVENTED.from_pinyin(pinyin) == characters
    answer = ask(invented(), pinyin)
    assert answer.status == "answered"
    assert answer.answer == ask(invented(), characters).answer


@pytest.mark.parametrize(
    "text", ["who is responsible for ipv6", "deployment of networks", "ai", "5g", "what is it"]
)
def test_english_is_no_pinyin(text: str) -> None:
    assert REAL.from_pinyin(text) is None


def test_a_short_name_of_a_unit_is_no_slip() -> None:
    service = real()
    answer = ask(service, "帮市监局把任务找全")
    assert "区市场监管局）的任务共4项" in answer.answer


def test_digits_and_ideographs_typed_with_spaces() -> None:
    assert "区科委" in ask(real(), "第 ２ ０ 项 任 务 责 任 单 位").answer
