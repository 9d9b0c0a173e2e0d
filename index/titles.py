"""Which held documents a printed title or number means: the targets of references and amendments.

Decided when it is asked for and never stored, since documents come and go: one that is added today
is the target of what was read a year ago.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ingest.document_numbers import number_key
from ingest.references import title_key
from ingest.schema import DocumentInfo, Fact
from ingest.titles import name_key, name_keys

NATION = "中华人民共和国"
"""What stands before the title of a law, and is left out where others name it."""

SHORTEST = 4
"""A title of fewer code points is no name of a document."""


class Named(NamedTuple):
    """A document as another one names it."""

    title: str
    number: str

    @classmethod
    def by(cls, fact: Fact) -> "Named":
        """Whom a fact "reference" or "amendment" names; a short form means what it stands for."""
        if fact.kind == "reference":
            return cls(fact.who or fact.what, "")
        return cls(fact.who, fact.measure or (fact.who if fact.who.endswith("号") else ""))

    def keys(self) -> Iterator[str]:
        """The names for comparing, the surest first."""
        if self.number:
            yield number_key(self.number)
        yield from name_keys(self.title)


class Titles:
    """The documents of a corpus by what others call them."""

    def __init__(self, infos: Iterable[DocumentInfo]) -> None:
        self._by_name: dict[str, list[DocumentInfo]] = {}
        self._by_number: dict[str, list[DocumentInfo]] = {}
        for info in sorted(infos, key=lambda one: str(one.effective or one.issued or "")):
            for key in keys_of(info):
                self._by_name.setdefault(key, []).append(info)
            if info.number:
                self._by_number.setdefault(number_key(info.number), []).append(info)

    def meant(self, named: Named) -> tuple[str, ...]:
        """The ids of the documents that are meant, all versions of a title; () if none is here."""
        if named.number and (found := self._numbered(number_key(named.number))):
            return found
        for key in name_keys(named.title):
            if len(key) < SHORTEST:
                continue
            some = self._by_name.get(key, ())
            if fits := tuple(one.id for one in some if same_number(one.number, named.number)):
                return fits
        return ()

    def _numbered(self, key: str) -> tuple[str, ...]:
        found = self._by_number.get(key, [])
        if not found and "令" in key:  # 市人民政府令107号 of 甲市人民政府令107号
            found = [o for k, some in self._by_number.items() if k.endswith(key) for o in some]
        return tuple(one.id for one in found)


def targeted(fact: Fact, known: Titles) -> Fact:
    """A fact "reference" or "amendment" with the document that it means as target, if one is held.

    Of several versions that have the title the last one is meant.
    """
    if fact.kind not in ("reference", "amendment") or fact.target is not None:
        return fact
    some = [one for one in known.meant(Named.by(fact)) if one != fact.document_id]
    return replace(fact, target=some[-1]) if some else fact


def keys_of(info: DocumentInfo) -> Iterator[str]:
    """The names (`ingest.titles.name_key`) under which others refer to a document."""
    for key in name_keys(info.title):
        yield key
        if key.startswith(NATION):
            yield key.removeprefix(NATION)
    if info.region:
        bare = name_key(title_key(info.title).removeprefix(info.region))
        if bare != name_key(info.title) and len(bare) > SHORTEST:
            yield bare


def same_number(one: str, other: str) -> bool:
    """Whether two numbers may be those of one document; one that is not known may be any."""
    if not (one and other):
        return True
    first, second = number_key(one), number_key(other)
    return first.endswith(second) or second.endswith(first)
