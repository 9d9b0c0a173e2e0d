"""Names that English questions spell in pinyin, with their generic part in English or not.

Yuyuan Sub-district, Huaihai Middle Road, Datong High School: the syllables are looked up among the
words of the corpus, so that only what it prints is ever put in.
"""

import re
from collections.abc import Callable
from itertools import islice, product

from qa.question.pinyin import Syllables, syllables
from qa.words import tables

MAX_TOKENS = 6
"""Longest name, in Latin words."""

MAX_READINGS = 32
"""Readings of one run of words that are tried: road is 路, and Fuxing may be one word or two."""

MIN_SYLLABLES = 2
MIN_LETTERS = 4
"""What a name of one word has at least: men and long are English."""

Spelled = Callable[[Syllables, bool], str]
"""Syllables in → what of the corpus they spell, or an empty string: one word or name of it, or,
where that is allowed, several words in a row."""


def name_at(tokens: list[str], spelled: Spelled) -> tuple[str, int]:
    """The longest name at the beginning of `tokens`, in characters, and its length in tokens."""
    if len(tokens[0]) < 2 or not _latin(tokens[0]):
        return "", 0
    readings = [_readings(t, i) for i, t in enumerate(tokens[:MAX_TOKENS])]
    known = next((i for i, r in enumerate(readings) if not r), len(readings))
    for length in range(known, 0, -1):
        if length == 1 and len(tokens[0]) < MIN_LETTERS:
            break
        wholes = [
            tuple(s for part in parts for s in part)
            for parts in islice(product(*readings[:length]), MAX_READINGS)
        ]
        for several in (False, True):
            for whole in wholes:
                if len(whole) >= MIN_SYLLABLES and (found := spelled(whole, several)):
                    return found, length
    return "", 0


def _latin(token: str) -> bool:
    return re.fullmatch("[a-z']+", token) is not None and bool(syllables(token.replace("'", "")))


def _readings(token: str, place: int) -> list[Syllables]:
    """What a word of a name may be in pinyin: a generic word's (road → lu), or its syllables."""
    generic = tables.toml("english.toml")["romanized"]
    found = [tuple(r.split()) for r in generic.get(token, ())] if place else []
    if _latin(token):
        own = syllables(token.replace("'", ""))
        found += [own] if own else []
    return found
