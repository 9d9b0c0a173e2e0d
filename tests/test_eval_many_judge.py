"""Each measure over many documents passes what is right and catches the one thing that is wrong."""

from dataclasses import replace

import pytest

from eval.gold import GoldQuestion
from eval.many_judge import Verdict, judge_many, numbers
from qa.answer import Answer, Citation, Status

TEXTS = {
    "a.txt": "第四条 每台补贴投资额的40%，最高不超过28万元。\n第五条 由区房管局负责。",
    "b.txt": "第四条 每台补贴10万元。由区房管局负责。",
}
GOLD = GoldQuestion(
    id="a-1",
    kind="amount",
    question="装电梯补多少?",
    must=("40%", "28万元"),
    must_any=(("最高", "上限"),),
    must_not=("10万元",),
    documents=("a.txt",),
    quote="最高不超过28万元",
)
UNANSWERABLE = GoldQuestion(
    id="u-1",
    kind="unanswerable",
    question="丙区补多少?",
    must_any=(("没有丙区",),),
    must_not=("28万元",),
    documents=("a.txt",),
    answerable=False,
)


def cite(quote: str, document: str = "a.txt", marker: int = 1) -> Citation:
    start = TEXTS[document].index(quote)
    end = start + len(quote)
    return Citation(marker, document, "", "", "", "", (), quote, start, end, None, "")


CLAUSE = "第四条 每台补贴投资额的40%，最高不超过28万元。"
RIGHT = Answer("answered", "见原文。[1]", (cite(CLAUSE),))


def verdict(answer: Answer | None, gold: GoldQuestion = GOLD) -> Verdict:
    return judge_many(gold, answer, TEXTS.get)


def test_the_words_may_stand_in_the_quotation_alone() -> None:
    assert verdict(RIGHT) == Verdict(True, "", "answered", True, True, True)


@pytest.mark.parametrize("status", ["not_found", "out_of_scope", "clarify"])
def test_a_refusal_of_an_answerable_question_is_wrong(status: Status) -> None:
    found = verdict(replace(RIGHT, status=status))
    assert (found.right, found.why, found.refused) == (False, f"未作答（{status}）", True)
    assert not found.confident_and_wrong


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (replace(RIGHT, citations=(cite("最高不超过28万元"),)), "缺少「40%」"),
        (Answer("answered", "补40%，28万元。[1]", (cite("40%"),)), "缺少「最高」或「上限」"),
        (replace(RIGHT, answer="不是10万元。[1]"), "不应出现「10万元」"),
        (
            Answer("answered", "40%，最高28万元。[1]", (cite("由区房管局负责"),)),
            "没有引文与依据重叠",
        ),
        (Answer("answered", "40%，最高28万元。"), "没有引文与依据重叠"),
    ],
)
def test_each_fault_is_caught_and_is_confident_and_wrong(answer: Answer, why: str) -> None:
    found = verdict(answer)
    assert (found.right, found.why) == (False, why)
    assert found.confident_and_wrong
    hedged = verdict(replace(answer, status="partial"))
    assert not hedged.right
    assert not hedged.confident_and_wrong


def test_what_must_not_be_said_may_be_quoted() -> None:
    beside = cite("每台补贴10万元", "b.txt", 2)
    assert verdict(Answer("answered", "见原文。[1][2]", (cite(CLAUSE), beside))).right


def test_a_marker_is_no_number_of_the_answer() -> None:
    gold = replace(GOLD, must=("4",), must_any=(), must_not=())
    said = Answer("answered", "见原文。[4]", (cite("最高不超过28万元", marker=4),))
    assert verdict(said, gold).why == "缺少「4」"
    assert verdict(replace(said, answer="4项。[4]"), gold).right
    assert verdict(
        Answer("answered", "甲[1]局", RIGHT.citations), replace(gold, must=("甲局",))
    ).right


def test_the_first_citation_decides_on_the_document() -> None:
    other = cite("每台补贴10万元", "b.txt", 2)
    behind = Answer("answered", "见原文。[2][1]", (other, cite(CLAUSE)))
    assert verdict(behind).right
    assert verdict(behind).first_document is False
    assert verdict(replace(RIGHT, citations=())).first_document is False
    assert verdict(replace(RIGHT, citations=(cite(CLAUSE), other))).first_document is True


def test_evidence_is_cited_by_its_place_and_not_by_like_words() -> None:
    gold = replace(GOLD, quote="由区房管局负责", must=(), must_any=(), must_not=())
    like = Answer("answered", "区房管局。[1]", (cite("由区房管局负责", "b.txt"),))
    assert verdict(like, gold).evidence is False
    beside = Answer("answered", "区房管局。[1]", (cite(CLAUSE),))
    assert verdict(beside, gold).evidence is False
    part = Answer("answered", "区房管局。[1]", (cite("房管"),))
    assert verdict(part, gold).evidence is True


def test_an_inexact_citation_is_caught() -> None:
    assert verdict(replace(RIGHT, citations=(replace(cite(CLAUSE), start=1),))).exact is False
    elsewhere = replace(cite(CLAUSE), document_id="gone.txt")
    assert verdict(replace(RIGHT, citations=(elsewhere,))).exact is False


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("not_found", "请问区房管局。"), ""),
        (Answer("partial", "文件没有给出丙区的标准。"), ""),
        (Answer("answered", "入库文件没有丙区的规定。"), ""),
        (Answer("partial", "每台10万元。"), "无答案而作答（partial）"),
        (Answer("not_found", "甲区是28万元。"), "不应出现「28万元」"),
        (Answer("partial", "没有给出；甲区是28万元。"), "不应出现「28万元」"),
    ],
)
def test_an_unanswerable_question_wants_a_refusal_or_a_denial(answer: Answer, why: str) -> None:
    found = verdict(answer, UNANSWERABLE)
    assert (found.right, found.why) == (not why, why)
    assert found.evidence is None


def test_a_crash_is_wrong_whatever_is_asked() -> None:
    assert verdict(None) == Verdict(False, "程序出错", "crash", False, False, False)
    found = verdict(None, UNANSWERABLE)
    assert not found.right
    assert found.refused
    assert found.first_document is None


def test_the_numbers_said_leave_out_markers() -> None:
    assert numbers(Answer("answered", "补40%[1]，至2027年12月。[12]")) == ["40%", "2027", "12"]
