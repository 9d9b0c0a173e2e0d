"""`wence eval --retrieval`: from a folder to figures, through the program's own reading."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from index_doubles import HashingEncoder
from qa_doubles import SHIPPED

from eval import cli
from eval.errors import GoldError
from eval.retrieval_collection import Collection, RetrievalQuestion, read_collection
from eval.retrieval_measures import MEASURES
from eval.retrieval_report import as_json, figures, report
from eval.retrieval_run import DEPTH, as_read, indexed, ranked_documents, retrieve
from index.backend import Hit, PassageKey, SearchBackend
from index.encoder import load_encoder
from ingest.schema import Span
from qa.errors import EmptyQuestionError
from qa.retrieval.search import Found, Searcher

NCPP = Path(__file__).parent.parent.parent / "shared/bench/ncpp"

ROAD = "青屿区道路方案\n\n一、修路\n\n甲局负责修缮月牙河大桥。\n\n二、养护\n\n乙局养护步道。\n"
SCHOOL = "青屿区校园安全通知\n\n一、护学\n\n丙局在学校周边建设护学路。\n"
CLINIC = "青屿区社区医院计划\n\n一、门诊\n\n丁局延长社区医院的门诊时间。\n"
TEXTS = {"road": ROAD, "school/1.md": SCHOOL, "clinic": CLINIC}
BRIDGE = ROAD.index("月牙河大桥")
QUESTIONS: list[dict[str, Any]] = [
    {"id": "1", "question": "月牙河大桥由谁修缮？", "documents": ["road"],
     "start": BRIDGE, "end": BRIDGE + 5},
    {"id": "2", "question": "护学路建在哪里？", "documents": ["school/1.md"]},
    {"id": "3", "question": "社区医院的门诊时间怎么改？", "documents": ["clinic"]},
]  # fmt: skip


def write(folder: Path) -> Path:
    documents = [{"id": one, "text": text} for one, text in TEXTS.items()]
    for name, rows in (("documents", documents), ("questions", QUESTIONS)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoder.load_encoder", lambda *_: HashingEncoder())


def hit(document: str, ordinal: int = 1) -> Hit:
    return Hit(PassageKey(document, ordinal), 1.0)


class Scripted:
    """Finds what it was told to, and rejects any other question; passage n covers 10n to 10n+10."""

    arms = ("lexical",)

    def __init__(self, found: Mapping[str, list[Hit]]) -> None:
        self.found = found

    def search(self, question: str, k: int) -> Found:
        assert k == DEPTH
        if question not in self.found:
            raise EmptyQuestionError("问题是空的", "问题", "写出问题")
        return Found(self.found[question], {"lexical": self.found[question][::-1]})

    def get(self, keys: list[PassageKey]) -> list[Any]:
        spans = [Span(10 * key.ordinal, 10 * key.ordinal + 10) for key in keys]
        return [SimpleNamespace(passage=SimpleNamespace(span=span)) for span in spans]


def scripted(found: Mapping[str, list[Hit]], *questions: RetrievalQuestion) -> Any:
    double = Scripted(found)
    collection = Collection(dict.fromkeys("abc", "字" * 100), questions)
    return retrieve(collection, cast(Searcher, double), cast(SearchBackend, double))


def test_a_document_stands_where_its_best_passage_does() -> None:
    assert ranked_documents([hit("b", 2), hit("a"), hit("b"), hit("a", 2)]) == ("b", "a")


def test_what_is_not_found_or_rejected_scores_0_and_stays() -> None:
    outcomes = scripted(
        {"甲": [hit("a"), hit("b")], "乙": [hit("a")]},
        RetrievalQuestion("1", "甲", ("a",)),
        RetrievalQuestion("2", "乙", ("b",)),
        RetrievalQuestion("3", "？", ("c",)),
        RetrievalQuestion("4", "甲", ("b",)),
    )
    found = as_json(figures(outcomes))
    assert found["questions"] == 4
    assert found["fused"]["hit@1"] == 1 / 4
    assert found["fused"]["mrr@10"] == pytest.approx((1 + 0 + 0 + 1 / 2) / 4)
    assert found["arms"]["lexical"]["recall@100"] == 2 / 4
    assert outcomes[2].documents == {"fused": (), "lexical": ()}


@pytest.mark.parametrize(
    ("evidence", "met"), [(Span(19, 21), True), (Span(9, 10), False), (Span(20, 21), False)]
)
def test_evidence_is_met_by_the_first_passage_of_its_document(evidence: Span, met: bool) -> None:
    question = RetrievalQuestion("1", "甲", ("a", "b"), evidence)
    (outcome,) = scripted({"甲": [hit("b", 1), hit("a", 1), hit("a", 2)]}, question)
    assert outcome.on_evidence["fused"] is met


def test_evidence_of_a_document_that_is_not_found_is_missed_and_counted() -> None:
    outcomes = scripted(
        {"甲": [hit("b")], "乙": [hit("a")]},
        RetrievalQuestion("1", "甲", ("a",), Span(0, 5)),
        RetrievalQuestion("2", "乙", ("a",), Span(10, 15)),
        RetrievalQuestion("3", "乙", ("a",)),
    )
    found = figures(outcomes)
    assert (found.located, found.evidence["fused"].mean) == (2, 0.5)
    assert "evidence@1" in report(found)
    assert "evidence@1" not in report(figures(outcomes[2:]))


def test_places_are_found_again_in_the_text_as_read() -> None:
    published = "\ufeff甲\r\n乙\r丙\n丁"
    (document,) = _read({"d": published})
    for word in "甲乙丙丁":
        start = published.index(word)
        assert as_read(Span(start, start + 1), published).of(document.text) == word


def _read(texts: dict[str, str]) -> list[Any]:
    with indexed(Collection(texts, ()), HashingEncoder()) as index:
        return [index.document(info.id) for info in index.documents()]


def test_documents_are_held_under_their_ids_with_their_text() -> None:
    assert {one.id: one.text for one in _read(TEXTS)} == TEXTS


@pytest.mark.usefixtures("hashing")
def test_json_is_one_object_of_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--retrieval", str(write(tmp_path)), "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert list(found) == ["questions", "fused", "arms", "ms", "intervals"]
    assert found["questions"] == 3
    assert list(found["arms"]) == ["lexical", "dense", "soft"]
    assert found["fused"] == dict.fromkeys(MEASURES, 1.0)
    assert set(found["ms"]) == {"p50", "p95"}
    assert 0 < found["ms"]["p50"] <= found["ms"]["p95"]
    for name, shares in {"fused": found["fused"], **found["arms"]}.items():
        assert tuple(shares) == MEASURES
        for measure, (low, high) in found["intervals"][name].items():
            assert 0 <= low <= shares[measure] <= high <= 1


@pytest.mark.usefixtures("hashing")
def test_the_table_is_aligned_and_says_what_its_figures_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--retrieval", str(write(tmp_path))]) == 0
    head, _, *rows, about, times, evidence = capsys.readouterr().out.splitlines()
    assert head.split("|")[1].strip() == "检索"
    assert [row.split("|")[1].strip() for row in rows] == [
        "融合 fused",
        "词法 lexical",
        "向量 dense",
        "词义 soft",
    ]
    assert "1.000 [1.000, 1.000]" in rows[0]
    assert about.startswith("3 题；方括号内是 95% 置信区间（按题自助抽样 2000 次")
    assert times.startswith("一次融合检索：p50 ")
    assert evidence.startswith("evidence@1：1 题标有依据")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gold.jsonl", "--retrieval", "d"], "同时给出了 gold.jsonl 和 --retrieval；需要其中之一"),
        (["--json"], "没有要评测的；需要 GOLD.jsonl 或 --retrieval DIR"),
        (["--retrieval", "d", "--failures"], "它们只用于标准题"),
        (["--retrieval", "d", "--report", "r"], "它们只用于标准题"),
    ],
)
def test_options_that_do_not_go_together_are_a_wrong_call(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    shown = capsys.readouterr()
    assert (stop.value.code, shown.out) == (2, "")
    assert message in shown.err


def test_a_bad_collection_is_told_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoder.load_encoder", lambda *_: pytest.fail("loaded"))
    with pytest.raises(GoldError, match="没有 documents"):
        cli.main(["--retrieval", str(tmp_path)])


@pytest.mark.skipif(not NCPP.is_dir(), reason="../shared (public test data) is absent")
@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not here")
def test_real_notices_are_found() -> None:
    """The first 100 of 736 questions over 599 notices; well below what was measured."""
    whole = read_collection(NCPP)
    encoder = load_encoder(None)
    with indexed(whole, encoder) as index:
        some = Collection(whole.documents, whole.questions[:100])
        found = figures(retrieve(some, Searcher(index, encoder), index))
    assert found.shares["fused"]["hit@1"].mean > 0.7
    assert found.shares["lexical"]["recall@100"].mean > 0.97
    assert found.shares["dense"]["recall@100"].mean > 0.95
    assert found.evidence["fused"].mean > 0.5
