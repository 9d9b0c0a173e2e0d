"""Automatic numbers: what Word prints before the paragraphs of a list and keeps out of their text.

A paragraph names a list (`numId`) and a level in it.  A list is an instance of an abstract one,
whose levels have a start, a format and a pattern such as "第%1章" or "%1.%2"; lists of the same
abstract one go on counting where the other stopped, unless they say where to start.
See ECMA-376, part 1, 17.9.
"""

import re
from dataclasses import dataclass, replace

from ingest.readers.archive import Element
from ingest.readers.word.formats import printed
from ingest.readers.word.styles import Styles
from ingest.readers.word.symbols import symbol
from ingest.readers.word.xml import attribute, child, children, local, number, switched

_PLACE = re.compile("%([1-9])")
_CLOSED = "、．.）)，,：:；;】〕］"
_NOT_A_LIST = 0
MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: `restart` is the level, from 1, after which it begins anew; 0 is never."""

    start: int = 0
    form: str = "decimal"
    pattern: str = ""
    tight: bool = False
    legal: bool = False
    restart: int | None = None
    style: str = ""


class Numbering:
    """The lists of `word/numbering.xml`, and how far each of them has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, dict[int, Level]] = {}
        self._links: dict[int, str] = {}
        for one in children(root, "abstractNum"):
            key = number(one, "abstractNumId")
            if key is None:
                continue
            self._abstract[key] = dict(_level(level) for level in children(one, "lvl"))
            if link := attribute(child(one, "numStyleLink")):
                self._links[key] = link
        self._lists: dict[int, int] = {}
        self._own: dict[int, dict[int, Level]] = {}
        self._starts: dict[int, dict[int, int]] = {}
        for one in children(root, "num"):
            self._list(one)
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, paragraph: Element) -> str:
        """What is printed before a paragraph, with the space behind it; "" before most.

        The paragraph is counted, so each must be asked for once and in their order.
        """
        found = self._place(paragraph)
        if found is None:
            return ""
        key, place = found
        abstract = self._linked(self._lists[key])
        levels = {**self._abstract.get(abstract, {}), **self._own.get(key, {})}
        level = levels.get(place)
        if level is None:
            return ""
        self._count(key, abstract, levels, place)
        counts = self._counts[abstract]
        if level.form == "bullet":
            return level.pattern + ("" if level.tight else " ") if level.pattern else ""

        def put(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            other = levels.get(of, Level())
            form = "decimal" if level.legal and other.form != "decimalZero" else other.form
            return printed(counts.get(of, other.start), form)

        words = _PLACE.sub(put, level.pattern)
        return words if level.tight or not words or words[-1] in _CLOSED else words + " "

    def _place(self, paragraph: Element) -> tuple[int, int] | None:
        """The list of a paragraph and the level in it."""
        own = child(paragraph, "pPr", "numPr")
        key, place = number(child(own, "numId")), number(child(own, "ilvl"))
        style = self._styles.of(paragraph)
        if key is None or place is None:
            styled, at = self._styles.numbering(style)
            place = at if place is None and key is None else place
            key = styled if key is None else key
        if key is None or key == _NOT_A_LIST or key not in self._lists:
            return None
        if place is None:  # a level may name the style whose paragraphs it numbers
            levels = self._abstract.get(self._linked(self._lists[key]), {})
            place = next((at for at, one in levels.items() if one.style == style), 0)
        return key, place

    def _count(self, key: int, abstract: int, levels: dict[int, Level], place: int) -> None:
        counts = self._counts.setdefault(abstract, {})
        start = self._starts.get(key, {}).get(place)
        if start is not None and (key, place) not in self._begun:
            counts[place] = start
        else:
            counts[place] = counts[place] + 1 if place in counts else levels[place].start
        self._begun.add((key, place))
        for below in [at for at in counts if at > place]:
            restart = levels.get(below, Level()).restart
            if restart is None or place < restart:
                del counts[below]

    def _linked(self, abstract: int) -> int:
        """The abstract list that holds the levels; one may only name a style that has a list."""
        if abstract in self._links:
            key = self._styles.list_of(self._links[abstract])
            return self._lists.get(key, abstract) if key is not None else abstract
        return abstract

    def _list(self, one: Element) -> None:
        key, abstract = number(one, "numId"), number(child(one, "abstractNumId"))
        if key is None or abstract is None:
            return
        self._lists[key] = abstract
        for override in children(one, "lvlOverride"):
            place = number(override, "ilvl")
            if place is None:
                continue
            own = child(override, "lvl")
            if own is not None:
                self._own.setdefault(key, {})[place] = _level(own)[1]
            start = number(child(override, "startOverride"))
            if start is not None:
                self._starts.setdefault(key, {})[place] = start


def _level(level: Element) -> tuple[int, Level]:
    formats = [one for one in level.iter() if isinstance(one.tag, str) and local(one) == "numFmt"]
    text = child(level, "lvlText")
    made = Level(
        start=number(child(level, "start")) or 0,
        form=attribute(formats[-1]) or "decimal" if formats else "decimal",
        pattern=attribute(text) or "",
        tight=attribute(child(level, "suff")) == "nothing",
        legal=bool(switched(level, "isLgl")),
        restart=number(child(level, "lvlRestart")),
        style=attribute(child(level, "pStyle")) or "",
    )
    if made.form == "bullet":
        font = attribute(child(level, "rPr", "rFonts"), "ascii") or ""
        signs = "".join(symbol(ord(sign), font) for sign in made.pattern)
        made = replace(made, pattern="".join("•" if _private(s) else s for s in signs).strip())
    return number(level, "ilvl") or 0, made


def _private(sign: str) -> bool:
    return 0xE000 <= ord(sign) < 0xF900
