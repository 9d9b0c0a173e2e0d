"""What numbers count or measure (个, 元, 平方公里, 元/月), as measures.toml lists it."""

import re
from functools import cache

from ingest.characters import SPACE
from ingest.numbers.bounds import bounds_behind, one_of
from ingest.words import word_table


@cache
def units() -> frozenset[str]:
    """All units, as printed."""
    table = word_table("measures.toml")
    return frozenset([*table["measures"], *table["counting"]])


@cache
def counting() -> frozenset[str]:
    """The units that count things."""
    return frozenset(word_table("measures.toml")["counting"])


@cache
def latin_units() -> frozenset[str]:
    """The units in Latin letters, folded."""
    return frozenset(name.casefold() for name in units() if name.isascii() and name.isalpha())


@cache
def unit_pattern() -> str:
    """A unit as a regular expression; not where it is the beginning of another word (部门)."""
    others = word_table("measures.toml")["not_followed_by"]

    def one(name: str) -> str:
        letters = "A-Za-z0-9" if name[-1].isascii() and name[-1].isalpha() else ""
        barred = letters + others.get(name, "")
        return re.escape(name) + (f"(?![{barred}])" if barred else "")

    names = sorted(units(), key=len, reverse=True)
    first = "".join(sorted({re.escape(name[0]) for name in names}))
    return f"(?=[{first}])(?:{'|'.join(map(one, names))})"  # the class first, for speed


@cache
def measured(share: str = "") -> re.Pattern[str]:
    """What stands behind a number that is a quantity: its `unit` and the bound `after` it.

    A `share` has its unit with the number (百分之五).
    """
    rates = rf"(?:[/／](?:{one_of(word_table('measures.toml')['rates'])}))*"
    bounds = one_of(bounds_behind())
    unit = "" if share else f"[{SPACE}]*[多余]?(?P<unit>{unit_pattern()}{rates})"
    return re.compile(f"{unit}(?P<after>{bounds})?")
