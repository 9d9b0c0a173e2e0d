"""Which units some documents name, and where first."""

from collections.abc import Collection, Sequence

from index.backend import Duty

First = dict[str, tuple[str, int]]
"""For each unit the document and a number that grows with the place where it is first named."""


class Duties:
    """The responsibilities of some documents, given by document and place."""

    def __init__(self, found: Sequence[Duty]) -> None:
        first: dict[tuple[str, str], Duty] = {}
        for duty in found:
            first.setdefault((duty.document_id, duty.unit), duty)
        self._each = tuple(first.values())
        self._first = _first(self._each)

    def first(self, but: Collection[str]) -> First:
        """Where each unit is first named, of all documents except some."""
        if not but:
            return self._first
        return _first([duty for duty in self._each if duty.document_id not in but])


def _first(each: Sequence[Duty]) -> First:
    first: First = {}
    for number, duty in enumerate(each):
        first.setdefault(duty.unit, (duty.document_id, number))
    return first
