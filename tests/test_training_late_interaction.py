"""Training moves words that answer each other together, and leaves the rest where it was."""

import numpy as np
import pytest
import torch

from index.training.late_interaction import Settings, hide, padded, scores, train
from index.training.lay_cloze import Group, cloze_pairs
from index.training.sampling import Bags, Batch


def bags(texts: list[list[int]]) -> Bags:
    ids = np.array([word for text in texts for word in text], np.int32)
    return Bags(ids, np.concatenate([[0], np.cumsum([len(text) for text in texts])]))


def test_scores_are_the_weighted_mean_of_best_matches() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(12, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = rng.random(12).astype(np.float32) + 0.5
    queries, passages = padded(bags([[1, 2], [3]]), 5), padded(bags([[4, 5, 6], [7]]), 5)
    found = scores(torch.from_numpy(vectors), torch.from_numpy(weights), queries, passages)
    for i, query in enumerate(([1, 2], [3])):
        for j, passage in enumerate(([4, 5, 6], [7])):
            best = [max(float(vectors[q] @ vectors[p]) for p in passage) for q in query]
            share = weights[query] / weights[query].sum()
            assert float(found[i, j]) == pytest.approx(float(share @ best), abs=1e-5)


def test_hiding_takes_the_questions_words_but_never_all_words() -> None:
    queries = np.array([[1, 2], [3, 0]])
    passages = np.array([[1, 2, 5], [3, 0, 0]])
    hide(queries, passages, 1.0, np.random.default_rng(0))
    assert passages.tolist() == [[0, 0, 5], [3, 0, 0]]


def test_words_that_ask_for_each_other_come_together() -> None:
    rng = np.random.default_rng(5)
    static = rng.normal(size=(41, 16)).astype(np.float32)

    def draw() -> Batch:
        lay = rng.permutation(np.arange(1, 21))
        return Batch(bags([[word] for word in lay]), bags([[word + 20] for word in lay]))

    losses: list[float] = []
    table = train(
        static,
        draw,
        Settings(steps=120, dim=16, learning_rate=2e-2, warm_up=5),
        lambda _, loss: losses.append(loss),
        every=40,
    )
    assert losses[-1] < losses[0] / 4
    similar = table.vectors[1:21] @ table.vectors[21:41].T
    assert (similar.argmax(axis=1) == np.arange(20)).all()
    assert np.allclose(np.linalg.norm(table.vectors, axis=1), 1, atol=1e-4)


def test_lay_words_stand_where_the_official_term_stood() -> None:
    groups = [Group("jobs", ("丢了饭碗",), ("失业人员",))]
    documents = [[f"各地应当为失业人员提供第{number}类就业服务。"] for number in range(40)]
    pairs = cloze_pairs(documents, groups, seed=1)
    assert len(pairs) == 40
    assert all("丢了饭碗" in pair.query and "失业人员" not in pair.query for pair in pairs)
    assert all("失业人员" in pair.passage for pair in pairs)
    assert any("提供" in pair.query for pair in pairs)
    assert cloze_pairs(documents, groups, seed=1) == pairs
    assert cloze_pairs(documents, [], seed=1) == []
