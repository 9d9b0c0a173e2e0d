"""What is told and what is said to be missing: after every clause that gives the kind was seen."""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, invented, opened

from qa.service.assistant import Assistant

SOLAR = """临溪区扶持光伏发电办法

临溪规〔2030〕4号

一、将原奖励标准调整如下：

1.分布式光伏奖励标准由0.1元/千瓦时调整至0.25元/千瓦时；

2.采用建筑一体化的新型光伏项目奖励标准调整至0.5元/千瓦时。

第一条 为推动光伏发展，制定本办法。

第二条 采用度电奖励的方式，度电奖励给予项目投资主体，奖励时间为连续五年。

第三条 项目单位应当如实申报发电量。

第四条 项目单位应当保证屋顶安全，接受街道检查。
"""
"""A sum of money stands where the words of the question do not."""

PERMIT = """居住证暂行规定

第一条 公民离开常住户口所在地，到其他城市居住半年以上，有合法稳定住所的，可以申领居住证。

第二条 居住证每年签注一次。
"""
"""Of no place: national rules hold everywhere."""

FLATS = """上海市公有住房交换办法

沪房规〔2029〕3号

第一条 租用公有住房的承租人可以交换所租的住房。

第二条 租赁关系变更的，承租人应当在七日内向出租人申请换发租用凭证。
"""


@cache
def service(*texts: str) -> Assistant:
    folder = Path(tempfile.mkdtemp(prefix="wence-evidence-"))
    (folder / "corpus").mkdir()
    for place, text in enumerate(texts):
        (folder / "corpus" / f"{place}.txt").write_text(text, encoding="utf-8")
    return opened(folder, folder / "corpus", shipped=SHIPPED)


needs_weights = pytest.mark.skipif(not SHIPPED, reason="the weights are those of the encoder")


@needs_weights
def test_a_sum_that_stands_in_another_clause_is_shown_and_not_denied() -> None:
    answer = ask(service(SOLAR, PERMIT), "临溪光伏发电每度电补多少?")
    assert "没有给出" not in answer.answer
    assert "0.5元/千瓦时" in answer.answer
    assert "0.25元/千瓦时" in answer.answer
    assert_exact(answer, service(SOLAR, PERMIT).corpus)


@needs_weights
def test_what_no_clause_gives_is_said_to_be_missing() -> None:
    answer = ask(service(SOLAR, PERMIT), "临溪光伏度电奖励的咨询电话是多少?")
    assert answer.status == "not_found"
    assert "没有给出联系方式" in answer.answer


@needs_weights
def test_a_named_place_does_not_outrank_the_matter() -> None:
    answer = ask(service(FLATS, PERMIT), "我在上海租房,能办居住证吗?")
    assert answer.citations[0].document_title == "居住证暂行规定"


@needs_weights
def test_a_list_that_is_asked_for_its_number_is_told_whole_and_counted() -> None:
    listed = (
        "第一批历史文化街区的通知\n\n现公布名单。\n\n附件\n第一批历史文化街区名单\n"
        + "\n".join(f"{n}．云泽市{name}街历史文化街区" for n, name in enumerate("东西南北中", 1))
    )
    answer = ask(service(listed, PERMIT), "历史文化街区有哪些?")
    assert answer.answer.startswith("共5项")
    assert all(f"云泽市{name}街" in answer.answer for name in "东西南北中")


def test_a_body_that_the_named_document_does_not_name_has_no_tasks_there() -> None:
    question = "《青屿区2031年绿色出行行动方案》里区民政局负责哪些任务?"
    answer = ask(invented(), question)
    assert answer.status == "not_found"
    assert "没有提到“区民政局”" in answer.answer
