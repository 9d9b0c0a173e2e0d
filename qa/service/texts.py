"""Which document has the same text as another, or nearly the same.

No signature is kept in the index: those of its documents are made when they are first needed, of
such lengths only as can matter.  Two texts with 0.9 of their shingles in common are about as long
as each other, so a single file is compared with a part of the index, and a folder of thousands
makes each signature once.  The price: a long copy with a fourth more white space is not recognized.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable

from index.shingles import Sketch, jaccard, sketch
from ingest.characters import without_spaces

NEAR = 0.9
"""Jaccard similarity of 8-character shingles from which texts are nearly the same."""
_SHORTEST, _LONGEST, _SLACK = 0.8, 1.25, 200  # of the length, and so many code points more
_LOOKED_UP = 16
"""So many of the smallest hashes are looked up; near texts share nearly all, others hardly any."""


class Texts:
    """The texts of the index, to be compared with new ones.

    `lengths` are of the documents held, in code points; `text_of` reads the text of one of them.
    """

    def __init__(self, lengths: Iterable[tuple[str, int]], text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._unseen = sorted((length, name) for name, length in lengths)
        self._gone: set[str] = set()
        self._sketches: dict[str, Sketch] = {}
        self._digests: dict[str, bytes] = {}
        self._same: dict[bytes, dict[str, None]] = {}
        self._with: dict[int, dict[str, None]] = {}

    def same(self, text: str) -> str | None:
        """A document with this text, white space aside."""
        self._see(len(text))
        return self.holder(digest(text))

    def holder(self, found: bytes) -> str | None:
        """A document whose text, as far as it was looked at, has this digest."""
        return next(iter(self._same.get(found, ())), None)

    def near(self, text: str) -> list[str]:
        """The documents with nearly this text or this very one, the most alike first."""
        self._see(len(text))
        wanted = sketch(text)
        low = wanted[:_LOOKED_UP].tolist()
        shared = Counter(name for one in low for name in self._with.get(one, ()))
        alike = {
            name: jaccard(wanted, self._sketches[name])
            for name, count in shared.items()
            if 2 * count >= len(low)
        }
        found = [name for name, value in alike.items() if value >= NEAR]
        return sorted(found, key=lambda name: (-alike[name], name))

    def of(self, document_id: str) -> bytes | None:
        """The digest of a document's text, as far as it was looked at."""
        return self._digests.get(document_id)

    def likeness(self, text: str, document_id: str) -> float:
        """The Jaccard similarity of a text with that of one document."""
        other = self._sketches.get(document_id)
        return jaccard(sketch(text), sketch(self._text_of(document_id)) if other is None else other)

    def put(self, document_id: str, text: str) -> None:
        """The text of this document is now this one."""
        self.drop(document_id)
        self._digests[document_id] = found = digest(text)
        self._same.setdefault(found, {})[document_id] = None
        self._sketches[document_id] = made = sketch(text)
        for one in made[:_LOOKED_UP].tolist():
            self._with.setdefault(one, {})[document_id] = None

    def drop(self, document_id: str) -> None:
        """This document is no longer there, or not with the text that it had."""
        self._gone.add(document_id)
        if document_id in self._sketches:
            for one in self._sketches.pop(document_id)[:_LOOKED_UP].tolist():
                del self._with[one][document_id]
            del self._same[self._digests.pop(document_id)][document_id]

    def _see(self, length: int) -> None:
        """Make the signatures of all documents that are about as long."""
        start = bisect_left(self._unseen, (int(length * _SHORTEST) - _SLACK, ""))
        end = bisect_right(self._unseen, (int(length * _LONGEST) + _SLACK, ""))
        seen, self._unseen[start:end] = self._unseen[start:end], []
        for _, name in seen:
            if name not in self._gone:
                self.put(name, self._text_of(name))


def digest(text: str) -> bytes:
    """Equal for texts that differ in white space only."""
    folded = without_spaces(text).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(folded, digest_size=16).digest()
