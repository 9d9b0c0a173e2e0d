"""Styles of a Word document: what a paragraph takes from its style and those it is based on."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from ingest.readers.archive import Element
from ingest.readers.word.xml import attribute, child, children, number, switched

_T = TypeVar("_T")
_HEADING = re.compile(r"(?i)^(?:heading|标题) ?([1-9])$")
BODY = 9
"""The outline level of text that is no heading; those of headings are 0 to 8."""


class Styles:
    """The styles of `word/styles.xml`; `root` is None where the file has none."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in children(root, "style"):
            name = attribute(style, "styleId") or ""
            self._styles[name] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in (
                "1", "true", "on",
            ):  # fmt: skip
                self._default = name
        self._hidden: dict[str, bool] = {}
        self._levels: dict[str, int] = {}

    def of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return attribute(child(paragraph, "pPr", "pStyle")) or self._default

    def outline(self, paragraph: Element) -> int:
        """The outline level of a paragraph, 0 to 8, or `BODY`."""
        own = number(child(paragraph, "pPr", "outlineLvl"))
        style = self.of(paragraph)
        if own is None and style not in self._levels:
            self._levels[style] = self._first(style, _level, BODY)
        level = self._levels[style] if own is None else own
        return level if 0 <= level < BODY else BODY

    def numbering(self, style: str) -> tuple[int | None, int | None]:
        """The numbered list and the level in it that a style puts its paragraphs in."""

        def found(part: str) -> int | None:
            return self._first(
                style, lambda one: number(child(one, "pPr", "numPr", part)), None
            )  # each may come from another style of the chain

        return found("numId"), found("ilvl")

    def list_of(self, style: str) -> int | None:
        """The numbered list of a numbering style, for <w:numStyleLink>."""
        return number(child(self._styles.get(style), "pPr", "numPr", "numId"))

    def hides(self, style: str | None) -> bool:
        """Whether a style's text is hidden."""
        if not style:
            return False
        if style not in self._hidden:
            self._hidden[style] = self._first(
                style, lambda one: switched(child(one, "rPr"), "vanish"), False
            )
        return self._hidden[style]

    def _first(self, style: str, of: Callable[[Element], _T | None], default: _T) -> _T:
        """What the first style of a chain says that says anything."""
        said = (of(one) for one in self._chain(style))
        return next((found for found in said if found is not None), default)

    def _chain(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = attribute(child(self._styles[style], "basedOn")) or ""


def _level(style: Element) -> int | None:
    """The outline level that a style states, or that its built-in name stands for."""
    stated = number(child(style, "pPr", "outlineLvl"))
    if stated is not None:
        return stated
    named = _HEADING.match(attribute(child(style, "name")) or "")
    return int(named[1]) - 1 if named else None
