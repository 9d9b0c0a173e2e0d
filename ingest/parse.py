"""A file in, a `ParsedDocument` out: the whole of reading in its order."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingest.characters import without_spaces
from ingest.errors import EmptyDocumentError
from ingest.facts import facts
from ingest.folders import listings
from ingest.limits import refuse_long, refuse_unparted
from ingest.metadata import metadata
from ingest.outline import outline
from ingest.passages import passages
from ingest.readers import registry
from ingest.readers.decoding import read_bytes
from ingest.responsibility import responsibilities
from ingest.schema import Document, DocumentInfo, ParsedDocument
from ingest.sentences import sentences
from ingest.sources import read_sources
from ingest.unit_lists import is_printed_list


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is still to be read, so that any process may do it; see `parse`.

    `data` are its bytes where they are known already; `stated` is as for `parse_file`.  `origin`
    is the absolute path or the address by which the same file is known again; empty if that does
    not matter.
    """

    path: Path
    stated: Mapping[str, Any] | None = None
    data: bytes | None = None
    origin: str = ""


def parse(unread: Unread) -> ParsedDocument:
    """The records of a file that was left unread."""
    if unread.data is not None:
        return parse_bytes(unread.data, unread.path.name, unread.stated)
    return parse_file(unread.path, unread.stated)


def parse_bytes(data: bytes, name: str, stated: Mapping[str, Any] | None = None) -> ParsedDocument:
    """The records of one document.

    `stated` holds `DocumentInfo` fields that win over what the text says of itself.  Raises a
    `ReadError` if the bytes are no readable text, or a longer one than is parsed: see `limits`.
    """
    reading, form = registry.read(data, name)
    text = reading.text
    refuse_long(text, name)
    said: dict[str, str | date] = {**metadata(text), **reading.stated}
    values: dict[str, Any] = {"title": Path(name).stem, "source": name, **said, **(stated or {})}
    identity = values.pop("id", "") or _identity(name, values)
    info = DocumentInfo(
        **{
            "media_type": form.media_type,
            **values,
            "id": identity,
            "sha256": hashlib.sha256(data).hexdigest(),
            "length": len(text),
            "pages": tuple(reading.pages),
            "recognized": reading.recognized,
        }
    )
    clauses = outline(info.id, text)
    bodies = [sentences(text, clause.body) for clause in clauses]
    duties = responsibilities(text, clauses, bodies)
    lists = [duty for duty in duties if is_printed_list(text, duty.group)]
    found = passages(info.title, text, clauses, lists, bodies)
    if not found:
        raise EmptyDocumentError(f"{name}里没有正文", "至少一句正文", "检查文件内容")
    refuse_unparted(found, name)
    document = Document(info, text)
    return ParsedDocument(document, clauses, found, facts(document, clauses, bodies, duties))


def parse_file(path: Path, stated: Mapping[str, Any] | None = None) -> ParsedDocument:
    """The records of one file; `sources.toml` beside it is read unless `stated` is given."""
    data = read_bytes(path)
    if stated is None:
        stated = next((e.values for e in read_sources(path.parent) if e.file == path.name), {})
    return parse_bytes(data, path.name, stated)


def document_files(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The files of a folder and its subfolders that have a reader, with what is stated of them.

    Raises what is wrong with a `sources.toml` or with a subfolder.
    """
    for listing in listings(folder):
        if listing.error is not None:
            raise listing.error
        for found in listing.files:
            if found.error is None:
                yield found.path, found.stated


def declared(folder: Path) -> list[DocumentInfo]:
    """The documents that `sources.toml` names but does not hold, of the subfolders, too."""
    return [info for listing in listings(folder) for info in listing.declared]


def _identity(name: str, values: Mapping[str, Any]) -> str:
    """A stable id: the same file name, title and number give the same id, whatever the bytes."""
    key = "\0".join(
        (Path(name).name, without_spaces(str(values["title"])), str(values.get("number", "")))
    )
    return "d" + hashlib.sha256(key.encode()).hexdigest()[:12]
