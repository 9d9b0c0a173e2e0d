"""The dense arm: cosine over unit vectors in a FAISS file for each segment.

A small segment is searched exactly; a large one by its nearest lists, with 8-bit codes, unless the
search is held to some documents: then all lists are looked at, so that none of their passages is
missed.  A passage that the encoder knows nothing about has the zero vector and scores 0 against
every question.  FAISS is loaded with the first search, so that listing documents does not wait for
it; files are mapped, so that a million vectors are opened at once and shared between processes.
"""

import contextlib
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.manifest import REMEDY, DenseInfo
from index.ranking import Scored
from ingest.errors import CorruptIndexError, EncoderError

# float32 inner products of unit vectors differ by about 1e-7 with the order of summation.
TOLERANCE = 1e-6

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint8]
"""A bit for each pid from 0 on, lowest first: 1 for one that may be found."""

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

        `vector` is `query`'s.  `every` looks at all lists of a large segment, as does a search
        whose nearest lists hold fewer than `limit` passages.
        """
        index, faiss = self._loaded(), engine()
        limit = min(limit, int(index.ntotal))
        if limit == 0:
            return []
        selector = None if among is None else faiss.IDSelectorBitmap(among)
        with _one_thread(faiss):
            if self._info.kind == "flat":
                options = None if selector is None else faiss.SearchParameters(sel=selector)
                return _scored(*index.search(vector[None, :], limit, params=options))
            found: list[Scored] = []
            for nprobe in (self._info.nlist,) if every else (self._info.nprobe, self._info.nlist):
                options = faiss.SearchParametersIVF(sel=selector, nprobe=nprobe)
                found = _scored(*index.search(vector[None, :], limit, params=options))
                if len(found) == limit:
                    break
        return found

    def vectors(self, chunk: int = 100_000) -> Iterator[tuple[Numbers, Vectors]]:
        """All pids (n,) and their vectors (n, dim), in the file's order, some at a time.

        Those of a large segment are decoded from 8 bits, list by list.
        """
        index, faiss = self._loaded(), engine()
        if self._info.kind == "flat":
            pids: Numbers = faiss.vector_to_array(index.id_map)
            for start in range(0, len(pids), chunk):
                some = pids[start : start + chunk]
                yield some, index.index.reconstruct_n(start, len(some))
            return
        lists = index.invlists
        for number in range(index.nlist):
            if size := lists.list_size(number):
                held, codes = lists.get_ids(number), lists.get_codes(number)
                some = faiss.rev_swig_ptr(held, size).copy()
                raw = faiss.rev_swig_ptr(codes, size * lists.code_size).reshape(size, -1)
                lists.release_ids(number, held)
                lists.release_codes(number, codes)
                # FAISS decodes a code that begins with the number of its list
                prefix = np.frombuffer(number.to_bytes(8, "little"), np.uint8)
                prefix = np.tile(prefix[: index.coarse_code_size()], (size, 1))
                rows: Vectors = index.sa_decode(np.hstack([prefix, raw]))
                yield some, rows

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
        expected = faiss.IndexIDMap2 if flat else faiss.IndexIVFScalarQuantizer
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
        return index

    def _corrupt(self, found: str) -> CorruptIndexError:
        return CorruptIndexError(
            f"向量文件 {self._name} {found}", f"{self._dim} 维的 {self._info.kind} 索引", REMEDY
        )


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
def _one_thread(faiss: Any) -> Iterator[None]:
    """One question has too little work for several threads: on two shared cores, 20,000 vectors of
    256 took 22 ms with OpenMP's two threads and 0.9 ms with one.
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
