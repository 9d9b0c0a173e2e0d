"""Whether a text has the figures and dates that a sentence says, and of the same thing."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ingest.numbers.bounds import bound_words, one_of
from ingest.numbers.figures import MEASURE, Figure
from qa.words import tables

OWN = 0.5
"""Least share of the words around a figure that must stand around it in the text."""

RIVAL = 0.15
"""A figure belongs to other words when those fit another figure of the text by this much more.

Source: with 0.15 none of 1,500 lies of `tests/soak/lies.py` (seeds 1 to 3) passed and at most 0.6%
of honest sentences fell."""


def unsupported(said: Sequence[Figure], shown: Sequence[Figure]) -> list[Figure]:
    """The figures said that no text shown has, or that it has of something else."""
    return [one for one in said if not _shown(one, shown)]


def _shown(one: Figure, shown: Sequence[Figure]) -> bool:
    own = [other for other in shown if _agree(one.key, other.key)]
    if not own:
        return False
    words = _pairs(one.near)
    if len(words) < 2:
        words = _pairs(one.around)
    if len(words) < 2:
        return True
    best = max(_share(words, other.around) for other in own)
    rivals = [other for other in shown if not _agree(one.key, other.key)]
    rival = max((_share(words, other.around) for other in rivals), default=0.0)
    return best >= OWN and rival < best + RIVAL


def _agree(said: tuple[str, ...], shown: tuple[str, ...]) -> bool:
    if said[0] != shown[0]:
        return False
    if said[0] != "date":
        return said == shown
    if said[4] != shown[4]:
        return False
    return any(said[1:4]) and all(
        not s or s == g for s, g in zip(said[1:4], shown[1:4], strict=True)
    )


@cache
def _noise() -> re.Pattern[str]:
    words = [w for w in tables.toml("force.toml")["connecting"].split() if len(w) > 1]
    return re.compile(one_of([*bound_words("before", "after", "of_time"), *words]))


def _pairs(around: str) -> set[str]:
    """The bigrams of content around a figure, its measure, bounds and connecting words left out."""
    left, _, right = around.partition("|")
    right = re.sub(f"^[余多]?(?:{MEASURE})", "", right)
    runs = re.findall("[\u3400-\u9fff]{2,}|[a-z][a-z0-9]+", _noise().sub(" ", f"{left} {right}"))
    return {p for run in runs for p in ([run] if run.isascii() else map("".join, pairwise(run)))}


def _share(words: set[str], around: str) -> float:
    return sum(pair in around for pair in words) / len(words)
