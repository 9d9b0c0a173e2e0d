"""What an .xlsx holds, before it is loaded: how many cells and words, and their number formats.

The library that loads a sheet makes room for the whole rectangle from A1 to its last row and
column, and a copy of its words for each cell: a file of 2 kB can ask for a terabyte.  So the XML is
passed through once, without keeping it, and what the library would make of it is added up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from ingest.errors import TooLargeError
from ingest.readers.archive import MAX_XML, Archive, Element, resolved
from ingest.readers.excel.formats import BUILT_IN

MAX_CELLS = 2_000_000
"""Most cells of a file, the empty ones between others included."""

MAX_WORDS = 100_000_000
"""Most characters of all cells together."""

Formats = Mapping[tuple[int, int], str]
"""Row and column, from 0, to the number format of a cell that has one worth following."""


@dataclass(slots=True)
class _Box:
    """The rectangle from A1 on that holds all places that were added, and the last of them."""

    last: tuple[int, int] = (0, -1)
    _rows: int = 0
    _columns: int = 0

    def add(self, place: tuple[int, int]) -> None:
        """Make it so large that the place lies in it."""
        self.last = row, column = place
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)

    @property
    def area(self) -> int:
        """How many cells it has."""
        return self._rows * self._columns


def survey(archive: Archive) -> dict[str, Formats]:
    """The number formats of each sheet, by its name; raises `TooLargeError`."""
    members = _sheets(archive)
    lengths = [
        sum(len(part.text or "") for part in one.iter("{*}t"))
        for one in _elements(archive, "xl/sharedStrings.xml", "si")
    ]
    codes = _codes(archive)
    cells = words = 0
    found: dict[str, Formats] = {}
    for name, member in members.items():
        formats: dict[tuple[int, int], str] = {}
        box = _Box()
        for one in _elements(archive, member, "c"):
            if one.find("{*}v") is None and one.find("{*}is") is None:
                continue
            place = _place(str(one.get("r", "")))
            box.add(place or (box.last[0], box.last[1] + 1))
            style = str(one.get("s", ""))
            if place and style.isdecimal() and (code := codes.get(int(style))):
                formats[place] = code
            words += _length(one, lengths)
            if words > MAX_WORDS:
                raise _large(archive, f"有{MAX_WORDS}个以上的字")
        cells += box.area
        if cells > MAX_CELLS:
            raise _large(archive, f"有{cells}个单元格")
        found[name] = formats
    return found


def _sheets(archive: Archive) -> dict[str, str]:
    """The members that hold the sheets, by the sheets' names."""
    book = "xl/workbook.xml"
    if book not in archive or "xl/_rels/workbook.xml.rels" not in archive:
        return {}
    targets = {
        one.get("Id"): resolved(book, str(one.get("Target")))
        for one in archive.xml("xl/_rels/workbook.xml.rels")
    }
    found = {}
    for one in archive.xml(book).iter("{*}sheet"):
        key = next((v for k, v in one.items() if k.endswith("}id")), "")
        if key in targets:
            found[str(one.get("name"))] = targets[key]
    return found


def _codes(archive: Archive) -> dict[int, str]:
    """The formats of the cell styles that have one, by the style's number."""
    if "xl/styles.xml" not in archive:
        return {}
    root = archive.xml("xl/styles.xml")
    own = {one.get("numFmtId"): str(one.get("formatCode")) for one in root.iter("{*}numFmt")}
    found = {}
    for place, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        key = str(style.get("numFmtId", "0"))
        code = own.get(key) or BUILT_IN.get(int(key) if key.isdecimal() else 0)
        if code:
            found[place] = code
    return found


def _elements(archive: Archive, member: str, name: str) -> Iterator[Element]:
    """The elements with a name, one after the other; each is forgotten when the next comes."""
    if member not in archive:
        return
    data = archive.read(member)
    if len(data) > MAX_XML:
        raise _large(archive, f"的成员{member}有{len(data)}字节")
    events = etree.iterparse(
        BytesIO(data), tag="{*}" + name, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as exc:
        raise archive.damaged(f"的成员{member}不是完整的XML({exc.msg})") from exc


def _length(cell: Element, lengths: list[int]) -> int:
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return lengths[int(value)] if value.isdecimal() and int(value) < len(lengths) else 0
    return len(value) + sum(len(part.text or "") for part in cell.iter("{*}t"))


def _place(reference: str) -> tuple[int, int] | None:
    """B3 → (2, 1)."""
    letters = reference.rstrip("0123456789")
    row = reference[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or not row or len(reference) > 12:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row) - 1, column - 1


def _large(archive: Archive, found: str) -> TooLargeError:
    return TooLargeError(
        f"{archive.name}{found}", f"不超过{MAX_CELLS}个单元格的表格", "拆分后再添加"
    )
