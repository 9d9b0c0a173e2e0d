"""How a segment's vectors become a FAISS file: exact while they are few, as codes when many.

A large segment has each vector twice: product-quantised to 4 bits for four numbers, which a scan of
all reads from the processor's registers (Andre, Kermarrec, Le Scouarnec, "Quicker ADC", 2019), and
as 8 bits a number, which score the best of the scan.  How many is chosen with questions when the
file is made, and kept in the manifest.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from index.dense import DenseIndex, Numbers, Vectors, engine, one_thread
from index.encoder import shipped_encoder
from index.manifest import DenseInfo
from index.token_ids import TokenIds

EXACT_BELOW = 50_000
"""Vectors of a segment that is searched exactly (about 10 ms with 320 dimensions)."""

_SAMPLE = 40_960  # vectors that the ranges of the 8-bit codes are taken from
_TRAINED = (
    4_096  # of them for the 4-bit codes, 256 for each centre; ten times as many gained nothing
)
_SEED = 20_261_124
_ASKED = 200  # questions that recall is measured with
_PIECES = (4, 12)  # of a question: what people type in short
_CLOSENESS = 0.5  # cosine of a made-up question and its passage; short ones have .5 to .7
_NEAREST = 10
_WANTED = 0.98  # recall on the sample; what is asked of an index is 0.97
_LEAST_POWER, _MOST_POWER = 10, 13  # 1,024 candidates even if fewer would do, at most 8,192
_WORTH = 0.002  # less than this from twice as many candidates is no gain

Read = Callable[[], Iterator[tuple[Numbers, Vectors]]]
"""All pids and vectors of a new segment, some at a time; called more than once."""


def write(path: Path, count: int, dim: int, read: Read, encoder: str = "") -> DenseInfo:
    """Write `count` vectors of (dim,) to a new file; the same vectors give the same file.

    `encoder` is the fingerprint of what made them.  If that is the shipped one, the token ids must
    lie beside the file.
    """
    if count < EXACT_BELOW:
        return _write_flat(path, dim, read)
    return _write_codes(path, count, dim, read, encoder)


def rewrite(path: Path, source: DenseIndex, info: DenseInfo, dead: Numbers) -> DenseInfo:
    """Write a large segment's file again without the pids `dead`; the 8-bit codes stay the same."""
    faiss = engine()
    index = source.whole()
    index.reset()  # what was trained stays
    for pids, vectors in source.vectors():
        alive = ~np.isin(pids, dead)
        index.add_with_ids(vectors[alive], pids[alive])
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


def _write_codes(path: Path, count: int, dim: int, read: Read, encoder: str) -> DenseInfo:
    faiss = engine()
    parts = next(dim // width for width in (4, 2, 1) if dim % width == 0)
    coarse = faiss.IndexPQFastScan(dim, parts, 4, faiss.METRIC_INNER_PRODUCT)
    coarse.pq.cp.seed = _SEED
    fine = faiss.IndexScalarQuantizer(
        dim, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    random = np.random.default_rng(_SEED)
    chosen = np.sort(random.choice(count, min(count, _SAMPLE), replace=False))
    sample = _rows(read, chosen, dim)
    with one_thread(faiss):
        coarse.train(random.permutation(sample)[:_TRAINED])
        fine.train(sample)
    index = faiss.IndexIDMap(faiss.IndexRefine(coarse, fine))
    for pids, vectors in read():
        if len(pids):
            index.add_with_ids(np.ascontiguousarray(vectors), np.ascontiguousarray(pids))
    faiss.write_index(index, str(path))
    spoken = encoder == shipped_encoder().fingerprint
    asked = _spans(TokenIds(path.parent), random) if spoken else _far(sample, random)
    candidates, recall = _measured(path, dim, asked, read)
    return DenseInfo("codes", candidates, round(recall, 4))


def _rows(read: Read, chosen: Numbers, dim: int) -> Vectors:
    """The vectors at these places, ascending, of all that are read."""
    found, start = np.empty((len(chosen), dim), np.float32), 0
    for pids, vectors in read():
        low, high = np.searchsorted(chosen, [start, start + len(pids)])
        found[low:high] = vectors[chosen[low:high] - start]
        start += len(pids)
    return found


def _spans(token_ids: TokenIds, random: np.random.Generator) -> Vectors:
    """Questions to measure with: a few words in a row of a passage.

    Mixtures of passages' vectors would be too easy: half of what is near to a short question is
    scattered over all passages.
    """
    asked = []
    for place in random.choice(
        len(token_ids), min(2 * _ASKED, len(token_ids)), replace=False
    ).tolist():
        ids = token_ids.ids[token_ids.offsets[place] : token_ids.offsets[place + 1]]
        length = min(len(ids), int(random.integers(*_PIECES, endpoint=True)))
        start = int(random.integers(0, len(ids) - length, endpoint=True))
        asked.append(ids[start : start + length])
    return _spoken(shipped_encoder().encode_ids(asked))


def _far(sample: Vectors, random: np.random.Generator) -> Vectors:
    """Questions for an encoder that is not at hand: vectors as far off as short questions are."""
    places = random.choice(len(sample), min(2 * _ASKED, len(sample)), replace=False)
    noise = random.standard_normal((len(places), sample.shape[1]), np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    near = _spoken(sample[places])
    mixed = _CLOSENESS * near + np.sqrt(np.float32(1 - _CLOSENESS**2)) * noise[: len(near)]
    asked: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return asked


def _spoken(vectors: Vectors) -> Vectors:
    """The first that are not zero."""
    spoken: Vectors = vectors[vectors.any(axis=1)][:_ASKED]
    return spoken


def _measured(path: Path, dim: int, asked: Vectors, read: Read) -> tuple[int, float]:
    """The fewest candidates with recall enough, and recall@10 against exact search."""
    exact = [set(row) for row in _nearest(asked, read)]
    tried: list[tuple[int, float]] = []
    for power in range(_LEAST_POWER, _MOST_POWER + 1):
        index = DenseIndex(path, dim, DenseInfo("codes", 2**power))
        found = [{pid for pid, _ in index.search(vector, _NEAREST, None)} for vector in asked]
        index.close()
        hits = sum(len(true & some) for true, some in zip(exact, found, strict=True))
        tried.append((2**power, hits / max(1, sum(map(len, exact)))))
        gained = tried[-1][1] - tried[-2][1] if len(tried) > 1 else 1.0
        if tried[-1][1] >= _WANTED or gained < _WORTH:
            break  # what is missed now is lost to the 8-bit codes
    return tried[-1]


def _nearest(asked: Vectors, read: Read) -> list[list[int]]:
    """The pids of the ten best inner products for each row of `asked`, by brute force."""
    best = [(np.empty(0, np.float32), np.empty(0, np.int64)) for _ in asked]
    for pids, vectors in read():
        for place, found in enumerate(asked @ np.asarray(vectors).T):
            # One question at a time: what is made for all at once fills hundreds of megabytes.
            scores = np.concatenate([best[place][0], found])
            top = np.argpartition(-scores, min(_NEAREST, len(scores) - 1))[:_NEAREST]
            before = len(best[place][0])
            kept = [best[place][1][i] if i < before else pids[i - before] for i in top.tolist()]
            best[place] = scores[top], np.asarray(kept, np.int64)
    return [found.tolist() for _, found in best]
