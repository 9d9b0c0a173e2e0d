"""Facts about a document itself, each with the place that prints it."""

import pytest
from layouts import measures, mixed, scheme
from qa_doubles import SHIPPED, answered, ask, assert_exact, found, invented, planned, real

from qa.execute.result import About
from qa.question.plan import Plan, Scope
from qa.service.assistant import Assistant


def about(*attributes: str, document: str) -> Plan:
    scope = Scope(documents=(document,))
    return planned(select="metadata", attributes=attributes, scope=scope)


@pytest.mark.parametrize(
    ("attribute", "document", "value"),
    [
        ("number", "travel", "青绿行〔2031〕12号"),
        ("issuer", "travel", "云泽市青屿区交通运输局"),
        ("issued", "travel", "2031-03-08"),
        ("title", "travel", "青屿区2031年绿色出行行动方案"),
        ("number", "meals", "青屿民规〔2030〕4号"),
        ("effective", "meals", "2030-06-01"),
    ],
)
def test_plans_for_facts_to_rows(attribute: str, document: str, value: str) -> None:
    result = found(invented(), about(attribute, document=document))
    assert isinstance(result, About)
    assert (result.document_id, result.absent) == (document, ())
    (fact,) = result.facts
    assert (fact.attribute, fact.value) == (attribute, value)
    text = invented().corpus.text(document)
    assert all(0 <= p.span.start < p.span.end <= len(text) for p in fact.places)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("绿色出行行动方案的文号是什么?", "青绿行〔2031〕12号"),
        ("绿色出行行动方案是谁发布的?", "云泽市青屿区交通运输局"),
        ("绿色出行行动方案什么时候印发的?", "2031年3月8日"),
        ("助餐服务管理办法什么时候施行?", "2030年6月1日"),
        ("青屿区绿色出行行动方案是谁印发的?", "云泽市青屿区交通运输局"),
        ("绿色出行行动方案的制定依据是什么?", "《云泽市综合交通体系规划(2030-2035年)》"),
    ],
)
def test_a_fact_about_one_of_two_documents(question: str, value: str) -> None:
    answer = answered(invented(), question)
    assert value in answer.answer
    wanted = "travel" if "出行" in question else "meals"
    assert {c.document_id for c in answer.citations} == {wanted}


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("文号是什么?", ["黄数字化办〔2022〕1号"]),
        ("谁发布的?", ["上海市黄浦区城区数字化转型工作领导小组办公室"]),
        ("什么时候印发的?", ["2022年7月19日"]),
        ("落款日期和网站发布日期分别是哪天?", ["2022年7月19日", "2022年7月20日"]),
    ],
)
def test_facts_about_the_only_document(question: str, values: list[str]) -> None:
    answer = answered(real(), question)
    for value in values:
        assert value in answer.answer


@pytest.mark.parametrize(
    ("service", "number"), [(scheme, "岚政办发〔2033〕7号"), (measures, "禾政办规〔2032〕5号")]
)
def test_the_same_of_other_layouts(service: object, number: str) -> None:
    assert number in answered(service(), "文号是什么?").answer  # type: ignore[operator]


def test_a_day_that_is_computed_is_said_to_be() -> None:
    answer = answered(mixed(), "澄湖区加装电梯补贴办法什么时候到期?")
    assert "2035年8月31日" in answer.answer
    assert "推算" in answer.answer
    assert "有效期5年" in answer.citations[0].quote


@pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")
def test_of_two_documents_the_one_meant_is_asked_for() -> None:
    answer = ask(invented(), "文号是什么?")
    assert (answer.status, answer.citations) == ("clarify", ())


@pytest.mark.parametrize("question", ["老字号怎么焕新?", "老字号有什么新打算?"])
def test_an_old_brand_has_no_document_number(question: str) -> None:
    assert "黄数字化办" not in ask(real(), question).answer


def test_places_of_facts_are_exact() -> None:
    service: Assistant = invented()
    for question in ("绿色出行行动方案的文号和印发日期是什么?", "助餐服务管理办法什么时候施行?"):
        answer = answered(service, question)
        assert_exact(answer, service.corpus)
