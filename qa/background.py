"""The words that name the corpus itself, which are no topic of a question asked of it.

Of one document everything that its title says is such a word: whoever asks for the 文号 of
甲区绿色出行行动方案 has no other topic.  In a corpus of many documents a title tells one of them
from the others, so only words that most of the documents bear say nothing.
"""

from collections import Counter
from collections.abc import Sequence

from index.folding import fold_text
from index.tokens import words
from ingest.references import title_key
from ingest.schema import DocumentInfo

FEW = 2
"""Up to so many documents the names of all of them are background."""
SHARE = 0.5
"""A word that this share of the documents bear in their names tells none from another."""


class Background:
    """The background of one corpus, and that of a question which names one of its documents."""

    def __init__(self, held: Sequence[DocumentInfo]) -> None:
        self._held = {info.id: info for info in held}
        self.few = len(held) <= FEW
        named = [_names(info) for info in held]
        if self.few:
            self.common = "|".join(named)
            return
        borne = Counter(word for one in named for word in set(words(one)))
        self.common = "|".join(word for word, n in borne.items() if n >= SHARE * len(held))

    def of(self, document: str) -> str:
        """The background of a question that names this document."""
        info = self._held.get(document)
        return self.common if info is None else f"{self.common}|{_names(info)}"


def _names(info: DocumentInfo) -> str:
    parts = [title_key(info.title), info.number, info.issuer, info.region]
    return fold_text("|".join(part for part in parts if part))
