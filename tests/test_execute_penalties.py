"""What follows from breaking a provision is told with it, where that is asked."""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, opened

from qa.answer import Answer
from qa.question.units import UnitNames
from qa.service.assistant import Assistant

BIKES = """临溪区单车管理办法

第一条 骑行人不得将单车停放在盲道上。

第二条 单车应当停放在划定的区域内。

第三条 违反本办法第一条规定的，由区城管局处五十元罚款。
"""


@cache
def service() -> Assistant:
    folder = Path(tempfile.mkdtemp(prefix="wence-penalties-"))
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.txt").write_text(BIKES, encoding="utf-8")
    return opened(folder, folder / "corpus", shipped=SHIPPED)


def answer(question: str) -> Answer:
    found = ask(service(), question)
    assert_exact(found, service().corpus)
    return found


def test_the_penalty_for_an_article_is_told_before_it() -> None:
    found = answer("违反第一条罚多少钱？")
    assert [c.clause for c in found.citations] == ["第三条", "第一条"]


def test_an_article_is_told_alone_where_no_penalty_is_asked_for() -> None:
    assert [c.clause for c in answer("第一条是什么？").citations] == ["第一条"]


@pytest.mark.skipif(not SHIPPED, reason="the weights are those of the encoder")
def test_the_penalty_for_a_deed_is_found_through_the_article_that_forbids_it() -> None:
    assert "五十元" in answer("单车停在盲道上罚多少钱？").answer


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("区人社局", ("临溪区人力资源和社会保障局",)),
        ("临溪区人社局", ("临溪区人力资源和社会保障局",)),
        ("市人社局", ()),
        ("静安区人社局", ()),
    ],
)
def test_a_body_without_its_district_is_the_one_of_the_district(
    asked: str, printed: tuple[str, ...]
) -> None:
    names = UnitNames(["临溪区人力资源和社会保障局"], ["临溪区"])
    assert [mention.printed for mention in names.find(asked)] == [printed]
