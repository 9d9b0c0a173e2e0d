"""Makes small OFD files: pages of lines as a word processor would set them.

    made = ofd([["标题", "　　第一段……"], ["第二页的一段"]])

Each page is a list of paragraphs; a table is a list of rows, and a `Ruled` one has its lines drawn.
A paragraph is broken into lines of `CHARACTERS`; one that begins with two wide spaces is indented
as printed ones are.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

SIZE = 5.6
"""Of the type, in millimetres: 三号, in which official documents are set."""

LEFT, TOP, LEADING, CHARACTERS = 28.0, 37.0, 10.0, 28
COLUMN = 45.0
SPEC = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROW, INSET = 8.0, 1.0
"""The height of a line in a ruled table, and how far its words stand from its rules."""


@dataclass(frozen=True)
class Box:
    """A cell of a ruled table: its words, and how many rows and columns it has."""

    words: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Ruled:
    """A table with rules around each cell; spanning cells stand in their first place only."""

    rows: Sequence[Sequence[Box]]


@dataclass(frozen=True)
class Placed:
    """A paragraph whose lines stand in the middle (.5) or at the right edge (1)."""

    words: str
    place: float


Part = str | Sequence[Sequence[str]] | Ruled | Placed
LINES = 23
"""So many lines stand on a page."""


def text_object(text: str, x: float, y: float, key: int, size: float = SIZE) -> str:
    """A line of text; `y` is the upper edge of its box, the baseline lies `size` below."""
    steps = (
        f"g {len(text) - 1} {size}" if len(text) > 2 else " ".join([str(size)] * (len(text) - 1))
    )
    return (
        f'<ofd:TextObject ID="{key}" Boundary="{x} {y} {size * len(text)} {size * 1.2}" '
        f'Font="1" Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">'
        f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def page(parts: Sequence[Part], number: int | None = None) -> str:
    """The content of a page, with a page number at its foot if one is given."""
    objects: list[str] = []
    y = TOP
    for part in parts:
        if isinstance(part, str | Placed):
            for x, line in wrapped(part):
                objects.append(text_object(line, x, y, len(objects) + 10))
                y += LEADING
            continue
        if isinstance(part, Ruled):
            drawn, y = ruled(part, y)
            objects += drawn
            continue
        for row in part:
            for place, cell in enumerate(row):
                objects.append(text_object(cell, LEFT + place * COLUMN, y, len(objects) + 10))
            y += LEADING
    if number is not None:
        objects.append(text_object(f"— {number} —", 95, 275, len(objects) + 10, 4))
    return content("".join(objects))


def height(part: Part) -> float:
    """How many lines of a page a part takes."""
    if isinstance(part, str | Placed):
        return len(wrapped(part))
    return (ruled(part, 0)[1] / LEADING) if isinstance(part, Ruled) else len(part)


def wrapped(part: str | Placed) -> list[tuple[float, str]]:
    """The lines of a paragraph with their left ends."""
    if isinstance(part, Placed):
        count = -(-len(part.words) // CHARACTERS)
        size = -(-len(part.words) // count)
        pieces = [part.words[at : at + size] for at in range(0, len(part.words), size)]
        return [(LEFT + (CHARACTERS - len(one)) * SIZE * part.place, one) for one in pieces]
    indent = 2 if part.startswith("　　") else 0
    words = part.lstrip("　")
    first = CHARACTERS - indent
    lines = [(LEFT + indent * SIZE, words[:first])]
    for at in range(first, len(words), CHARACTERS):
        lines.append((LEFT, words[at : at + CHARACTERS]))
    return lines


def ruled(table: Ruled, top: float) -> tuple[list[str], float]:
    """The objects of a table whose upper edge is at `top`, and where the next line begins."""
    placed = [(y, x, box) for y, row in enumerate(placed_in(table.rows)) for x, box in row]
    width = CHARACTERS * SIZE / max(x + box.columns for _, x, box in placed)
    fits = int((width - 2 * INSET) / 4)
    high = [1] * len(table.rows)
    for y, _, box in placed:
        if box.rows == 1:
            high[y] = max(high[y], -(-len(box.words) // (fits * box.columns)))
    edges = [top]
    for count in high:
        edges.append(edges[-1] + ROW * count)
    objects = []
    for y, x, box in placed:
        left, upper = LEFT + x * width, edges[y]
        wide, below = box.columns * width, edges[y + box.rows] - upper
        objects.append(
            f'<ofd:PathObject ID="1" Boundary="{left} {upper} {wide} {below}" LineWidth="0.3">'
            f"<ofd:AbbreviatedData>M 0 0 L {wide} 0 L {wide} {below} L 0 {below} C"
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )
        room = fits * box.columns
        for n, at in enumerate(range(0, len(box.words), room)):
            line = box.words[at : at + room]
            objects.append(text_object(line, left + INSET, upper + 1 + n * ROW, 1, 4))
    return objects, edges[-1] + 4


def placed_in(rows: Sequence[Sequence[Box]]) -> list[list[tuple[int, Box]]]:
    """The cells of each row with the columns that they begin in."""
    taken: set[tuple[int, int]] = set()
    found: list[list[tuple[int, Box]]] = []
    for y, row in enumerate(rows):
        found.append([])
        x = 0
        for box in row:
            while (y, x) in taken:
                x += 1
            found[y].append((x, box))
            taken |= {(y + i, x + j) for i in range(box.rows) for j in range(box.columns)}
    return found


def content(objects: str, extra: str = "") -> str:
    """A page with these objects in its only layer."""
    return (
        f"<ofd:Page {SPEC}>{extra}<ofd:Content><ofd:Layer ID='2'>{objects}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def ofd(pages: Sequence[Sequence[Part]], numbered: bool = False) -> bytes:
    """An OFD file with these pages."""
    return package([page(parts, n + 1 if numbered else None) for n, parts in enumerate(pages)])


def package(contents: Sequence[str], common: str = "", **members: str) -> bytes:
    """An OFD file with pages of this content; `members` lie beside its Document.xml."""
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
        for n in range(len(contents))
    )
    files = {
        "OFD.xml": f'<ofd:OFD {SPEC} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPEC}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": made for n, made in enumerate(contents)}
    files |= {f"Doc_0/{name}.xml": made for name, made in members.items()}
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, made in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + made)
    return kept.getvalue()
