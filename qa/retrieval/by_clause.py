"""Facts by the clause they stand in, read document by document as they are asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Protocol, TypeVar

from index.errors import UnknownDocumentError
from qa.draft import ClauseKey


class Fact(Protocol):
    """What stands in a clause of a document."""

    @property
    def document_id(self) -> str:
        """Whose fact it is."""

    @property
    def clause(self) -> int:
        """The ordinal of the clause."""


F = TypeVar("F", bound=Fact)


class ByClause(Mapping[ClauseKey, list[F]]):
    """The facts of each clause, in reading order; `read` gives those of a document, None: of all.

    To go through all clauses reads all facts, once.
    """

    def __init__(self, read: Callable[[str | None], Sequence[F]]) -> None:
        self._read = read
        self.of = lru_cache(maxsize=1024)(self._of)

    def __getitem__(self, key: ClauseKey) -> list[F]:
        """The facts of a clause; KeyError if it has none."""
        whole = self.__dict__.get("_all")  # who has gone through all facts asks for many more
        return self.of(key[0])[key] if whole is None else whole[key]

    def __iter__(self) -> Iterator[ClauseKey]:
        """The clauses that have facts, in reading order."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many clauses have facts."""
        return len(self._all)

    def _of(self, document_id: str) -> dict[ClauseKey, list[F]]:
        try:
            return _grouped(self._read(document_id))
        except UnknownDocumentError:
            return {}

    @cached_property
    def _all(self) -> dict[ClauseKey, list[F]]:
        return _grouped(self._read(None))


def _grouped(facts: Sequence[F]) -> dict[ClauseKey, list[F]]:
    found: dict[ClauseKey, list[F]] = {}
    for fact in facts:
        found.setdefault((fact.document_id, fact.clause), []).append(fact)
    return found
