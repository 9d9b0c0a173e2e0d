"""The force of a sentence: what it forbids, allows, hedges or stretches, in its words.

不得停放 is not 停放, 鼓励参与 is not 参与, 每年 is not 每季度.  A sentence may only use such a
word as the text does, and may not leave it out where the text has it.  The words stand in
`data/force.toml`.  Over folded text without white space.
"""

import re
from functools import cache

from ingest.patterns import pattern as lazy
from qa.words import tables

_STOPS = lazy("[,;。!?:\n]")
_REACH = 2
"""Code points behind a word of force that show what it is said of."""


@cache
def _words(*names: str) -> re.Pattern[str]:
    table = tables.toml("force.toml")
    return re.compile("|".join(f"(?:{table[name]})" for name in names))


def forced(said: str, shown: str) -> list[str]:
    """Words of force that `said` has and `shown` does not, or has of something else.

    >>> forced("可以停放车辆。", "不得停放车辆。"), forced("不得停放车辆。", "在此不得停放车辆。")
    (['可以'], [])
    """
    found = []
    for match in _words("negations", "modals").finditer(said):
        after = said[match.end() : match.end() + 1]
        if not after.isalnum():
            if match[0] not in shown:
                found.append(match[0])
        elif match[0] + after not in shown:
            found.append(match[0])
    shown_extents = {m[0] for m in _words("extents").finditer(shown)}
    found += [m[0] for m in _words("extents").finditer(said) if m[0] not in shown_extents]
    return found


def unforced(said: str, shown: str) -> list[str]:
    """Words of force that `shown` has and `said` leaves out before the same words.

    >>> unforced("停放车辆。", "在此不得停放车辆。"), unforced("志愿者参与。", "鼓励志愿者参与。")
    (['不得'], ['鼓励'])
    """
    pattern = _words("negations", "modals")
    marks = list(pattern.finditer(shown))
    free = _free(shown, pattern)
    found = []
    for mark in marks:
        what = shown[mark.end() : mark.end() + _REACH]
        if len(what) < _REACH or _STOPS.search(what) or what in free:
            continue
        for place in (m.start() for m in re.finditer(re.escape(what), said)):
            start = max((m.end() for m in _STOPS.finditer(said, 0, place)), default=0)
            if mark[0] not in said[start:place]:
                found.append(mark[0])
                break
    return found


def _free(shown: str, pattern: re.Pattern[str]) -> str:
    """The pieces of a text, between stops, up to their first word of force."""
    kept = []
    for piece in _STOPS.split(shown):
        mark = pattern.search(piece)
        kept.append(piece[: mark.start()] if mark else piece)
    return "\n".join(kept)
