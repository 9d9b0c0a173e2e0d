"""OFD, the national layout format (GB/T 33190): pages of text to paragraphs.

An OFD file is a ZIP archive of XML: `OFD.xml` names the documents, each of which names its pages
and the templates below them.  Page numbers and running heads are left out; seals and notes of
readers (annotations) are no part of the text.
"""

from collections.abc import Iterator

from ingest.errors import EmptyDocumentError, TooLargeError
from ingest.readers.archive import Archive, Element, resolved
from ingest.readers.base import Layout, Reading
from ingest.readers.ofd.lines import Line, lines, paragraphs, without_margins
from ingest.readers.ofd.page import MAX_OBJECTS, Run, TooManyObjects, name_of, numbers, runs

A4_HEIGHT = 297.0
"""Of a page that doesn't say how high it is, in millimetres."""

MAX_PAGES = 5_000


def read(data: bytes, name: str) -> Reading:
    """The text of an OFD file; raises `ReadError` if it is damaged, too large or has no text."""
    archive = Archive(data, name)
    pages: list[list[Line]] = []
    heights: list[float] = []
    try:
        for found, height in _pages(archive):
            pages.append(lines(found))
            heights.append(height)
    except TooManyObjects:
        raise TooLargeError(
            f"{name}的一页上有{MAX_OBJECTS}个以上的对象", "普通的文档页面", "另存为PDF后再添加"
        ) from None
    layout = Layout()
    for page in paragraphs(without_margins(pages, heights)):
        layout.page()
        for words in page:
            layout.paragraph(words)
    reading = layout.reading()
    if not reading.text:
        raise EmptyDocumentError(
            f"{name}的{len(pages)}页上都没有文字",
            "有文字的OFD,而不是扫描的图片",
            "找它的文字版再添加",
        )
    return reading


def _pages(archive: Archive) -> Iterator[tuple[list[Run], float]]:
    """The text of each page and the page's height."""
    count = 0
    for root in _named(archive.xml("OFD.xml"), "DocBody", "DocRoot"):
        place = _member(archive, "OFD.xml", root.text)
        document = archive.xml(place)
        height = _height(document, ("CommonData", "PageArea")) or A4_HEIGHT
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
        below: dict[str, list[Run]] = {}
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
            found: list[Run] = []
            for template in _named(page, "Template"):
                key = str(template.get("TemplateID"))
                if key in templates and key not in below:
                    below[key] = runs(archive.xml(templates[key]), drawings)
                found += below.get(key, [])
            yield found + runs(page, own), _height(page, ("Area",)) or height


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


def _height(element: Element, path: tuple[str, ...]) -> float | None:
    for box in _named(element, *path, "PhysicalBox"):
        if found := numbers(box.text, 4):
            return found[3]
    return None
