"""OFD, the national layout format (GB/T 33190): pages of text to paragraphs and tables.

An OFD file is a ZIP archive of XML: `OFD.xml` names the documents, each of which names its pages
and the templates below them.  Page numbers and running heads are left out; seals and notes of
readers (annotations) are no part of the text.  What a page says of its characters and lines is what
a page of a PDF says, so lines, tables and paragraphs are made of them by the same rules.
"""

from collections.abc import Iterator

from ingest.errors import EmptyDocumentError, TooLargeError
from ingest.limits import MAX_TEXT
from ingest.readers.archive import Archive, Element, resolved
from ingest.readers.base import Reading
from ingest.readers.ofd.aligned import aligned_tables
from ingest.readers.ofd.page import (
    MAX_CHARACTERS,
    MAX_OBJECTS,
    POINTS,
    Drawn,
    TooManyObjects,
    drawn,
)
from ingest.readers.ofd.xml import name_of, numbers
from ingest.readers.pdf.columns import in_order
from ingest.readers.pdf.sheets import Sheet, laid_out, ruled_tables

A4 = (210 * POINTS, 297 * POINTS)
"""Width and height of a page that doesn't say how large it is."""

MAX_PAGES = 5_000


def read(data: bytes, name: str) -> Reading:
    """The text of an OFD file; raises `ReadError` if it is damaged, too large or has no text."""
    archive = Archive(data, name)
    try:
        sheets = [_sheet(*page, number) for number, page in enumerate(_pages(archive))]
    except TooManyObjects:
        raise TooLargeError(
            f"{name}的一页上有{MAX_OBJECTS}个以上的对象或{MAX_CHARACTERS}个以上的字",
            "普通的文档页面",
            "另存为PDF后再添加",
        ) from None
    reading = laid_out(sheets).reading()
    if not reading.text:
        raise EmptyDocumentError(
            f"{name}的{len(sheets)}页上都没有文字",
            "有文字的OFD,而不是扫描的图片",
            "找它的文字版再添加",
        )
    return reading


def _sheet(page: Drawn, size: tuple[float, float], number: int) -> Sheet:
    width, height = size
    tables, outside = ruled_tables(page.characters, page.rules, number)
    lines = in_order(outside, number, width)
    if not any(line.column for line in lines):
        aligned, outside = aligned_tables(outside, number)
        tables = sorted([*tables, *aligned], key=lambda table: table.top)
        lines = in_order(outside, number, width) if aligned else lines
    return Sheet(height, tuple(lines), tuple(tables))


def _pages(archive: Archive) -> Iterator[tuple[Drawn, tuple[float, float]]]:
    """What stands on each page, and the page's width and height in points."""
    count = characters = 0
    for root in _named(archive.xml("OFD.xml"), "DocBody", "DocRoot"):
        place = _member(archive, "OFD.xml", root.text)
        document = archive.xml(place)
        size = _size(document, ("CommonData", "PageArea")) or A4
        templates = {
            str(one.get("ID")): _member(archive, place, one.get("BaseLoc"))
            for one in _named(document, "CommonData", "TemplatePage")
        }
        drawings = _drawings(
            archive,
            place,
            [
                *_named(document, "CommonData", "PublicRes"),
                *_named(document, "CommonData", "DocumentRes"),
            ],
        )
        below: dict[str, Drawn] = {}
        for one in _named(document, "Pages", "Page"):
            count += 1
            if count > MAX_PAGES:
                raise TooLargeError(
                    f"{archive.name}有{MAX_PAGES}页以上",
                    f"不超过{MAX_PAGES}页的文件",
                    "拆分后再添加",
                )
            member = _member(archive, place, one.get("BaseLoc"))
            page = archive.xml(member)
            own = {**drawings, **_drawings(archive, member, list(_named(page, "PageRes")))}
            found = Drawn((), ())
            for template in _named(page, "Template"):
                key = str(template.get("TemplateID"))
                if key in templates and key not in below:
                    below[key] = drawn(archive.xml(templates[key]), drawings)
                found += below.get(key, Drawn((), ()))
            found += drawn(page, own)
            characters += len(found.characters)
            if characters > MAX_TEXT:
                raise TooLargeError(
                    f"{archive.name}前{count}页就有{characters}字",
                    f"不超过{MAX_TEXT}字的文件",
                    "拆分后再添加",
                )
            yield found, _size(page, ("Area",)) or size


def _drawings(archive: Archive, base: str, resources: list[Element]) -> dict[str, Element]:
    """The drawings that composite objects refer to, by their ids."""
    return {
        str(unit.get("ID")): unit
        for one in resources
        for unit in _named(
            archive.xml(_member(archive, base, one.text)),
            "CompositeGraphicUnits",
            "CompositeGraphicUnit",
        )
    }


def _member(archive: Archive, base: str, location: str | None) -> str:
    """The member that a location means: beside the member it is written in, else at the root."""
    wanted = (location or "").strip()
    beside = resolved(base, wanted)
    if beside in archive:
        return beside
    if (at_root := resolved("", wanted)) in archive:
        return at_root
    raise archive.damaged(f"里没有{beside or '文档的位置'}")


def _named(element: Element, *path: str) -> Iterator[Element]:
    """All elements below one with the names of a path."""
    for one in element:
        if name_of(one) == path[0]:
            if len(path) == 1:
                yield one
            else:
                yield from _named(one, *path[1:])


def _size(element: Element, path: tuple[str, ...]) -> tuple[float, float] | None:
    for box in _named(element, *path, "PhysicalBox"):
        found = numbers(box.text, 4)
        if found and min(found[2:]) > 0:
            return found[2] * POINTS, found[3] * POINTS
    return None
