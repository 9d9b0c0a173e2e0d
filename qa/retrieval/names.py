"""Where a piece of text stands in many names at once, however many they are.

The names are laid end to end, and the places of every pair of characters are kept.  A piece is
looked for at the places of its rarest pair only, so a look-up costs what that pair occurs, not what
all names are long.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.folding import code_points

Places = npt.NDArray[np.int64]

_GAP = "\0"  # parts the names; no name has it, and folding leaves it as it is
_SHIFT = 21
"""Bits of a code point; two fit into 64 bits."""
_SHORT = 4_096
"""Up to so many code points, looking through the text is quicker than any index."""


class Names:
    """Names that pieces are looked for in; `normalised` is applied to all of them at once."""

    def __init__(self, names: Sequence[str], normalised: Callable[[str], str]) -> None:
        text = normalised("".join(name.replace(_GAP, "") + _GAP for name in names))
        self._text = text if len(text) <= _SHORT else None
        self.codes = code_points(text)
        self.ends = np.flatnonzero(self.codes == 0)
        codes = self.codes.astype(np.uint64)
        pairs = codes[:-1] << np.uint64(_SHIFT) | codes[1:]
        order = np.argsort(pairs, kind="stable")
        self._pairs, starts = np.unique(pairs[order], return_index=True)
        self._starts = np.append(starts, len(pairs))
        self._order = order.astype(np.int32)

    def __len__(self) -> int:
        """The number of names."""
        return len(self.ends)

    def places(self, piece: str) -> Places:
        """The code points of all names where a normalised `piece` begins, ascending.

        >>> Names(["甲市规划", "乙市规划"], str).places("市规").tolist()
        [1, 6]
        """
        if not piece or (self._text is not None and piece not in self._text):
            return np.zeros(0, np.int64)
        wanted = code_points(piece).astype(np.uint64)
        if len(wanted) == 1:
            return self._places_of(*self._beginning_with(wanted[0]))
        pairs = wanted[:-1] << np.uint64(_SHIFT) | wanted[1:]
        at = np.searchsorted(self._pairs, pairs)
        if at[-1] == len(self._pairs) or (at == len(self._pairs)).any():
            return np.zeros(0, np.int64)
        if (self._pairs[at] != pairs).any():
            return np.zeros(0, np.int64)
        rare = int(np.argmin(self._starts[at + 1] - self._starts[at]))
        found = self._places_of(at[rare], at[rare] + 1) - rare
        found = found[(found >= 0) & (found + len(wanted) <= len(self.codes))]
        for offset, code in enumerate(wanted):
            if offset not in (rare, rare + 1):
                found = found[self.codes[found + offset] == code]
        return found

    def rows(self, places: Places) -> Places:
        """The numbers of the names that hold these places, ascending, each once.

        >>> names = Names(["甲市规划", "乙市规划"], str)
        >>> names.rows(names.places("市规")).tolist()
        [0, 1]
        """
        return np.unique(np.searchsorted(self.ends, places))

    def _beginning_with(self, code: np.uint64) -> tuple[int, int]:
        low, high = code << np.uint64(_SHIFT), (code + np.uint64(1)) << np.uint64(_SHIFT)
        first, last = np.searchsorted(self._pairs, np.array([low, high], np.uint64)).tolist()
        return first, last

    def _places_of(self, first: int, last: int) -> Places:
        found = self._order[self._starts[first] : self._starts[last]].astype(np.int64)
        return found if last - first == 1 else np.sort(found)
