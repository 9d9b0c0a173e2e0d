"""What holds for every answer: exact quotes, matching markers, short, and the same every time."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, invented, markers, real

from qa.answer import Answer
from qa.service.assistant import Assistant

STATUSES = {"answered", "partial", "not_found", "out_of_scope", "clarify"}


def questions(service: Assistant) -> list[str]:
    """Questions made from what a corpus itself prints: headings, labels, units and figures."""
    corpus = service.corpus
    found: list[str] = []
    for info in corpus.held:
        for clause in corpus.clauses(info.id):
            if clause.heading:
                found += [f"{clause.heading}由谁负责?", f"{clause.heading}包括哪些内容?"]
            if clause.label and clause.kind != "款":
                found.append(f"第{clause.label.removeprefix('第')}的内容是什么?")
    found += [f"{unit}有哪些任务?" for unit in corpus.units]
    for facts in corpus.figures.values():
        found += [f"{fact.what}是多少?" for fact in facts if fact.what]
    found += ["文号是什么?", "一共有几项任务?", "制定依据是什么?", "火星移民补贴怎么发放?"]
    return list(dict.fromkeys(found))


@cache
def answers(own: bool) -> dict[str, Answer]:
    service = real(shipped=SHIPPED) if own else invented(shipped=SHIPPED)
    return {q: ask(service, q) for q in questions(service)}


BOTH = pytest.mark.parametrize("own", [True, False], ids=["real", "invented"])


@BOTH
def test_there_are_many_questions_and_most_are_answered(own: bool) -> None:
    found = answers(own)
    assert len(found) >= (120 if own else 40)
    told = [a for a in found.values() if a.status in ("answered", "partial")]
    assert len(told) > 0.8 * len(found)
    assert sum(a.status == "answered" for a in told) > 0.5 * len(found), (
        "of what is printed, the calibration is sure of more than half (the first edition: 0.6)"
    )


@BOTH
def test_every_quote_is_the_text_under_its_span(own: bool) -> None:
    corpus = (real(shipped=SHIPPED) if own else invented(shipped=SHIPPED)).corpus
    for answer in answers(own).values():
        assert_exact(answer, corpus)


@BOTH
def test_every_citation_begins_in_the_clause_that_it_names(own: bool) -> None:
    corpus = (real(shipped=SHIPPED) if own else invented(shipped=SHIPPED)).corpus
    for answer in answers(own).values():
        for citation in answer.citations:
            info = corpus.infos[citation.document_id]
            assert citation.document_title == info.title
            assert citation.document_number == info.number
            clauses = [
                c for c in corpus.clauses(citation.document_id) if c.path == citation.clause_path
            ]
            assert any(
                (c.ordinal == 0 or c.span.start <= citation.start < c.span.end)
                and corpus.clause((info.id, c.parent or 0)).span.end >= citation.end
                and c.heading_path == citation.heading_path
                for c in clauses
            )


@BOTH
def test_statuses_are_legal_and_answers_have_citations(own: bool) -> None:
    for question, answer in answers(own).items():
        assert answer.status in STATUSES
        assert answer.answer.strip(), question
        assert answer.standalone_question == question
        assert (answer.status != "answered") or answer.citations, question


@BOTH
def test_nothing_is_withheld_from_an_answer_without_a_model(own: bool) -> None:
    withheld = {q for q, a in answers(own).items() if a.verification.withheld}
    assert withheld == set()


@BOTH
def test_no_citation_stands_twice(own: bool) -> None:
    for answer in answers(own).values():
        places = [(c.document_id, c.start, c.end) for c in answer.citations]
        assert len(places) == len(set(places))


@BOTH
def test_markers_stand_only_where_citations_are(own: bool) -> None:
    for answer in answers(own).values():
        assert set(markers(answer.answer)) == {c.marker for c in answer.citations}


@BOTH
def test_the_same_question_gets_the_same_answer(own: bool) -> None:
    service = real(shipped=SHIPPED) if own else invented(shipped=SHIPPED)
    for question, first in list(answers(own).items())[::5]:
        again = ask(service, question)
        assert (again.status, again.answer, again.citations, again.suggestions) == (
            first.status,
            first.answer,
            first.citations,
            first.suggestions,
        )


def test_the_suggestions_of_an_answer_can_be_asked() -> None:
    suggested = {s for a in answers(False).values() for s in a.suggestions}
    assert len(suggested) > 5
    refused = {
        s for s in suggested if ask(invented(shipped=SHIPPED), s).status in ("not_found", "clarify")
    }
    assert refused == set()


def test_eight_threads_get_what_one_gets() -> None:
    chosen = list(answers(True))[::4]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda q: ask(real(shipped=SHIPPED), q), chosen * 3, timeout=60))
    for question, answer in zip(chosen * 3, found, strict=True):
        alone = answers(True)[question]
        assert (answer.answer, answer.citations) == (alone.answer, alone.citations)
