"""Facts about a document as lines: values, computed days, and what the document does not state."""

from dataclasses import replace

import pytest
from qa_doubles import answered, found, invented, planned

from qa.draft import Draft
from qa.execute.result import About, Result
from qa.question.plan import Scope
from qa.tell.telling import told


def drafted(*attributes: str, document: str = "meals") -> Draft:
    plan = planned(select="metadata", attributes=attributes, scope=Scope(documents=(document,)))
    service = invented()
    return told(service.corpus, Result(plan, found(service, plan)))


@pytest.mark.parametrize(
    ("attributes", "lines"),
    [
        (("number",), ["《青屿区社区助餐服务管理办法》：文号：青屿民规〔2030〕4号。"]),
        (("number", "issued"), ["青屿民规〔2030〕4号", "2030年5月6日"]),
    ],
)
def test_a_line_for_each_fact_under_the_title(
    attributes: tuple[str, ...], lines: list[str]
) -> None:
    draft = drafted(*attributes)
    assert draft.status == "answered"
    for statement, words in zip(draft.statements, lines, strict=False):
        assert words in statement.text
        assert statement.quotes
    assert invented().steps.verified(draft).figures.withheld == 0


def test_more_than_one_fact_is_told_beside_the_head_whole() -> None:
    assert len(drafted("number").statements) == 1
    *_, head = drafted("number", "issued").statements
    (quote,) = head.quotes
    assert quote.span.start == 0
    printed = quote.span.of(invented().corpus.text("meals")).split()
    assert printed == ["青屿区社区助餐服务管理办法", "青屿民规〔2030〕4号"]
    assert all(line in head.text for line in printed)


def test_what_is_not_stated_is_said_under_the_title_and_not_withheld() -> None:
    plan = planned(select="metadata", attributes=("expiry",))
    draft = told(invented().corpus, Result(plan, About("travel", (), ("expiry",))))
    assert draft.status == "not_found"
    assert "《青屿区2031年绿色出行行动方案》" in draft.statements[0].text
    assert "没有写明" in draft.statements[0].text
    assert invented().steps.verified(draft).figures.withheld == 0


def test_a_fact_among_some_that_are_not_stated_is_partial() -> None:
    service = invented()
    plan = planned(select="metadata", attributes=("number",), scope=Scope(documents=("travel",)))
    result = found(service, plan)
    assert isinstance(result, About)
    draft = told(service.corpus, Result(plan, replace(result, absent=("expiry",))))
    assert draft.status == "partial"
    assert "没有写明" in draft.statements[-1].text


def test_a_printed_day_is_told_as_it_is_read() -> None:
    assert "2030年6月1日" in answered(invented(), "助餐服务管理办法什么时候施行?").answer


def test_a_sentence_of_the_head_is_marked_in_it_and_not_told_twice() -> None:
    text = invented().corpus.text("travel")
    (head,) = drafted("basis", document="travel").statements
    (quote,) = head.quotes
    assert quote.span.start == 0
    assert any("综合交通体系规划" in span.of(text) for span in quote.highlights)
