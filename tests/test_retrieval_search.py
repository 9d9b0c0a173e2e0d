"""The facade of retrieval: every arm by itself, and a fused order that holds each passage once."""

from collections.abc import Iterator

import numpy as np
import pytest
from index_doubles import HashingEncoder, corpus

from index.local import LocalIndex
from ingest.parse import parse_bytes
from qa.errors import EmptyQuestionError
from qa.retrieval.search import Searcher


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalIndex]:
    folder = tmp_path_factory.mktemp("search") / "index"
    with LocalIndex.create(folder, HashingEncoder()) as made:
        texts = {one.document.id: one.document.text for one in corpus(12, 8)}
        texts["road"] = (
            "道路方案\n\n一、任务\n\n1.甲局负责修缮月牙河大桥。\n\n2.乙局负责水质监测。\n"
        )
        made.add(parse_bytes(text.encode(), one, {"id": one}) for one, text in texts.items())
        yield made


def test_each_arm_is_the_backends_own_order(index: LocalIndex) -> None:
    found = Searcher(index, HashingEncoder()).search("月牙河大桥谁修?", 20)
    vector = HashingEncoder().encode(["月牙河大桥谁修?"])[0]
    assert tuple(found.arms) == Searcher.arms == ("lexical", "dense", "soft")
    assert found.arms["lexical"] == index.search_lexical("月牙河大桥谁修?", 20)
    assert found.arms["dense"] == index.search_dense(vector, 20)
    assert len(found.arms["dense"]) == 20
    scores = [hit.score for hit in found.arms["soft"]]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1


def test_the_fused_order_begins_with_the_best_and_names_no_passage_twice(index: LocalIndex) -> None:
    found = Searcher(index, HashingEncoder()).search("网络安全平台由谁建设", 500)
    keys = [hit.key for hit in found.fused]
    assert len(set(keys)) == len(keys)
    assert {hit.key for hit in found.arms["lexical"]} <= set(keys)
    scores = [hit.score for hit in found.fused]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] < 2


def test_the_passage_that_says_it_is_first(index: LocalIndex) -> None:
    first = Searcher(index, HashingEncoder()).search("修缮月牙河大桥", 500).fused[0]
    assert "甲局负责修缮月牙河大桥" in index.get([first.key])[0].text


def test_no_order_is_longer_than_asked(index: LocalIndex) -> None:
    found = Searcher(index, HashingEncoder()).search("网络安全平台", 3)
    assert [len(found.fused), *map(len, found.arms.values())] == [3, 3, 3, 3]


def test_a_question_without_a_vector_has_no_dense_arm(index: LocalIndex) -> None:
    class Blank(HashingEncoder):
        def encode(self, texts: object) -> np.ndarray:
            return super().encode(["" for _ in texts])  # type: ignore[attr-defined]

    found = Searcher(index, Blank()).search("修缮月牙河大桥", 10)
    assert found.arms["dense"] == []
    assert found.fused[0].key.document_id == "road"


def test_what_is_no_question_is_refused(index: LocalIndex) -> None:
    with pytest.raises(EmptyQuestionError):
        Searcher(index, HashingEncoder()).search("？", 10)
