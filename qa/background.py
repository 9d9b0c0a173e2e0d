"""The words that name the corpus itself, which are no topic of a question asked of it.

Of one document everything that its title says is such a word: whoever asks for the 文号 of
甲区绿色出行行动方案 has no other topic.  In a corpus of many documents a title tells one of them
from the others, so only words that most of the documents bear say nothing.
"""

from typing import Protocol

from index.folding import fold_text
from ingest.references import title_key
from ingest.schema import DocumentInfo
from qa.holdings import Holdings

FEW = 2
"""Up to so many documents the names of all of them are background."""
SHARE = 0.5
"""A word that this share of the documents bear in their names tells none from another."""


class Words(Protocol):
    """Words that are no topic."""

    def __contains__(self, piece: object) -> bool:
        """Whether a folded piece is one of them."""


class Background:
    """The background of one corpus."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self.few = len(holdings) <= FEW

    def __contains__(self, piece: object) -> bool:
        """Whether a folded piece names no document in particular."""
        if self.few or not isinstance(piece, str) or not piece:
            return piece in self._holdings
        return self._holdings.bearing(piece) >= SHARE * len(self._holdings)

    def of(self, document: DocumentInfo) -> Words:
        """The background of a question that names this document."""
        return _OfDocument(self, document)


class _OfDocument:
    def __init__(self, whole: Background, info: DocumentInfo) -> None:
        parts = [title_key(info.title), info.number, info.issuer, info.region]
        self._whole, self._names = whole, fold_text("|".join(part for part in parts if part))

    def __contains__(self, piece: object) -> bool:
        return isinstance(piece, str) and (piece in self._names or piece in self._whole)
