"""The arms in one score: features are shares, the gate opens with the distance of the wording."""

from collections.abc import Iterator

import numpy as np
import pytest
from index_doubles import HashingEncoder

from index.folding import fold_text
from index.local import LocalIndex
from ingest.parse import parse_bytes
from qa.retrieval.candidates import Candidates, candidates
from qa.retrieval.concepts import topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import ARMS, NAMES
from qa.retrieval.fusion import Fusion, shipped

PLAN = (
    "清河区便民服务方案\n\n一、出行服务\n\n1.推进停车资源共享。新增公共停车泊位500个，2031年底完成。\n\n"
    "2.完善就医服务。优化预约诊疗，方便群众就医。\n\n二、网络服务\n\n3.提升网络能级。开展千兆光纤改造。\n"
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    encoder = HashingEncoder()
    with LocalIndex.create(tmp_path_factory.mktemp("fusion") / "index", encoder) as index:
        index.add([parse_bytes(PLAN.encode(), "plan", {"id": "plan"})])
        yield Corpus(index, encoder)


def described(question: str, corpus: Corpus) -> Candidates:
    plain = fold_text(question)
    asked = topic(plain, corpus.frequencies, corpus.importance)
    found = candidates(plain, asked, corpus.backend, HashingEncoder(), corpus.frequencies)
    assert found is not None
    return found


def row(found: Candidates, words: str) -> dict[str, float]:
    place = next(i for i, one in enumerate(found.found.passages) if words in one.text)
    return dict(zip(NAMES, found.features[place].tolist(), strict=True))


def test_every_feature_belongs_to_one_arm() -> None:
    assert sorted(name for names in ARMS.values() for name in names) == sorted(NAMES)


def test_features_are_shares(corpus: Corpus) -> None:
    found = described("新增公共停车泊位500个吗", corpus).features
    assert found.shape[1] == len(NAMES)
    assert np.isfinite(found).all()
    assert ((found >= -1e-6) | (np.array(NAMES) == "dense")).all()
    assert (found <= 1 + 1e-6).all()


def test_a_passages_own_words_are_covered_and_its_number_is_seen(corpus: Corpus) -> None:
    found = described("新增公共停车泊位500个", corpus)
    right, wrong = row(found, "停车泊位"), row(found, "千兆")
    assert right["cover_pairs"] == pytest.approx(1.0)
    assert right["cover_triples"] == pytest.approx(1.0)
    assert (right["numbers"], wrong["numbers"]) == (1.0, 0.0)


def test_lay_words_reach_official_ones_by_thesaurus_and_by_late_interaction(corpus: Corpus) -> None:
    found = described("去医院看病不用排队", corpus)
    right, wrong = row(found, "诊疗"), row(found, "千兆")
    for name in ("cover_concepts", "soft"):
        assert right[name] > wrong[name], name


def test_a_question_for_a_date_sees_which_passage_has_one(corpus: Corpus) -> None:
    found = described("停车泊位什么时候完成", corpus)
    assert row(found, "停车泊位")["kind"] == 1.0
    assert row(found, "千兆")["kind"] == 0.0


def test_the_gate_opens_as_the_wording_gets_further_from_the_corpus() -> None:
    fusion = Fusion(np.zeros(len(NAMES), np.float32), np.ones(len(NAMES), np.float32), 0.3, 0.5)
    features = np.zeros((2, len(NAMES)), np.float32)
    gates = []
    for covered in (0.0, 0.3, 0.4, 0.5, 0.9):
        features[1, NAMES.index("cover_pairs")] = covered
        gates.append(fusion.gate(features))
    assert gates == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0])
    assert fusion.scores(features).tolist() == [0.0, 0.0]  # near: these weights are all zero


def test_the_shipped_weights_are_never_negative_and_use_every_arm() -> None:
    fusion = shipped()
    for side in (fusion.near, fusion.far):
        assert (side >= 0).all()
    for arm, names in ARMS.items():
        used = [fusion.near[NAMES.index(n)] + fusion.far[NAMES.index(n)] for n in names]
        assert sum(used) > 0, arm
