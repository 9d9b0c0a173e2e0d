"""The thesaurus read by meaning: what a question means without saying it, and what that reaches."""

import numpy as np
import pytest

from index.encoder import shipped_encoder
from qa.concepts import MAX_LAY
from qa.expansion import GROUPS, Meant, Thesaurus, bridged, shipped_thesaurus

GROUPS_HERE = [
    (("公厕在哪", "找厕所"), ("公共厕所",)),
    (("电梯老坏",), ("电梯安全", "智慧电梯")),
    (("网太慢",), ("宽带",)),
]


def pieces(text: str) -> np.ndarray:
    ids = np.unique(shipped_encoder().ids([text])[0])
    return ids[ids > 0]


def meant(question: str, thesaurus: Thesaurus | None = None) -> tuple[Meant, ...]:
    return (thesaurus or Thesaurus(GROUPS_HERE)).meant(question, pieces(question))


def test_a_group_is_meant_without_its_phrase_being_said() -> None:
    question = "带外婆出门找不到厕所"
    assert all(phrase not in question for lay, _ in GROUPS_HERE for phrase in lay)
    first, *_ = meant(question)
    assert first.officials == ("公共厕所",)


def test_a_phrase_that_is_said_counts_wholly_and_other_groups_are_not_meant() -> None:
    (only,) = meant("我们楼电梯老坏")
    assert only.officials == ("电梯安全", "智慧电梯")
    assert only.explained.max() == pytest.approx(1.0, abs=1e-3)


def test_nothing_is_meant_by_a_question_about_something_else_or_without_known_words() -> None:
    assert meant("月亮离我们多远") == ()
    assert Thesaurus(GROUPS_HERE).meant("?", np.zeros(0, np.uint16)) == ()
    assert meant("电梯老坏", Thesaurus([])) == ()


def test_a_word_is_met_by_the_text_that_has_the_official_term() -> None:
    one = Meant(("宽带", "光网"), np.array([0.0, 0.8], np.float32))
    has = np.array([[True, False], [False, False], [False, False]])
    found = bridged([one], [has], np.zeros((3, 2), np.float32))
    assert found[0, 1] > 0
    assert found[0, 0] == 0
    assert not found[1:].any()


def test_a_term_that_every_text_has_counts_nothing_and_a_rare_one_more_than_a_common_one() -> None:
    one = Meant(("服务",), np.ones(1, np.float32))

    def reached(holding: int) -> float:
        has = (np.arange(10) < holding)[:, None]
        return float(bridged([one], [has], np.zeros((10, 1), np.float32)).max())

    assert reached(10) == 0
    assert reached(1) > reached(5) > 0


def test_no_more_groups_than_the_limit_and_each_once() -> None:
    found = meant("老人看病挂号排队报销电梯停车充电宽带太慢", shipped_thesaurus())
    assert len(found) == GROUPS
    assert len({id(one.officials) for one in found}) == GROUPS


def test_no_phrase_of_the_table_is_longer_than_what_is_looked_up() -> None:
    from qa import tables

    assert max(map(len, tables.lay_terms())) <= MAX_LAY
