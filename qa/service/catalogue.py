"""Which documents are held, and which of them a file is.

The id of a document follows from its file's name, its title and its number, so the same file again
is an update.  Two cases are not in that rule.  Files of the same name in two folders, both there,
are two documents: the second one's id has its folder in it.  And a file whose title or stated id
changed since the last time is still the same file if its text is still much the same; another
number makes it another document.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from index.draft import Draft
from index.holding import Holding
from ingest.characters import without_spaces

_STILL_THE_SAME = 0.5
"""Jaccard similarity of shingles from which an altered file is the old one, edited."""


class Identity(NamedTuple):
    """The id that a file's document gets, and that of the document whose place it takes, or ""."""

    document_id: str
    supersedes: str = ""


class Catalogue:
    """The documents held, as they change; `likeness` compares a text with a held one's."""

    def __init__(self, holdings: Iterable[Holding], likeness: Callable[[str, str], float]) -> None:
        self._likeness = likeness
        self._held: dict[str, Holding] = {}
        self._from: dict[str, dict[str, None]] = {}
        self._titled: dict[str, dict[str, None]] = {}
        for one in holdings:
            self._enter(one)

    def get(self, document_id: str) -> Holding | None:
        """What is held of this id."""
        return self._held.get(document_id)

    def titled(self, title: str) -> list[str]:
        """The documents with this title, white space aside."""
        return list(self._titled.get(without_spaces(title), ()))

    def known(self, origin: str) -> list[Holding]:
        """The documents that came from this place and can be told by their reading."""
        found = [self._held[name] for name in self._from.get(origin, ())]
        return [one for one in found if one.reading]

    def identity(self, draft: Draft, *, stated: bool) -> Identity:
        """Which document the file of a draft is; a `stated` id is the keeper's word."""
        name, origin = draft.document_id, draft.origin
        earlier = list(self._from.get(origin, ()))
        if name in earlier:
            return Identity(name)
        if not stated:
            placed = set(_placed(name, origin))
            if again := next((one for one in earlier if one in placed), None):
                return Identity(again)
        alike = {
            one: self._likeness(draft.rows.text, one)
            for one in earlier
            if self._held[one].number in ("", draft.number) or not draft.number
        }
        old = max(alike, key=lambda one: alike[one], default="")
        supersedes = old if old and alike[old] >= _STILL_THE_SAME else ""
        if stated or not self._taken(name, origin):
            return Identity(name, supersedes)
        free = (one for one in _placed(name, origin) if not self._taken(one, origin))
        return Identity(next(free, name), supersedes)

    def put(self, draft: Draft) -> None:
        """This document is held now."""
        for name in (draft.supersedes, draft.document_id):
            self._leave(name)
        rows = draft.rows
        self._enter(
            Holding(
                id=draft.document_id,
                title=draft.title,
                number=draft.number,
                length=len(rows.text),
                sha256=draft.sha256,
                origin=draft.origin,
                reading=draft.reading,
                passages=len(rows.passages),
            )
        )

    def _taken(self, document_id: str, origin: str) -> bool:
        """Whether this is the document of another file, one that is still there."""
        held = self._held.get(document_id)
        if held is None or held.origin in ("", origin):
            return False
        return "://" in held.origin or Path(held.origin).exists()

    def _enter(self, one: Holding) -> None:
        self._held[one.id] = one
        self._titled.setdefault(without_spaces(one.title), {})[one.id] = None
        if one.origin:
            self._from.setdefault(one.origin, {})[one.id] = None

    def _leave(self, document_id: str) -> None:
        if (one := self._held.pop(document_id, None)) is not None:
            del self._titled[without_spaces(one.title)][document_id]
            if one.origin:
                del self._from[one.origin][document_id]


def _placed(document_id: str, origin: str) -> Iterator[str]:
    """The ids of a document with its folder in it, with the one above, too, and so on."""
    folders = PurePath(origin).parts[:-1]
    for count in range(1, len(folders) + 1):
        key = "\0".join((document_id, *folders[-count:]))
        yield "d" + hashlib.sha256(key.encode()).hexdigest()[:12]
