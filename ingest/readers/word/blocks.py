"""The blocks of a Word document, laid out one after the other."""

from collections.abc import Iterator, Mapping

from ingest.errors import UnsupportedFormatError
from ingest.numbering import mark_at
from ingest.readers.archive import Element
from ingest.readers.base import BlockKind, Layout, Reading
from ingest.readers.word import table as docx_table
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.runs import Inline, Runs
from ingest.readers.word.styles import BODY, Styles
from ingest.readers.word.xml import alternative, child, local

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class Blocks:
    """Lays out what `read` is given; `name` is the file's, for messages.

    `notes` are the footnotes and endnotes by kind of reference and id.
    """

    def __init__(
        self,
        name: str,
        styles: Styles,
        runs: Runs,
        numbering: Numbering,
        notes: Mapping[str, Mapping[str, Element]],
    ) -> None:
        self._name = name
        self._styles = styles
        self._numbering = numbering
        self._runs = runs
        self._notes = notes
        self._layout = Layout()
        self._waiting: list[Element] = []
        self._noted = 0
        self._pending = ""

    def read(self, parent: Element) -> None:
        """The paragraphs and tables in an element, in its order."""
        for one in self._parts(parent):
            if local(one) == "p":
                self._paragraph(one)
            else:
                self._table(one)

    def finished(self) -> Reading:
        """All that was laid out, with the notes that still wait for the end of their section."""
        self._put(self._pending, "paragraph", 0)
        self._end_section()
        return self._layout.reading()

    def _parts(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables in an element, out of whatever wraps them."""
        for one in parent:
            kind = local(one)
            if kind in ("p", "tbl"):
                yield one
            elif kind in _WRAPPERS:
                yield from self._parts(one)
            elif kind == "AlternateContent":
                chosen = alternative(one)
                if chosen is not None:
                    yield from self._parts(chosen)
            elif kind == "altChunk":
                raise UnsupportedFormatError(
                    f"{self._name}的正文是嵌入的另一个文件(altChunk)",
                    "正文在Word文档里的文件",
                    "用Word打开后另存为docx再添加",
                )

    def _paragraph(self, paragraph: Element) -> None:
        found = self._runs.read(paragraph)
        if child(paragraph, "pPr", "rPr", "del") is not None:
            self._pending += found.words  # its end is deleted: the next one goes on in its line
        else:
            words, self._pending = self._pending + found.words, ""
            words = words.lstrip()
            label = self._label(paragraph, words) if words else ""
            level = self._styles.outline(paragraph)
            kind: BlockKind = "heading" if level < BODY else "list" if label else "paragraph"
            self._put(label + words, kind, level + 1 if level < BODY else 0)
        self._note(found)
        for box in found.boxes:
            self.read(box)
        if child(paragraph, "pPr", "sectPr") is not None:
            self._end_section()

    def _put(self, words: str, kind: BlockKind, level: int) -> None:
        for line in words.split("\n"):
            self._layout.paragraph(line, kind, level)
            kind = "paragraph" if kind == "list" else kind  # what follows a break has no number

    def _label(self, paragraph: Element, words: str) -> str:
        """The automatic number; a bullet only where the words don't begin with a number."""
        label = self._numbering.label(paragraph)
        bullet = not any(sign.isalnum() for sign in label)
        return "" if bullet and mark_at(words, 0, len(words)) else label

    def _table(self, table: Element) -> None:
        """A table; a row of one cell over all columns is text, whatever stands in it."""
        waiting: list[docx_table.Row] = []
        for row in docx_table.rows(table, self._words):
            if row.alone is None:
                waiting.append(row)
                continue
            self._rows(waiting)
            waiting = []
            self.read(row.alone)
        self._rows(waiting)

    def _rows(self, rows: list[docx_table.Row]) -> None:
        header = next((at for at, row in enumerate(rows) if not row.header), 0)
        if rows:
            self._layout.table([row.cells for row in rows], header)

    def _words(self, parent: Element) -> str:
        """All words in a cell or a note, in one line; tables in it included."""
        pieces = [piece for piece in self._pieces(parent) if piece]
        stacked = len(pieces) > 1 and all(len(piece) == 1 for piece in pieces)
        return ("" if stacked else " ").join(pieces)  # 序 above 号 is one word

    def _pieces(self, parent: Element) -> Iterator[str]:
        for one in self._parts(parent):
            if local(one) == "tbl":
                for row in docx_table.rows(one, self._words):
                    yield from (cell.words.strip() for cell in row.cells)
                    if row.alone is not None:
                        yield from self._pieces(row.alone)
                continue
            found = self._runs.read(one)
            words = found.words.strip()
            words = self._label(one, words) + words  # often nothing but a number
            yield from (line.strip() for line in words.split("\n"))
            self._note(found)
            for box in found.boxes:
                yield from self._pieces(box)

    def _note(self, found: Inline) -> None:
        for kind, key in found.notes:
            note = self._notes.get(kind, {}).get(key)
            if note is not None:
                self._waiting.append(note)

    def _end_section(self) -> None:
        waiting, self._waiting = self._waiting, []
        for note in waiting:
            words = self._words(note)
            if words:
                self._noted += 1
                self._layout.paragraph(f"［注{self._noted}］{words}")
