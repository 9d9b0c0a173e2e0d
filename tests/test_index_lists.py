"""Large segments are searched by lists of 8-bit codes: how much they find, what they never miss."""

import numpy as np
import pytest

from index import dense, dense_build
from index.dense import DenseIndex


def clustered(count: int, dim: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors around centres, and questions around the same centres."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((count // 300, dim), np.float32)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)

    def around(number: int) -> np.ndarray:
        noise = random.standard_normal((number, dim), np.float32) * np.float32(0.8 / dim**0.5)
        made = centres[random.integers(0, len(centres), number)] + noise
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    return around(count), around(100)


def test_a_large_segment_finds_97_of_100(tmp_path):
    count, dim = 60_000, 32
    vectors, questions = clustered(count, dim)
    pids = np.arange(5, count + 5, dtype=np.int64)

    def read():
        for start in range(0, count, 20_000):
            yield pids[start : start + 20_000], vectors[start : start + 20_000]

    info = dense_build.write(tmp_path / "dense.faiss", count, dim, read)
    assert info.kind == "ivf"
    assert 0 < info.nprobe <= info.nlist
    assert info.recall >= 0.97
    index = DenseIndex(tmp_path / "dense.faiss", dim, info)
    assert len(index) == count
    (tmp_path / "dense.faiss").unlink()  # as a writer's sweep does
    exact = pids[np.argsort(-(questions @ vectors.T), axis=1)[:, :10]]
    dead = exact[:, 0]  # the best of each is withdrawn
    among = dense.bits(np.setdiff1d(pids, dead), count + 5)
    hits = without = 0
    for question, best in zip(questions, exact, strict=True):
        found = index.search(question, 10, None)
        hits += len({pid for pid, _ in found} & set(best.tolist()))
        scores = [question @ vectors[pid - 5] for pid, _ in found]
        assert [score for _, score in found] == pytest.approx(scores, abs=0.03)
        left = {pid for pid, _ in index.search(question, 9, among)}
        assert len(left) == 9
        assert not left & set(dead.tolist())
        without += len(left & set(best[1:].tolist()))
    assert hits >= 0.97 * exact.size
    assert without >= 0.9 * 9 * len(questions)


def test_a_search_held_to_some_passages_of_a_large_segment_misses_none(tmp_path):
    count, dim = 3_000, 16
    vectors, questions = clustered(count, dim)
    pids = np.arange(1, count + 1, dtype=np.int64)
    info = dense_build._write_lists(
        tmp_path / "dense.faiss", count, dim, lambda: iter([(pids, vectors)])
    )
    index = DenseIndex(tmp_path / "dense.faiss", dim, info)
    chosen = pids[::37]
    among = dense.bits(chosen, count + 1)
    found = index.search(questions[0], len(chosen), among, every=True)
    assert {pid for pid, _ in found} == set(chosen.tolist())
    assert len(index.search(questions[0], count, None)) == count  # more than the nearest lists hold
    gone = dense_build.rewrite(tmp_path / "less.faiss", index, info, chosen)
    less = DenseIndex(tmp_path / "less.faiss", dim, gone)
    left = np.setdiff1d(pids, chosen)
    assert {pid for pid, _ in less.search(questions[0], count, None)} == set(left.tolist())
    kept = np.concatenate([some for some, _ in less.vectors()])
    decoded = np.concatenate([rows for _, rows in less.vectors()])
    assert sorted(kept.tolist()) == left.tolist()
    assert np.abs(decoded - vectors[kept - 1]).max() < 0.05
