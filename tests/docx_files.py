"""Makes Word documents: whole ones from pieces of their XML."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def p(text: str = "", properties: str = "", style: str = "", runs: str = "") -> str:
    """A paragraph: its text as one run, or the runs as given."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs or r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of a numbered list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, form: str, pattern: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(levels: Sequence[str], more: str = "") -> str:
    """A numbering part with one abstract list, number 0, and one list of it, number 1."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def tc(text: str = "", properties: str = "", blocks: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks or p(text)}</w:tc>"


def tbl(*rows: Sequence[str], widths: Sequence[int] = (), header: int = 0) -> str:
    """A table; the first `header` rows are repeated on every page."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    mark = "<w:trPr><w:tblHeader/></w:trPr>"
    lines = "".join(
        f"<w:tr>{mark if at < header else ''}{''.join(row)}</w:tr>" for at, row in enumerate(rows)
    )
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def docx(body: str, *, main: str = "word/document.xml", space: str = W, **parts: str) -> bytes:
    """A document with this body; `parts` are the contents of styles, numbering, footnotes."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    members = {main: f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    relations = ""
    for kind, made in parts.items():
        members[f"word/{kind}.xml"] = f"<w:{roots[kind]} {_SPACES}>{made}</w:{roots[kind]}>"
        relations += f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="/word/{kind}.xml"/>'
    folder, _, file = main.rpartition("/")
    members[f"{folder}/_rels/{file}.rels"] = f"<Relationships>{relations}</Relationships>"
    members["_rels/.rels"] = (
        f'<Relationships><Relationship Id="1" Type="{_R}/officeDocument" Target="{main}"/>'
        "</Relationships>"
    )
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, made in members.items():
            archive.writestr(name, made.replace(W, space))
    return kept.getvalue()
