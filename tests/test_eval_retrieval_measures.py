"""The five measures against values worked out by hand, and the intervals of their means."""

from math import log2

import numpy as np
import pytest

from eval.retrieval_intervals import intervals
from eval.retrieval_measures import MEASURES, measured


def at(place: int) -> list[str]:
    """A ranking with the right document "a" at this place."""
    return [f"x{n}" for n in range(1, place)] + ["a"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (1, [1, 1, 1, 1, 1]),
        (2, [0, 1, 1 / 2, 1 / log2(3), 1]),
        (3, [0, 1, 1 / 3, 1 / log2(4), 1]),
        (4, [0, 0, 1 / 4, 1 / log2(5), 1]),
        (10, [0, 0, 1 / 10, 1 / log2(11), 1]),
        (11, [0, 0, 0, 0, 1]),
        (100, [0, 0, 0, 0, 1]),
        (101, [0, 0, 0, 0, 0]),
    ],
)
def test_one_right_document(place: int, expected: list[float]) -> None:
    assert MEASURES == ("hit@1", "hit@3", "mrr@10", "ndcg@10", "recall@100")
    assert measured([at(place)], [["a"]])[0] == pytest.approx(expected)


def test_several_right_documents() -> None:
    # a and b of three: DCG = 1/log2(3) + 1/log2(4); best order 1 + 1/log2(3) + 1/log2(4).
    gained, best = 1 / log2(3) + 1 / log2(4), 1 + 1 / log2(3) + 1 / log2(4)
    found = measured([["x", "a", "b"]], [["b", "a", "c"]])[0]
    assert found == pytest.approx([0, 1, 1 / 2, gained / best, 2 / 3])


def test_more_right_documents_than_places() -> None:
    right = [f"r{n}" for n in range(12)]
    assert measured([right[:10]], [right])[0] == pytest.approx([1, 1, 1, 1, 10 / 12])


def test_a_question_that_found_nothing_scores_0_and_keeps_its_row() -> None:
    found = measured([["a"], [], ["x"], ["a"]], [["a"]] * 4)
    assert found.tolist() == [[1] * 5, [0] * 5, [0] * 5, [1] * 5]
    assert measured([[], []], [["a"], ["b"]]).tolist() == [[0] * 5] * 2


@pytest.mark.parametrize("names", [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]])
def test_the_order_given_counts_and_no_order_of_ids(names: list[str]) -> None:
    # Scores that tie would be put in order by id, downwards for hits and upwards for the rank.
    found = measured([names], [[names[1]]])[0]
    assert found == pytest.approx([0, 1, 1 / 2, 1 / log2(3), 1])


def test_ten_thousand_places_do_not_tie() -> None:
    ranking = [f"x{n}" for n in range(10_000)]
    places = [[ranking[99]], [ranking[100]]]
    assert measured([ranking, ranking], places)[:, 4].tolist() == [1.0, 0.0]


def test_an_interval_is_that_of_the_binomial() -> None:
    # 200 questions, half of them right: the mean is normal with deviation sqrt(.25 / 200).
    values = np.repeat([[0.0], [1.0]], 100, axis=0)
    ((low, high),) = intervals(values)
    around = 1.96 * np.sqrt(0.25 / 200)
    assert (low, high) == pytest.approx((0.5 - around, 0.5 + around), abs=0.01)


def test_columns_are_resampled_with_the_same_questions_and_every_time_alike() -> None:
    values = np.random.default_rng(1).random((50, 1))
    both = intervals(np.hstack([values, 1 - values]))
    assert both[1] == pytest.approx(1 - both[0][::-1])
    assert intervals(values) == pytest.approx(both[:1])
    assert intervals(values).tolist() == intervals(values).tolist()


def test_one_question_has_an_interval_of_no_width() -> None:
    assert intervals(np.array([[0.0, 1.0]])).tolist() == [[0.0, 0.0], [1.0, 1.0]]
