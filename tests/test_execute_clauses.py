"""Provisions by number: the clause, 款 or 项 that a label names, whole, of each document."""

from pathlib import Path

import pytest
from layouts import mixed
from qa_doubles import found, invented, opened, planned

from qa.execute.result import Evidence, Missing
from qa.question.labels import labels
from qa.service.assistant import Assistant


def told(service: Assistant, text: str, *documents: str) -> list[str]:
    """The words of the provisions that the labels of a text name."""
    scope = planned().scope
    plan = planned(select="clause", labels=labels(text)).but(scope=type(scope)(documents=documents))
    result = found(service, plan)
    assert isinstance(result, Evidence), result
    corpus = service.corpus
    return [one.span.of(corpus.text(one.key[0])) for one in result.provisions]


def titled(service: Assistant, words: str) -> str:
    return next(i.id for i in service.corpus.held if words in i.title)


@pytest.mark.parametrize(
    ("label", "begins", "ends"),
    [
        ("第三条", "第三条 助餐点应当公示", "不少于48小时。"),
        ("第3条", "第三条 助餐点应当公示", "不少于48小时。"),
        ("第六条", "第六条 本办法自", "起施行。"),
        ("第二章", "第二章 服务规范", "告知所在街道。"),
    ],
)
def test_articles_and_chapters_are_told_whole(label: str, begins: str, ends: str) -> None:
    (one,) = told(invented(), label, "meals")
    assert one.startswith(begins)
    assert one.endswith(ends)


@pytest.mark.parametrize(
    ("label", "begins"),
    [("第4项", "4.贯通滨水步道"), ("第7项", "7.开展宣传教育"), ("二(二)", "(二)完善慢行系统")],
)
def test_tasks_and_sections_by_number(label: str, begins: str) -> None:
    (one,) = told(invented(), label, "travel")
    assert one.startswith(begins)


def test_an_item_of_an_article() -> None:
    service = mixed()
    law = titled(service, "加装电梯")
    (one,) = told(service, "第二条第(二)项", law)
    assert one.startswith("(二)经本单元三分之二以上业主同意")


def test_several_labels_are_told_in_their_order() -> None:
    first, second = told(invented(), "第2项和第5项", "travel")
    assert (first[:2], second[:2]) == ("2.", "5.")


def test_a_label_of_two_documents_is_told_of_both() -> None:
    service = mixed()
    plan = planned("第三条 规定", select="clause", labels=labels("第三条"))
    result = found(service, plan)
    assert isinstance(result, Evidence)
    documents = [one.key[0] for one in result.provisions]
    assert len(documents) == len(set(documents)) > 1


@pytest.mark.parametrize("label", ["第九条", "第19项", "第二条第八款"])
def test_a_number_that_no_document_has_is_missing(label: str) -> None:
    result = found(invented(), planned(select="clause", labels=labels(label)))
    assert isinstance(result, Missing)
    assert (result.kind, result.what) == ("no_clause", label)


NOTICE = (
    "丙区修桥通知\n第二编 任务\n第一分编 修桥\n第一条 见附件。\n第二分编 铺路\n第二条 另行通知。\n"
    "附件1：分工\n一、甲局修桥1座。\n二、乙局修桥2座。\n附件2\n名单\n1.张三\n2.李四\n"
)


@pytest.mark.parametrize(
    ("label", "begins", "ends"),
    [
        ("附件1", "附件1：分工", "修桥2座。"),
        ("附件2", "附件2\n名单", "2.李四"),
        ("附件1第二项", "二、", "修桥2座。"),
        ("第二编第二分编", "第二分编", "另行通知。"),
    ],
)
def test_annexes_and_divisions_by_number(
    tmp_path: Path, label: str, begins: str, ends: str
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(NOTICE, "utf-8")
    service = opened(tmp_path, tmp_path / "corpus")
    (one,) = told(service, label)
    assert one.startswith(begins)
    assert one.endswith(ends)


def test_an_annex_without_a_number_is_the_only_one(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(
        "丙区通知\n一、见附件。\n附件\n名单\n1.张三\n", "utf-8"
    )
    assert told(opened(tmp_path, tmp_path / "corpus"), "附件") == ["附件\n名单\n1.张三"]
