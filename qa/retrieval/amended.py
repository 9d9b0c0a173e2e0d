"""What documents do to others, looked up by whom they name: the facts "amendment" of the corpus.

They are few, so they are read once for a generation of the index.
"""

from collections.abc import Iterable, Sequence

from index.titles import NATION, Named, keys_of, same_number
from ingest.document_numbers import number_key
from ingest.schema import DocumentInfo, Fact
from ingest.titles import name_keys


class Amended:
    """Facts "amendment" by the names of the documents that they are about."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_key: dict[str, list[Fact]] = {}
        for fact in facts:
            for key in dict.fromkeys(Named.by(fact).keys()):
                self._by_key.setdefault(key, []).append(fact)

    def of(self, info: DocumentInfo) -> Sequence[Fact]:
        """What other documents do to one that is known, in the order of documents and places."""
        keys = [*keys_of(info), *([number_key(info.number)] if info.number else [])]
        return [
            fact
            for fact in self._found(keys)
            if fact.document_id != info.id and same_number(info.number, Named.by(fact).number)
        ]

    def named(self, title: str, number: str) -> Sequence[Fact]:
        """What documents do to one that goes by this title or number, whether it is held or not."""
        keys = [key.removeprefix(NATION) for key in name_keys(title)]
        return self._found([*keys, *name_keys(title), *([number_key(number)] if number else [])])

    def _found(self, keys: Sequence[str]) -> Sequence[Fact]:
        some = [fact for key in dict.fromkeys(keys) for fact in self._by_key.get(key, ())]
        distinct = {(f.document_id, f.span, f.role, f.what): f for f in some}
        return sorted(distinct.values(), key=lambda f: (f.document_id, f.span))
