"""Arms that search at the same time: the same hits in the same order, and the same errors."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from qa_doubles import invented, real

from index.local import LocalIndex
from qa.retrieval import candidates, parallel
from qa.retrieval.parallel import Helpers
from qa.service.assistant import Assistant

QUESTIONS = (
    "公共充电桩多少个?",
    "谁负责护学路建设?",
    "我妈吃饭去哪里?",
    "助餐点留样多久",
    "候车亭",
)


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Helpers]:
    helpers = Helpers(2)
    monkeypatch.setattr(parallel, "_shared", helpers)
    monkeypatch.setattr(candidates, "SIDE_BY_SIDE", 0)
    yield helpers
    if helpers._pool is not None:
        helpers._pool.shutdown()


@pytest.mark.parametrize("service", [invented, real])
def test_hits_and_their_order_are_the_same(
    service: Callable[[], Assistant], helped: Helpers, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher, index = service().searcher, service().index
    documents = [info.id for info in index.documents() if info.held]
    asked = [*QUESTIONS, *(one.text for id_ in documents for one in index.passages(id_))]
    search = partial(searcher.search, k=100)
    together = [*map(search, asked)]
    with ThreadPoolExecutor(8) as many:
        at_once = [*many.map(search, asked)]
    assert helped._pool is not None
    monkeypatch.setattr(candidates, "SIDE_BY_SIDE", 10**9)
    monkeypatch.setattr(candidates, "both", lambda *_: pytest.fail("not asked for"))
    assert together == at_once == [*map(search, asked)]
    assert any(found.fused for found in together)


@pytest.mark.usefixtures("helped")
@pytest.mark.parametrize("arm", ["search_lexical", "search_dense"])
def test_the_error_of_an_arm_reaches_the_caller_as_it_is(
    arm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = invented().searcher
    error = LookupError("this very one")

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(LocalIndex, arm, fail)
    with pytest.raises(LookupError) as caught:
        searcher.search(QUESTIONS[0], 10)
    assert caught.value is error


def test_both_run_at_the_same_time_and_who_finds_no_helper_does_without() -> None:
    meet = threading.Barrier(2, timeout=20)
    helpers = Helpers(1)

    def inside() -> tuple[str, str]:
        here, there = helpers.both(threading.get_ident, threading.get_ident)
        assert here == there  # the only helper is waiting for us
        meet.wait()
        return "here", "there"

    assert helpers.both(inside, meet.wait)[0] == ("here", "there")
    names = helpers.both(threading.get_ident, threading.get_ident)
    assert names[0] != names[1]
    assert Helpers(0).both(lambda: 1, lambda: 2) == (1, 2)


def test_nothing_is_at_work_any_more_when_an_error_is_raised() -> None:
    ended = threading.Event()
    began = threading.Event()

    def fail() -> None:
        began.wait(20)
        raise KeyError("here")

    def work() -> None:
        began.set()
        threading.Event().wait(0.05)
        ended.set()

    with pytest.raises(KeyError):
        Helpers(1).both(fail, work)
    assert ended.is_set()


def test_no_thread_starts_at_import_and_a_forked_process_has_its_own() -> None:
    code = """
import os, threading
from qa.retrieval import parallel
assert threading.active_count() == 1
parallel._shared = parallel.Helpers(1)
assert parallel.both(lambda: 1, lambda: 2) == (1, 2)
assert threading.active_count() == 2
child = os.fork()
if not child:
    os._exit(0 if parallel.both(lambda: 3, lambda: 4) == (3, 4) else 1)
assert os.waitpid(child, 0)[1] == 0
"""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
