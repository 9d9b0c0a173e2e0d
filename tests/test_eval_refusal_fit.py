"""Learning when to refuse: what tells gets the weight, folds are kept apart, bars are met."""

import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval import refusal_fit
from eval.gold import GoldQuestion
from eval.refusal_fit import (
    BARS,
    MANY,
    PLAN,
    Pools,
    fit,
    learned,
    out_of_fold,
    probabilities,
    report,
    thresholds,
    toml,
)
from eval.refusal_sets import FOLDS, Described, group, quoted, said
from qa.answer import Answer, Citation
from qa.reader.answerability import NAMES, shipped


def made(count: int, told: float, seed: int, *, positive: bool) -> list[Described]:
    """Questions that `soft` tells apart; `dense` is noise, `kind` is always there."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        row = np.zeros(len(NAMES), np.float32)
        row[NAMES.index("soft")] = np.clip(told + rng.normal(0, 0.1), 0, 1)
        row[NAMES.index("dense")] = rng.random()
        row[NAMES.index("kind")] = 1.0
        # Every other negative question has an answer that was not found.
        answerable = positive or bool(number % 2)
        found.append(Described(row, f"{seed}-{number}", answerable, positive))
    return found


def pools(positive: float = 0.7, negative: float = 0.4) -> Pools:
    return {
        name: made(200, positive, seed, positive=True)
        + made(100, negative, seed + 1, positive=False)
        for name, seed in ((MANY, 1), (PLAN, 3))
    }


def test_what_tells_gets_the_weight_and_none_is_negative() -> None:
    weights, _ = fit(pools())
    assert int(np.argmax(weights)) == NAMES.index("soft")
    assert (weights >= 0).all()


def test_evidence_that_speaks_for_refusal_gets_no_weight() -> None:
    weights, _ = fit(pools(0.4, 0.7))
    assert weights[NAMES.index("soft")] == 0


def test_positive_and_negative_ones_count_alike_however_many_there_are() -> None:
    once = pools()
    twice = {name: [*some, *(one for one in some if one.positive)] for name, some in once.items()}
    assert fit(twice)[0] == pytest.approx(fit(once)[0], abs=1e-3)


def test_no_fold_sees_its_own_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[int]] = []
    whole = fit

    def watched(some: Pools) -> tuple[np.ndarray, float]:
        seen.append({one.fold for questions in some.values() for one in questions})
        return whole(some)

    monkeypatch.setattr(refusal_fit, "fit", watched)
    out_of_fold(pools())
    assert seen == [set(range(FOLDS)) - {fold} for fold in range(FOLDS)]


def test_the_fold_of_a_question_follows_from_its_document() -> None:
    row = np.zeros(len(NAMES), np.float32)
    one = Described(row, "a", answerable=True, evidence=True)
    assert one.fold == replace(one, row=row + 1).fold == zlib.crc32(b"a") % FOLDS


def test_an_unanswerable_question_is_never_positive() -> None:
    row = np.zeros(len(NAMES), np.float32)
    assert Described(row, "a", answerable=True, evidence=True).positive
    assert not Described(row, "a", answerable=False, evidence=True).positive
    assert not Described(row, "a", answerable=True, evidence=False).positive


def shares(some: Sequence[Described], scores: np.ndarray, cut: float) -> tuple[float, float]:
    """Of the unanswerable those above a threshold, of the positive those below it."""
    without = scores[[not one.answerable for one in some]]
    right = scores[[one.positive for one in some]]
    return float((without >= cut).mean()), float((right < cut).mean())


def test_the_thresholds_meet_their_bars_and_the_next_would_not() -> None:
    some = pools(0.55, 0.5)
    found = out_of_fold(some)
    cut = thresholds(some, found)
    assert shares(some[MANY], found[MANY], cut["answered"])[0] <= BARS["answered"]
    assert shares(some[MANY], found[MANY], cut["answered"] - 0.01)[0] > BARS["answered"]
    assert all(shares(s, found[n], cut["near"])[1] <= BARS["near"] for n, s in some.items())
    assert any(shares(s, found[n], cut["near"] + 0.01)[1] > BARS["near"] for n, s in some.items())
    assert cut["named"] == cut["near"] / 2


def test_the_report_counts_each_kind_of_question_by_itself() -> None:
    row = np.zeros(len(NAMES), np.float32)
    kinds = [(True, True), (True, True), (True, False), (False, False)]
    some = {MANY: [Described(row, "a", answerable=a, evidence=e) for a, e in kinds]}
    lines = list(report(some, {MANY: np.array([0.9, 0.45, 0.6, 0.3])}))
    assert lines[0] == "many: 4 questions, 2 positive, 1 unanswerable, AUROC 0.750"
    assert lines[6].split() == ["0.5", "0.500", "0.000", "1.000", "0.250"]
    assert lines[3].split() == ["0.2", "0.000", "1.000", "1.000", "0.500"]


def test_what_is_written_is_what_was_learned(tmp_path: Path) -> None:
    some = pools()
    learned(some, tmp_path / "calibration.toml")
    table = tomllib.loads((tmp_path / "calibration.toml").read_text("utf-8"))
    weights, bias = fit(some)
    assert table["bias"] == pytest.approx(bias, abs=1e-4)
    assert list(table["weights"].values()) == pytest.approx(weights.tolist(), abs=1e-4)
    assert list(table["thresholds"]) == ["answered", "near", "named"]


def test_the_shipped_calibration_has_every_feature_and_ordered_thresholds() -> None:
    ours = shipped()
    assert ours.weights.shape == (len(NAMES),)
    assert (ours.weights > 0).all(), "a feature without weight is dropped from NAMES"
    assert 0 < ours.named <= ours.near < ours.answered < 1
    assert list(
        tomllib.loads(toml(ours.weights.astype(np.float64), ours.bias, {}))["weights"]
    ) == list(NAMES)


def test_more_evidence_is_never_less_probable() -> None:
    rng = np.random.default_rng(5)
    for _ in range(50):
        row = rng.random(len(NAMES)).astype(np.float32)
        more = np.clip(row + rng.random(len(NAMES)).astype(np.float32), 0, 1)
        assert shipped().probability(np.maximum(row, more)) >= shipped().probability(row)


def test_the_product_and_the_learning_agree_on_a_probability() -> None:
    row = np.linspace(0, 1, len(NAMES)).astype(np.float32)
    ours = shipped()
    one = Described(row, "a", answerable=True, evidence=True)
    learning = probabilities([one], ours.weights.astype(np.float64), ours.bias)
    assert ours.probability(row) == pytest.approx(learning[0], abs=1e-5)


def answer(text: str, quote: str) -> Answer:
    cited = Citation(1, "d", "", "", "", "", (), quote, 0, len(quote), None, "")
    return Answer("answered", text, (cited,))


def test_evidence_is_told_by_the_quotation_or_by_the_required_words() -> None:
    gold = GoldQuestion("a", "amount", "多少?", must=("28万元",), documents=("d",), quote="28万元")
    assert quoted(gold, answer("28万元[1]", "每台28万元"))
    assert not quoted(gold, answer("28万元[1]", "每台8万元"))
    assert not quoted(replace(gold, quote=""), answer("28万元[1]", "每台28万元"))
    assert said(gold, answer("如下：[1]", "每台28万元"))
    assert not said(gold, answer("如下：[1]", "每台128万元"))
    assert not said(replace(gold, must_any=(("甲", "乙"),)), answer("28万元[1]", "丙"))


def test_a_question_goes_by_its_document_or_its_clauses() -> None:
    gold = GoldQuestion("a-1", "amount", "多少?")
    assert group(gold) == "a-1"
    assert group(replace(gold, clauses=("1", "2"))) == "1,2"
    assert group(replace(gold, clauses=("1",), documents=("d",))) == "d"
