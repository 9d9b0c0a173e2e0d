"""What every SearchBackend must do; a second backend joins by another entry in BACKENDS."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_doubles import HashingEncoder, corpus, document, full_document

from index.backend import PassageKey, SearchBackend
from index.errors import UnknownDocumentError
from index.local import LocalIndex
from ingest.errors import ReadError
from ingest.schema import FACT_KINDS, DocumentInfo, ParsedDocument, Span

ENCODER = HashingEncoder()
Open = Callable[[Path], LocalIndex]
BACKENDS: dict[str, Open] = {"local": lambda path: LocalIndex.create(path / "index", ENCODER)}


@pytest.fixture(params=sorted(BACKENDS))
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchBackend]:
    with BACKENDS[request.param](tmp_path) as opened:
        yield opened


def vector(text: str) -> np.ndarray:
    return ENCODER.encode([text])[0]


def test_an_empty_index_answers_with_nothing(backend):
    assert backend.search_lexical("网络安全", 5) == []
    assert backend.search_dense(vector("网络安全"), 5) == []
    assert backend.documents() == []
    assert backend.facts() == []
    assert backend.get([]) == []


def test_every_record_comes_back_as_it_was(backend):
    given_ = full_document()
    (outcome,) = backend.add([given_])
    assert (outcome.document_id, outcome.title) == ("full", "数字规划")
    assert (outcome.change, outcome.passages) == ("added", 1)
    assert backend.documents() == [given_.document.info]
    assert backend.document("full") == given_.document
    assert backend.clauses("full") == given_.clauses
    assert [stored.passage for stored in backend.passages("full")] == given_.passages
    assert backend.facts() == backend.facts(document_id="full") == given_.facts
    assert str(backend.facts("figure")[0].value) == "80.0"


def test_parts_list_what_is_written_and_which_of_it_counts(backend):
    backend.add([full_document(), *corpus(3, 4)])
    backend.declare([DocumentInfo("absent", "上位规划", held=False)])
    assert [backend.info(one.id) for one in backend.documents()] == backend.documents()
    backend.delete(["full"])
    for missing in ("full", "never"):
        with pytest.raises(UnknownDocumentError):
            backend.info(missing)
        with pytest.raises(UnknownDocumentError):
            backend.clause(missing, 0)
    parts = backend.parts()
    counting = [one for p in parts for one in p.listed() if one.id not in p.withdrawn]
    found = sorted((one.id, one.title, one.length, one.held) for one in counting)
    assert found == [(i.id, i.title, i.length, i.held) for i in backend.documents()]
    duties = [one for part in parts for one in part.duties() if one.document_id == "full"]
    assert [(f.who, f.role) for f in full_document().facts_of("duty")] == [
        (one.unit, one.role) for one in duties
    ]
    labels = {(one.document_id, one.ordinal) for part in parts for one in part.labels()}
    for info in backend.documents():
        clauses = backend.clauses(info.id) if info.held else []
        assert [backend.clause(info.id, one.ordinal) for one in clauses] == clauses
        assert {(info.id, one.ordinal) for one in clauses} <= labels
        with pytest.raises(IndexError if info.held else UnknownDocumentError):
            backend.clause(info.id, 999)
    assert [part.source for part in backend.parts()] == [part.source for part in parts]


def test_a_passage_carries_its_own_words(backend):
    backend.add([full_document(), *corpus(3, 4)])
    for info in backend.documents():
        text = backend.document(info.id).text
        for stored in backend.passages(info.id):
            assert stored.text == stored.passage.span.of(text)


def test_facts_are_found_by_each_of_their_fields(backend):
    backend.add([full_document(), *corpus(2, 3)])
    for kind in FACT_KINDS:
        assert backend.facts(kind) == full_document().facts_of(kind) != []
    assert [fact.role for fact in backend.facts("duty", who="乙委")] == ["配合"]
    assert backend.facts("duty", who="乙") == []
    assert backend.facts(document_id="full", who="甲局")[0].open
    assert backend.facts(what="覆盖率") == backend.facts("figure", what="覆盖率") != []
    assert backend.facts(document_id="full", clause=2) == full_document().facts
    assert len(backend.facts("figure", document_id="full", clause=2)) == 2
    assert backend.facts(document_id="full", clause=1) == []
    assert backend.facts(document_id="doc000") == []
    with pytest.raises(ValueError, match="found clause 2 of no document"):
        backend.facts(clause=2)


def test_facts_come_by_document_and_place(backend):
    old, alone = full_document(), replace(document("b", "甲局。"), facts=())
    twins = []
    for name in ("c", "a"):
        facts = [replace(fact, document_id=name) for fact in reversed(old.facts)]
        info = replace(old.document.info, id=name)
        clauses = [replace(one, document_id=name) for one in old.clauses]
        passages = [replace(one, document_id=name) for one in old.passages]
        made = replace(old.document, info=info)
        twins.append(ParsedDocument(made, clauses, passages, facts))
    backend.add([twins[0]])
    backend.add([alone, twins[1]])
    found = [(fact.document_id, fact.span.start) for fact in backend.facts()]
    assert found == sorted(found)
    assert len(found) == 2 * len(old.facts)
    assert [fact.document_id for fact in backend.facts(who="甲局")] == ["a", "c"]
    backend.delete(["c"])
    assert {fact.document_id for fact in backend.facts()} == {"a"}


def test_what_is_searched_for_is_found_first(backend):
    backend.add([document("a", "推进光纤宽带建设。", "完善医院预约服务。"), *corpus(4, 5)])
    for query in ("医院预约", "醫院預約", "ＹＩＹＵＡＮ医院 预约?"):
        assert backend.search_lexical(query, 3)[0].key == PassageKey("a", 2)
    best = backend.search_dense(vector("测试规划 一、重点任务 2.\n完善医院预约服务。"), 3)[0]
    assert best.key == PassageKey("a", 2)
    assert best.score == pytest.approx(1.0, abs=1e-5)
    assert backend.get([best.key])[0].text == "完善医院预约服务。"


def test_headings_match_with_less_weight_than_the_words_themselves(backend):
    backend.add([document("a", "推进建设。", title="养老服务"), document("b", "养老服务。")])
    hits = backend.search_lexical("养老服务", 5)
    assert [hit.key.document_id for hit in hits] == ["b", "a"]


def test_a_question_is_never_parsed_as_a_query_language(backend):
    backend.add(corpus(2, 3))
    for query in ('网络" AND (', "words:网络~2^3", "*", "[a TO b]", '+-!(){}^"~*?:\\/', "的 了"):
        backend.search_lexical(query, 3)
    assert backend.search_lexical("的了吗", 3) == []


def test_search_can_be_held_to_some_documents(backend):
    backend.add(corpus(6, 5))
    query = "网络安全服务平台"
    only = ["doc001", "doc004"]
    for search, wanted in ((backend.search_lexical, query), (backend.search_dense, vector(query))):
        everywhere = search(wanted, 1000)
        inside = [hit for hit in everywhere if hit.key.document_id in only]
        found = search(wanted, 1000, documents=only)
        assert [hit.key for hit in found] == [hit.key for hit in inside]
        assert [hit.score for hit in found] == pytest.approx([h.score for h in inside], abs=1e-4)
        assert search(wanted, 5, documents=[]) == []
        assert search(wanted, 5, documents=["nowhere"]) == []


def test_the_same_again_changes_nothing(backend):
    backend.add([full_document()])
    before = backend.snapshot()
    (outcome,) = backend.add([full_document()])
    assert outcome.change == "unchanged"
    assert backend.snapshot() == before


def test_new_metadata_or_new_facts_replace_the_old_ones(backend):
    old = full_document()
    backend.add([old])
    retitled = replace(old.document, info=replace(old.document.info, title="新题"))
    newer = replace(old, document=retitled, facts=old.facts[:2])
    assert backend.add([newer])[0].change == "replaced"
    assert backend.document("full").title == "新题"
    assert [fact.kind for fact in backend.facts()] == ["date", "figure"]


def test_a_replaced_document_is_found_by_its_new_words_only(backend):
    backend.add([document("a", "种植樱桃。"), document("b", "修建公路。")])
    before = backend.snapshot()
    assert backend.add([document("a", "养殖鲤鱼。")])[0].change == "replaced"
    assert backend.snapshot() != before
    assert backend.search_lexical("种植樱桃", 5) == []
    assert backend.search_lexical("鲤鱼", 5)[0].key == PassageKey("a", 1)
    assert {h.key for h in backend.search_dense(vector("x"), 9)} == {("a", 1), ("b", 1)}


def test_within_one_batch_the_last_of_an_id_counts(backend):
    batch = [document("a", "种植樱桃。"), document("a", "养殖鲤鱼。"), document("a", "养殖鲤鱼。")]
    changes = [outcome.change for outcome in backend.add(batch)]
    assert changes == ["added", "replaced", "unchanged"]
    assert backend.search_lexical("樱桃", 5) == []
    assert [hit.key for hit in backend.search_lexical("鲤鱼", 5)] == [("a", 1)]


def test_a_deleted_document_is_gone_from_everything(backend):
    backend.add([full_document(), *corpus(2, 3)])
    backend.delete(["full"])
    assert "full" not in {info.id for info in backend.documents()}
    assert backend.facts() == []
    assert all(hit.key[0] != "full" for hit in backend.search_lexical("数字推进普及覆盖率", 99))
    assert all(hit.key[0] != "full" for hit in backend.search_dense(vector("覆盖率达到"), 99))
    for read in (backend.document, backend.clauses, backend.passages):
        with pytest.raises(UnknownDocumentError, match=r"full.*需要索引中已有的文档.*wence ls"):
            read("full")
    with pytest.raises(UnknownDocumentError):
        backend.get([PassageKey("full", 1)])
    with pytest.raises(UnknownDocumentError):
        backend.facts(document_id="full")


def test_deleting_something_unknown_deletes_nothing(backend):
    backend.add(corpus(2, 2))
    before = backend.snapshot()
    with pytest.raises(UnknownDocumentError, match="nowhere"):
        backend.delete(["doc000", "nowhere"])
    assert backend.snapshot() == before
    assert len(backend.documents()) == 2


def test_a_declared_document_is_listed_and_has_no_text(backend):
    info = DocumentInfo(id="rules", title="示例办法", number="1号", held=False)
    backend.declare([info])
    backend.declare([info])
    assert backend.documents() == [info]
    with pytest.raises(UnknownDocumentError):
        backend.document("rules")
    assert backend.add([document("rules", "正文。")])[0].change == "added"
    backend.declare([info])
    assert backend.documents()[0].held
    backend.declare([replace(info, id="other")])
    backend.delete(["other"])
    assert [held.id for held in backend.documents()] == ["rules"]
    with pytest.raises(ReadError, match="held"):
        backend.declare([replace(info, held=True)])


def bad_documents() -> dict[str, object]:
    good = full_document()
    far = Span(10_000, 10_001)
    passage, duty = good.passages[0], good.facts_of("duty")[0]
    return {
        "passage outside": replace(good, passages=[replace(passage, span=far)]),
        "passage empty": replace(good, passages=[replace(passage, span=Span(9, 9))]),
        "passage twice": replace(good, passages=[passage, passage]),
        "passage without clause": replace(good, passages=[replace(passage, clause=77)]),
        "clause outside": replace(good, clauses=[replace(good.clauses[0], span=far)]),
        "unit not printed": replace(good, facts=[replace(duty, who="丙局")]),
        "fact outside": replace(good, facts=[replace(duty, span=far)]),
        "list outside": replace(good, facts=[replace(duty, group=far)]),
        "foreign record": replace(good, facts=[replace(duty, document_id="else")]),
        "fact without clause": replace(good, facts=[replace(duty, clause=77)]),
        "length": replace(
            good, document=replace(good.document, info=replace(good.document.info, length=3))
        ),
        "surrogate": replace(
            good, document=replace(good.document, text="\ud800" + good.document.text[1:])
        ),
    }


@pytest.mark.parametrize("name", sorted(bad_documents()))
def test_records_that_do_not_fit_are_refused_whole(backend, name):
    backend.add(corpus(1, 2))
    before = backend.snapshot()
    with pytest.raises(ReadError, match=r"数字规划.*解析结果有误.*重新解析"):
        backend.add([document("new", "好的。"), bad_documents()[name]])
    assert backend.snapshot() == before
    assert [info.id for info in backend.documents()] == ["doc000"]


def test_k_and_the_vector_are_checked(backend):
    backend.add(corpus(1, 2))
    with pytest.raises(ValueError, match=r"found k = 0, expected k >= 1"):
        backend.search_lexical("网络", 0)
    with pytest.raises(ValueError, match=r"\(3,\).*\(64,\)"):
        backend.search_dense(np.zeros(3, np.float32), 5)
    with pytest.raises(ValueError, match="finite"):
        backend.search_dense(np.full(64, np.nan, np.float32), 5)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_order_of_insertion_changes_nothing(tmp_path_factory, data):
    twins = [document(f"twin{n}", "网络安全服务平台。") for n in range(4)]
    made = corpus(5, 4) + twins
    order = data.draw(st.permutations(made))
    cut = data.draw(st.integers(0, len(made)))
    answers = []
    for batches in ([made], [order[:cut], order[cut:]]):
        with LocalIndex.create(tmp_path_factory.mktemp("order") / "index", ENCODER) as index:
            for batch in batches:
                index.add(batch)
            for query in ("网络安全", "老年人医院服务", "规划"):
                for k in (1, 3, 10, 100):
                    answers.append((query, k, index.search_lexical(query, k)))
                    answers.append((query, k, index.search_dense(vector(query), k)))
    half = len(answers) // 2
    for left, right in zip(answers[:half], answers[half:], strict=True):
        assert [hit.key for hit in left[2]] == [hit.key for hit in right[2]], left[:2]
        expected = pytest.approx([hit.score for hit in right[2]], rel=1e-5, abs=1e-6)
        assert [hit.score for hit in left[2]] == expected
