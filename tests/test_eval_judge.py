"""Each measure passes what is right and catches the one thing that is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold import GoldQuestion, read_gold
from eval.judge import Judgement, judge, names_clause, printed_text
from qa.answer import Answer, Citation, Status

TEXT = "一、总则\n1.提升网络能级。覆盖率达到80%。(责任单位:甲局、乙局)\n2.建设平台。(责任单位:丙局)"
QUOTE = "(责任单位:甲局、乙局)"
OTHER = "(责任单位:丙局)"
GOLD = GoldQuestion(
    id="a-1",
    kind="responsible",
    question="谁负责提升网络能级?",
    clauses=("1",),
    must=("甲局", "乙局"),
    must_any=(("80%", "百分之八十"),),
    must_not=("丙局",),
)
UNANSWERABLE = GoldQuestion(
    id="u-1",
    kind="unanswerable",
    question="谁负责修路?",
    must_any=(("未找到", "没有"),),
    must_not=("甲局",),
    answerable=False,
)


def cite(quote: str, clause: str, marker: int = 1, path: str = "") -> Citation:
    start = TEXT.index(quote)
    return Citation(
        marker=marker,
        document_id="doc",
        document_title="计划",
        document_number="",
        clause=clause,
        clause_path=path or f"一/{clause}",
        heading_path=(),
        quote=quote,
        start=start,
        end=start + len(quote),
        page=None,
        source="",
    )


RIGHT = Answer("answered", "由甲局、乙局负责，覆盖率达到80%。[1]", (cite(QUOTE, "1"),))
REFUSAL = Answer("not_found", "没有找到修路的规定。")


def text_of(document_id: str) -> str | None:
    return TEXT if document_id == "doc" else None


def verdict(answer: Answer, gold: GoldQuestion = GOLD) -> Judgement:
    return judge(gold, answer, text_of)


def test_a_right_answer_passes_everything() -> None:
    assert verdict(RIGHT) == Judgement(True, True, True, False, ())


def test_a_corrected_premise_counts_as_an_answer() -> None:
    assert verdict(replace(RIGHT, status="partial")).answer_correct


def test_spaces_and_width_make_no_difference() -> None:
    spaced = replace(RIGHT, answer="由甲局、 乙\n局负责，覆盖率达到８０％。[1]")
    assert verdict(spaced).faults == ()


def test_markers_do_not_part_words_and_document_numbers_stay() -> None:
    assert printed_text(Answer("answered", "甲[1]局 府发[2022]5号[12]")) == "甲局府发[2022]5号"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (replace(RIGHT, answer="由甲局负责，达到80%。[1]"), "缺少「乙局」"),
        (replace(RIGHT, answer="由甲局、乙局负责。[1]"), "缺少「80%」或「百分之八十」"),
        (
            replace(RIGHT, answer="由甲局、乙局、丙局负责，达到80%。[1]"),
            "不应出现「丙局」",
        ),
        (replace(RIGHT, status="not_found"), "未作答（not_found）"),
        (replace(RIGHT, status="clarify"), "未作答（clarify）"),
    ],
)
def test_a_wrong_answer_is_caught(answer: Answer, fault: str) -> None:
    judgement = verdict(answer)
    assert not judgement.answer_correct
    assert judgement.faults == (fault,)


def test_a_longer_number_is_another_number() -> None:
    gold = replace(GOLD, must=("4项",), must_any=(("80%", "八成"),), must_not=("2024年",))
    right = replace(RIGHT, answer="共4项，达到80%，到2025年。[1]")
    assert verdict(right, gold).faults == ()
    assert verdict(replace(right, answer="共14项，达到0.80%，到12024年。[1]"), gold).faults == (
        "缺少「4项」",
        "缺少「80%」或「八成」",
    )


def test_the_quote_does_not_answer_for_the_answer() -> None:
    assert not verdict(replace(RIGHT, answer="见原文。[1]")).answer_correct


def test_a_first_citation_of_another_clause_is_caught() -> None:
    wrong_first = replace(
        RIGHT, answer=RIGHT.answer + "[2]", citations=(cite(OTHER, "2"), cite(QUOTE, "1", 2))
    )
    judgement = verdict(wrong_first)
    assert judgement.answer_correct
    assert judgement.citations_exact
    assert judgement.first_citation_right is False
    assert judgement.faults == ("首条引文在 一/2，应在 1",)


def test_no_citation_at_all_is_caught_twice() -> None:
    judgement = verdict(replace(RIGHT, answer="由甲局、乙局负责，达到80%。", citations=()))
    assert judgement.faults == ("没有引文，应引 1", "作答而无引文")
    assert judgement.first_citation_right is False
    assert not judgement.citations_exact


def test_a_question_without_clauses_has_no_first_citation_to_judge() -> None:
    assert verdict(RIGHT, replace(GOLD, clauses=())).first_citation_right is None


@pytest.mark.parametrize(
    ("citation", "fault"),
    [
        (replace(cite(QUOTE, "1"), quote=QUOTE[:-1] + "。"), "引文[1]与原文不一致"),
        (replace(cite(QUOTE, "1"), start=0, end=len(QUOTE)), "引文[1]与原文不一致"),
        (replace(cite(QUOTE, "1"), end=len(TEXT) + 9), "引文[1]与原文不一致"),
        (
            replace(cite(QUOTE, "1"), quote="负责", start=-3, end=-1),
            "引文[1]与原文不一致",
        ),
        (replace(cite(QUOTE, "1"), quote="", end=cite(QUOTE, "1").start), "引文[1]为空"),
        (replace(cite(QUOTE, "1"), document_id="gone"), "引文[1]的文件 'gone' 不在库中"),
    ],
)
def test_an_inexact_citation_is_caught(citation: Citation, fault: str) -> None:
    judgement = verdict(replace(RIGHT, citations=(citation,)))
    assert not judgement.citations_exact
    assert judgement.faults == (fault,)


def test_a_slice_from_the_end_is_no_exact_citation() -> None:
    from_the_end = replace(cite(QUOTE, "1"), quote=TEXT[-5:-1], start=-5, end=-1)
    assert TEXT[from_the_end.start : from_the_end.end] == from_the_end.quote
    assert not verdict(replace(RIGHT, citations=(from_the_end,))).citations_exact


@pytest.mark.parametrize(
    ("text", "citations", "fault"),
    [
        ("甲局、乙局，80%。[1][2]", (cite(QUOTE, "1"),), "[2]没有引文"),
        (
            "甲局、乙局，80%。[1]",
            (cite(QUOTE, "1"), cite(OTHER, "2", 2)),
            "引文[2]未在答案中出现",
        ),
        ("甲局、乙局，80%。[1]", (cite(QUOTE, "1"), cite(OTHER, "2")), "有多条引文[1]"),
    ],
)
def test_markers_and_citations_have_to_match(
    text: str, citations: tuple[Citation, ...], fault: str
) -> None:
    judgement = verdict(Answer("answered", text, citations))
    assert not judgement.citations_exact
    assert judgement.faults == (fault,)


def test_every_clause_has_to_be_cited_when_all_are_asked_for() -> None:
    gold = replace(GOLD, clauses=("1", "2"), must=(), must_any=(), must_not=(), all_clauses=True)
    both = Answer("answered", "两项。[1][2]", (cite(QUOTE, "1"), cite(OTHER, "2", 2)))
    assert verdict(both, gold).faults == ()
    one = Answer("answered", "一项。[1]", (cite(QUOTE, "1"),))
    assert verdict(one, gold).faults == ("未引用 2",)
    assert not verdict(one, gold).answer_correct


def test_a_refusal_of_an_unanswerable_question_is_right() -> None:
    assert verdict(REFUSAL, UNANSWERABLE) == Judgement(True, None, True, True, ())


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (replace(RIGHT, answer="没有。[1]"), "应拒答而作答"),
        (Answer("not_found", "没有，请问甲局。"), "不应出现「甲局」"),
        (Answer("not_found", "无。"), "缺少「未找到」或「没有」"),
    ],
)
def test_a_withheld_or_wrong_refusal_is_caught(answer: Answer, fault: str) -> None:
    judgement = verdict(answer, UNANSWERABLE)
    assert not judgement.answer_correct
    assert judgement.faults == (fault,)
    assert judgement.refused == (answer.status != "answered")


@pytest.mark.parametrize(
    ("wanted", "clause", "path", "named"),
    [
        ("19", "19", "二/(五)/19", True),
        ("9", "19", "二/(五)/19", False),
        ("(五)", "(五)", "二/(五)", True),
        ("二/(五)", "（五）", "二/（五）", True),
        ("一/(二)", "(二)", "附件/一/(二)", True),
        ("一/(二)", "(二)", "十一/(二)", False),
        ("一/(二)", "(二)", "二/(二)", False),
        ("二/(五)", "19", "二/(五)/19", False),
    ],
)
def test_a_clause_is_named_by_its_label_or_the_end_of_its_path(
    wanted: str, clause: str, path: str, named: bool
) -> None:
    assert names_clause(wanted, replace(cite(QUOTE, clause), clause_path=path)) is named


GOLD_FILES = sorted((Path(__file__).parents[1] / "eval" / "gold").glob("*.jsonl"))


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_every_gold_question_can_be_passed_and_failed(path: Path) -> None:
    """An answer of just the wanted words is right; the same without citation or words is not."""
    for gold in read_gold(path):
        words = [*gold.must, *(group[0] for group in gold.must_any)]
        status: Status = "answered" if gold.answerable else "not_found"
        cited = tuple(
            cite(QUOTE, clause.split("/")[-1], marker, clause)
            for marker, clause in enumerate(gold.clauses or ("1",), start=1)
        )
        markers = "".join(f"[{citation.marker}]" for citation in cited)
        perfect = Answer(status, "。".join(words) + markers, cited)
        assert verdict(perfect, gold).faults == (), gold.id
        flipped: Status = "not_found" if gold.answerable else "answered"
        assert not verdict(replace(perfect, status=flipped), gold).answer_correct, gold.id
        if words:
            assert not verdict(replace(perfect, answer=markers), gold).answer_correct, gold.id
