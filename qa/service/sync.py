"""The index made to agree with lists of documents, and documents asked for anew at their address.

Addresses are fetched one by one and added some at a time: one that fails is told and changes
nothing, and an interruption costs only what was not added yet.  A document is withdrawn only
because a list that brought it no longer names it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.draft import Draft
from index.origins import Origin
from ingest.errors import MetadataError, ReadError
from ingest.parse import Unread
from ingest.sources import FILE_NAME, Entry, read_sources
from qa.service.library import Library
from qa.service.web_sources import Wanted

_TOGETHER = 16
_BYTES = 8 << 20
"""So many documents, or bytes of them, are added to the index at once."""

Change = Literal["added", "replaced", "unchanged", "declared", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document; `name` is its title, or its file or address if that is unknown.

    `error` says why it failed.  What the index held of it before, it holds still.
    """

    change: Change
    name: str
    document_id: str = ""
    error: ReadError | None = None


def sync(library: Library, folders: Sequence[Path]) -> Iterator[Outcome]:
    """Realise the `sources.toml` of folders: add and update what they name, withdraw the rest.

    The rest is what an earlier call took from the same folders.  Outcomes come as things are done.
    Raises MetadataError before anything is done if a list is missing or bad.
    """
    lists = {str(folder.resolve()): _entries(folder) for folder in folders}
    before = library.provenance.all()
    stay: set[str] = set()
    fetched: set[str] = set()
    for folder, entries in lists.items():
        stay |= {entry.id for entry in entries}
        for origin, outcome in _files(library, folder, entries):
            yield outcome
            stay.add(outcome.document_id)
            if outcome.change == "failed":
                stay |= {one.document_id for one in before.values() if _same_file(one, origin)}
        urls = {entry.id: entry.url for entry in entries if entry.url}
        for outcome in _addresses(library, _wanted(folder, entries)):
            yield outcome
            url = urls[outcome.document_id]
            if outcome.change == "failed":  # what came from there stays, whatever its id
                stay |= {one.document_id for one in before.values() if one.url == url}
            else:
                fetched.add(url)
        yield from _declared(library, folder, entries)
    gone = [
        one.document_id
        for one in library.provenance.all().values()
        # Also one that was added by its address alone, which now has the id that its list states.
        if (one.folder in lists or (not one.folder and one.url in fetched))
        and one.document_id not in stay
    ]
    yield from _withdrawn(library, gone)


def update(library: Library, *, anew: bool = False) -> Iterator[Outcome]:
    """Ask all documents that came from an address anew; `anew` has no condition.

    Outcomes come as things are done.
    """
    wanted = [
        Wanted(one.url, one.document_id, one.stated, one.folder)
        for one in library.provenance.all().values()
        if one.url and (info := library.provenance.info(one.document_id)) and info.held
    ]
    yield from _addresses(library, wanted, anew=anew)


def _entries(folder: Path) -> list[Entry]:
    if not (folder / FILE_NAME).is_file():
        raise MetadataError(f"文件夹{folder}里没有{FILE_NAME}", f"一份{FILE_NAME}", "检查路径")
    return read_sources(folder)


def _files(
    library: Library, folder: str, entries: Sequence[Entry]
) -> Iterable[tuple[Origin, Outcome]]:
    """Add the files of a list together."""
    given = [
        (Unread(Path(folder) / e.file, e.values), Origin("", folder=folder, file=e.file))
        for e in entries
        if e.file
    ]
    return zip((origin for _, origin in given), _put(library, given), strict=True)


def _same_file(one: Origin, other: Origin) -> bool:
    return (one.folder, one.file) == (other.folder, other.file)


def _wanted(folder: str, entries: Iterable[Entry]) -> Iterator[Wanted]:
    for entry in entries:
        if entry.url:
            stated = {key: value for key, value in entry.values.items() if key != "id"}
            yield Wanted(entry.url, entry.id, stated, folder)


def _addresses(
    library: Library, wanted: Iterable[Wanted], *, anew: bool = False
) -> Iterator[Outcome]:
    """Fetch and add some at a time, since each addition writes a generation of the index."""
    waiting: list[tuple[Unread, Origin]] = []
    for one in wanted:
        try:
            found = library.web.ask(one, anew=anew)
        except ReadError as error:
            yield Outcome("failed", _named(library, one.id, one.stated, one.url), one.id, error)
            continue
        if found is None:
            _adopt(library, one)
            name = _named(library, one.id, one.stated, one.url)
            yield Outcome("unchanged", name, one.id)
            continue
        waiting.append(found)
        if len(waiting) == _TOGETHER or sum(len(u.data or b"") for u, _ in waiting) > _BYTES:
            yield from _put(library, waiting)
            waiting = []
    yield from _put(library, waiting)


def _named(library: Library, document_id: str, stated: Mapping[str, object], other: str) -> str:
    """The title of a document as it is stated or was known, else what is given."""
    known = library.provenance.info(document_id)
    return str(stated.get("title") or (known.title if known else other))


def _adopt(library: Library, wanted: Wanted) -> None:
    """Keep which list names a document that needed no fetching."""
    origin = library.provenance.all()[wanted.id]
    if origin.folder != wanted.folder:
        library.provenance.remember([replace(origin, folder=wanted.folder)])


def _put(library: Library, given: Sequence[tuple[Unread, Origin]]) -> list[Outcome]:
    """Add documents together; those that can't be read are told of and change nothing."""
    if not given:
        return []
    intake = _Lenient()
    added = iter(library.index.add([one for one, _ in given], intake=intake))
    made: list[Outcome] = []
    origins: list[Origin] = []
    for unread, origin in given:
        if error := intake.failed.get(id(unread)):
            other = origin.url or unread.path.name
            name = _named(library, origin.document_id, origin.stated, other)
            made.append(Outcome("failed", name, origin.document_id, error))
            continue
        one = next(added)
        made.append(Outcome(one.change, one.title, one.document_id))
        origins.append(replace(origin, document_id=one.document_id))
    library.provenance.remember(origins)
    return made


class _Lenient:
    """Takes what can be read and keeps the errors of the rest, by the identity of the given."""

    def __init__(self) -> None:
        self.failed: dict[int, ReadError] = {}

    def read(self, made: Draft) -> Draft | None:
        return made

    def unreadable(self, unread: Unread, error: ReadError) -> None:
        self.failed[id(unread)] = error


def _declared(library: Library, folder: str, entries: Iterable[Entry]) -> Iterator[Outcome]:
    """Record what a list names and nobody holds, be it that its address failed."""
    provenance = library.provenance
    infos = [entry.declared() for entry in entries if not entry.file]
    library.index.declare(infos)
    known = provenance.all()
    provenance.remember(Origin(one.id, folder=folder) for one in infos if one.id not in known)
    for entry in entries:
        if not (entry.file or entry.url):
            info = provenance.info(entry.id)
            if info is not None and not info.held:
                yield Outcome("declared", info.title, info.id)


def _withdrawn(library: Library, ids: Sequence[str]) -> Iterator[Outcome]:
    titles = {one: library.index.info(one).title for one in ids}
    if titles:
        library.remove(titles)
    for one, title in titles.items():
        yield Outcome("removed", title, one)
