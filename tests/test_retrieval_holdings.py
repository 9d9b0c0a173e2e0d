"""Look-ups that do not grow with the corpus find what going through all of it finds."""

import gc
import weakref
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import plain_holdings
import pytest
from index_doubles import HashingEncoder
from plain_holdings import PlainHoldings
from qa_doubles import PLAN, RULES

from index.folding import fold_text
from index.local import LocalIndex
from ingest.parse import parse_bytes
from ingest.references import title_key
from ingest.schema import DocumentInfo, Fact, ParsedDocument
from qa.answer import Request
from qa.execute import scope
from qa.retrieval.by_clause import ByClause
from qa.retrieval.catalogue import catalogue
from qa.retrieval.corpus import Corpus
from qa.retrieval.holdings import Holdings
from qa.retrieval.names import Names
from qa.retrieval.titles import document_meant
from qa.service.assistant import Assistant
from qa.service.steps import Steps

PLACES = ("青屿", "石湾", "云泽", "望江")
MATTERS = (
    *("绿色出行行动方案", "社区助餐服务管理办法", "社区助餐服务管理办法实施细则"),
    *("数字化转型“十四五”规划", "ＩＰｖ６规模部署工作要点", "養老服務條例(2019-2023年)"),
)
PIECES = [
    *(f"{place}{kind}{year}{matter}" for place in PLACES for kind in ("区", "市", "")
      for year in ("", "2031年", "2030年") for matter in MATTERS),
    *("服务管理", "管理办法", "服务管理办法实施", "市2031年绿色出行", "行动方案的通知", "绿", "|"),
    *("区社区助餐服务管理办法", "数字化转型十四五规划", "20232030", "19-2023", "老服务条例2019"),
]  # fmt: skip
QUESTIONS = (
    *("青屿区绿色出行行动方案的文号是什么?", "第3项任务由谁负责?", "第三条的内容是什么?"),
    *("区公安分局有哪些任务?", "区财政局牵头哪些任务?", "区教育局和区公安分局共同负责哪些任务?"),
    *("哪些任务不涉及区财政局?", "望江路街道有哪些任务?", "新增公共充电桩多少个?"),
    *("2030年的助餐服务管理办法第四条是什么?", "1999年有哪些规定?", "综合交通体系规划讲什么?"),
    *("石湾区社区助餐服务管理办法什么时候印发?", "制定依据是什么?", "绿色出行比例达到多少?"),
    *("留样时间多少小时?", "护学路建设由谁负责?", "文件包括哪几个部分?", "各街道有什么任务?"),
    *("全部指标有哪些?", "一共有多少项任务?", "充电桩460个由谁牵头?", "北京市有什么规定?"),
)  # fmt: skip


def made(number: int, random: Random) -> ParsedDocument:
    place, matter = random.choice(PLACES), random.choice(MATTERS)
    year = random.choice((2029, 2030, 2031))
    text = PLAN if number % 2 else RULES
    text = text.replace("青屿", place).replace("区水务局", f"区{'甲乙丙丁'[number % 4]}局")
    stated = {
        "id": f"d{number:02d}",
        "title": f"{place}{random.choice('区市')}{random.choice(('', f'{year}年'))}{matter}",
        "number": f"{place}行〔{year}〕{number}号",
        "issuer": random.choice(("", f"{place}区人民政府")),
        "issued": random.choice((None, date(year, 3, 8))),
        "region": random.choice(("", f"云泽市{place}区")),
    }
    return parse_bytes(text.encode(), f"{number}.txt", {k: v for k, v in stated.items() if v})


@pytest.fixture(scope="module", params=range(3))
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over several segments, with documents replaced, withdrawn and only declared."""
    random = Random(request.param)
    root = tmp_path_factory.mktemp("holdings") / "index"
    encoder = HashingEncoder(256)
    with LocalIndex.create(root, encoder) as index:
        index.add([made(number, random) for number in range(14)])
        index.add([made(number, random) for number in (3, 8, 20, 21)])
        index.declare([DocumentInfo(f"x{n}", f"云泽市{m}", region="云泽市", held=False)
                       for n, m in enumerate(MATTERS[:4])])  # fmt: skip
        index.add([made(30, random)])
        index.delete(["d05", "d20", "x3"])
    return Assistant(LocalIndex.open(root, encoder), encoder)


@pytest.fixture(scope="module")
def both(service: Assistant) -> tuple[Holdings, PlainHoldings]:
    return service.corpus.holdings, PlainHoldings(service.index)


def test_what_is_summed_up_is_that_of_the_documents_that_count(both) -> None:
    ours, plain = both
    assert [*ours.ids()] == [*plain.ids()]
    for name in ("regions", "length", "units"):
        assert getattr(ours, name) == getattr(plain, name), name
        assert getattr(ours, name), name
    assert len(ours) == len(plain) == 15


def test_titles_are_found_by_any_piece_of_them(both) -> None:
    ours, plain = both
    keys = [title_key(fold_text(piece)) for piece in PIECES]
    found = [sorted(ours.titled(key)) for key in keys]
    assert found == [sorted(plain.titled(key)) for key in keys]
    assert [] in found
    assert any(found)


def test_the_document_meant_is_the_one_that_comparing_all_titles_finds(both) -> None:
    ours, plain = both
    texts = [fold_text(f"请问{piece}第三条的内容是什么") for piece in PIECES]
    random = Random(2)
    for info in plain.infos:
        for _ in range(20):
            start, end = random.randrange(12), random.randrange(5, 30)
            texts.append(fold_text(f"{random.choice(PLACES)}区的{info.title[start:end]}何时施行"))
    found = [document_meant(text, ours) for text in texts]
    assert found == [plain_holdings.document_meant(text, plain) for text in texts]
    assert None in found
    assert len(set(found)) > 3


def test_answers_are_those_of_going_through_everything(
    service: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [service.ask(Request(question)) for question in QUESTIONS]
    monkeypatch.setattr(scope, "document_meant", plain_holdings.document_meant)
    corpus = Corpus(service.index, service.corpus.encoder)
    corpus.__dict__["holdings"] = PlainHoldings(service.index)
    every = service.index.facts("duty")

    def duties_of(units: Iterable[str]) -> list[Fact]:
        wanted = set(units)
        return sorted((f for f in every if f.who in wanted), key=lambda f: (f.document_id, f.span))

    monkeypatch.setattr(corpus, "duties_of", duties_of)
    steps = Steps(corpus, corpus.encoder)
    for question, answer in zip(QUESTIONS, answers, strict=True):
        assert replace(steps(Request(question)), timings_ms=answer.timings_ms) == answer, question
    assert len({answer.status for answer in answers}) > 2


def test_an_added_document_is_answered_without_reading_the_others_again(tmp_path: Path) -> None:
    random = Random(9)
    encoder = HashingEncoder(256)
    with LocalIndex.create(tmp_path / "index", encoder) as index:
        index.add([made(number, random) for number in range(6)])
        service = Assistant(LocalIndex.open(tmp_path / "index", encoder), encoder)
        service.ask(Request("第3项任务由谁负责?"))
        before = [catalogue(part) for part in service.index.parts()]
        headings = service.corpus.headings("d02")
        assert not [*service.corpus.holdings.titled("候鸟驿站")]
        index.add([parse_bytes(RULES.encode(), "n.txt", {"id": "new", "title": "候鸟驿站办法"})])
    service.refresh()
    after = [catalogue(part) for part in service.index.parts()]
    assert after[:-1] == before
    assert service.corpus.headings("d02") is headings
    assert [*service.corpus.holdings.titled("候鸟驿站")] == ["new"]
    meant = document_meant("候鸟驿站办法第三条", service.corpus.holdings)
    assert meant == "new"


def test_catalogues_go_with_the_index(tmp_path: Path) -> None:
    encoder = HashingEncoder(64)
    with LocalIndex.create(tmp_path / "index", encoder) as index:
        index.add([made(1, Random(1))])
    service = Assistant(LocalIndex.open(tmp_path / "index", encoder), encoder)
    service.ask(Request("第三条由谁负责?"))
    kept = weakref.ref(catalogue(service.index.parts()[0]))
    del service
    gc.collect()
    assert kept() is None


def test_a_whole_corpus_of_facts_is_read_once(service: Assistant) -> None:
    read = []

    def of(document_id: str | None) -> list[Fact]:
        read.append(document_id)
        return service.index.facts("figure", document_id=document_id)

    facts = ByClause(of)
    assert facts.get(("d01", 999)) is None
    assert facts.get(("not there", 0)) is None
    listed = dict(facts.items())
    assert list(listed) == list(dict.fromkeys((f.document_id, f.clause) for f in of(None)))
    assert len(facts) == len(listed) > 0
    assert read == ["d01", "not there", None, None]


def test_names_are_found_in_long_and_in_short_lists() -> None:
    random = Random(3)
    words = [f"{random.choice('甲乙丙')}{random.choice('区市')}规划{n}" for n in range(900)]
    for some in (words, words[:50], [], [""], ["一"]):
        names = Names(some, str)
        assert len(names) == len(some)
        for piece in ("", "甲", "划", "甲区", "规划1", "区规划", "乙市规划89", "戊", "规甲", "0甲"):
            expected = [n for n, word in enumerate(some) if piece and piece in word]
            assert names.rows(names.places(piece)).tolist() == expected, piece
