"""Lines that fit a terminal: Chinese breaks between characters, words and numbers stay whole.

No line begins with a closing sign or a [1], none ends with an opening one (the rule that Chinese
typesetting calls 避头尾).  Terminal styles take no room.
"""

import re
import shutil
import sys
import unicodedata

from ingest.patterns import pattern

WIDEST = 100
"""Columns; lines of more than 50 characters are hard to read."""
STYLE = "\x1b\\[\\d*m"
UNIT = pattern(
    rf"(?:[“‘（(《〈【〔\[]|{STYLE})*"  # what opens stays with what follows
    rf"(?:[A-Za-z0-9][A-Za-z0-9.,%/@:+_~&=?#'-]*|.)"
    rf"(?:[”’）)》〉】〕\]，。、；：？！…—,.;:?!%％℃]|\[\d{{1,3}}\]|{STYLE})*"
)
HANGING = pattern(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")


def columns() -> int | None:
    """The room of a line on this terminal; None in a file or a pipe, where lines stay whole."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else None


def width(text: str) -> int:
    """The columns that a text takes.

    >>> width("IPv6规模"), width("\\x1b[1m甲\\x1b[0m")
    (8, 2)
    """
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in re.sub(STYLE, "", text)
    )


def wrapped(line: str, room: int | None, indent: str = "") -> str:
    """One line as one or more; all but the first begin with `indent`.

    >>> print(wrapped("由区科委负责IPv6规模部署（全区）。[1]", 16, "  "))
    由区科委负责IPv6
      规模部署（全
      区）。[1]
    """
    if room is None or width(line) <= room:
        return line
    lines, used = [""], 0
    for unit in (found[0] for found in UNIT.finditer(line)):
        wide = width(unit)
        if used + wide > room and lines[-1].strip():
            lines.append(indent)
            used, unit = width(indent), unit.lstrip()
            wide = width(unit)
        lines[-1] += unit
        used += wide
    return "\n".join(one.rstrip() for one in lines)
