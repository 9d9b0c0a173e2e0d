"""The words of one paragraph of a Word document, as they are printed.

Deleted and hidden text is left out, inserted text is kept.  Of a field the result stands in the
text and never its code; the result of one that prints a page number is left out too, because pages
are no part of what is read here.
"""

import re
from dataclasses import dataclass, field

from ingest.readers.archive import Element
from ingest.readers.word.styles import Styles
from ingest.readers.word.symbols import symbol
from ingest.readers.word.xml import alternative, attribute, child, local, switched

_SKIPPED = frozenset(
    ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "delInstrText", "rt")
)
_SIGNS = {
    "tab": " ",
    "ptab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
_NOTES = ("footnoteReference", "endnoteReference")
_PAGE_FIELD = re.compile(r"(?i)^\s*(?:PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b")


@dataclass(slots=True)
class Inline:
    """The words of a paragraph, with a line feed for each break in it.

    `boxes` are the contents of the text boxes that hang on the paragraph, `notes` the notes that
    it refers to: the kind of reference and the note's id.
    """

    words: str = ""
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    code: str = ""
    shown: bool = False

    @property
    def silent(self) -> bool:
        """Whether what stands in it now isn't printed."""
        return not self.shown or bool(_PAGE_FIELD.match(self.code))


class Runs:
    """Reads the paragraphs of a document that has these styles.

    `dropped` are characters that stand for none, as a converter writes for what XML can't hold.
    """

    def __init__(self, styles: Styles, dropped: str = "") -> None:
        self._styles = styles
        self._signs = str.maketrans("\t\n\r", "   ", dropped)
        self._fields: list[_Field] = []

    def read(self, paragraph: Element) -> Inline:
        """The words of a paragraph, without its automatic number."""
        found = Inline()
        parts: list[str] = []
        hidden = self._styles.hides(self._styles.of(paragraph))
        self._walk(paragraph, parts, found, hidden)
        # A result may go on in the next paragraph; a code or a page number that does is a field
        # without an end, which must not swallow the rest of the document.
        self._fields = [one for one in self._fields if not one.silent]
        found.words = "".join(parts)
        return found

    def _walk(self, element: Element, parts: list[str], found: Inline, hidden: bool) -> None:
        for one in element:
            name = local(one)
            if name in _SKIPPED:
                continue
            if name == "r":
                if not self._hides(one, hidden):
                    self._walk(one, parts, found, hidden)
                else:  # a field may begin in hidden text and end behind it
                    self._walk(one, [], Inline(), hidden)
            elif name == "fldSimple":
                if not _PAGE_FIELD.match(attribute(one, "instr") or ""):
                    self._walk(one, parts, found, hidden)
            elif name == "AlternateContent":
                chosen = alternative(one)
                if chosen is not None:
                    self._walk(chosen, parts, found, hidden)
            elif name == "txbxContent":
                found.boxes.append(one)
            elif name == "fldChar":
                self._field(one)
            elif name == "instrText":
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].code += str(one.text or "")
            elif name in _NOTES:
                found.notes.append((name, attribute(one, "id") or ""))
            elif name in ("t", "sym") or name in _SIGNS:
                if not any(one.silent for one in self._fields):
                    parts.append(self._sign(one, name))
            else:
                self._walk(one, parts, found, hidden)

    def _hides(self, run: Element, hidden: bool) -> bool:
        """Whether a run's text is hidden: by itself, else by its style, else by its paragraph's."""
        properties = child(run, "rPr")
        own = switched(properties, "vanish")
        if own is not None:
            return own
        style = attribute(child(properties, "rStyle"))
        return hidden or self._styles.hides(style)

    def _sign(self, one: Element, name: str) -> str:
        if name == "t":
            return str(one.text or "").translate(self._signs)
        if name != "sym":
            return _SIGNS[name]
        try:
            return symbol(int(attribute(one, "char") or "", 16), attribute(one, "font") or "")
        except ValueError:
            return ""

    def _field(self, mark: Element) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._fields.pop()
