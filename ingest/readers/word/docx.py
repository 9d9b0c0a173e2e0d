"""Word documents (.docx, .docm): paragraphs, tables, text boxes and notes in reading order.

The text is what a reader of the printed document sees, without headers, footers and page numbers:
automatic numbers are printed before their paragraphs, deleted and hidden text is gone.  A text box
stands behind the paragraph that it hangs on; footnotes and endnotes stand at the end of their
section, which mostly is that of the document, as lines that begin with ［注1］.
"""

from ingest.errors import EmptyDocumentError
from ingest.readers.archive import Archive, Element, resolved
from ingest.readers.base import Reading
from ingest.readers.word.blocks import Blocks
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.runs import Runs
from ingest.readers.word.styles import Styles
from ingest.readers.word.xml import attribute, child, children, local


def read(data: bytes, name: str) -> Reading:
    """The text of a Word document; raises `ReadError` if it is damaged, too large or empty."""
    return read_package(data, name)


def read_package(data: bytes, name: str, dropped: str = "") -> Reading:
    """As `read`, without the characters `dropped`: see `Runs`."""
    archive = Archive(data, name)
    main = _main(archive)
    root = archive.xml(main)
    parts = _related(archive, main)
    styles = Styles(_part(archive, parts, "styles"))
    body = child(root, "body")
    blocks = Blocks(
        name,
        styles,
        Runs(styles, dropped),
        Numbering(_part(archive, parts, "numbering"), styles),
        {
            f"{kind}Reference": {
                attribute(note, "id") or "": note
                for note in children(_part(archive, parts, f"{kind}s"), kind)
                if attribute(note, "type") in (None, "normal")
            }
            for kind in ("footnote", "endnote")
        },
    )
    if body is not None:
        blocks.read(body)
    reading = blocks.finished()
    if not reading.text.strip():
        raise EmptyDocumentError(
            f"{name}里没有文字(只有图片或空白)", "有文字的Word文档", "找它的文字版再添加"
        )
    return reading


def _main(archive: Archive) -> str:
    """The member that holds the text; packages name it, mostly `word/document.xml`."""
    for kind, member in _related(archive, "").items():
        if kind == "officeDocument":
            return member
    return "word/document.xml"


def _related(archive: Archive, member: str) -> dict[str, str]:
    """The members that a member refers to, by the last word of the relationship's type."""
    folder, _, file = member.rpartition("/")
    place = f"{folder}/_rels/{file}.rels".lstrip("/")
    if place not in archive:
        return {}
    return {
        str(one.get("Type")).rpartition("/")[2]: resolved(member, str(one.get("Target")))
        for one in archive.xml(place)
        if local(one) == "Relationship" and one.get("TargetMode") != "External"
    }


def _part(archive: Archive, parts: dict[str, str], kind: str) -> Element | None:
    """The root of a related member; None where the document has none."""
    member = parts.get(kind)
    return archive.xml(member) if member is not None and member in archive else None
