"""The bars: no lie of many reaches the user, and an honest model loses next to nothing."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lying_model import LyingModel, lying_model
from model_honest import honest
from model_lies import LIES
from qa_doubles import SHIPPED, real

from qa.answer import Request
from qa.service.assistant import Assistant

sys.path.insert(0, str(Path(__file__).parent / "soak"))
import lies

LIES_TOLD, SEED = 180, 20
"""Ten of each kind; `make soak` tells 500 with another seed."""


@pytest.fixture(scope="module")
def model() -> Iterator[LyingModel]:
    with lying_model() as made:
        yield made


@pytest.fixture(scope="module")
def service(model: LyingModel) -> Assistant:
    return lies.with_model(real(shipped=SHIPPED), model)


@pytest.fixture(scope="module")
def pool(service: Assistant) -> list[Request]:
    return lies.writable(service)


def test_most_questions_that_ask_for_sentences_reach_the_model(pool: list[Request]) -> None:
    assert len(pool) > 150


def test_no_lie_reaches_the_user(
    service: Assistant, model: LyingModel, pool: list[Request]
) -> None:
    found = lies.tell_lies(service, model, pool, LIES_TOLD, SEED)
    assert set(found.told) == set(LIES)
    assert found.shown == []


def test_an_honest_model_loses_at_most_two_sentences_in_a_hundred(
    service: Assistant, model: LyingModel, pool: list[Request]
) -> None:
    some = random.Random(SEED).sample(pool, 100)
    found = lies.tell_the_truth(service, model, some, SEED)
    assert found.honest >= 100, "a question has one to three provisions, a sentence for each"
    assert len(found.lost) <= 0.02 * found.honest, found.lost


def test_a_lie_that_is_shown_would_be_counted(
    service: Assistant, model: LyingModel, pool: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.verify.verify.faults", lambda *_: [])
    found = lies.tell_lies(service, model, pool, 36, SEED)
    assert len(found.shown) > 5


def test_honest_sentences_and_lies_differ() -> None:
    evidence = {
        "E1": "推进社区托育点建设,新增托育点12个,覆盖率达到85%以上。",
        "E2": "改造步道3公里。",
    }
    rng = random.Random(0)
    true = {honest(evidence, rng).text for _ in range(50)}
    assert len(true) > 10
    for kind, lie in LIES.items():
        told = [one for one in (lie(evidence, rng) for _ in range(20)) if one is not None]
        assert all(one.text not in true or set(one.handles) != {"E1"} for one in told), kind
