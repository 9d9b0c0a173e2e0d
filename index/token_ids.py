"""Token ids: what the shipped encoder's tokenizer makes of each passage.

They are made once, when a passage is added, so that scoring its words against a question's needs no
tokenizer.  Three raw arrays on disk, mapped into memory: the pids (n,) int64 ascending, the offsets
(n + 1,) int64, and the ids of all passages in a row, uint16; passage i has
`ids[offsets[i]:offsets[i + 1]]`.  The files, and their field of the manifest, are called "pieces".
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import CorruptIndexError
from index.manifest import REMEDY

Ids = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.int64]

PIDS, OFFSETS, IDS = FILES = ("pieces.pids.npy", "pieces.offsets.npy", "pieces.ids.npy")


class TokenIds:
    """Reads of one segment's token ids; independent of the files' names once opened."""

    def __init__(self, folder: Path) -> None:
        try:
            self.pids: Numbers = _mapped(folder / PIDS)
            self.offsets: Numbers = _mapped(folder / OFFSETS)
            self.ids: Ids = _mapped(folder / IDS)
        except (OSError, ValueError) as error:
            raise CorruptIndexError(
                f"{folder.name} 的词片文件读取失败（{error}）", "完好的 .npy 文件", REMEDY
            ) from error

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.pids)

    def of(self, pids: Sequence[int]) -> list[Ids]:
        """The token ids of each of these passages, which must be here; the arrays are read-only."""
        places = np.searchsorted(self.pids, np.asarray(pids, np.int64)).tolist()
        return [self.ids[self.offsets[i] : self.offsets[i + 1]] for i in places]

    def problems(self) -> Iterator[str]:
        """What does not fit together, in Chinese."""
        offsets = self.offsets
        if len(offsets) != len(self) + 1 or offsets[0] != 0 or offsets[-1] != len(self.ids):
            yield f"词片有 {len(self)} 段、{len(offsets)} 个位置、{len(self.ids)} 片，互不相符"
        elif (np.diff(offsets) < 0).any() or (np.diff(self.pids) <= 0).any():
            yield "词片的位置或编号不是递增的"


class TokenIdsWriter:
    """Writes the token ids of a new segment as they come; memory holds two numbers a passage."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pids: list[Numbers] = []
        self._lengths: list[Numbers] = []
        self._raw = (folder / f"{IDS}.raw").open("wb")

    def add(self, pids: Numbers, token_ids: Sequence[Ids]) -> None:
        """Add passages, pids ascending."""
        if len(pids):
            self._pids.append(np.asarray(pids, np.int64))
            self._lengths.append(np.fromiter(map(len, token_ids), np.int64, len(token_ids)))
            self._raw.write(np.concatenate(token_ids).astype(np.uint16, copy=False).tobytes())

    def finish(self, dead: Numbers) -> None:
        """Write the three files, the passages with a pid in `dead` left out."""
        self._raw.close()
        raw = self._folder / f"{IDS}.raw"
        pids = np.concatenate([np.empty(0, np.int64), *self._pids])
        lengths = np.concatenate([np.empty(0, np.int64), *self._lengths])
        ids = np.memmap(raw, np.uint16, "r") if raw.stat().st_size else np.empty(0, np.uint16)
        write(self._folder, *_kept(pids, lengths, ids, dead))
        raw.unlink()

    def close(self) -> None:
        """Let go of the files, whether finished or not."""
        self._raw.close()


def merge(folder: Path, sources: Sequence[tuple[TokenIds, Numbers]]) -> Numbers:
    """Write the token ids of several segments as those of one; returns its pids.

    With each source come the pids to leave out.
    """
    kept = [
        _kept(source.pids, np.diff(source.offsets), source.ids, dead) for source, dead in sources
    ]
    pids = np.concatenate([np.empty(0, np.int64), *(one[0] for one in kept)])
    lengths = np.concatenate([np.empty(0, np.int64), *(one[1] for one in kept)])
    ids = np.concatenate([np.empty(0, np.uint16), *(one[2] for one in kept)])
    if (np.diff(pids) < 0).any():  # segments need not follow one another
        order = np.argsort(pids)
        starts = np.cumsum(lengths) - lengths
        ids = np.concatenate([ids[starts[i] : starts[i] + lengths[i]] for i in order.tolist()])
        pids, lengths = pids[order], lengths[order]
    write(folder, pids, lengths, ids)
    return pids


def write(folder: Path, pids: Numbers, lengths: Numbers, ids: Ids) -> None:
    """Write the three files; `lengths` (n,) are how many ids each of `pids` has."""
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])
    for name, array in ((PIDS, pids), (OFFSETS, offsets), (IDS, ids)):
        np.save(folder / name, array, allow_pickle=False)


def _kept(pids: Numbers, lengths: Numbers, ids: Ids, dead: Numbers) -> tuple[Numbers, Numbers, Ids]:
    alive = ~np.isin(pids, dead)
    if alive.all():
        return pids, lengths, ids
    return pids[alive], lengths[alive], ids[np.repeat(alive, lengths)]


def _mapped(path: Path) -> Any:
    """A view of the file without its class: slicing a memmap is ten times as slow."""
    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
