"""The language tables of `qa/words/data/`, read once.

Tables are data, not code: anyone may extend them.  They are written in simplified characters and
half width, so lower case is all the folding they need.  A line that starts with # is a comment.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


def _text(name: str) -> str:
    return files("qa.words").joinpath("data", name).read_text("utf-8")


@cache
def toml(name: str) -> dict[str, Any]:
    """One TOML table."""
    return tomllib.loads(_text(name))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of one table, comments and empty lines left out."""
    found = (line for line in _text(name).split("\n") if line.strip())
    return tuple(line for line in found if not line.startswith("#"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one tab-separated table, comments and empty lines left out."""
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines(name))


@cache
def generic_words() -> frozenset[str]:
    """Words that carry no topic wherever they stand in a question."""
    kinds: dict[str, str] = toml("generic.toml")["words"]
    return frozenset(word for words in kinds.values() for word in words.split())


@cache
def function_characters() -> frozenset[str]:
    """Single characters with a grammatical use."""
    return frozenset(toml("generic.toml")["function_characters"])


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city, district or country; `names` are folded, the full one first."""

    name: str
    names: tuple[str, ...]
    parent: str


@cache
def places() -> tuple[Place, ...]:
    """The places that a question may name."""
    found = []
    for entry in toml("places.toml")["place"]:
        short = entry.get("short") or ()
        names = [entry["name"], *(short if not isinstance(short, str) else (short,))]
        names += entry.get("english", ())
        found.append(Place(entry["name"], tuple(n.lower() for n in names), entry.get("parent", "")))
    return tuple(found)


@cache
def aliases() -> tuple[tuple[str, ...], ...]:
    """Groups of names that mean the same body, without area prefix, folded."""
    return tuple(
        tuple(dict.fromkeys(n.lower() for n in (entry["stem"], *entry["aliases"])))
        for entry in toml("unit_aliases.toml")["unit"]
    )


@cache
def unit_hints() -> dict[str, str]:
    """English names of bodies → their stem, lower case."""
    return {
        hint.lower(): entry["stem"]
        for entry in toml("unit_aliases.toml")["unit"]
        for hint in entry.get("hints", ())
    }


@cache
def variants() -> tuple[tuple[str, str], ...]:
    """Ways of typing a word → the word, in the order of the table."""
    return tuple(
        (variant.lower(), standard.lower()) for variant, standard, *_ in rows("variants.tsv")
    )


@cache
def lay_terms() -> dict[str, tuple[str, ...]]:
    """What citizens say → what official texts say, folded."""
    found: dict[str, dict[str, None]] = {}
    for _, lay, official, *_ in rows("thesaurus.tsv"):
        officials = [o.lower() for o in official.split("|") if o]
        for word in lay.split("|"):
            if word:
                found.setdefault(word.lower(), {}).update(dict.fromkeys(officials))
    return {word: tuple(officials) for word, officials in found.items()}


def answer_kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What a question asks for and what shows that a passage gives it, as pairs of patterns."""
    return kinds_of("answer_kinds.toml")


@cache
def kinds_of(name: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The `asks` and `holds` of a table's kinds, as pairs of patterns."""
    table = toml(name)["kind"]
    return tuple((re.compile(entry["asks"]), re.compile(entry["holds"])) for entry in table)
