"""The plain baseline prints clauses whole, best first, and cites exactly what it prints."""

from dataclasses import replace

from eval.baseline import CHARACTERS, plain_answer
from eval.judge import citation_faults
from ingest.schema import Clause, Span

A = "甲" * 150
TEXT = (
    f"第一条 {A}\n第二条 {'乙' * 300}\n第三条 短。\n第四条 {'丁' * 900}\n"
    f"第五条 头\n（一）{'戊' * 500}"
)
_START = [TEXT.index(f"第{label}条") for label in "一二三四五"]


def clause(place: int, document: str = "a", end: int | None = None) -> Clause:
    stop = end or [*_START, len(TEXT)][place + 1]
    start = _START[place]
    label = f"第{'一二三四五'[place]}条"
    heading = Span(start, start + 3)
    body = Span(start + 3, stop)
    return Clause(
        document, place, None, "条", 3, label, label, "", (), heading, body, Span(start, stop)
    )


def text_of(_: str) -> str:
    return TEXT


def labels(*clauses: Clause) -> list[str]:
    return [citation.quote[:3] for citation in plain_answer(clauses, text_of).citations]


def test_clauses_are_whole_in_their_order_and_exactly_cited() -> None:
    answer = plain_answer([clause(2), clause(0)], text_of)
    assert answer.answer == f"第三条 短。[1]\n\n第一条 {A}[2]"
    assert answer.status == "answered"
    assert citation_faults(answer, text_of) == []


def test_what_does_not_fit_any_more_is_passed_over() -> None:
    assert labels(clause(0), clause(1), clause(2)) == ["第一条", "第三条"]
    quotes = plain_answer([clause(0), clause(1), clause(2)], text_of).citations
    assert sum(len(citation.quote) for citation in quotes) <= CHARACTERS


def test_only_the_first_is_cut_and_only_if_it_alone_is_longer() -> None:
    answer = plain_answer([clause(3), clause(2)], text_of)
    assert [len(citation.quote) for citation in answer.citations] == [CHARACTERS]
    assert citation_faults(answer, text_of) == []


def test_nothing_is_printed_twice_but_another_document_may_say_the_same() -> None:
    assert labels(clause(2), clause(2), clause(2, "b")) == ["第三条", "第三条"]
    parent = replace(clause(0, end=_START[3]), ordinal=9)
    assert labels(clause(2), parent) == ["第三条"]


def test_a_long_clause_with_parts_is_given_by_its_own_words() -> None:
    own = TEXT.index("（一）")
    long = replace(clause(4), body=Span(_START[4] + 3, own))
    (citation,) = plain_answer([long], text_of).citations
    assert citation.quote == "第五条 头"


def test_nothing_found_is_an_empty_answer() -> None:
    assert plain_answer([], text_of).citations == ()
