"""Which documents are looked in, by title, number, place and year; and what is not covered."""

import pytest
from layouts import mixed
from qa_doubles import SHIPPED, ask, invented, planned, real

from qa.execute.scope import Scoping
from qa.question.plan import Scope


def searched(**scope: object) -> tuple[tuple[str, ...] | None, str]:
    plan = planned("护学路", scope=Scope(**scope))  # type: ignore[arg-type]
    result = Scoping(invented().corpus).resolve(plan)
    return result.documents, result.unheld


@pytest.mark.parametrize(
    ("scope", "documents", "unheld"),
    [
        ({}, None, ""),
        ({"titles": ("青屿区2031年绿色出行行动方案",)}, ("travel",), ""),
        ({"titles": ("绿色出行行动方案",)}, ("travel",), ""),
        ({"titles": ("社区助餐管理办法",)}, ("meals",), ""),  # shortened
        ({"numbers": ("青绿行〔2031〕12号",)}, ("travel",), ""),
        ({"numbers": ("青绿行[2031]12号",)}, ("travel",), ""),
        ({"titles": ("上海市数据条例",)}, None, "上海市数据条例"),
        ({"titles": ("青屿区社区助餐补贴细则",)}, None, "青屿区社区助餐补贴细则"),
        ({"documents": ("meals",)}, ("meals",), ""),
    ],
)
def test_titles_and_numbers_choose(
    scope: dict[str, object], documents: tuple[str, ...] | None, unheld: str
) -> None:
    assert searched(**scope) == (documents, unheld)


@pytest.mark.parametrize(
    ("document", "place", "covers"),
    [
        ("travel", "青屿区", True),
        ("travel", "青屿", True),
        ("travel", "杭州市", False),
        ("meals", "徐汇区", False),
    ],
)
def test_a_document_speaks_for_its_own_place(document: str, place: str, covers: bool) -> None:
    assert Scoping(invented().corpus).of_place(document, place) is covers


@pytest.mark.parametrize("place", ["杭州市", "徐汇区", "深圳"])
def test_a_place_of_no_document_is_not_covered(place: str) -> None:
    answer = ask(invented(), f"{place}的护学路由谁负责?")
    assert answer.status == "not_found"
    assert f"不涉及{place}" in answer.answer


@pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")
def test_a_district_gets_no_amount_of_its_neighbour() -> None:
    """No table has either of the two: their titles begin with them."""
    answer = ask(mixed(), "青屿区的加装电梯补多少?")
    assert answer.status != "answered", answer.answer
    assert "40%" not in answer.answer
    own = ask(mixed(), "澄湖区的加装电梯补多少?")
    assert own.status in ("answered", "partial")
    assert "40%" in own.answer


@pytest.mark.parametrize(
    ("question", "year"),
    [("2029年绿色出行比例是多少?", "2029"), ("2030年护学路要建多少条?", "2030")],
)
def test_a_year_of_no_document_is_not_answered_with_another(question: str, year: str) -> None:
    answer = ask(invented(), question)
    assert answer.status != "answered", answer.answer
    assert "72%" not in answer.answer
    assert "22条" not in answer.answer or year in answer.answer
    own = ask(invented(), question.replace(year, "2031"))
    assert own.status in ("answered", "partial"), "how sure it is, gold questions judge"
    assert any(words in own.answer for words in ("72%", "22条"))


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("《上海市数据条例》第十条是什么?", "上海市数据条例"),
        ("《青屿区社区助餐补贴细则》怎么规定的?", "青屿区社区助餐补贴细则"),
    ],
)
def test_a_title_that_nothing_names_is_said_to_be_unknown(question: str, title: str) -> None:
    answer = ask(invented(), question)
    assert answer.status == "not_found"
    assert f"没有《{title}》" in answer.answer


def test_a_title_that_is_only_referred_to_is_said_not_to_be_held() -> None:
    answer = ask(invented(), "《云泽市综合交通体系规划》的主要内容是什么?")
    assert answer.status == "not_found"
    assert "尚未入库" in answer.answer
    other = ask(real(), "《黄浦区公共数据管理办法》第三条写了什么?")
    assert "尚未入库" in other.answer
    assert "黄浦区公共数据管理办法" in other.citations[0].quote
