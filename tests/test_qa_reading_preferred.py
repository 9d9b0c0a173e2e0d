"""Where the reader answers in the place of a typed draft: in texts that are no plans."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from qa.compose import dispatch
from qa.compose.span import OVERLAP, elsewhere
from qa_doubles import SHIPPED, answered, ask, assert_exact, opened, write_invented

from ingest.schema import Span
from qa.answer import Request
from qa.draft import Draft, Quote, Statement
from qa.reader.answerability import NAMES, features
from qa.reader.reading import Run
from qa.service.assistant import Assistant

NEWS = """青屿区出台措施帮助受暴雨影响的商户

2031年7月9日，青屿区召开发布会，青屿区共出台15条措施帮助受暴雨影响的商户。

区财政局对受暴雨影响停业的商户给予每户一次性补助三千元，补助款在申请后十日内到账。

据介绍，2028年暴雨期间，全区共有四百一十二家商户停业，损失较大。

商户求助小程序可以在手机上提交材料，不用到窗口排队。小程序由区大数据中心发布。
"""
NEWS_SOURCE = """
[[document]]
id = "rain"
file = "rain.txt"
title = "青屿区出台措施帮助受暴雨影响的商户"
issued = 2031-07-09
level = "区"
region = "云泽市青屿区"
"""

needs_model = pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not here")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A plan whose tasks have units, rules, and a report that only tells of a unit."""
    folder: Path = tmp_path_factory.mktemp("preferred")
    (corpus := folder / "corpus").mkdir()
    write_invented(corpus)
    (corpus / "rain.txt").write_text(NEWS, "utf-8")
    sources = corpus / "sources.toml"
    sources.write_text(sources.read_text("utf-8") + NEWS_SOURCE, "utf-8")
    return opened(folder, corpus, shipped=True)


@needs_model
def test_what_a_report_says_of_a_unit_is_no_list_of_its_tasks(service: Assistant) -> None:
    answer = answered(service, "区财政局对受暴雨影响停业的商户有哪些工作举措?")
    assert_exact(answer, service.corpus)
    assert "一次性补助三千元" in answer.citations[0].quote
    assert "项任务" not in answer.answer


@needs_model
def test_the_tasks_of_a_unit_are_still_those_of_the_plan(service: Assistant) -> None:
    answer = answered(service, "区财政局有哪些任务?")
    assert "共有3项任务" in answer.answer


@needs_model
def test_a_year_that_a_report_tells_of_is_covered(service: Assistant) -> None:
    answer = ask(service, "2028年暴雨期间全区有多少家商户停业?")
    assert answer.status in ("answered", "partial")
    assert "四百一十二家" in answer.citations[0].quote
    refused = ask(service, "2027年暴雨期间全区有多少家商户停业?")
    assert refused.status == "not_found"
    assert "2027年" in refused.answer


@needs_model
def test_a_document_that_is_named_need_not_print_where_it_is_in_force(service: Assistant) -> None:
    steps = service.steps
    asked = steps.understand(Request("江苏给停业的商户多少补助?"))
    ranking = steps.retrieve(asked).ranking
    column = NAMES.index("places")
    named = replace(asked.asked, document="rain")
    assert features(asked.asked, ranking, service.corpus)[column] == 0
    assert features(named, ranking, service.corpus)[column] == 1


def drafted(*spans: Span) -> Draft:
    return Draft("answered", (Statement("列出的", tuple(Quote(("d", 1), s) for s in spans)),))


def test_a_list_answers_only_if_it_quotes_most_of_what_was_read() -> None:
    run = Run(Span(100, 200), 1.0, 1.0)
    most = round(OVERLAP * 100)
    assert not elsewhere(drafted(Span(90, 100 + most)), ("d", 5), run)
    assert elsewhere(drafted(Span(90, 99 + most)), ("d", 5), run)
    assert elsewhere(drafted(Span(100, 150), Span(110, 150)), ("d", 5), run)
    assert not elsewhere(drafted(Span(100, 150), Span(150, 200)), ("d", 5), run)
    assert elsewhere(drafted(Span(100, 200)), ("other", 5), run)
    assert not elsewhere(drafted(), ("d", 5), None)


@pytest.mark.parametrize(
    ("read", "near", "cautious"),
    [
        ("期限不超过5个月。", True, True),
        ("期限不超过五个月。", True, True),
        ("期限另行通知。", True, False),
        ("期限不超过5个月。", False, False),
    ],
)
def test_where_no_figure_was_found_words_with_a_number_are_offered_with_care(
    monkeypatch: pytest.MonkeyPatch, read: str, near: bool, cautious: bool
) -> None:
    words = Draft("answered", (Statement(read),))
    monkeypatch.setattr(dispatch, "read_span", lambda *_: Run(Span(0, len(read)), 1.0, 1.0))
    monkeypatch.setattr(dispatch, "compose_description", lambda _: words)
    monkeypatch.setattr(dispatch, "compose_stated", lambda *_: None)
    monkeypatch.setattr(dispatch, "_nearest_figure", lambda _: None)
    context = SimpleNamespace(
        ranking=SimpleNamespace(best=SimpleNamespace(key=("d", 0))),
        near=lambda _: near,
        text=lambda _: read,
        say=lambda phrase: phrase,
    )
    refused = Draft("not_found", (Statement("没有找到"),))
    draft = dispatch._figure_or_words(cast(Any, context), refused)
    if cautious:
        assert draft == Draft("partial", (Statement("hedge"), Statement(read)))
    else:
        assert draft == refused
