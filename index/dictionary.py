"""The tokenizer's user dictionary: names as terms of their own, beside the words and bigrams.

A document's names come from that document alone, and only its own passages get them as terms.  So
the terms of a passage depend on its document and on nothing else: order does not matter, no passage
is ever cut again because of another document, and what is deleted takes its names with it.  The
dictionary of the corpus is the union of its documents' names; questions are cut with that.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from index import names
from index.names import Kind
from index.tokens import folded_words
from ingest.schema import DocumentInfo, Fact


def entries(info: DocumentInfo, text: str, facts: Sequence[Fact]) -> list[tuple[str, Kind]]:
    """What a document adds to the dictionary, each name once, ordered by name.

    A name that the ordinary cuts have as one word adds nothing and is left out.
    """
    units = dict.fromkeys(fact.who for fact in facts if fact.kind == "duty")
    found = names.names(text, info.issuer, units)
    return sorted((name, kind) for name, kind in found.items() if not _is_word(name))


@lru_cache(maxsize=8_192)
def _is_word(name: str) -> bool:
    """Whether the ordinary cuts have a name as one word; many documents give the same names."""
    return name in folded_words(name)


def name_terms(folded: str, known: Sequence[str]) -> str:
    """The known names in folded text as terms, parted by spaces."""
    return " ".join(names.occurrences(folded, known))


def total(counted: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many different names there are of each kind; one of several kinds counts in each.

    >>> total([("区科委", "unit"), ("区科委", "unit"), ("数字底座", "term")])
    {'unit': 1, 'place': 0, 'term': 1, 'title': 0}
    """
    different = set(counted)
    return {kind: sum(one == kind for _, one in different) for kind in names.KINDS}
