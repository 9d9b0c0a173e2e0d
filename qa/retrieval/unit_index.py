"""Which units some documents name: where first, in which roles, and in which clauses."""

from collections.abc import Collection, Sequence

from index.backend import Duty

First = dict[str, tuple[str, int]]
"""For each unit the document and a number that grows with the place where it is first named."""


class Duties:
    """The responsibilities of some documents, given by document and place."""

    def __init__(self, found: Sequence[Duty]) -> None:
        first: dict[tuple[str, str, str], Duty] = {}
        for duty in found:
            first.setdefault((duty.document_id, duty.unit, duty.role), duty)
        self._each = tuple(first.values())
        self._first, self._roles = _summed_up(self._each)
        self.clauses = frozenset((duty.document_id, duty.clause) for duty in found)
        """The clauses that name units."""

    def summed_up(self, but: Collection[str]) -> tuple[First, frozenset[str]]:
        """Units and roles of all documents except some."""
        if not but:
            return self._first, self._roles
        return _summed_up([duty for duty in self._each if duty.document_id not in but])


def _summed_up(each: Sequence[Duty]) -> tuple[First, frozenset[str]]:
    first: First = {}
    for number, duty in enumerate(each):
        first.setdefault(duty.unit, (duty.document_id, number))
    return first, frozenset(duty.role for duty in each)
