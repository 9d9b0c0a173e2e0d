"""The dense arm: cosine over unit vectors in a FAISS file for each segment.

A small segment is searched exactly.  A large one keeps each vector twice: as 4-bit codes that are
all looked at, and as 8-bit codes that score the best of those.  A search that is held to some
documents scores the 8-bit codes of all their passages, so that none is missed.  A passage that the
encoder knows nothing about has the zero vector and scores 0 against every question.  FAISS is
loaded with the first search, so that listing documents does not wait for it; files are mapped, so
that a million vectors are opened at once and shared between processes.
"""

import contextlib
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import CorruptIndexError, EncoderError
from index.manifest import REMEDY, DenseInfo
from index.ranking import Scored

# float32 inner products of unit vectors differ by about 1e-7 with the order of summation.
TOLERANCE = 1e-6

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint8]
"""A bit for each pid from 0 on, lowest first: 1 for one that may be found."""

_CANDIDATES_PER_HIT = 8
"""At least so many are scored by 8-bit codes for each hit, so that recall@120 is 0.92 to 0.97."""

_DESCRIPTORS = Path("/proc/self/fd")


class DenseIndex:
    """Reads of one file; thread-safe, and independent of the file's name once opened."""

    def __init__(self, path: Path, dim: int, info: DenseInfo) -> None:
        self._name = path.name
        self._dim = dim
        self._info = info
        self._lock = threading.Lock()
        self._index: Any = None
        self._file = path.open("rb")
        self.close = weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        """The number of vectors."""
        return int(self._loaded().ntotal)

    def search(
        self, vector: npt.NDArray[Any], limit: int, among: Bits | None, *, every: bool = False
    ) -> list[Scored]:
        """At most `limit` pids with their inner products, best first, those of `among` if given.

        `vector` is `query`'s.  `every` scores all of a large segment that may be found, as does a
        search whose candidates would be fewer than `limit` or all there are.
        """
        index, faiss = self._loaded(), engine()
        limit = min(limit, int(index.ntotal))
        if limit == 0:
            return []
        with one_thread(faiss):
            if self._info.kind == "flat":
                selector = None if among is None else faiss.IDSelectorBitmap(among)
                options = None if selector is None else faiss.SearchParameters(sel=selector)
                return _scored(*index.search(vector[None, :], limit, params=options))
            found = [] if every else self._codes.near(vector, limit, self._info.candidates, among)
            return found if len(found) == limit else self._codes.among(vector, limit, among)

    def vectors(self, chunk: int = 100_000) -> Iterator[tuple[Numbers, Vectors]]:
        """All pids (n,) and their vectors (n, dim), in the file's order, some at a time.

        Those of a large segment are decoded from 8 bits.
        """
        index, faiss = self._loaded(), engine()
        pids: Numbers = faiss.vector_to_array(index.id_map)
        rows = index.index if self._info.kind == "flat" else self._codes.fine
        for start in range(0, len(pids), chunk):
            some = pids[start : start + chunk]
            yield some, rows.reconstruct_n(start, len(some))

    def whole(self) -> Any:
        """The FAISS index in memory of its own, to be changed and written elsewhere."""
        self._loaded()
        faiss = engine()
        self._file.seek(0)
        return faiss.read_index(faiss.PyCallbackIOReader(self._file.read, 1 << 20))

    def _loaded(self) -> Any:
        with self._lock:
            if self._index is None:
                self._index = self._load()
            return self._index

    def _load(self) -> Any:
        faiss = engine()

        flat = self._info.kind == "flat"
        expected = faiss.IndexIDMap2 if flat else faiss.IndexIDMap
        try:
            # By the open file, as its name may be gone by now.
            source = _DESCRIPTORS / str(self._file.fileno())
            if source.exists():
                index = faiss.read_index(str(source), faiss.IO_FLAG_MMAP_IFC)
            else:
                self._file.seek(0)
                index = faiss.read_index(faiss.PyCallbackIOReader(self._file.read, 1 << 20))
        except (RuntimeError, OSError) as error:
            raise self._corrupt(f"读取失败：{str(error)[:200]}") from error
        if not isinstance(index, expected) or index.d != self._dim:
            raise self._corrupt(f"是 {type(index).__name__}，{index.d} 维")
        if not flat:
            if not isinstance(faiss.downcast_index(index.index), faiss.IndexRefine):
                raise self._corrupt("没有编码")
            self._codes = _Codes(index)
        return index

    def _corrupt(self, found: str) -> CorruptIndexError:
        return CorruptIndexError(
            f"向量文件 {self._name} {found}", f"{self._dim} 维的 {self._info.kind} 索引", REMEDY
        )


class _Codes:
    """The vectors of a large segment: `coarse` has 4 bits for four numbers, `fine` 8 for each."""

    def __init__(self, index: Any) -> None:
        faiss = engine()
        both = faiss.downcast_index(index.index)
        self.coarse = faiss.downcast_index(both.base_index)
        self.fine = faiss.downcast_index(both.refine_index)
        self._pids: Numbers = faiss.vector_to_array(index.id_map)
        self._end = int(self._pids.max(initial=0)) + 1
        codes = faiss.rev_swig_ptr(self.fine.codes.data(), len(self._pids) * self.fine.code_size)
        self._rows: Bits = codes.reshape(len(self._pids), -1)  # a view of the file

    def near(
        self, vector: Vectors, limit: int, candidates: int, among: Bits | None
    ) -> list[Scored]:
        """The best of those that the coarse codes find nearest; maybe fewer than `limit`."""
        wanted = max(candidates, _CANDIDATES_PER_HIT * limit)
        if among is not None:
            # The coarse codes know nothing of it: what was withdrawn takes places, maybe the best.
            alive = int(np.count_nonzero(np.unpackbits(among)))
            wanted = 2 * wanted * len(self._pids) // max(1, alive)
        if wanted >= len(self._pids):
            return []
        places: Numbers = self.coarse.search(vector[None, :], wanted)[1][0]
        places = places[places >= 0]
        if among is not None:
            places = places[self._chosen(among, self._pids[places])]
        rows = self.fine.sa_decode(self._rows[places])
        # numpy's BLAS would start threads for many rows: 8 ms instead of 0.4 for 2,048
        scores = np.einsum("ij,j->i", rows, vector)
        best = np.lexsort((self._pids[places], -scores))[:limit]
        return list(zip(self._pids[places[best]].tolist(), scores[best].tolist(), strict=True))

    def among(self, vector: Vectors, limit: int, among: Bits | None) -> list[Scored]:
        """The best of all that may be found, by the fine codes."""
        faiss = engine()
        options = None
        if among is not None:
            places = np.packbits(self._chosen(among, self._pids), bitorder="little")
            options = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(places))
        scores, found = self.fine.search(vector[None, :], limit, params=options)
        known = np.where(found >= 0, self._pids[found], -1)
        return _scored(scores, known)

    def _chosen(self, among: Bits, pids: Numbers) -> npt.NDArray[np.bool_]:
        """Whether each of these pids may be found."""
        flags = np.unpackbits(among, count=self._end, bitorder="little")
        return flags.view(np.bool_)[pids]


def query(vector: npt.NDArray[Any], dim: int) -> Vectors:
    """A question's vector, if it is (dim,) and finite; ValueError otherwise."""
    found = np.ascontiguousarray(vector, dtype=np.float32)
    if found.shape != (dim,) or not np.isfinite(found).all():
        raise ValueError(
            f"found a query of shape {found.shape}, expected finite numbers of ({dim},)"
        )
    return found


def bits(pids: npt.NDArray[np.int64], size: int) -> Bits:
    """`Bits` for pids below `size`.

    >>> bits(np.array([1, 3, 9]), 10).tolist()
    [10, 2]
    """
    chosen = np.zeros(size, np.bool_)
    chosen[pids] = True
    return np.packbits(chosen, bitorder="little")


def checked(vectors: npt.NDArray[Any], count: int, dim: int) -> Vectors:
    """What an encoder returned for `count` texts, if it is (count, dim) unit or zero vectors."""
    array = np.asarray(vectors, dtype=np.float32)
    if array.shape != (count, dim):
        raise EncoderError(
            f"编码器返回的形状是 {array.shape}",
            f"({count}, {dim})",
            "检查编码器设置，或换用默认编码器",
        )
    norms = np.linalg.norm(array, axis=1)
    odd = ~((np.abs(norms - 1) < 1e-3) | (norms == 0))
    if odd.any():
        raise EncoderError(
            f"编码器返回的向量长度有 {float(norms[odd][0]):.4g}",
            "单位向量（长度 1）或零向量",
            "检查编码器是否做了 L2 归一化，或换用默认编码器",
        )
    return array


@contextlib.contextmanager
def one_thread(faiss: Any) -> Iterator[None]:
    """One question has too little work for several threads: on two shared cores, 20,000 vectors of
    256 took 22 ms with OpenMP's two threads and 0.9 ms with one.  So has k-means of 16 centres.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # holds for the calling thread only
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _scored(scores: Vectors, found: Numbers) -> list[Scored]:
    pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
    return [(pid, score) for pid, score in pairs if pid >= 0]


def engine() -> Any:
    """FAISS, whose generated types mypy can't follow."""
    import faiss

    return faiss
