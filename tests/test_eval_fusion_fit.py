"""Learning the weights: the gradient is right, the right evidence wins, folds are kept apart."""

from pathlib import Path

import numpy as np
import pytest
from index_doubles import HashingEncoder

from eval import fusion_fit
from eval.errors import GoldError
from eval.fusion_fit import GATE, cross_validated, difference, figures, fit, toml
from eval.fusion_sets import Question, gold_sets
from eval.listwise import Listwise
from qa.retrieval.features import NAMES
from qa.words.tables import toml as shipped_table


def made(count: int = 60, seed: int = 4) -> list[Question]:
    """Questions whose right document is told by `soft`; `dense` is noise."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        rows = np.zeros((8, len(NAMES)), np.float32)
        rows[:, NAMES.index("dense")] = rng.random(8)
        rows[:, NAMES.index("soft")] = 0.4 * rng.random(8)
        rows[6, NAMES.index("soft")] = 0.9
        found.append(Question(number % 5, rows, np.array([0, 0, 1, 1, 2, 2, 3, 3]), (3,)))
    return found


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    problem = Listwise(made(6), GATE)
    rng = np.random.default_rng(0)
    weights = rng.random(2 * len(NAMES)).astype(np.float32)
    _, gradient = problem.loss_and_gradient(weights)
    for place in (NAMES.index("soft"), len(NAMES) + NAMES.index("soft")):
        step = np.zeros_like(weights)
        step[place] = 1e-3
        up, _ = problem.loss_and_gradient(weights + step)
        down, _ = problem.loss_and_gradient(weights - step)
        assert gradient[place] == pytest.approx((up - down) / 2e-3, abs=2e-3)


def test_what_tells_the_right_document_gets_the_weight_and_none_is_negative() -> None:
    weights = fit({"ncpp": made()}, range(len(NAMES)))
    assert (weights >= 0).all()
    far = weights[len(NAMES) :]
    assert far[NAMES.index("soft")] > 5 * far[NAMES.index("dense")]


def test_unseen_questions_are_ranked_and_what_was_not_found_counts_last() -> None:
    ranks = cross_validated({"ncpp": [*made(), None]}, range(len(NAMES)))["ncpp"]
    assert (ranks[:-1] < 0.5).mean() > 0.95
    assert np.isinf(ranks[-1])
    without = [place for place, name in enumerate(NAMES) if name != "soft"]
    worse = cross_validated({"ncpp": [*made(), None]}, without)["ncpp"]
    assert float(difference(ranks, worse).split()[0]) > 0.2
    assert figures(np.array([0.0, 2.0, np.inf])) == (
        "hit@1 0.333  hit@3 0.667  MRR@10 0.444  nDCG@10 0.500  (n 3)"
    )


def test_nothing_is_learned_from_a_test_set(tmp_path: Path) -> None:
    (tmp_path / "plan-test.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(GoldError, match="不是测试集"):
        next(gold_sets(tmp_path, tmp_path, HashingEncoder()))


def test_ties_count_half() -> None:
    rows = np.ones((3, len(NAMES)), np.float32)
    problem = Listwise([Question(0, rows, np.arange(3), (1,))], GATE)
    assert problem.ranks(np.ones(2 * len(NAMES), np.float32)).tolist() == [1.0]


def test_the_table_names_every_feature_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    monkeypatch.setattr(fusion_fit, "GATE", (0.1, 0.2))
    table = tomllib.loads(toml(np.arange(2 * len(NAMES), dtype=np.float32)))
    assert table["gate"] == {"open": 0.1, "shut": 0.2}
    assert list(table["near"]) == list(table["far"]) == list(NAMES)
    assert sum(table["near"].values()) == pytest.approx(1.0, abs=1e-3)
    assert set(shipped_table("fusion.toml")) == {"gate", "near", "far"}
