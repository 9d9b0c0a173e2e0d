"""Two invented documents, the corpus of this repository, and services that answer from them."""

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from unittest import mock

from index_doubles import HashingEncoder

from index.encoder import DEFAULT_MODEL, Encoder
from qa.answer import Answer, Request, Turn
from qa.execute.engine import Engine
from qa.execute.result import Found
from qa.question.plan import Plan
from qa.question.units import UnitMention
from qa.retrieval.corpus import Corpus
from qa.service import assistant, library
from qa.service.assistant import Assistant
from qa.service.settings import Settings

REAL = Path(__file__).parent.parent / "corpus"
"""The corpus that ships with this repository."""

SHIPPED = (DEFAULT_MODEL / "modules.json").is_file()
"""Whether the shipped encoder is here."""

PLAN = """关于印发《青屿区2031年绿色出行行动方案》的通知

青绿行〔2031〕12号

各街道、各有关部门:

    《青屿区2031年绿色出行行动方案》已经区政府同意,现印发给你们,请认真贯彻执行。

    附件:青屿区2031年绿色出行行动方案

云泽市青屿区交通运输局

2031年3月8日

    为落实《云泽市综合交通体系规划(2030-2035年)》,推动绿色出行,制定本方案。

    一、总体目标

    到2031年底,绿色出行比例达到72%以上,新增公共充电桩460个,公交平均候车时间不超过9分钟。

    二、主要任务

    (一)优化公共交通

    1.加密公交线网。新辟微循环公交线路15条,重点衔接轨道站点和老旧小区。(牵头单位:区交通运输局;配合单位:区财政局、各街道)

    2.改造候车设施。改造候车亭86座,配备盲文站牌和遮阳座椅。(责任单位:区交通运输局区城管执法局)

    3.规范共享单车停放围绕商圈、医院划定电子围栏,清理违规停放车辆。(责任单位:区城管执法局、区公安分局)

    (二)完善慢行系统

    4.贯通滨水步道。贯通月牙河沿岸步道,串联口袋公园,设置夜间照明。(区园林绿化局牵头,区水务局、区财政局配合

    5.建设护学路。在学校周边建设护学路22条,设置减速带和彩色斑马线。(责任单位:区教育局、区公安分局等相关部门)

    (三)倡导低碳生活

    6.推广新能源汽车。新增公务用车中新能源汽车占比不低于65%,探索“光储充”一体化站点。(牵头单位:区发展改革委;配合单位:区机关事务管理局、区财政局)

    7.开展宣传教育。组织绿色出行宣传月活动,鼓励志愿者参与。(责任单位:区委宣传部、区教育局、区卫生健康委、各街道)
"""
"""An action plan in 一、(一)1. form, with roles, a separator and a closing bracket missing."""

RULES = """青屿区社区助餐服务管理办法

青屿民规〔2030〕4号

第一章 总则

第一条 为规范社区助餐服务,保障老年人用餐需求,制定本办法。

第二条 本区行政区域内的助餐点、送餐服务适用本办法。

第二章 服务规范

第三条 助餐点应当公示菜单和价格,每餐留样不少于125克,留样时间不少于48小时。

第四条 助餐点变更地址的,应当提前15日告知所在街道。

第三章 监督管理

第五条 区民政局应当每季度检查助餐点,检查结果在20个工作日内公布。

第六条 本办法自2030年6月1日起施行。

云泽市青屿区民政局

2030年5月6日
"""
"""Rules in 第X章/第X条 form, without lists of units."""

SOURCES = """
[[document]]
id = "travel"
file = "travel.txt"
title = "青屿区2031年绿色出行行动方案"
number = "青绿行〔2031〕12号"
issuer = "云泽市青屿区交通运输局"
issued = 2031-03-08
level = "区"
region = "云泽市青屿区"
source = "青屿区交通运输局网站"

[[document]]
id = "meals"
file = "meals.txt"
title = "青屿区社区助餐服务管理办法"
number = "青屿民规〔2030〕4号"
issuer = "云泽市青屿区民政局"
issued = 2030-05-06
level = "区"
region = "云泽市青屿区"

[[document]]
id = "transport"
title = "云泽市综合交通体系规划(2030-2035年)"
issuer = "云泽市人民政府"
issued = 2030-01-15
level = "市"
region = "云泽市"
"""
"""What is stated of both, with a document that the plan refers to and that is not held."""


def write_invented(folder: Path) -> Path:
    """The folder with the invented corpus in it."""
    (folder / "travel.txt").write_text(PLAN, "utf-8")
    (folder / "meals.txt").write_text(RULES, "utf-8")
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    return folder


def encoder(shipped: bool = False) -> Encoder:
    """The shipped encoder, or the double: wide, so that few bigrams fall together."""
    if shipped:
        from index.encoder import load_encoder

        return load_encoder()
    return HashingEncoder(1024)


def opened(folder: Path, *corpora: Path, shipped: bool = False) -> Assistant:
    """A service over a new index in `folder` with all documents of `corpora`."""
    used = encoder(shipped)
    settings = Settings(index_dir=folder / "index")
    with (
        mock.patch.object(assistant, "load_encoder", return_value=used),
        mock.patch.object(library, "load_encoder", return_value=used),
    ):
        with library.Library.open(settings) as writer:
            writer.add(list(corpora))
        return Assistant.open(settings)


@cache
def real(shipped: bool = SHIPPED) -> Assistant:
    """A service over this repository's corpus, shared by all tests of a process."""
    return opened(_temporary(), REAL, shipped=shipped)


@cache
def invented(shipped: bool = SHIPPED) -> Assistant:
    """A service over the invented corpus, shared by all tests of a process."""
    folder = _temporary()
    return opened(folder, write_invented(folder), shipped=shipped)


def ask(service: Assistant, question: str, *history: str) -> Answer:
    """The answer to a question that comes after others."""
    return service.ask(Request(question, tuple(Turn(q) for q in history)))


def markers(answer: str) -> list[int]:
    """The citation markers of an answer, in order of appearance.

    >>> markers("甲[1]、乙[2][1]")
    [1, 2, 1]
    """
    return [int(n) for n in re.findall(r"\[(\d+)\]", answer)]


def assert_exact(answer: Answer, corpus: Corpus) -> None:
    """Every citation is the text under its span, and markers and citations match one to one."""
    for citation in answer.citations:
        text = corpus.text(citation.document_id)
        assert citation.quote
        assert text[citation.start : citation.end] == citation.quote
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert list(dict.fromkeys(markers(answer.answer))) == [c.marker for c in answer.citations]


def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="wence-qa-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def planned(topic: str = "", **parts: object) -> Plan:
    """A plan for a topic, with further parts."""
    return Plan(topic, "zh", topic, topic).but(**parts)


def units(*names: str) -> tuple[UnitMention, ...]:
    """Units that a question names as they are printed."""
    return tuple(UnitMention(name, (name,), 0, len(name)) for name in names)


def found(service: Assistant, plan: Plan) -> Found:
    """What the documents hold for a plan."""
    return Engine(service.corpus, service.corpus.encoder).run(plan).found


def cited(answer: Answer) -> set[str]:
    return {c.clause for c in answer.citations}


def answered(service: Assistant, question: str) -> Answer:
    answer = ask(service, question)
    assert answer.status == "answered", answer.answer
    assert answer.verification.withheld == 0
    assert_exact(answer, service.corpus)
    return answer
