"""Learning when to refuse: what tells gets the weight, folds are kept apart, bars are met."""

import tomllib
import zlib
from pathlib import Path

import numpy as np
import pytest

from eval import refusal_fit
from eval.refusal_fit import BARS, Sets, fit, learned, out_of_fold, probabilities, thresholds, toml
from eval.refusal_sets import FOLDS, Described
from eval.risk_coverage import auroc, curve, draw, reached, refused_at
from qa.reader import answerability
from qa.reader.answerability import NAMES, shipped


def made(count: int, told: float, seed: int) -> list[Described]:
    """Questions that `soft` tells apart; `dense` is noise, `kind` is always there."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        row = np.zeros(len(NAMES), np.float32)
        row[NAMES.index("soft")] = np.clip(told + rng.normal(0, 0.1), 0, 1)
        row[NAMES.index("dense")] = rng.random()
        row[NAMES.index("kind")] = 1.0
        found.append(Described(row, f"{seed}-{number}"))
    return found


def both() -> Sets:
    return {
        "one/answerable": made(200, 0.7, 1),
        "one/outside": made(200, 0.4, 2),
        "one/hole": made(100, 0.5, 3),
    }


def test_what_tells_gets_the_weight_and_none_is_negative() -> None:
    weights, _ = fit(both())
    assert int(np.argmax(weights)) == NAMES.index("soft")
    assert (weights >= 0).all()


def test_evidence_that_speaks_for_refusal_gets_no_weight() -> None:
    turned = {"one/answerable": made(200, 0.4, 1), "one/outside": made(200, 0.7, 2)}
    weights, _ = fit(turned)
    assert weights[NAMES.index("soft")] == 0


def test_no_fold_sees_its_own_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []
    whole = fit

    def watched(sets: Sets) -> tuple[np.ndarray, float]:
        seen.append({one.fold for some in sets.values() for one in some})
        return whole(sets)

    monkeypatch.setattr(refusal_fit, "fit", watched)
    out_of_fold(both())
    assert seen == [set(range(FOLDS)) - {fold} for fold in range(FOLDS)]


def test_the_fold_of_a_question_follows_from_its_document() -> None:
    row = np.zeros(len(NAMES), np.float32)
    assert Described(row, "a").fold == Described(row + 1, "a").fold == zlib.crc32(b"a") % FOLDS


def test_the_thresholds_meet_their_bars() -> None:
    found = out_of_fold(both())
    cut = thresholds(found)
    assert (found["one/outside"] > cut["answered"]).mean() <= BARS["answered"]
    assert (found["one/answerable"] < cut["near"]).mean() <= BARS["near"]


def test_what_is_written_is_what_was_learned(tmp_path: Path) -> None:
    sets = both()
    learned(sets, tmp_path / "calibration.toml", None)
    table = tomllib.loads((tmp_path / "calibration.toml").read_text("utf-8"))
    weights, bias = fit(sets)
    assert table["bias"] == pytest.approx(bias, abs=1e-4)
    assert list(table["weights"].values()) == pytest.approx(weights.tolist(), abs=1e-4)
    assert set(table["thresholds"]) == set(BARS)


def test_the_shipped_calibration_has_every_feature_and_ordered_thresholds() -> None:
    ours = shipped()
    assert ours.weights.shape == (len(NAMES),)
    assert (ours.weights >= 0).all()
    assert ours.weights.any()
    assert 0 < ours.named <= ours.near < ours.answered < 1
    assert list(tomllib.loads(toml(ours.weights, ours.bias, {}))["weights"]) == list(NAMES)


def test_more_evidence_is_never_less_probable() -> None:
    rng = np.random.default_rng(5)
    for _ in range(50):
        row = rng.random(len(NAMES)).astype(np.float32)
        more = np.clip(row + rng.random(len(NAMES)).astype(np.float32), 0, 1)
        assert shipped().probability(np.maximum(row, more)) >= shipped().probability(row)


def test_the_product_and_the_learning_agree_on_a_probability() -> None:
    row = np.linspace(0, 1, len(NAMES)).astype(np.float32)
    ours = shipped()
    learning = probabilities([Described(row, "a")], ours.weights.astype(np.float64), ours.bias)
    assert ours.probability(row) == pytest.approx(learning[0], abs=1e-5)
    assert answerability.TABLE.endswith(".toml")


def test_risk_and_coverage_by_hand() -> None:
    # Thresholds .9, .8, .6, .3: one right; + one wrong; + one right; + one wrong.
    found = curve(np.array([0.9, 0.6]), np.array([0.8, 0.3]))
    assert found.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert found.risk.tolist() == pytest.approx([0.0, 0.5, 1 / 3, 0.5])
    assert found.aurc == pytest.approx((0 + 0.5 + 1 / 3 + 0.5) / 4)
    assert auroc(np.array([0.9, 0.6]), np.array([0.8, 0.3])) == 0.75
    assert reached(np.array([0.9, 0.6]), np.array([0.7])).tolist() == [0.5]
    assert refused_at(np.array([0.9, 0.6]), np.array([0.8, 0.3]), 0.0) == 0.5


def test_a_curve_of_one_side_is_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="found 0 answerable and 1 unanswerable"):
        curve(np.array([]), np.array([0.5]))


def test_the_curves_can_be_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    draw({"one": curve(np.array([0.9, 0.6]), np.array([0.8, 0.3]))}, tmp_path / "curve.svg")
    assert "<svg" in (tmp_path / "curve.svg").read_text("utf-8")
