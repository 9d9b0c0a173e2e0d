"""Makes small OFD files: pages of lines as a word processor would set them.

    made = ofd([["标题", "　　第一段……"], ["第二页的一段"]])

Each page is a list of paragraphs; a table is a list of rows.  A paragraph is broken into lines of
`CHARACTERS`; one that begins with two wide spaces is indented as printed ones are.
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

SIZE = 5.6
"""Of the type, in millimetres: 三号, in which official documents are set."""

LEFT, TOP, LEADING, CHARACTERS = 28.0, 37.0, 10.0, 28
COLUMN = 45.0
SPEC = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Part = str | Sequence[Sequence[str]]


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
        if isinstance(part, str):
            for x, line in wrapped(part):
                objects.append(text_object(line, x, y, len(objects) + 10))
                y += LEADING
            continue
        for row in part:
            for place, cell in enumerate(row):
                objects.append(text_object(cell, LEFT + place * COLUMN, y, len(objects) + 10))
            y += LEADING
    if number is not None:
        objects.append(text_object(f"— {number} —", 95, 275, len(objects) + 10, 4))
    return content("".join(objects))


def wrapped(paragraph: str) -> list[tuple[float, str]]:
    """The lines of a paragraph with their left ends."""
    indent = 2 if paragraph.startswith("　　") else 0
    words = paragraph.lstrip("　")
    first = CHARACTERS - indent
    lines = [(LEFT + indent * SIZE, words[:first])]
    for at in range(first, len(words), CHARACTERS):
        lines.append((LEFT, words[at : at + CHARACTERS]))
    return lines


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
