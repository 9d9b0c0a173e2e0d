"""How a segment's vectors become a FAISS file: exact while they are few, in lists when many.

Large segments are IVF with 8-bit codes (a quarter of the size) over inner products.  How many lists
a question looks at is chosen on a sample when the file is made, and kept in the manifest.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.dense import DenseIndex, Numbers, Vectors, engine
from index.manifest import DenseInfo

EXACT_BELOW = 50_000
"""Vectors of a segment that is searched exactly (about 10 ms with 320 dimensions)."""

# nlist = 4 sqrt(n), but at most so many: k-means takes time in proportion to its square.
_MOST_LISTS = 1_024
_SAMPLE_PER_LIST = 40
_SEED = 20_261_124
_PROBED = 200  # vectors of the sample that recall is measured with
_NEAREST = 10
_WANTED = 0.975  # recall on the sample; what is asked of an index is 0.97
_LEAST_POWER = 4  # 16 lists even if fewer would do for the sample: real questions are harder
_WORTH = 0.002  # less than this from twice as many lists is no gain

Read = Callable[[], Iterator[tuple[Numbers, Vectors]]]
"""All pids and vectors of a new segment, some at a time; called more than once."""


def write(path: Path, count: int, dim: int, read: Read) -> DenseInfo:
    """Write `count` vectors of (dim,) to a new file; the same vectors give the same file."""
    if count < EXACT_BELOW:
        return _write_flat(path, dim, read)
    return _write_lists(path, count, dim, read)


def rewrite(path: Path, source: DenseIndex, info: DenseInfo, dead: Numbers) -> DenseInfo:
    """Write a large segment's file again without the pids `dead`, code for code."""
    faiss = engine()
    index = source.whole()
    index.remove_ids(faiss.IDSelectorBatch(dead))
    faiss.write_index(index, str(path))
    return info


def _write_flat(path: Path, dim: int, read: Read) -> DenseInfo:
    faiss = engine()
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
    for pids, vectors in read():
        if len(pids):
            index.add_with_ids(np.ascontiguousarray(vectors), np.ascontiguousarray(pids))
    faiss.write_index(index, str(path))
    return DenseInfo()


def _write_lists(path: Path, count: int, dim: int, read: Read) -> DenseInfo:
    faiss = engine()
    nlist = min(_MOST_LISTS, int(4 * np.sqrt(count)))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim),
        dim,
        nlist,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.seed = _SEED
    index.cp.min_points_per_centroid = 1
    random = np.random.default_rng(_SEED)
    chosen = np.sort(random.choice(count, min(count, nlist * _SAMPLE_PER_LIST), replace=False))
    sample = _rows(read, chosen, dim)
    index.train(sample)
    for pids, vectors in read():
        index.add_with_ids(np.ascontiguousarray(vectors), np.ascontiguousarray(pids))
    nprobe, recall = _probes(index, _asked(sample, random), read)
    faiss.write_index(index, str(path))
    return DenseInfo("ivf", nlist, nprobe, round(recall, 4))


def _rows(read: Read, chosen: Numbers, dim: int) -> Vectors:
    """The vectors at these places, ascending, of all that are read."""
    found, start = np.empty((len(chosen), dim), np.float32), 0
    for pids, vectors in read():
        low, high = np.searchsorted(chosen, [start, start + len(pids)])
        found[low:high] = vectors[chosen[low:high] - start]
        start += len(pids)
    return found


def _asked(sample: Vectors, random: np.random.Generator) -> Vectors:
    """Questions to measure with: a question is never a passage, so each lies between two."""
    pairs = random.choice(len(sample), (2, min(_PROBED, len(sample) // 2)), replace=False)
    mixed = 0.7 * sample[pairs[0]] + 0.3 * sample[pairs[1]]
    lengths = np.linalg.norm(mixed, axis=1, keepdims=True)
    asked: Vectors = np.divide(mixed, lengths, out=mixed, where=lengths > 0)
    spoken: Vectors = asked[lengths[:, 0] > 0]
    return spoken


def _probes(index: Any, asked: Vectors, read: Read) -> tuple[int, float]:
    """The smallest number of lists with recall enough, and recall@10 against exact search."""
    faiss = engine()
    exact = [set(row) for row in _nearest(asked, read)]
    tried: list[tuple[int, float]] = []
    for nprobe in (min(2**power, index.nlist) for power in range(_LEAST_POWER, 32)):
        options = faiss.SearchParametersIVF(nprobe=nprobe)
        _, found = index.search(asked, _NEAREST, params=options)
        hits = [len(true & set(row)) for true, row in zip(exact, found.tolist(), strict=True)]
        tried.append((nprobe, sum(hits) / max(1, sum(map(len, exact)))))
        gained = tried[-1][1] - tried[-2][1] if len(tried) > 1 else 1.0
        if tried[-1][1] >= _WANTED or nprobe == index.nlist or gained < _WORTH:
            break  # what is missed now is lost to the codes, not to the lists
    return tried[-1]


def _nearest(asked: Vectors, read: Read) -> list[list[int]]:
    """The pids of the ten best inner products for each row of `asked`, by brute force."""
    scores = np.full((len(asked), 0), 0, np.float32)
    best: npt.NDArray[np.int64] = np.empty((len(asked), 0), np.int64)
    for pids, vectors in read():
        scores = np.concatenate([scores, asked @ np.asarray(vectors).T], axis=1)
        best = np.concatenate([best, np.broadcast_to(pids, (len(asked), len(pids)))], axis=1)
        top = np.argpartition(-scores, min(_NEAREST, scores.shape[1] - 1), axis=1)[:, :_NEAREST]
        scores = np.take_along_axis(scores, top, axis=1)
        best = np.take_along_axis(best, top, axis=1)
    return [[int(pid) for pid in row] for row in best]
