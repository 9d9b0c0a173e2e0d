"""Provisions as they are printed: whole, between marks, with lead-ins, titles and highlights."""

import re

import pytest
from layouts import mixed
from qa_doubles import SHIPPED, ask, assert_exact, invented, planned, real

from ingest.schema import Span
from qa.draft import Draft, Quote, Statement
from qa.execute.result import Evidence, Provision, Result
from qa.tell.provisions import printed
from qa.tell.rendering import render
from qa.tell.telling import told

TRAVEL = invented().corpus.text("travel")


def place(words: str, label: str, **parts: object) -> Provision:
    start = TRAVEL.index(words)
    clause = next(c for c in invented().corpus.clauses("travel") if c.label == label)
    return Provision(("travel", clause.ordinal), Span(start, start + len(words)), **parts)  # type: ignore[arg-type]


STOPS = place("改造候车亭86座,配备盲文站牌和遮阳座椅。", "2")
ROADS = place("在学校周边建设护学路22条,设置减速带和彩色斑马线。", "5")
MEALS = Provision(("meals", 5), Span(0, 1))


def test_a_provision_stands_whole_between_marks() -> None:
    (one,) = printed(invented().corpus, [STOPS], "zh")
    assert one.text.endswith(f"“{STOPS.span.of(TRAVEL)}”")
    assert one.quotes == (Quote(STOPS.key, STOPS.span),)


def test_a_lead_in_stands_between_marks_of_its_own_and_is_cited() -> None:
    lead = place("二、主要任务", "二").span
    one = Provision(STOPS.key, STOPS.span, lead)
    (statement,) = printed(invented().corpus, [one], "zh")
    assert "“二、主要任务”" in statement.text
    assert [q.span for q in statement.quotes] == [STOPS.span, lead]


def test_the_title_stands_where_the_document_changes() -> None:
    meals = invented().corpus.clauses("meals")
    rule = next(c for c in meals if c.label == "第三条")
    other = Provision(("meals", rule.ordinal), rule.span)
    texts = [s.text for s in printed(invented().corpus, [STOPS, ROADS, other, STOPS], "zh")]
    assert [text.startswith("《") for text in texts] == [True, False, True, True]


def test_of_a_single_document_no_title_is_said() -> None:
    corpus = real().corpus
    (info,) = corpus.held
    clause = next(c for c in corpus.clauses(info.id) if c.label == "19")
    (one,) = printed(corpus, [Provision((info.id, clause.ordinal), clause.span)], "zh")
    assert one.text.startswith("第19项")


def test_line_breaks_are_kept_and_white_space_around_lines_is_not() -> None:
    start = TRAVEL.index("(二)完善慢行系统")
    span = Span(start, TRAVEL.index("(三)倡导"))
    (one,) = printed(invented().corpus, [Provision(STOPS.key, span)], "zh")
    assert "(二)完善慢行系统  \n4.贯通滨水步道" in one.text


def test_highlights_lie_inside_their_quotes() -> None:
    number = TRAVEL.index("22条")
    inside = Span(number, number + 3)
    quote = Quote(ROADS.key, ROADS.span, (inside, Span(0, 4)))
    _, (citation,) = render(Draft("answered", (Statement("甲", (quote,)),)), invented().corpus)
    assert citation.highlights == ((inside.start, inside.end),)


def test_what_is_not_certain_is_said_not_to_be() -> None:
    result = Result(planned("护学路"), Evidence((ROADS,), 0.4, False))
    draft = told(invented().corpus, result)
    assert draft.status == "partial"
    assert draft.statements[0].text.startswith("答案不确定")
    certain = told(invented().corpus, Result(planned("护学路"), Evidence((ROADS,), 0.9, True)))
    assert certain.status == "answered"
    assert "不确定" not in certain.statements[0].text


def test_a_list_that_is_asked_for_is_counted() -> None:
    answer = ask(mixed(), "申请加装电梯补贴应当提交哪些材料?")
    assert "共4项" in answer.answer
    assert all(words in answer.answer for words in ("申请书", "业主同意书", "付款凭证"))


@pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")
@pytest.mark.parametrize(
    ("service", "question", "words"),
    [
        (invented, "护学路要建多少条?", "22条"),
        (invented, "留样时间不少于多久?", "48小时"),
        (invented, "新能源汽车占比不低于多少?", "65%"),
        (mixed, "补办居住证多少钱?", "20元"),
        (mixed, "投诉几天办结?", "5个工作日"),
        (real, "5G室外基站要建多少个?", "1930个"),
    ],
)
def test_the_words_that_answer_are_shown_within_a_whole_provision(
    service: object, question: str, words: str
) -> None:
    made = service()  # type: ignore[operator]
    answer = ask(made, question)
    assert_exact(answer, made.corpus)
    assert answer.status in ("answered", "partial"), "how sure it is, gold questions judge"
    assert words in answer.citations[0].quote
    for citation in answer.citations:
        assert all(citation.start <= a < b <= citation.end for a, b in citation.highlights)


def test_nothing_is_ever_cut_out_of_a_provision() -> None:
    for question in ("护学路要建多少条?", "绿色出行比例要达到多少?", "助餐点有什么要求?"):
        answer = ask(invented(), question)
        assert "……" not in answer.answer
        for quoted in re.findall("“([^“”]*)”", answer.answer):
            assert quoted.split("  \n")[0] in "".join(c.quote for c in answer.citations)
