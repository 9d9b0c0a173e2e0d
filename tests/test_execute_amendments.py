"""Answers from amended, repealed, expired and extended documents; all of them invented."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from qa_doubles import SHIPPED, answered, ask, assert_exact, encoder, opened

from qa.execute.validity import standing
from qa.execute.versions import outdated
from qa.question.as_of import as_of
from qa.retrieval.corpus import Corpus
from qa.service.assistant import Assistant

TODAY = date(2034, 1, 1)

LOANS = """甲区贷款办法
甲府〔2021〕5号
第一条 个人贷款额度不超过20万元。
第二条 贷款期限不超过三年。
第三条 企业贷款应当担保。
第四条 本办法自2021年6月1日起施行。
甲区人民政府
2021年5月1日
"""
DECISION = """关于修改《甲区贷款办法》的决定
甲府〔2024〕9号
一、将第一条修改为：“个人贷款额度不超过30万元。”
二、增加一条，作为第二条之一：“贷款可以展期一次。”
三、删去第三条。
四、废止《甲区帆船办法》。
本决定自2024年8月1日起施行。
"""
BOATS = """甲区帆船办法
第一条 帆船每艘补贴2万元。
第二条 本办法自2020年3月1日起施行。
"""
BRIDGES = """关于印发《甲区修桥办法》的通知
甲水规〔2025〕6号
各单位：
现将《甲区修桥办法》印发给你们，请遵照执行。
甲区水务局
2025年10月1日
甲区修桥办法
第一条 桥由水务局修，每座补助10万元。
第二条 本办法自2026年1月1日起施行，有效期5年。
"""
EXTENSION = """甲区水务局关于延长《甲区修桥办法》有效期的通知
甲水规〔2030〕2号
各单位：
经评估，《甲区修桥办法》（甲水规〔2025〕6号）需继续实施，有效期延长至2035年12月31日。
甲区水务局
2030年10月1日
"""
OLD = """甲区科技补贴办法
甲科规〔2021〕1号
第一条 企业研发补贴20%，最高5万元。
第二条 申请人应当提交申请表。
第三条 本办法自2021年1月1日起施行。
甲区科技局
2020年12月1日
"""
NEW = """甲区科技补贴办法
甲科规〔2022〕3号
第一条 企业研发补贴30%，最高8万元。
第二条 申请人应当提交申请表。
第三条 本办法自2022年1月1日起施行。《甲区科技补贴办法》（甲科规〔2021〕1号）同时废止。
甲区科技局
2021年12月1日
"""
LAMPS = """甲区路灯办法
第一条 路灯每盏补贴300元。
第二条 本办法自2021年1月1日起施行，有效期至2023年12月31日。
"""
TEXTS = {
    "loans": LOANS, "decision": DECISION, "boats": BOATS, "bridges": BRIDGES,
    "extension": EXTENSION, "old": OLD, "new": NEW, "lamps": LAMPS,
}  # fmt: skip


@cache
def held() -> Assistant:
    """A service over all of them, on a day that is fixed."""
    folder = Path(mkdtemp(prefix="wence-amended-"))
    entries = []
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        entries.append(f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\n')
    (folder / "sources.toml").write_text("\n".join(entries), "utf-8")
    made = opened(folder, folder, shipped=SHIPPED)
    return Assistant(made.index, encoder(SHIPPED), today=lambda: TODAY)


def corpus() -> Corpus:
    return held().corpus


def opening(question: str) -> str:
    """The first line of an answer; every citation is exact."""
    answer = ask(held(), question)
    assert_exact(answer, corpus())
    assert answer.verification.withheld == 0
    return answer.answer.split("\n")[0]


def test_the_new_words_come_before_the_old_ones() -> None:
    answer = answered(held(), "《甲区贷款办法》第一条")
    assert answer.answer.index("30万元") < answer.answer.index("20万元")
    assert answer.answer.startswith("第一条已由关于修改《甲区贷款办法》的决定修改")
    assert "（修改前）" in answer.answer
    assert [c.document_id for c in answer.citations] == ["decision", "loans"]


def test_before_the_change_the_old_words_count() -> None:
    answer = ask(held(), "2022年时个人贷款额度是多少？")
    assert "20万元" in answer.answer
    assert "30万元" not in answer.answer


def test_an_inserted_clause_is_found_where_it_was_inserted() -> None:
    answer = answered(held(), "《甲区贷款办法》第二条之一")
    assert "展期一次" in answer.answer
    assert answer.citations[0].document_id == "decision"


def test_a_clause_that_was_struck_out_says_so() -> None:
    assert opening("《甲区贷款办法》第三条").startswith("第三条已由")
    assert "删去" in opening("《甲区贷款办法》第三条")


def test_a_clause_that_nobody_changed_is_told_as_it_is() -> None:
    answer = answered(held(), "《甲区贷款办法》第二条")
    assert "修改" not in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("《甲区帆船办法》每艘补贴多少？", "《甲区帆船办法》已废止（自2024年8月1日起）。[1]"),
        ("甲区帆船办法还有效吗？", "《甲区帆船办法》已废止（自2024年8月1日起）。[1]"),
        ("路灯每盏补贴多少？", "《甲区路灯办法》已过有效期（至2023年12月31日）。[1]"),
        ("截至2022年5月甲区路灯办法还有效吗？", "2022年5月31日时《甲区路灯办法》仍有效"),
        ("甲区路灯办法2019年有效吗？", "《甲区路灯办法》尚未施行（自2021年1月1日起施行）。"),
    ],
)
def test_the_first_line_says_that_it_is_in_force_no_more(question: str, said: str) -> None:
    assert opening(question).startswith(said)


def test_an_extension_comes_first() -> None:
    answer = answered(held(), "《甲区修桥办法》有效期到什么时候？")
    assert answer.answer.index("2035年12月31日") < answer.answer.index("2030年12月31日")
    assert "已过有效期" not in answer.answer


@pytest.mark.parametrize(
    ("document", "on", "state"),
    [
        ("bridges", date(2032, 1, 1), "in_force"),
        ("bridges", date(2036, 1, 1), "expired"),
        ("boats", date(2024, 7, 31), "in_force"),
        ("boats", date(2024, 8, 1), "repealed"),
        ("old", date(2021, 12, 31), "in_force"),
        ("old", date(2022, 1, 1), "repealed"),
        ("new", date(2021, 12, 31), "not_yet"),
        ("new", date(2040, 1, 1), "in_force"),
    ],
)
def test_standing_on_a_day(document: str, on: date, state: str) -> None:
    assert standing(corpus(), document, on).state == state


def test_of_two_versions_the_one_in_force_counts() -> None:
    answer = ask(held(), "企业研发补贴多少？")
    assert answer.citations[0].document_id == "new"
    assert "《甲区科技补贴办法》（甲科规〔2022〕3号）" in answer.answer
    assert outdated(corpus(), ["old", "new"], TODAY) == {"old"}
    assert outdated(corpus(), ["old", "new"], date(2021, 5, 1)) == {"new"}
    assert outdated(corpus(), ["old", "new"], TODAY, (2021,)) == {"new"}
    assert outdated(corpus(), ["old", "lamps"], TODAY) == frozenset()


def test_two_versions_are_compared_provision_by_provision() -> None:
    answer = answered(held(), "甲区科技补贴办法2021年和2022年有什么不同？")
    assert "2021年第一条——" in answer.answer
    assert "2022年第一条——" in answer.answer
    assert "申请表" not in answer.answer  # what is the same in both is not told
    assert {c.document_id for c in answer.citations} == {"old", "new"}


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("2021年时企业补多少", date(2021, 12, 31)),
        ("截至2023年2月的标准是多少", date(2023, 2, 28)),
        ("2023年5月1日还有效吗", date(2023, 5, 1)),
        ("2021年5月甲办法还有效吗", date(2021, 5, 31)),
        ("2021年5月印发的甲办法还有效吗", None),
        ("2021年甲办法还有效吗", None),
        ("2022年要点里谁负责", None),
        ("2021年时间安排", None),
        ("截至2023年13月", None),
    ],
)
def test_the_day_that_is_asked_for(question: str, day: date | None) -> None:
    assert as_of(question) == day
