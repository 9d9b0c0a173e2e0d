"""Refusals: typed, without an invented word, with what comes nearest and whom to ask."""

import re

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, invented, planned, real

from qa.execute.result import Missing, Provision, Result
from qa.tell.telling import told
from qa.words.language import Script

KINDS = [
    ("not_found", "", "not_found"),
    ("not_given", "联系电话", "not_found"),
    ("place", "杭州市", "not_found"),
    ("year", "2029", "not_found"),
    ("not_held", "甲办法", "not_found"),
    ("unknown_title", "甲办法", "not_found"),
    ("no_clause", "第九条", "not_found"),
    ("unknown_unit", "区税务局", "not_found"),
    ("unclear", "", "clarify"),
    ("out_of_scope", "", "out_of_scope"),
    ("small_talk", "", "out_of_scope"),
]


@pytest.mark.parametrize("script", ["zh", "zh-Hant", "en"])
@pytest.mark.parametrize(("kind", "what", "status"), KINDS, ids=[k for k, *_ in KINDS])
def test_every_kind_of_absence_has_its_words(
    kind: str, what: str, status: str, script: Script
) -> None:
    plan = planned("甲").but(script=script)
    draft = told(invented().corpus, Result(plan, Missing(kind, what)))  # type: ignore[arg-type]
    assert draft.status == status
    assert what in draft.statements[0].text
    checked = invented().steps.verified(draft)
    assert checked.figures.withheld == 0, "a refusal is never withheld itself"
    assert bool(re.search("[\u4e00-\u9fff]", draft.statements[0].text.replace(what, ""))) is (
        script != "en"
    )


def test_what_comes_nearest_is_shown_with_whom_to_ask() -> None:
    corpus = invented().corpus
    clause = next(c for c in corpus.clauses("travel") if c.label == "4")
    near = Provision(("travel", clause.ordinal), clause.span)
    draft = told(corpus, Result(planned("步道"), Missing("not_given", "联系电话", (near,))))
    checked = invented().steps.verified(draft)
    assert checked.figures.withheld == 0
    said = "".join(s.text for s in draft.statements)
    assert "4.贯通滨水步道" in said
    assert "区园林绿化局、区水务局、区财政局" in said


UNANSWERABLE = [
    "生育津贴怎么领?",
    "地铁14号线什么时候开通?",
    "区科委的电话是多少?",
    "《上海市数据条例》第十条是什么?",
    "徐汇区的一网统管怎么做?",
    "2019年要建多少5G基站?",
    "第30项讲了什么?",
    "今天天气怎么样?",
    "谁负责?",
    "区税务局有什么任务?",
    "区长是谁?",
]


@pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")
@pytest.mark.parametrize("question", UNANSWERABLE)
def test_what_no_document_says_is_not_answered(question: str) -> None:
    answer = ask(real(), question)
    assert answer.status != "answered", answer.answer
    assert answer.verification.withheld == 0
    assert_exact(answer, real().corpus)


@pytest.mark.parametrize("question", ["谁负责?", "多少?", "这个怎么办?"])
def test_a_question_without_a_matter_is_asked_back(question: str) -> None:
    answer = ask(invented(), question)
    assert (answer.status, answer.citations) == ("clarify", ())
