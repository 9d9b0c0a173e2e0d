"""The dense arm: cosine over unit vectors, exact, in a FAISS index on disk.

A passage that the encoder knows nothing about has the zero vector and scores 0 against every
question.  FAISS is loaded with the first search, so that listing documents does not wait for it.
"""

import contextlib
import threading
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.ranking import Scored
from ingest.errors import CorruptIndexError, EncoderError

# float32 inner products of unit vectors differ by about 1e-7 with the order of summation.
TOLERANCE = 1e-6

Vectors = npt.NDArray[np.float32]


class DenseIndex:
    """Reads of one file; thread-safe, and independent of the file's name once opened."""

    def __init__(self, path: Path, dim: int) -> None:
        self._name = path.name
        self._dim = dim
        self._lock = threading.Lock()
        self._index: Any = None
        self._file = path.open("rb")
        self.close = weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        """The number of vectors."""
        return int(self._loaded().ntotal)

    def search(
        self, vector: npt.NDArray[Any], limit: int, pids: Sequence[int] | None = None
    ) -> list[Scored]:
        """At most `limit` pids with their inner products, best first, among `pids` if given.

        `vector` is (dim,) and finite; ValueError otherwise.
        """
        query = np.asarray(vector, dtype=np.float32)
        if query.shape != (self._dim,) or not np.isfinite(query).all():
            raise ValueError(
                f"found a query of shape {query.shape}, expected finite numbers of ({self._dim},)"
            )
        index = self._loaded()
        limit = min(limit, int(index.ntotal) if pids is None else len(pids))
        if limit == 0:
            return []
        faiss = _faiss()

        chosen = None if pids is None else faiss.IDSelectorBatch(np.asarray(pids, np.int64))
        options = None if chosen is None else faiss.SearchParameters(sel=chosen)
        with _one_thread(faiss):
            scores, found = index.search(query[None, :], limit, params=options)
        return [
            (int(pid), float(score))
            for pid, score in zip(found[0], scores[0], strict=True)
            if pid >= 0
        ]

    def vectors(self) -> tuple[npt.NDArray[np.int64], Vectors]:
        """All pids (n,) and their vectors (n, dim), in the order of the file."""
        faiss = _faiss()

        index = self._loaded()
        pids: npt.NDArray[np.int64] = faiss.vector_to_array(index.id_map)
        flat: Vectors = index.index.reconstruct_n(0, int(index.ntotal))
        return pids, flat.reshape(len(pids), self._dim)

    def _loaded(self) -> Any:
        with self._lock:
            if self._index is None:
                self._index = self._load()
            return self._index

    def _load(self) -> Any:
        faiss = _faiss()

        try:
            self._file.seek(0)
            index = faiss.read_index(faiss.PyCallbackIOReader(self._file.read, 1 << 20))
        except (RuntimeError, OSError) as error:
            raise self._corrupt(f"读取失败：{str(error)[:200]}") from error
        if not isinstance(index, faiss.IndexIDMap2) or index.d != self._dim:
            raise self._corrupt(f"是 {type(index).__name__}，{index.d} 维")
        return index

    def _corrupt(self, found: str) -> CorruptIndexError:
        return CorruptIndexError(
            f"向量文件 {self._name} {found}",
            f"{self._dim} 维的 IndexIDMap2",
            "从备份恢复索引文件夹，或删除后用 `wence add` 重建",
        )


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


def _faiss() -> Any:
    """FAISS, whose generated types mypy can't follow."""
    import faiss

    return faiss


def write(path: Path, pids: Sequence[int] | npt.NDArray[np.int64], vectors: Vectors) -> None:
    """Write vectors (n, dim) under their pids (n,) to a new file."""
    faiss = _faiss()

    index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
    if len(pids):
        index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(pids, np.int64))
    faiss.write_index(index, str(path))


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
