# ruff: noqa: E501 - a hostile file is one line
"""Files that were damaged on the way, and files made to do harm.

for one in mutated(bases, Random(1), 100):
    one.kind, one.name, one.data
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from random import Random

from docx_files import docx, p
from ofd_files import SPEC, content, package
from pdf_files import pages, pdf, stream, words

MANY = 200_000
SUFFIXES = (".txt", ".md", ".html", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".ofd", "", ".zip")
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<!DOCTYPE r [<!ENTITY e0 "哈">{ENTITIES}]>'


@dataclass(frozen=True)
class Mutated:
    """A file: what was done to it, its name and its bytes."""

    kind: str
    name: str
    data: bytes


Files = Mapping[str, bytes]
Maker = Callable[[Files, Random], tuple[str, bytes]]


def mutated(bases: Files, chance: Random, count: int, large: int = 60) -> Iterator[Mutated]:
    """So many files: the hostile ones first, each once, then damaged ones of `bases`.

    `large` is how many megabytes the longest lines have.
    """
    made = [*hostile(large).items(), *harm(chance).items()]
    for at in range(count):
        if at < len(made):
            (kind, name), make = made[at]
            yield Mutated(kind, name, make())
        else:
            kind = chance.choice(list(DAMAGES))
            yield Mutated(kind, *DAMAGES[kind](bases, chance))


def _picked(bases: Files, chance: Random, *suffixes: str) -> tuple[str, bytes]:
    names = [name for name in bases if name.endswith(suffixes)] if suffixes else list(bases)
    name = chance.choice(names)
    return name, bases[name]


def _cut(bases: Files, chance: Random) -> tuple[str, bytes]:
    name, data = _picked(bases, chance)
    return name, data[: chance.randrange(len(data))]


def _flipped(bases: Files, chance: Random) -> tuple[str, bytes]:
    name, data = _picked(bases, chance)
    made = bytearray(data)
    for _ in range(round(10 ** chance.uniform(0, 3))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return name, bytes(made)


def _renamed(bases: Files, chance: Random) -> tuple[str, bytes]:
    name, data = _picked(bases, chance)
    return name.partition(".")[0] + chance.choice(SUFFIXES), data


def _swapped(bases: Files, chance: Random) -> tuple[str, bytes]:
    name, data = _picked(bases, chance)
    a, b, c, d = sorted(chance.randrange(len(data)) for _ in range(4))
    return name, data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _zeros(bases: Files, chance: Random) -> tuple[str, bytes]:
    name, data = _picked(bases, chance)
    at = chance.randrange(len(data))
    return name, data[:at] + bytes(chance.choice((1, 7, 5000))) + data[at + chance.randrange(9) :]


def _mixed(bases: Files, chance: Random) -> tuple[str, bytes]:
    name, data = _picked(bases, chance, ".txt", ".html")
    text = data.decode("utf-8", "ignore")
    at = chance.randrange(len(text))
    first, second = chance.sample(("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5"), 2)
    return name, text[:at].encode(first, "ignore") + text[at:].encode(second, "ignore")


def _members(bases: Files, chance: Random) -> tuple[str, bytes]:
    """A package without a member, or with two that changed places, or one that is damaged."""
    name, data = _picked(bases, chance, ".docx", ".ofd", ".xlsx")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        held = {one: archive.read(one) for one in archive.namelist()}
    one, other = chance.choice(list(held)), chance.choice(list(held))
    match chance.randrange(3):
        case 0:
            del held[one]
        case 1:
            held[one], held[other] = held[other], held[one]
        case _:
            made = bytearray(held[one] or b" ")
            for _ in range(chance.randrange(1, 60)):
                made[chance.randrange(len(made))] = chance.randrange(32, 127)
            held[one] = bytes(made)
    return name, zipped(held)


def _pages(bases: Files, chance: Random) -> tuple[str, bytes]:
    """A PDF whose table of objects is wrong, or whose objects point at others."""
    name, data = _picked(bases, chance, ".pdf")
    if chance.random() < 0.3:
        at = data.rfind(b"startxref")
        return name, data[:at] + b"startxref\n%d\n%%%%EOF\n" % chance.randrange(2 * len(data))
    made = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        at = made.find(b" 0 R", chance.randrange(len(made)))
        if at > 0:
            made[at - 1] = chance.choice(b"0123456789")
    return name, bytes(made)


DAMAGES: Mapping[str, Maker] = {
    "cut": _cut, "flipped": _flipped, "renamed": _renamed, "swapped": _swapped,
    "zeros": _zeros, "mixed": _mixed, "members": _members, "pages": _pages,
}  # fmt: skip


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these members."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return kept.getvalue()


def harm(chance: Random) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Files that say nothing or lie about what they are."""
    png = b"\x89PNG\r\n\x1a\n" + chance.randbytes(5000)
    jpeg = b"\xff\xd8\xff\xe0" + chance.randbytes(5000)
    made: dict[tuple[str, str], Callable[[], bytes]] = {}
    for suffix in SUFFIXES:
        for kind, data in {
            "empty": b"", "mark only": b"\xef\xbb\xbf", "wide mark only": b"\xff\xfe",
            "image": png, "photograph": jpeg, "noise": chance.randbytes(20_000),
        }.items():  # fmt: skip
            made[kind, f"{kind.replace(' ', '-')}{suffix}"] = lambda data=data: data  # type: ignore[misc]
    return made


def hostile(large: int) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Files that were made to exhaust time or memory; the longest have `large` megabytes."""
    line = "为了保护湿地，制定本办法。第一条　"
    whole = line * (large * 2**20 // len(line.encode()))
    deep = "<w:sdt><w:sdtContent>" * MANY + "</w:sdtContent></w:sdt>" * MANY
    blocks = "<ofd:PageBlock>" * MANY + "</ofd:PageBlock>" * MANY
    return {
        ("one line", "line.txt"): lambda: whole.encode(),
        ("one line", "letters.txt"): lambda: b"a" * (large * 2**20),
        ("one line", "spaces.txt"): lambda: b"a " * (large * 2**19),
        ("one line", "line.html"): lambda: f"<html><p>{whole}</p></html>".encode(),
        ("one line", "gb.txt"): lambda: whole.encode("gb18030"),
        ("one line", "line.docx"): lambda: docx(p(whole[: large * 2**18])),
        ("many lines", "lines.txt"): lambda: whole.replace("。", "。\n").encode(),
        ("many cells", "cells.txt"): lambda: ("甲\t乙\t1\n" * (large * 2**20 // 10)).encode(),
        ("many cells", "wide.txt"): lambda: ("1\t" * (large * 2**18) + "\n").encode() * 2,
        ("too large", "large.txt"): lambda: b"a" * (200 * 2**20),
        ("too large", "large.html"): lambda: b"<html>" + b"a" * (200 * 2**20),
        ("laughs", "laughs.docx"): lambda: zipped({"word/document.xml": f"{LAUGHS}<r>&e11;</r>".encode()}),
        ("laughs", "laughs.ofd"): lambda: zipped({"OFD.xml": f"{LAUGHS}<r>&e11;</r>".encode()}),
        ("laughs", "laughs.html"): lambda: f"{LAUGHS}<html><p>&e11;</p></html>".encode(),
        ("laughs", "laughs.xlsx"): lambda: sheet("", LAUGHS),
        ("deep", "deep.docx"): lambda: docx(deep),
        ("deep", "deep.ofd"): lambda: package([content(blocks)]),
        ("deep", "deep.html"): lambda: b"<html><body>" + b"<div>" * MANY + b"x" * 9,
        ("deep", "tables.html"): lambda: b"<html>" + b"<table><tr><td>" * 20_000 + b"x" * 9,
        ("attribute", "long.docx"): lambda: docx(f'<w:p w:rsidR="{"a" * 20 * MANY}"/>'),
        ("attribute", "long.html"): lambda: f'<html><p style="{"a:b;" * 10 * MANY}">x'.encode(),
        ("attribute", "many.html"): lambda: f"<html><p {' '.join(f'a{n}=1' for n in range(MANY))}>x".encode(),
        ("spans", "spans.html"): lambda: b"<html><table>" + b"<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 900 + b"</table>",
        ("spans", "spans.docx"): lambda: docx(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
            + p("甲") + "</w:tc><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>"
        ),
        ("bomb", "bomb.docx"): lambda: zipped({"word/document.xml": bytes(400 * 2**20)}),
        ("bomb", "bomb.xlsx"): lambda: zipped({"xl/workbook.xml": b" " * (250 * 2**20)}),
        ("bomb", "bomb.ofd"): lambda: zipped({"OFD.xml": b"<a>" + b" " * (90 * 2**20) + b"</a>"}),
        ("bomb", "bomb.pdf"): lambda: pages([stream(zlib.compress(bytes(300 * 2**20)), b"/Filter/FlateDecode")]),
        ("rows", "rows.xlsx"): lambda: sheet(
            '<dimension ref="A1:XFD1000000000"/>', cells='<row r="1000000000"><c r="A1000000000" t="str"><v>a</v></c></row>'
        ),
        ("rows", "merged.xlsx"): lambda: sheet(
            "", cells='<row r="1"><c r="A1" t="str"><v>a</v></c></row>', more='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        ("recursive", "kids.pdf"): lambda: pdf(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"]
        ),
        ("recursive", "length.pdf"): lambda: pages([b"<</Length 5 0 R>>\nstream\nBT ET\nendstream"]),
        ("recursive", "form.pdf"): lambda: pages(
            [words("a word or two"), stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>")],
            resources=b"/XObject<</X 7 0 R>>",
        ),
        ("letters", "letters.ofd"): lambda: package([content(
            "<ofd:TextObject Boundary='0 0 9 9' Size='1e300'><ofd:TextCode X='1e300' DeltaX='g 999999999 1e300'>甲乙</ofd:TextCode></ofd:TextObject>" * 9
        )]),
        ("drawings", "drawings.ofd"): lambda: package(
            [content("<ofd:CompositeObject ResourceID='0'/>")], "<ofd:PublicRes>Res.xml</ofd:PublicRes>",
            Res=f"<ofd:Res {SPEC}><ofd:CompositeGraphicUnits>" + "".join(
                f"<ofd:CompositeGraphicUnit ID='{n}'><ofd:Content>" + f"<ofd:CompositeObject ResourceID='{n + 1}'/>" * 10
                + "</ofd:Content></ofd:CompositeGraphicUnit>" for n in range(12)
            ) + "</ofd:CompositeGraphicUnits></ofd:Res>",
        ),
    }  # fmt: skip


def sheet(above: str, doctype: str = "", cells: str = "", more: str = "") -> bytes:
    """An .xlsx file with one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{doctype}<worksheet xmlns="{main}">{above}<sheetData>{cells}</sheetData>{more}</worksheet>',
    }
    return zipped({name: data.encode() for name, data in made.items()})
